"""Sensitivity as small multiples: a panel for each setting, and words that do nothing."""

from __future__ import annotations

import pandas as pd
import pytest

import hostile
from standoff import figures
from standoff.errors import SettingError
from standoff.shape_changes import CHANGES
from standoff.tables import frame


def row(parameter: str, step: int, value: str, area: float | None, **more: object) -> dict[str, object]:
    plain = {
        "parameter": parameter, "step": step, "value": value, "baseline": step == 0, "kind": "event", "id": "e1",
        "label": "Air strike", "shape": None if area is None else "ring", "area_km2": area, "inner_m": 10_000.0,
        "outer_m": 20_000.0, "shift_m": 0.0, "overlap": 1.0 if step == 0 else 0.5,
    }  # fmt: skip
    return plain | more


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return frame(list(rows), CHANGES)


TWO = (
    row("coverage", 0, "0.9", 100.0),
    row("coverage", 1, "0.95", 400.0),
    row("near", 0, "unset", 100.0),
    row("near", 1, "5 km", None, overlap=0.0, inner_m=None, outer_m=None),
)


def texts(figure: object) -> list[str]:
    found = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        found += [text.get_text() for text in [*axes.texts, *axes.get_xticklabels()]]
        found.append(axes.get_title(loc="left"))
    return found


def test_each_setting_has_a_panel_with_its_values_in_order():
    drawn = figures.sensitivity(table(*TWO))
    assert [axes.get_title(loc="left") for axes in drawn.axes] == ["coverage", "near"]
    assert [label.get_text() for label in drawn.axes[0].get_xticklabels()] == ["0.9", "0.95"]
    assert drawn.axes[0].lines[-1].get_ydata().tolist() == [100.0, 400.0]


def test_steps_that_were_taken_out_leave_no_gap():
    drawn = figures.sensitivity(table(*TWO).query("not (parameter == 'coverage' and step == 0)"))
    assert drawn.axes[0].get_xticks().tolist() == [0]


def test_where_there_is_no_shape_there_is_a_cross_and_the_words_say_so():
    drawn = figures.sensitivity(table(*TWO))
    crosses = [len(collection.get_offsets()) for collection in drawn.axes[1].collections]
    assert crosses == [1]
    assert "near, event e1: unset: 100; 5 km: no shape" in drawn.description


def test_the_reach_is_drawn_in_km_from_the_nearest_to_the_farthest():
    drawn = figures.sensitivity(table(*TWO), "reach")
    (bars,) = [each for each in drawn.axes[0].collections if hasattr(each, "get_segments")]
    assert bars.get_segments()[0][:, 1].tolist() == [10.0, 20.0]
    assert "10 to 20" in drawn.description


def test_a_wide_spread_is_drawn_on_a_logarithmic_axis():
    near, wide = (
        figures.sensitivity(table(*TWO)),
        [row("coverage", 0, "a", 1.0), row("coverage", 1, "b", 900.0)],
    )
    assert near.axes[0].get_yscale() == "linear"
    assert figures.sensitivity(table(*wide)).axes[0].get_yscale() == "log"


def test_what_nothing_changes_is_named_below_and_six_lines_are_the_most():
    rows = [
        row("coverage", step, str(step), 100.0 + step, id=f"e{n}", overlap=1.0 if step == 0 or n == 9 else 0.1 * n)
        for n in range(1, 10)
        for step in (0, 1)
    ]  # fmt: skip
    drawn = figures.sensitivity(table(*rows))
    said = texts(drawn)
    assert "Changed by none of these: e9" in said
    assert "and 2 more, that change less" in said
    assert sum(text.endswith(": Air strike") for text in said) == 6
    assert "e1: Air strike" in said
    assert "e8: Air strike" not in said


def test_statements_are_drawn_where_there_are_no_events_and_on_demand():
    rows = [*TWO, row("coverage", 0, "0.9", 7.0, kind="zone", id="z1", label="the zone")]
    assert "e1: Air strike" in texts(figures.sensitivity(table(*rows)))
    assert "z1: the zone" in texts(figures.sensitivity(table(*rows), kind="zone"))
    assert "z1: the zone" in texts(figures.sensitivity(table(rows[-1])))


@pytest.mark.parametrize("text", [*hostile.STRINGS, "$x^2$ \\frac{1}{0}", "a\nb\u202e", "x" * 5_000])
def test_hostile_words_are_shown_and_do_nothing(text: str):
    rows = [each | {"label": text, "value": f"{text}{n}"} for n, each in enumerate(TWO)]
    drawn = figures.sensitivity(table(*rows))
    assert drawn._repr_png_().startswith(b"\x89PNG")
    assert not any("\n" in said or "\u202e" in said for said in texts(drawn))


def test_the_same_table_makes_the_same_picture():
    assert figures.sensitivity(table(*TWO))._repr_png_() == figures.sensitivity(table(*TWO))._repr_png_()


def test_what_cannot_be_drawn_is_told():
    with pytest.raises(SettingError, match="show='size' is not one of area"):
        figures.sensitivity(table(*TWO), "size")
    with pytest.raises(SettingError, match="no zone to draw; there are event"):
        figures.sensitivity(table(*TWO), kind="zone")
    with pytest.raises(SettingError, match="there are none"):
        figures.sensitivity(table())
