"""With what it was done, and how many of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from standoff.events import words
from standoff.events.nouns import CLASSES
from standoff.events.syntax import prepositional
from standoff.events.triggers import Trigger, arms_of
from standoff.extract.phrases import phrase
from standoff.model import Measure

_USING = frozenset(
    "drop fire launch use lob detonate throw hurl fling carry wear plant aim exchange trade open send".split()
)
_IMPACTS = frozenset(
    "hit strike land fall slam crash target destroy kill explode go detonate come smash damage rip tear sink wound injure "
    "pound rain blow impact bomb strafe demolish cripple wreck set tear".split()
)
_HOLDERS = frozenset("armed wearing carrying wielding".split())
_VEHICLES = frozenset("car truck van minibus motorcycle vehicle belt vest".split())


def weapon_of(trigger: Trigger, measures: Sequence[Measure]) -> tuple[str | None, int | None]:
    """Return the weapon of one telling and how many, (None, None) where its words name none.

    Parameters
    ----------
    trigger : Trigger
        What tells the event.
    measures : sequence of Measure
        Those of its sentence.
    """
    for head in _named_at(trigger):
        counted = _count(head, measures)
        named = phrase(head)
        if named:
            return named, counted
    return _before(trigger), None


def _named_at(trigger: Trigger) -> Iterator[Token]:
    """Yield the arms in the clause of a trigger, what was dropped or fired first."""
    verb = trigger.token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    if trigger.is_verb or _carries(verb, trigger):
        yield from _of_verb(verb)
    if not trigger.is_verb:
        for child in trigger.token.children:
            if child.dep_ == "prep" and child.lower_ in ("with", "by", "from", "using"):
                yield from _arms_below(child)
            if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in ("use", "involve"):
                yield from (o for o in child.children if o.dep_ in ("dobj", "obj") and is_arm(o))


def _of_verb(verb: Token) -> Iterator[Token]:
    used = [c for c in verb.children if c.dep_ in ("dobj", "obj", "nsubjpass")]
    if verb.lemma_.lower() in _USING:
        yield from (each for c in used for each in (c, *c.conjuncts) if is_arm(each))
    if verb.lemma_.lower() in ("hit", "strike", "run", "step", "drive"):  # "ran over a mine"
        near = [*used, *prepositional(verb, "over", "onto", "on", "into")]
        yield from (each for each in near if each.lemma_.lower() in CLASSES["mine"])
    if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_.lower() in _USING and is_arm(verb.head):
        yield verb.head  # "rockets fired at an airfield"
    for child in verb.children:
        if child.dep_ in ("xcomp", "advcl", "conj") and child.lemma_.lower() in (
            "use",
            "fire",
            "drop",
            "launch",
            "throw",
        ):
            yield from (o for o in child.children if o.dep_ in ("dobj", "obj") and is_arm(o))
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ in ("with", "by", "from")):
            yield from _arms_below(child)
        if child.dep_ == "nsubj" and verb.lemma_.lower() in _IMPACTS and is_arm(child):
            yield child
        if child.dep_ in ("nsubj", "nsubjpass", "agent"):
            yield from _held(child)
    if verb.dep_ in ("relcl", "acl") and is_arm(verb.head) and verb.tag_ != "VBN":
        yield verb.head


def _arms_below(preposition: Token) -> Iterator[Token]:
    for noun in preposition.children:
        if noun.dep_ == "pobj":
            if is_arm(noun):
                yield noun
            yield from _held(noun)


def _held(noun: Token) -> Iterator[Token]:
    """Yield what somebody carries: "gunmen armed with knives", "men with rifles"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "with":
            yield from (c for c in child.children if c.dep_ == "pobj" and is_arm(c))
        if child.lower_ in _HOLDERS:
            below = [g for c in child.children for g in (c, *c.children)]
            yield from (g for g in below if g.dep_ in ("pobj", "dobj") and is_arm(g))


def is_arm(token: Token) -> bool:
    """Say whether a noun is something to strike with: "mortar rounds", "a car bomb", "a US F/A-18 aircraft"."""
    return (
        bool(arms_of(token) & (words.ARMS | {"round", "explosive", "dynamite"}))
        and token.lemma_.lower() not in words.PEOPLE
    )


def _carries(verb: Token, trigger: Trigger) -> bool:
    """Say whether the verb only carries the noun that tells the event: "the strike was carried out by a jet"."""
    return verb.lemma_.lower() in words.LIGHT_VERBS and trigger.token.head == verb


def _before(trigger: Trigger) -> str | None:
    """Return what stands before the noun of the event: "drone" of "drone strike", "car bomb" of "car bomb attack"."""
    if trigger.is_verb:
        return None
    first = trigger.token
    for child in reversed(list(trigger.token.lefts)):
        if child.dep_ not in ("compound", "amod", "nmod") or child.i != first.i - 1:
            break
        if (
            child.lemma_.lower() in words.MEANS
            or child.lower_ in ("suicide", *_VEHICLES)
            or arms_of(child) & words.MISSILES
        ):
            first = child
        else:
            break
    if first == trigger.token:
        return None
    return trigger.token.doc[first.i : trigger.token.i].text


def _count(head: Token, measures: Sequence[Measure]) -> int | None:
    for measure in measures:
        if measure.dimension == "count" and measure.start <= head.idx < measure.end:
            exact = measure.low == measure.high or None in (measure.low, measure.high)
            return round(measure.value) if exact else None
    single = head.tag_ == "NN" and any(c.lower_ in ("single", "one") for c in head.lefts)
    return 1 if single else None
