"""The GeoPackage as GDAL, pandas and SQLite see it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

import records
from standoff import export, tables
from standoff.errors import ExportError
from standoff.model import ReadingRecord, Report

DRAWN, PLAIN = ["footprints", "events", "places"], ["relations", "checks", "report"]


def written(folder: Path, report: Report | None = None, record: ReadingRecord | None = None) -> Path:
    return export.write(report or records.report(), record or records.record(), folder / "reading.gpkg")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("gpkg"))


def test_the_layers_are_there_in_order_with_their_kinds(file: Path) -> None:
    layers = dict(pyogrio.list_layers(file))
    assert list(layers) == [*DRAWN, *PLAIN]
    assert layers == {"footprints": "Unknown", "events": "Unknown", "places": "Point"} | dict.fromkeys(PLAIN)
    for name in DRAWN:
        assert pyogrio.read_info(file, layer=name)["crs"] == "EPSG:4326"
    assert pyogrio.read_info(file, layer="events")["dataset_metadata"] == {"TITLE": "Strikes near At Tanf"}


def test_shapes_are_those_of_the_reading(file: Path) -> None:
    frame = gpd.read_file(file, layer="footprints").set_index("id")
    expected = tables.footprints(records.record()).set_index("id")
    assert list(frame.index) == list(expected.index)
    for name in expected.index:
        assert frame.loc[name, "geometry"].equals(expected.loc[name, "geometry"])
    # Areas are one kind of geometry, so that a GIS does not take a layer apart into three.
    assert set(frame.geometry.geom_type) == {"MultiPolygon", "Point"}
    assert frame.loc["f2", "coverage"] == 0.9
    assert frame.loc["f2", "constraints"] == "inside the zone z1"
    places = gpd.read_file(file, layer="places").set_index("id")
    assert (places.loc["p1"].geometry.x, places.loc["p1"].geometry.y) == (38.61778, 33.50583)


def test_events_have_their_shapes_days_and_whole_numbers(file: Path) -> None:
    frame = gpd.read_file(file, layer="events").set_index("event_id")
    record = records.record()
    assert list(frame.index) == [each.id for each in record.events]
    assert pd.api.types.is_datetime64_any_dtype(frame["date_start"])
    types = dict(
        zip(*(pyogrio.read_info(file, layer="events")[k] for k in ("fields", "ogr_types")), strict=True)
    )
    assert types["date_start"] == types["date_end"] == types["source_date"] == "OFTDate"
    assert types["killed_best"] == "OFTInteger64"
    for event in record.events:
        row = frame.loc[event.id]
        assert (row.geometry is None) == (event.footprint is None)
        assert pd.isna(row["date_start"]) == (event.date_start is None)
        if event.date_start:
            assert row["date_start"].date().isoformat() == event.date_start
        assert row["sentence"] == event.text
        assert pd.isna(row["killed_best"]) or row["killed_best"] == event.killed.best


def test_what_is_less_than_a_day_is_its_first_or_last_day(tmp_path: Path) -> None:
    record = records.record()
    dates = [
        ("2017-06", "2017-06"),
        ("2017", None),
        ("2017-02-30", "soon"),
        (None, None),
        ("2017-06-08",) * 2,
    ]
    events = [
        event.model_copy(update={"date_start": start, "date_end": end})
        for event, (start, end) in zip(record.events, dates, strict=True)
    ]
    frame = gpd.read_file(
        written(tmp_path, record=record.model_copy(update={"events": events})), layer="events"
    )
    shown = (
        frame[["date_start", "date_end"]]
        .apply(lambda days: days.dt.strftime("%Y-%m-%d").fillna(""))
        .values.tolist()
    )
    assert shown == [["2017-06-01", "2017-06-30"], ["2017-01-01", ""], ["", ""], ["", ""], ["2017-06-08"] * 2]


def test_the_report_and_its_settings_are_a_table(file: Path) -> None:
    row = gpd.read_file(file, layer="report").iloc[0]
    assert (row["id"], row["sha256"]) == (records.report().id, records.report().info.sha256)
    assert row["text"] == records.report().text
    assert row["published"].date().isoformat() == "2017-06-08"
    relations = gpd.read_file(file, layer="relations")
    assert list(relations["id"]) == [each.id for each in records.record().relations]


def test_it_is_a_whole_database_that_says_no_time_of_its_own(file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA application_id").fetchone() == (0x47504B47,)  # "GPKG"
        times = {time for (time,) in db.execute("SELECT last_change FROM gpkg_contents")}
        times |= {time for (time,) in db.execute("SELECT timestamp FROM gpkg_metadata_reference")}
        extents = dict(db.execute("SELECT table_name, min_x FROM gpkg_contents"))
    assert times == {"1980-01-01T00:00:00.000Z"}
    assert extents["footprints"] == pytest.approx(-180)  # the shape over the antimeridian


def test_the_time_of_gdal_is_as_it_was_before(tmp_path: Path) -> None:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2001-02-03T00:00:00.000Z"})
    try:
        written(tmp_path)
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == "2001-02-03T00:00:00.000Z"
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    written(tmp_path)
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


def test_an_empty_reading_has_all_layers_with_all_columns(file: Path, tmp_path: Path) -> None:
    empty = written(tmp_path, records.empty_report(), records.empty_record())
    assert dict(pyogrio.list_layers(empty)) == dict(pyogrio.list_layers(file))
    for name in [*DRAWN, *PLAIN]:
        here, there = (pyogrio.read_info(each, layer=name) for each in (empty, file))
        assert list(here["fields"]) == list(there["fields"])
        assert here["features"] == (1 if name == "report" else 0)
        assert list(here["ogr_types"]) == list(there["ogr_types"])


def test_text_is_shown_whole(tmp_path: Path) -> None:
    record = records.record()
    actor = "the\0 army \u202eymra <b> '; DROP TABLE events; --"
    event = record.events[0].model_copy(update={"actor": actor})
    changed = record.model_copy(update={"events": [event, *record.events[1:]]})
    frame = gpd.read_file(written(tmp_path, record=changed), layer="events")
    assert frame.loc[0, "actor"] == "the⟨U+0000⟩ army ⟨U+202E⟩ymra <b> '; DROP TABLE events; --"
    assert len(frame) == len(record.events)


def test_no_room_for_the_temporary_file_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(ExportError, match="temporary file, which cannot be written") as error:
        written(tmp_path)
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_valid_shapes_stay_valid(file: Path) -> None:
    for name in DRAWN:
        shapes = gpd.read_file(file, layer=name).geometry.dropna()
        assert shapely.is_valid(shapes.values).all()
