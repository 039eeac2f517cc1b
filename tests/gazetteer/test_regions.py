import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point

GEOD = Geod(ellps="WGS84")


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (33.50583, 38.61778, "SY"),  # the garrison
        (33.4315, 38.9349, "IQ"),  # the crossing
        (37.4214, 141.0, "JP"),
        (45.0, 34.2, "UA"),  # Crimea, as ISO 3166-2 has it
        (9.6, 44.0, "SO"),  # Somaliland
        (42.6, 21.0, "XK"),
        (66.5, -175.0, "RU"),  # east of the antimeridian
        (71.2, 179.5, "RU"),
        (-16.9, 179.98, "FJ"),
        (-16.8, -179.95, "FJ"),
        (-89.9, 12.0, "AQ"),
        (-89.9, -179.99, "AQ"),
        (0.0, -30.0, None),
        (90.0, 0.0, None),
    ],
)
def test_country_at(regions, lat, lon, code):
    assert regions.country_at(lat, lon) == code


def test_every_shape_is_valid_and_within_the_world(regions):
    for code in ("RU", "FJ", "AQ", "NZ", "US", "UA", "NO", "KI", "SY"):
        shape = regions.country(code)
        west, south, east, north = shape.bounds
        assert shape.is_valid
        assert west >= -180
        assert east <= 180
        assert south >= -90
        assert north <= 90


@pytest.mark.parametrize(
    ("code", "km2"), [("SY", 185_180), ("IQ", 437_072), ("RU", 17_098_242), ("FJ", 18_274), ("FK", 12_173)]
)
def test_areas_are_those_of_the_countries(regions, code, km2):
    area, _ = GEOD.geometry_area_perimeter(shapely.orient_polygons(regions.country(code)))
    assert abs(area) / 1e6 == pytest.approx(km2, rel=0.06)


def test_unknown_codes_have_no_shape(regions):
    assert regions.country("ZZ") is None
    assert regions.admin1("ZZ-1") is None
    assert regions.border("ZZ") is None


def test_regions_lie_in_their_country(regions):
    homs = regions.admin1("SY-HI")
    assert homs.contains(Point(36.72, 34.73))
    assert regions.country("SY").buffer(0.05).contains(homs)
    assert regions.admin1_at([34.73, 0.0, 36.34], [36.72, -30.0, 43.13]) == ["SY-HI", None, "IQ-NI"]


def test_polygon_of_a_place(regions, gazetteer):
    syria = gazetteer.lookup("Syria")[0].place
    homs = next(hit.place for hit in gazetteer.lookup("Homs") if hit.place.feature == "admin1")
    assert regions.polygon_of(syria).equals(regions.country("SY"))
    assert regions.polygon_of(homs).equals(regions.admin1("SY-HI"))
    assert regions.polygon_of(gazetteer.lookup("At Tanf")[0].place) is None


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [("SY", "IQ", 599), ("SY", "JO", 379), ("EG", "LY", 1115), ("KP", "KR", 237), ("CA", "US", 8891)],
)
def test_borders_are_as_long_as_they_are(regions, a, b, km):
    border = regions.border(a, b)
    assert border.equals(regions.border(b, a))
    assert border.geom_type in {"LineString", "MultiLineString"}
    # Generalised lines are shorter: the tolerance is wide.
    assert GEOD.geometry_length(border) / 1000 == pytest.approx(km, rel=0.15)


def test_borders_run_along_both_countries(regions):
    border = regions.border("SY", "IQ")
    for share in (0.1, 0.5, 0.9):
        point = border.interpolate(share, normalized=True)
        assert set(regions.countries_near(point.y, point.x)) >= {"SY", "IQ"}
        assert regions.countries_near(point.y, point.x + 2)[:1] != ["SY"]


def test_countries_that_do_not_meet_have_no_border(regions):
    assert regions.border("SY", "FR") is None
    assert regions.border("FK") is None


def test_all_borders_of_one_country_hold_each_of_them(regions):
    assert regions.border("SY").buffer(1e-6).contains(regions.border("SY", "JO"))


def test_near_a_border_is_ambiguous_and_far_from_it_is_not(regions):
    assert regions.countries_near(35.0, 38.5) == ["SY"]
    assert len(regions.countries_near(33.31, 38.67, 5_000)) == 2


def test_countries_near_works_over_the_antimeridian_and_at_the_pole(regions):
    assert regions.countries_near(-16.8, 180.0, 3_000) == ["FJ"]
    assert regions.countries_near(-90.0, 0.0, 3_000) == ["AQ"]


def test_disputed_areas_are_marked(regions):
    assert regions.is_disputed(45.0, 34.2)
    assert not regions.is_disputed(33.5, 38.6)


def test_land_near_is_clipped_to_the_box(regions):
    box = (38.0, 33.0, 39.5, 34.0)
    land = regions.land_near(box)
    assert {code for code, _, _ in land} == {"SY", "IQ", "JO"}
    assert all(shapely.box(*box).buffer(1e-9).contains(shape) for _, _, shape in land)
    assert sum(shape.area for _, _, shape in land) == pytest.approx(1.5, rel=0.01)


def test_the_point_of_an_island_group_is_its_middle(regions):
    disc = regions.disc_of_country("FK")
    assert disc.lat == pytest.approx(-51.7, abs=0.3)
    assert disc.lon == pytest.approx(-59.4, abs=0.5)
    assert 100_000 < disc.radius_m < 200_000
    assert regions.disc_of_country("FJ").lon == pytest.approx(178.5, abs=1)
    assert regions.disc_of_country("US").radius_m < 3_000_000
