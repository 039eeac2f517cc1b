"""Many reports as one: tables with their reports, what cannot be read, files."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

import standoff
from standoff import Corpus, read_many
from standoff.errors import ExportError, InputError, SettingError
from standoff.gazetteer import Gazetteer
from standoff.report import report_from_text

HIT = "Shells hit a school in Aleppo on Tuesday, killing two people."


def test_tables_are_those_of_the_readings_with_their_report(corpus: Corpus):
    first = corpus.readings["r10"]
    mine = corpus.events[corpus.events["report_id"] == "r10"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine[list(first.events.columns)], first.events)
    for name in ("places", "relations", "measures", "zones", "checks", "footprints"):
        table = getattr(corpus, name)
        assert table.columns[0] == "report_id"
        assert len(table) == sum(len(getattr(reading, name)) for reading in corpus.readings.values())
    assert isinstance(corpus.footprints, gpd.GeoDataFrame)
    assert corpus.footprints.crs == "EPSG:4326"
    standoff.validate_events(corpus.events)


def test_reports_say_what_was_read_in_them(corpus: Corpus):
    assert list(corpus.reports["report_id"]) == list(corpus.readings)
    assert corpus.reports["events"].sum() == len(corpus.events)


def test_what_cannot_be_read_is_told_of_and_stops_nothing(tmp_path):
    (tmp_path / "a.txt").write_text(HIT)
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.7 not text")
    (tmp_path / "c.md").write_text(f"---\npublished: 2016-05-03\n---\n{HIT}")
    (tmp_path / "notes.csv").write_text("no,report")
    found = read_many(tmp_path)
    assert list(found.readings) == ["a", "c"]
    assert [
        (source.rpartition("/")[2], "PDF" in why) for source, why in found.failed.itertuples(index=False)
    ] == [("b.txt", True)]
    assert repr(found) == "<Corpus of 2 reports: 2 events, 1 failed>"


def test_a_bug_in_one_report_does_not_cost_the_others(monkeypatch):
    from standoff import reading

    read_with = reading.read_with

    def sometimes(report, settings, sources):
        if "boom" in report.text:
            msg = "of\nall"
            raise ZeroDivisionError(msg)
        return read_with(report, settings, sources)

    monkeypatch.setattr(reading, "read_with", sometimes)
    found = read_many([report_from_text(text) for text in (HIT, "boom", HIT)])
    assert len(found.readings) == 2
    assert list(found.failed["reason"]) == ["ZeroDivisionError: of all"]


def test_reports_of_one_name_are_told_apart():
    reports = [
        report_from_text(HIT, published=f"2016-05-0{day}").model_copy(update={"id": "kivu"})
        for day in (3, 4, 5)
    ]
    found = read_many(reports)
    assert list(found.readings) == ["kivu", "kivu-2", "kivu-3"]
    assert set(found.events["report_id"]) == set(found.readings)


def test_settings_hold_for_all_and_a_wrong_one_is_refused_at_once():
    report = report_from_text("A truck was hit 24 miles from Aleppo on Tuesday.", published="2016-05-03")
    narrow, wide = (read_many([report], coverage=share).footprints["area_km2"].max() for share in (0.5, 0.95))
    assert narrow < wide
    with pytest.raises(SettingError, match="coverage"):
        read_many([report], coverage=0.7)


def test_corrections_beside_a_report_hold(tmp_path):
    (tmp_path / "one.txt").write_text(HIT)
    (tmp_path / "overrides.csv").write_text("text,lat,lon,note\nAleppo,10,20,test\n")
    found = read_many(tmp_path)
    assert list(found.places["lat"]) == [10.0]
    assert read_many(tmp_path, overrides=False).places["lat"].iloc[0] == pytest.approx(36.2, abs=0.1)


def test_a_folder_without_reports_is_refused(tmp_path):
    with pytest.raises(InputError, match="no report in this folder"):
        read_many(tmp_path)


def test_a_folder_that_is_not_there_is_no_empty_corpus(tmp_path):
    with pytest.raises(InputError, match="there is no such file or folder"):
        read_many(tmp_path / "nope")


def test_a_gazetteer_that_is_given_stays_open():
    with Gazetteer.open() as gazetteer:
        read_many([report_from_text(HIT)], gazetteer=gazetteer)
        assert gazetteer.lookup("Aleppo", 1)


def test_of_nothing_there_are_empty_tables(tmp_path):
    nothing = Corpus([])
    for name in ("reports", "failed", "events", "places", "footprints", "links", "copies"):
        assert len(getattr(nothing, name)) == 0
    assert len(nothing.incidents()) == 0
    assert len(nothing.density()) == 0
    assert nothing.map().get_root().render()
    assert len(nothing.save(tmp_path)) == 10


def test_denied_and_planned_are_not_counted_unless_asked_for(corpus: Corpus):
    asserted = corpus.density(4)
    every = corpus.density(4, claims=("asserted", "denied"))
    assert every["expected"].sum() - asserted["expected"].sum() == pytest.approx(1)
    assert asserted["expected"].sum() == pytest.approx((corpus.events["claim"] == "asserted").sum())


def test_a_selection_of_events_is_counted_alone(corpus: Corpus):
    shelling = corpus.events[corpus.events["event_type"] == "shelling"]
    assert corpus.density(4, events=shelling)["expected"].sum() == pytest.approx(len(shelling))


def test_incidents_are_counted_once(corpus: Corpus):
    found = corpus.density(4, what="incidents")
    assert found["expected"].sum() == pytest.approx(len(corpus.incidents()))
    with pytest.raises(SettingError, match="'events' or 'incidents'"):
        corpus.density(4, what="rumours")
    with pytest.raises(SettingError, match="'week' or 'month'"):
        corpus.density(4, by="day")


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_it_is_written_the_same_each_time(corpus: Corpus, tmp_path, kind):
    one, other = (corpus.save(tmp_path / name, kind) for name in ("one", "other"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    name = f"incidents.{kind}"
    table = (
        gpd.read_parquet(tmp_path / "one" / name)
        if kind == "parquet"
        else pd.read_csv(tmp_path / "one" / name)
    )
    assert len(table) == len(corpus.incidents())


def test_cells_of_a_csv_are_no_formulas(tmp_path):
    hostile = report_from_text(HIT).model_copy(update={"publisher": "=HYPERLINK(0)", "title": "@sum"})
    read_many([hostile]).save(tmp_path, "csv")
    text = (tmp_path / "reports.csv").read_text(encoding="utf-8")
    assert "'=HYPERLINK(0)" in text
    assert '"@sum' not in text


def test_another_kind_of_file_is_refused(corpus: Corpus, tmp_path):
    with pytest.raises(ExportError, match="parquet or csv"):
        corpus.save(tmp_path, "xlsx")
