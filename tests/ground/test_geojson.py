"""Geometry out to RFC 7946 and back in."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import pytest
import shapely

from standoff.ground import shapes
from standoff.ground.geojson import from_geojson, to_geojson

DRAWN = {
    "point": shapely.Point(38.617781234567, 33.5),
    "line": shapely.LineString([(0, 0), (1, 1)]),
    "disc": shapes.disc(33.50583, 38.61778, 54_717.696),
    "ring": shapes.ring(33.50583, 38.61778, 35_000, 42_000),
    "antimeridian": shapes.ring(-17.0, 179.97, 50_000, 100_000),
    "pole": shapes.disc(89.0, 10.0, 300_000),
    "centimetres": shapes.disc(10.0, 10.0, 0.05),
    "world": shapes.disc(10.0, 10.0, 15_000_000),
}


def rings(data: dict) -> list[list[list[list[float]]]]:
    if data["type"] == "Polygon":
        return [data["coordinates"]]
    return data["coordinates"] if data["type"] == "MultiPolygon" else []


def flat(value) -> list[float]:
    return [each for part in value for each in flat(part)] if isinstance(value, list) else [value]


def signed_area(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


@pytest.mark.parametrize("name", DRAWN)
def test_what_goes_out_is_rfc_7946(name):
    data = to_geojson(DRAWN[name])
    assert json.loads(json.dumps(data)) == data
    assert set(data) == {"type", "coordinates"}
    for number in flat(data["coordinates"]):
        assert number == round(number, 7)
        assert math.copysign(1, number) == 1 or number < 0  # no -0.0
    for polygon in rings(data):
        for position, ring in enumerate(polygon):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(a != b for a, b in pairwise(ring))
            assert (signed_area(ring) > 0) == (position == 0)


@pytest.mark.parametrize("name", DRAWN)
def test_there_and_back(name):
    geom = DRAWN[name]
    back = from_geojson(to_geojson(geom))
    assert back.is_valid
    assert back.geom_type == geom.geom_type
    assert shapely.hausdorff_distance(back, geom) < 2e-7
    assert to_geojson(back) == to_geojson(geom)


def test_the_same_shape_gives_the_same_text_wherever_its_ring_starts():
    square = [(0, 0), (0, 1), (1, 1), (1, 0)]
    turned = shapely.Polygon(square[2:] + square[:2])
    assert to_geojson(shapely.Polygon(square)) == to_geojson(turned)


def test_corners_that_fall_together_become_one():
    geom = shapely.Polygon([(0, 0), (1, 0), (1, 1e-9), (1, 1), (0, 1)])
    assert len(to_geojson(geom)["coordinates"][0]) == 5


def test_height_is_left_out():
    assert to_geojson(shapely.Point(1, 2, 3))["coordinates"] == [1.0, 2.0]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"type": "Circle", "coordinates": [0, 0]},
        {"type": "Point"},
        {"type": "Point", "coordinates": ["a", "b"]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Feature", "geometry": None},
        {"type": "Point", "coordinates": [38.6, 133.5]},
        {"type": "Point", "coordinates": [math.nan, 1]},
        [],
        None,
    ],
)
def test_what_is_no_geometry_is_refused_in_one_line(data):
    with pytest.raises(ValueError, match=r"not a (GeoJSON geometry|position)") as caught:
        from_geojson(data)
    assert "\n" not in str(caught.value)


def test_longitudes_that_run_on_are_refused():
    with pytest.raises(ValueError, match="not a position"):
        to_geojson(shapely.Point(190, 10))
