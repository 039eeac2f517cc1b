"""Words -> tellings: every word that tells an event, with its clause, its parties and its tolls."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from standoff.events.actors import actor_of, clause_of
from standoff.events.arms import weapon_of
from standoff.events.blame import blamed_in
from standoff.events.denials import denial_in, denied_words_in
from standoff.events.lags import Lag
from standoff.events.likeness import key_words
from standoff.events.losses import losses_of, of_sentence
from standoff.events.parties import PRONOUNS, Parties
from standoff.events.spots import Spots
from standoff.events.standing import (
    is_asked,
    is_background,
    is_copular,
    is_generic,
    is_headline,
    is_imagined,
    is_one_of,
    is_question,
    is_undone,
)
from standoff.events.syntax import own_subject
from standoff.events.targets import target_of
from standoff.events.tolls import Toll, tolls_of
from standoff.events.triggers import Trigger, trigger_of
from standoff.events.words import FAMILY, MISSILES, PEOPLE, POINTERS
from standoff.extract.claims import claim_of
from standoff.extract.clock_times import ClockTime
from standoff.extract.dates import When
from standoff.extract.phrases import phrase
from standoff.model import ActorRole, Claim, Measure

_BACK = frozenset({"the", "that", "this", "those", "these", "its", "their", "his", "her"})
_FRESH = frozenset(
    {"another", "second", "further", "new", "separate", "fresh", "other", "similar", "previous", "earlier"}
)
_ITEM = re.compile(r"^(?:[-•*–·▪‣]\s|\(?\d{1,2}[./)]|\([a-z]\))")
_ON = frozenset({"then", "afterwards", "subsequently"})


@dataclass(frozen=True)
class Loose:
    """What a sentence that tells no event says of one told before: its dead, what was lost, who denies it."""

    paragraph: int
    start: int
    tolls: list[Toll]
    losses: list[str]
    denied_by: str | None
    blamed: tuple[Token, ActorRole] | None = None
    denied_words: frozenset[str] = frozenset()
    when: When | None = None
    speaks_of: frozenset[str] = frozenset()


@dataclass
class Telling:
    """One telling of an event.

    ``actor`` and ``target`` are the words of its own clause, ``doer`` and ``aim`` what they mean.
    """

    trigger: Trigger
    sent: Span
    paragraph: int
    paragraph_start: int
    clause: Token
    claim: Claim
    when: When | None = None
    actor: Token | None = None
    target: Token | None = None
    doer: Token | None = None
    aim: Token | None = None
    refers_back: bool = False
    fresh: bool = False
    headline: bool = False
    asked: bool = False
    such: bool = False
    background: bool = False
    #: Whether the paragraph went on before it: "the militia then brought in more men".
    goes_on: bool = False
    scene: When | None = None
    #: Whether that day stands in the heading of its paragraph.
    is_headed: bool = False
    #: The only date of its sentence that dates no speech, for when nothing else is told there.
    only_date: When | None = None
    #: The day named last before its date, for "the day before" where no event was told.
    day_before: date | None = None
    #: The date of a report of it: "on 4 November a tanker reported that".
    reported_on: When | None = None
    lag: Lag | None = None
    lag_base: date | None = None
    time: ClockTime | None = None
    #: Whether its sentence puts it after what was told before: "then", "afterwards".
    ordered: bool = False
    tolls: list[Toll] = field(default_factory=list)
    weapon: str | None = None
    weapon_count: int | None = None
    losses: list[str] = field(default_factory=list)
    #: Names of the towns and sites in its clause.
    spots: frozenset[str] = frozenset()

    @property
    def family(self) -> str:
        """The family of events that the trigger belongs to."""
        return FAMILY[self.trigger.type]

    @property
    def is_outcome(self) -> bool:
        """Whether it only tells what came of something: "killed five", not "a drone hit"."""
        trigger = self.trigger
        if trigger.outcome is None:
            return False
        if trigger.outcome == "hit":
            return (
                trigger.type in ("attack", "strike")
                and self.actor is None
                and self.target is not None
                and self.target.lemma_.lower() in PEOPLE
            )
        # "a missile demolished a house, killing nine": the missile is known from the verb above
        return trigger.type == "attack" or (
            trigger.token.dep_ in ("advcl", "conj") and own_subject(trigger.token) is None
        )

    @cached_property
    def actor_words(self) -> frozenset[str]:
        """The words by which the doer can be known again."""
        return _words(self.actor) | _words(self.doer)

    @cached_property
    def target_words(self) -> frozenset[str]:
        """The words by which the target can be known again."""
        return _words(self.target) | _words(self.aim)


def _words(token: Token | None) -> frozenset[str]:
    return key_words(phrase(token)) - PRONOUNS if token is not None else frozenset()


def tellings_of(doc: Doc) -> tuple[list[Telling], list[Loose]]:
    """Return the tellings of a document in text order, and what came of events in sentences that tell none."""
    parties = Parties(doc)
    spots = Spots(doc)
    found: list[Telling] = []
    loose: list[Loose] = []
    measures: list[Measure] = doc._.measures
    paragraph, start, goes_on = 0, 0, False
    for sent in doc.sents:
        told: list[Telling] = []
        within = measures_in(sent, measures)
        here = paragraph
        for token in sent:
            if token.is_space and _ends_paragraph(token):
                paragraph, start, goes_on = paragraph + 1, token.idx + len(token), False
            goes_on = goes_on or (token.lower_ in _ON and token.i > 0)
            trigger = trigger_of(token)
            if (
                trigger is None
                or is_generic(trigger)
                or is_question(trigger)
                or is_imagined(trigger)
                or is_undone(token)
            ):
                continue
            telling = _telling(trigger, sent, parties, within)
            telling.spots = spots.of(telling.clause, telling.trigger.token)
            telling.paragraph, telling.paragraph_start, telling.goes_on = paragraph, start, goes_on
            told.append(telling)
        tolls = tolls_of(sent, within)
        lost, denied, blamed = [], None, None
        if told:
            _share_out(tolls, told)
            tolls = []
            denied = denial_in(sent) if not any(t.claim == "denied" for t in told) else None
            if all(t.refers_back or t.actor is None for t in told) and any(t.refers_back for t in told):
                blamed = blamed_in(sent)  # "the group claimed responsibility for the attack"
        else:
            lost, denied, blamed = of_sentence(list(sent)), denial_in(sent), blamed_in(sent)
        dated = not told and bool(_dates_in(sent, doc._.dates))
        if tolls or lost or denied or blamed or dated:
            when, speaks_of = (None, frozenset()) if told else _about(doc, sent, parties)
            loose.append(
                Loose(here, sent.start, tolls, lost, denied, blamed, denied_words_in(sent), when, speaks_of)
            )
        found += told
    return found, loose


def _ends_paragraph(space: Token) -> bool:
    """Say whether white space ends a paragraph: a blank line, or a line end before the item of a list."""
    if "\n\n" in space.text:
        return True
    return (
        "\n" in space.text
        and space.i + 1 < len(space.doc)
        and bool(_ITEM.match(space.doc[space.i + 1 : space.i + 4].text.strip()))
    )


def _dates_in(sent: Span, dates: Sequence[When]) -> Sequence[When]:
    first, last = (bisect_left(dates, at, key=lambda w: w.start) for at in (sent.start_char, sent.end_char))
    return dates[first:last]


def _about(doc: Doc, sent: Span, parties: Parties) -> tuple[When | None, frozenset[str]]:
    """Return the day that a sentence without an event names, and the words of what its subject means."""
    days = [w for w in _dates_in(sent, doc._.dates) if w.precision == "day" and w.first is not None]
    subject = next((t for t in sent if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ == "ROOT"), None)
    if len(days) != 1 or subject is None:
        return None, frozenset()
    return days[0], _words(subject) | _words(parties.meant(subject))


def measures_in(sent: Span, measures: Sequence[Measure]) -> Sequence[Measure]:
    """Return the measures of one sentence; they are in text order."""
    first, last = (
        bisect_left(measures, at, key=lambda m: m.start) for at in (sent.start_char, sent.end_char)
    )
    return measures[first:last]


def _telling(trigger: Trigger, sent: Span, parties: Parties, measures: Sequence[Measure]) -> Telling:
    token = trigger.token
    determiners = {child.lower_ for child in token.lefts if child.dep_ in ("det", "poss", "amod", "nummod")}
    dated = any(child.dep_ == "poss" and child.ent_type_ == "DATE" for child in token.lefts)
    known_arm = trigger.is_verb and _is_known_arm(token)
    definite = known_arm or (
        not trigger.is_verb and bool(determiners & _BACK or dated or token.lemma_.lower() in POINTERS)
    )
    actor, target = actor_of(trigger), target_of(trigger)
    weapon, count = weapon_of(trigger, measures)
    copular = is_copular(token)
    return Telling(
        trigger=trigger, sent=sent, paragraph=0, paragraph_start=0, clause=clause_of(trigger), claim=_claim(trigger),
        actor=actor, target=target,
        doer=parties.meant(actor) if actor is not None else None, aim=parties.meant(target) if target is not None else None,
        refers_back=(definite and not determiners & _FRESH) or (copular and not trigger.is_verb),
        fresh=(bool(determiners & _FRESH) and not copular) or is_one_of(token) or _is_added(trigger),
        headline=is_headline(sent),
        asked=is_asked(token), background=is_background(trigger), such="such" in determiners,
        weapon=weapon, weapon_count=count, losses=losses_of(trigger),
    )  # fmt: skip


def _claim(trigger: Trigger) -> Claim:
    """Return the status of a telling; "said it would send" is a plan."""
    claim = claim_of(trigger.token)
    token = trigger.token
    known = any(c.lower_ in ("the", "that", "this") for c in token.lefts)
    if (
        not trigger.is_verb
        and known
        and claim in ("denied", "hypothetical")
        and token.dep_ in ("nsubj", "nsubjpass", "pobj", "poss")
    ):
        never = any(
            c.lower_ in ("never", "not") for c in token.head.children
        ) and token.head.lemma_.lower() in ("happen", "take", "occur", "exist")
        return claim if never else "asserted"  # "denied that the raid was linked to": there was a raid
    if (
        not trigger.is_verb
        and token.dep_ == "dobj"
        and token.head.lemma_.lower() in ("plan", "schedule", "prepare")
    ):
        return "planned"
    would = any(c.dep_ == "aux" and c.lower_ == "would" for c in token.children)
    return "planned" if claim == "hypothetical" and would and token.dep_ == "ccomp" else claim


def _is_added(trigger: Trigger) -> bool:
    """Say whether a deed comes on top of the one before: "they also took 49 people hostage"."""
    return (
        trigger.is_verb
        and trigger.outcome is None
        and any(c.lower_ in ("also", "separately", "elsewhere") for c in trigger.token.children)
    )


def _is_known_arm(verb: Token) -> bool:
    """Say whether what flew was told of before: "the bombs fell on grazing land", "Thursday's drones"."""
    return any(
        c.dep_ == "nsubj"
        and c.lemma_.lower() in MISSILES
        and any(d.lower_ in _BACK or d.dep_ == "poss" for d in c.lefts)
        for c in verb.children
    )


def _share_out(tolls: list[Toll], told: list[Telling]) -> None:
    """Give each toll of a sentence to the telling that it hangs on, else to the last one before it."""
    for toll in tolls:
        own = next((t for t in told if t.trigger.token == toll.token), None)
        if own is None:
            own = _antecedent(toll.token, told)
        if own is None:
            chain = {token.i: steps for steps, token in enumerate((toll.token, *toll.token.ancestors))}
            hung = [t for t in told if t.clause.i in chain or t.trigger.token.i in chain]
            before = [t for t in told if t.trigger.token.i < toll.token.i]
            if hung:
                own = min(
                    hung, key=lambda t: min(chain.get(t.clause.i, 99), chain.get(t.trigger.token.i, 99))
                )
            else:
                own = before[-1] if before else told[0]
        own.tolls.append(toll)


def _antecedent(token: Token, told: list[Telling]) -> Telling | None:
    """Return the noun that "which" goes back to: "arrested over the bombing in May which claimed 14 lives".

    Parsers hang the clause on whatever stands next to it, a place or a day.
    """
    verb = next((t for t in (token, *token.ancestors) if t.dep_ == "relcl"), None)
    pronoun = (
        next((t for t in verb.lefts if t.lower_ in ("which", "that")), None) if verb is not None else None
    )
    if pronoun is None or pronoun.dep_ != "nsubj":
        return None
    before = [t for t in told if t.trigger.token.i < pronoun.i]
    return before[-1] if before and not before[-1].trigger.is_verb else None
