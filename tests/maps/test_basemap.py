import json

import pytest
import shapely
from shapely.geometry import Point, Polygon

from standoff.maps.basemap import MOST_CHARS, basemap_data, widen

AT_TANF = (38.0, 33.0, 39.2, 34.0)


def land(part):
    """Return a part's land as shapely geometry."""
    found = []
    for rings in part["land"]["polygons"]:
        paths = []
        for ring in rings:
            x = y = 0
            corners = []
            for dx, dy in zip(ring[::2], ring[1::2], strict=True):
                x, y = x + dx, y + dy
                corners.append((x / part["land"]["scale"], y / part["land"]["scale"]))
            paths.append(corners)
        found.append(Polygon(paths[0], paths[1:]).buffer(0))
    return shapely.union_all(found)


def test_the_three_countries_of_at_tanf_are_named_and_bordered():
    data = basemap_data(AT_TANF)
    inside = {
        label["text"]
        for label in data["labels"]
        if any(33 < lat < 34 and 38 < lon < 39.2 for lat, lon, _ in label["points"])
    }
    assert inside == {"Syria", "Iraq", "Jordan"}
    assert data["detail"]["borders"]["lines"]


def test_land_is_land_and_sea_is_sea():
    found = land(basemap_data((14.0, 35.5, 15.0, 36.5))["detail"])  # Malta
    assert found.covers(Point(14.42, 35.88))
    assert not found.intersects(Point(14.9, 35.6))


def test_over_the_antimeridian_land_lies_on_both_sides():
    data = basemap_data((178.5, -18.0, 181.0, -16.0))
    found = land(data["detail"])
    assert found.intersects(shapely.box(180.0, -17.2, 180.2, -16.7))  # Taveuni, Rabi, Udu
    assert found.intersects(shapely.box(178.5, -17.0, 179.9, -16.4))  # Vanua Levu


@pytest.mark.parametrize(
    "extent", [AT_TANF, (5, 45, 15, 55), (-170, -56, 190, 75), (10, 78, 40, 84), (38.6, 33.5, 38.6, 33.5)]
)
def test_detail_stays_within_its_share_of_the_page(extent):
    data = basemap_data(extent)
    assert len(json.dumps(data["detail"], separators=(",", ":"))) <= MOST_CHARS
    assert len(json.dumps(data["world"], separators=(",", ":"))) <= 75_000


def test_names_keep_clear_of_shapes_where_there_is_room():
    clear = Point(38.6, 33.5).buffer(0.45)
    data = basemap_data(AT_TANF, clear)
    for label in data["labels"]:
        lat, lon, _ = label["points"][0]
        assert not clear.covers(Point(lon, lat))


def test_margin_stops_at_the_ends_of_the_map():
    assert widen((-179, -84, 179, 84)) == (-180.0, -85.0, 180.0, 85.0)
