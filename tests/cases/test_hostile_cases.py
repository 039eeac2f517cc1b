"""Case files that somebody made or changed to do harm: one line each, whatever is in them."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hostile
import standoff
from case_files import by_hand, files_of, put_together, with_json
from standoff import maps
from standoff.cases import opened_case, read_case
from standoff.cases.archive import pack
from standoff.cases.contents import MANIFEST, NEEDED
from standoff.cases.read import Case, case_of
from standoff.cases.sound import check_sound
from standoff.cases.write import case_bytes
from standoff.cli import main
from standoff.errors import InputError
from standoff.export import WRITERS
from standoff.reading import Reading
from standoff.summary import summary

DATA = by_hand()
FILES = files_of(DATA)
GOOD = case_of(DATA, "a.zip")
JSON_FILES = [name for name in FILES if name.endswith(".json")]


def refused(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        case_of(data, "a.zip")
    message = str(error.value)
    assert message.startswith("a.zip: ")
    assert len(message) < 700
    assert message.isprintable()


def changed(name: str, data: bytes) -> bytes:
    return put_together(FILES | {name: data})


def test_put_together_again_it_is_the_same_case() -> None:
    assert case_of(put_together(FILES), "a.zip") == GOOD
    assert case_of(with_json(DATA, "reading.json", lambda record: record), "a.zip").stored == GOOD.stored


@pytest.mark.parametrize("name", [*NEEDED, "map.html", "reading.gpkg"])
def test_a_file_that_was_changed_or_taken_out_is_noticed(name: str) -> None:
    refused(pack(FILES | {name: FILES[name] + b" "}), rf"{name} in it is not what manifest.json says")
    refused(pack({each: data for each, data in FILES.items() if each != name}), f"{name} is missing")


def test_what_is_not_listed_is_not_taken() -> None:
    refused(pack(FILES | {"original.md": b"words"}), "original.md in it is not listed")
    refused(pack(FILES | {"evil.exe": b"words"}), "'evil.exe', which is no file of a case")
    both = put_together(FILES | {"original.md": b"words", "original.txt": b"words"})
    refused(both, "two originals")


def test_only_what_is_needed_is_needed() -> None:
    few = {name: FILES[name] for name in (MANIFEST, *NEEDED)}
    assert case_of(put_together(few), "a.zip").stored == GOOD.stored


DEEP = b"[" * 100_000 + b"]" * 100_000
DEEP_OBJECT = b'{"a":' * 100_000 + b"1" + b"}" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        b"", b"words", b"[]", b"null", b"{}", b"\xff\xfe\x00", b'{"format": 1}', DEEP, DEEP_OBJECT, b'"\\ud800"',
        b'{"format": "standoff case file", "version": 1}', b"9" * 100_000, b'{"format": "x", "version": 1}',
    ],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_a_manifest_that_is_none_is_refused(text: bytes) -> None:
    refused(pack(FILES | {MANIFEST: text}), r"manifest\.json")


@pytest.mark.parametrize("name", [each for each in JSON_FILES if each != MANIFEST])
@pytest.mark.parametrize("text", [b"", b"[]", b"{}", DEEP, DEEP_OBJECT, b'{"a": NaN}'], ids=range(6))
def test_other_files_that_are_no_json_are_refused(name: str, text: bytes) -> None:
    refused(changed(name, text), rf"{name} in it cannot be read")


def test_depth_inside_a_field_that_takes_anything_is_refused() -> None:
    geometry = b'{"type": "Polygon", "coordinates": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    text = FILES["reading.json"].replace(b'"geometry": {', b'"geometry": {"deep": ' + geometry + b", ", 1)
    refused(changed("reading.json", text), r"reading\.json in it cannot be read")


@pytest.mark.parametrize("version", [2, 0, -1, 10**30, 10**4000])
def test_another_version_of_the_form_is_told(version: int) -> None:
    later = json.loads(FILES[MANIFEST]) | {"version": version, "new": {"field": 1}}
    words = "of version .*this Standoff reads version 1" if version == 2 else "version: Input"
    refused(pack(FILES | {MANIFEST: json.dumps(later).encode()}), words)


def test_parts_of_other_reports_do_not_pass() -> None:
    refused(changed("report.txt", b"Other words."), r"report\.txt is not the text of report\.json")
    refused(changed("report.txt", b"\xff\xfe"), r"report\.txt in it is not UTF-8")
    refused(
        with_json(DATA, "report.json", lambda report: report | {"title": "Other"}),
        "speak of different reports",
    )
    other = GOOD.report.info.model_dump() | {"title": "Other"}
    refused(with_json(DATA, "reading.json", lambda record: record | {"report": other}), "of another report")
    both = with_json(DATA, "report.json", lambda report: report | {"published": "soon"})
    manifest = json.loads(files_of(both)[MANIFEST])["report"] | {"published": "soon"}
    refused(put_together(files_of(both), report=manifest), "not a date")


@pytest.mark.parametrize(
    ("field", "value"),
    [("coverage", 7), ("coverage", "NaN"), ("zone_radius", "1 parsec"), ("unknown", 1), ("cls", 1), ("combine", None),
     ("max_chars", 10**12), ("online", "")],
)  # fmt: skip
def test_settings_are_checked_as_those_that_are_typed(field: str, value: object) -> None:
    def change(part: dict[str, Any]) -> None:
        part["settings"][field] = value

    refused(with_json(DATA, "settings.json", change), r"settings\.json in it: ")


def opened_from(data: bytes, folder: Path, **how: Any) -> Reading:
    path = folder / "a.zip"
    path.write_bytes(data)
    return opened_case(path, **how).reading


@pytest.mark.parametrize(
    "pipeline",
    ["setuptools", "pip", "os", "/etc", "../evil", "en_core_web_lg", "evil\u202e\x1b[31m", "x" * 9000, ""],
)
def test_a_case_loads_no_pipeline_but_an_installed_one(
    pipeline: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "evil").mkdir()
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")

    def change(part: dict[str, Any]) -> None:
        part["settings"]["pipeline"] = pipeline

    with pytest.raises(InputError, match="not installed here") as error:
        opened_from(with_json(DATA, "settings.json", change), tmp_path)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 500


def test_a_case_reads_no_file_and_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("type,plover\nsecret,SECRET\n")

    def change(part: dict[str, Any]) -> None:
        part["settings"] |= {"event_types": str(secret), "online": "nominatim@geo.example.org"}

    monkeypatch.setattr(socket.socket, "connect", None)
    with pytest.warns(standoff.errors.StandoffWarning, match="not the stored reading"):
        path = tmp_path / "a.zip"
        path.write_bytes(with_json(DATA, "settings.json", change))
        reading = standoff.open_case(path)
    assert reading.record.settings["event_codes"] == []


def test_a_home_that_is_nowhere_is_one_line(tmp_path: Path) -> None:
    data = with_json(DATA, "settings.json", lambda part: part["settings"].update(home="Qxyzzy\x1b[31m"))
    with pytest.raises(InputError, match="cannot be read again here: home: the gazetteer") as error:
        opened_from(data, tmp_path)
    assert str(error.value).isprintable()


def test_what_a_case_says_of_itself_is_shown_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "\x1b]0;owned\x07\u202e\n"
    made = standoff.made_with.MadeWith(
        standoff=bad, python=bad, libraries={bad: bad, "x" * 5000: bad},
        pipeline=standoff.made_with.PipelineMade(name=bad, version=bad, is_own=True, sha256=bad),
        gazetteer=standoff.made_with.GazetteerMade(
            build=bad, layers=[standoff.made_with.LayerMade(name=bad, kind=bad, places=1, sha256=bad)]
        ),
    )  # fmt: skip
    data = with_json(DATA, "settings.json", lambda part: part.update(made_with=made.model_dump()))
    data = with_json(data, "reading.json", lambda record: record["settings"].update({bad: bad}))
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert main(["open", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    (line,) = [each for each in captured.out.splitlines() if each.startswith("a.zip: ")]
    assert line.isprintable()
    assert len(line) < 1100
    assert not {"\x1b", "\x07", "\u202e"} & set(captured.out + captured.err)


def test_a_long_report_is_read_again_only_if_asked_for(tmp_path: Path) -> None:
    assert opened_from(DATA, tmp_path, max_chars=len(GOOD.report.text))
    with pytest.raises(InputError, match="characters, more than the limit of 10; raise it with --max-chars"):
        opened_from(DATA, tmp_path, max_chars=10)
    assert opened_from(DATA, tmp_path, max_chars=10, stored=True)


UNSOUND: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda record: record["places"][0].update(text="other"), "is not what the report says"),
    (lambda record: record["places"][0].update(end=10**9), "is not what the report says"),
    (lambda record: record["relations"][0].update(anchors=["p99"]), "speaks of the place p99"),
    (lambda record: record["relations"][0].update(footprint="f99"), "speaks of the footprint f99"),
    (lambda record: record["events"][0].update(same_as=["e99"]), "speaks of the event e99"),
    (lambda record: record["zones"][0].update(mentions=[[5, 10**9]]), "outside the report"),
    (lambda record: record["places"].append(record["places"][0]), "a place is in it twice"),
    (lambda record: record["footprints"][0].update(geometry={"type": "Polygon"}), "no shape"),
    (lambda record: record["footprints"][0].update(geometry={}), "no shape"),
    (
        lambda record: record["footprints"][0].update(geometry={"type": "Point", "coordinates": [999, 0]}),
        "no shape",
    ),
    (
        lambda record: record["footprints"][0].update(geometry={"type": "Point", "coordinates": []}),
        "no shape",
    ),
    (lambda record: record["footprints"][0].update(lat=99.0), "not on the Earth"),
    (lambda record: record["settings"].update(event_codes=[{"x": 1}]), "types of events"),
    (lambda record: record["settings"].update(event_codes=7), "types of events"),
    (lambda record: record["measures"][0].update(si_value=1e308 * 10), "cannot be read|not finite"),
    (lambda record: record["events"][0].update(weapon_count=10**30), "not finite, or too large"),
]


@pytest.mark.parametrize(("change", "words"), UNSOUND, ids=range(len(UNSOUND)))
def test_a_stored_reading_that_does_not_hold_together_is_refused(
    change: Callable[[dict[str, Any]], object], words: str, tmp_path: Path
) -> None:
    def applied(record: dict[str, Any]) -> None:
        change(record)

    with pytest.raises(InputError, match=words) as error:
        opened_from(with_json(DATA, "reading.json", applied), tmp_path, stored=True)
    assert str(error.value).isprintable()


def test_hostile_text_in_a_stored_reading_stays_text(tmp_path: Path) -> None:
    reading = Reading(hostile.report(), hostile.record())
    path = reading.save(tmp_path / "a.zip")
    again = standoff.open_case(path, stored=True)
    assert again.record == reading.record
    assert again.save(tmp_path / "a.html").read_bytes() == reading.save(tmp_path / "b.html").read_bytes()


def test_the_id_of_a_report_is_no_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = GOOD.report.model_copy(update={"id": "../../evil\x1b"})
    record = GOOD.stored.model_copy(update={"report": report.info})
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    path.write_bytes(case_bytes(Reading(report, record)))
    assert main(["open", str(path), "--stored", "-o", str(tmp_path / "in" / "out")]) == 0
    assert sorted(each.name for each in (tmp_path / "in" / "out").iterdir()) == ["evil.geojson", "evil.html"]
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nothing.zip", "folder", "a\0b.zip", "x" * 5000])
def test_what_cannot_be_opened_is_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read_case(tmp_path / name)
    assert main(["open", str(tmp_path / name)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("standoff: ")
    assert captured.err.count("\n") == 1


def test_a_report_is_no_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.md"
    path.write_text("Words.")
    assert main(["open", str(path)]) == 2
    assert "report.md: it is no case file" in capsys.readouterr().err


def same_or_refused(data: bytes) -> Case | None:
    try:
        case = case_of(data, "a.zip")
    except InputError as error:
        assert str(error).isprintable()
        assert len(str(error)) < 1000
        return None
    return case


places = st.integers(min_value=0, max_value=len(DATA) - 1)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=8))
def test_bytes_changed_anywhere(changes: list[tuple[int, int]]) -> None:
    data = bytearray(DATA)
    for place, byte in changes:
        data[place] = byte
    case = same_or_refused(bytes(data))
    assert case is None or case == GOOD


@settings(max_examples=200, deadline=None)
@given(places, places, st.binary(max_size=64))
def test_stretches_cut_out_doubled_or_put_in(one: int, other: int, more: bytes) -> None:
    start, end = sorted((one, other))
    for data in (DATA[:start] + more + DATA[end:], DATA[:end] + DATA[start:], DATA[:start]):
        case = same_or_refused(data)
        assert case is None or case == GOOD


# The headers are a small part of the file: a change there is what zipfile stumbles over.
DIRECTORY = DATA.index(b"PK\x01\x02")


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(st.integers(DIRECTORY, len(DATA) - 1), st.integers(0, 255)), min_size=1, max_size=4)
)
def test_bytes_changed_in_the_list_of_files(changes: list[tuple[int, int]]) -> None:
    data = bytearray(DATA)
    for place, byte in changes:
        data[place] = byte
    case = same_or_refused(bytes(data))
    assert case is None or case == GOOD


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return where something stands in a JSON value; not in the coordinates of shapes, which are many."""
    found = [here] if here else []
    items = (
        value.items() if isinstance(value, dict) else enumerate(value[:3]) if isinstance(value, list) else ()
    )
    for key, inner in items:
        found += paths(inner, (*here, key)) if key != "coordinates" else [(*here, key)]
    return found


