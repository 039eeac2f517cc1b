"""The table of candidates, and reading again with other settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import standoff
from standoff.errors import SettingError
from standoff.gazetteer import Gazetteer
from standoff.maps.cards import label_of
from standoff.model import Footprint
from standoff.reading import Reading
from standoff.tables import CANDIDATES, NONE, dtype_of


@pytest.fixture(scope="module")
def places() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def kivu(places: Gazetteer) -> pd.DataFrame:
    return standoff.read("seeds/north-kivu-2024.md", gazetteer=places).candidates


def test_each_name_has_its_places_and_the_rest_is_for_none(kivu: pd.DataFrame) -> None:
    for _, group in kivu.groupby("mentions"):
        assert group["chosen"].sum() == 1
        assert group["name"].iloc[-1] == NONE
        assert group["probability"].sum() == pytest.approx(1, abs=0.001)


def test_mentions_of_one_name_are_one_group_and_what_refers_to_it_is_none(kivu: pd.DataFrame) -> None:
    goma = kivu[kivu["text"] == "Goma"]
    assert goma["mentions"].nunique() == 1
    assert len(goma["mentions"].iloc[0].split()) == 5
    assert not kivu["text"].isin(["the town", "the city"]).any()


def test_a_name_that_is_not_there_is_none_of_these_with_the_reason(kivu: pd.DataFrame) -> None:
    kibumba = kivu[kivu["text"] == "Kibumba"]
    chosen = kibumba[kibumba["chosen"]].iloc[0]
    assert chosen["name"] == NONE
    assert "not in the gazetteer" in chosen["reason"]
    assert kibumba["reason"].isna().sum() == len(kibumba) - 1
    assert pd.isna(chosen["lat"])


def test_the_columns_are_fixed_also_without_a_row(places: Gazetteer) -> None:
    nothing = standoff.read_text("Nothing happened.", gazetteer=places).candidates
    assert nothing.empty
    assert {name: str(nothing[name].dtype) for name in CANDIDATES} == {
        name: str(dtype_of(kind)) for name, kind in CANDIDATES.items()
    }


def test_a_correction_is_a_candidate_of_probability_one(places: Gazetteer) -> None:
    row = {"text": "Kibumba", "lat": -1.48, "lon": 29.34}
    found = standoff.read("seeds/north-kivu-2024.md", gazetteer=places, overrides=[row]).candidates
    kibumba = found[found["text"] == "Kibumba"]
    assert kibumba.iloc[0]["chosen"]
    assert kibumba["probability"].tolist() == [1.0, 0.0, 0.0]


def test_reading_again_with_other_settings_keeps_all_else(places: Gazetteer, tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    file.write_text("A truck was hit 24 miles from Point Zulu.", encoding="utf-8")
    row = {"text": "Point Zulu", "lat": 33.6, "lon": 38.7}
    reading = standoff.read(file, gazetteer=places, overrides=[row], published="2017-06-08", near="5 km")
    wider = reading.with_settings(coverage=0.95)
    assert wider.settings.coverage == 0.95
    assert wider.settings.near == "5 km"
    assert reading.settings.coverage == 0.9
    assert wider.report == reading.report
    assert wider.gazetteer is places
    assert wider.candidates["gid"].tolist() == reading.candidates["gid"].tolist()
    assert wider.footprints["area_km2"].max() > reading.footprints["area_km2"].max()
    assert wider.with_settings(near=None, coverage=0.9).settings.near is None


def test_a_radius_that_was_set_is_the_one_on_the_label(places: Gazetteer) -> None:
    zone = standoff.read_text(
        "The coalition keeps a zone of 34 miles around the base at At Tanf.", gazetteer=places
    )
    wider = zone.with_settings(zone_radius="34 nm")
    shape = wider.record.zones[0].footprint
    labels = [label_of(each.record, footprint_of(each, shape)) for each in (zone, wider)]
    assert labels == ["Zone · 34 miles", "Zone · 34 nm"]


def footprint_of(reading: Reading, id_: str | None) -> Footprint:
    return next(each for each in reading.record.footprints if each.id == id_)


def test_another_gazetteer_can_be_given_for_reading_again(places: Gazetteer) -> None:
    reading = standoff.read_text("A truck was hit in Aleppo.")
    assert reading.gazetteer is None
    assert reading.with_settings(gazetteer=places).gazetteer is places


def test_a_setting_that_is_none_is_told(places: Gazetteer) -> None:
    reading = standoff.read_text("A truck was hit in Aleppo.", gazetteer=places)
    with pytest.raises(SettingError, match="unknown setting 'covrage'"):
        reading.with_settings(covrage=0.5)


def test_a_statement_too_wide_for_one_coverage_does_not_stop_a_surface(places: Gazetteer) -> None:
    reading = standoff.read("seeds/falklands-1982.md", gazetteer=places, combine="surface")
    shape = reading.footprints.set_index("id").loc[reading.events["footprint_id"].iloc[0]]
    assert shape["shape"] == "surface"
