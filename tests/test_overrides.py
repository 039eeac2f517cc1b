"""An analyst's corrections: they win over everything, are shown as such, and persist between runs."""

from __future__ import annotations

import json
import os
import warnings
from pathlib import Path

import pandas as pd
import pytest

import hostile
import standoff
from standoff.cli import main
from standoff.errors import InputError, SettingError, StandoffWarning
from standoff.maps.links import sources_of
from standoff.overrides import FILE_NAME, add_row, gather, read_file, remove_row

TEXT = (
    "A convoy was bombed about 30 km from At Tanf base on Tuesday, officials said. "
    "The base was not hit. Fighters left Point Zulu for the city of Aleppo."
)
HERE = {"text": "At Tanf", "lat": 33.6, "lon": 38.7, "note": "seen on imagery"}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "at-tanf-today.md"
    path.write_text(f"---\ntitle: T\npublished: 2017-06-08\n---\n{TEXT}\n", encoding="utf-8")
    return path


def rows_of(folder: Path, text: str) -> Path:
    path = folder / FILE_NAME
    path.write_text(text, encoding="utf-8")
    return path


def named(reading: standoff.Reading, text: str):
    return next(mention for mention in reading.record.places if mention.text == text)


def test_the_file_beside_the_report_wins_over_the_gazetteer(report):
    rows_of(report.parent, "text,lat,lon,note\nAt Tanf,33.6,38.7,seen on imagery\n")
    for reading in (standoff.read(report), standoff.read(report)):  # it persists
        base = named(reading, "At Tanf base")
        assert (base.place.lat, base.place.lon, base.place.country) == (33.6, 38.7, "SY")
        assert base.place.gid == "override:tanf"
        assert base.place.source == base.override == "overrides.csv, line 2: seen on imagery"
        assert base.probability == 1.0
        assert base.reason.startswith(
            "set by overrides.csv, line 2: seen on imagery; without it: At Tanf garrison"
        )
        assert [c.gid for c in base.candidates][:2] == ["override:tanf", "standoff:at-tanf-garrison"]
        assert sum(c.probability for c in base.candidates) == 1.0


def test_what_refers_to_it_and_what_is_measured_from_it_follow(report):
    before, after = standoff.read(report), standoff.read(report, overrides=[HERE])
    follower = named(after, "The base")
    assert (follower.place.lat, follower.override) == (33.6, "overrides, row 1: seen on imagery")
    assert named(before, "The base").override is None
    (old,), (new,) = (
        [f for f in reading.record.footprints if f.shape == "ring"] for reading in (before, after)
    )
    assert new.lat != old.lat


def test_a_name_that_nothing_knows_is_found_where_it_stands(report):
    text = "Later Point Zulu fell silent, officers said."
    found = standoff.read_text(text, overrides=[{"text": "Point Zulu", "lat": 36.0, "lon": 37.5}])
    assert named(found, "Point Zulu").place.lat == 36.0
    quiet = standoff.read_text(
        "At this point zulu warriors sang.", overrides=[{"text": "Point Zulu", "lat": 1, "lon": 2}]
    )
    assert quiet.record.places == []


