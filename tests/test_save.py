"""Reading.save: every kind of file the same way, and never over what was read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import records
import standoff
from standoff import maps
from standoff.errors import ExportError
from standoff.files import is_same
from standoff.overrides import Overrides
from standoff.reading import Reading
from standoff.saving import WRITERS
from standoff.stair import Sources

SEEDS = Path(__file__).parents[1] / "seeds"
SUFFIXES = list(WRITERS)
# Pictures of the page need a browser: tests/browser/test_pictures.py. A table of edits that is there is read
# first: tests/event_edits/test_sheet.py.
AFRESH = [suffix for suffix in SUFFIXES if suffix != ".events.csv" and not suffix.startswith(".map.")]


@pytest.fixture
def reading() -> Reading:
    return Reading(records.report(), records.record())


@pytest.mark.parametrize("suffix", AFRESH)
def test_what_cannot_be_written_is_an_error_of_one_line(
    reading: Reading, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"folder{suffix}").mkdir()
    (tmp_path / "file").touch()
    for name in (f"folder{suffix}", f"file/x{suffix}", f"a\0b{suffix}", f"{'long' * 100}{suffix}"):
        with pytest.raises(ExportError, match="cannot be written") as error:
            reading.save(tmp_path / name)
        assert "\n" not in str(error.value)

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    old = tmp_path / f"old{suffix}"
    old.write_text("old")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(ExportError, match=r"cannot be written \(No space left"):
        reading.save(old)
    assert old.read_text() == "old"


def test_a_map_alone_is_written_the_same_way(reading: Reading, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        maps.save(reading.map(), tmp_path)


def test_an_unknown_suffix_is_told_with_all_that_are_known(reading: Reading, tmp_path: Path) -> None:
    for name in ("x.bogus", "x", ".html", "-"):
        with pytest.raises(ExportError, match="unknown suffix") as error:
            reading.save(tmp_path / name)
        assert all(suffix in str(error.value) for suffix in SUFFIXES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore:report.*has changed since it was read")
@pytest.mark.parametrize("suffix", AFRESH)
def test_what_was_read_is_not_written_over(tmp_path: Path, suffix: str) -> None:
    report, corrections = tmp_path / f"report{suffix}", tmp_path / f"mine{suffix}"
    report.write_text("words")
    corrections.write_text("text,lat,lon\n")
    (tmp_path / f"link{suffix}").symlink_to(report)
    read = Reading(
        records.report(),
        records.record(),
        sources=Sources(overrides=Overrides(file=corrections), file=report),
    )
    for path in (report, corrections, tmp_path / f"link{suffix}", str(tmp_path / "x" / ".." / report.name)):
        with pytest.raises(ExportError, match="would be written over"):
            read.save(path)
    assert (report.read_text(), corrections.read_text()) == ("words", "text,lat,lon\n")
    assert read.save(tmp_path / f"other{suffix}").is_file()


def test_one_file_by_any_name_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.touch()
    (tmp_path / "hard").hardlink_to(file)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    assert is_same(file, tmp_path / "hard")
    assert is_same(tmp_path / "dangling", tmp_path / "nothing")
    assert not is_same(file, tmp_path / "b")
    assert not is_same("a\0b", file)


@pytest.mark.slow
@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.md")), ids=lambda path: path.stem)
def test_the_page_of_every_sample_is_small(seed: Path, tmp_path: Path) -> None:
    assert standoff.read(seed).save(tmp_path / "map.html").stat().st_size <= 400_000
