"""The workbench's widgets without a browser: a trait changes, and the reading does."""

from __future__ import annotations

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import hostile
import standoff
from standoff.desk.bench import Workbench
from standoff.desk.desk import Desk
from standoff.desk.later import Later
from standoff.gazetteer import Gazetteer

SEED = Path(__file__).parents[2] / "seeds" / "at-tanf-2017-06-08.md"


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


START = Later.start


@pytest.fixture(autouse=True)
def at_once(monkeypatch) -> None:
    """Nothing waits here, also where an earlier test in a browser has left an event loop running."""
    monkeypatch.setattr(Later, "start", lambda self: self.run())


@pytest.fixture
def bench(tmp_path: Path, gazetteer: Gazetteer) -> Workbench:
    shutil.copy(SEED, tmp_path)
    desk = Desk(tmp_path)
    desk._names = gazetteer
    desk.open(tmp_path / SEED.name)
    return Workbench(desk)


def control(bench: Workbench, name: str):
    return bench.parameters.controls[name]


def row(bench: Workbench, text: str) -> str:
    return next(each.id for each in bench.places.rows if each.text == text)


def test_a_reading_is_shown_as_it_was_made(bench: Workbench) -> None:
    switch, number, unit = control(bench, "zone_radius").inputs
    assert (switch.value, number.value, unit.value, number.disabled) == (False, 34, "mi", True)
    assert bench.tabs.titles == ("Parameters", "Places 12", "Events 6", "Save")
    assert "standoff.host(" in bench.map.html
    assert bench.reading.record.report.sha256 in bench.map.key


def test_a_radius_and_its_unit_change_the_zone_and_the_page(bench: Workbench) -> None:
    page, key = bench.map.html, bench.map.key
    switch, number, unit = control(bench, "zone_radius").inputs
    switch.value = True
    number.value = 20
    unit.value = "nm"
    assert bench.reading.record.zones[0].radius_m == pytest.approx(37_040)
    assert bench.map.html != page
    assert bench.map.key == key  # the same report: the reader's view stays
    switch.value = False
    assert bench.reading.record.zones[0].radius_m == pytest.approx(34 * 1609.344)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("coverage", 0.5, 0.5),
        ("combine", "surface", "surface"),
        ("keep_to_zone", False, False),
        ("keep_to_country", False, False),
        ("keep_to_sea", False, False),
        ("near", "7 km", "7 km"),
        ("near_border", "3 nm", "3 nm"),
        ("corridor", "1 mi", "1 mi"),
        ("home", "GB", "GB"),
        ("edge_share", 0.5, 0.5),
    ],
)
def test_every_control_changes_its_setting(bench: Workbench, name: str, value: object, found: object) -> None:
    control(bench, name).inputs[0].value = value
    assert bench.reading.record.settings[name] == found


def test_what_cannot_be_is_said_beside_its_control_and_the_last_reading_stays(bench: Workbench) -> None:
    before = bench.reading
    near = control(bench, "near")
    near.inputs[0].value = "<b>far</b>"
    assert "&lt;b&gt;far" in near.problem.value
    assert near.problem.layout.display == ""
    assert bench.reading is before
    control(bench, "coverage").inputs[0].value = 0.5  # another one can be changed meanwhile
    assert bench.reading.record.settings["coverage"] == 0.5
    assert near.inputs[0].value == "<b>far</b>"
    near.inputs[0].value = "4 km"
    assert (near.problem.value, bench.reading.record.settings["near"]) == ("", "4 km")


def test_what_only_the_reading_finds_wrong_is_said_there_too(bench: Workbench) -> None:
    home = control(bench, "home")
    home.inputs[0].value = "Nowhereville, Xyz"
    assert "the gazetteer has no place" in home.problem.value
    assert bench.reading.record.settings["home"] is None
    home.inputs[0].value = ""
    assert home.problem.value == ""


def test_a_click_on_the_map_moves_the_chosen_name_only_while_one_is_picked(bench: Workbench) -> None:
    bench.places.table.chosen = row(bench, "At Tanf")
    click = {"kind": "click", "lat": 33.9, "lon": 38.1}
    bench.map._heard(bench.map, click, [])
    assert bench.places.chosen.set_by is None
    bench.places.pick.value = True
    assert bench.map.picking
    bench.map._heard(bench.map, click, [])
    assert not bench.map.picking
    assert not bench.places.pick.value
    assert (bench.places.chosen.place.lat, bench.places.chosen.place.lon) == (33.9, 38.1)
    bench.places.undo.click()
    assert bench.places.chosen.place.gid == "standoff:at-tanf-garrison"


def test_escape_in_the_page_ends_the_picking(bench: Workbench) -> None:
    bench.places.pick.value = True
    bench.map._heard(bench.map, {"kind": "stop"}, [])
    assert not bench.places.pick.value


def test_a_position_can_be_typed(bench: Workbench) -> None:
    bench.places.table.chosen = row(bench, "Damascus")
    bench.places.position.value = "somewhere"
    bench.places.put.click()
    assert "write latitude, longitude" in bench.status.value
    bench.places.position.value = "33.5, 36.3"
    bench.places.note.value = "as told"
    bench.places.put.click()
    assert bench.places.chosen.set_by == "overrides.csv, line 2: as told"
    bench.places.position.value = "95, 36.3"
    bench.places.put.click()
    assert "lat: Input should be less than or equal to 90" in bench.status.value


