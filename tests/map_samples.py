"""Parts of the hand-made reading that make a map of one region."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd
import shapely

import records
from standoff.ground import shapes
from standoff.ground.geojson import to_geojson
from standoff.model import Event, Footprint, Place, PlaceMention, ReadingRecord, Relation, Report


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


def at_pole() -> tuple[Report, ReadingRecord]:
    """Return one disc of 400 km round a point 2 degrees from the North Pole."""
    report, record = over_antimeridian()
    lat, lon = 88.0, 40.0
    geometry = shapes.disc(lat, lon, 400_000)
    place = record.footprints[0].model_copy(
        update={
            "geometry": to_geojson(geometry),
            "lat": lat,
            "lon": lon,
            "area_km2": shapes.area_km2(geometry),
        }
    )
    return report, record.model_copy(update={"footprints": [place], "places": []})


def many(count: int, seed: int = 5) -> pd.DataFrame:
    """Return a made-up table of events in and round Syria: every kind of shape, over 200 days, some denied."""
    chance = random.Random(seed)
    return pd.DataFrame([_row(number, chance) for number in range(count)])


def _row(number: int, chance: random.Random) -> dict[str, Any]:
    lat, lon = chance.gauss(35, 1.5), chance.gauss(38.5, 2)
    kind = chance.choice(["disc", "ring", "sector", "region", "point"])
    size = chance.uniform(2_000, 25_000)
    geometry = {
        "disc": lambda: shapes.disc(lat, lon, size, 72),
        "ring": lambda: shapes.ring(lat, lon, size, size * 1.5, 72),
        "sector": lambda: shapes.sector(lat, lon, size / 2, size, chance.uniform(0, 360), 30),
        "region": lambda: shapes.disc(lat, lon, size * 2, 24),
        "point": lambda: shapely.Point(lon, lat),
    }[kind]()
    day = str(date(2017, 1, 1) + timedelta(days=chance.randrange(200)))
    return {
        "event_id": f"e{number % 9 + 1}",
        "report_id": f"report-{number // 9:04d}",
        "event_type": chance.choice(["shelling", "air strike", "clash", "bombing"]),
        "footprint_wkt": geometry.wkt,
        "footprint_shape": kind,
        "lat": lat,
        "lon": lon,
        "lat_lon_is": "representative",
        "coverage": None if kind in ("region", "point") else 0.9,
        "date_start": day,
        "date_end": day,
        "claim": "denied" if chance.random() < 0.1 else "asserted",
        "sentence": f"On day {number} some {chance.randrange(20)} people were killed, residents of the village said.",
        "source_date": day,
    }


def long_report(count: int, seed: int = 7) -> tuple[Report, ReadingRecord]:
    """Return one report that tells of so many events, each near a village of its own in and round Syria."""
    chance = random.Random(seed)
    lines, found = [], {"places": [], "relations": [], "footprints": [], "events": []}
    at = 0
    for number in range(1, count + 1):
        name = f"Village {number}"
        line = f"Shells fell near {name} on day {number}, and {chance.randrange(20)} people were hurt."
        for kind, made in zip(found, _told(number, name, line, at, chance), strict=True):
            found[kind].append(made)
        lines.append(line)
        at += len(line) + 1
    report = Report(id="long", text="\n".join(lines), title=f"{count:,} events")
    record = ReadingRecord(report=report.info, **found)
    return report, record


def _told(
    number: int, name: str, line: str, at: int, chance: random.Random
) -> tuple[PlaceMention, Relation, Footprint, Event]:
    def span(words: str) -> dict[str, Any]:
        start = at + line.index(words)
        return {"text": words, "start": start, "end": start + len(words)}

    lat, lon = chance.gauss(35, 1.5), chance.gauss(38.5, 2)
    geometry = shapes.disc(lat, lon, chance.uniform(2_000, 25_000))
    place = Place(
        gid=f"test:{number}", name=name, lat=lat, lon=lon, country="SY", feature="village", extent_m=1e3, source="tests"
    )  # fmt: skip
    footprint = Footprint(
        id=f"f{number}", shape="disc", geometry=to_geojson(geometry), coverage=0.9, lat=lat, lon=lon,
        lat_lon_is="representative", uncertainty_m=5e3, area_km2=shapes.area_km2(geometry),
        relations=[f"r{number}"], places=[f"p{number}"],
    )  # fmt: skip
    return (
        PlaceMention(id=f"p{number}", **span(name), kind="toponym", name=name, place=place, probability=0.9),
        Relation(
            id=f"r{number}",
            kind="near",
            **span(f"near {name}"),
            anchors=[f"p{number}"],
            footprint=footprint.id,
        ),
        footprint,
        Event(
            id=f"e{number}",
            type="shelling",
            trigger="fell",
            **span(line),
            footprint=footprint.id,
            relations=[f"r{number}"],
        ),
    )
