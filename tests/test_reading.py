"""read(): the stair as a whole, from words to a Reading."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pandas as pd
import pytest
from shapely.geometry import Point, shape

import standoff
from standoff.errors import InputError, SettingError
from standoff.model import ReadingRecord

SEEDS = Path(__file__).parents[1] / "seeds"
TABLES = ("places", "measures", "relations", "zones", "events", "checks")
STRIKE = "A convoy was bombed about 30 km from the Incirlik air base on Tuesday, officials said."


def quoted(record: ReadingRecord, text: str) -> None:
    """Every record that came from text points at its own words."""
    for kind in ("places", "measures", "relations", "events"):
        for item in getattr(record, kind):
            assert text[item.start : item.end] == item.text, (kind, item)
    for relation in record.relations:
        if relation.figure:
            assert text[relation.figure.start : relation.figure.end] == relation.figure.text


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.md")), ids=lambda path: path.stem)
def test_every_seed_reads_with_offsets_and_references_that_hold(seed):
    reading = standoff.read(seed)
    record = reading.record
    quoted(record, reading.report.text)
    places = {p.id for p in record.places}
    relations = {r.id for r in record.relations}
    footprints = {f.id for f in record.footprints}
    zones = {z.id for z in record.zones}
    measures = {m.id for m in record.measures}
    assert all(p.refers_to in places | {None} and p.inside in places | {None} for p in record.places)
    assert all(p.place is not None or p.reason for p in record.places)
    for relation in record.relations:
        assert set(relation.anchors) <= places
        assert relation.measure in measures | {None}
        assert relation.zone in zones | {None}
        assert relation.footprint in footprints or relation.reason
    assert all(zone.footprint in footprints or zone.reason for zone in record.zones)
    for event in record.events:
        assert set(event.relations) <= relations
        assert event.footprint in footprints or event.reason
    for drawn in record.footprints:
        assert shape(drawn.geometry).is_valid
        assert drawn.area_km2 > 0 or drawn.shape == "point"
    assert ReadingRecord.model_validate_json(record.model_dump_json()) == record


def test_the_same_input_gives_the_same_bytes():
    seed = SEEDS / "at-tanf-2017-06-08.md"
    assert standoff.read(seed).record.model_dump_json() == standoff.read(seed).record.model_dump_json()


def test_the_default_seed_shows_the_zone_the_ring_and_the_check():
    record = standoff.read(SEEDS / "at-tanf-2017-06-08.md").record
    (zone,) = record.zones
    assert zone.radius_m == pytest.approx(54_717.696)
    drawn = {f.id: f for f in record.footprints}
    strike = next(e for e in record.events if e.date_start == "2017-06-08")
    assert drawn[strike.footprint].shape == "ring"
    assert [c.ok for c in record.checks if c.kind == "distance and zone"] == [True]


def test_tables_are_frames_and_footprints_are_wgs84():
    reading = standoff.read_text(STRIKE, published="2020-03-05")
    for name in TABLES:
        assert isinstance(getattr(reading, name), pd.DataFrame)
    assert isinstance(reading.footprints, geopandas.GeoDataFrame)
    assert reading.footprints.crs.to_epsg() == 4326
    assert len(reading.events) == 1
    assert reading.events.loc[0, "date_start"] == "2020-03-03"


@pytest.mark.parametrize("suffix", [".html", ".geojson", ".kml", ".csv", ".parquet", ".json"])
def test_save_writes_by_suffix(tmp_path, suffix):
    path = standoff.read_text(STRIKE).save(tmp_path / f"out{suffix}")
    assert path.stat().st_size > 50


def test_a_zone_radius_by_the_analyst_moves_the_zone_and_says_so():
    text = "Rebels declared a 20 km exclusion zone around the Incirlik air base."
    record = standoff.read_text(text, zone_radius="34 mi").record
    (zone,) = record.zones
    assert zone.radius_m == pytest.approx(54_717.696)
    drawn = next(f for f in record.footprints if f.id == zone.footprint)
    assert drawn.settings == ["zone_radius"]
    assert any("34 mi" in text for text in drawn.assumptions)
    assert drawn.area_km2 == pytest.approx(9_405, rel=0.001)


def test_more_coverage_is_a_wider_ring():
    text = STRIKE.replace("30 km", "24 miles")
    areas = [
        standoff.read_text(text, coverage=coverage).footprints["area_km2"].max()
        for coverage in (0.5, 0.9, 0.95)
    ]
    assert areas == sorted(areas)
    assert len(set(areas)) == 3


def test_without_a_date_of_publication_dates_stay_relative_and_say_so():
    (event,) = standoff.read_text(STRIKE).record.events
    assert event.date_start is None
    assert event.date_text == "Tuesday"
    assert "no date of publication" in event.date_basis


def test_a_report_with_no_place_is_an_empty_but_valid_reading(tmp_path):
    reading = standoff.read_text("Nothing happened anywhere, and nobody said when.")
    assert reading.record.places == []
    assert reading.record.footprints == []
    assert reading.footprints.empty
    assert "no place" in reading.save(tmp_path / "empty.html").read_text(encoding="utf-8")
    ReadingRecord.model_validate(json.loads(reading.record.model_dump_json()))


def test_distances_without_an_anchor_draw_nothing():
    record = standoff.read(SEEDS / "weekend-in-brief-2017.md").record
    assert record.footprints == []
    assert not [p for p in record.places if "Jordan" in p.text]
    assert all(
        m.role != "distance" and (m.reason or m.role != "other")
        for m in record.measures
        if m.dimension == "length"
    )


def test_a_place_that_is_not_known_is_null_with_a_reason():
    record = standoff.read_text("A mortar shell landed 12 km from the village of Xqzvbar.").record
    (mention,) = [p for p in record.places if "Xqzvbar" in p.text]
    assert mention.place is None
    assert "not in the gazetteer" in mention.reason
    (relation,) = [r for r in record.relations if r.metres]
    assert relation.footprint is None
    assert relation.reason


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"coverage": 0.6}, "coverage"),
        ({"near": "20 parsecs"}, "near"),
        ({"nonsense": 1}, "nonsense"),
        ({"pipeline": "xx_no_such"}, "xx_no_such"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(settings, words):
    with pytest.raises(SettingError, match=words) as error:
        standoff.read_text(STRIKE, **settings)
    assert "\n" not in str(error.value)


def test_a_position_outside_the_zone_agrees_with_the_words():
    record = standoff.read(SEEDS / "falklands-1982.md").record
    kinds = {check.kind: check.ok for check in record.checks}
    assert kinds["position and zone"] is True
    sinking = next(e for e in record.events if e.type == "sinking")
    drawn = next(f for f in record.footprints if f.id == sinking.footprint)
    assert drawn.lat_lon_is == "exact"
    assert Point(shape(drawn.geometry)).distance(Point(-61.5333, -55.4)) < 0.001


def test_two_statements_that_cannot_both_hold_are_a_failed_check():
    text = "In Lebanon, a village 10 km north of Aleppo was shelled on Monday."
    record = standoff.read_text(text, published="2020-03-05").record
    assert [c.ok for c in record.checks if c.kind == "statements in conflict"] == [False]


def test_the_notebook_view_is_html_with_the_words_marked():
    html = standoff.read_text(STRIKE + " <script>alert(1)</script>")._repr_html_()
    assert "<script>alert(1)</script>" not in html
    assert "Incirlik" in html


@pytest.mark.parametrize(
    "text",
    [
        "A lorry was hit 99999999999999 km from Aleppo.",
        "A zone with a radius of 30,000 km around Aleppo was declared.",
        "A lorry was hit 12000 miles from the border with Iraq.",
        "A ship was hit 3000 km from the coast of Iran.",
        "Everyone within 25,000 km of Aleppo was warned.",
    ],
)
def test_a_length_that_no_shape_can_have_is_no_footprint_and_says_so(text):
    record = standoff.read_text(text).record
    missing = [r.reason for r in (*record.relations, *record.zones) if r.footprint is None]
    assert any("it reaches" in reason and "is not drawn" in reason for reason in missing)
    assert not any("_m " in reason for reason in missing)


@pytest.mark.parametrize(
    "number", ["9" * 400, "1 " + "9" * 5000 + "/3", "9" * 16, "9" * 400 + " to " + "9" * 401]
)
@pytest.mark.parametrize(
    "text",
    [
        "A lorry was hit {} km from Aleppo.",
        "A lorry was hit {} km north of Aleppo (12 miles).",
        "A zone with a radius of {} km around Aleppo was declared, and a lorry was hit inside the zone.",
        "A lorry was hit {} days ago in Aleppo, and {} soldiers were killed.",
    ],
)
def test_a_number_that_is_none_stops_no_reading_and_no_writing(text, number, tmp_path):
    reading = standoff.read_text(text.format(number, number), published="2017-06-08")
    for suffix in (".json", ".geojson", ".csv", ".kml", ".parquet", ".html"):
        reading.save(tmp_path / f"x{suffix}")
    assert "nan" not in json.loads((tmp_path / "x.json").read_text())["checks"].__repr__()
    for event in reading.record.events:
        assert event.footprint or event.reason
        assert event.date_text is None or event.date_start or event.date_basis


def test_a_zero_is_no_missing_anchor():
    (measure,) = standoff.read_text("A lorry was hit 0 km north of Aleppo.").record.measures
    assert "distance of 0" in measure.reason


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("title", 5, "title is text"),
        ("gazetteer", "x", "gazetteer is a Gazetteer"),
        ("homes", 5, "homes is what homes_of returns"),
        ("online", 5, "neither the name of a service"),
        ("max_chars", 0, "max_chars"),
    ],
)
def test_a_wrong_argument_is_an_error_of_one_line(key, value, words):
    with pytest.raises(SettingError, match=words):
        standoff.read_text("A lorry was hit in Aleppo.", **{key: value})


def test_the_limit_of_length_holds_for_text_at_hand_and_can_be_raised():
    with pytest.raises(InputError, match="limit of 5; raise it with max_chars"):
        standoff.read_text("A lorry was hit in Aleppo.", max_chars=5)
    long = "Nothing. " * 12
    assert standoff.read_text(long, max_chars=200).report.text == long
