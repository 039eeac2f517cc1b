"""Events of annotated reports, field by field, with how sure each figure is and all that is amiss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from standoff.evaluate.event_rows import FIELDS, Row, Tally, compare, reports
from standoff.evaluate.intervals import ratio_interval
from standoff.resources import data_path

if TYPE_CHECKING:
    import pandas as pd

    from standoff.gazetteer import Gazetteer

FILES = tuple(f"gold/events_{number}.yaml" for number in (1, 2, 3, 4))
OVERALL = ("precision", "recall", "F1")


def gold_events(most: int | None = None) -> list[Row]:
    """Return the reports that ship, with the rows that a careful reader files; see data/gold/README.md.

    Parameters
    ----------
    most : int, optional
        Only so many, spread evenly over all.

    Examples
    --------
    >>> len(gold_events()), len(gold_events(10))
    (48, 10)
    """
    every = reports(*(data_path(name) for name in FILES))
    if most is None or most >= len(every):
        return every
    return [every[i * len(every) // most] for i in range(most)]


@dataclass(frozen=True)
class EventScores:
    """Counts and what is amiss, report by report.

    Attributes
    ----------
    tallies : dict of str to Tally
    lines : dict of str to list of str
    """

    tallies: dict[str, Tally]
    lines: dict[str, list[str]]

    @cached_property
    def total(self) -> Tally:
        """All counts together."""
        total = Tally()
        for tally in self.tallies.values():
            total.add(tally)
        return total

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Precision, recall and F1 of events, and for each field the share of the events found that have it right.

        ``low`` and ``high`` hold the share in 95 of 100 such samples of reports; ``of`` is what it is a share of.
        """
        import pandas as pd

        told = self.total.found + self.total.missed + self.total.extra
        rows = [self._row(name, self._overall(name)) for name in OVERALL]
        rows = [(*row[:-1], told) if row[0] == "F1" else row for row in rows]  # wanted or found
        rows += [
            self._row(name, [(t.right[name], t.asked[name]) for t in self.tallies.values()])
            for name in FIELDS
            if self.total.asked[name]
        ]
        return pd.DataFrame(rows, columns=["figure", "share", "low", "high", "of"]).set_index("figure")

    def _overall(self, name: str) -> list[tuple[int, int]]:
        counts = [(t.found, t.extra, t.missed) for t in self.tallies.values()]
        if name == "precision":
            return [(found, found + extra) for found, extra, _ in counts]
        if name == "recall":
            return [(found, found + missed) for found, _, missed in counts]
        return [(2 * found, 2 * found + extra + missed) for found, extra, missed in counts]

    @staticmethod
    def _row(name: str, parts: Sequence[tuple[int, int]]) -> tuple[str, float, float, float, int]:
        whole = sum(each for _, each in parts)
        low, high = ratio_interval(parts)
        return (
            name,
            round(sum(part for part, _ in parts) / max(whole, 1), 3),
            round(low, 3),
            round(high, 3),
            whole,
        )

    @cached_property
    def amiss(self) -> pd.DataFrame:
        """What is amiss, a row each: an event missed or made up, or a field of one."""
        import pandas as pd

        rows = [(report, *_sorted(line), line) for report, lines in self.lines.items() for line in lines]
        return pd.DataFrame(rows, columns=["report", "what", "line"])


def score_events(reports: Sequence[Row] | None = None, gazetteer: Gazetteer | None = None) -> EventScores:
    """Read annotated reports, and hold their events against the rows of a careful reader.

    Parameters
    ----------
    reports : sequence, optional
        By default those that ship; some of them by `gold_events`.
    gazetteer : Gazetteer, optional
        By default the embedded one.
    """
    from standoff.gazetteer import Gazetteer

    names = gazetteer or Gazetteer.open()
    tallies, lines = {}, {}
    try:
        for report in gold_events() if reports is None else reports:
            tallies[report["id"]], lines[report["id"]] = compare(report, names)
    finally:
        if gazetteer is None:
            names.close()
    return EventScores(tallies, lines)


def _sorted(line: str) -> tuple[str]:
    first, second, *_ = line.split(maxsplit=2)
    return (first if first in ("missed", "extra") else second.rstrip(":"),)
