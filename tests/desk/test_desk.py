"""The desk without any widget: reports come in, parameters change, corrections are written down and found again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import standoff
from standoff.desk.desk import Desk
from standoff.desk.places import row_of
from standoff.errors import ExportError, InputError, SettingError
from standoff.gazetteer import Gazetteer

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = "Two trucks were hit 10 miles north of Aleppo on Thursday, killing two soldiers. The navy fired at Point Zulu."


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "r.md").write_text(f"---\ntitle: T\npublished: 2017-06-09\n---\n{TEXT}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def desk(folder: Path, gazetteer: Gazetteer) -> Desk:
    return on(folder, gazetteer)


def on(folder: Path, gazetteer: Gazetteer, report: str = "r.md") -> Desk:
    """Return a desk as after a restart."""
    made = Desk(folder)
    made._names = gazetteer
    made.open(folder / report)
    return made


def name(desk: Desk, text: str):
    return next(row for row in desk.names() if row.text == text)


def test_the_reports_of_a_folder_are_offered_and_those_of_its_own(folder: Path) -> None:
    (folder / "b.txt").write_text("x")
    (folder / ".hidden.md").write_text("x")
    (folder / "table.csv").write_text("x")
    (folder / "workbench").mkdir()
    (folder / "workbench" / "pasted.md").write_text("x")
    shelf = Desk(folder).shelf
    assert [shelf.name_of(path) for path in shelf.reports()] == ["b.txt", "r.md", "workbench/pasted.md"]


def test_seeds_are_offered_where_nothing_else_is_said(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "seeds").mkdir()
    monkeypatch.chdir(tmp_path)
    shelf = Desk().shelf
    assert (shelf.folder, shelf.own) == (tmp_path / "seeds", tmp_path / "workbench")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such folder"):
        Desk(tmp_path / "none")


def test_a_setting_that_cannot_be_leaves_the_last_good_reading(desk: Desk) -> None:
    good = desk.change(coverage=0.5)
    with pytest.raises(SettingError):
        desk.change(zone_radius="20 parsnips")
    with pytest.raises(SettingError):
        desk.change(home="Nowhereville, Xyz")
    assert desk.reading is good
    assert (desk.settings.coverage, desk.settings.zone_radius, desk.settings.home) == (0.5, None, None)


def test_a_radius_moves_the_zone(gazetteer: Gazetteer) -> None:
    desk = on(SEEDS, gazetteer, "at-tanf-2017-06-08.md")
    desk.change(zone_radius="10 nm")
    assert desk.reading.record.zones[0].radius_m == pytest.approx(18_520)


def test_a_place_that_was_put_stays_after_a_restart_and_can_be_taken_back(
    desk: Desk, folder: Path, gazetteer: Gazetteer
) -> None:
    before = name(desk, "Aleppo")
    desk.put(before.id, 36.31234, 37.2, note="seen")
    again = on(folder, gazetteer)
    row = name(again, "Aleppo")
    assert (row.place.lat, row.place.lon, row.set_by) == (36.31234, 37.2, "overrides.csv, line 2: seen")
    assert again.can_undo(row)
    again.undo(row.id)
    assert name(on(folder, gazetteer), "Aleppo").place == before.place


def test_a_correction_is_for_this_report_only_unless_one_says_otherwise(
    desk: Desk, folder: Path, gazetteer: Gazetteer
) -> None:
    shutil.copy(folder / "r.md", folder / "other.md")
    row = name(desk, "Aleppo")
    desk.put(row.id, 10, 20)
    assert name(on(folder, gazetteer, "other.md"), "Aleppo").set_by is None
    desk.put(row.id, 11, 21, here_only=False)
    assert name(on(folder, gazetteer, "other.md"), "Aleppo").place.lat == 11


def test_another_candidate_can_be_chosen(desk: Desk) -> None:
    row = name(desk, "Aleppo")
    other = next(each for each in row.candidates if each.gid != row.place.gid)
    desk.choose(row.id, other.gid)
    assert name(desk, "Aleppo").place.gid == other.gid
    with pytest.raises(SettingError, match="not among its candidates"):
        desk.choose(row.id, "geonames:1")


def test_a_name_can_be_no_place(desk: Desk) -> None:
    desk.no_place(name(desk, "Aleppo").id)
    row = name(desk, "Aleppo")
    assert (row.place, bool(row.set_by)) == (None, True)
    assert not [event for event in desk.events() if event.footprint]


def test_one_of_two_places_of_one_name_is_corrected_alone(tmp_path: Path, gazetteer: Gazetteer) -> None:
    text = "A bridge was blown up in Athens, Georgia on Monday. Officials in Athens, Greece, said nothing."
    (tmp_path / "two.txt").write_text(text)
    desk = on(tmp_path, gazetteer, "two.txt")
    first, second = (row for row in desk.names() if row.text.startswith("Athens"))
    assert [first.text, second.text] == ["Athens, Georgia", "Athens, Greece"]
    desk.put(first.id, 1, 2)
    assert row_of(desk.names(), first.id).place.lat == 1
    assert row_of(desk.names(), second.id).set_by is None


def test_what_refers_to_a_name_belongs_to_it(gazetteer: Gazetteer) -> None:
    desk = on(SEEDS, gazetteer, "at-tanf-2017-06-08.md")
    garrison = next(mention for mention in desk.reading.record.places if mention.text == "the garrison")
    assert row_of(desk.names(), garrison.id).text == "At Tanf"


def test_corrections_may_be_switched_off_or_come_from_another_file(desk: Desk, folder: Path) -> None:
    row = name(desk, "Aleppo")
    desk.put(row.id, 10, 20)
    desk.use_overrides("none")
    assert name(desk, "Aleppo").set_by is None
    with pytest.raises(SettingError, match="switched off"):
        desk.put(row.id, 1, 2)
    desk.use_overrides(str(folder / "desk.csv"))
    assert desk.notes == (f"{folder / 'desk.csv'} is not there yet; the first correction makes it",)
    desk.put(row.id, 30, 40)
    assert (folder / "desk.csv").exists()
    assert name(desk, "Aleppo").place.lat == 30
    desk.use_overrides("")
    assert name(desk, "Aleppo").place.lat == 10


def test_an_undo_takes_the_row_that_is_there_now(desk: Desk, folder: Path) -> None:
    row = name(desk, "Aleppo")
    desk.put(row.id, 10, 20)
    file = folder / "overrides.csv"
    head, mine = file.read_text().splitlines()
    file.write_text(f"{head}\nHoms,,1,2,,,,,,\n{mine}\n")
    desk.undo(row.id)
    assert file.read_text() == f"{head}\nHoms,,1,2,,,,,,\n"


def test_events_are_accepted_rejected_and_put_back(desk: Desk, folder: Path, gazetteer: Gazetteer) -> None:
    first = desk.events()[0]
    desk.accept(first.id)
    assert status(on(folder, gazetteer), first.id) == "accepted"
    desk.reject(first.id)
    again = on(folder, gazetteer)
    assert status(again, first.id) == "rejected"
    assert first.id not in [event.id for event in again.reading.record.events]
    again.accept(first.id)
    assert status(on(folder, gazetteer), first.id) == "accepted"
    again.restore(first.id)
    assert status(on(folder, gazetteer), first.id) == "unreviewed"


def test_cells_of_an_event_are_set_and_taken_back(desk: Desk, folder: Path, gazetteer: Gazetteer) -> None:
    first = desk.events()[0]
    desk.set_event(first.id, {"actor": "the air force", "killed_best": "5", "date_start": "2017-06-07"})
    again = on(folder, gazetteer)
    event = again.events()[0]
    assert (event.actor, event.killed.best, event.date_start) == ("the air force", 5, "2017-06-07")
    assert event.review_status == "corrected"
    again.set_event(first.id, {"killed_best": None})
    event = on(folder, gazetteer).events()[0]
    assert (event.killed, event.actor) == (first.killed, "the air force")
    again.set_event(first.id, {"actor": ""})
    assert on(folder, gazetteer).events()[0].actor is None


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("killed_best", "many", "no number"),
        ("date_start", "8/6/2017", "2017-06-08 or 2017-08-06"),
        ("event_type", "picnic", "no type of event"),
        ("event_type", "", "has to have it"),
        ("trigger", "hit", "no column of events that can be set"),
    ],
)
def test_a_cell_that_cannot_be_is_said_and_nothing_is_written(
    desk: Desk, column: str, text: str, words: str
) -> None:
    with pytest.raises(SettingError, match=words):
        desk.set_event(desk.events()[0].id, {column: text})
    assert not desk.events_path.exists()


def test_what_somebody_else_wrote_into_the_table_stays(desk: Desk, folder: Path) -> None:
    first, second = (event.id for event in desk.events()[:2])
    desk.accept(first)
    path = desk.events_path
    path.write_text(path.read_text(encoding="utf-8").replace("navy", "coast guard", 1), encoding="utf-8")
    desk.reject(second)
    table = path.read_text(encoding="utf-8")
    assert "coast guard" in table
    assert [event.review_status for event in desk.events()[:2]] == ["accepted", "rejected"]


def status(desk: Desk, event: str) -> str:
    return next(each.review_status for each in desk.events() if each.id == event)


def test_a_pasted_text_is_kept_where_it_is_found_again(folder: Path, gazetteer: Gazetteer) -> None:
    desk = on(folder, gazetteer)
    desk.paste(TEXT, "A strike: one", "8 June 2017")
    assert desk.file == folder / "workbench" / "a-strike-one.md"
    assert (desk.reading.report.title, desk.reading.report.published) == ("A strike: one", "2017-06-08")
    assert desk.reading.report.text == TEXT
    desk.put(name(desk, "Aleppo").id, 36.3, 37.2)
    desk.paste(TEXT, "A strike: one", "8 June 2017")  # the same again is the same report
    assert desk.file == folder / "workbench" / "a-strike-one.md"
    assert name(desk, "Aleppo").place.lat == 36.3
    desk.paste(TEXT + " More.", "A strike: one")
    assert desk.file == folder / "workbench" / "a-strike-one-2.md"
    assert on(folder, gazetteer, "workbench/a-strike-one.md").names()[0].place.lat == 36.3


def test_a_reading_of_a_text_at_hand_gets_a_file_with_its_first_correction(
    folder: Path, gazetteer: Gazetteer, monkeypatch
) -> None:
    monkeypatch.chdir(folder)
    text = "---\nNo front matter.\nA truck was hit 10 miles from Aleppo.\r\n"

    def adopted() -> Desk:
        reading = standoff.read_text(text, title="At hand", coverage=0.5, gazetteer=gazetteer)
        desk = Desk(beside=reading)
        desk.adopt(reading)
        return desk

    desk = adopted()
    assert (desk.file, desk.settings.coverage) == (None, 0.5)
    assert not (folder / "workbench").exists()
    desk.put(name(desk, "Aleppo").id, 36.3, 37.2)
    assert desk.file == folder / "workbench" / "at-hand.md"
    assert desk.reading.report.text == text
    assert name(adopted(), "Aleppo").place.lat == 36.3


def test_a_reading_keeps_the_corrections_that_it_was_given(folder: Path, gazetteer: Gazetteer) -> None:
    rows = [{"text": "Aleppo", "lat": 1, "lon": 2}]
    edits = [{"event_id": "e1", "review_status": "accepted"}]
    reading = standoff.read(folder / "r.md", gazetteer=gazetteer, overrides=rows, event_edits=edits)
    desk = Desk(beside=reading)
    desk.adopt(reading)
    desk.change(coverage=0.5)
    assert name(desk, "Aleppo").place.lat == 1
    assert not desk.can_undo(name(desk, "Aleppo"))
    with pytest.raises(SettingError, match="it stands in overrides, row 1"):
        desk.undo(name(desk, "Aleppo").id)
    assert status(desk, "e1") == "accepted"
    desk.open(folder / "r.md")  # they were given for that reading
    assert name(desk, "Aleppo").set_by is None


@pytest.fixture
def case(folder: Path, gazetteer: Gazetteer) -> standoff.Reading:
    """Return a reading opened from a case file, with corrections that stood in files beside its report."""
    there = folder / "there"
    there.mkdir()
    shutil.copy(folder / "r.md", there)
    (there / "overrides.csv").write_text("text,lat,lon\nPoint Zulu,36.4,37.2\n", encoding="utf-8")
    edits = "event_id,event_type,date_start,review_status\ne1,,,accepted\n,clash,2017-06-08,added\n"
    (there / "r.events.csv").write_text(edits, encoding="utf-8")
    saved = standoff.read(there / "r.md", gazetteer=gazetteer).save(folder / "c.zip")
    return standoff.open_case(saved, gazetteer=gazetteer)


def test_a_case_keeps_its_corrections_and_what_is_set_at_the_desk_wins(
    folder: Path, case: standoff.Reading
) -> None:
    desk = Desk(folder)
    desk.adopt(case)
    assert name(desk, "Point Zulu").place.lat == 36.4
    assert name(desk, "Point Zulu").set_by == "c.zip: overrides.csv, line 2"
    assert status(desk, "e1") == "accepted"
    desk.put(name(desk, "Aleppo").id, 36.3, 37.2, here_only=False)
    assert not desk.can_undo(name(desk, "Point Zulu"))  # line 2 of the file here is Aleppo's
    desk.put(name(desk, "Point Zulu").id, 30.0, 37.2, here_only=False)
    assert (name(desk, "Point Zulu").place.lat, name(desk, "Aleppo").place.lat) == (30.0, 36.3)
    desk.undo(name(desk, "Point Zulu").id)
    assert (name(desk, "Point Zulu").place.lat, name(desk, "Aleppo").place.lat) == (36.4, 36.3)
    desk.reject("e1")
    assert status(desk, "e1") == "rejected"


def test_another_table_of_types_is_read_for_a_case(folder: Path, case: standoff.Reading) -> None:
    desk = Desk(folder)
    desk.adopt(case)
    with pytest.raises(SettingError, match=r"event_types: .*none\.csv"):
        desk.change(event_types=str(folder / "none.csv"))
    (folder / "types.csv").write_text("type,plover\nair strike,ASSAULT/desk-7\n", encoding="utf-8")
    desk.change(event_types=str(folder / "types.csv"))
    assert [row["plover"] for row in desk.reading.record.settings["event_codes"]] == ["ASSAULT/desk-7"]
    desk.change(coverage=0.5)
    assert [row["plover"] for row in desk.reading.record.settings["event_codes"]] == ["ASSAULT/desk-7"]


def test_what_a_case_added_cannot_be_changed_at_the_desk_and_that_is_told(
    folder: Path, case: standoff.Reading
) -> None:
    desk = Desk(folder)
    desk.adopt(case)
    added = next(event for event in desk.events() if event.review_status == "added")
    with pytest.raises(SettingError, match=r"added by c\.zip: r\.events\.csv, line 3; change it there"):
        desk.set_event(added.id, {"actor": "rebels"})


def test_what_was_given_as_a_table_is_changed_at_the_desk(folder: Path, gazetteer: Gazetteer) -> None:
    given = {"overrides": [{"text": "Aleppo", "lat": 1, "lon": 2}]}
    given |= {"event_edits": [{"event_id": "e1", "review_status": "accepted"}]}
    reading = standoff.read(folder / "r.md", gazetteer=gazetteer, **given)
    desk = Desk(beside=reading)
    desk.adopt(reading)
    desk.put(name(desk, "Aleppo").id, 36.3, 37.2, here_only=False)
    assert name(desk, "Aleppo").place.lat == 36.3
    desk.reject("e1")
    assert status(desk, "e1") == "rejected"


def test_the_id_of_a_case_is_no_path(folder: Path, gazetteer: Gazetteer) -> None:
    reading = standoff.read_text(TEXT, gazetteer=gazetteer)
    hostile = reading.report.model_copy(update={"id": "../../evil"})
    desk = Desk(folder)
    desk.adopt(standoff.read(hostile, gazetteer=gazetteer))
    assert desk.events_path.parent == folder / "workbench"


def test_a_dropped_file_is_read_as_any_report(folder: Path, gazetteer: Gazetteer) -> None:
    desk = on(folder, gazetteer)
    desk.drop("../../evil/My report!.TXT", TEXT.encode())
    assert desk.file == folder / "workbench" / "my-report.txt"
    page = f"<html><head><title>P</title></head><body><article><p>{TEXT}</p></article></body></html>"
    desk.drop("page.html", page.encode())
    assert "<p>" not in desk.reading.report.text
    assert "Aleppo" in desk.reading.report.text


@pytest.mark.parametrize("text", [TEXT, f"---\ntitle: of the text\n---\n{TEXT}"])
def test_a_pasted_text_without_title_and_date_is_read_as_it_was_pasted(
    folder: Path, gazetteer: Gazetteer, text: str
) -> None:
    desk = on(folder, gazetteer)
    desk.paste(text)
    assert desk.reading.report.text == text
    assert desk.reading.report.title is None


def test_a_folder_of_a_files_name_is_passed_by(folder: Path, gazetteer: Gazetteer) -> None:
    (folder / "workbench" / "a.txt").mkdir(parents=True)
    desk = on(folder, gazetteer)
    desk.drop("a.txt", TEXT.encode())
    assert desk.file == folder / "workbench" / "a-2.txt"


@pytest.mark.parametrize("file", ["x" * 5000, "a\0b.csv"])
def test_a_file_of_corrections_that_cannot_be_is_said_when_one_is_made(
    folder: Path, gazetteer: Gazetteer, file: str
) -> None:
    desk = on(folder, gazetteer)
    desk.use_overrides(file)
    with pytest.raises(ExportError, match="the override cannot be written"):
        desk.put(name(desk, "Aleppo").id, 36.3, 37.2)


@pytest.mark.parametrize(
    ("file", "data", "words"),
    [
        ("a.pdf", b"%PDF-1.7", "a report ends in"),
        ("a.txt", b"%PDF-1.7", "it is a PDF"),
        ("a.txt", b"", "it is empty"),
        ("a.txt", b"x" * 60, "more than the limit of 50"),
    ],
)
def test_a_dropped_file_that_is_no_report_is_not_kept(
    folder: Path, gazetteer: Gazetteer, file: str, data: bytes, words: str
) -> None:
    desk = Desk(folder)
    desk.change(max_chars=50)
    with pytest.raises(InputError, match=words) as told:
        desk.drop(file, data)
    assert str(told.value).startswith("a.")
    assert desk.reading is None
    assert not desk.shelf.own.exists()


def test_a_report_that_cannot_be_read_leaves_the_one_before(desk: Desk, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    before = desk.reading
    with pytest.raises(InputError):
        desk.open(folder / "empty.txt")
    assert (desk.reading, desk.file) == (before, folder / "r.md")
