"""Cells on a map: their numbers, their colours, the page they make."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from shapely.geometry import box

import hostile
import letters
from standoff import maps
from standoff.classes import Classes
from standoff.corpus.density import Counted, density
from standoff.errors import SettingError
from standoff.ground.shapes import disc
from standoff.maps import HexLayer, hex_map
from standoff.maps.hexes import MOST_DRAWN, whole_time


def spread(*shapes, by=None, period=None):
    return density([Counted(((1.0, shape),), period, frozenset({"r"})) for shape in shapes], 4, by)


TOWNS = spread(disc(16.3, 0.0, 30_000), disc(16.3, 0.0, 30_000), disc(18.4, 1.4, 40_000))


def test_each_cell_has_its_numbers_and_class():
    data = HexLayer(TOWNS).data()
    scale = Classes.of(TOWNS["expected"])
    assert [cell["id"] for cell in data["cells"]] == list(TOWNS["cell"])
    for cell, row in zip(data["cells"], TOWNS.itertuples(), strict=True):
        assert cell["values"] == [pytest.approx(row.expected, abs=1e-6), row.least, row.most, row.reports]
        assert cell["class"] == scale.number(row.expected)
    assert [entry["label"] for entry in data["classes"]] == scale.labels


def test_the_legend_leads_to_the_largest():
    data = HexLayer(TOWNS).data()
    values = [data["cells"][i]["values"][0] for i in data["top"]]
    assert values == sorted(TOWNS["expected"].round(6), reverse=True)[:5]


def test_corners_are_where_they_are():
    data = HexLayer(TOWNS).data()
    for cell, shape in zip(data["cells"], TOWNS.geometry, strict=True):
        (ring,) = cell["path"][0]
        drawn = shapely.Polygon(letters.corners(ring, data["scale"]))
        assert drawn.symmetric_difference(shape).area < 0.01 * shape.area


def test_cells_on_both_sides_of_the_antimeridian_lie_beside_each_other():
    west, _, east, _ = HexLayer(spread(disc(-17.0, 180.0, 100_000))).extent
    assert east - west < 5
    assert west < 180 < east


def test_periods_are_added_up():
    from datetime import date

    from standoff.periods import Period

    weeks = spread(disc(16.3, 0.0, 30_000), by="week", period=Period(date(2024, 3, 7), date(2024, 3, 12)))
    whole = whole_time(weeks)
    assert whole["expected"].sum() == pytest.approx(1)
    assert whole["cell"].is_unique
    assert HexLayer(weeks).data()["cells"][0]["values"][2:] == [None, None]


def test_it_goes_on_any_map_and_fits_it():
    import folium

    plain = folium.Map((16, 0), tiles=None)
    layer = HexLayer(TOWNS).add_to(plain)
    assert plain.get_bounds() == layer._get_self_bounds()
    assert "standoff.hexes(" in plain.get_root().render()


def test_the_page_is_offline_and_the_same_each_time(tmp_path):
    one, other = (maps.save(hex_map(TOWNS, title="Twice"), tmp_path / name) for name in ("a.html", "b.html"))
    assert one.read_bytes() == other.read_bytes()
    page = one.read_text(encoding="utf-8")
    assert "<title>Twice</title>" in page
    assert "https://" not in page.partition("<body>")[0].replace("https://leafletjs.com", "")


def test_hostile_titles_and_cells_are_text():
    found = gpd.GeoDataFrame(
        {"cell": [hostile.MARKED], "expected": [1.0]}, geometry=[box(0, 0, 1, 1)], crs="EPSG:4326"
    )
    page = hex_map(found, title=hostile.MARKED).get_root().render()
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    assert page.count("<script>") == page.count("</script>") - page.count('type="application/json"')


def test_more_cells_than_a_page_holds_are_refused():
    many = gpd.GeoDataFrame(
        {"cell": ["c"] * (MOST_DRAWN + 1), "expected": [1.0] * (MOST_DRAWN + 1)},
        geometry=[box(0, 0, 1, 1)] * (MOST_DRAWN + 1), crs="EPSG:4326",
    )  # fmt: skip
    with pytest.raises(SettingError, match="coarser resolution"):
        HexLayer(many)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), None, "many"])
def test_a_cell_without_a_number_is_refused_by_name(number):
    with pytest.raises(SettingError, match="'c' has no number"):
        HexLayer(gpd.GeoDataFrame({"cell": ["c"], "expected": [number]}, geometry=[box(0, 0, 1, 1)]))


@pytest.mark.parametrize("area", [None, box(0, 0, 1, 1).intersection(box(5, 5, 6, 6))])
def test_a_cell_without_an_area_is_refused_by_name(area):
    with pytest.raises(SettingError, match="no area"):
        HexLayer(gpd.GeoDataFrame({"cell": ["c"], "expected": [1.0]}, geometry=[area]))


def test_a_table_that_is_no_density_is_refused():
    with pytest.raises(SettingError, match="no column 'expected'"):
        HexLayer(gpd.GeoDataFrame({"cell": ["c"]}, geometry=[box(0, 0, 1, 1)]))


def test_of_nothing_there_is_a_map_of_the_world():
    empty = density([])
    layer = HexLayer(empty)
    assert layer.extent is None
    assert layer.data()["cells"] == []
    assert hex_map(empty).get_root().render()


def test_numbers_that_are_not_known_are_null():
    found = TOWNS.assign(least=pd.array([pd.NA] * len(TOWNS), dtype="Int64"))
    assert HexLayer(found).data()["cells"][0]["values"][1] is None