SPOTS = [(name, path) for name in JSON_FILES for path in paths(json.loads(FILES[name]))]


# What is needed alone, so that a thousand changes are quick.
FEW = put_together({name: FILES[name] for name in (MANIFEST, *NEEDED)})


def with_value(name: str, path: tuple[Any, ...], value: Any) -> bytes:
    def change(whole: Any) -> None:
        for key in path[:-1]:
            whole = whole[key]
        whole[path[-1]] = value

    if name == MANIFEST:
        files = files_of(FEW)
        whole = json.loads(files[MANIFEST])
        change(whole)
        return pack(files | {MANIFEST: json.dumps(whole).encode()})
    return with_json(FEW, name, change)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SPOTS), anything)
def test_any_value_anywhere_with_the_right_hashes(spot: tuple[str, tuple[Any, ...]], value: Any) -> None:
    same_or_refused(with_value(*spot, value))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([path for name, path in SPOTS if name == "reading.json"]),
    anything | st.just("e1") | st.just([]),
)
def test_what_is_taken_as_it_is_stored_can_be_shown(path: tuple[Any, ...], value: Any) -> None:
    case = same_or_refused(with_value("reading.json", path, value))
    if case is None:
        return
    try:
        check_sound(case.stored, case.report, "a.zip")
    except InputError as error:
        assert str(error).isprintable()
        return
    assert summary(case.report, case.stored)
    assert maps.build(case.report, case.stored).get_root().render()
    for suffix in (".geojson", ".kml", ".csv", ".parquet", ".gpkg", ".json"):
        assert WRITERS[suffix](case.report, case.stored)
