"""Days shared out over weeks and months: an event of ten days is partly in each of two or three weeks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from standoff.periods import Period

Step = Literal["week", "month"]
STEPS: tuple[Step, ...] = ("week", "month")
LONGEST_DAYS = 366
"""What is dated to more days than this is not shared out: a year says nothing of a week."""


def start_of(day: date, step: Step) -> date:
    """Return the first day of the week (its Monday) or month that a day is in.

    Examples
    --------
    >>> start_of(date(2024, 3, 7), "week"), start_of(date(2024, 3, 7), "month")
    (datetime.date(2024, 3, 4), datetime.date(2024, 3, 1))
    """
    return day - timedelta(days=day.weekday()) if step == "week" else day.replace(day=1)


def after(start: date, step: Step) -> date:
    """Return the first day of the next week or month."""
    if step == "week":
        return start + timedelta(days=7)
    return (start.replace(day=1) + timedelta(days=32)).replace(day=1)


def shares_of(period: Period | None, step: Step) -> dict[date, float]:
    """Return the share of a period's days in each week or month, by its first day; together 1.

    Empty for what is not dated, or dated to more than a year.

    Examples
    --------
    >>> found = shares_of(Period(date(2024, 3, 9), date(2024, 3, 12)), "week")  # Saturday to Tuesday
    >>> {str(monday): share for monday, share in found.items()}
    {'2024-03-04': 0.5, '2024-03-11': 0.5}
    """
    if period is None or (period.end - period.start).days >= LONGEST_DAYS:
        return {}
    days = (period.end - period.start).days + 1
    found = {}
    for start in steps_between(period.start, period.end, step):
        first, last = max(start, period.start), min(after(start, step) - timedelta(days=1), period.end)
        found[start] = ((last - first).days + 1) / days
    return found


def steps_between(first: date, last: date, step: Step) -> Iterator[date]:
    """Yield the first days of all weeks or months from that of one day to that of another."""
    start = start_of(first, step)
    while start <= last:
        yield start
        start = after(start, step)


def label(start: date, step: Step) -> str:
    """Return what a week or month is called: its Monday, or year and month."""
    return start.isoformat() if step == "week" else start.isoformat()[:7]


def all_labels(found: Sequence[str], step: Step) -> list[str]:
    """Return the weeks or months from the first to the last of some, with those between that have nothing.

    Examples
    --------
    >>> all_labels(["2024-03-18", "2024-03-04"], "week")
    ['2024-03-04', '2024-03-11', '2024-03-18']
    """
    if not found:
        return []
    first, last = (
        date.fromisoformat(text if step == "week" else f"{text}-01") for text in (min(found), max(found))
    )
    return [label(start, step) for start in steps_between(first, last, step)]
