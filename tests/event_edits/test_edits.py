"""An analyst's edits to events: they win, are marked, and survive a report or a reading that changed a little."""

from __future__ import annotations

import csv
import io
import warnings
from pathlib import Path

import pandas as pd
import pytest

import hostile
import standoff
from standoff.cli import main
from standoff.errors import ExportError, InputError, SettingError, StandoffWarning
from standoff.summary import summary

BOMBED = "A convoy was bombed about 30 km from At Tanf base on Tuesday, killing 4 people, officials said."
SHELLED = "The army shelled a village near Homs on Monday, wounding two."
ATTACKED = "Gunmen attacked a post 5 km north of Palmyra on Wednesday."
TEXT = f"{BOMBED} {SHELLED} {ATTACKED}"


def write_report(folder: Path, text: str = TEXT, name: str = "r.md") -> Path:
    path = folder / name
    path.write_text(f"---\ntitle: T\npublished: 2017-06-08\n---\n{text}\n", encoding="utf-8")
    return path


@pytest.fixture
def report(tmp_path):
    return write_report(tmp_path)


@pytest.fixture
def sheet(report):
    """Return the table to edit, as the machine writes it."""
    return standoff.read(report).save(report.with_name("r.events.csv"))


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def put(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)


def edit(path: Path, trigger: str, **cells: str) -> None:
    rows = rows_of(path)
    next(row for row in rows if row["trigger"] == trigger).update(cells)
    put(path, rows)


def event(reading: standoff.Reading, trigger: str):
    return next(each for each in reading.record.events if each.trigger == trigger)


def footprint(reading: standoff.Reading, trigger: str):
    name = event(reading, trigger).footprint
    return next(each for each in reading.record.footprints if each.id == name)


def quiet(path, **given) -> standoff.Reading:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return standoff.read(path, **given)


def told(path, **given) -> tuple[standoff.Reading, str]:
    with pytest.warns(StandoffWarning) as caught:
        reading = standoff.read(path, **given)
    messages = [str(each.message) for each in caught if each.category is StandoffWarning]
    assert all("\n" not in message for message in messages)
    return reading, " ".join(messages)


def test_a_table_nobody_touched_changes_nothing(report, sheet):
    before, after = standoff.read(report, event_edits=False), quiet(report)
    assert after.record.events == before.record.events
    assert after.record.footprints == before.record.footprints
    assert after.record.settings["event_edits"] == "r.events.csv"


def test_a_cell_set_by_hand_wins_is_marked_and_its_neighbours_follow_the_reading(report, sheet):
    edit(
        sheet, "bombed", actor="the air force", killed_best="5", claim="disputed", losses="two trucks | a car"
    )
    reading = quiet(report)
    found = event(reading, "bombed")
    assert (found.actor, found.claim, found.losses) == ("the air force", "disputed", ["two trucks", "a car"])
    assert found.killed.model_dump() == {"low": 4, "best": 5, "high": 5}
    assert found.review_status == "corrected"
    assert found.corrected == ["actor", "killed_best", "losses", "claim"]
    assert found.read_as == {"actor": "", "killed_best": "4", "losses": "", "claim": "asserted"}
    assert found.override == "r.events.csv, line 2"
    assert event(reading, "shelled").review_status == "unreviewed"
    row = reading.events.set_index("trigger").loc["bombed"]
    assert (row["corrected"], row["override"]) == ("actor killed_best losses claim", "r.events.csv, line 2")
    write_report(report.parent, TEXT.replace("30 km", "40 km"))
    after = event(quiet(report), "bombed")
    assert after.actor == "the air force"
    assert after.relations == found.relations
    assert footprint(quiet(report), "bombed").uncertainty_m > footprint(reading, "bombed").uncertainty_m


@pytest.mark.parametrize(
    "text",
    [
        f"Two planes collided over Paris on Monday. Nobody spoke of it. {TEXT}",
        f"{ATTACKED} {SHELLED} {BOMBED}",
        TEXT.replace("about 30 km", "some 31 km").replace("officials said", "an official said"),
        f"{SHELLED} Then it rained. {BOMBED.replace('A convoy', 'A long convoy')} {ATTACKED}",
        f"{BOMBED} {ATTACKED}",
    ],
    ids=["a sentence before", "another order", "a sentence changed", "all of it", "an event gone"],
)
def test_edits_survive_a_report_that_changed(report, sheet, text):
    edit(sheet, "bombed", actor="the air force")
    edit(sheet, "attacked", review_status="accepted", info_credibility="2")
    write_report(report.parent, text)
    reading = quiet(report)
    assert event(reading, "bombed").actor == "the air force"
    assert event(reading, "attacked").info_credibility == "2"
    assert [each.actor for each in reading.record.events if each.trigger == "shelled"] in ([], ["The army"])


