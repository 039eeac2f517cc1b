"""One event with the cells that an analyst set: fields, numbers of people, dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from standoff.event_columns import BETWEEN_WORDS, event_columns
from standoff.event_edits.cells import COUNTS, FIELDS
from standoff.model import Count, Event

NEEDED = frozenset(
    {"event_type", "claim", "source_reliability", "info_credibility", "review_status", "lat", "lon"}
)
"""Columns that no edit may empty."""
_PLACE = ("lat", "lon", "coordinate_uncertainty_m")
_DATES = ("date_start", "date_end", "date_precision")


class NotPossibleError(ValueError):
    """Cells that cannot all hold; they are left as the machine reads them."""

    def __init__(self, columns: list[str], words: str) -> None:
        super().__init__(words)
        self.columns = columns


def changed(event: Event, values: Mapping[str, Any], origin: str) -> Event:
    """Return an event with the values that an analyst set, by column.

    Raises
    ------
    NotPossibleError
        If some of them contradict each other, or empty what an event has to have.
    """
    for name in sorted(NEEDED & values.keys()):
        if values[name] is None:
            msg = (
                "an event has to have it" if name not in _PLACE else "give another place, or reject the event"
            )
            raise NotPossibleError([name], msg)
    update: dict[str, Any] = {}
    for name, value in values.items():
        if name in _PLACE or name in _DATES or name == "review_status" or name.rpartition("_")[0] in COUNTS:
            continue
        is_list = event_columns()[name].type == "words"
        update[FIELDS.get(name, name)] = _listed(value) if is_list else value
    for name in COUNTS:
        given = {
            bound: values[key] for bound in ("low", "best", "high") if (key := f"{name}_{bound}") in values
        }
        if given:
            update[name] = _count(name, getattr(event, name), given)
    if set(_DATES) & values.keys():
        update |= _dated(event, {name: values[name] for name in _DATES if name in values}, origin)
    return event.model_copy(update=update)


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(BETWEEN_WORDS.strip()) if part.strip()]


def _count(name: str, before: Count | None, given: Mapping[str, int | None]) -> Count | None:
    """Return numbers of which some were set; those that were not make room."""
    whole: dict[str, int | None] = dict(before.model_dump()) if before else {}
    whole |= given
    low, best, high = (whole.get(bound) for bound in ("low", "best", "high"))
    if low is None and best is None and high is None:
        return None
    if "low" not in given:
        if best is not None and (low is None or low > best or before is None):
            low = best
        elif low is None or (high is not None and low > high):
            low = high
    if "high" not in given:
        if best is not None and (before is None or (high is not None and high < best)):
            high = best
        elif high is not None and low is not None and high < low:
            high = low
    if (
        "best" not in given
        and best is not None
        and not ((low or 0) <= best <= (high if high is not None else best))
    ):
        best = low if low == high else None
    low = low or 0
    known = [number for number in (low, best, high) if number is not None]
    if known != sorted(known):
        msg = f"low {low}, best {best}, high {high} are not in order"
        raise NotPossibleError([f"{name}_{bound}" for bound in given], msg)
    return Count(low=low, best=best, high=high)


def _dated(event: Event, given: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """Return when it happened, where a part of it was set."""
    start, end = given.get("date_start", event.date_start), given.get("date_end", event.date_end)
    # One day that is moved is still one day; the emptied first day of several is not known any more.
    if "date_end" not in given and (end is None or start is None or event.date_start == event.date_end):
        end = start
    if "date_start" not in given and start is None:
        start = end
    if start is not None and end is not None and end < start:
        msg = f"{end} is before {start}"
        raise NotPossibleError(list(given), msg)
    precision = given.get("date_precision", _precision(start, end))
    return {
        "date_start": start, "date_end": end, "date_precision": precision,
        "date_basis": f"set by the analyst: {origin}",
    }  # fmt: skip


def _precision(start: str | None, end: str | None) -> str | None:
    if start is None or end is None:
        return None
    return "day" if date.fromisoformat(start) == date.fromisoformat(end) else "range"
