"""A reading made by hand, for tests of what comes after the reading: tables, maps, exports.

``report()`` and ``record()`` hold a zone disc, a ring event, a point event, an event nobody
could locate, a denied event, and a shape over the antimeridian. Quotes are looked up in the
text, so that every offset holds.
"""

from __future__ import annotations

from typing import Any

from shapely.geometry import Point

from standoff.ground import shapes
from standoff.ground.geojson import to_geojson
from standoff.model import (
    Candidate,
    Check,
    Count,
    Event,
    Footprint,
    Measure,
    Place,
    PlaceMention,
    ReadingRecord,
    Relation,
    Report,
    Span,
    Zone,
)

TEXT = """Coalition jets hit a convoy on Thursday about 24 miles from the At Tanf base, inside the zone.
The coalition keeps a 34-mile zone around the garrison.
On 6 June a drone was shot down at 33.6000, 38.7000; at least 2 people were hurt.
Fighters ambushed a patrol on Tuesday, killing 10, but nobody said where.
The ministry denied that its aircraft bombed the crossing near Al Waleed.
A patrol boat fired warning shots within 80 km of Taveuni on 7 June.
"""

GARRISON = Place(
    gid="standoff:at-tanf-garrison",
    name="At Tanf garrison",
    lat=33.50583,
    lon=38.61778,
    country="SY",
    feature="base",
    extent_m=1500.0,
    source="hand-made for tests",
)
CROSSING = Place(
    gid="test:al-waleed",
    name="Al Waleed crossing",
    lat=33.4315,
    lon=38.9349,
    country="IQ",
    feature="border crossing",
    extent_m=1000.0,
    source="hand-made for tests",
)
TAVEUNI = Place(
    gid="test:taveuni",
    name="Taveuni",
    lat=-16.85,
    lon=179.97,
    country="FJ",
    feature="island",
    extent_m=20_000.0,
    source="hand-made for tests",
)

MILE_M = 1609.344
ZONE_M = 34 * MILE_M
STRIKE_M = 24 * MILE_M


def span(words: str, occurrence: int = 1) -> dict[str, Any]:
    """Return text, start and end of words in ``TEXT``."""
    start = -1
    for _ in range(occurrence):
        start = TEXT.index(words, start + 1)
    return {"text": words, "start": start, "end": start + len(words)}


def line(words: str) -> dict[str, Any]:
    """Return text, start and end of the line of ``TEXT`` that begins with the words."""
    return span(next(each for each in TEXT.splitlines() if each.startswith(words)))


def report() -> Report:
    """Return the report that ``record`` is a reading of."""
    return Report(
        id="at-tanf-sample",
        text=TEXT,
        title="Strikes near At Tanf",
        publisher="Standoff tests",
        published="2017-06-08",
        url="https://example.org/at-tanf",
        licence="CC0-1.0",
    )


def _places() -> list[PlaceMention]:
    garrison = {"kind": "facility", "place": GARRISON, "probability": 0.97}
    other = Candidate(gid="geonames:172344", name="At Tanf", lat=33.48834, lon=38.65697, probability=0.02)
    best = Candidate(
        gid=GARRISON.gid, name=GARRISON.name, lat=GARRISON.lat, lon=GARRISON.lon, probability=0.97
    )
    return [
        PlaceMention(
            id="p1",
            **span("At Tanf base"),
            name="At Tanf",
            feature_hint="base",
            candidates=[best, other],
            **garrison,
        ),
        PlaceMention(id="p2", **span("the garrison"), feature_hint="garrison", refers_to="p1", **garrison),
        PlaceMention(
            id="p3",
            **span("33.6000, 38.7000"),
            kind="coordinates",
            probability=1.0,
            place=Place(
                gid="text:33.6,38.7",
                name="33.6000, 38.7000",
                lat=33.6,
                lon=38.7,
                country="SY",
                feature="coordinates",
                extent_m=8.0,
                source="the report",
            ),
        ),
        PlaceMention(
            id="p4", **span("Al Waleed"), kind="facility", name="Al Waleed", place=CROSSING, probability=0.8
        ),
        PlaceMention(
            id="p5", **span("Taveuni"), kind="toponym", name="Taveuni", place=TAVEUNI, probability=0.9
        ),
        PlaceMention(
            id="p6",
            **span("Coalition"),
            kind="demonym",
            name="Coalition",
            reason="names no place of the gazetteer",
        ),
    ]


