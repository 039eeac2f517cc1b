"""Maps side by side to one scale, and the figures of how good it is."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from standoff import figures
from standoff.classes import COLOURS, Classes
from standoff.errors import SettingError
from standoff.evaluate import reliability
from standoff.figures.small_multiples import MOST_PANELS


def cells(*rows, by="week", shape=None):
    """Return a density: rows of period and expected."""
    shapes = [shape or box(n, 10, n + 1, 11) for n in range(len(rows))]
    table = {
        "cell": [f"c{n}" for n in range(len(rows))],
        "period": pd.array([r[0] for r in rows], dtype="string"),
    }
    found = gpd.GeoDataFrame(table | {"expected": [r[1] for r in rows]}, geometry=shapes, crs="EPSG:4326")
    found.attrs["by"] = by
    return found


def panels(figure):
    return [axes.get_title(loc="left") for axes in figure.axes]


def numbers(figure):
    return [axes.get_title(loc="right") for axes in figure.axes]


def test_weeks_without_events_are_shown_empty():
    figure = figures.multiples(cells(("2024-03-04", 2.0), ("2024-03-25", 0.5)))
    assert panels(figure) == [
        "2024-03-04 to 03-10", "2024-03-11 to 03-17", "2024-03-18 to 03-24", "2024-03-25 to 03-31",
    ]  # fmt: skip
    assert numbers(figure) == ["2", "none", "none", "0.5"]
    assert "2024-03-11 to 03-17: none" in figure.description


def test_months_and_what_is_not_dated():
    figure = figures.multiples(cells(("2024-01", 2.0), ("2024-02", 1.0), (None, 3.0), by="month"))
    assert panels(figure) == ["2024-01", "2024-02", "not dated"]
    assert numbers(figure)[-1] == "3"


def test_all_maps_have_one_scale_and_one_frame():
    figure = figures.multiples(cells(("2024-03-04", 2.0), ("2024-03-11", 0.02)))
    assert len({axes.get_xlim() + axes.get_ylim() for axes in figure.axes}) == 1
    scale = Classes.of([2.0, 0.02])
    drawn = [axes.collections[-1].get_facecolor()[0] for axes in figure.axes]
    assert [tuple(round(part * 255) for part in colour[:3]) for colour in drawn] == [
        tuple(int(scale.colour(value)[i : i + 2], 16) for i in (1, 3, 5)) for value in (2.0, 0.02)
    ]


def test_it_goes_over_the_antimeridian_in_one_piece():
    found = cells(("2024-03-04", 1.0), ("2024-03-04", 1.0))
    found = found.set_geometry(
        gpd.GeoSeries([box(179, -17, 180, -16), box(-180, -17, -179, -16)], crs="EPSG:4326")
    )
    found.attrs["by"] = "week"
    west, east = figures.multiples(found).axes[0].get_xlim()
    assert east - west < 4


def test_what_has_no_weeks_is_refused():
    with pytest.raises(SettingError, match="by='week'"):
        figures.multiples(cells(("2024-03-04", 1.0)).drop(columns="period"))
    with pytest.raises(SettingError, match=f"at most {MOST_PANELS}"):
        figures.multiples(cells(("2020-01-06", 1.0), ("2024-03-04", 1.0)))


def test_side_by_side_says_what_each_is():
    one, other = cells(("2024-03-04", 2.0)), cells(("2024-03-04", 1.0))
    figure = figures.side_by_side({"spread $x$ \u202e": one, "points": other}, "Twice")
    assert panels(figure) == ["spread $x$ ⟨U+202E⟩", "points"]
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_of_nothing_there_is_a_figure_that_says_so():
    figure = figures.multiples(cells())
    assert "No events" in figure.description
    assert figure._repr_png_()


def test_the_same_cells_give_the_same_picture():
    found = cells(("2024-03-04", 2.0), ("2024-03-11", 0.5))
    assert figures.multiples(found)._repr_png_() == figures.multiples(found)._repr_png_()


class TestClasses:
    def test_each_colour_is_darker_than_the_one_before(self):
        light = [
            sum(int(c[i : i + 2], 16) * w for i, w in ((1, 0.21), (3, 0.72), (5, 0.07))) for c in COLOURS
        ]
        assert light == sorted(light, reverse=True)
        assert all(a - b > 15 for a, b in pairwise(light))

    @pytest.mark.parametrize("values", [[1.0], [0.001, 50.0], [0.3, 0.3], [2, 7], []])
    def test_every_value_has_a_class_a_colour_and_a_label(self, values):
        scale = Classes.of(values)
        assert len(scale.colours) == len(scale.labels) == len(scale) <= len(COLOURS)
        for value in values:
            assert 0 <= scale.number(value) < len(scale)

    def test_larger_is_never_lighter(self):
        scale = Classes.of([0.0001, 9.0])
        numbers = [scale.number(10**-n) for n in range(5)]
        assert numbers == sorted(numbers, reverse=True)
        assert scale.number(0.1) == scale.number(0.2) != scale.number(0.3)


class TestQuality:
    names = pd.DataFrame(
        {
            "kind": ["town", "town", "$a$\u202e"],
            "ours_km": [0.0, 20.0, 20_039.0],
            "baseline_km": [0.0, 5000.0, 20_039.0],
        }
    )

    def test_errors_have_a_panel_for_all_and_one_a_kind(self):
        figure = figures.errors(self.names)
        titles = [axes.get_title(loc="left") for axes in figure.axes if axes.axison]
        assert titles == ["all: 3", "town: 2", "$a$⟨U+202E⟩: 1"]
        assert "all, 3 places within 161 km: ours 0.67, baseline 0.33" in figure.description
        ours = figure.axes[1].get_lines()[1].get_xydata()
        assert ours[0].tolist() == [1.0, 0.5]  # half of the towns within a kilometre
        assert ours[-1][1] == 1.0

    def test_a_name_without_an_answer_is_never_reached(self):
        line = figures.errors(self.names).axes[0].get_lines()[1].get_xydata()
        assert line[:, 1].max() == pytest.approx(2 / 3)

    def test_calibration_shows_each_bin_with_its_number(self):
        table = reliability([0.72, 0.78, 0.95], [True, False, True])
        figure = figures.calibration(table)
        assert [text.get_text() for text in figure.axes[1].texts] == ["2", "1"]
        assert figure.description == "stated 0.75, right 0.50 of 2; stated 0.95, right 1.00 of 1"

    def test_shares_are_sorted_below_the_whole(self):
        table = pd.DataFrame(
            {"share": [0.9, 0.5, 0.8], "low": [0.8, 0.3, 0.7], "high": [1.0, 0.6, 0.9], "of": [10, 20, 30]},
            index=["F1", "losses", "date"],
        )
        figure = figures.shares(table)
        labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
        assert labels == ["F1  (of 10)", "date  (of 30)", "losses  (of 20)"]
        assert figure._repr_png_().startswith(b"\x89PNG")
