"""Events at the desk: the cells that people edit most, and how each stands."""

from __future__ import annotations

from typing import Any

from standoff.event_edits.cells import cells_of
from standoff.event_types import types_in
from standoff.model import Event, ReadingRecord
from standoff.wording import name_of_event

FIELDS = {
    "event_type": "Type",
    "date_start": "Date",
    "actor": "Actor",
    "target": "Target",
    "killed_best": "Killed",
}
"""Columns that can be edited at the desk, with their labels."""
COLUMNS = ["", "Id", "Type", "Date", "Killed", "Actor", "Target"]
MARKS = {
    "accepted": ("✓", "accepted"),
    "rejected": ("✗", "rejected"),
    "corrected": ("✎", "corrected"),
    "added": ("+", "added"),
    "unreviewed": ("", "not looked at yet"),
}
"""A sign and a word for each status."""


def cells(event: Event) -> dict[str, str]:
    """Return what stands in the cells that can be edited here; empty where nothing is known.

    Examples
    --------
    >>> event = Event(id="e1", type="clash", trigger="clashed", text="clashed", start=0, end=7, actor="rebels")
    >>> cells(event)["event_type"], cells(event)["actor"], cells(event)["target"]
    ('clash', 'rebels', '')
    """
    found = cells_of(event, None)
    return {name: found.get(name, "") for name in FIELDS}


def table_row(event: Event) -> dict[str, Any]:
    """Return an event as the table shows it."""
    sign, word = MARKS[event.review_status]
    known = cells(event)
    when = known["date_start"] or (event.date_text or "")
    if event.date_end and event.date_end != event.date_start:
        when = f"{known['date_start']} to {event.date_end}"
    kind = name_of_event(event) if event.claim == "asserted" else f"{name_of_event(event)} ({event.claim})"
    return {
        "id": event.id,
        "cells": [sign, event.id, kind, when, known["killed_best"], known["actor"], known["target"]],
        "words": event.text,
        "status": event.review_status,
        "word": word,
        "corrected": [COLUMNS.index(label) for name, label in FIELDS.items() if name in event.corrected],
    }


def type_names(record: ReadingRecord) -> list[str]:
    """Return the types that an event may be of."""
    return list(types_in(record.settings))
