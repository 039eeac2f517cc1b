"""Subjects, objects and agents of a verb in spaCy's parse, with what small parsers get wrong mended.

A tagger takes "captured" in "fighters captured Tikrit" for an adjective of Tikrit, and "overrun" in
"they had overrun Mosul" for a noun. What tells an event is looked at once more: by what stands
left and right of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

OBJECTS = ("dobj", "obj")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_HAVE_BE = frozenset("had has have was were been be is are being".split())
# Past participles that are nouns or adjectives, too, so that taggers miss them.
_PARTICIPLES = frozenset(
    "overrun hit shot struck cut captured seized ambushed torpedoed bombed shelled raided stormed".split()
)
_MEANS = frozenset(
    (
        "boat bus train road sea air land car helicopter plane ship rail truck lorry phone radio night "
        "day hand force mistake"
    ).split()
)
_MAIN = frozenset({"ROOT", "appos", "nmod", "dep", "ccomp"})
_RELATIVE = frozenset("who which that".split())


def is_verb(token: Token) -> bool:
    """Say whether a word is a verb of a clause, also where the tagger took it for something else."""
    if token.pos_ == "VERB":
        return token.dep_ not in ("amod", "compound") or is_squeezed(token)
    if token.pos_ == "AUX":
        return False
    return token.lower_ in _PARTICIPLES and _helped(token)


def is_squeezed(token: Token) -> bool:
    """Say whether a verb was taken for an adjective of its own object: "fighters captured Tikrit"."""
    if (
        token.dep_ not in ("amod", "compound")
        or token.tag_ not in ("VBN", "VBD", "VBZ", "VBP")
        or not token.i
    ):
        return False
    before, head = token.nbor(-1), token.head
    if head.i <= token.i or any(t.dep_ == "det" for t in token.doc[token.i + 1 : head.i]):
        return bool(head.i > token.i and before.pos_ in ("NOUN", "PROPN") and before.dep_ != "compound")
    return before.pos_ in ("PROPN", "PRON") or (
        before.tag_ in ("NNS", "NNPS") and before.dep_ not in ("compound", "amod")
    )


def _helped(token: Token) -> bool:
    """Say whether an auxiliary stands right before a word, or with one adverb between."""
    before = [t for t in token.doc[max(token.sent.start, token.i - 2) : token.i] if t.pos_ != "ADV"]
    return bool(before) and before[-1].lower_ in _HAVE_BE


def objects(verb: Token) -> list[Token]:
    """Return the direct objects of a verb."""
    found = [antecedent(c) for c in verb.children if c.dep_ in OBJECTS]
    if not found and (
        is_squeezed(verb) or (verb.pos_ != "VERB" and _helped(verb) and verb.dep_ in ("compound", "amod"))
    ):
        found = [verb.head] if verb.head.i > verb.i else []
    return found


def passive_subjects(verb: Token) -> list[Token]:
    """Return what a verb in the passive was done to, also of a participle: "the ships seized on Friday"."""
    found = [antecedent(c) for c in verb.children if c.dep_ == "nsubjpass"]
    if not found and verb.dep_ == "conj" and is_passive(verb):
        found = [antecedent(c) for c in verb.children if c.dep_ == "nsubj"]
    if found:
        return found
    if is_reduced(verb):
        return [verb.head]
    if (
        verb.dep_ == "conj"
        and verb.head.pos_ == "VERB"
        and verb.tag_ == "VBN"
        and not objects(verb)
        and is_passive(verb.head)
    ):
        return passive_subjects(verb.head)
    return []


def is_passive(verb: Token) -> bool:
    """Say whether a verb is in the passive, also where it shares the auxiliary: "two were killed and dozens injured"."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    helped = any(c.dep_ == "aux" for c in verb.children)
    return (
        verb.dep_ == "conj"
        and verb.tag_ in ("VBN", "VBD")
        and not helped
        and _is_short(verb)
        and is_passive(verb.head)
    )


