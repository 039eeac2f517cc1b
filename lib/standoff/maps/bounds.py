"""How much one page shows: a browser stands still under thousands of shapes, and nobody reads such a map."""

from __future__ import annotations

from typing import Any

from standoff.model import ReadingRecord

MOST_SHAPES = 400  # with what their popups say, some 1.4 MB
MOST_PLACES = 1_000


def bounded(record: ReadingRecord) -> tuple[ReadingRecord, str | None]:
    """Return the part of a reading that one page can show, and in words what it leaves out.

    Zones and events come first, then the other statements in the order of the text. A
    reading within the bounds is returned as it is, without words.

    Parameters
    ----------
    record : ReadingRecord
        What was read.

    Examples
    --------
    >>> from standoff.model import Report
    >>> record = ReadingRecord(report=Report(id="r", text="Nothing here.").info)
    >>> bounded(record) == (record, None)
    True
    """
    places = {mention.place.gid: None for mention in record.places if mention.place}
    if len(record.footprints) <= MOST_SHAPES and len(places) <= MOST_PLACES:
        return record, None
    told = {zone.footprint for zone in record.zones} | {event.footprint for event in record.events}
    chosen = {f.id for f in sorted(record.footprints, key=lambda f: f.id not in told)[:MOST_SHAPES]}
    update = _resting_on(record, chosen)
    kept = _places(record, chosen)
    update["places"] = [m for m in record.places if m.place is None or m.place.gid in kept]
    words = (
        f"This map shows {len(chosen):,} of {len(record.footprints):,} shapes and {len(kept):,} of {len(places):,} places,"
        " zones and events first; standoff.maps.of_events(reading.events) draws all events, and the reading saved"
        " as .json or .geojson has everything."
    )
    return record.model_copy(update=update), words


def _resting_on(record: ReadingRecord, shapes: set[str]) -> dict[str, Any]:
    """Return the shapes chosen, and the statements, zones and events that they are of; those without a shape stay out."""
    footprints = [footprint for footprint in record.footprints if footprint.id in shapes]
    relations = {id_ for footprint in footprints for id_ in footprint.relations}
    zones = {id_ for footprint in footprints for id_ in footprint.zones}
    return {
        "footprints": footprints,
        "relations": [r for r in record.relations if r.footprint in shapes or r.id in relations],
        "zones": [z for z in record.zones if z.footprint in shapes or z.id in zones],
        "events": [event for event in record.events if event.footprint in shapes],
    }


def _places(record: ReadingRecord, shapes: set[str]) -> set[str]:
    """Return the ids of the places behind the shapes, and of those that no shape hangs on, as far as there is room."""
    behind = {id_ for footprint in record.footprints if footprint.id in shapes for id_ in footprint.places}
    left_out = {id_ for footprint in record.footprints for id_ in footprint.places} - behind
    kept = {m.place.gid for m in record.places if m.place and m.id in behind}
    for mention in record.places:
        if mention.place and mention.id not in left_out and len(kept) < MOST_PLACES:
            kept.add(mention.place.gid)
    return kept
