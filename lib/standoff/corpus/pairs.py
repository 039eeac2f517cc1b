"""Two tellings held against each other: what speaks for one event, what against, in points and in words.

The points are a judgement, not a fit; benchmarks/incidents.py says how good they are. What rules one event out
(another day, another clock time, far apart, another kind of thing) is no part of the sum: it is a veto.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from standoff.corpus.likeness import Party, Rarity, counts_agree, same_kind, same_thing, sides_of, stems
from standoff.corpus.telling import Telling
from standoff.geodesy import geodesic_m
from standoff.model import Count
from standoff.periods import Period
from standoff.wording import count_words

ENOUGH = 6.5
"""Points that make two tellings one event."""
WEAKEST = 5.0
"""Points that any two of an incident must have."""
FAR_KM = 40.0
"""Shapes that lie farther apart are different places."""
_SMALL_KM, _MIDDLE_KM, _WIDE_KM = 15.0, 50.0, 150.0  # reach of a shape round its point
_UNTOLD_DAYS = 10  # how long before it came out a report may speak of what it does not date
_CLOCK_MIN, _CLOCK_SAME_MIN = (
    60,
    20,
)  # clock times that lie farther apart are different events; nearer, the same
_TIMES = {
    "dawn": 0, "early": 0, "morning": 1, "midday": 2, "noon": 2, "afternoon": 3, "evening": 4, "dusk": 4, "night": 5,
}  # fmt: skip
_TIME_WORDS = re.compile(rf"\b({'|'.join(_TIMES)})\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.IGNORECASE
)
_SAME_DAY = 3.0  # points
PARTS = ("time", "place", "type", "actor", "target", "words", "toll")
_CLAIMS = ("asserted", "denied", "disputed")


@dataclass
class Link:
    """Two tellings, and what their comparison gave.

    Attributes
    ----------
    points : dict of str to float
        The parts of the score.
    reasons : list of str
        The same in words.
    veto : str or None
        Why they cannot be one event.
    """

    a: Telling
    b: Telling
    points: dict[str, float] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    veto: str | None = None

    @property
    def score(self) -> float:
        """The sum of the points."""
        return sum(self.points.values())

    @property
    def same(self) -> bool:
        """Whether the two alone are one event."""
        return self.veto is None and self.score >= ENOUGH

    def give(self, part: str, points: float, reason: str) -> None:
        """Note a part of the score."""
        self.points[part] = self.points.get(part, 0.0) + points
        self.reasons.append(reason)


class Comparer:
    """Compares tellings of one corpus; which words are rare is known from all of it."""

    def __init__(self, every: Sequence[Telling]) -> None:
        self._parties = {each.id: sides_of(each.event) for each in every}
        self._targets = {each.id: stems(each.event.target) - _named(each) for each in every}
        # What is compared by itself is no word in common a second time.
        self._words = {
            each.id: stems(each.event.text) - _named(each) - stems(each.event.actor) for each in every
        }
        self._rarity = Rarity(self._words.values())

    def compare(self, a: Telling, b: Telling) -> Link:
        """Hold two tellings against each other."""
        link = Link(a, b)
        link.veto = next(self._vetoes(link), None)
        if link.veto:
            link.reasons.append(link.veto)
        return link

    def _vetoes(self, link: Link) -> Iterator[str]:
        yield from _kind(link)
        yield from _time(link)
        yield from _clock(link)
        yield from _counted_apart(link)
        yield from _place(link)
        self._who(link)
        _toll(link)
        self._said(link)

    def _who(self, link: Link) -> None:
        (actor, target), (other_actor, other_target) = (self._parties[x.id] for x in (link.a, link.b))
        if "clash" in (link.a.event.type, link.b.event.type):  # either side may stand first
            both, others = _joined(actor, target), _joined(other_actor, other_target)
            if both.agrees(others) == 1.0:
                link.give("actor", 1.5, "the same sides")
            return
        agrees = actor.agrees(other_actor)
        told = f"“{link.a.event.actor}” and “{link.b.event.actor}”"
        if agrees is not None:
            points, words = {1.0: (1.5, "the same"), 0.5: (0.5, "one side")}.get(agrees, (-1.0, "different"))
            link.give("actor", points, f"actors: {words} ({told})")
        thing = same_thing(self._targets[link.a.id], self._targets[link.b.id])
        if thing is not None:
            points, words = {1.0: (1.0, "alike"), 0.5: (0.0, "of one kind")}.get(thing, (-3.0, "unlike"))
            link.give(
                "target", points, f"targets: {words} (“{link.a.event.target}” and “{link.b.event.target}”)"
            )

    def _said(self, link: Link) -> None:
        likeness = self._rarity.likeness(self._words[link.a.id], self._words[link.b.id])
        if likeness >= 0.1:
            link.give("words", round(2 * likeness, 2), f"words in common: {likeness:.0%}")


def _named(telling: Telling) -> frozenset[str]:
    return stems(" ".join(telling.names))


def _joined(a: Party, b: Party) -> Party:
    return Party(a.names | b.names, a.common | b.common)


def _kind(link: Link) -> Iterator[str]:
    a, b = link.a.event, link.b.event
    if (a.claim in _CLAIMS) != (b.claim in _CLAIMS):
        yield f"one is {a.claim}, the other {b.claim}"
    kind = same_kind(a.type, b.type)
    if kind is None:
        yield f"different kinds: {a.type} and {b.type}"
        return
    told = f"both {a.type}" if kind == 1 else f"{a.type} and {b.type}, which may be one"
    link.give("type", 2 * kind, told)


def days_of(telling: Telling) -> Period | None:
    """Return the days of an event; of one without a date, those before its report came out."""
    if telling.period is not None or telling.published is None:
        return telling.period
    out = telling.published.end
    return Period(out - timedelta(days=min(_UNTOLD_DAYS, out.toordinal() - 1)), out)


def _time(link: Link) -> Iterator[str]:
    days, others = days_of(link.a), days_of(link.b)
    if days is None or others is None:
        yield "one is not dated at all"
        return
    if days.start > others.end or others.start > days.end:
        yield f"different days: {_told(days)} and {_told(others)}"
    if link.a.period is None or link.b.period is None:
        link.give("time", 0.0, "one is not dated; its report came out soon after")
        return
    wide = (max(days.end, others.end) - min(days.start, others.start)).days + 1
    points = next((p for most, p in ((1, _SAME_DAY), (3, 2.0), (7, 1.5), (31, 0.5)) if wide <= most), 0.0)
    link.give("time", points, f"both on {_told(days)}" if wide == 1 else f"within {wide} days of each other")


def _told(days: Period) -> str:
    return f"{days.start}" if days.start == days.end else f"{days.start} to {days.end}"


def _clock(link: Link) -> Iterator[str]:
    a, b = link.a.event, link.b.event
    if a.time_start and b.time_start and a.time_zone == b.time_zone:
        apart = abs(_minutes(a.time_start) - _minutes(b.time_start))
        if apart > _CLOCK_MIN:
            yield f"different times of day: {a.time_start} and {b.time_start}"
        link.give("time", 1.0 if apart <= _CLOCK_SAME_MIN else 0.0, f"at {a.time_start} and {b.time_start}")
        return
    words = [_TIME_WORDS.findall((each.date_text or "").casefold()) for each in (a, b)]
    if all(words):
        apart = min(abs(_TIMES[x] - _TIMES[y]) for x in words[0] for y in words[1])
        if 1 < apart < 5:  # the night before and the dawn after are next to each other
            yield f"different times of day: {words[0][0]} and {words[1][0]}"


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


def _counted_apart(link: Link) -> Iterator[str]:
    numbers = [_ORDINAL.findall((each.event.series or "").casefold()) for each in (link.a, link.b)]
    if all(numbers) and not set(numbers[0]) & set(numbers[1]):
        yield f"counted apart: {numbers[0][0]} and {numbers[1][0]}"


def _place(link: Link) -> Iterator[str]:
    a, b = link.a, link.b
    if a.area is None or b.area is None:
        link.give("place", -2.0, "one has no place")
        return
    gap_km = apart_km(a.area, b.area)
    if gap_km > FAR_KM:
        yield f"{gap_km:,.0f} km apart"
    if gap_km > 0:
        exact = gap_km > 2 * max(_reach_km(a), _reach_km(b))
        link.give("place", -3.5 if exact else -2.0, f"places {gap_km:,.0f} km apart")
        return
    if a.towns and b.towns and not a.towns.keys() & b.towns.keys():
        names = " and ".join(", ".join(each.towns.values()) for each in (a, b))
        link.give("place", -2.0, f"different towns ({names}), though their shapes overlap")
        return
    wide_km = max(_reach_km(a), _reach_km(b))
    steps = ((_SMALL_KM, 3.0), (_MIDDLE_KM, 2.0), (_WIDE_KM, 1.0))
    points = next((p for most, p in steps if wide_km <= most), 0.5)
    link.give("place", points, f"shapes overlap (the larger reaches {wide_km:,.0f} km)")


def _reach_km(telling: Telling) -> float:
    uncertainty_m = telling.footprint.uncertainty_m if telling.footprint else None
    return (uncertainty_m or 0.0) / 1000


def apart_km(a: BaseGeometry, b: BaseGeometry) -> float:
    """Return how far apart two shapes lie, kilometres; 0 where they overlap.

    Examples
    --------
    >>> round(apart_km(shapely.box(178, 0, 179.9, 1), shapely.box(-179.9, 0, -179, 1)))
    22
    """
    if shapely.intersects(a, b):
        return 0.0
    best = float("inf")
    for turn in (-360.0, 0.0, 360.0):  # over the antimeridian, too
        one, other = shapely.get_coordinates(shapely.shortest_line(a, affinity.translate(b, turn)))
        lon = (other[0] - turn + 180.0) % 360.0 - 180.0
        best = min(best, geodesic_m(one[1], one[0], other[1], lon) / 1000)
    return best


def _toll(link: Link) -> None:
    a, b = link.a.event, link.b.event
    agree = counts_agree(a.killed, b.killed)
    if agree and a.killed is not None and b.killed is not None:
        exact = a.killed.best is not None and a.killed.best == b.killed.best and a.killed.best > 1
        link.give("toll", 1.0 if exact else 0.25, f"killed: {_number(a.killed)} and {_number(b.killed)}")
    elif agree is False:
        # Alone it says nothing, for tolls change; it does where the target or the day do not agree well either.
        doubts = (link.points.get("target", 0.0) < 0) + (link.points.get("time", 0.0) < _SAME_DAY)
        link.give("toll", -1.5 * doubts, f"killed: {_number(a.killed)} against {_number(b.killed)}")


def _number(count: Count | None) -> str:
    return count_words(count) if count else "not told"