def _is_short(verb: Token) -> bool:
    """Say whether a joined verb has a subject before it and nothing behind it that it could be done to."""
    return not any(c.dep_ in OBJECTS for c in verb.children) and verb.head.pos_ == "VERB"


def is_reduced(verb: Token) -> bool:
    """Say whether a verb is a participle behind what it was done to, and not a past tense the parser took for one."""
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and not objects(verb)


def agent(verb: Token) -> Token | None:
    """Return who did it by a phrase with "by"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found = next((c for c in child.children if c.dep_ == "pobj"), None)
            if (
                found is not None
                and found.ent_type_ not in ("DATE", "TIME")
                and found.tag_ != "VBG"
                and not _is_means(found)
            ):
                return found
    return None


def _is_means(noun: Token) -> bool:
    """Say whether a bare noun only tells how: "by boat", "by road", "by mistake"."""
    return noun.tag_ == "NN" and noun.lower_ in _MEANS and not list(noun.lefts)


def own_subject(verb: Token) -> Token | None:
    """Return the subject that stands with a verb."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    if subjects:
        return antecedent(subjects[0])
    hidden = _behind_day(verb)
    if hidden is not None:
        return hidden
    if is_squeezed(verb):
        return _phrase_before(verb)
    finite = verb.pos_ == "VERB" and verb.tag_ in ("VBD", "VBZ", "VBP") and verb.dep_ in _MAIN
    if finite and verb.i and verb.nbor(-1).pos_ in ("NOUN", "PROPN") and not is_passive(verb):
        return _phrase_before(verb)
    if verb.pos_ != "VERB" and _helped(verb):
        return next((antecedent(c) for c in verb.head.children if c.dep_ == "nsubj"), None) or next(
            (antecedent(c) for c in verb.head.head.children if c.dep_ == "nsubj"), None
        )
    return None


def _behind_day(verb: Token) -> Token | None:
    """Return the subject that the parser put behind a preposition with the day: "On Monday shells landed"."""
    for child in verb.children:
        if (
            child.dep_ != "prep"
            or child.i > verb.i
            or child.lower_ not in ("on", "in", "before", "early", "late", "during")
        ):
            continue
        for noun in child.children:
            day = any(
                c.ent_type_ in ("DATE", "TIME") and c.dep_ in ("compound", "nmod", "amod") for c in noun.lefts
            )
            if (
                noun.dep_ == "pobj"
                and day
                and noun.ent_type_ not in ("DATE", "TIME")
                and noun.tag_ in ("NNS", "NN", "NNP", "NNPS")
            ):
                return noun
    return None


def _phrase_before(verb: Token) -> Token | None:
    """Return the head of the noun phrase that ends right before a verb."""
    token = verb.nbor(-1)
    if token.pos_ not in _NOMINAL:
        return None
    first = token.sent.start
    while (
        token.head.i < verb.i
        and token.head.i >= first
        and token.head != token
        and token.head.pos_ in (*_NOMINAL, "ADP")
    ):
        token = token.head
    return token if token.pos_ in _NOMINAL else None


def antecedent(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, else the word itself."""
    if token.lower_ in _RELATIVE and token.head.dep_ == "relcl":
        return token.head.head
    return token


def prepositional(token: Token, *words: str) -> Iterator[Token]:
    """Yield the nouns behind some prepositions that hang on a word, joined ones too."""
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "advmod", "prt") and child.lower_ in words:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield from (noun, *noun.conjuncts)
                elif noun.dep_ == "prep":  # "out of the town", "off at the gate"
                    yield from (c for c in noun.children if c.dep_ == "pobj")


def particle(verb: Token, *words: str) -> bool:
    """Say whether a verb has one of some particles: "shot down"."""
    return any(
        c.lower_ in words and c.i > verb.i and c.dep_ in ("prt", "advmod", "prep", "advcl", "acomp", "oprd")
        for c in verb.children
    )
