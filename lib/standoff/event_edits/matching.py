"""Which event of a reading a row of an edited table is about, though the text or the reading has changed a little.

A row is known by its sentence, its trigger, its place in the text and the family of its type, not by its
number: a sentence more in the report shifts all numbers behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

from standoff.event_edits.sources import EditRow
from standoff.event_types import EventType
from standoff.model import Event
from standoff.units import shortened

LIKE = 85.0
"""How alike two sentences are at least, of 100, that are taken for one."""
# A few words of a sentence may stand in many: fewer tell nothing.
_LEAST_CHARS = 12
# A report that says one sentence a thousand times: of each row's events these many are weighed, the nearest in order.
_MOST_EVENTS = 50


@dataclass
class Matches:
    """What was found: rows by their number to events by theirs, and the others with what is to be said of them."""

    found: dict[int, int] = field(default_factory=dict)
    lost: dict[int, str] = field(default_factory=dict)


class _Pair(NamedTuple):
    row: int
    event: int
    is_trigger: bool
    is_family: bool
    likeness: float


def match(rows: Sequence[EditRow], events: Sequence[Event], types: Mapping[str, EventType]) -> Matches:
    """Tie rows to events, each to one at most.

    Rows that say of themselves that they were added are left out.
    """
    matches = Matches()
    by_row: dict[int, list[_Pair]] = {}
    texts = [utils.default_process(event.text) for event in events]
    for number, row in enumerate(rows):
        if row.is_added:
            continue
        alike = _alike(row, events, texts)
        near = sorted(alike, key=lambda index, at=number: abs(index - at))  # type: ignore[misc]
        near = sorted(near[:_MOST_EVENTS] if "sentence" in row.cells else near)
        found = (_pair(number, row, index, events[index], alike[index], types) for index in near)
        pairs = [pair for pair in found if pair]
        if not pairs:
            matches.lost[number] = _missing(row)
        elif row.machine is None and "sentence" not in row.cells and len(pairs) > 1:
            matches.lost[number] = (
                f"{len(pairs)} events have the trigger {shortened(repr(row.cells['trigger']))}; give the sentence, too"
            )
        else:
            by_row[number] = pairs
    taken: set[int] = set()
    for pair in _ordered(by_row, rows, events):
        if pair.row not in matches.found and pair.event not in taken:
            matches.found[pair.row] = pair.event
            taken.add(pair.event)
    for number in by_row.keys() - matches.found.keys():
        matches.lost[number] = "another row is about its event"
    return matches


def _missing(row: EditRow) -> str:
    if "sentence" in row.cells or "trigger" in row.cells:
        return "no event of the report has its sentence and trigger"
    return (
        f"the report has no event {row.cells['event_id']}" if "event_id" in row.cells else "it names no event"
    )


def _alike(row: EditRow, events: Sequence[Event], texts: Sequence[str]) -> dict[int, float]:
    """Return how alike the sentences of events are to a row's, where they are; all events for a row without one."""
    sentence = row.cells.get("sentence")
    if sentence is None:
        return dict.fromkeys(range(len(events)), 0.0)
    plain = utils.default_process(sentence)
    found = {index: like for _, like, index in process.extract(
        plain, texts, scorer=fuzz.ratio, processor=None, score_cutoff=LIKE, limit=None
    ) if plain}  # fmt: skip
    if (
        row.machine is None and len(plain) >= _LEAST_CHARS
    ):  # a hand that is to copy a sentence may copy a part
        parts = process.extract(
            plain, texts, scorer=fuzz.partial_ratio, processor=None, score_cutoff=LIKE, limit=None
        )
        found |= {i: like for _, like, i in parts if i not in found and len(texts[i]) > len(plain)}
    # A sentence of signs alone has nothing that could be alike, and is what it is.
    return found | {index: 100.0 for index, event in enumerate(events) if event.text == sentence}


def _pair(
    number: int, row: EditRow, index: int, event: Event, likeness: float, types: Mapping[str, EventType]
) -> _Pair | None:
    """Return the row and the event if they may be one."""
    cells = row.cells
    trigger = cells.get("trigger")
    is_trigger = trigger is not None and _plain(trigger) == _plain(event.trigger)
    kind = (row.machine or {}).get("event_type")
    is_family = kind is not None and _family(kind, types) == _family(event.type, types)
    is_id = cells.get("event_id") in (None, event.id)
    if "sentence" in cells:
        is_one = trigger is None or is_trigger or is_family
    else:
        is_one = (is_trigger and is_id) if trigger is not None else cells.get("event_id") == event.id
    return _Pair(number, index, is_trigger, is_family, likeness) if is_one else None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _family(name: str, types: Mapping[str, EventType]) -> str:
    known = types.get(name)
    return (known.family if known else None) or name


def _ordered(by_row: dict[int, list[_Pair]], rows: Sequence[EditRow], events: Sequence[Event]) -> list[_Pair]:
    """Return all pairs, the surest first: alike, then near, then in the same order."""
    shifts = _shifts(by_row, rows, events)
    ranks = _ranks(by_row, rows)

    def key(pair: _Pair) -> tuple[float, ...]:
        place = _place(rows[pair.row])
        off = abs(events[pair.event].start - place - shifts[pair.row]) if place is not None else 0
        among = [other.event for other in by_row[pair.row]]
        turn = abs(among.index(pair.event) - ranks[pair.row])
        return (-pair.is_trigger, -pair.is_family, -round(pair.likeness), off, turn, pair.row, pair.event)

    return sorted((pair for pairs in by_row.values() for pair in pairs), key=key)


def _place(row: EditRow) -> int | None:
    text = row.cells.get("char_start", "").strip()
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def _shifts(
    by_row: dict[int, list[_Pair]], rows: Sequence[EditRow], events: Sequence[Event]
) -> dict[int, float]:
    """Return by how much the text has moved at each row: as at the nearest row of which the event is sure."""
    wanted = Counter(pair.event for pairs in by_row.values() for pair in pairs)
    sure = [
        (place, events[pairs[0].event].start - place)
        for number, pairs in by_row.items()
        if len(pairs) == 1 and wanted[pairs[0].event] == 1 and (place := _place(rows[number])) is not None
    ]
    if not sure:
        # A text that says all twice: then row by row and event by event, in their order.
        before = sorted(place for number in by_row if (place := _place(rows[number])) is not None)
        after = sorted(
            events[index].start for index in {pair.event for pairs in by_row.values() for pair in pairs}
        )
        together = [late - early for early, late in zip(before, after, strict=False)]
        return dict.fromkeys(by_row, median(together) if together else 0.0)
    return {
        number: min(sure, key=lambda pair, at=place or 0: abs(pair[0] - at))[1]  # type: ignore[misc]
        for number in by_row
        for place in [_place(rows[number])]
    }


def _ranks(by_row: dict[int, list[_Pair]], rows: Sequence[EditRow]) -> dict[int, int]:
    """Return for each row the how manyth it is of those that may be about the same events at the same place."""
    seen: dict[tuple[object, ...], int] = {}
    ranks = {}
    for number in sorted(by_row):
        group = (_place(rows[number]), *(pair.event for pair in by_row[number]))
        ranks[number] = seen.get(group, 0)
        seen[group] = ranks[number] + 1
    return ranks
