"""Days to places on paper: an axis that leaves out long empty stretches, so that decades and days go together.

Days are counted as ``date.toordinal`` does, with fractions; places and widths are inches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

MOST_PANELS = 4
GAP = 0.5  # between two panels: room for how long the time between them is
_LEAST_PANEL = 0.75  # a date has to fit under it
LEGIBLE_DAYS = 45  # an axis of so many days shows each of them
_LEAST_GAP = 0.3  # an empty stretch below this share of the axis is left in
_LABEL = {"day": 0.72, "month": 0.52, "year": 0.36}  # room for a label of that kind
_LEAST_DAY = 0.03
_DAYS = {"day": 1, "month": 30, "year": 365}
_MOST_TICKS = 60
_STEPS = [
    *(("day", step) for step in (1, 2, 5, 10)),
    *(("month", step) for step in (1, 2, 3, 6)),
    *(("year", step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
]


@dataclass(frozen=True)
class Panel:
    """A stretch of time drawn to one scale."""

    first: float
    last: float
    left: float
    right: float
    origin: int = 0  # a day that is worth a date under it

    def at(self, day: float) -> float:
        """Return where a moment lies."""
        share = (day - self.first) / (self.last - self.first)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


class Scale:
    """An axis of one or more panels.

    Parameters
    ----------
    stretches : iterable of (first, last)
        What is to be seen, in days; at least one.
    left, right : float
        Where the axis begins and ends.

    Examples
    --------
    >>> scale = Scale([(723667.0, 723668.0), (736486.0, 736488.0)], 0.0, 5.0)
    >>> len(scale.panels), list(scale.gaps())
    (2, [(2.0, '35 years')])
    """

    def __init__(self, stretches: Iterable[tuple[float, float]], left: float, right: float) -> None:
        clusters = _clusters(_merged(stretches))
        room = right - left - GAP * (len(clusters) - 1) - _LEAST_PANEL * len(clusters)
        total = sum(last - first for first, last in clusters)
        self.clusters = clusters
        self.panels = []
        for first, last in clusters:
            width = _LEAST_PANEL + room * (last - first) / total
            spare = max(0.5, 0.05 * (last - first))
            self.panels.append(Panel(first - spare, last + spare, left, left + width, int(first)))
            left += width + GAP

    def panel_of(self, day: float, *, end: bool = False) -> Panel:
        """Return the panel that a moment lies in; one in a gap, in the panel before it.

        The end of a day is the start of the next: as an ``end`` it stays with its day.
        """
        found = self.panels[0]
        for panel in self.panels:
            if day > panel.first or (day == panel.first and not end):
                found = panel
        return found

    def at(self, day: float, *, end: bool = False) -> float:
        """Return where a moment lies, as ``panel_of`` has it."""
        return self.panel_of(day, end=end).at(day)

    def gaps(self) -> Iterator[tuple[float, str]]:
        """Yield where the middle of each gap is, and how much time it leaves out, about."""
        for number, panel in enumerate(self.panels[:-1]):
            days = self.clusters[number + 1][0] - self.clusters[number][1]
            yield panel.right + GAP / 2, _duration(days)


def _merged(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _clusters(merged: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the stretches joined to panels: cut at the longest gap as long as it takes much of the axis."""
    cuts: set[int] = set()  # numbers of the stretches that a panel begins with
    gaps = {n: merged[n][0] - merged[n - 1][1] for n in range(1, len(merged))}
    left = merged[-1][1] - merged[0][0]
    while gaps and left > LEGIBLE_DAYS and len(cuts) < MOST_PANELS - 1:
        longest = max(gaps, key=lambda n: gaps[n])
        if gaps[longest] < _LEAST_GAP * left:
            break
        left -= gaps.pop(longest)
        cuts.add(longest)
    begins = [0, *sorted(cuts), len(merged)]
    return [(merged[a][0], merged[b - 1][1]) for a, b in pairwise(begins)]


def _duration(days: float) -> str:
    """Return a length of time in the unit that says it best: never one of something."""
    length, name = next(
        (each for each in ((365.25, "years"), (30.44, "months")) if days >= 2 * each[0]), (1, "days")
    )
    return f"{round(days / length)} {name}"


def ticks(panel: Panel) -> list[tuple[float, str]]:
    """Return where lines stand in a panel and the date that begins there, as fine as the labels fit.

    Examples
    --------
    >>> [label for _, label in ticks(Panel(736485.5, 736488.5, 0, 3))]
    ['2017-06-06', '2017-06-07', '2017-06-08']
    """
    for unit, step in _STEPS:
        if panel.last - panel.first > _MOST_TICKS * step * _DAYS[unit]:
            continue
        found = [(panel.at(day), label) for day, label in _starts(panel, unit, step)]
        found = [(x, label) for x, label in found if x + 0.6 * _LABEL[unit] <= panel.right + GAP / 2]
        if found and all(b[0] - a[0] >= _LABEL[unit] for a, b in pairwise(found)):
            return found
    return [(panel.at(day), label) for day, label in _starts(panel, "day", 1)][:1]


def days(panel: Panel) -> list[float]:
    """Return where each day begins; nothing in a panel where they would run together."""
    if (panel.right - panel.left) / (panel.last - panel.first) < _LEAST_DAY:
        return []
    return [panel.at(day) for day, _ in _starts(panel, "day", 1)]


def _starts(panel: Panel, unit: str, step: int) -> Iterator[tuple[int, str]]:
    """Yield the days within a panel that begin a day, a month or a year whose number the step divides."""
    first, last = max(int(panel.first) + 1, 1), min(int(panel.last), date.max.toordinal())
    if unit == "day":
        yield from (
            (day, str(date.fromordinal(day)))
            for day in range(first + (panel.origin - first) % step, last + 1, step)
        )
        return
    years = range(date.fromordinal(first).year, date.fromordinal(max(first, last)).year + 1)
    for year in years:
        if unit == "year" and year % step:
            continue
        for month in range(1, 13, step) if unit == "month" else (1,):
            day = date(year, month, 1).toordinal()
            if first <= day <= last:
                yield day, f"{year:04d}-{month:02d}" if unit == "month" else f"{year:04d}"
