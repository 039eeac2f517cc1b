"""What the tests of the events room share: short reports read, and cases that are known to be read wrongly."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from standoff import read_text
from standoff.model import Count, Event, ReadingRecord

#: The day of publication of every report here, a Thursday.
PUBLISHED = "2021-05-06"
Range = tuple[int, int | None, int | None]


@cache
def reading(text: str) -> ReadingRecord:
    """Return the record of a report published on `PUBLISHED`."""
    return read_text(text, published=PUBLISHED).record


def told(text: str) -> list[Event]:
    """Return the events of a report, in its order."""
    return reading(text).events


def only(text: str) -> Event:
    """Return the one event of a report."""
    events = told(text)
    assert [event.type for event in events] == [event.type for event in events[:1]], "more than one event"
    assert events, "no event"
    return events[0]


def kinds(text: str) -> list[str]:
    """Return the types of the events of a report."""
    return [event.type for event in told(text)]


def plain(count: Count | None) -> Range | None:
    """Return a count as low, best, high."""
    return None if count is None else (count.low, count.best, count.high)


def where(text: str, event: Event) -> list[str]:
    """Return the words by which a report says where an event was."""
    known = {relation.id: relation for relation in reading(text).relations}
    return [known[each].text for each in event.relations]


def wrong(why: str, *values: Any) -> Any:
    """Return a case that a reader would call read wrongly today."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=why))
