import json
import math
from itertools import combinations

import pytest
import shapely
from shapely.geometry import Point

import letters
from standoff.maps.basemap import MOST_CHARS, basemap_data, widen
from standoff.maps.elements import Legend, OfflineBasemap

AT_TANF = (38.0, 33.0, 39.2, 34.0)
GREAT_LAKES = (28.0, -3.0, 32.0, 2.0)
KASHMIR = (74.0, 33.0, 78.0, 36.0)
PERSIA = (44.0, 25.0, 63.0, 40.0)
FIJI = (178.5, -18.0, 181.0, -16.0)
SVALBARD = (10.0, 78.0, 30.0, 84.0)


@pytest.fixture(scope="module")
def made():
    """Return a function that gives the basemap of an extent, made once."""
    kept = {}
    return lambda extent: kept.setdefault(extent, basemap_data(extent))


def land(part):
    return letters.polygons(part["land"])


def lines(part, kind):
    """Return the lines of one kind in a part of the basemap."""
    return shapely.union_all([letters.lines(line["path"]) for line in part["lines"] if line["kind"] == kind])


def towns(data):
    return {name: (lat, lon) for name, lat, lon, _, _ in data["cities"]}


def test_the_three_countries_of_at_tanf_are_named_and_bordered(made):
    data = made(AT_TANF)
    inside = {
        name
        for name, points in data["labels"]
        if any(33 < lat < 34 and 38 < lon < 39.2 for lat, lon, _, _ in points)
    }
    assert inside == {"Syria", "Iraq", "Jordan"}
    assert lines(data["parts"][-1], "border").length > 1


def test_land_is_land_and_sea_is_sea():
    found = land(basemap_data((14.0, 35.5, 15.0, 36.5))["parts"][-1])  # Malta
    assert found.covers(Point(14.42, 35.88))
    assert not found.intersects(Point(14.9, 35.6))


def test_over_the_antimeridian_land_lies_on_both_sides(made):
    found = land(made(FIJI)["parts"][-1])
    assert found.intersects(shapely.box(180.0, -17.2, 180.2, -16.7))  # Taveuni, Rabi, Udu
    assert found.intersects(shapely.box(178.5, -17.0, 179.9, -16.4))  # Vanua Levu


def test_towns_over_the_antimeridian_lie_where_the_map_is(made):
    assert {"Labasa", "Suva"} <= towns(made(FIJI)).keys()
    assert all(-20.3 < lon <= 379.8 for _, lon in towns(made(FIJI)).values())
    west = towns(basemap_data((-181.0, -18.0, -178.5, -16.0)))
    assert west["Labasa"][1] == pytest.approx(towns(made(FIJI))["Labasa"][1] - 360, abs=0.01)


def test_lakes_and_rivers_are_where_they_are(made):
    data = made(GREAT_LAKES)
    assert letters.polygons(data["parts"][-1]["lakes"]).covers(Point(29.1, -2.05))  # Kivu
    assert land(data["parts"][-1]).covers(Point(29.1, -2.05))  # water on the land
    euphrates = Point(39.01, 35.93)  # by Raqqa
    assert lines(basemap_data((38.5, 35.5, 39.5, 36.5))["parts"][-1], "river").distance(euphrates) < 0.05


def test_small_things_wait_for_their_zoom(made):
    near, far = made(AT_TANF), made((-170, -56, 190, 75))
    assert {"admin1", "river"} <= {line["kind"] for line in near["parts"][1]["lines"]}
    assert not any(line["kind"] == "admin1" for part in far["parts"] for line in part["lines"])
    starts = {line["from"] for line in near["parts"][1]["lines"] if line["kind"] == "river"}
    assert len(starts) > 2  # the Euphrates before a brook


@pytest.mark.parametrize(
    ("extent", "spot"),
    [
        (KASHMIR, (76.0, 34.63)),  # the line of control
        ((33.0, 45.0, 35.5, 46.5), (33.65, 46.16)),  # Perekop: one code on both sides, and disputed
        ((20.0, 42.0, 22.0, 43.5), (20.8, 43.18)),  # Kosovo and Serbia
        ((35.0, 32.5, 36.5, 33.5), (35.85, 32.95)),  # the Golan: the line of 1974
        ((-61.0, 3.0, -57.0, 8.0), (-58.5, 6.2)),  # the Essequibo: claimed, and no border is there
    ],
)  # fmt: skip
def test_lines_that_are_not_agreed_on_are_told_apart(extent, spot):
    part = basemap_data(extent)["parts"][-1]
    assert lines(part, "disputed").distance(Point(spot)) < 0.12
    assert not lines(part, "border").intersects(Point(spot).buffer(0.12))


def test_an_agreed_border_is_not_disputed(made):
    syria_iraq = Point(38.99, 33.49)
    part = made(AT_TANF)["parts"][-1]
    assert lines(part, "border").distance(syria_iraq) < 0.2
    assert lines(part, "disputed").is_empty


