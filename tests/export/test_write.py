"""Files read back by other programs' readers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import fastkml
import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from lxml import etree

import records
from standoff import export, tables
from standoff.errors import ExportError
from standoff.export.rows import ANCHOR_NOTE, SCHEMA
from standoff.model import ReadingRecord, Report

SUFFIXES = [".geojson", ".kml", ".csv", ".parquet", ".json"]
KML = {"k": "http://www.opengis.net/kml/2.2"}
HOSTILE = '=cmd|]]>"</description><img src=x onerror=alert(1)>\u202e\x0b$[name]'


@pytest.fixture
def written(tmp_path):
    def write(suffix: str, record: ReadingRecord | None = None, report: Report | None = None) -> Path:
        return export.write(
            report or records.report(), record or records.record(), tmp_path / f"reading{suffix}"
        )

    return write


def hostile() -> tuple[Report, ReadingRecord]:
    """Return the hand-made reading with hostile text everywhere that text can be."""
    record, text = records.record(), {"text": HOSTILE}
    event = {
        "type": HOSTILE,
        "actor": HOSTILE,
        "losses": [HOSTILE],
        "attributed_to": [HOSTILE],
        "date_text": HOSTILE,
    }
    place = records.GARRISON.model_copy(update={"name": HOSTILE})
    footprint = {"assumptions": [HOSTILE], "constraints": [HOSTILE]}
    return records.report().model_copy(update={"title": HOSTILE, "url": HOSTILE}), record.model_copy(
        update={
            "places": [each.model_copy(update={"place": place} | text) for each in record.places],
            "relations": [each.model_copy(update=text) for each in record.relations],
            "zones": [each.model_copy(update={"name": HOSTILE} | text) for each in record.zones],
            "events": [each.model_copy(update=event | text) for each in record.events],
            "footprints": [each.model_copy(update=footprint) for each in record.footprints],
        }
    )


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("make", [lambda: (records.report(), records.record()), hostile])
def test_the_same_reading_gives_the_same_bytes(suffix, make, tmp_path):
    report, record = make()
    first = export.write(report, record, tmp_path / f"a{suffix}").read_bytes()
    again = ReadingRecord.model_validate_json(record.model_dump_json())
    assert export.write(report, again, tmp_path / f"b{suffix}").read_bytes() == first


@pytest.mark.parametrize("suffix", [".shp", "", ".html.bak"])
def test_an_unknown_suffix_names_the_known_ones(suffix, tmp_path):
    with pytest.raises(ExportError, match=r"\.geojson, \.kml, \.csv, \.parquet, \.gpkg, \.json") as caught:
        export.write(records.report(), records.record(), tmp_path / f"a{suffix}")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_may_be_in_capitals_and_folders_are_made(tmp_path):
    path = export.write(records.report(), records.record(), tmp_path / "new" / "A.GeoJSON")
    assert json.loads(path.read_text())["type"] == "FeatureCollection"


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="cannot be written") as caught:
        export.write(records.report(), records.record(), tmp_path / "file" / "a.json")
    assert "\n" not in str(caught.value)


def test_geojson_has_a_feature_a_footprint_and_a_place(written):
    data = json.loads(written(".geojson").read_text(encoding="utf-8"))
    features = {each["id"]: each for each in data["features"]}
    assert list(features) == ["f1", "f2", "f3", "f4", "f5", "p1", "p3", "p4", "p5"]
    kinds = [each["properties"]["kind"] for each in data["features"]]
    assert kinds == ["zone", "event", "event", "event", "event", "place", "place", "place", "place"]
    for feature in data["features"]:
        assert list(feature["properties"]) == list(SCHEMA)
    strike = features["f2"]["properties"]
    assert strike["event_type"] == "air strike"
    assert strike["date_start"] == "2017-06-08"
    assert strike["coverage"] == 0.9
    assert strike["constraints"] == ["inside the zone z1"]
    assert records.line("Coalition jets")["text"] in strike["quotes"]
    assert strike["source_url"] == "https://example.org/at-tanf"
    assert features["f4"]["properties"]["claim"] == "denied"
    garrison = features["p1"]
    assert garrison["geometry"] == {"type": "Point", "coordinates": [38.61778, 33.50583]}
    assert garrison["properties"]["note"] == ANCHOR_NOTE
    assert garrison["properties"]["quotes"] == ["At Tanf base", "the garrison"]
    assert garrison["properties"]["uncertainty_m"] == 1500.0


def test_gdal_reads_the_geojson_over_the_antimeridian(written):
    frame = gpd.read_file(written(".geojson")).set_index("id")
    assert len(frame) == 9
    assert frame.geometry.is_valid.all()
    assert frame.loc["f5", "geometry"].geom_type == "MultiPolygon"
    assert frame.total_bounds[0] >= -180
    assert frame.total_bounds[2] <= 180


def test_fastkml_reads_the_kml(written):
    document = fastkml.KML.parse(str(written(".kml"))).features[0]
    folders = {folder.name: list(folder.features) for folder in document.features}
    assert {name: len(marks) for name, marks in folders.items()} == {
        "Zones": 1,
        "Events": 4,
        "Other statements": 0,
        "Places": 4,
    }
    strike = folders["Events"][0]
    assert strike.name == "air strike, 2017-06-08"
    assert "Coalition jets hit a convoy" in strike.description
    assert str(strike.times.begin) == str(strike.times.end) == "2017-06-08"
    data = {each.name: each.value for each in strike.extended_data.elements}
    assert data["coverage"] == "0.9"
    assert data["kind"] == "event"
    assert folders["Events"][2].style_url.url == "#unasserted"
    assert folders["Events"][2].times is None
    styles = {style.id for style in document.styles}
    assert {mark.style_url.url[1:] for marks in folders.values() for mark in marks} <= styles


def test_gdal_reads_the_kml_with_the_same_shapes(written):
    path = written(".kml")
    assert list(pyogrio.list_layers(path)[:, 0]) == ["Zones", "Events", "Other statements", "Places"]
    events = gpd.read_file(path, layer="Events", engine="pyogrio")
    expected = tables.footprints(records.record()).set_index("id")
    for row, name in zip(events.geometry, ["f2", "f3", "f4", "f5"], strict=True):
        assert shapely.force_2d(row).area == pytest.approx(expected.loc[name, "geometry"].area, rel=1e-5)
        assert shapely.is_valid(row)


def test_kml_order_and_coordinates_are_as_the_standard_has_them(written):
    # Element order of OGC KML 2.2's schema; Google Earth drops what comes out of order.
    order = [
        "name",
        "description",
        "TimeSpan",
        "styleUrl",
        "ExtendedData",
        "Point",
        "Polygon",
        "MultiGeometry",
    ]
    tree = etree.parse(str(written(".kml")))
    for mark in tree.iterfind(".//k:Placemark", KML):
        names = [etree.QName(child).localname for child in mark]
        assert names == sorted(names, key=order.index)
    point = tree.find(".//k:Placemark[@id='f3']//k:coordinates", KML)
    assert [float(each) for each in point.text.split(",")[:2]] == [38.7, 33.6]


def test_csv_has_a_row_an_event_and_numbers_are_numbers(written):
    frame = pd.read_csv(written(".csv"))
    assert list(frame.columns) == [*tables.EVENTS, "area_km2", "constraints"]
    assert list(frame["event_id"]) == ["e1", "e2", "e3", "e4", "e5"]
    for name in ("lat", "lon", "distance_m", "coordinate_uncertainty_m", "killed_best", "char_start"):
        assert pd.api.types.is_numeric_dtype(frame[name])
    assert frame.loc[4, "lat"] == pytest.approx(-16.85, abs=0.001)  # a minus is no formula in a number
    shape = shapely.from_wkt(frame.loc[0, "footprint_wkt"])
    assert shape.equals(tables.footprints(records.record()).set_index("id").loc["f2", "geometry"])
    assert frame["footprint_wkt"].isna().to_list() == [False, False, True, False, False]


def test_parquet_has_the_names_of_the_geojson(written):
    frame = gpd.read_parquet(written(".parquet"))
    assert list(frame.columns) == [*SCHEMA, "geometry"]
    assert frame.crs.to_epsg() == 4326
    assert list(frame["id"]) == ["f1", "f2", "f3", "f4", "f5"]
    assert frame.geometry.is_valid.all()


def test_json_is_the_record(written):
    path = written(".json")
    assert ReadingRecord.model_validate_json(path.read_text()) == records.record()
    assert path.read_text().startswith('{\n  "report"')


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_reading_gives_a_valid_empty_file(suffix, written):
    path = written(suffix, records.empty_record(), records.empty_report())
    if suffix == ".geojson":
        assert json.loads(path.read_text()) == {"type": "FeatureCollection", "features": []}
        assert len(gpd.read_file(path)) == 0
    elif suffix == ".kml":
        assert len(gpd.read_file(path, layer="Events")) == 0
        assert fastkml.KML.parse(str(path)).features[0].name == "nothing"
    elif suffix == ".csv":
        assert len(pd.read_csv(path)) == 0
        assert list(pd.read_csv(path).columns)[: len(tables.EVENTS)] == list(tables.EVENTS)
    elif suffix == ".parquet":
        frame = gpd.read_parquet(path)
        assert len(frame) == 0
        assert list(frame.columns) == [*SCHEMA, "geometry"]
    else:
        assert ReadingRecord.model_validate_json(path.read_text()) == records.empty_record()


def test_hostile_text_in_kml_is_text(written):
    report, record = hostile()
    tree = etree.parse(str(written(".kml", record, report)))
    assert {etree.QName(each).namespace for each in tree.iter()} == {KML["k"]}
    names = {mark.text for mark in tree.iterfind(".//k:Placemark/k:name", KML)}
    shown = HOSTILE.replace("\u202e", "⟨U+202E⟩").replace("\x0b", "⟨U+000B⟩")
    assert shown in names
    for description in tree.iterfind(".//k:Placemark/k:description", KML):
        assert "<img" not in description.text
        assert "$[" not in description.text
        assert "&lt;img" in description.text
    for balloon in tree.iterfind(".//k:BalloonStyle/k:text", KML):
        assert balloon.text == "$[description]"
    assert len(gpd.read_file(written(".kml", record, report), layer="Events")) == 4


def test_hostile_text_in_csv_is_no_formula(written):
    report, record = hostile()
    with written(".csv", record, report).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(record.events)
    numbers = 0
    for row in rows:
        for name, cell in row.items():
            if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
                float(cell)  # only a number may begin so
                numbers += 1
                assert tables.EVENTS[name] != tables.TEXT
    assert numbers  # the latitude in Fiji
    assert rows[0]["actor"].startswith("'=cmd|]]>")


@pytest.mark.parametrize("suffix", [".geojson", ".json", ".parquet"])
def test_hostile_text_in_data_comes_back_as_it_was(suffix, written):
    report, record = hostile()
    path = written(suffix, record, report)
    if suffix == ".parquet":
        assert HOSTILE in gpd.read_parquet(path).loc[0, "quotes"]
        return
    raw = path.read_text(encoding="utf-8")
    assert "<" not in raw
    assert "\u202e" not in raw
    data = json.loads(raw)
    if suffix == ".json":
        assert ReadingRecord.model_validate(data) == record
    else:
        assert data["features"][0]["properties"]["quotes"] == [HOSTILE]
