"""Edits applied to the events of a reading: what was set by hand wins, what was taken out is kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from rapidfuzz import fuzz

from standoff.event_columns import event_columns
from standoff.event_edits.cells import cells_of, editable, is_same, value_of
from standoff.event_edits.changes import NotPossibleError, changed
from standoff.event_edits.matching import LIKE, match
from standoff.event_edits.places import Shelf
from standoff.event_edits.sources import EditRow, EventEdits, Sheet
from standoff.event_types import EventType
from standoff.ground.anchors import Outlines
from standoff.ground.footprints import Grounded
from standoff.model import Event, PlaceMention, Report

_PLACE = ("lat", "lon", "coordinate_uncertainty_m")
_MOST_TOLD = 5
_REJECTED = "rejected"


@dataclass
class Applied:
    """Events with their edits, those that were taken out, and what is to be told."""

    laid: Grounded
    rejected: list[Event] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass
class _Edited:
    """An event, and what was set in it so far."""

    event: Event
    values: dict[str, Any] = field(default_factory=dict)
    origins: list[str] = field(default_factory=list)


def apply(
    edits: EventEdits,
    laid: Grounded,
    report: Report,
    mentions: list[PlaceMention],
    outlines: Outlines,
    types: Mapping[str, EventType],
) -> Applied:
    """Return a grounded reading with an analyst's edits.

    Parameters
    ----------
    edits : EventEdits
    laid : Grounded
        As the machine reads it.
    report : Report
    mentions : list of PlaceMention
        Resolved.
    outlines : Outlines
        Regions and borders.
    types : mapping
        The types of events that are known.
    """
    return _Editor(laid, report, Shelf(laid.footprints, mentions, outlines), types).applied(edits)


class _Editor:
    def __init__(self, laid: Grounded, report: Report, shelf: Shelf, types: Mapping[str, EventType]) -> None:
        self.laid, self.report, self.shelf, self.types = laid, report, shelf, types
        self.read = [_Edited(event) for event in laid.events]
        self.added: list[Event] = []
        self.told: list[str] = []

    def applied(self, edits: EventEdits) -> Applied:
        problems = []
        for sheet in edits.sheets:
            self.told = list(sheet.problems)
            self._sheet(sheet)
            if self.told:
                more = f"; and {len(self.told) - _MOST_TOLD} more" if len(self.told) > _MOST_TOLD else ""
                problems.append("; ".join(self.told[:_MOST_TOLD]) + more)
        self.told = []
        finished = [self._finished(each) for each in self.read if each.origins]
        if self.told:
            problems.append("; ".join(self.told))
        events = {event.id: event for event in [*self.laid.events, *finished, *self.added]}
        rejected = [event for event in events.values() if event.review_status == _REJECTED]
        kept = _without(list(events.values()), {event.id for event in rejected})
        laid = Grounded(self.laid.relations, self.laid.zones, kept, [], self.laid.conflicts)
        laid.footprints = self.shelf.used(_used(laid))
        there = {footprint.id for footprint in laid.footprints}
        out = [
            event if event.footprint in there else event.model_copy(update={"footprint": None})
            for event in rejected
        ]
        return Applied(laid, out, problems)

    def _sheet(self, sheet: Sheet) -> None:
        rows = sheet.rows_for(self.report.id)
        events = [each.event for each in self.read]
        matches = match(rows, events, self.types)
        for number, row in enumerate(rows):
            index = matches.found.get(number)
            if index is not None:
                self._edit(self.read[index], row, sheet)
            elif row.is_added or row.machine is None:
                self._add(row, sheet, matches.lost.get(number))
            elif hand_set(row):
                # What stood there by itself is gone with its event; what was set by hand must not go unseen.
                self._add(row, sheet, matches.lost.get(number), status="corrected")

    def _edit(self, edited: _Edited, row: EditRow, sheet: Sheet) -> None:
        if row.machine is not None:
            names = hand_set(row)
        else:
            footprint = self.shelf.made.get(edited.event.footprint or "")
            names = differing(row.cells, cells_of(edited.event, footprint))
        if {"lat", "lon"} & set(names):  # half a position is none: the other half is meant, too
            names = [
                name for name in editable() if name in names or (name in ("lat", "lon") and name in row.cells)
            ]
        values = self._values(row, names, sheet)
        if values.get("review_status") not in (None, "accepted", _REJECTED):
            del values["review_status"]  # those that the machine sets say nothing new
        if values:
            edited.values |= values
            edited.origins.append(row.origin)

    def _values(self, row: EditRow, names: list[str], sheet: Sheet) -> dict[str, Any]:
        """Return what cells say; those that cannot be read are told of and passed over."""
        values = {}
        for name in names:
            try:
                values[name] = self._value(name, row.cells[name], sheet)
            except ValueError as error:
                self.told.append(f"{row.origin}, column {name}: {error}; it is left as it was read")
        if len({"lat", "lon"} & set(names) - values.keys()) == 1:  # nor is half a position used
            values = {name: value for name, value in values.items() if name not in ("lat", "lon")}
        return values

    def _value(self, name: str, text: str, sheet: Sheet) -> Any:
        value = value_of(event_columns()[name], text, sheet.order)
        if name == "event_type" and value is not None and value not in self.types:
            near = get_close_matches(value, self.types, 1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            msg = f"{value[:60]!r} is no type of event ({hint}your own go into a file for the setting event_types)"
            raise ValueError(msg)
        return value

    def _finished(self, edited: _Edited) -> Event:
        """Return an event with all that was set in it, from all tables."""
        before, values = edited.event, dict(edited.values)
        origin = "; ".join(dict.fromkeys(edited.origins))
        while True:
            try:
                event = changed(before, values, origin)
                break
            except NotPossibleError as error:
                self.told.append(
                    f"{origin}, column {', '.join(error.columns)}: {error}; it is left as it was read"
                )
                values = {name: value for name, value in values.items() if name not in error.columns}
        event = self._moved(event, values, origin)
        status = values.pop("review_status", None)
        names = [name for name in editable() if name in values]
        machine = cells_of(before, self.shelf.made.get(before.footprint or ""))
        update = {
            "review_status": _REJECTED if status == _REJECTED else "corrected" if names else status or "unreviewed",
            "corrected": names, "read_as": {name: machine.get(name, "") for name in names}, "override": origin,
        }  # fmt: skip
        return event.model_copy(update=update) if names or status else before

    def _moved(self, event: Event, values: dict[str, Any], origin: str) -> Event:
        """Return an event where the analyst says that it was."""
        names = [name for name in _PLACE if name in values]
        if not names:
            return event
        old = self.shelf.made.get(event.footprint or "")
        lat = values.get("lat", old.lat if old else None)
        lon = values.get("lon", old.lon if old else None)
        try:
            if lat is None or lon is None:
                msg = f"{'lat' if lat is None else 'lon'} is missing"
                raise ValueError(msg)
            made, precision = self.shelf.at(lat, lon, values.get("coordinate_uncertainty_m"), origin)
        except ValueError as error:
            self.told.append(f"{origin}, column {', '.join(names)}: {error}; it is left as it was read")
            for name in names:
                del values[name]
            return event
        return event.model_copy(
            update={
                "footprint": made.id,
                "reason": f"put there by the analyst: {origin}",
                **precision._asdict(),
            }
        )

    def _add(self, row: EditRow, sheet: Sheet, why: str | None, status: str = "added") -> None:
        """Add an event of the analyst's own, if enough is said of it."""
        names = [name for name in editable() if name in row.cells and name != "review_status"]
        values = self._values(row, names, sheet)
        anchor = row.cells.get("anchor_name") if "lat" not in values and status == "added" else None
        has_place = {"lat", "lon"} <= values.keys() or anchor is not None
        if values.get("event_type") is None or not (values.get("date_start") or has_place):
            lacks = "an event of your own has an event_type and a date_start, lat and lon, or an anchor_name"
            self.told.append(f"{row.origin}: {why or 'it cannot be added'}, and it is not used: {lacks}")
            return
        if why and status == "corrected":
            self.told.append(f"{row.origin}: {why}; it is kept as you left it")
        span = _span(row.cells.get("sentence", ""), self.report.text)
        last = max((int(e.id[1:]) for e in [*self.laid.events, *self.added] if e.id[1:].isdigit()), default=0)
        bare = Event(
            id=f"e{last + 1}", type=values["event_type"], trigger=row.cells.get("trigger", ""), **span,
            reason="no place was given for it",
        )  # fmt: skip
        edited = _Edited(bare, values, [row.origin])
        event = self._finished(edited)
        named = [*event.corrected]
        if anchor is not None:
            try:
                made, precision = self.shelf.in_place(anchor, row.origin)
            except ValueError as error:
                self.told.append(f"{row.origin}, column anchor_name: {error}; the event has no place")
            else:
                reason = f"put there by the analyst: {row.origin}"
                event = event.model_copy(
                    update={"footprint": made.id, "reason": reason, **precision._asdict()}
                )
                named.append("anchor_name")
        self.added.append(
            event.model_copy(update={"review_status": status, "corrected": named, "read_as": {}})
        )