def _measures() -> list[Measure]:
    length = {"dimension": "length", "si_unit": "m"}
    return [
        Measure(
            id="m1",
            **span("about 24 miles"),
            value=24,
            low=23.5,
            high=24.5,
            unit="mile",
            si_value=STRIKE_M,
            hedge="about",
            bound="~",
            role="distance",
            **length,
        ),
        Measure(
            id="m2",
            **span("34-mile"),
            value=34,
            low=33.5,
            high=34.5,
            unit="mile",
            si_value=ZONE_M,
            role="radius",
            **length,
        ),
        Measure(
            id="m3",
            **span("80 km"),
            value=80,
            low=0,
            high=80,
            unit="kilometre",
            si_value=80_000.0,
            bound="<=",
            role="distance",
            **length,
        ),
        Measure(
            id="m4",
            **span("at least 2 people"),
            dimension="count",
            value=2,
            low=2,
            high=2,
            unit="people",
            si_value=None,
            si_unit=None,
            hedge="at least",
            bound=">=",
        ),
    ]


def _relations() -> list[Relation]:
    return [
        Relation(
            id="r1",
            kind="distance",
            **span("about 24 miles from the At Tanf base"),
            anchors=["p1"],
            measure="m1",
            metres=STRIKE_M,
            low_m=23.5 * MILE_M,
            high_m=24.5 * MILE_M,
            figure=Span(**span("convoy")),
            footprint="f2",
        ),
        Relation(
            id="r2",
            kind="zone",
            **span("a 34-mile zone around the garrison"),
            anchors=["p2"],
            measure="m2",
            metres=ZONE_M,
            low_m=33.5 * MILE_M,
            high_m=34.5 * MILE_M,
            zone="z1",
            footprint="f1",
        ),
        Relation(id="r3", kind="coordinates", **span("at 33.6000, 38.7000"), anchors=["p3"], footprint="f3"),
        Relation(
            id="r4", kind="near", **span("near Al Waleed"), anchors=["p4"], claim="denied", footprint="f4"
        ),
        Relation(
            id="r5",
            kind="within",
            **span("within 80 km of Taveuni"),
            anchors=["p5"],
            measure="m3",
            metres=80_000.0,
            low_m=0.0,
            high_m=80_000.0,
            footprint="f5",
        ),
        Relation(id="r6", kind="in", **span("inside the zone"), zone="z1", footprint="f1"),
    ]


def _footprint(identifier: str, shape: str, geom: Any, **fields: Any) -> Footprint:
    lat, lon = shapes.representative_point(geom)
    values: dict[str, Any] = {
        "id": identifier,
        "shape": shape,
        "geometry": to_geojson(geom),
        "coverage": 0.9,
        "lat": lat,
        "lon": lon,
        "lat_lon_is": "representative",
        "uncertainty_m": shapes.reach_m(geom, lat, lon),
        "area_km2": shapes.area_km2(geom),
    }
    return Footprint(**(values | fields))


def _footprints() -> list[Footprint]:
    zone = shapes.disc(GARRISON.lat, GARRISON.lon, ZONE_M)
    ring = shapes.ring(GARRISON.lat, GARRISON.lon, 0.8 * STRIKE_M, 1.2 * STRIKE_M)
    return [
        _footprint(
            "f1",
            "disc",
            zone,
            coverage=None,
            relations=["r2"],
            places=["p2"],
            zones=["z1"],
            lat=GARRISON.lat,
            lon=GARRISON.lon,
            uncertainty_m=ZONE_M,
        ),
        _footprint(
            "f2",
            "ring",
            shapes.intersection(ring, zone),
            relations=["r1", "r6"],
            places=["p1"],
            zones=["z1"],
            constraints=["inside the zone z1"],
            assumptions=["people round 24 miles by up to 20 %"],
            settings=["coverage", "keep_to_zone"],
        ),
        _footprint(
            "f3",
            "point",
            Point(38.7, 33.6),
            lat=33.6,
            lon=38.7,
            lat_lon_is="exact",
            uncertainty_m=8.0,
            relations=["r3"],
            places=["p3"],
        ),
        _footprint(
            "f4",
            "disc",
            shapes.disc(CROSSING.lat, CROSSING.lon, 21_000.0),
            relations=["r4"],
            places=["p4"],
            settings=["near"],
        ),
        _footprint(
            "f5",
            "disc",
            shapes.disc(TAVEUNI.lat, TAVEUNI.lon, 100_000.0),
            relations=["r5"],
            places=["p5"],
        ),
    ]