def test_a_table_a_list_and_a_file_say_the_same(report, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("text;lat;lon;note\nAt Tanf;33,6;38,7;seen on imagery\n", encoding="utf-8-sig")
    given = ([HERE], pd.DataFrame([HERE | {"extent_m": None}, {"text": None}]), file, str(file))
    places = [named(standoff.read(report, overrides=one), "At Tanf base").place for one in given]
    assert {(place.gid, place.lat, place.lon) for place in places} == {("override:tanf", 33.6, 38.7)}


def test_what_is_given_wins_over_the_file_and_false_leaves_it_out(report):
    rows_of(report.parent, "text,lat,lon\nAt Tanf,10,20\nAleppo,36,37\n")
    both = standoff.read(report, overrides=[HERE])
    assert named(both, "At Tanf base").place.lat == 33.6
    assert named(both, "Aleppo").place.gid == "override:aleppo"
    for off in (False, "none"):
        assert {m.override for m in standoff.read(report, overrides=off).record.places} == {None}


def test_no_place_a_place_of_the_gazetteer_and_one_that_is_moved():
    text = (
        "Police in Athens, Georgia, said that all was quiet near Homs. A lorry burnt near Aleppo on Monday."
    )
    aleppo = named(standoff.read_text(text), "Aleppo").place
    rows = [
        {"text": "Homs", "feature": "none", "note": "a surname"},
        {"text": "Athens", "gid": "geonames:264371"},
        {"gid": aleppo.gid, "lat": 36.3, "lon": 37.2, "note": "its centre"},
    ]
    reading = standoff.read_text(text, overrides=rows)
    homs, athens, moved = (named(reading, name) for name in ("Homs", "Athens", "Aleppo"))
    assert homs.place is None
    assert homs.reason.startswith("no place, says overrides, row 1: a surname")
    assert (athens.place.country, athens.place.gid, athens.probability) == ("GR", "geonames:264371", 1.0)
    assert athens.place.source.startswith("overrides, row 2 (GeoNames")
    assert not [source for source in sources_of(reading.record) if "overrides" in source]
    assert any(source.startswith("GeoNames") for source in sources_of(reading.record))
    assert (moved.place.gid, moved.place.lat) == (f"override:{aleppo.gid}", 36.3)
    assert moved.probability < 1  # where it is was set, not that it is the one
    assert moved.reason.startswith("its position is set by overrides, row 3: its centre")


def test_a_place_that_is_struck_out_is_not_taken():
    text = "A lorry burnt near Aleppo on Monday."
    gids = [c.gid for c in named(standoff.read_text(text), "Aleppo").candidates]
    reading = standoff.read_text(text, overrides=[{"gid": gids[0], "feature": "none"}])
    assert gids[0] not in [c.gid for c in named(reading, "Aleppo").candidates]
    reading = standoff.read_text(text, overrides=[{"gid": gid, "feature": "none"} for gid in gids])
    assert named(reading, "Aleppo").place is None
    assert "struck out by overrides, row" in named(reading, "Aleppo").reason


def test_it_informs_the_other_names():
    text = "Police in Springfield met farmers from Athens."
    far = standoff.read_text(text, overrides=[{"text": "Springfield", "lat": 37.99, "lon": 23.6}])
    near = standoff.read_text(text, overrides=[{"text": "Springfield", "lat": 33.9, "lon": -83.4}])
    greek = [
        next((c.probability for c in named(reading, "Athens").candidates if c.gid == "geonames:264371"), 0.0)
        for reading in (far, near)
    ]
    assert greek[0] > greek[1]


def test_the_fuller_name_wins_and_a_row_for_this_report_over_one_for_all(report):
    rows = [
        HERE | {"report": "at-tanf*.md", "lat": 34.0},
        HERE,
        {"text": "Aleppo", "lat": 1, "lon": 2, "report": "another"},
    ]
    reading = standoff.read(report, overrides=rows)
    assert named(reading, "At Tanf base").place.lat == 34.0
    assert named(reading, "Aleppo").override is None
    rows = [{"text": "Tanf base", "lat": 35, "lon": 38}, HERE]
    assert named(standoff.read(report, overrides=rows), "At Tanf base").place.lat == 35


BAD = (
    "text,gid,lat,lon,country\nAt Tanf,,33.6,38.7,SY\nHoms,,95,36,\nHama,,north,36,\n,,1,2,\n"
    '"Two\nlines",,1,,\nRaqqa,,,,\nIdlib,,35.9,36.6,Syria\n\nDaraa,geonames:1,,,\n'
)


def test_bad_rows_are_counted_with_their_lines_and_the_rest_is_used(report):
    rows_of(report.parent, BAD)
    with pytest.warns(StandoffWarning) as caught:
        reading = standoff.read(report)
    told = [str(warning.message) for warning in caught if warning.category is StandoffWarning]
    assert told[0].startswith("overrides.csv: 6 of 8 rows are not used: line 3: lat: ")
    for words in (
        "line 4: lat: ",
        "line 5: it has neither text nor gid",
        "line 6: lon is missing",
        "line 8: lat and",
    ):
        assert words in told[0]
    assert told[0].endswith("; and 1 more")
    assert told[1] == "overrides.csv, line 11 is not used: the gazetteer has no place 'geonames:1'"
    assert named(reading, "At Tanf base").place.lat == 33.6


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"At Tanf,33.6,38.7\n", "first line names no column text or gid"),
        (b"", "first line names no column"),
        ("text,lat,lon\nLibération,1,2\n".encode("latin-1"), "not UTF-8"),
        (b"text,lat,lon\n" + b'"' + b"x" * 200_000 + b'",1,2\n', "not CSV"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_of_one_line(report, content, words):
    path = report.parent / FILE_NAME
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        standoff.read(report)
    with pytest.raises(SettingError, match=words) as error:
        standoff.read_text(TEXT, overrides=path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("given", ["gone.csv", 7, [7], {"text": "x"}, pd.DataFrame({"lat": [1]})])
def test_what_is_no_list_of_corrections_is_a_wrong_setting(given):
    with pytest.raises(SettingError, match="overrides"):
        gather(given)


def test_a_correction_from_the_notebook_is_written_and_read_again(report):
    reading = standoff.read(report)
    newer = reading.override("At Tanf", 33.6, 38.7, note="=1+1")
    assert named(reading, "At Tanf base").override is None
    assert named(newer, "At Tanf base").place.lat == 33.6
    last = newer.override("Aleppo", no_place=True).override("At Tanf", 33.7, 38.7)
    assert (named(last, "At Tanf base").place.lat, named(last, "Aleppo").place) == (33.7, None)
    path = report.parent / FILE_NAME
    assert "'=1+1" in path.read_text(encoding="utf-8")  # no formula for a spreadsheet
    assert [row.note for row in read_file(path).rows] == ["=1+1", None, None]
    again = standoff.read(report)
    assert again.record == last.record


def test_writing_keeps_what_stands_there(tmp_path):
    path = rows_of(tmp_path, 'who;Text;Latitude;Longitude\nme;"a; b";1,5;2\nbroken\n; no end')
    before = path.read_bytes()
    for bad in ({"text": "X", "lat": 99, "lon": 0}, {"lat": 1, "lon": 2}):
        with pytest.raises(SettingError, match="override: "):
            add_row(path, bad)
    assert path.read_bytes() == before
    add_row(path, {"text": 'A "b"; c', "lat": 1.25, "lon": -2.0, "note": "n"})
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "who;Text;Latitude;Longitude;note"
    assert lines[1:4] == before.decode().splitlines()[1:]
    row = read_file(path).rows[-1]
    assert (row.text, row.lat, row.lon, row.note) == ('A "b"; c', 1.25, -2.0, "n")


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("closed", [True, False])
def test_writing_keeps_every_byte_of_a_spreadsheet(tmp_path, bom, end, closed):
    lines = ['"Text";lat;lon;note;"my\nown";name', '"a; b";1,5;2;;,,,,,,;']
    before = (bom + end.join(lines) + (end if closed else "")).encode()
    path = tmp_path / FILE_NAME
    path.write_bytes(before)
    note = f"one{end}two"
    add_row(path, {"text": "X", "lat": 1.25, "lon": 2, "note": note})
    after = path.read_bytes()
    assert after.startswith(before)
    assert after[len(before) :].decode() == ("" if closed else end) + f'X;1.25;2;"{note}";;{end}'
    assert [(row.text, row.lat) for row in read_file(path).rows] == [("a; b", 1.5), ("X", 1.25)]
    add_row(path, {"text": "Y", "lat": 3, "lon": 4, "report": "r"})  # a column more, behind the others
    assert path.read_bytes().startswith((bom + lines[0] + f";report{end}" + lines[1] + end).encode())
    assert [row.report for row in read_file(path).rows] == [None, None, "r"]


@pytest.mark.parametrize("content", ["", "\ufeff", " \r\n"])
def test_writing_into_an_empty_file_names_the_columns(tmp_path, content):
    path = rows_of(tmp_path, content)
    add_row(path, {"text": "X", "lat": 1, "lon": 2})
    assert [row.text for row in read_file(path).rows] == ["X"]
    assert path.read_bytes().startswith(content.strip().encode() + b"text,gid,")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("text,lat,lon\n" + '"' + "x" * 200_000 + '",1,2\n', "it is not CSV"),
        ("x" * 200_000, "it is not CSV"),
        ('text,lat,lon\n"Tanf,1,2\n', "a quote in it is not closed"),
        ("lat,lon\r1,2\r", "names no column text or gid"),
    ],
)
def test_what_cannot_take_a_row_is_left_with_one_line(tmp_path, content, words):
    path = rows_of(tmp_path, content)
    before = path.read_bytes()
    with pytest.raises(InputError, match=words) as error:
        add_row(path, {"text": "X", "lat": 1, "lon": 2})
    assert "\n" not in str(error.value)
    assert path.read_bytes() == before


