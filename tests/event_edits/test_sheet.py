"""The table to edit: what stands in it, what spreadsheets make of it, and that no edit is lost when it is written again."""

from __future__ import annotations

import csv
import io
import json
import warnings
from pathlib import Path

import pytest

import standoff
from standoff.cli import main
from standoff.errors import ExportError
from standoff.event_edits.sheet import COLUMNS

BOMBED = "A convoy was bombed about 30 km from At Tanf base on Tuesday, killing 4 people, officials said."
SHELLED = "The army shelled a village near Homs on Monday, wounding two."
TEXT = f"{BOMBED} {SHELLED}"


@pytest.fixture
def report(tmp_path) -> Path:
    return written(tmp_path / "r.md", TEXT)


def written(path: Path, text: str) -> Path:
    path.write_text(f"---\ntitle: T\npublished: 2017-06-08\n---\n{text}\n", encoding="utf-8")
    return path


@pytest.fixture
def sheet(report) -> Path:
    return quiet(report).save(report.with_name("r.events.csv"))


def quiet(path: Path, **given) -> standoff.Reading:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return standoff.read(path, **given)


def table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def put(path: Path, rows: list[dict[str, str]], *, delimiter=",", bom="\ufeff", end="\r\n") -> None:
    stream = io.StringIO(newline="")
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(stream, names, delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(bom + stream.getvalue(), encoding="utf-8", newline="")


def by_trigger(reading: standoff.Reading) -> dict:
    return {event.trigger: event for event in reading.record.events}


def test_it_has_the_columns_of_the_export_but_the_shape_and_what_was_read(sheet):
    rows = table(sheet)
    assert tuple(rows[0]) == COLUMNS
    assert "footprint_wkt" not in COLUMNS
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    machine = json.loads(rows[0]["machine"])
    assert machine["killed_best"] == rows[0]["killed_best"] == "4"
    assert all(len(cell) < 32_767 for row in rows for cell in row.values())  # what Excel can hold


def test_written_again_it_is_the_same_byte_for_byte(report, sheet):
    before = sheet.read_bytes()
    assert quiet(report).save(sheet).read_bytes() == before


def as_german_excel(rows):
    for row in rows:
        for name in ("date_start", "date_end", "source_date"):
            if row[name]:
                year, month, day = row[name].split("-")
                row[name] = f"{day}.{month}.{year}"
        for name in ("lat", "lon", "coordinate_uncertainty_m", "distance_m", "coverage"):
            row[name] = row[name].replace(".", ",")
    return {"delimiter": ";"}


def as_american_excel(rows):
    for row in rows:
        for name in ("date_start", "date_end", "source_date"):
            if row[name]:
                year, month, day = row[name].split("-")
                row[name] = f"{int(month)}/{int(day)}/{year}"
        row["lat"] = f"{float(row['lat']):.9f}"
        row["killed_low"] += ".0" if row["killed_low"] else ""
    return {}


@pytest.mark.parametrize("habit", [as_german_excel, as_american_excel])
def test_what_a_spreadsheet_writes_otherwise_is_no_edit(report, sheet, habit):
    rows = table(sheet)
    options = habit(rows)
    put(sheet, rows, **options)
    after = quiet(report)
    assert [(event.review_status, event.corrected) for event in after.record.events] == [
        ("unreviewed", [])
    ] * 2


def test_an_edit_made_in_such_a_spreadsheet_is_one(report, sheet):
    rows = table(sheet)
    options = as_german_excel(rows)
    rows[1] |= {
        "lat": "34,9",
        "lon": "36,8",
        "date_start": "01.06.2017",
        "actor": "die Armee",
        "my notes": "ja",
    }
    put(sheet, rows, **options)
    found = by_trigger(quiet(report))["shelled"]
    shape = next(f for f in quiet(report).record.footprints if f.id == found.footprint)
    assert (shape.lat, shape.lon, found.date_start, found.actor) == (34.9, 36.8, "2017-06-01", "die Armee")
    quiet(report).save(sheet)
    again = table(sheet, ";")
    assert (again[1]["lat"], again[1]["my notes"]) == ("34,9", "ja")
    assert by_trigger(quiet(report))["shelled"].corrected == found.corrected


def test_dates_with_strokes_are_read_as_the_file_has_them_and_else_not_guessed(report, sheet):
    rows = table(sheet)
    as_american_excel(rows)  # Tuesday is 6/6/2017, Monday 6/5/2017: that tells
    rows[0]["date_start"] = "6/7/2017"
    put(sheet, rows)
    assert by_trigger(quiet(report))["bombed"].date_start == "2017-06-07"
    with pytest.warns(
        standoff.errors.StandoffWarning, match=r"6/7/2017 is 2017-07-06 or 2017-06-07; write it like that"
    ):
        standoff.read(report, event_edits=[{"trigger": "bombed", "date_start": "6/7/2017"}])


def test_formulas_are_defused_and_come_back_as_they_were(report, sheet):
    for text in ("=1+1", "@cmd", "-2", "+3", "\t=x", "'=kept"):
        rows = table(sheet)
        rows[0]["actor"] = f"'{text}" if text.startswith("'") else text
        put(sheet, rows)
        first = by_trigger(quiet(report))["bombed"].actor
        quiet(report).save(sheet)
        assert table(sheet)[0]["actor"][:1] not in "=@-+"
        assert by_trigger(quiet(report))["bombed"].actor == first, text


def test_edits_notes_rows_of_ones_own_and_of_other_reports_stay(report, sheet):
    rows = table(sheet)
    rows[0] |= {"actor": "the air force", "notes": "call the desk"}
    rows[1]["review_status"] = "rejected"
    added = {
        "review_status": "added",
        "event_type": "clash",
        "date_start": "2017-06-07",
        "notes": "heard of it",
    }
    other = {"report_id": "another", "trigger": "hit", "actor": "x"}
    put(sheet, [*rows, added, other])
    # `r.events.csv` is the report's own: a row of another report in it would be taken for one of it.
    desk = sheet.rename(sheet.with_name("desk.events.csv"))
    for _ in range(2):
        reading = quiet(report, event_edits=desk)
        assert [event.review_status for event in reading.record.events] == ["corrected", "added"]
        reading.save(desk)
        again = table(desk)
        assert [row["actor"] for row in again if row["trigger"]] == ["the air force", "The army", "x"]
        assert [row["review_status"] for row in again] == ["corrected", "rejected", "added", ""]
        assert [row["notes"] for row in again] == ["call the desk", "", "heard of it", ""]


def test_a_file_that_was_not_read_is_not_emptied_of_its_edits(report, sheet, tmp_path):
    rows = table(sheet)
    rows[0] |= {"actor": "the air force", "killed_best": "nonsense"}
    put(sheet, rows)
    reading = standoff.read(report, event_edits=False)
    assert by_trigger(reading)["bombed"].actor is None
    reading.save(sheet)
    assert (table(sheet)[0]["actor"], table(sheet)[0]["killed_best"]) == ("the air force", "nonsense")


def test_a_row_by_hand_becomes_a_whole_one(report):
    sheet = report.with_name("r.events.csv")
    put(sheet, [{"trigger": "shelled", "actor": "rebels", "note": "n"}])
    quiet(report).save(sheet)
    rows = table(sheet)
    assert [row["trigger"] for row in rows] == ["bombed", "shelled"]
    assert (rows[1]["actor"], rows[1]["note"]) == ("rebels", "n")
    assert json.loads(rows[1]["machine"])["actor"] == "The army"
    assert by_trigger(quiet(report))["shelled"].corrected == ["actor"]


def test_edits_follow_a_report_that_was_renamed(report, sheet):
    rows = table(sheet)
    rows[0]["actor"] = "the air force"
    put(sheet, rows)
    moved = report.rename(report.with_name("Other name.md"))
    mine = sheet.rename(report.with_name("Other name.events.csv"))
    quiet(moved).save(mine)
    assert by_trigger(quiet(moved))["bombed"].actor == "the air force"
    assert [row["report_id"] for row in table(mine)] == ["other-name"] * 2


def test_events_added_by_a_place_stay_there(report):
    given = [{"event_type": "clash", "anchor_name": "Homs", "review_status": "added"}]
    sheet = quiet(report, event_edits=given).save(report.with_name("r.events.csv"))
    row = table(sheet)[-1]
    assert (row["review_status"], row["anchor_name"], row["lat"], row["machine"]) == ("added", "Homs", "", "")
    for _ in range(2):
        reading = quiet(report)
        last = reading.record.events[-1]
        assert (len(reading.record.events), last.type, last.review_status) == (3, "clash", "added")
        assert last.footprint
        reading.save(sheet)


def test_a_place_set_by_hand_stays_what_it_is(report, sheet):
    rows = table(sheet)
    rows[1] |= {"lat": "34.9"}
    put(sheet, rows)
    first = quiet(report)
    first.save(sheet)
    assert quiet(report).record.events == first.record.events
    assert quiet(report).record.footprints == first.record.footprints


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a,b\n1,2\n"])
def test_a_file_that_is_no_table_of_edits_is_not_written_over(report, data):
    path = report.with_name("x.events.csv")
    path.write_bytes(data)
    with pytest.raises(ExportError, match="move it away"):
        standoff.read(report).save(path)
    assert path.read_bytes() == data


def test_the_command_line_writes_it_and_keeps_what_was_edited(report, tmp_path, capsys):
    sheet = report.with_name("r.events.csv")
    assert main(["export", str(report), "-o", str(sheet)]) == 0
    rows = table(sheet)
    rows[0]["actor"] = "the air force"
    put(sheet, rows)
    assert main(["export", str(report), "-o", str(sheet)]) == 0
    assert table(sheet)[0]["actor"] == "the air force"
    assert main(["export", str(report), "--to", "events.csv,geojson", "-o", str(tmp_path / "out")]) == 0
    assert table(tmp_path / "out" / "r.events.csv")[0]["actor"] == "the air force"
    assert capsys.readouterr().err == ""


def test_a_report_without_events_has_an_empty_table(tmp_path):
    report = written(tmp_path / "r.md", "It rained in Homs.")
    sheet = quiet(report).save(tmp_path / "r.events.csv")
    assert table(sheet) == []
    assert len(quiet(report).events) == 0
    assert quiet(report).save(sheet) == sheet