def test_of_two_sentences_that_are_alike_each_keeps_its_own(tmp_path):
    between = " It rained all day and nobody went out. "
    twice = f"{SHELLED}{between}{SHELLED.replace('Monday', 'Sunday').replace('Homs', 'Hama')}"
    report = write_report(tmp_path, twice)
    path = standoff.read(report).save(tmp_path / "r.events.csv")
    rows = rows_of(path)
    assert len(rows) == 2
    rows[0]["actor"], rows[1]["actor"] = "first", "second"
    put(path, rows)
    length = len(SHELLED) + len(between)  # as far as the second is from the first
    for before in ("", "It was a cold and quiet day. ", "x" * (length - 1) + " "):
        write_report(tmp_path, before + twice)
        actors = [each.actor for each in quiet(report).record.events if each.trigger == "shelled"]
        assert actors == ["first", "second"], before


def test_an_event_that_is_rejected_is_left_out_and_listed(report, sheet):
    edit(sheet, "shelled", review_status="rejected")
    reading = quiet(report)
    assert "shelled" not in set(reading.events["trigger"])
    assert [each.trigger for each in reading.record.rejected] == ["shelled"]
    assert (reading.record.rejected[0].review_status, reading.record.rejected[0].override) == (
        "rejected", "r.events.csv, line 3",
    )  # fmt: skip
    shown = {each.footprint for each in reading.record.events}
    assert shown <= {each.id for each in reading.record.footprints}
    geojson = reading.save(report.parent / "r.geojson").read_text()
    assert "shelling" not in geojson


def test_nothing_points_to_an_event_that_was_rejected(report, sheet):
    edit(sheet, "bombed", review_status="rejected")
    for each in quiet(report).record.events:
        assert "e1" not in each.same_as
        assert each.follows != "e1"


def test_accepted_is_a_status_and_no_correction(report, sheet):
    edit(sheet, "shelled", review_status="Accepted")
    found = event(quiet(report), "shelled")
    assert (found.review_status, found.corrected, found.actor) == ("accepted", [], "The army")


def test_a_place_set_by_hand_is_a_point_or_a_disc(report, sheet):
    edit(sheet, "shelled", lat="34.9", lon="36.8")
    reading = quiet(report)
    shape = footprint(reading, "shelled")
    assert (shape.shape, shape.lat, shape.lon, shape.lat_lon_is) == ("point", 34.9, 36.8, "exact")
    assert shape.uncertainty_m is None
    assert (event(reading, "shelled").where_prec, event(reading, "shelled").geo_precision) == (1, 1)
    assert shape.assumptions == ["put there by the analyst: r.events.csv, line 3"]
    edit(sheet, "shelled", coordinate_uncertainty_m="12000")
    reading = quiet(report)
    shape = footprint(reading, "shelled")
    assert (shape.shape, shape.uncertainty_m, shape.lat) == ("disc", 12_000.0, 34.9)
    assert event(reading, "shelled").where_prec == 2
    standoff.validate_events(reading.events)


def test_a_circle_set_by_hand_is_round_the_point_that_was_read(report, sheet):
    before = footprint(standoff.read(report, event_edits="none"), "shelled")
    edit(sheet, "shelled", coordinate_uncertainty_m="500")
    after = footprint(quiet(report), "shelled")
    assert (after.lat, after.lon, after.uncertainty_m) == (before.lat, before.lon, 500.0)


def test_a_place_in_the_sea_has_the_code_of_the_sea(report, sheet):
    edit(sheet, "shelled", lat="12.5", lon="45.3")
    assert event(quiet(report), "shelled").where_prec == 7


def test_a_date_takes_the_other_one_with_it(report, sheet):
    edit(sheet, "shelled", date_start="2017-06-01")
    found = event(quiet(report), "shelled")
    assert (found.date_start, found.date_end, found.date_precision) == ("2017-06-01", "2017-06-01", "day")
    assert found.date_basis == "set by the analyst: r.events.csv, line 3"
    edit(sheet, "shelled", date_end="2017-06-03")
    found = event(quiet(report), "shelled")
    assert (found.date_start, found.date_end, found.date_precision) == ("2017-06-01", "2017-06-03", "range")


