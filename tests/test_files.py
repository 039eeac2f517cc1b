"""A file is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from standoff import files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_bytes_and_text_and_leaves_nothing_else(tmp_path):
    assert files.write_bytes(tmp_path / "a.bin", b"\x00\xff") == tmp_path / "a.bin"
    files.write_text(tmp_path / "b.txt", "قاعدة\r\n")
    assert (tmp_path / "a.bin").read_bytes() == b"\x00\xff"
    assert (tmp_path / "b.txt").read_bytes() == "قاعدة\r\n".encode()
    assert names(tmp_path) == ["a.bin", "b.txt"]


def test_makes_missing_folders(tmp_path):
    files.write_text(tmp_path / "new" / "er" / "a.txt", "x")
    assert (tmp_path / "new" / "er" / "a.txt").read_text() == "x"


def test_a_failure_half_way_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    files.write_text(path, "old")

    def full_disk(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        files.write_text(path, "new and longer")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_the_new_file_is_on_disk_before_it_takes_the_name(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    steps: list[str] = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (steps.append("sync"), sync(descriptor))[1])
    monkeypatch.setattr(Path, "replace", lambda self, to: (steps.append("replace"), replace(self, to))[1])
    files.write_text(path, "x")
    assert steps[:2] == ["sync", "replace"]


def test_text_that_no_file_can_hold_writes_nothing(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        files.write_text(tmp_path / "a.txt", "half \ud800 a character")
    assert names(tmp_path) == []


def test_a_folder_is_not_written_over(tmp_path):
    with pytest.raises(OSError, match="is a folder"):
        files.write_text(tmp_path, "x")


def test_a_file_is_not_a_folder(tmp_path):
    files.write_text(tmp_path / "a.txt", "x")
    with pytest.raises(OSError, match=r"a\.txt"):
        files.write_text(tmp_path / "a.txt" / "b.txt", "x")


@pytest.mark.skipif(os.name != "posix", reason="links and modes as POSIX has them")
def test_a_link_stays_a_link_and_modes_stay(tmp_path):
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    files.write_text(target, "old")
    target.chmod(0o640)
    link.symlink_to(target)
    files.write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_name_as_long_as_names_may_be(tmp_path):
    path = tmp_path / ("x" * 250 + ".txt")
    files.write_text(path, "x")
    assert path.read_text() == "x"


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_name_that_cannot_be_one_is_not_there(name):
    assert not files.is_there(name)
    assert not files.is_folder(name)


@pytest.mark.parametrize("name", ["a ${b} `c`.txt", "🗺️.json", "-rf", "..hidden"])
def test_odd_names(tmp_path, name):
    files.write_text(tmp_path / name, "x")
    assert names(tmp_path) == [name]
