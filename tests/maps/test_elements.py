"""The elements that go on anybody's map: what cannot be drawn is refused in one line."""

from __future__ import annotations

import pytest
from shapely import Point, Polygon, box

from standoff import maps
from standoff.errors import SettingError


@pytest.mark.parametrize(
    "area",
    [None, "POLYGON", Polygon(), Point(1, 2), {"type": "Polygon"}, Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])],
)
def test_a_contour_that_is_no_area_is_refused(area):
    with pytest.raises(SettingError, match="a contour of a surface is an area"):
        maps.Surface([(0.9, box(0, 0, 2, 2)), (0.5, area)])


def test_a_kind_that_is_not_drawn_is_refused_with_those_that_are():
    with pytest.raises(SettingError, match=r"'volcano' is no kind of shape; known are .*zone"):
        maps.GeodesicDisc(33, 38, 1_000, kind="volcano")
