"""Events spread over their shapes: their number is kept, and what is not sure is not drawn as if it were."""

from __future__ import annotations

from datetime import date

import h3
import pytest
import shapely
from shapely.geometry import box

from standoff.corpus.density import Counted, density, naive_density
from standoff.corpus.shared_out import LONGEST_DAYS, all_labels, shares_of
from standoff.corpus.telling import layers_of
from standoff.errors import SettingError
from standoff.ground.geojson import to_geojson
from standoff.ground.shapes import disc
from standoff.model import Footprint
from standoff.periods import Period

TOWN = disc(16.27, -0.04, 3000.0)
REGION = box(-2.0, 17.0, 2.0, 20.0)


def counted(shape, first=None, last=None, report="r1"):
    period = Period(date.fromisoformat(first), date.fromisoformat(last or first)) if first else None
    return Counted(((1.0, shape),) if shape is not None else (), period, frozenset({report}))


def footprint(shape, geometry, **more):
    settings = {"coverage": 0.9, "lat": 0, "lon": 0, "lat_lon_is": "representative", "uncertainty_m": None}
    return Footprint(id="f1", shape=shape, geometry=to_geojson(geometry), area_km2=1, **(settings | more))


def test_the_sum_is_the_number_of_events_that_have_a_place():
    found = density([counted(TOWN), counted(TOWN), counted(REGION), counted(None)], 5)
    assert found["expected"].sum() == pytest.approx(3)
    assert (found.attrs["counted"], found.attrs["not_placed"]) == (3, 1)


@pytest.mark.parametrize(
    "shape", [disc(-17.0, 179.9, 300_000), disc(89.7, 10.0, 200_000), disc(-90.0, 0.0, 5e5)]
)
def test_it_is_so_over_the_antimeridian_and_at_the_poles(shape):
    found = density([counted(shape)], 3)
    assert found["expected"].sum() == pytest.approx(1)
    assert found.geometry.is_valid.all()
    assert found.total_bounds[0] >= -180
    assert found.total_bounds[2] <= 180


def test_a_region_is_thin_where_a_town_is_dense():
    found = density([counted(TOWN), counted(REGION)], 4)
    town = h3.latlng_to_cell(16.27, -0.04, 4)
    assert found.set_index("cell")["expected"][town] > 0.5
    assert found[found["cell"] != town]["expected"].max() < 0.5


def test_a_point_count_says_of_a_region_what_nobody_said():
    middle = naive_density([(18.5, 0.0)], 4)
    spread = density([counted(REGION)], 4)
    assert middle["expected"].max() == 1
    assert spread["expected"].max() < 0.05


def test_least_and_most_bound_what_is_expected():
    found = density(
        [counted(TOWN), counted(TOWN, report="r2"), counted(REGION), counted(disc(18.0, 0.0, 500.0))], 3
    )
    assert (found["least"] <= found["expected"] + 1e-9).all()
    assert (found["expected"] <= found["most"] + 1e-9).all()
    surest = found.sort_values("expected").iloc[-1]
    assert (surest["least"], surest["reports"]) == (2, 2)


def test_an_event_of_two_weeks_is_partly_in_each():
    found = density([counted(TOWN, "2021-10-08", "2021-10-13")], 4, "week")
    by_week = found.groupby("period")["expected"].sum()
    assert by_week.to_dict() == {"2021-10-04": pytest.approx(0.5), "2021-10-11": pytest.approx(0.5)}
    assert (found["least"] == 0).all()


def test_what_is_not_dated_is_kept_apart():
    found = density(
        [counted(TOWN), counted(TOWN, "2021-10-08"), counted(TOWN, "2020-01-01", "2021-12-31")], 4, "month"
    )
    assert found[found["period"].isna()]["expected"].sum() == pytest.approx(2)
    assert found["expected"].sum() == pytest.approx(3)


def test_the_same_events_give_the_same_table():
    every = [counted(TOWN, "2021-10-08"), counted(REGION, "2021-10-09", "2021-10-20")]
    one, other = density(every, 4, "week"), density(list(reversed(every)), 4, "week")
    assert one.drop(columns="geometry").round(12).equals(other.drop(columns="geometry").round(12))


def test_nothing_gives_an_empty_table_with_its_columns():
    found = density([])
    assert len(found) == 0
    assert {"cell", "expected", "least", "most", "reports", "geometry"} <= set(found.columns)


@pytest.mark.parametrize("resolution", [-1, 16, 2.5, True])
def test_a_resolution_that_is_none_is_refused(resolution):
    with pytest.raises(SettingError, match="from 0 to 15"):
        density([counted(TOWN)], resolution)
    with pytest.raises(SettingError, match="resolution"):
        naive_density([(36.2, 37.1)], resolution)


def test_too_many_cells_are_refused_with_advice():
    with pytest.raises(SettingError, match=r"takes about [\d,]+ cells .*take \d") as refused:
        density([counted(REGION)], 9)
    advised = int(str(refused.value).partition("take ")[2][0])
    assert density([counted(REGION)], min(advised, 5))["expected"].sum() == pytest.approx(1)


def test_by_itself_it_takes_a_resolution_that_can_be_drawn():
    found = density([counted(TOWN)] * 3 + [counted(box(-20, -10, 20, 20))])
    assert len(found) < 8000
    assert found.attrs["resolution"] < 5


class TestLayers:
    def test_a_shape_is_one_layer(self):
        assert [share for share, _ in layers_of(footprint("ring", REGION))] == [1.0]

    def test_of_a_surface_each_contour_has_what_it_holds(self):
        inner = box(-1.0, 18.0, 1.0, 19.0)
        contour = {"coverage": 0.5, "geometry": to_geojson(inner), "area_km2": 1}
        found = layers_of(footprint("surface", REGION, contours=[contour]))
        assert [share for share, _ in found] == pytest.approx([0.5 / 0.9, 0.4 / 0.9])
        assert shapely.intersection(found[0][1], found[1][1]).area == 0
        cells = density([Counted(found, None, frozenset({"r"}))], 5)
        within = cells[cells.geometry.within(inner)]["expected"].sum()
        assert 0.3 < within < 0.5 / 0.9  # but for the cells on its edge
        assert cells["expected"].sum() == pytest.approx(1)

    def test_an_exact_point_is_as_large_as_its_digits_leave_open(self):
        exact = layers_of(footprint("point", shapely.Point(1, 2), uncertainty_m=900.0, lat_lon_is="exact"))
        assert exact[0][1].geom_type == "Polygon"
        bare = layers_of(footprint("point", shapely.Point(1, 2), lat_lon_is="exact"))
        assert bare[0][1].geom_type == "Point"


def test_shares_of_days_make_one():
    for last in ("2024-02-26", "2024-03-01", "2024-12-31"):
        period = Period(date(2024, 2, 26), date.fromisoformat(last))
        for step in ("week", "month"):
            assert sum(shares_of(period, step).values()) == pytest.approx(1)
    assert (
        shares_of(
            Period(date(2020, 1, 1), date.fromordinal(date(2020, 1, 1).toordinal() + LONGEST_DAYS)), "week"
        )
        == {}
    )


def test_weeks_and_months_between_are_listed():
    assert all_labels(["2023-12", "2024-02"], "month") == ["2023-12", "2024-01", "2024-02"]
    assert len(all_labels(["2024-12-30", "2025-01-13"], "week")) == 3
