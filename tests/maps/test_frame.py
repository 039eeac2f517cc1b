import pytest
import shapely
from shapely.geometry import box, mapping

from standoff.ground import shapes
from standoff.ground.geojson import to_geojson
from standoff.maps.frame import centre_of, near, unwrap, widest_gap


def test_a_disc_over_the_antimeridian_is_one_polygon_again():
    split = to_geojson(shapes.disc(-16.85, 179.97, 100_000))
    assert split["type"] == "MultiPolygon"
    whole = unwrap(split)
    assert whole.geom_type == "Polygon"
    west, _, east, _ = whole.bounds
    assert west == pytest.approx(179.03, abs=0.01)
    assert east == pytest.approx(180.91, abs=0.01)


def test_a_ring_over_the_antimeridian_keeps_its_hole():
    whole = unwrap(to_geojson(shapes.ring(51.5, -179.8, 60_000, 90_000)))
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 1


def test_rejoining_keeps_the_area():
    split = shapes.disc(70.0, 180.0, 300_000)
    assert unwrap(split).area == pytest.approx(split.area, rel=1e-6)


def test_a_shape_elsewhere_is_left_alone():
    disc = shapes.disc(33.5, 38.6, 50_000)
    assert unwrap(disc).equals(disc)


def test_a_shape_over_the_pole_keeps_all_longitudes():
    west, _, east, north = unwrap(to_geojson(shapes.disc(89, 10, 300_000))).bounds
    assert (round(west), round(east), round(north)) == (-180, 180, 90)


def test_unwrapping_round_a_given_longitude():
    assert unwrap(box(-170, 0, -160, 5), centre=170).bounds == (190.0, 0.0, 200.0, 5.0)
    assert unwrap(mapping(shapely.Point(-179, 1)), centre=178).x == 181


def test_gap_of_spans_that_cover_the_world_is_none():
    assert widest_gap([(-180.0, 180.0)]) is None
    assert centre_of([(-180.0, 180.0)]) == 0.0


@pytest.mark.parametrize(
    ("lon", "centre", "expected"), [(10, 0, 10), (-179, 179, 181), (179, -179, -181), (0, 0, 0)]
)
def test_near_is_within_half_a_turn(lon, centre, expected):
    assert near(lon, centre) == expected
