"""Parts of the desk that need no report: messages of the page, parameters, a case, the notebook that is served."""

from __future__ import annotations

import math
import socket
import sys
from pathlib import Path

import pytest

import records
import standoff
from standoff.cli import main
from standoff.desk.case import save_case
from standoff.desk.messages import Chosen, Clicked, message_of
from standoff.desk.parameters import PARAMETERS, about, blame, choices, radius_of
from standoff.desk.server import PORT, ServerError, free_port
from standoff.errors import ExportError, SettingError
from standoff.reading import Reading
from standoff.settings import Settings


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "click",
        {},
        {"kind": "click"},
        {"kind": "click", "lat": math.nan, "lon": 1},
        {"kind": "click", "lat": True, "lon": 1},
        {"kind": "click", "lat": 91, "lon": 1},
        {"kind": "click", "lat": 1, "lon": math.inf},
        {"kind": "click", "lat": 1, "lon": 10**400},
        {"kind": "open", "items": ["f1"]},
    ],
)
def test_what_the_page_cannot_mean_is_not_heard(content: object) -> None:
    assert message_of(content) is None


def test_what_the_page_means_is_heard() -> None:
    assert message_of({"kind": "click", "lat": -10, "lon": -190.5}) == Clicked(-10.0, 169.5)
    assert message_of({"kind": "chose", "items": ["f1", 3, "x" * 101], "mention": ["p1"]}) == Chosen(
        ("f1",), None
    )
    assert message_of({"kind": "chose", "items": "f1", "mention": "p1"}) == Chosen((), "p1")


def test_every_parameter_is_a_setting_with_words_and_choices() -> None:
    names = [each.name for each in PARAMETERS]
    assert set(Settings.model_fields) - set(names) == {"online", "max_chars"}
    for each in PARAMETERS:
        assert "default: " in about(each.name)
        if each.kind == "choice":
            values = [value for _, value in choices(each.name)]
            assert Settings.model_fields[each.name].default in values
            for value in values:
                assert getattr(Settings.of(**{each.name: value}), each.name) == value


def test_errors_are_put_beside_the_control_that_they_are_about() -> None:
    with pytest.raises(SettingError) as told:
        Settings.of(near="far")
    assert blame(told.value)[0] == "near"
    assert blame(SettingError("pipeline: no spaCy pipeline 'x' is installed")) == (
        "pipeline",
        "no spaCy pipeline 'x' is installed",
    )
    assert blame(SettingError("override: lat is missing"))[0] is None


@pytest.mark.parametrize(
    ("setting", "number", "unit"),
    [
        ("34 mi", 34, "mi"),
        ("12 nm", 12, "nm"),
        ("12 nautical miles", 12, "nm"),
        ("500 m", 0.5, "km"),
        ("2,5 km", 2.5, "km"),
    ],
)
def test_a_radius_is_shown_in_its_unit(setting: str, number: float, unit: str) -> None:
    assert radius_of(setting, None) == (pytest.approx(number), unit)


def test_without_a_radius_that_of_the_report_is_shown() -> None:
    assert radius_of(None, records.record()) == (34.0, "mi")
    assert radius_of(None, records.empty_record()) == (20.0, "km")


def test_a_case_is_saved_for_everybody(tmp_path: Path) -> None:
    reading = Reading(records.report(), records.record())
    written = save_case(reading, tmp_path / "case")
    suffixes = {"".join(path.suffixes) for path in written}
    assert {".html", ".geojson", ".csv", ".json", ".events.csv"} <= suffixes
    assert all(path.parent == tmp_path / "case" and path.stat().st_size for path in written)
    again = {path: path.read_bytes() for path in written}
    assert {path: path.read_bytes() for path in save_case(reading, tmp_path / "case")} == again


def test_a_case_cannot_be_saved_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(ExportError, match="not a folder"):
        save_case(Reading(records.report(), records.record()), tmp_path / "x")
    with pytest.raises(ExportError, match="is empty"):
        save_case(Reading(records.report(), records.record()), " ")
    with pytest.raises(ExportError, match="cannot be written"):
        save_case(Reading(records.report(), records.record()), tmp_path / ("x" * 300))


def test_a_port_that_is_taken_is_said(tmp_path: Path, capsys) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            ServerError, match=rf"port {port}: it cannot be listened on \(Address already in use\)"
        ):
            free_port("127.0.0.1", port)
        assert main(["serve", str(tmp_path), "--no-browser", "--port", str(port)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "give another --port" in told


def test_without_a_port_one_that_is_free_is_taken() -> None:
    assert PORT <= free_port("127.0.0.1", None) < PORT + 20
    with pytest.raises(ServerError):
        free_port("no such host.invalid", 80)


def test_a_folder_that_is_none_is_said(tmp_path: Path, capsys) -> None:
    assert main(["serve", str(tmp_path / "none")]) == 2
    assert "there is no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["ipywidgets", "anywidget"])
def test_without_the_packages_of_widgets_one_is_told_what_to_install(module: str, monkeypatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("standoff.desk.", module))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(standoff.StandoffError, match=r"pip install --editable '\.\[notebooks\]'") as told:
        standoff.workbench()
    assert module in str(told.value)


def test_without_voila_one_is_told_what_to_install(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setitem(sys.modules, "voila.app", None)
    monkeypatch.setitem(sys.modules, "voila", None)
    assert main(["serve", str(tmp_path)]) == 2
    assert "pip install --editable '.[notebooks]'" in capsys.readouterr().err