def test_none_empties_a_cell_and_an_empty_cell_changes_nothing(report, sheet):
    edit(sheet, "bombed", target="none", killed_low="", date_start="", attributed_to="None")
    found = event(quiet(report), "bombed")
    assert (found.target, found.attributed_to, found.date_start) == (None, [], "2017-06-06")
    assert found.killed.low == 4
    edit(sheet, "bombed", killed_low="none", killed_best="none", killed_high="none")
    assert event(quiet(report), "bombed").killed is None


BAD = {
    "date_start": ("8 June", "is no date like 2017-06-08"),
    "date_end": ("2001-01-01", "is before"),
    "time_start": ("25:00", "is no time like 14:30"),
    "killed_low": ("many", "is no number"),
    "killed_best": ("1e400", "is no number"),
    "wounded_high": ("-1", "is not in 0.."),
    "weapon_count": ("2.5", "is no whole number"),
    "lat": ("91", "is not in -90..90"),
    "lon": ("nan", "is no number"),
    "coordinate_uncertainty_m": ("99999999", "is not drawn"),
    "claim": ("sure", "is not one of asserted, denied"),
    "event_type": ("shellling", "did you mean 'shelling'?"),
    "source_reliability": ("none", "an event has to have it"),
    "actor_role": ("guilty", "is not one of stated"),
    "review_status": ("maybe", "is not one of unreviewed"),
    "actor": ("x" * 3000, "longer than 2,000"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_cell_is_told_with_line_and_column_and_the_others_are_used(report, sheet, name):
    text, problem = BAD[name]
    other = {"weapon": "howitzers"}
    edit(sheet, "shelled", **{name: text}, **other)
    reading, message = told(report)
    assert "r.events.csv, line 3, column" in message
    assert name in message
    assert problem in message
    assert len(message) < 500
    found = event(reading, "shelled")
    assert (found.weapon, found.corrected) == ("howitzers", ["weapon"])
    before = event(standoff.read(report, event_edits=False), "shelled")
    same = {"weapon", "corrected", "read_as", "override", "review_status"}
    assert found.model_dump(exclude=same) == before.model_dump(exclude=same)


def test_numbers_that_contradict_each_other_are_told(report, sheet):
    edit(sheet, "bombed", killed_low="9", killed_high="3", weapon="bombs")
    reading, message = told(report)
    assert (
        "column killed_low, killed_high: low 9, best 4, high 3 are not in order" in message
        or "not in order" in message
    )
    found = event(reading, "bombed")
    assert (found.killed.low, found.killed.high, found.weapon) == (4, 4, "bombs")


def test_rows_written_by_hand_need_a_few_columns_only(report):
    path = report.with_name("r.events.csv")
    put(path, [
        {"trigger": "shelled", "wounded_best": "3", "sentence": "", "event_id": ""},
        {"trigger": "", "wounded_best": "", "sentence": "Gunmen attacked a post", "event_id": "", "actor": "militia"},
        {"trigger": "", "wounded_best": "7", "sentence": "", "event_id": "e1"},
    ])  # fmt: skip
    reading = quiet(report)
    assert event(reading, "shelled").wounded.model_dump() == {"low": 2, "best": 3, "high": 3}
    assert event(reading, "attacked").actor == "militia"
    assert event(reading, "bombed").wounded.best == 7


def test_the_example_of_the_documentation_does_what_it_says(report):
    page = (Path(__file__).parents[2] / "docs" / "event_corrections.md").read_text(encoding="utf-8")
    report.with_name("r.events.csv").write_text(page.split("```csv\n")[1].split("```")[0], encoding="utf-8")
    reading = quiet(report)
    assert [(each.trigger, each.review_status) for each in reading.record.events] == [
        ("bombed", "corrected"), ("shelled", "corrected"), ("", "added"),
    ]  # fmt: skip
    assert (event(reading, "shelled").actor, event(reading, "bombed").killed.best) == ("rebels", 5)
    assert footprint(reading, "bombed").shape == "point"
    assert [each.trigger for each in reading.record.rejected] == ["attacked"]


def test_a_row_that_says_what_is_read_corrects_nothing(report):
    found = event(
        quiet(report, event_edits=[{"trigger": "shelled", "actor": "The army", "claim": "asserted"}]),
        "shelled",
    )
    assert (found.corrected, found.review_status) == ([], "unreviewed")


def test_events_of_ones_own_are_added(report):
    rows = [
        {"event_type": "drone strike", "date_start": "2017-06-07", "actor": "unknown", "review_status": "added"},
        {"event_type": "clash", "lat": "33.4", "lon": "38.9", "coordinate_uncertainty_m": "2000", "sentence": SHELLED,
         "review_status": "added"},
        {"event_type": "protest", "anchor_name": "homs", "killed_best": "1"},
    ]  # fmt: skip
    reading = quiet(report, event_edits=rows)
    first, second, third = reading.record.events[-3:]
    assert [each.id for each in (first, second, third)] == ["e4", "e5", "e6"]
    assert {each.review_status for each in (first, second, third)} == {"added"}
    assert (first.date_end, first.footprint, first.text) == ("2017-06-07", None, "")
    assert reading.report.text[second.start : second.end] == SHELLED
    shapes = {each.id: each for each in reading.record.footprints}
    assert (shapes[second.footprint].shape, shapes[second.footprint].uncertainty_m) == ("disc", 2000.0)
    assert shapes[third.footprint].places
    assert (third.where_prec, third.killed.model_dump()) == (1, {"low": 1, "best": 1, "high": 1})
    table = standoff.validate_events(reading.events).set_index("event_id")
    assert table.loc["e4", "plover"] == "ASSAULT/heavy-weapons"
    assert table.loc["e6", "override"] == "event edits, row 3"
    reading.save(report.with_name("m.html"))
    reading.save(report.with_name("m.kml"))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"event_type": "clash"}, "an event of your own has an event_type and a date_start"),
        ({"event_type": "nonsense", "date_start": "2017-06-07"}, "is no type of event"),
        ({"event_type": "clash", "anchor_name": "Atlantis"}, "names no such place"),
        ({"trigger": "exploded", "actor": "x"}, "no event of the report has its sentence and trigger"),
        ({"event_id": "e99", "actor": "x"}, "the report has no event e99"),
        (
            {"event_id": "e1", "actor": "x", "sentence": "Something quite different happened."},
            "no event of the report",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_told(report, row, problem):
    reading, message = told(report, event_edits=[row])
    assert "row 1" in message
    assert problem in message
    if problem != "names no such place":
        assert len(reading.record.events) == 3


def test_a_trigger_of_several_events_is_not_guessed(tmp_path):
    report = write_report(tmp_path, f"{SHELLED} On Tuesday rebels shelled the port of Latakia.")
    _, message = told(report, event_edits=[{"trigger": "shelled", "actor": "x"}])
    assert "2 events have the trigger 'shelled'; give the sentence, too" in message


def test_an_edited_row_of_which_the_event_is_gone_is_told_and_kept(report, sheet):
    edit(sheet, "shelled", actor="rebels")
    write_report(report.parent, f"{BOMBED} {ATTACKED}")
    reading, message = told(report)
    assert (
        "r.events.csv, line 3: no event of the report has its sentence and trigger; it is kept as you left it"
        in message
    )
    kept = event(reading, "shelled")
    assert (kept.actor, kept.review_status, kept.wounded.best) == ("rebels", "corrected", 2)
    assert (kept.text, kept.start) == ("", 0)
    # A row that nobody touched goes with its event.
    edit(sheet, "shelled", actor="The army")
    assert len(quiet(report).record.events) == 2


def test_several_tables_later_ones_win(report, tmp_path):
    put(tmp_path / "events.csv", [
        {"report": "r", "trigger": "shelled", "actor": "A", "weapon": "A"},
        {"report": "other*", "trigger": "bombed", "actor": "A", "weapon": ""},
    ])  # fmt: skip
    put(tmp_path / "r.events.csv", [{"trigger": "shelled", "actor": "B", "target": "B"}])
    reading = quiet(report, event_edits=[{"trigger": "shelled", "target": "C"}])
    found = event(reading, "shelled")
    assert (found.actor, found.weapon, found.target) == ("B", "A", "C")
    assert found.override == "events.csv, line 2; r.events.csv, line 2; event edits, row 1"
    assert event(reading, "bombed").actor is None
    assert event(quiet(report, event_edits=False), "shelled").actor == "The army"


def test_a_plain_export_beside_the_report_is_no_table_of_edits(report, tmp_path):
    reading = standoff.read(report)
    reading.save(tmp_path / "events.csv")
    assert quiet(report).record.settings["event_edits"] is None
    quiet(report).save(tmp_path / "events.csv")  # and may be written again
    put(tmp_path / "events.csv", [{"trigger": "shelled", "actor": "B"}])
    with pytest.raises(ExportError, match="it was read, and would be written over"):
        quiet(report).save(tmp_path / "events.csv")


def test_a_data_frame_that_was_edited_is_taken(report):
    frame = standoff.read(report).events
    frame.loc[frame["trigger"] == "shelled", ["actor", "killed_best"]] = ["rebels", 3]
    found = event(quiet(report, event_edits=frame), "shelled")
    assert (found.actor, found.killed.best, found.corrected) == ("rebels", 3, ["actor", "killed_best"])


def test_a_table_that_went_through_pandas_is_the_same(report, sheet):
    frame = pd.concat(
        [
            pd.read_csv(sheet),
            pd.DataFrame([{"review_status": "added", "event_type": "clash", "lat": 1.5, "lon": 2}]),
        ]
    )
    reading = quiet(report, event_edits=frame)
    assert [(each.review_status, each.corrected) for each in reading.record.events] == [
        *[("unreviewed", [])] * 3, ("added", ["event_type", "lat", "lon"]),
    ]  # fmt: skip


def test_own_types_may_be_set(report, tmp_path):
    (tmp_path / "types.csv").write_text("type,plover\nbarrage,ASSAULT/heavy-weapons\n")
    given = [{"trigger": "shelled", "event_type": "barrage"}]
    reading = quiet(report, event_edits=given, event_types=tmp_path / "types.csv")
    assert reading.events.set_index("trigger").loc["shelled", ["event_type", "plover"]].to_list() == [
        "barrage", "ASSAULT/heavy-weapons",
    ]  # fmt: skip


@pytest.mark.parametrize("text", hostile.STRINGS)
def test_hostile_text_in_cells_comes_through_and_back(report, sheet, text):
    edit(sheet, "shelled", actor=text, target=f"={text}", losses=text)
    reading = quiet(report)
    assert event(reading, "shelled").target == f"={text}".strip()
    again = reading.save(sheet)
    row = next(row for row in rows_of(again) if row["trigger"] == "shelled")
    assert row["target"].startswith("'=")
    assert event(quiet(report), "shelled").actor == event(reading, "shelled").actor
    page = reading.save(report.with_name("m.html")).read_text(encoding="utf-8")
    assert "<script>window.ran" not in page


def test_the_summary_marks_what_was_edited(report, sheet):
    from rich.console import Console

    edit(sheet, "bombed", actor="[red]x[/red]")
    edit(sheet, "shelled", review_status="rejected")
    reading = quiet(report)
    stream = io.StringIO()
    Console(file=stream, width=1000).print(summary(reading.report, reading.record))
    assert "corrected by r.events.csv, line 2: actor" in stream.getvalue()
    assert "Events taken out by the analyst: e2 (shelling, r.events.csv, line 3)" in stream.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"actor,target\nx,y\n", "names no column that tells which event"),
        (b"", "names no column"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(report, capsys, data, problem):
    path = report.with_name("r.events.csv")
    path.write_bytes(data)
    with pytest.raises(InputError, match=problem):
        standoff.read(report)
    assert main(["read", str(report)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(SettingError, match="setting event_edits"):
        standoff.read_text(TEXT, event_edits=path)


def test_a_file_that_is_not_there_is_a_wrong_setting(report, capsys):
    with pytest.raises(SettingError, match=r"setting event_edits: .*no such file"):
        standoff.read(report, event_edits=report.parent / "none.csv")
    assert main(["read", str(report), "--event-edits", "none.csv"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_spoilt_machine_cell_is_told(report, sheet):
    edit(sheet, "shelled", machine="{cut off", actor="x")
    reading, message = told(report)
    assert "line 3, column machine" in message
    assert event(reading, "shelled").actor == "The army"


def test_the_command_line_finds_the_file_and_leaves_it_out(report, sheet, capsys):
    edit(sheet, "shelled", actor="rebels")
    for options, actor in (
        ([], "rebels"),
        (["--event-edits", "none"], "The army"),
        (["--overrides", "none"], "rebels"),
    ):
        assert main(["read", str(report), "--format", "jsonl", *options]) == 0
        assert f'"actor":"{actor}"' in capsys.readouterr().out
    desk = report.with_name("desk.csv")
    put(desk, [{"trigger": "shelled", "actor": "militia"}])
    assert main(["read", str(report), "--format", "jsonl", "--event-edits", str(desk)]) == 0
    assert '"actor":"militia"' in capsys.readouterr().out


def test_pandas_frames_of_other_types_are_refused(report):
    with pytest.raises(SettingError, match="setting event_edits: int is no file"):
        standoff.read(report, event_edits=5)
    with pytest.raises(SettingError, match="names no column that tells which event"):
        standoff.read(report, event_edits=pd.DataFrame({"actor": ["x"]}))
