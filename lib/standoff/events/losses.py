"""What was destroyed or damaged: "a tank damaged", "the moskva sunk"."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.events import words
from standoff.events.triggers import Trigger, is_patient_verb
from standoff.extract.phrases import phrase

_LOST = {
    "destroy": "destroyed", "damage": "damaged", "wreck": "destroyed", "burn": "burnt", "torch": "burnt", "raze": "destroyed",
    "flatten": "destroyed", "level": "destroyed", "demolish": "destroyed", "gut": "burnt", "sink": "sunk", "cripple": "damaged",
    "shatter": "damaged", "collapse": "destroyed", "lose": "lost", "down": "shot down", "wash": "destroyed", "ruin": "destroyed",
    "disable": "damaged", "incinerate": "burnt", "submerge": "flooded", "bury": "buried", "inundate": "flooded", "flood": "flooded",
}  # fmt: skip
_OBJECTS = ("dobj", "obj", "nsubjpass")
_NO_THING = frozenset(
    "control life contact money case part number ground balance power signal way time area land man place".split()
)


def losses_of(trigger: Trigger) -> list[str]:
    """Return what one telling says was destroyed or damaged, each with the outcome.

    Looked for in the clause of the trigger and in those that hang on it, or that it hangs on.
    """
    verb = trigger.token
    found: dict[str, None] = {}
    verbs = [verb] if trigger.is_verb else [verb.head] if verb.head.pos_ in ("VERB", "AUX") else []
    for each in verbs:
        for loss in (
            *_of_verb(each),
            *(
                loss
                for c in each.children
                if c.dep_ in ("advcl", "conj", "xcomp", "ccomp")
                for loss in _of_verb(c)
            ),
        ):
            found[loss] = None
    if trigger.type == "shootdown":
        for loss in _listed(verb, "shot down"):
            found[loss] = None
    return list(found)


def of_sentence(sent_tokens: list[Token]) -> list[str]:
    """Return the losses told by any verb of some words."""
    return list(
        dict.fromkeys(loss for token in sent_tokens if token.pos_ == "VERB" for loss in _of_verb(token))
    )


def _of_verb(verb: Token) -> list[str]:
    lemma = verb.lemma_.lower()
    outcome = _LOST.get(lemma)
    if lemma == "set" and any(
        c.lower_ in ("ablaze", "alight", "afire")
        or (c.lower_ == "on" and any(g.lower_ == "fire" for g in c.children))
        for c in verb.children
    ):
        outcome = "burnt"
    if lemma == "burn" and any(c.lower_ in ("up", "in") for c in verb.children if c.dep_ == "prt"):
        outcome = "burnt"
    if lemma == "wash" and not any(c.lower_ == "away" for c in verb.children):
        outcome = None
    if lemma == "come" and any(c.lower_ == "down" for c in verb.children if c.dep_ in ("prt", "advmod")):
        outcome = "destroyed" if any(c.lemma_.lower() in ("house", "building", "home", "block", "wall", "bridge", "tower") for c in verb.children) else None
    if outcome is None or any(c.dep_ == "neg" for c in verb.children) or any(
        c.lower_ in ("will", "would", "could", "may", "might", "should") for c in verb.children if c.dep_ == "aux"
    ):  # fmt: skip
        return []
    return _listed(verb, outcome)


def _listed(verb: Token, outcome: str) -> list[str]:
    heads = [head for child in verb.children if child.dep_ in _OBJECTS for head in (child, *_joined(child))]
    if not heads and (is_patient_verb(verb) or verb.lemma_.lower() in ("collapse", "burn", "come")):
        heads = [
            head for child in verb.children if child.dep_ == "nsubj" for head in (child, *_joined(child))
        ]
    if not heads and verb.tag_ == "VBN" and verb.dep_ == "acl":
        heads = [verb.head]
    out = []
    for head in heads:
        text = phrase(head)
        person = (
            head.lemma_.lower() in words.PEOPLE
            or head.ent_type_ == "PERSON"
            or head.lemma_.lower() in _NO_THING
        )
        if text and not person and head.lemma_.lower() not in words.NOUNS:
            out.append(f"{text} {outcome}")
    return out


def _joined(head: Token) -> list[Token]:
    more = [
        child for child in head.rights if child.dep_ in ("conj", "appos") and child.pos_ in ("NOUN", "PROPN")
    ]
    return [*more, *(inner for child in more for inner in _joined(child))]