@pytest.mark.parametrize("extent", [AT_TANF, FIJI, SVALBARD, PERSIA, (-170, -56, 190, 75)])
def test_nothing_lies_outside_its_frame(extent, made):
    for part in made(extent)["parts"]:
        (south, west), (north, east) = part["frame"] or [[-85, -400], [85, 400]]
        allowed = shapely.box(west, south, east, north).buffer(0.11)  # rounding, of the coarse world most
        drawn = [letters.polygons(part["land"]), letters.polygons(part["lakes"])]
        drawn += [letters.lines(line["path"]) for line in part["lines"]]
        assert all(allowed.covers(shapely.box(*shape.bounds)) for shape in drawn if not shape.is_empty)


def test_finer_parts_lie_in_the_coarser_ones_and_their_lines_are_drawn_once(made):
    world, around, detail = made(AT_TANF)["parts"]
    assert world["frame"] is None
    for inner, outer in ((detail, around), (around, world)):
        (south, west), (north, east) = inner["frame"]
        hole = shapely.box(west, south, east, north).buffer(-0.15)
        assert not lines(outer, "border").intersects(hole)
    assert land(detail).intersection(shapely.box(*AT_TANF)).area == pytest.approx(1.2, rel=0.001)


@pytest.mark.parametrize(
    "extent",
    [AT_TANF, GREAT_LAKES, FIJI, SVALBARD, (5, 45, 15, 55), (0, 40, 30, 60), (-170, -56, 190, 75),
     (38.6, 33.5, 38.6, 33.5), (-62.4, 82.5, -62.2, 82.6), (-5, 86, 5, 89), (-180, -90, 180, -80)],
)  # fmt: skip
def test_every_extent_keeps_to_its_share_of_the_page(extent, made):
    data = made(extent)
    assert len(json.dumps(data, separators=(",", ":"), ensure_ascii=False)) <= MOST_CHARS
    assert all(math.isfinite(number) for city in data["cities"] for number in city[1:])


def test_a_pole_has_a_frame_on_the_map():
    for extent in ((-5, 86, 5, 89), (-180, -90, 180, -88)):
        (south, west), (north, east) = basemap_data(extent)["parts"][-1]["frame"]
        assert -85 <= south < north <= 85
        assert west < east


def test_towns_come_by_their_importance_and_capitals_are_marked(made):
    cities = made(PERSIA)["cities"]
    starts = [start for *_, start, _ in cities]
    assert starts == sorted(starts)
    capitals = {name for name, *_, capital in cities if capital}
    assert {"Tehran", "Baghdad"} <= capitals
    assert "Shiraz" in towns(made(PERSIA))
    assert "Shiraz" not in capitals


def test_towns_that_are_shown_at_one_zoom_are_not_side_by_side(made):
    zoom = 5.0
    shown = [city for city in made(PERSIA)["cities"] if city[3] <= zoom]
    assert len(shown) > 5
    degrees = 360 / 256 / 2**zoom
    for (_, lat, lon, *_), (_, other_lat, other_lon, *_) in combinations(shown, 2):
        north = math.cos(math.radians(lat))
        assert math.hypot(lat - other_lat, (lon - other_lon) * north) > 40 * degrees * north


def test_a_town_that_the_report_names_is_not_named_twice(made):
    lat, lon = towns(made(PERSIA))["Shiraz"]
    for name, moved in (("SHĪRĀZ", 0.5), ("The old citadel", 0.01)):
        left = towns(basemap_data(PERSIA, named=[(name, lat + moved, lon + 360)]))
        assert "Shiraz" not in left
        assert "Tehran" in left
    assert "Shiraz" in towns(basemap_data(PERSIA, named=[("Shiraz", lat + 5, lon)]))  # another of that name


def test_names_keep_clear_of_shapes_where_there_is_room():
    clear = Point(38.6, 33.5).buffer(0.45)
    data = basemap_data(AT_TANF, clear)
    for _, points in data["labels"]:
        lat, lon, *_ = points[0]
        assert not clear.covers(Point(lon, lat))


def test_margin_stops_at_the_ends_of_the_map():
    assert widen((-179, -84, 179, 84)) == (-180.0, -85.0, 180.0, 85.0)


def test_the_legend_tells_of_disputed_lines_and_capitals_where_there_are_some():
    kinds = {
        extent: [entry["kind"] for entry in Legend([], OfflineBasemap(extent)).data()]
        for extent in (AT_TANF, KASHMIR, PERSIA)
    }
    assert "disputed" not in kinds[AT_TANF]
    assert "disputed" in kinds[KASHMIR]
    assert "capital" in kinds[PERSIA]


def test_the_same_extent_gives_the_same_basemap(made):
    assert basemap_data(FIJI) == made(FIJI)
