"""What names may mean, as bars beside a map."""

from __future__ import annotations

import pandas as pd
import pytest

import hostile
from standoff import figures
from standoff.errors import SettingError
from standoff.tables import CANDIDATES, NONE, frame


def row(name: str, probability: float, lat: float | None = None, lon: float | None = None, **more: object):
    plain = {"mentions": "p1", "text": "Tripoli", "name": name, "probability": probability, "chosen": False}
    return plain | {"lat": lat, "lon": lon, "country": None, "feature": "city"} | more


TRIPOLI = [
    row("Tripoli", 0.63, 32.9, 13.2, country="LY", chosen=True, reason="the likeliest"),
    row("Tripoli", 0.17, 34.4, 35.8, country="LB"),
    row("Tripoli", 0.004, 48.9, -99.6, country="US"),
    row(NONE, 0.196, feature=None),
]


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return frame(list(rows), CANDIDATES)


def texts(figure: object) -> list[str]:
    return [text.get_text() for part in (figure, *figure.axes) for text in part.texts]


def test_each_candidate_has_its_bar_and_its_number_on_the_map():
    drawn = figures.candidates(table(*TRIPOLI))
    bars, chart = drawn.axes
    assert [bar.get_width() for bar in bars.patches] == [0.63, 0.17, 0.004, 0.196]
    said = texts(drawn)
    assert {"“Tripoli”", "1 Tripoli, LY, city", "2 Tripoli, LB, city", NONE, "the likeliest"} <= set(said)
    assert {"63 %", "17 %", "< 1 %", "20 %"} <= set(said)
    assert "1 Tripoli" in [text.get_text() for text in chart.texts]


def test_the_map_holds_the_likely_ones_and_not_a_stray_one():
    _, chart = figures.candidates(table(*TRIPOLI)).axes
    (west, east), (south, north) = chart.get_xlim(), chart.get_ylim()
    assert west < 13.2 < 35.8 < east
    assert south < 32.9 < 34.4 < north
    assert west > -99


def test_the_map_goes_over_the_antimeridian():
    fiji = [row("Fiji", 0.6, -17.0, 178.0, chosen=True), row("Fiji", 0.4, -18.0, -178.0)]
    _, chart = figures.candidates(table(*fiji)).axes
    assert chart.get_xlim()[1] - chart.get_xlim()[0] < 60
    spots = [tuple(offset) for each in chart.collections for offset in each.get_offsets()]
    assert (182.0, -18.0) in spots


def test_names_stand_one_under_the_other_and_without_a_place_there_is_no_map():
    none = row(
        NONE, 1.0, chosen=True, reason="'Kitshanga' is not in the gazetteer", mentions="p2", text="Kitshanga"
    )
    drawn = figures.candidates(table(*TRIPOLI, none))
    assert len(drawn.axes) == 3
    assert "Kitshanga: none of these 100 % (taken)" in drawn.description
    assert "Tripoli, LB, city 17 %" in drawn.description


def test_six_names_are_the_most_and_the_others_are_told():
    rows = [row("A", 1.0, 1.0, 2.0, chosen=True, mentions=f"p{n}", text=f"A{n}") for n in range(9)]
    assert any("3 more names are not shown" in said for said in texts(figures.candidates(table(*rows))))


@pytest.mark.parametrize("text", [*hostile.STRINGS, "$x^2$", "a\nb\u202e", "x" * 5_000])
def test_hostile_words_are_shown_and_do_nothing(text: str):
    drawn = figures.candidates(
        table(row(text, 0.7, 1.0, 2.0, text=text, reason=text, country="ZZ", chosen=True))
    )
    assert drawn._repr_png_().startswith(b"\x89PNG")
    assert not any("\n" in said or "\u202e" in said for said in texts(drawn))


def test_the_same_table_makes_the_same_picture():
    first, second = (figures.candidates(table(*TRIPOLI))._repr_png_() for _ in range(2))
    assert first == second


def test_without_a_name_it_is_told():
    with pytest.raises(SettingError, match="no name to draw"):
        figures.candidates(table())
