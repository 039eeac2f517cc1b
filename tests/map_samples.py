"""Parts of the hand-made reading that make a map of one region."""

from __future__ import annotations

import records
from standoff.model import ReadingRecord, Report


def part(record: ReadingRecord, footprints: set[str]) -> ReadingRecord:
    """Return the record with some footprints only, and without what belongs to the others."""
    gone = {footprint.id for footprint in record.footprints} - footprints
    kept = [footprint for footprint in record.footprints if footprint.id in footprints]
    relations = [relation for relation in record.relations if relation.footprint not in gone]
    used = {place for footprint in kept for place in footprint.places}
    return record.model_copy(
        update={
            "footprints": kept,
            "relations": relations,
            "zones": [zone for zone in record.zones if zone.footprint not in gone],
            "places": [p for p in record.places if p.id in used or p.refers_to in used or p.place is None],
            "events": [event for event in record.events if event.footprint not in gone],
        }
    )


def at_tanf() -> tuple[Report, ReadingRecord]:
    """Return a zone, a ring inside it, an exact point and a denied disc, all within 100 km."""
    return records.report(), part(records.record(), {"f1", "f2", "f3", "f4"})


def over_antimeridian() -> tuple[Report, ReadingRecord]:
    """Return one disc that the antimeridian cuts."""
    return records.report(), part(records.record(), {"f5"})
