"""What the legend of a timeline says: only of what is on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from standoff.figures.look import DASHES, GROUPS, MUTED, OTHER, group_of
from standoff.figures.rows import Row
from standoff.figures.words import width

LEGEND_SIZE = 7.5  # points
BAR = 0.3  # inches
_MARK = 0.14
_SPACE = 0.25


@dataclass(frozen=True)
class Entry:
    """A sign and what it means; a bar where there is no mark."""

    label: str
    colour: str
    mark: str = ""
    hollow: bool = False
    dashes: Any = "solid"

    @property
    def sign(self) -> float:
        """How wide the sign is, inches, with the space after it."""
        return (_MARK if self.mark else BAR) + 0.08


def entries_of(rows: list[Row]) -> list[Entry]:
    """Return an entry a group of events, one for bars, one a claim that is not asserted."""
    groups = {group_of(row.event.type).label for row in rows}
    entries = [Entry(g.label, g.colour, g.mark) for g in (*GROUPS, OTHER) if g.label in groups]
    if any(row.period and not row.one_day for row in rows):
        entries.append(Entry("some time within, or throughout", MUTED))
    for claim, dashes in DASHES.items():
        if claim != "asserted" and any(row.event.claim == claim for row in rows):
            entries.append(Entry(claim, MUTED, hollow=True, dashes=dashes))
    return entries


def lines_of(entries: list[Entry], room: float) -> list[list[tuple[float, Entry]]]:
    """Return the entries broken into lines of at most so many inches, each with its place in its line."""
    lines: list[list[tuple[float, Entry]]] = []
    x = room
    for entry in entries:
        wide = entry.sign + width(entry.label, LEGEND_SIZE)
        if x + wide > room:
            lines.append([])
            x = 0.0
        lines[-1].append((x, entry))
        x += wide + _SPACE
    return lines
