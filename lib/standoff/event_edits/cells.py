"""Cells of a table of events: what they hold, what they may hold, and whether two hold the same.

Spreadsheets write dates, times and numbers in ways of their own, also in cells that nobody touched:
2017-06-08 comes back as 08.06.2017 or 6/8/2017. Two cells are the same if they can be read as the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from standoff.csv_cells import visible
from standoff.csv_rows import bare_cell
from standoff.event_columns import BETWEEN_WORDS, Column, event_columns
from standoff.model import Count, Event, Footprint

NOTHING = "none"
"""What an analyst writes into a cell to empty it."""
COUNTS = ("target_count", "killed", "wounded")
FIELDS = {"event_type": "type", "sub_event_type": "sub_type"}
"""Columns whose field of an event has another name."""
Order = Literal["day first", "month first"]

_MOST_CHARS = 2000
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::00)?")


def editable() -> list[str]:
    """Return the columns of an event that an analyst may edit, in the order of the table."""
    return [name for name, column in event_columns().items() if column.edited == "yes"]


def cells_of(event: Event, footprint: Footprint | None) -> dict[str, str]:
    """Return the editable cells of an event as text; those that are empty are left out."""
    values: dict[str, Any] = {}
    for name in editable():
        count, _, bound = name.rpartition("_")
        if count in COUNTS:
            values[name] = getattr(getattr(event, count) or Count(low=0, best=None, high=None), bound)
            if getattr(event, count) is None:
                values[name] = None
        elif event_columns()[name].type == "words":
            values[name] = BETWEEN_WORDS.join(getattr(event, name)) or None
        elif name in ("lat", "lon"):
            values[name] = getattr(footprint, name) if footprint else None
        elif name == "coordinate_uncertainty_m":
            values[name] = footprint.uncertainty_m if footprint else None
        else:
            values[name] = getattr(event, FIELDS.get(name, name))
    return {name: str(value) for name, value in values.items() if value is not None}


def is_same(column: str, one: str, other: str) -> bool:
    """Say whether two cells can be read as the same.

    Examples
    --------
    >>> is_same("date_start", "6/8/2017", "2017-06-08"), is_same("date_start", "8/6/2017", "2017-06-08")
    (True, True)
    >>> is_same("lat", "33.50583", "33.505830"), is_same("time_start", "9:05:00", "09:05")
    (True, True)
    >>> is_same("actor", "'=SUM", "=SUM"), is_same("actor", "the army", "the navy")
    (True, False)
    """
    first, second = _plain(one), _plain(other)
    if first == second:
        return True
    kind = event_columns()[column]
    if kind.type == "date":
        return bool(set(_dates(first)) & set(_dates(second)))
    try:
        a, b = value_of(kind, first), value_of(kind, second)
    except ValueError:
        return False
    if isinstance(a, float) and isinstance(b, float):
        # Spreadsheets keep 15 digits, and show fewer.
        return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9)
    return bool(a == b)


def _plain(text: str) -> str:
    return " ".join(visible(bare_cell(text)).split())


def value_of(column: Column, text: str, order: Order | None = None) -> Any:
    """Return what a cell says; None for ``none``.

    Parameters
    ----------
    column : Column
    text : str
        Not empty.
    order : "day first" or "month first", optional
        How dates with strokes are meant in this file, where it tells.

    Raises
    ------
    ValueError
        In words for people, if it cannot be what the column holds.

    Examples
    --------
    >>> columns = event_columns()
    >>> value_of(columns["killed_low"], "12"), value_of(columns["claim"], "Denied"), value_of(columns["actor"], "none")
    (12, 'denied', None)
    """
    text = text.strip()
    if text.lower() == NOTHING:
        return None
    if column.type == "date":
        return _date(text, order)
    if column.type in ("whole", "number"):
        return _number(column, text)
    if column.pattern is not None:
        return _patterned(column, text)
    if column.words is not None:
        # A column of such figures with a gap in it comes out of pandas as 6.0.
        plain = text.removesuffix(".0").lower()
        found = next((word for word in column.words if word.lower() == plain), None)
        if found is None:
            msg = f"{_short(text)} is not one of {', '.join(column.words)}"
            raise ValueError(msg)
        return found
    if len(text) > _MOST_CHARS:
        msg = f"it is longer than {_MOST_CHARS:,} characters"
        raise ValueError(msg)
    return text


def _number(column: Column, text: str) -> float | int:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        msg = f"{_short(text)} is no number"
        raise ValueError(msg)
    if column.type == "whole" and not number.is_integer():
        msg = f"{_short(text)} is no whole number"
        raise ValueError(msg)
    low, high = column.bounds or (None, None)
    if (low is not None and number < low) or (high is not None and number > high):
        msg = f"{_short(text)} is not in {column.allowed}"
        raise ValueError(msg)
    if column.is_above_zero and number <= 0:
        msg = f"{_short(text)} is not above 0"
        raise ValueError(msg)
    return int(number) if column.type == "whole" else number


def _patterned(column: Column, text: str) -> str:
    clock = _TIME.fullmatch(text)
    text = f"{int(clock[1]):02}:{clock[2]}" if clock else text
    if not re.fullmatch(column.pattern or "", text):
        msg = f"{_short(text)} is no time like 14:30"
        raise ValueError(msg)
    return text


def _date(text: str, order: Order | None) -> str:
    found = list(_dates(text))
    if len(found) == 2 and order is not None:
        return found[0] if order == "day first" else found[1]
    if len(found) == 2:
        msg = f"{text} is {found[0]} or {found[1]}; write it like that"
        raise ValueError(msg)
    if not found:
        msg = f"{_short(text)} is no date like 2017-06-08"
        raise ValueError(msg)
    return found[0]


def _dates(text: str) -> list[str]:
    """Return the days that a cell may mean: with strokes two, day first, where both can be."""
    return list(dict.fromkeys(day for day in _readings(text) if day))


def _readings(text: str) -> Iterator[str]:
    if match := _ISO.fullmatch(text):
        yield _day(match[1], match[2], match[3])
    elif match := _DOTTED.fullmatch(text):
        yield _day(match[3], match[2], match[1])
    elif match := _SLASHED.fullmatch(text):
        yield _day(match[3], match[2], match[1])
        yield _day(match[3], match[1], match[2])


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def order_of(pairs: Iterator[tuple[str, str]]) -> Order | None:
    """Return how a file means dates with strokes, by those that stand beside what they were before.

    Examples
    --------
    >>> order_of(iter([("6/8/2017", "2017-06-08"), ("x", "")]))
    'month first'
    """
    told: set[Order] = set()
    for cell, machine in pairs:
        days = _dates(cell) if _SLASHED.fullmatch(cell) else []
        if len(days) == 2 and machine in days:
            told.add("day first" if machine == days[0] else "month first")
    return told.pop() if len(told) == 1 else None


def _short(text: str) -> str:
    from standoff.units import shortened

    return shortened(repr(text))