def test_a_text_without_a_file_asks_for_one(tmp_path):
    reading = standoff.read_text(TEXT)
    with pytest.raises(SettingError, match="give file="):
        reading.override("At Tanf", 33.6, 38.7)
    newer = reading.override("At Tanf", 33.6, 38.7, file=tmp_path / "mine.csv")
    assert named(newer, "At Tanf base").place.lat == 33.6
    with pytest.raises(SettingError, match="unknown column 'notes'"):
        reading.override("At Tanf", 33.6, 38.7, notes="x", file=tmp_path / "mine.csv")


def test_it_is_shown_as_such_everywhere(report, tmp_path):
    rows = [HERE | {"note": hostile.MARKED}]
    reading = standoff.read(report, overrides=rows)
    told = rows[0]["note"]
    page = reading.save(tmp_path / "x.html").read_text(encoding="utf-8")
    assert "Set by the analyst" in page
    shapes = json.loads(reading.save(tmp_path / "x.geojson").read_text(encoding="utf-8"))["features"]
    ring = next(f for f in shapes if f["properties"]["shape"] == "ring")
    point = next(f for f in shapes if f["properties"]["kind"] == "place" and f["properties"]["overrides"])
    assert ring["properties"]["overrides"] == point["properties"]["overrides"] == f"overrides, row 1: {told}"
    assert "overrides, row 1" in reading.save(tmp_path / "x.kml").read_text(encoding="utf-8")
    assert reading.events["anchor_override"].notna().any()
    assert reading.places["override"].notna().sum() == 2


