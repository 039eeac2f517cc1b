"""When events were and zones held, as first and last days: what a figure and a map show of time."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from standoff.model import Event, Zone

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?:T.*)?")


@dataclass(frozen=True)
class Period:
    """Days from a first to a last one, both in it; None where that side is open."""

    first: date | None
    last: date | None

    @property
    def start(self) -> date:
        """The first day, or the last where the first is open."""
        found = self.first or self.last
        assert found is not None  # noqa: S101 -- ``period`` makes no period without a day
        return found

    @property
    def end(self) -> date:
        """The last day, or the first where the last is open."""
        return self.last or self.start


def first_and_last(words: str | None) -> Period | None:
    """Return the days of an ISO 8601 date, which may be a month or a year; None where it is none.

    Examples
    --------
    >>> first_and_last("2017-02").last, first_and_last("the day before")
    (datetime.date(2017, 2, 28), None)
    """
    found = _ISO.fullmatch(words or "")
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(first.year, last_month)[1]
        return Period(first, date(first.year, last_month, last_day))
    except ValueError:  # the 31st of June; the year 0
        return None


def period(start: str | None, end: str | None) -> Period | None:
    """Return the days from one ISO 8601 date to another; None where neither is a date.

    A period that ends before it starts is taken for its start alone: no date is made up to mend it.

    Examples
    --------
    >>> period("2017-06", None)
    Period(first=datetime.date(2017, 6, 1), last=None)
    """
    opens, closes = first_and_last(start), first_and_last(end)
    if opens is None and closes is None:
        return None
    first, last = opens.first if opens else None, closes.last if closes else None
    if opens and first and last and last < first:
        last = opens.last
    return Period(first, last)


def period_of_event(event: Event) -> Period | None:
    """Return the days that an event falls within; None where it is not dated.

    A start without an end is the day, the month or the year that it names: events, other than
    zones, do not go on until they are said to end.
    """
    if event.date_start and not event.date_end:
        return first_and_last(event.date_start)
    return period(event.date_start, event.date_end)


def period_of_zone(zone: Zone) -> Period | None:
    """Return the days that a zone holds for, as far as the report says; None where it does not."""
    return period(zone.valid_from, zone.valid_to)
