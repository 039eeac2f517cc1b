"""The rows of a timeline: which events in which order, and what is written beside each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from standoff.model import Event
from standoff.periods import Period, period_of_event
from standoff.wording import count_words, name_of_event, sides_of_event

MOST_ROWS = 150  # a figure of more is metres long, and nobody reads it
_LONGEST_CHAIN = 50  # of events "a short time later"; beyond it the order of the text does


@dataclass(frozen=True)
class Row:
    """One event of a timeline. Moments are days since 1 January of the year 1, with fractions."""

    event: Event
    number: int
    period: Period | None
    after: int | None = None  # number of the row that the report puts right before it
    anchor: int | None = None  # of an undated event: the dated row that its chain of "after" leads to

    @property
    def opens(self) -> float | None:
        """The first moment that it may have begun at; None where that side is open, or it is not dated."""
        if self.period is None or self.period.first is None:
            return None
        return self.period.first.toordinal() + _share_of_day(self.event.time_start)

    @property
    def closes(self) -> float | None:
        """The last moment of it: the end of its last day where no clock time is known."""
        if self.period is None or self.period.last is None:
            return None
        clock = self.event.time_end or (self.event.time_start if self.one_day else None)
        share = _share_of_day(clock) if _clock(clock) else 1.0
        # "from 23:00 to 02:00" ends on the next day.
        next_day = self.one_day and share < _share_of_day(self.event.time_start)
        return self.period.last.toordinal() + share + next_day

    @property
    def one_day(self) -> bool:
        """Whether the day is known."""
        return self.period is not None and self.period.first == self.period.last

    @property
    def timed(self) -> bool:
        """Whether the time of day is known."""
        return self.one_day and _clock(self.event.time_start) is not None


def _clock(words: str | None) -> time | None:
    try:
        return time.fromisoformat(words).replace(tzinfo=None) if words else None
    except ValueError:  # a record made elsewhere
        return None


def _share_of_day(words: str | None) -> float:
    clock = _clock(words) or time()
    return (clock.hour + clock.minute / 60) / 24


def rows_of(events: Iterable[Event]) -> list[Row]:
    """Return the events in order of time, then those without a date in the order of the text.

    Of two on the same day without a clock time, the one that the report puts after the other comes
    after it.

    Examples
    --------
    >>> def event(id, start, **more):
    ...     return Event(id=id, type="strike", trigger="hit", text="hit", start=start, end=start + 3, **more)
    >>> day = {"date_start": "2017-06-06", "date_end": "2017-06-06"}
    >>> found = rows_of([event("a", 0), event("b", 9, follows="c", **day), event("c", 20, **day)])
    >>> [(row.number, row.event.id, row.after) for row in found]
    [(1, 'c', None), (2, 'b', 1), (3, 'a', None)]
    """
    known = {event.id: event for event in events}
    periods = {event.id: period_of_event(event) for event in known.values()}
    dated = [event for event in known.values() if periods[event.id]]
    undated = [event for event in known.values() if not periods[event.id]]
    dated.sort(key=lambda event: _key(event, known, periods))
    undated.sort(key=lambda event: (event.start, event.end))
    ordered = [*dated, *undated]
    numbers = {event.id: number for number, event in enumerate(ordered, 1)}
    rows = []
    for event in ordered:
        chain = _before(event, known)
        found = next((before.id for before in chain if periods[before.id]), "")
        anchor = None if periods[event.id] else numbers.get(found)
        after = numbers[chain[0].id] if chain else None
        rows.append(Row(event, numbers[event.id], periods[event.id], after, anchor))
    return rows


def _before(event: Event, known: dict[str, Event]) -> list[Event]:
    """Return the event that an event follows, the one that that follows, and so on."""
    chain: list[Event] = []
    seen = {event.id}
    while (before := known.get(event.follows or "")) and before.id not in seen:
        chain.append(before)
        seen.add(before.id)
        if len(chain) == _LONGEST_CHAIN:
            break
        event = before
    return chain


def _key(event: Event, known: dict[str, Event], periods: dict[str, Period | None]) -> tuple[object, ...]:
    """Return what dated events are sorted by: one without a time goes right after the one that it follows."""
    same_days = [event]
    for before in _before(event, known):
        if same_days[-1].time_start or periods[before.id] != periods[event.id]:
            break
        same_days.append(before)
    first, found = same_days[-1], periods[event.id]
    assert found is not None  # noqa: S101 -- only dated events are sorted by it
    clock = _clock(first.time_start) or time()
    return (found.start, clock, found.end, *(each.start for each in reversed(same_days)))


def when(row: Row) -> str:
    """Return when an event was, in ISO 8601: a day with the time of day, a month, a year, a range.

    Examples
    --------
    >>> event = Event(id="e", type="strike", trigger="hit", text="hit", start=0, end=3, time_start="14:30",
    ...               time_zone="UTC", date_start="2017-06-06", date_end="2017-06-06", date_precision="day")
    >>> when(rows_of([event])[0])
    '2017-06-06 14:30 UTC'
    """
    event, found = row.event, row.period
    if found is None:
        return ""
    if found.first is None or found.last is None:
        return f"from {found.start}" if found.first else f"to {found.end}"
    if row.one_day:
        clocks = "/".join(word for word in (event.time_start, event.time_end) if word and _clock(word))
        return " ".join(word for word in (f"{found.start}", clocks, clocks and event.time_zone) if word)
    if event.date_precision == "year":
        return f"{found.start:%Y}"
    return f"{found.start:%Y-%m}" if event.date_precision == "month" else f"{found.start}/{found.end}"


def what(event: Event) -> str:
    """Return the type of an event in words, with the claim where it is not simply asserted.

    Examples
    --------
    >>> what(Event(id="e", type="air strike", claim="denied", trigger="hit", text="hit", start=0, end=3))
    'Air strike (denied)'
    """
    name = name_of_event(event) or "Event"
    return name if event.claim == "asserted" else f"{name} ({event.claim})"


def who(event: Event) -> str:
    """Return who did it to whom, and how many were killed.

    Examples
    --------
    >>> who(Event(id="e", type="strike", trigger="hit", text="hit", start=0, end=3, target="a convoy",
    ...           killed={"low": 2, "best": None, "high": None}))
    '→ a convoy · killed: at least 2'
    """
    sides = sides_of_event(event)
    killed = f"killed: {count_words(event.killed)}" if event.killed else ""
    return " · ".join(word for word in (sides, killed) if word)


def described(rows: list[Row]) -> str:
    """Return the rows as lines of text, for those who cannot see the figure."""
    lines = []
    for row in rows:
        after = f"after {row.after}" if row.after else ""
        dated = ", ".join(word for word in (when(row) or "not dated", after) if word)
        words = "; ".join(word for word in (what(row.event), who(row.event)) if word)
        lines.append(f"{row.number}. {dated}: {words}")
    return "\n".join(lines) or "No events were read."
