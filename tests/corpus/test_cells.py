"""Cells as polygons, and shares of shapes in them: nothing lost at a pole, over the antimeridian or within a cell."""

from __future__ import annotations

import h3
import pytest
import shapely
from shapely.geometry import box

from standoff.corpus.cells import cell_shape, cells_near, flattened, shares, typical_resolution
from standoff.geodesy import area_km2
from standoff.ground.shapes import disc, ring

SHAPES = {
    "plain": disc(33.5, 38.6, 54_717),
    "hole": ring(33.5, 38.6, 50_000, 52_000),
    "antimeridian": disc(-17.0, 179.9, 200_000),
    "pole": disc(89.5, 0.0, 300_000),
    "other pole": disc(-89.9, 40.0, 30_000),
    "wide": box(-180, 60, 180, 70),
    "two parts": shapely.MultiPolygon([box(0, 0, 1, 1), box(30, 0, 31, 1)]),
}
RESOLUTION = {"wide": 2, "antimeridian": 4, "pole": 4}


def area_m2(shape):
    return shapely.area(flattened([shape])[0])


@pytest.mark.parametrize("name", SHAPES)
def test_the_shares_are_those_of_the_area_in_each_cell(name):
    shape, resolution = SHAPES[name], RESOLUTION.get(name, 5)
    found = shares(shape, resolution)
    assert sum(found.values()) == pytest.approx(1, abs=1e-9)
    for cell in sorted(found)[:: max(1, len(found) // 12)]:
        part = shapely.intersection(shape, cell_shape(cell))
        assert found[cell] == pytest.approx(area_km2(part) / area_km2(shape), rel=2e-3, abs=1e-7)


@pytest.mark.parametrize("name", SHAPES)
def test_no_part_of_a_shape_lies_outside_its_cells(name):
    shape, resolution = SHAPES[name], RESOLUTION.get(name, 5)
    left = shape.difference(shapely.union_all([cell_shape(cell) for cell in shares(shape, resolution)]))
    assert area_m2(left) < 1e-6 * area_m2(shape)


def test_cells_tile_the_world():
    every = [cell for base in h3.get_res0_cells() for cell in h3.cell_to_children(base, 1)]
    total = sum(area_m2(cell_shape(cell)) for cell in every)
    assert total == pytest.approx(510_065_621_724_088, rel=1e-9)  # m2 of the WGS84 ellipsoid


def test_what_is_smaller_than_a_cell_is_all_in_it():
    lat, lon = h3.cell_to_latlng(h3.latlng_to_cell(10.0, 20.0, 3))
    assert list(shares(disc(lat, lon, 200.0), 3).values()) == [pytest.approx(1)]


def test_a_point_lies_in_one_cell():
    assert shares(shapely.Point(20.0, 10.0), 4) == {h3.latlng_to_cell(10.0, 20.0, 4): 1.0}


def test_a_shape_on_a_corner_of_three_cells_is_shared_out():
    lat, lon = h3.cell_to_boundary(h3.latlng_to_cell(10.0, 20.0, 5))[0]
    found = shares(disc(lat, lon, 500.0), 5)
    assert len(found) == 3
    assert all(0.2 < share < 0.5 for share in found.values())


def test_a_sliver_without_area_keeps_its_one():
    sliver = shapely.Polygon([(20, 10), (20.5, 10), (21, 10), (20.5, 10)])
    assert sum(shares(sliver, 5).values()) == pytest.approx(1)


def test_cells_near_have_no_doubles():
    found = cells_near(SHAPES["two parts"], 4)
    assert len(found) == len(set(found))


def test_the_resolution_follows_the_median():
    areas = [h3.average_hexagon_area(r, "km^2") for r in range(13)]
    assert [typical_resolution([area * 1.01]) for area in areas] == list(range(13))
