"""Since when and until when a zone holds: a change of its size makes two zones, one until the day and one from it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from spacy.tokens import Doc, Token

from standoff.extract.dates import When
from standoff.extract.state import text_of, words_at
from standoff.extract.zone_mentions import ZoneMention
from standoff.extract.zone_words import CHANGE_VERBS, CREATE_VERBS
from standoff.model import Zone

_SINCE = frozenset({"since", "from"})
_UNTIL = frozenset({"until", "till", "til", "through"})
_ENDS = frozenset("lift remove dissolve end scrap abolish cancel revoke drop expire rescind".split())
_NOT_YET = frozenset({"will", "would", "may", "could", "might", "to"})
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
# What only goes on tells no first day: "it has been in force on Friday".
_BEGINS = (CREATE_VERBS - frozenset("be have keep maintain exist extend reach".split())) | {"throw", "mark"}


@dataclass(frozen=True)
class Told:
    """What was put together of one zone.

    Attributes
    ----------
    mentions : sequence of ZoneMention
        All of it.
    changed_by : ZoneMention or None
        Where its size is told to be new.
    replaces : str or None
        The id of the zone of the old size.
    """

    mentions: Sequence[ZoneMention]
    changed_by: ZoneMention | None
    replaces: str | None


def dated(doc: Doc, zones: Sequence[Zone], told: Sequence[Told]) -> list[Zone]:
    """Return zones with the days since and until which they hold, as far as the report says.

    Parameters
    ----------
    doc : Doc
        With dates.
    zones : sequence of Zone
    told : sequence of Told
        What was put together of each.
    """
    days = _Days(doc)
    since: dict[str, str] = {}
    until: dict[str, str] = {}
    for zone, group in zip(zones, told, strict=True):
        for mention in group.mentions:
            first, last = days.of(mention.head)
            since.update({zone.id: first} if first and zone.id not in since else {})
            until.update({zone.id: last} if last else {})
    for zone, group in zip(zones, told, strict=True):
        if group.changed_by is None or group.replaces is None:
            continue
        since.pop(zone.id, None)
        day = days.of_change(group.changed_by)
        if day and zone.claim == "asserted":
            since[zone.id], until[group.replaces] = day, day
    return [
        zone.model_copy(
            update={
                "valid_from": since.get(zone.id),
                "valid_to": until.get(zone.id),
                "replaces": group.replaces,
            }
        )
        for zone, group in zip(zones, told, strict=True)
    ]


def _iso(when: When, *, ahead: bool = False) -> str | None:
    """Return a date as precisely as it is stated: "2017", "2017-06", "2017-06-08"; a weekday to come where ``ahead``."""
    if when.first is None or when.precision not in ("day", "month", "year"):
        return None
    day = when.first
    if ahead and when.text.lower().split()[-1] in _WEEKDAYS:
        day += timedelta(days=7)
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[when.precision]]


class _Days:
    """The dates of one document, by the sentence that they stand in."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.whens: list[When] = [when for when in doc._.dates if when.first and when.last]
        self._starts = [when.start for when in self.whens]

    def of(self, head: Token) -> tuple[str | None, str | None]:
        """Return since when and until when a zone's sentence says that it holds."""
        first = last = None
        if head.dep_ not in ("nsubj", "nsubjpass", "dobj", "attr"):
            return None, None
        for when in self._in_sentence(head):
            word = self._before(when)
            if not self._hangs_on(when, head.head):
                continue
            if word in _UNTIL:
                last = _iso(when, ahead=head.head.tag_ in ("VBZ", "VBP"))
            elif word in _SINCE:
                first = _iso(when)
        return first or self.of_verb(head, _BEGINS), last or self.of_verb(head, _ENDS)

    def of_verb(self, head: Token, verbs: frozenset[str]) -> str | None:
        """Return the day on which one of some verbs was done to a zone: "was closed on Tuesday"."""
        verb = head.head
        if head.dep_ not in ("nsubj", "nsubjpass", "dobj") or verb.lemma_.lower() not in verbs:
            return None
        return self._day_of(verb)

    def of_change(self, mention: ZoneMention) -> str | None:
        """Return the day on which a zone got another size, in its own sentence or in that of "it was widened"."""
        if mention.change is not None:
            return self._day_of(self.doc[mention.change])
        return self.of_verb(mention.head, CHANGE_VERBS)

    def _day_of(self, verb: Token) -> str | None:
        if any(
            child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ in _NOT_YET)
            for child in verb.children
        ):
            return None
        found = (
            when for when in self._in_sentence(verb)
            if self._hangs_on(when, verb) and self._before(when) not in _SINCE | _UNTIL
        )  # fmt: skip
        day = next(found, None)
        return _iso(day) if day is not None else None

    def _in_sentence(self, token: Token) -> list[When]:
        sent = token.sent
        return self.whens[
            bisect_left(self._starts, sent.start_char) : bisect_left(self._starts, sent.end_char)
        ]

    def _before(self, when: When) -> str:
        """Return the word in front of a date, or its first: "since" of "since March"."""
        first = words_at(self.doc, when.start, when.end)[0]
        if first.lower_ in _SINCE | _UNTIL:
            return first.lower_
        return first.nbor(-1).lower_ if first.i else text_of(self.doc)[:0]

    def _hangs_on(self, when: When, verb: Token) -> bool:
        root = words_at(self.doc, when.start, when.end).root
        for above in root.ancestors:
            if above.pos_ in ("VERB", "AUX"):
                return above is verb or above == verb
        return False
