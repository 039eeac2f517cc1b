"""What was destroyed or damaged: "a tank damaged", "the ferry capsized"."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.events import words
from standoff.events.nouns import CLASSES, lemmas_of
from standoff.events.syntax import objects, particle, passive_subjects
from standoff.events.triggers import Trigger, is_patient_verb
from standoff.extract.phrases import phrase

_LOST = {
    "destroy": "destroyed", "damage": "damaged", "wreck": "destroyed", "burn": "burnt", "torch": "burnt", "raze": "destroyed",
    "flatten": "destroyed", "level": "destroyed", "demolish": "destroyed", "gut": "burnt", "sink": "sunk", "cripple": "damaged",
    "shatter": "damaged", "collapse": "destroyed", "lose": "lost", "down": "shot down", "ruin": "destroyed", "disable": "damaged",
    "incinerate": "burnt", "submerge": "flooded", "bury": "buried", "inundate": "flooded", "flood": "flooded", "capsize": "capsized",
    "derail": "derailed", "overturn": "overturned", "crash": "crashed", "founder": "sunk", "hole": "damaged", "pierce": "damaged",
}  # fmt: skip
#: Verbs of loss with their particle.
_LOST_WITH = {
    ("wash", "away"): "destroyed", ("sweep", "away"): "destroyed", ("blow", "up"): "destroyed", ("tear", "apart"): "destroyed",
    ("tear", "off"): "damaged", ("go", "down"): "sunk", ("break", "up"): "destroyed", ("burn", "out"): "burnt",
}  # fmt: skip
_ABLAZE = frozenset({"ablaze", "alight", "afire"})
_BUILDINGS = CLASSES["building"] | CLASSES["structure"] | {"wall", "roof"}
_NO_THING = frozenset(
    "control life contact money case part number ground balance power signal way time area land man place match".split()
)
_MAYBE = frozenset("will would could may might should".split())


def losses_of(trigger: Trigger) -> list[str]:
    """Return what one telling says was destroyed or damaged, each with the outcome.

    Looked for in the clause of the trigger and in those that hang on it, or that it hangs on.
    """
    verb = trigger.token
    found: dict[str, None] = {}
    above = verb.head.head if verb.head.pos_ == "ADP" else verb.head  # "two trucks were burnt in the ambush"
    verbs = [verb] if trigger.is_verb else [above] if above.pos_ in ("VERB", "AUX") else []
    for each in verbs:
        below = [c for c in each.children if c.dep_ in ("advcl", "conj", "xcomp", "ccomp")]
        for loss in (*_of_verb(each), *(loss for c in below for loss in _of_verb(c))):
            found[loss] = None
    if trigger.type == "shootdown":
        found |= dict.fromkeys(_listed(verb, "shot down"))
    return list(found)


def of_sentence(sent_tokens: list[Token]) -> list[str]:
    """Return the losses told by any verb of some words."""
    return list(
        dict.fromkeys(loss for token in sent_tokens if token.pos_ == "VERB" for loss in _of_verb(token))
    )


def _of_verb(verb: Token) -> list[str]:
    outcome = _outcome(verb)
    uncertain = any(c.lower_ in _MAYBE for c in verb.children if c.dep_ == "aux")
    if outcome is None or uncertain or any(c.dep_ == "neg" for c in verb.children):
        return []
    return _listed(verb, outcome)


def _outcome(verb: Token) -> str | None:
    lemma = verb.lemma_.lower()
    for (known, part), outcome in _LOST_WITH.items():
        if lemma == known and particle(verb, part):
            return outcome
    if lemma == "set" and any(
        t.lower_ in _ABLAZE or (t.lower_ == "fire" and t.head.lower_ == "on") for t in verb.subtree
    ):
        return "burnt"
    if lemma == "come" and particle(verb, "down"):
        return (
            "destroyed" if lemmas_of([c for c in verb.children if c.dep_ == "nsubj"]) & _BUILDINGS else None
        )
    return _LOST.get(lemma)


def _listed(verb: Token, outcome: str) -> list[str]:
    heads = [head for each in (*objects(verb), *passive_subjects(verb)) for head in (each, *_joined(each))]
    if not heads and (is_patient_verb(verb) or outcome in ("destroyed", "burnt")):
        heads = [
            head for child in verb.children if child.dep_ == "nsubj" for head in (child, *_joined(child))
        ]
    out = []
    for head in heads:
        text = phrase(head)
        lemma = head.lemma_.lower()
        nothing = (
            lemma in words.PEOPLE
            or lemma in _NO_THING
            or head.ent_type_ in ("PERSON", "QUANTITY", "TIME", "DATE")
        )
        if text and not nothing and lemma not in words.NOUNS:
            out.append(f"{text} {outcome}")
    return out


def _joined(head: Token) -> list[Token]:
    more = [
        child for child in head.rights if child.dep_ in ("conj", "appos") and child.pos_ in ("NOUN", "PROPN")
    ]
    return [*more, *(inner for child in more for inner in _joined(child))]
