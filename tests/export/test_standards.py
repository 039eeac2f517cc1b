"""Files held against what their standards say, and the same bytes from another process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import fastkml
import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from fastkml.validator import validate

import map_samples
import records
import standoff
from standoff import export, tables
from standoff.errors import ExportError
from standoff.model import ReadingRecord, Report
from standoff.reading import Reading

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "at-tanf-2017-06-08.md"
NUMBER = re.compile(r"-?\d+\.(\d+)(?:e[+-]?\d+)?")
FORMULA = "=HYPERLINK(0)"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return standoff.read(SEED)


@pytest.fixture(scope="module")
def samples(reading: Reading) -> dict[str, tuple[Report, ReadingRecord]]:
    return {
        "read": (reading.report, reading.record),
        "by hand": (records.report(), records.record()),
        "antimeridian": map_samples.over_antimeridian(),
        "empty": (records.empty_report(), records.empty_record()),
    }


SAMPLES = ["read", "by hand", "antimeridian", "empty"]


def positions(value: Any) -> Iterator[list[float]]:
    if value and isinstance(value[0], float):
        yield value
    else:
        for part in value:
            yield from positions(part)


def rings(geometry: dict[str, Any]) -> Iterator[tuple[int, list[list[float]]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from enumerate(polygon)


@pytest.mark.parametrize("name", SAMPLES)
def test_geojson_is_as_rfc_7946_has_it(samples: dict[str, Any], name: str, tmp_path: Path) -> None:
    raw = export.write(*samples[name], tmp_path / "a.geojson").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    data = json.loads(raw.decode("utf-8"))
    assert set(data) == {"type", "features"}  # no crs (section 4), no bbox that could be wrong (section 5)
    areas = 0
    for feature in data["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        geometry = feature["geometry"]
        assert set(geometry) == {"type", "coordinates"}
        for lon, lat in positions(geometry["coordinates"]):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert (round(lon, 7), round(lat, 7)) == (lon, lat)
        if geometry["type"] not in ("Polygon", "MultiPolygon"):
            continue
        for number, ring in rings(geometry):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            # Section 3.1.6: exteriors counter-clockwise, holes clockwise.
            assert shapely.LinearRing(ring).is_ccw == (number == 0)
            # Section 3.1.9: cut at the antimeridian, so no side runs round the world.
            assert max(abs(one[0] - other[0]) for one, other in pairwise(ring)) < 180
            areas += 1
    assert areas or name == "empty"


def test_geojson_over_the_antimeridian_is_cut_there(samples: dict[str, Any], tmp_path: Path) -> None:
    data = json.loads(export.write(*samples["antimeridian"], tmp_path / "a.geojson").read_text())
    cut = [each["geometry"] for each in data["features"] if each["geometry"]["type"] == "MultiPolygon"]
    assert cut
    for geometry in cut:
        lons = [lon for lon, _ in positions(geometry["coordinates"])]
        assert (min(lons), max(lons)) == (-180.0, 180.0)


@pytest.mark.parametrize("name", SAMPLES)
def test_kml_is_valid_by_the_schema_of_the_ogc(samples: dict[str, Any], name: str, tmp_path: Path) -> None:
    assert validate(file_to_validate=export.write(*samples[name], tmp_path / "a.kml")) is True


def test_kml_with_time_quotes_and_styles_is_read_back(reading: Reading, tmp_path: Path) -> None:
    path = reading.save(tmp_path / "a.kml")
    document = fastkml.KML.parse(str(path), strict=True, validate=True).features[0]
    styles = {style.id: style for style in document.styles}
    folders = {folder.name: list(folder.features) for folder in document.features}
    record = reading.record
    drawn = {event.footprint: event for event in record.events if event.footprint}
    marks = {mark.id: mark for marks in folders.values() for mark in marks}
    assert drawn
    for footprint, event in drawn.items():
        mark = marks[footprint]
        if event.date_start and mark in folders["Events"]:
            assert str(mark.times.begin) == event.date_start
            assert str(mark.times.end) == event.date_end
        assert mark.style_url.url[1:] in styles
        assert "<blockquote>" in mark.description
    frame = gpd.read_file(path, layer="Events", engine="pyogrio")
    assert list(frame["id"]) == [mark.id for mark in folders["Events"]]
    assert frame["begin"].notna().any()
    assert list(pyogrio.list_layers(path)[:, 0]) == ["Zones", "Events", "Other statements", "Places"]


def test_each_event_of_a_shape_is_in_the_file_and_a_zone_has_its_time(tmp_path: Path) -> None:
    record = records.record()
    zone = record.zones[0].model_copy(update={"valid_from": "2017-05", "valid_to": None})
    events = [each.model_copy(update={"footprint": "f1"}) for each in record.events[:2]]
    record = record.model_copy(update={"zones": [zone], "events": [*events, *record.events[2:]]})
    data = json.loads(export.write(records.report(), record, tmp_path / "a.geojson").read_text())
    shown = {each["id"]: each for each in data["features"]}
    assert list(shown)[:3] == ["f1", "f1.e1", "f1.e2"]
    assert [shown[name]["properties"]["kind"] for name in ("f1", "f1.e1", "f1.e2")] == [
        "zone",
        "event",
        "event",
    ]
    assert shown["f1.e2"]["properties"]["event_id"] == "e2"
    assert shown["f1"]["geometry"] == shown["f1.e2"]["geometry"]
    path = export.write(records.report(), record, tmp_path / "a.kml")
    assert validate(file_to_validate=path) is True
    document = fastkml.KML.parse(str(path)).features[0]
    zones, happened = (list(folder.features) for folder in document.features[:2])
    assert (str(zones[0].times.begin), zones[0].times.end) == ("2017-05", None)
    assert [mark.id for mark in happened][:2] == ["f1.e1", "f1.e2"]
    assert str(happened[0].times.begin) == "2017-06-08"


def test_csv_is_read_back_by_pandas(reading: Reading, tmp_path: Path) -> None:
    table = reading.events
    for bom in (False, True):
        path = reading.save(tmp_path / "a.csv", bom=bom)
        assert path.read_bytes().startswith(b"\xef\xbb\xbf") == bom
        back = pd.read_csv(path, dtype=tables.EVENTS, encoding="utf-8-sig" if bom else "utf-8")
        assert list(back.columns)[: len(tables.EVENTS)] == list(tables.EVENTS)
        assert len(back) == len(table)
        for name, kind in tables.EVENTS.items():
            if kind == tables.TEXT:  # a mark before what would be a formula, and nothing else
                plain = back[name].str.replace(r"^'(?=\s*[=+@-])", "", regex=True)
                assert plain.fillna("").tolist() == table[name].fillna("").tolist()
            else:
                pd.testing.assert_series_equal(back[name], table[name])
        for event, cell in zip(reading.record.events, back["footprint_wkt"], strict=True):
            assert pd.isna(cell) == (event.footprint is None)
            assert pd.isna(cell) or shapely.from_wkt(cell).is_valid


def test_only_csv_has_a_byte_order_mark(reading: Reading, tmp_path: Path) -> None:
    for suffix in (".geojson", ".kml", ".json", ".zip"):
        with pytest.raises(ExportError, match="byte order mark"):
            reading.save(tmp_path / f"a{suffix}", bom=True)
    assert list(tmp_path.iterdir()) == []
    assert reading.save(tmp_path / "a.events.csv", bom=True).read_bytes().count(b"\xef\xbb\xbf") == 1


# Texts that no report, gazetteer or analyst writes: words of a fixed list, dates, ids that Standoff counts up.
NOT_FREE = set(
    "event_id date_start date_end date_precision actor_role footprint_shape footprint_wkt lat_lon_is relation"
    " relation_claim claim source_date source_reliability info_credibility extractor_version review_status"
    " footprint_id same_as follows corrected time_start time_end".split()
)


def full_of_formulas() -> tuple[Report, ReadingRecord]:
    """Return a reading of one event with a formula in every text that somebody writes."""
    record = records.record()
    report = records.report().model_copy(update={"id": FORMULA, "url": FORMULA, "title": FORMULA})
    place = {"place": records.GARRISON.model_copy(update=dict.fromkeys(("gid", "name", "source"), FORMULA))}
    mention = record.places[0].model_copy(update=place | {"override": FORMULA, "text": FORMULA})
    measure = record.measures[0].model_copy(update={"hedge": FORMULA, "unit": FORMULA})
    relation = record.relations[0].model_copy(update={"text": FORMULA})
    footprint = record.footprints[1].model_copy(update={"constraints": [FORMULA], "assumptions": [FORMULA]})
    texts = (
        "type sub_type trigger text date_text date_basis actor target weapon casualty_claimant series reason"
    )
    lists = ("losses", "attributed_to", "quotes")
    event = record.events[0].model_copy(
        update=dict.fromkeys([*texts.split(), "time_zone", "override"], FORMULA)
        | {name: [FORMULA] for name in lists}
    )
    codes = {"type": FORMULA, "acled_event_type": FORMULA, "plover": FORMULA}
    return report, record.model_copy(
        update={
            "places": [mention], "measures": [measure], "relations": [relation], "footprints": [footprint],
            "events": [event], "zones": [], "settings": {"event_codes": [codes]},
        }
    )  # fmt: skip


def test_no_column_of_the_csv_can_hold_a_formula(tmp_path: Path) -> None:
    report, record = full_of_formulas()
    assert tables.events(record, report).loc[0, "actor"] == FORMULA
    path = export.write(report, record, tmp_path / "a.csv")
    row = pd.read_csv(path, dtype=str).iloc[0].dropna()
    texts = {name for name, kind in tables.EVENTS.items() if kind == tables.TEXT} | {"constraints"}
    assert {name for name, cell in row.items() if FORMULA in cell} == texts - NOT_FREE
    assert {
        name for name, cell in row.items() if FORMULA in cell and not cell.startswith(f"'{FORMULA}")
    } == set()


WRITE_ALL = """
import hashlib, sys
from pathlib import Path
import records
from standoff.reading import Reading
from standoff.saving import WRITERS

reading = Reading(records.report(), records.record())
for suffix in WRITERS:
    file = reading.save(Path(sys.argv[1], f"a{suffix}"))
    print(suffix, hashlib.sha256(file.read_bytes()).hexdigest())
"""


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for seed in ("1", "77"):
        (tmp_path / seed).mkdir()
        path = os.pathsep.join([str(ROOT / "tests"), *filter(None, sys.path)])
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path, "TZ": f"UTC+{seed[0]}"}
        done = subprocess.run(
            [sys.executable, "-c", WRITE_ALL, str(tmp_path / seed)],
            env=environment, cwd=tmp_path / seed, capture_output=True, text=True, check=True, timeout=300,
        )  # fmt: skip
        found.append(done.stdout.splitlines())
    assert found[0] == found[1]
    assert len(found[0]) >= 13