def test_what_is_chosen_in_the_page_is_chosen_in_the_tables(bench: Workbench) -> None:
    garrison = next(each for each in bench.reading.record.places if each.text == "the garrison")
    bench.map._heard(bench.map, {"kind": "chose", "items": [], "mention": garrison.id}, [])
    assert bench.places.chosen.text == "At Tanf"
    last = bench.events.events[-1]
    bench.map._heard(bench.map, {"kind": "chose", "items": [last.footprint], "mention": None}, [])
    assert bench.events.chosen.footprint == last.footprint
    bench.map._heard(bench.map, {"kind": "chose", "items": ["nothing"], "mention": "p999"}, [])
    assert bench.places.chosen.text == "At Tanf"


def test_events_are_accepted_by_a_button_and_again_by_the_same_put_back(bench: Workbench) -> None:
    bench.events.table._heard(bench.events.table, {"kind": "accepted", "id": "e1"}, [])
    assert bench.events.table.rows[0]["status"] == "accepted"
    bench.events.table._heard(bench.events.table, {"kind": "accepted", "id": "e1"}, [])
    assert bench.events.table.rows[0]["status"] == "unreviewed"
    bench.events.table._heard(bench.events.table, {"kind": "deleted", "id": "e1"}, [])
    bench.events.table._heard(bench.events.table, {"kind": "accepted", "id": "e99"}, [])
    assert {each["status"] for each in bench.events.table.rows} == {"unreviewed"}


def test_cells_of_the_chosen_event_are_set(bench: Workbench) -> None:
    bench.events.table.chosen = "e2"
    bench.events.fields["killed_best"].value = "x"
    bench.events.apply.click()
    assert "killed_best" in bench.status.value
    bench.events.fields["killed_best"].value = "3"
    bench.events.apply.click()
    assert bench.events.chosen.killed.best == 3
    shown = next(each for each in bench.events.table.rows if each["id"] == "e2")
    assert (shown["status"], [bench.events.table.columns[i] for i in shown["corrected"]]) == (
        "corrected",
        ["Killed"],
    )


def test_a_text_is_pasted_and_a_file_dropped(bench: Workbench, tmp_path: Path) -> None:
    bench.source.other.value = True
    bench.source.read.click()
    assert "it is empty" in bench.status.value
    bench.source.text.value = "A truck was hit 10 miles from Aleppo on Thursday."
    bench.source.published.value = "yesterday"
    bench.source.read.click()
    assert "is not a date" in bench.status.value
    bench.source.published.value = "2017-06-09"
    bench.source.read.click()
    assert bench.reading.record.events[0].date_start == "2017-06-08"
    assert not bench.source.other.value
    assert bench.source.reports.value.parent == tmp_path / "workbench"
    drop = bench.source.drop
    drop._heard(drop, {"kind": "file", "name": "b.txt"}, [memoryview(b"A truck was hit in Homs.")])
    assert bench.source.reports.value == tmp_path / "workbench" / "b.txt"
    drop._heard(drop, {"kind": "file", "name": "b.exe"}, [memoryview(b"A truck")])
    assert "a report ends in" in bench.status.value
    bench.source.reports.value = tmp_path / SEED.name
    assert bench.reading.report.id == SEED.stem


def test_a_case_is_saved_where_one_says(bench: Workbench, tmp_path: Path) -> None:
    assert bench.folder.value == str(tmp_path / "workbench" / "cases" / SEED.stem)
    bench.folder.value = str(tmp_path / "mine")
    bench.save.click()
    assert (tmp_path / "mine" / f"{SEED.stem}.html").exists()
    assert str(tmp_path / "mine") in bench.saved.value
    bench.folder.value = str(tmp_path / SEED.name)
    bench.save.click()
    assert "not a folder" in bench.status.value


def test_a_fault_of_ours_is_one_line(bench: Workbench) -> None:
    assert not bench._do(lambda: 1 / 0)
    assert "a fault of standoff itself: ZeroDivisionError" in bench.status.value


def test_hostile_words_are_text_in_every_widget_of_html(tmp_path: Path, gazetteer: Gazetteer) -> None:
    words = f"A truck was hit 10 miles from Aleppo {hostile.MARKED} on Thursday."
    reading = standoff.read_text(words, title=hostile.MARKED, gazetteer=gazetteer, overrides=[
        {"text": "Aleppo", "lat": 1, "lon": 2, "note": hostile.MARKED, "name": hostile.MARKED}
    ])  # fmt: skip
    desk = Desk(tmp_path)
    desk.adopt(reading)
    bench = Workbench(desk)
    html = [
        bench.status,
        bench.places.about,
        bench.places.where,
        bench.events.about,
        bench.events.where,
        bench.saved,
    ]
    for each in html:
        assert "<script" not in each.value
        assert "<img" not in each.value
        assert "<svg" not in each.value
    assert "&lt;script&gt;" in bench.places.about.value
    assert "<script>window.ran" not in bench.map.html


def test_without_a_report_it_says_what_to_do(tmp_path: Path) -> None:
    bench = standoff.workbench(folder=tmp_path)
    assert "Choose a report" in bench.status.value
    assert bench.reading is None
    bench.save.click()
    control(bench, "coverage").inputs[0].value = 0.5
    assert bench.desk.settings.coverage == 0.5


def test_many_changes_are_one_reading(monkeypatch) -> None:
    monkeypatch.setattr(Later, "start", START)
    ran = []

    async def change() -> None:
        later = Later(lambda: ran.append(1), 0.01)
        for _ in range(5):
            later.start()
        assert ran == []
        await asyncio.sleep(0.05)
        assert ran == [1]
        later.start()
        later.now()  # whoever asks for the reading does not wait
        assert ran == [1, 1]
        await asyncio.sleep(0.05)

    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, change()).result()
    assert ran == [1, 1]
