"""Every shape against an independent geodesic library, on one set of hard cases."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standoff.ground import shapes

WGS84 = Geodesic.WGS84
GARRISON = (33.50583, 38.61778)
WORLD_KM2 = 510_065_621.7

HARD = [
    (0.0, 0.0),
    GARRISON,
    (90.0, 0.0),
    (-90.0, 180.0),
    (89.9999, 10.0),
    (-89.5, -179.9999),
    (0.0, 180.0),
    (12.0, -180.0),
    (-17.0, 179.97),
    (66.0, -179.99),
]
RADII_M = [100.0, 54_717.696, 400_000.0, 5_000_000.0]

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
radii = st.floats(2, math.log10(5_000_000)).map(lambda power: 10.0**power)
bearings = st.floats(0, 360)


def geographic_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    return float(WGS84.Inverse(lat1, lon1, lat2, lon2)["s12"])


def at(lat: float, lon: float, bearing: float, metres: float) -> tuple[float, float]:
    found = WGS84.Direct(lat, lon, bearing, metres)
    return found["lat2"], found["lon2"]


def covers(geom: shapely.Geometry, position: tuple[float, float]) -> bool:
    return bool(geom.covers(shapely.Point(position[1], position[0])))


def on_the_outline(geom: shapely.Geometry) -> np.ndarray:
    """Return the corners that the split at the antimeridian and at the poles did not add."""
    coords = shapely.get_coordinates(geom)
    return coords[(np.abs(coords[:, 0]) < 180) & (np.abs(coords[:, 1]) < 90)]


def assert_sound(geom: shapely.Geometry) -> None:
    assert not geom.is_empty
    assert geom.is_valid, shapely.is_valid_reason(geom)
    assert geom.geom_type in {"Polygon", "MultiPolygon"}
    west, south, east, north = geom.bounds
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90


# One row a shape: how to draw it at a place with a size, and points it must hold and must not,
# given as (bearing, share of the size).
SHAPES = {
    "disc": (shapes.disc, [(10, 0.0), (200, 0.995)], [(80, 1.005)]),
    "ring": (
        lambda lat, lon, r: shapes.ring(lat, lon, 0.7 * r, r),
        [(10, 0.705), (190, 0.995), (355, 0.85)],
        [(0, 0.0), (45, 0.695), (300, 1.005)],
    ),
    "sector": (
        lambda lat, lon, r: shapes.sector(lat, lon, 0.5 * r, r, 350, 30),
        [(321, 0.55), (350, 0.75), (19, 0.95)],
        [(318, 0.75), (22, 0.75), (350, 0.49), (350, 1.01), (170, 0.75)],
    ),
    "slice": (
        lambda lat, lon, r: shapes.sector(lat, lon, 0, r, 90, 120),
        [(90, 0.01), (331, 0.9), (209, 0.9)],
        [(270, 0.05), (328, 0.9), (212, 0.9), (90, 1.01)],
    ),
    "corridor": (
        lambda lat, lon, r: shapes.corridor([(lat, lon), at(lat, lon, 60, r)], 0.2 * r),
        [(240, 0.19), (60, 0.5), (60, 1.19), (150, 0.199), (330, 0.199)],
        [(240, 0.205), (60, 1.205), (150, 0.205), (330, 0.205)],
    ),
    "strip": (
        lambda lat, lon, r: shapes.strip(geodesic_line(lat, lon, 60, r / 5), r / 5),
        [(240, 0.199), (60, 0.399), (150, 0.199)],
        [(240, 0.201), (60, 0.401), (150, 0.201)],
    ),
}


def geodesic_line(lat: float, lon: float, bearing: float, metres: float) -> shapely.LineString:
    ahead = [at(lat, lon, bearing, metres * share) for share in np.linspace(0, 1, 100)]
    return shapely.LineString([(x, y) for y, x in ahead])


@pytest.mark.parametrize("radius_m", RADII_M)
@pytest.mark.parametrize("centre", HARD)
@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_sound_and_holds_what_it_should(name, centre, radius_m):
    draw, inside, outside = SHAPES[name]
    geom = draw(*centre, radius_m)
    assert_sound(geom)
    for bearing, share in inside:
        assert covers(geom, at(*centre, bearing, share * radius_m)), (bearing, share)
    for bearing, share in outside:
        assert not covers(geom, at(*centre, bearing, share * radius_m)), (bearing, share)
    assert covers(geom, shapes.representative_point(geom))


@given(latitudes, longitudes, radii)
@example(90.0, 0.0, 100.0)
@example(-90.0, 12.0, 5_000_000.0)
@example(45.0, 180.0, 4_985_000.0)
@settings(max_examples=40, deadline=None)
def test_corners_of_a_disc_lie_within_a_metre_of_geographiclib(lat, lon, radius_m):
    geom = shapes.disc(lat, lon, radius_m)
    assert_sound(geom)
    outline = on_the_outline(geom)
    assert len(outline) >= 300
    for x, y in outline[::10]:
        assert abs(geographic_m(lat, lon, y, x) - radius_m) < 1.0


@given(latitudes, longitudes, radii, bearings, st.floats(1, 179), st.floats(0, 2), st.floats(0, 360))
@settings(max_examples=60, deadline=None)
def test_a_point_is_in_a_sector_when_its_distance_and_bearing_are(
    lat, lon, radius_m, bearing, halfwidth, share, towards
):
    geom = shapes.sector(lat, lon, radius_m / 2, radius_m, bearing, halfwidth)
    assert_sound(geom)
    off = abs((towards - bearing + 180) % 360 - 180)
    near_a_side = abs(math.radians(off - halfwidth)) * share < 0.001
    if near_a_side or abs(share - 1) < 0.001 or abs(share - 0.5) < 0.001:
        return  # chords
    expected = 0.5 < share < 1 and off < halfwidth
    assert covers(geom, at(lat, lon, towards, share * radius_m)) == expected


def test_the_34_mile_zone_has_the_size_it_has():
    geom = shapes.disc(*GARRISON, 34 * 1609.344)
    assert pytest.approx(54_717.696, abs=1e-6) == 34 * 1609.344
    assert shapes.reach_m(geom, *GARRISON) == pytest.approx(54_717.696, abs=0.01)
    assert shapes.area_km2(geom) == pytest.approx(9_405.95, rel=0.0003)


@pytest.mark.parametrize("centre", HARD)
def test_the_area_is_that_of_the_circle_on_the_ellipsoid(centre):
    # The same outline as geographiclib sums it, independent of any split.
    polygon = WGS84.Polygon()
    for bearing in np.arange(360, 0, -0.5):
        polygon.AddPoint(*at(*centre, bearing, 300_000.0))
    expected_km2 = polygon.Compute(False, True)[2] / 1e6
    assert shapes.area_km2(shapes.disc(*centre, 300_000.0)) == pytest.approx(expected_km2, rel=0.0003)


def test_a_ring_round_a_pole_contains_it_only_without_a_hole_there():
    around = shapes.ring(88.0, 20.0, 100_000, 400_000)  # the pole is 223 km away
    assert_sound(around)
    assert covers(around, (90.0, 77.0))
    whole, hole = shapes.disc(88.0, 20.0, 400_000), shapes.disc(88.0, 20.0, 100_000)
    expected = shapes.area_km2(whole) - shapes.area_km2(hole)
    assert shapes.area_km2(around) == pytest.approx(expected, rel=0.001)
    assert shapes.area_km2(whole) == pytest.approx(math.pi * 400**2, rel=0.001)
    assert not covers(shapes.ring(90.0, 0.0, 100_000, 400_000), (90.0, 77.0))


def test_the_hole_of_a_ring_is_a_hole():
    geom = shapes.ring(*GARRISON, 35_000, 42_000)
    assert geom.geom_type == "Polygon"
    assert len(geom.interiors) == 1
    assert shapes.area_km2(geom) == pytest.approx(math.pi * (42**2 - 35**2), rel=0.001)


def test_over_the_antimeridian_a_disc_is_two_polygons_of_its_full_area():
    geom = shapes.disc(-17.0, 179.97, 100_000)
    assert geom.geom_type == "MultiPolygon"
    assert geom.is_valid
    assert len(geom.geoms) == 2
    assert shapes.area_km2(geom) == pytest.approx(math.pi * 100**2, rel=0.001)


@pytest.mark.parametrize("radius_m", [10_100_000.0, 15_000_000.0, 19_900_000.0])
@pytest.mark.parametrize("centre", HARD)
def test_more_than_half_the_world_is_the_world_without_the_rest(centre, radius_m):
    geom = shapes.disc(*centre, radius_m)
    assert_sound(geom)
    sphere_km2 = 2 * math.pi * 6371.0072**2 * (1 - math.cos(radius_m / 6_371_007.2))
    assert shapes.area_km2(geom) == pytest.approx(sphere_km2, rel=0.01)
    assert shapes.area_km2(geom) > WORLD_KM2 / 2


def test_a_circle_through_the_pole_is_sound():
    to_pole_m = shapes.geodesic_m(60.0, 25.0, 90.0, 0.0)
    for metres in (to_pole_m - 0.01, to_pole_m, to_pole_m + 0.01):
        geom = shapes.disc(60.0, 25.0, metres)
        assert_sound(geom)
        assert covers(geom, at(60.0, 25.0, 0.5, 0.999 * metres))
        assert not covers(geom, (89.9, -155.0))


def test_the_drawn_line_follows_the_circle_far_north_too():
    # Straight lines in lon/lat between the corners are what a map draws: test between them.
    geom = shapes.disc(86.0, 20.0, 300_000)
    dense = shapely.get_coordinates(shapely.segmentize(geom, 0.05))
    dense = dense[np.abs(dense[:, 0]) < 180]
    off = [abs(geographic_m(86.0, 20.0, y, x) - 300_000) for x, y in dense[::20]]
    assert max(off) < 40


def test_a_long_corridor_keeps_its_width():
    points = [(40.0, -74.0), (55.0, 37.0)]  # over the Atlantic, far north of both
    geom = shapes.corridor(points, 50_000)
    assert_sound(geom)
    length_m = geographic_m(*points[0], *points[1])
    start = WGS84.Inverse(*points[0], *points[1])["azi1"]
    for share in np.linspace(0, 1, 21):
        there = WGS84.Direct(*points[0], start, share * length_m)
        for side in (-90, 90):
            for metres, expected in ((49_900, True), (50_100, False)):
                position = at(there["lat2"], there["lon2"], there["azi2"] + side, metres)
                assert covers(geom, position) is expected
    assert shapes.area_km2(geom) == pytest.approx(length_m / 1e3 * 100 + math.pi * 50**2, rel=0.002)


def test_a_corridor_turns_at_its_points_and_survives_a_repeated_one():
    points = [(0.0, 179.0), (0.0, 179.0), (0.0, -179.0), (1.0, -179.0)]
    geom = shapes.corridor(points, 10_000)
    assert_sound(geom)
    assert all(covers(geom, point) for point in points)
    assert covers(shapes.corridor([(5.0, 5.0), (5.0, 5.0)], 10_000), (5.0, 5.08))


def test_a_strip_follows_the_parallel_that_its_line_follows():
    line = shapely.LineString([(-120, 49), (-95, 49)])
    geom = shapes.strip(line, 10_000)
    assert covers(geom, (49.085, -107.5))
    assert not covers(geom, (49.095, -107.5))
    assert not covers(geom, (49.9, -107.5))  # where the geodesic would run


def test_a_strip_over_the_antimeridian_and_of_several_lines():
    crossing = shapely.LineString([(179.5, 10), (-179.5, 10)])
    elsewhere = shapely.LineString([(20, 10), (21, 10)])
    geom = shapes.strip(shapely.MultiLineString([crossing, elsewhere]), 20_000)
    assert_sound(geom)
    assert covers(geom, (10.0, 180.0))
    assert covers(geom, (10.1, 20.5))
    assert not covers(geom, (10.0, 100.0))


def test_a_strip_along_a_closed_line_has_a_hole():
    border = shapes.disc(*GARRISON, 100_000).exterior
    geom = shapes.strip(border, 5_000)
    assert not covers(geom, GARRISON)
    assert covers(geom, at(*GARRISON, 77, 104_900))
    assert covers(geom, at(*GARRISON, 77, 95_100))
    assert shapes.area_km2(geom) == pytest.approx(2 * math.pi * 100 * 10, rel=0.002)


def test_a_strip_of_a_line_without_length_is_a_disc():
    geom = shapes.strip(shapely.LineString([(10, 10), (10, 10)]), 1_000)
    assert shapes.area_km2(geom) == pytest.approx(math.pi, rel=0.01)


REGION = shapely.MultiPolygon([shapely.box(170, -20, 180, -10), shapely.box(-180, -20, -170, -10)])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("bearing", [0, 45, 90, 180, 225, 270, 359])
def test_a_part_has_its_share_of_the_area_on_its_side(bearing, share):
    part = shapes.halfplane_part(REGION, bearing, share)
    assert_sound(part)
    assert shapes.area_km2(part) == pytest.approx(share * shapes.area_km2(REGION), rel=0.001)
    assert shapes.area_km2(shapes.intersection(part, REGION)) == pytest.approx(
        shapes.area_km2(part), rel=1e-6
    )
    rest = shapes.halfplane_part(REGION, bearing + 180, share)
    if share <= 0.5:
        assert shapes.area_km2(shapes.intersection(part, rest)) < 0.01 * shapes.area_km2(part)


def test_parts_lie_where_their_names_say():
    assert covers(shapes.halfplane_part(REGION, 90, 0.3), (-15.0, -171.0))
    assert not covers(shapes.halfplane_part(REGION, 90, 0.3), (-15.0, 171.0))
    assert covers(shapes.halfplane_part(REGION, 270, 0.3), (-15.0, 171.0))
    assert covers(shapes.halfplane_part(REGION, 180, 0.3), (-19.0, 175.0))
    north_east = shapes.halfplane_part(shapely.box(0, 60, 20, 70), 45, 0.2)
    assert covers(north_east, (69.5, 19.5))
    assert not covers(north_east, (69.5, 0.5))


def test_a_far_island_does_not_become_the_part():
    mainland, island = shapely.box(0, 45, 10, 50), shapely.box(-60, 45, -59, 46)
    west = shapes.halfplane_part(shapely.MultiPolygon([mainland, island]), 270, 0.33)
    assert covers(west, (47.0, 2.0))
    assert not covers(west, (47.0, 5.0))


@pytest.mark.parametrize("share", [0.05, 0.5, 1.0])
@pytest.mark.parametrize("region", [REGION, shapely.box(0, 60, 30, 70), shapes.disc(88, 10, 500_000)])
def test_the_centre_part_lies_round_the_centre(region, share):
    part = shapes.centre_part(region, share)
    assert_sound(part)
    assert shapes.area_km2(part) == pytest.approx(share * shapes.area_km2(region), rel=0.003)
    assert covers(part, shapes.representative_point(region))


def test_the_middle_of_a_region_over_the_antimeridian_is_on_it():
    lat, lon = shapes.representative_point(REGION)
    assert lat == pytest.approx(-15.0, abs=0.3)
    assert abs(lon) == pytest.approx(180.0, abs=1e-3)


@given(latitudes, longitudes, radii)
@example(90.0, 180.0, 100.0)
@example(42.0, -180.0, 10_000.0)
@settings(max_examples=30, deadline=None)
def test_the_representative_point_of_a_disc_is_its_centre(lat, lon, radius_m):
    found = shapes.representative_point(shapes.disc(lat, lon, radius_m))
    assert geographic_m(lat, lon, *found) < max(5.0, 0.01 * radius_m)


def test_points_and_lines_have_a_representative_point_and_no_area():
    assert shapes.representative_point(shapely.Point(38.6, 33.5)) == pytest.approx((33.5, 38.6))
    assert shapes.area_km2(shapely.Point(38.6, 33.5)) == 0
    assert shapes.area_km2(shapely.LineString([(0, 0), (1, 1)])) == 0


def test_the_area_of_a_world_with_a_hole():
    world = shapely.box(-180, -90, 180, 90).difference(shapely.box(10, 10, 20, 20))
    hole = shapes.area_km2(shapely.box(10, 10, 20, 20))
    assert shapes.area_km2(world) == pytest.approx(WORLD_KM2 - hole, rel=1e-4)


@given(latitudes, longitudes, latitudes, longitudes)
@settings(max_examples=60, deadline=None)
def test_distance_and_bearing_agree_with_geographiclib(lat1, lon1, lat2, lon2):
    expected = WGS84.Inverse(lat1, lon1, lat2, lon2)
    assert shapes.geodesic_m(lat1, lon1, lat2, lon2) == pytest.approx(expected["s12"], abs=0.001)
    found = shapes.bearing_deg(lat1, lon1, lat2, lon2)
    assert 0 <= found < 360
    if 1.0 < expected["s12"] < 19_900_000 and abs(lat1) < 89.99:
        assert abs((found - expected["azi1"] + 180) % 360 - 180) < 1e-3


def test_only_the_shared_area_is_an_intersection():
    a, b = shapely.box(0, 0, 1, 1), shapely.box(0.5, 0, 2, 1)
    assert shapes.intersection(a, b).equals(shapely.box(0.5, 0, 1, 1))
    touching = shapes.intersection(shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1))
    assert touching.is_empty
    assert touching.geom_type == "Polygon"
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    assert shapes.intersection(bow_tie, shapely.box(0, 0, 1, 1)).area == pytest.approx(0.5)


NAN, INF = math.nan, math.inf
LINE = shapely.LineString([(0, 0), (1, 1)])
BAD = [
    (lambda: shapes.disc(NAN, 0, 1), "lat"),
    (lambda: shapes.disc(0, INF, 1), "lon"),
    (lambda: shapes.disc(91, 0, 1), "lat must be in"),
    (lambda: shapes.disc(38.6, 233.5, 1), "lon must be in"),
    (lambda: shapes.disc(0, 0, 0), "radius_m"),
    (lambda: shapes.disc(0, 0, -5), "radius_m"),
    (lambda: shapes.disc(0, 0, NAN), "radius_m"),
    (lambda: shapes.disc(0, 0, 20_100_000), "radius_m"),
    (lambda: shapes.disc(0, 0, 1000, vertices=3), "vertices"),
    (lambda: shapes.ring(0, 0, 2000, 1000), "inner_m"),
    (lambda: shapes.ring(0, 0, 1000, 1000), "inner_m"),
    (lambda: shapes.ring(0, 0, -1, 1000), "inner_m"),
    (lambda: shapes.ring(0, 0, NAN, 1000), "inner_m"),
    (lambda: shapes.ring(0, 0, 0, INF), "outer_m"),
    (lambda: shapes.sector(0, 0, 0, 1000, NAN, 10), "bearing_deg"),
    (lambda: shapes.sector(0, 0, 0, 1000, 10, 0), "halfwidth_deg"),
    (lambda: shapes.sector(0, 95, 2000, 1000, 10, 10), "inner_m"),
    (lambda: shapes.corridor([(0, 0)], 1000), "two or more points"),
    (lambda: shapes.corridor([(0, 0), (95, 0)], 1000), "lat"),
    (lambda: shapes.corridor([(0, 0), (1, 0)], 0), "halfwidth_m"),
    (lambda: shapes.corridor([(0, 0), (1, 0)], 6_000_000), "halfwidth_m"),
    (lambda: shapes.corridor([(0, 0), (0, 180)], 1000), "length of a leg"),
    (lambda: shapes.strip(LINE, -1), "halfwidth_m"),
    (lambda: shapes.strip(shapely.LineString(), 1), "line"),
    (lambda: shapes.strip(shapely.Point(0, 0), 1), "line"),
    (lambda: shapes.strip(shapely.LineString([(0, 0), (1, 95)]), 1), "lat"),
    (lambda: shapes.halfplane_part(shapely.Polygon(), 0, 0.5), "region"),
    (lambda: shapes.halfplane_part(REGION, NAN, 0.5), "bearing_deg"),
    (lambda: shapes.halfplane_part(REGION, 0, 0), "share"),
    (lambda: shapes.centre_part(REGION, 1.5), "share"),
    (lambda: shapes.centre_part(LINE, 0.5), "region"),
    (lambda: shapes.representative_point(shapely.Polygon()), "empty"),
    (lambda: shapes.reach_m(shapely.Polygon(), 0, 0), "empty"),
    (lambda: shapes.geodesic_m(0, 0, 0, NAN), "lon"),
    (lambda: shapes.bearing_deg(0, 0, -91, 0), "lat"),
]


@pytest.mark.parametrize(("call", "names"), BAD)
def test_bad_input_is_refused_in_one_line(call, names):
    with pytest.raises(ValueError, match=names) as caught:
        call()
    assert "\n" not in str(caught.value)
