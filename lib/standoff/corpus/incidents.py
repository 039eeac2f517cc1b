"""Tellings of one event in several reports, put together without taking anything out of the readings.

Two tellings of one report are never one incident: within a report the reading has put together what it could. A
group grows only by tellings that no member rules out, and whose comparisons with all members are enough on average.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from standoff.corpus.density import Counted
from standoff.corpus.pairs import ENOUGH, FAR_KM, WEAKEST, Comparer, Link, days_of
from standoff.corpus.sources import Sources, sources_of
from standoff.corpus.telling import Telling
from standoff.geodesy import polygonal
from standoff.periods import Period

_KM_A_DEGREE = 110.0
_NO_PLACE = box(-180.0, -90.0, 180.0, 90.0)  # what has no place is held against all of its days


@dataclass(frozen=True)
class Incident:
    """What one or more reports tell of one event, in the order of publication."""

    tellings: tuple[Telling, ...]
    score: float | None

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that tell it, each once."""
        return tuple(dict.fromkeys(each.report for each in self.tellings))

    @cached_property
    def period(self) -> Period | None:
        """The days that all tellings leave open; all their days, where they leave none."""
        periods = [each.period for each in self.tellings if each.period]
        if not periods:
            return None
        first, last = max(each.start for each in periods), min(each.end for each in periods)
        if first <= last:
            return Period(first, last)
        return Period(min(each.start for each in periods), max(each.end for each in periods))

    @cached_property
    def placed(self) -> tuple[BaseGeometry | None, str]:
        """Where it was, and what that is.

        ``all``: what all shapes have in common; ``most``: what most of them have; ``apart``: all shapes, for none has
        anything in common with another; ``one``: there is one shape; ``none``.
        """
        areas = [each.area for each in self.tellings if each.area is not None]
        if len(areas) < 2:
            return (areas[0], "one") if areas else (None, "none")
        same = Counter(map(shapely.to_wkb, areas))  # many tell one town: its shape is looked at once
        shapes = [(shapely.from_wkb(key), number) for key, number in same.items()]
        best: tuple[int, BaseGeometry] = (0, areas[0])
        for start, first in enumerate(shapes):
            common, number = first
            for other, times in (*shapes[:start], *shapes[start + 1 :]):
                both = _common(common, other)
                if not both.is_empty:
                    common, number = both, number + times
            if number > best[0]:
                best = (number, common)
        if best[0] == 1:
            return shapely.union_all(areas), "apart"
        return best[1], "all" if best[0] == len(areas) else "most"


def _common(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    both = shapely.intersection(a, b)
    return both if both.geom_type == "Point" else polygonal(both)


@dataclass(frozen=True)
class Found:
    """Incidents of a corpus, the comparisons behind them, and the sources of the reports."""

    incidents: list[Incident]
    links: list[Link]
    sources: Sources
    publishers: Mapping[str, str | None]

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of the incident that each telling is part of."""
        return {each.id: n for n, found in enumerate(self.incidents) for each in found.tellings}


def counted_of(incident: Incident, ids: Collection[str]) -> Counted | None:
    """Return an incident as it is counted, once, by the tellings chosen; None where none is."""
    kept = tuple(each for each in incident.tellings if each.id in ids)
    if not kept:
        return None
    chosen = Incident(kept, None)
    area, kind = chosen.placed
    layers = kept[0].layers if len(kept) == 1 else ()
    if area is not None and not layers:
        single = next((each.layers for each in kept if each.layers), ())
        layers = single if kind == "one" else ((1.0, area),)
    return Counted(layers, chosen.period, frozenset(chosen.reports))


def find_incidents(tellings: Sequence[Telling], reports: Mapping[str, tuple[str | None, str]]) -> Found:
    """Put the tellings of one event together.

    Parameters
    ----------
    tellings : sequence of Telling
    reports : mapping
        From a report's id to its publisher, if it is known, and its text.
    """
    comparer = Comparer(tellings)
    links = [comparer.compare(tellings[i], tellings[j]) for i, j in candidates(tellings)]
    groups = _grouped(tellings, links, comparer)
    incidents = sorted((_incident(*group) for group in groups), key=_order)
    return Found(incidents, links, sources_of(reports), {name: who for name, (who, _) in reports.items()})


def candidates(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are worth a comparison: of two reports, with a day in common, not far apart."""
    days = {i: found for i, each in enumerate(tellings) if (found := days_of(each))}
    dated = list(days)
    if not dated:
        return
    boxes = [_box_round(tellings[i].area) for i in dated]
    tree = shapely.STRtree(boxes)
    for a, b in sorted(zip(*tree.query(boxes, predicate="intersects").tolist(), strict=True)):
        i, j = dated[a], dated[b]
        together = days[i].start <= days[j].end and days[j].start <= days[i].end
        if i < j and together and tellings[i].report != tellings[j].report:
            yield i, j


def _box_round(area: BaseGeometry | None) -> BaseGeometry:
    """Return a box that holds all that is not too far from a shape; all longitudes, where that is beside a seam."""
    if area is None:
        return _NO_PLACE
    west, south, east, north = area.bounds
    up = FAR_KM / _KM_A_DEGREE
    south, north = south - up, north + up
    aside = up / max(np.cos(np.radians(min(max(abs(south), abs(north)), 89.0))), 0.02)
    if west - aside < -180 or east + aside > 180:
        return box(-180, south, 180, north)
    return box(west - aside, south, east + aside, north)


def _grouped(
    tellings: Sequence[Telling], links: Sequence[Link], comparer: Comparer
) -> list[tuple[list[Telling], list[Link]]]:
    known = {(link.a.id, link.b.id): link for link in links}
    group: dict[str, list[Telling]] = {each.id: [each] for each in tellings}
    within: dict[int, list[Link]] = defaultdict(list)

    def between(a: Telling, b: Telling) -> Link:
        found = known.get((a.id, b.id)) or known.get((b.id, a.id))
        if found is None:
            found = known[a.id, b.id] = comparer.compare(a, b)
        return found

    for link in sorted(
        (link for link in links if link.same), key=lambda link: (-link.score, link.a.id, link.b.id)
    ):
        one, other = group[link.a.id], group[link.b.id]
        if one is other or {each.report for each in one} & {each.report for each in other}:
            continue
        across = [between(a, b) for a, b in product(one, other)]
        if any(each.veto or each.score < WEAKEST for each in across):
            continue
        if np.mean([each.score for each in across]) < ENOUGH:
            continue
        within[id(one)] += across + within.pop(id(other), [])
        one += other
        for each in other:
            group[each.id] = one
    groups = {id(members): members for members in group.values()}
    return [(members, within[key]) for key, members in groups.items()]


def _incident(members: list[Telling], links: list[Link]) -> Incident:
    ordered = sorted(
        members, key=lambda each: (each.published.end.toordinal() if each.published else 10**7, each.id)
    )
    return Incident(tuple(ordered), min((link.score for link in links), default=None))


def _order(incident: Incident) -> tuple[int, str]:
    period = incident.period
    return (period.start.toordinal() if period else 10**7, incident.tellings[0].id)
