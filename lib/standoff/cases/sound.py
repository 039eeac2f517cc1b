"""Whether a stored record can be shown: its parts fit together, and its shapes are shapes on the Earth.

A record that is read again needs no such look. One that is taken as it is stored may have been written by anybody.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from standoff.csv_cells import visible
from standoff.errors import InputError
from standoff.ground.geojson import from_geojson
from standoff.model import Event, Footprint, ReadingRecord, Relation, Report, Span
from standoff.units import shortened

_MOST = 2**63  # what the columns of tables hold


def check_sound(record: ReadingRecord, report: Report, name: str) -> None:
    """Look whether a record is one that a reading of a report can be.

    Parameters
    ----------
    record : ReadingRecord
    report : Report
    name : str
        What to call the case file in messages.

    Raises
    ------
    InputError
        If a part of it points to nothing, quotes what the report does not say, or is no shape on the Earth.
    """
    for fault in _faults(record, report):
        words = shortened(" ".join(visible(fault).split()), 300)
        msg = (
            f"{name}: the stored reading does not hold together ({words}); have the report read again instead"
        )
        raise InputError(msg)


def _faults(record: ReadingRecord, report: Report) -> Iterator[str]:
    try:
        if not _is_finite(record.model_dump()):
            yield "a number in it is not finite, or too large"
    except RecursionError:
        yield "it is nested too deep"
        return
    for span in _spans(record):
        if report.text[span.start : span.end] != span.text:
            yield f"{shortened(span.text)!r} is not what the report says at {span.start}"
    chars = len(report.text)
    mentions = [each.mentions for each in record.zones]
    mentions += [each.mentions for each in (*record.events, *record.rejected)]
    if any(not 0 <= start <= end <= chars for spans in mentions for start, end in spans):
        yield "a mention is outside the report"
    for footprint in record.footprints:
        yield from _bad_shapes(footprint)
    yield from _dangling(record)
    yield from _bad_types(record)


def _is_finite(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_finite(each) for each in value.values())
    if isinstance(value, list | tuple):
        return all(_is_finite(each) for each in value)
    if isinstance(value, int):
        return abs(value) < _MOST
    return not isinstance(value, float) or math.isfinite(value)


def _spans(record: ReadingRecord) -> Iterator[Span]:
    yield from record.places
    yield from record.measures
    yield from record.relations
    yield from record.events
    yield from record.rejected
    yield from (each.figure for each in record.relations if each.figure is not None)


def _bad_shapes(footprint: Footprint) -> Iterator[str]:
    for geometry in (footprint.geometry, *(contour.geometry for contour in footprint.contours)):
        try:
            shape = from_geojson(geometry)
        except (ValueError, RecursionError) as error:
            yield f"{footprint.id} is no shape on the Earth: {error}"
            continue
        if shape.is_empty or not shape.is_valid:
            yield f"{footprint.id} is no shape on the Earth"
    if abs(footprint.lat) > 90 or abs(footprint.lon) > 180:
        yield f"{footprint.id} is not on the Earth"


def _dangling(record: ReadingRecord) -> Iterator[str]:
    """Yield what points to nothing."""
    parts = {
        "place": record.places, "measure": record.measures, "relation": record.relations, "zone": record.zones,
        "footprint": record.footprints, "event": [*record.events, *record.rejected],
    }  # fmt: skip
    ids = {kind: [each.id for each in found] for kind, found in parts.items()}  # type: ignore[attr-defined]
    for kind, found in ids.items():
        if len(set(found)) != len(found):
            yield f"a {kind} is in it twice"
    there = {kind: set(found) for kind, found in ids.items()}
    for origin, kind, ids_ in _references(record):
        for each in ids_:
            if each is not None and each not in there[kind]:
                yield f"{origin} speaks of the {kind} {each}, which is not in it"


def _references(record: ReadingRecord) -> Iterator[tuple[str, str, Iterable[str | None]]]:
    """Yield who points to which kind of record, and to which ones."""
    for place in record.places:
        yield place.id, "place", (place.refers_to, place.inside)
    for relation in record.relations:
        yield from _of_relation(relation)
    for zone in record.zones:
        yield zone.id, "place", (zone.anchor,)
        yield zone.id, "measure", (zone.measure,)
        yield zone.id, "zone", (zone.replaces,)
        yield zone.id, "footprint", (zone.footprint,)
    for footprint in record.footprints:
        yield footprint.id, "relation", footprint.relations
        yield footprint.id, "place", footprint.places
        yield footprint.id, "zone", footprint.zones
    for event in [*record.events, *record.rejected]:
        yield from _of_event(event)


def _of_relation(relation: Relation) -> Iterator[tuple[str, str, Iterable[str | None]]]:
    yield relation.id, "place", relation.anchors
    yield relation.id, "measure", (relation.measure,)
    yield relation.id, "zone", (relation.zone,)
    yield relation.id, "footprint", (relation.footprint, *(each.footprint for each in relation.alternatives))


def _of_event(event: Event) -> Iterator[tuple[str, str, Iterable[str | None]]]:
    yield event.id, "relation", event.relations
    yield event.id, "event", (*event.same_as, event.follows)
    yield event.id, "footprint", (event.footprint,)


def _bad_types(record: ReadingRecord) -> Iterator[str]:
    from standoff.event_types import types_in

    try:
        types_in(record.settings)
    except (ValueError, TypeError) as error:
        yield f"its types of events cannot be read: {error}"
