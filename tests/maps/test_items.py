import json

import numpy as np
import pytest
import shapely

import letters
import records
from standoff.ground import shapes
from standoff.ground.geojson import to_geojson
from standoff.maps.geometry import MOST_CORNERS, encode, slim
from standoff.maps.items import extent_of, items_of
from standoff.maps.styles import STYLES


def items():
    return {item.id: item for item in items_of(records.report(), records.record())}


def test_each_kind_is_what_the_record_says():
    found = {key: item.kind for key, item in items().items()}
    assert found["f1"] == "zone"
    assert found["f2"] == "ring"
    assert found["f3"] == "exact"
    assert found["f4"] == "disc"
    assert found["at-p1"] == "anchor"


def test_all_lie_in_one_frame_of_longitudes():
    found = items()
    assert found["f5"].geometry.geom_type == "Polygon"
    assert found["f5"].bounds[2] > 180
    assert extent_of(list(found.values())) == pytest.approx((38.03, -17.75, 180.91, 34.0), abs=0.01)


def test_small_shapes_are_drawn_over_large_ones():
    areas = [item.geometry.area for item in items().values() if item.geometry is not None]
    assert areas == sorted(areas, reverse=True)


def test_denied_is_dashed_and_empty():
    style = items()["f4"].as_json()["style"]
    assert style["dash"]
    assert style["fill"] == 0
    assert items()["f2"].as_json()["style"]["dash"] is None


def test_the_card_of_the_ring_says_what_a_reader_asks():
    card = items()["f2"].cards[0]
    rows = dict(card["rows"])
    assert rows["Distance"] == "about 24 miles = 38.6 km"
    assert rows["When"].startswith("2017-06-08")
    assert "90 % of such statements" in rows["Shape"]
    assert rows["Claim"] == "asserted"
    assert "Position" not in rows  # no point is invented
    lists = dict(card["lists"])
    assert lists["Assumed"] == ["people round 24 miles by up to 20 %"]
    assert any("At Tanf garrison" in line for line in lists["Why this place"])
    assert any("Could also be" in line for line in lists["Why this place"])
    assert "about 24 miles from the At Tanf base" in "".join(words for words, _ in card["quotes"][0])


def test_the_card_of_an_exact_point_gives_the_position():
    assert dict(items()["f3"].cards[0]["rows"])["Position"] == "33.60000, 38.70000 (exact)"


def test_every_kind_of_shape_has_a_style_of_its_own():
    looks = [(style.colour, style.weight, style.glyph) for style in STYLES.values()]
    assert len(set(looks)) == len(looks)


def test_encoding_keeps_corners_within_a_metre():
    disc = shapes.disc(33.50583, 38.61778, 54_717.696)
    data = encode(disc)
    corners = letters.corners(data["polygons"][0][0], data["scale"])
    given = shapely.get_coordinates(disc)[:-1]
    metres = [shapes.geodesic_m(a[1], a[0], b[1], b[0]) for a, b in zip(given, corners, strict=True)]
    assert max(metres) < 1.0


def test_discs_are_never_slimmed_and_coasts_are():
    disc = shapes.disc(80, 10, 500_000)
    assert slim(disc) is disc
    angles = np.linspace(0, 2 * np.pi, 40_001)
    ragged = shapely.Polygon(
        np.column_stack([np.cos(angles), np.sin(angles)]) * (5 + 0.01 * np.sin(900 * angles))[:, None]
    )
    assert shapely.get_num_coordinates(slim(ragged)) <= MOST_CORNERS


def test_items_are_json():
    for item in items().values():
        json.dumps(item.as_json(), allow_nan=False)


def test_a_pole_shape_is_an_item():
    record = records.record()
    pole = shapes.disc(89.5, 0, 200_000)
    footprint = record.footprints[0].model_copy(update={"geometry": to_geojson(pole), "id": "f1"})
    found = items_of(records.report(), record.model_copy(update={"footprints": [footprint]}))
    assert max(item.bounds[3] for item in found) == 90


def ring_of_its_own(relations):
    """Return the sample with one more ring, made by some relations and used by no event."""
    record = records.record()
    ring = shapes.ring(records.GARRISON.lat, records.GARRISON.lon, 30_000, 50_000)
    raw = record.footprints[1].model_copy(
        update={
            "id": "f9",
            "geometry": to_geojson(ring),
            "relations": relations,
            "zones": [],
            "constraints": [],
        }
    )
    return record.model_copy(update={"footprints": [*record.footprints, raw]})


def test_what_went_into_an_events_shape_is_not_drawn_twice():
    found = {item.id: item for item in items_of(records.report(), ring_of_its_own(["r1"]))}
    assert found["f9"].rank == "part"
    assert found["f2"].rank == "main"


def test_a_statement_without_an_event_is_an_outline_and_does_not_widen_the_view_much():
    record = ring_of_its_own(["r99"])
    found = items_of(records.report(), record)
    assert {item.id: item.rank for item in found}["f9"] == "other"
    far = record.footprints[-1].model_copy(
        update={"id": "f10", "geometry": to_geojson(shapes.disc(60, -150, 50_000)), "relations": ["r98"]}
    )
    wider = record.model_copy(update={"footprints": [*record.footprints, far]})
    assert extent_of(items_of(records.report(), wider)) == extent_of(found)


def test_where_no_event_was_read_all_statements_are_main():
    record = records.record().model_copy(update={"events": [], "zones": []})
    kept = [footprint for footprint in record.footprints if footprint.shape != "point"]
    found = items_of(records.report(), record.model_copy(update={"footprints": kept}))
    assert {item.rank for item in found} == {"main"}


def test_a_part_of_a_zone_looks_unlike_a_ring():
    record = records.record()
    band = record.footprints[1].model_copy(update={"id": "f9", "coverage": None, "relations": []})
    found = {i.id: i for i in items_of(records.report(), record.model_copy(update={"footprints": [band]}))}
    assert found["f9"].kind == "inside"
