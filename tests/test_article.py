"""The real input: what a careful reader takes from the article this project started from."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapely.geometry import Point, shape

import standoff
from standoff.geodesy import geodesic_m

ARTICLE = Path(__file__).parents[2] / "shared" / "seeds" / "at-tanf-2017-06-08.txt"
GARRISON = (33.50583, 38.61778)
ZONE_M = 54_717.696

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not part of the project")


@pytest.fixture(scope="module")
def reading():
    return standoff.read(ARTICLE, published="2017-06-08")


def named(reading, *words):
    return [p for p in reading.record.places if any(word in p.text for word in words) and p.kind != "demonym"]


def event(reading, **fields):
    found = [
        e for e in reading.record.events if all(getattr(e, key) == value for key, value in fields.items())
    ]
    assert len(found) == 1, [(e.type, e.date_start, e.actor, e.target) for e in reading.record.events]
    return found[0]


def footprint(reading, record):
    return next(f for f in reading.record.footprints if f.id == record.footprint)


def test_every_form_of_the_name_is_the_garrison(reading):
    mentions = named(reading, "Tanf")
    assert len(mentions) >= 5
    for mention in mentions:
        assert geodesic_m(mention.place.lat, mention.place.lon, *GARRISON) < 100
        assert mention.place.country == "SY"


@pytest.mark.parametrize(
    "words", ["the coalition base", "the coalition training base", "that particular location"]
)
def test_descriptions_refer_to_it(reading, words):
    mentions = [p for p in reading.record.places if p.text == words]
    assert mentions
    for mention in mentions:
        assert "Tanf" in next(p.text for p in reading.record.places if p.id == mention.refers_to)
        assert geodesic_m(mention.place.lat, mention.place.lon, *GARRISON) < 100


def test_all_its_names_are_one_zone_round_the_garrison(reading):
    (zone,) = reading.record.zones
    texts = {reading.report.text[start:end] for start, end in zone.mentions}
    for words in ("de-confliction zone", "restricted zone", "restricted area", "US restricted zone"):
        assert any(words in text for text in texts), words
    assert zone.radius_m == pytest.approx(ZONE_M, abs=0.001)
    drawn = footprint(reading, zone)
    assert drawn.shape == "disc"
    assert drawn.area_km2 == pytest.approx(9_405.95, rel=0.0003)
    assert geodesic_m(drawn.lat, drawn.lon, *GARRISON) < 200


def test_thursdays_strike_is_a_ring_inside_the_zone_in_syria(reading):
    strike = event(reading, date_start="2017-06-08")
    drawn = footprint(reading, strike)
    assert drawn.shape == "ring"
    assert drawn.coverage == 0.9
    assert drawn.lat_lon_is == "representative"
    ring = shape(drawn.geometry)
    assert not ring.contains(Point(GARRISON[1], GARRISON[0]))
    assert ring.contains(Point(38.2, 33.5))  # about 24 miles to the west, in Syria
    assert not ring.contains(Point(39.03, 33.5))  # as far to the east, in Iraq
    assert any("Syria" in text for text in drawn.assumptions)
    assert "keep_to_country" in drawn.settings
    distances = [r for r in reading.record.relations if r.kind == "distance"]
    assert [r.metres for r in distances] == [pytest.approx(24 * 1609.344)]
    assert distances[0].id in strike.relations


def test_the_assumption_of_syria_can_be_switched_off():
    free = standoff.read(ARTICLE, published="2017-06-08", keep_to_country=False)
    drawn = footprint(free, event(free, date_start="2017-06-08"))
    assert shape(drawn.geometry).contains(Point(39.03, 33.5))
    assert not any("assumed to lie in" in text for text in drawn.assumptions)


def test_that_24_miles_lie_inside_34_is_a_check_that_holds(reading):
    checks = [c for c in reading.record.checks if c.kind == "distance and zone"]
    assert [c.ok for c in checks] == [True]
    assert "24 miles" in checks[0].statement
    assert "34 miles" in checks[0].statement


def test_tuesday_has_three_events(reading):
    tuesday = [e for e in reading.record.events if e.date_start == "2017-06-06"]
    assert len(tuesday) == 3
    assert len(reading.record.events) == 4


def test_the_ground_attack_is_a_band_at_the_inner_edge_of_the_zone(reading):
    attack = event(reading, type="ground attack")
    assert "anti-government" in attack.actor
    assert "militia" in attack.target
    band = shape(footprint(reading, attack).geometry)
    ring = shape(footprint(reading, event(reading, date_start="2017-06-08")).geometry)
    for lon in (38.05, 38.1):  # within 20 % of the radius from the edge
        assert band.contains(Point(lon, 33.5))
    assert not band.contains(Point(38.35, 33.5))
    assert not band.equals(ring)


def test_the_permitted_syrian_strike_lies_in_the_zone_in_southern_syria(reading):
    strike = next(e for e in reading.record.events if e.actor and "Syrian" in e.actor)
    kinds = {r.kind for r in reading.record.relations if r.id in strike.relations}
    assert {"zone", "part"} <= kinds
    area = shape(footprint(reading, strike).geometry)
    assert area.contains(Point(38.3, 33.5))
    assert not area.contains(Point(38.9, 33.3))  # Iraq


def test_the_coalitions_own_strike_and_what_came_of_it(reading):
    strike = next(
        e for e in reading.record.events
        if e.date_start == "2017-06-06" and e.actor and "coalition" in e.actor
    )  # fmt: skip
    assert "F/A-18" in strike.weapon
    assert strike.weapon_count == 4
    assert strike.killed.best == 10
    assert strike.wounded is None
    assert sorted(strike.losses) == [
        "a tank damaged", "an anti-aircraft weapon destroyed", "two artillery pieces destroyed",
    ]  # fmt: skip


def test_no_footprint_is_an_orphan(reading):
    record = reading.record
    ids = {x.id for x in (*record.relations, *record.zones, *record.places)}
    for drawn in record.footprints:
        made_by = [*drawn.relations, *drawn.zones, *drawn.places]
        assert made_by
        assert set(made_by) <= ids
        assert set(drawn.settings) <= set(record.settings)
