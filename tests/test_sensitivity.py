"""How much shapes hang on settings: a table with a row for each setting, value and thing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import standoff
from standoff.errors import SettingError
from standoff.gazetteer import Gazetteer
from standoff.ground.coverage import half_last_digit_m, width_of
from standoff.reading import Reading
from standoff.report import report_from_text

RING = "A truck was hit 24 miles from Aleppo on Tuesday."
ZONE = "The coalition keeps a zone of 34 miles around the base at At Tanf."


@pytest.fixture(scope="module")
def places() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def ring(places: Gazetteer) -> Reading:
    return standoff.read_text(RING, gazetteer=places)


@pytest.fixture(scope="module")
def zone(places: Gazetteer) -> Reading:
    return standoff.read_text(ZONE, gazetteer=places)


def of(frame: pd.DataFrame, kind: str) -> pd.DataFrame:
    return frame[frame["kind"] == kind].set_index("value")


def test_a_ring_reaches_as_far_as_the_table_of_widths_says(ring: Reading) -> None:
    found = of(standoff.sensitivity(ring, {"coverage": [0.5, 0.9, 0.95]}), "statement")
    place = next(mention.place for mention in ring.record.places if mention.name == "Aleppo")
    metres = 24 * 1609.344
    for coverage in (0.5, 0.9, 0.95):
        width = width_of("distance", "event", coverage)
        inner, outer = width.band_m(metres, metres, place.extent_m, half_last_digit_m(24, metres, 0))
        row = found.loc[str(coverage)]
        assert row["outer_m"] == pytest.approx(outer, rel=0.003)
        assert row["inner_m"] == pytest.approx(inner, rel=0.003)
    assert found["area_km2"].is_monotonic_increasing


def test_the_baseline_is_flagged_and_is_itself(ring: Reading) -> None:
    found = standoff.sensitivity(ring, {"coverage": [0.5, 0.9]})
    base = found[found["baseline"]]
    assert set(base["value"]) == {"0.9"}
    assert (base["overlap"] == 1).all()
    assert (base["shift_m"] == 0).all()
    assert (found.loc[~found["baseline"], "overlap"] < 1).all()


def test_the_overlap_of_nested_shapes_is_the_smaller_by_the_larger(zone: Reading) -> None:
    found = of(standoff.sensitivity(zone, {"zone_radius": ["34 mi", "34 nm"]}), "zone")
    statute, nautical = found.loc["34 mi"], found.loc["34 nm"]
    assert statute["overlap"] == pytest.approx(1, abs=1e-6)
    assert nautical["overlap"] == pytest.approx(statute["area_km2"] / nautical["area_km2"], rel=1e-4)
    assert nautical["overlap"] == pytest.approx((1609.344 / 1852) ** 2, rel=2e-3)
    assert nautical["outer_m"] == pytest.approx(34 * 1852, rel=1e-4)
    assert nautical["inner_m"] == 0
    assert nautical["shift_m"] < 1


def test_the_own_value_is_put_first_where_it_lacks_and_values_stand_once(zone: Reading) -> None:
    found = of(standoff.sensitivity(zone, {"zone_radius": ["50 km", "20 km", "50 km"]}), "zone")
    assert list(found.index) == ["unset", "50 km", "20 km"]
    assert list(found["step"]) == [0, 1, 2]
    assert list(found["baseline"]) == [True, False, False]


def test_what_has_no_shape_with_a_value_says_why(places: Gazetteer) -> None:
    reading = standoff.read_text("A ship was sunk south of the Falkland Islands.", gazetteer=places)
    found = of(standoff.sensitivity(reading, {"coverage": [0.9, 0.95]}), "event")
    assert found.loc["0.9", "shape"] == "sector" or found.loc["0.9", "area_km2"] > 0
    lost = found.loc["0.95"]
    assert pd.isna(lost["shape"])
    assert pd.isna(lost["area_km2"])
    assert lost["overlap"] == 0
    assert "km" in lost["reason"]


def test_each_setting_is_changed_alone(places: Gazetteer) -> None:
    reading = standoff.read("seeds/at-tanf-2017-06-08.md", gazetteer=places)
    found = standoff.sensitivity(reading, {"zone_radius": ["20 mi"], "coverage": [0.5]})
    alone = standoff.sensitivity(reading, {"coverage": [0.5]})
    of_coverage = found[found["parameter"] == "coverage"].reset_index(drop=True)
    pd.testing.assert_frame_equal(of_coverage, alone)
    zones = found.query("kind == 'zone' and parameter == 'coverage'")
    assert (zones["overlap"] == 1).all()


def test_events_keep_the_ids_of_the_baselines_table(places: Gazetteer) -> None:
    reading = standoff.read("seeds/at-tanf-2017-06-08.md", gazetteer=places)
    events = standoff.sensitivity(reading, {"near": ["5 km"]}).query("kind == 'event' and baseline")
    shapes = reading.events.set_index("event_id")["footprint_id"]
    areas = reading.footprints.set_index("id")["area_km2"]
    assert len(events) == shapes.notna().sum()
    for row in events.itertuples():
        assert row.area_km2 == areas[shapes[row.id]]


def test_a_reading_a_report_and_a_file_give_the_same_table(tmp_path: Path, places: Gazetteer) -> None:
    file = tmp_path / "r.txt"
    file.write_text(RING, encoding="utf-8")
    tried = {"coverage": [0.5]}
    from_file = standoff.sensitivity(file, tried, gazetteer=places)
    from_report = standoff.sensitivity(report_from_text(RING), tried, gazetteer=places)
    from_reading = standoff.sensitivity(standoff.read(file, gazetteer=places), tried)
    pd.testing.assert_frame_equal(from_file, from_report)
    pd.testing.assert_frame_equal(from_file, from_reading)


def test_the_settings_of_a_file_are_the_baseline(tmp_path: Path, places: Gazetteer) -> None:
    found = standoff.sensitivity(
        report_from_text(RING), {"coverage": [0.5, 0.95]}, gazetteer=places, coverage=0.95
    )
    assert set(found.loc[found["baseline"], "value"]) == {"0.95"}


def test_a_point_overlaps_itself_alone(places: Gazetteer) -> None:
    reading = standoff.read_text("The ship sank at 55.4 S, 61.5 W on 2 May.", gazetteer=places)
    found = standoff.sensitivity(reading, {"coverage": [0.5]})
    assert (found["overlap"] == 1).all()
    assert np.isfinite(found["shift_m"]).all()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "no setting to change"),
        ({"covrage": [0.5]}, "unknown setting 'covrage'"),
        ({"coverage": [0.7]}, "0.7 is not one of"),
        ({"zone_radius": ["34 parsnips"]}, "34 parsnips"),
    ],
)
def test_what_cannot_be_tried_is_told(ring: Reading, values: dict[str, list[object]], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        standoff.sensitivity(ring, values)


def test_a_reading_takes_no_settings_beside_its_own(ring: Reading) -> None:
    with pytest.raises(SettingError, match="with_settings"):
        standoff.sensitivity(ring, {"coverage": [0.5]}, near="5 km")


def test_the_gazetteer_that_was_given_stays_open(ring: Reading, places: Gazetteer) -> None:
    standoff.sensitivity(ring, {"coverage": [0.5]}, gazetteer=places)
    assert places.lookup("Aleppo")