def test_the_command_line_takes_a_file_and_tells_of_bad_rows_once(report, tmp_path, capsys):
    mine = tmp_path / "mine.csv"
    mine.write_text("text,lat,lon,note\nAt Tanf,33.6,38.7,seen\nX,1,999,\n", encoding="utf-8")
    second = report.with_name("b.md")
    second.write_text(TEXT, encoding="utf-8")
    assert main(["read", str(report), str(second), "--overrides", str(mine), "--format", "jsonl"]) == 0
    out, err = capsys.readouterr()
    assert err.count("\n") == 1
    assert err.startswith("standoff: mine.csv: 1 of 2 rows is not used: line 3: lon: ")
    for line in out.splitlines():
        record = json.loads(line)
        assert record["settings"]["overrides"] == "mine.csv"
        assert any(place["override"] == "mine.csv, line 2: seen" for place in record["places"])
    assert main(["read", str(report), "--overrides", str(tmp_path / "gone.csv")]) == 2
    err = capsys.readouterr().err
    assert err.startswith("standoff: setting overrides: ")
    assert "there is no such file" in err
    assert main(["read", str(report), "--overrides", str(mine)]) == 0
    assert "set by mine.csv" in " ".join(capsys.readouterr().out.split())


def test_without_corrections_nothing_is_different(report):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plain = standoff.read(report)
    assert plain.record.settings["overrides"] is None
    assert plain.record == standoff.read(report, overrides=[]).record.model_copy(
        update={"settings": plain.record.settings}
    )


def test_the_example_of_the_documentation_is_read_whole(tmp_path):
    page = (Path(__file__).parents[1] / "docs" / FILE_NAME).with_suffix(".md").read_text(encoding="utf-8")
    example = rows_of(tmp_path, page.split("```csv\n")[1].split("```")[0])
    assert (len(read_file(example).rows), read_file(example).problems) == (6, ())


@pytest.mark.parametrize("kind", ["folder", "dangling link", "pipe"])
def test_what_lies_beside_a_report_under_that_name_and_is_no_file_is_an_error(tmp_path, kind):
    report = tmp_path / "report.txt"
    report.write_text("Shells fell on Homs.")
    beside = tmp_path / "overrides.csv"
    if kind == "folder":
        beside.mkdir()
    elif kind == "dangling link":
        beside.symlink_to(tmp_path / "nowhere.csv")
    else:
        os.mkfifo(beside)
    with pytest.raises(InputError, match=r"overrides\.csv"):
        standoff.read(report)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_row_is_taken_out_and_all_else_stays_byte_for_byte(tmp_path, end, mark):
    head, first, last = "text,lat,lon,note", "Homs,1,2,", "Hama,5,6,'=x"
    middle = f'Tanf,3,4,"two{end}lines"'
    path = tmp_path / "overrides.csv"
    path.write_bytes((mark + end.join([head, first, middle, last])).encode())
    rows = read_file(path).rows
    remove_row(path, rows[1])
    assert path.read_bytes() == (mark + end.join([head, first, last])).encode()
    with pytest.raises(SettingError, match="does not stand there any more"):
        remove_row(path, rows[1])
    with pytest.raises(SettingError, match="does not stand there any more"):
        remove_row(path, rows[2])  # it is another line now