def hand_set(row: EditRow) -> list[str]:
    """Return the columns of a row that somebody changed since it was written."""
    return differing(row.cells, row.machine or {})


def differing(cells: Mapping[str, str], machine: Mapping[str, str]) -> list[str]:
    """Return the editable columns whose cell is not empty and says something else than the machine."""
    return [
        name for name in editable() if name in cells and not is_same(name, cells[name], machine.get(name, ""))
    ]


def _span(sentence: str, text: str) -> dict[str, Any]:
    """Return where a sentence stands in the report, also if it was typed a little differently; nowhere if it does not."""
    start = text.find(sentence) if sentence else -1
    if start >= 0:
        return {"text": sentence, "start": start, "end": start + len(sentence)}
    found = fuzz.partial_ratio_alignment(sentence, text, score_cutoff=LIKE) if sentence else None
    if found is None or len(sentence) > len(text):
        return {"text": "", "start": 0, "end": 0}
    return {"text": text[found.dest_start : found.dest_end], "start": found.dest_start, "end": found.dest_end}


def _without(events: list[Event], rejected: set[str]) -> list[Event]:
    """Return the events that stay, and what points to one that does not points nowhere."""
    kept = []
    for event in events:
        if event.id in rejected:
            continue
        same = [other for other in event.same_as if other not in rejected]
        follows = None if event.follows in rejected else event.follows
        is_touched = same != event.same_as or follows != event.follows
        kept.append(event.model_copy(update={"same_as": same, "follows": follows}) if is_touched else event)
    return kept


def _used(laid: Grounded) -> set[str]:
    """Return the ids of the footprints that something rests on: one that an event has left is nobody's."""
    made = [
        *(e.footprint for e in laid.relations),
        *(e.footprint for e in laid.zones),
        *(e.footprint for e in laid.events),
    ]
    others = [other.footprint for relation in laid.relations for other in relation.alternatives]
    return {each for each in [*made, *others] if each}