def _events() -> list[Event]:
    def day(date: str, words: str, basis: str) -> dict[str, Any]:
        return {
            "date_start": date,
            "date_end": date,
            "date_precision": "day",
            "date_text": words,
            "date_basis": basis,
        }

    thursday = day("2017-06-08", "Thursday", "the latest Thursday not after publication")
    tuesday = day("2017-06-06", "Tuesday", "the latest Tuesday not after publication")
    return [
        Event(
            id="e1",
            type="air strike",
            **line("Coalition jets"),
            trigger="hit",
            actor="Coalition jets",
            target="a convoy",
            relations=["r1", "r6"],
            footprint="f2",
            mentions=[_offsets("hit")],
            **thursday,
        ),
        Event(
            id="e2",
            type="interception",
            sub_type="drone shot down",
            **line("On 6 June"),
            trigger="shot down",
            target="a drone",
            wounded=Count(low=2, best=None, high=None),
            relations=["r3"],
            footprint="f3",
            losses=["a drone"],
            mentions=[_offsets("shot down")],
            **day("2017-06-06", "6 June", "stated day"),
        ),
        Event(
            id="e3",
            type="ambush",
            **line("Fighters ambushed"),
            trigger="ambushed",
            actor="Fighters",
            target="a patrol",
            killed=Count(low=10, best=10, high=10),
            mentions=[_offsets("ambushed")],
            reason="the report does not say where",
            **tuesday,
        ),
        Event(
            id="e4",
            type="air strike",
            **line("The ministry denied"),
            trigger="bombed",
            actor="its aircraft",
            target="the crossing",
            relations=["r4"],
            footprint="f4",
            claim="denied",
            attributed_to=["The ministry"],
            mentions=[_offsets("bombed")],
        ),
        Event(
            id="e5",
            type="warning",
            sub_type="warning shots",
            **line("A patrol boat"),
            trigger="fired",
            actor="A patrol boat",
            relations=["r5"],
            footprint="f5",
            mentions=[_offsets("fired")],
            **day("2017-06-07", "7 June", "stated day"),
        ),
    ]


def _offsets(words: str) -> tuple[int, int]:
    found = span(words)
    return found["start"], found["end"]


def record() -> ReadingRecord:
    """Return a reading of ``report()`` with one of everything."""
    zone = Zone(
        id="z1",
        name="the At Tanf zone",
        text="a 34-mile zone around the garrison",
        anchor="p2",
        mentions=[_offsets("a 34-mile zone"), _offsets("the zone")],
        radius_m=ZONE_M,
        low_m=33.5 * MILE_M,
        high_m=34.5 * MILE_M,
        measure="m2",
        footprint="f1",
    )
    return ReadingRecord(
        report=report().info,
        places=_places(),
        measures=_measures(),
        relations=_relations(),
        zones=[zone],
        footprints=_footprints(),
        events=_events(),
        checks=[
            Check(
                kind="inside zone",
                ok=True,
                statement="24 miles lies inside the 34-mile zone",
                refs=["r1", "z1"],
            ),
            Check(
                kind="inside country", ok=False, statement="the strike's ring reaches into Iraq", refs=["f2"]
            ),
            Check(
                kind="order",
                ok=None,
                statement="the ambush may come before the interception",
                refs=["e3", "e2"],
            ),
        ],
        settings={"coverage": 0.9, "near": "20 km", "keep_to_zone": True},
    )


def empty_report() -> Report:
    """Return a report with no place at all."""
    return Report(id="nothing", text="Nothing happened anywhere.\n")


def empty_record() -> ReadingRecord:
    """Return the reading of ``empty_report()``."""
    return ReadingRecord(report=empty_report().info)
