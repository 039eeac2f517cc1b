"""Zips that are made to do harm: each is one line, and nothing is written anywhere."""

from __future__ import annotations

import io
import stat
import struct
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from standoff.cases import archive
from standoff.cases.archive import pack, unpack
from standoff.cases.contents import is_known
from standoff.errors import InputError

NAMES = [
    "../report.txt", "../../etc/passwd", "/etc/passwd", "\\\\host\\share\\x", "C:\\report.txt", "report.txt/",
    "./report.txt", "a/../report.txt", "report.txt\x00.exe", "report\u202etxt.exe", "report\x1b[31m.txt", "REPORT.TXT",
    "report.txt ", "CON", "x" * 60_000, "reading.json\n", "\u2028report.txt", "original.exe", "original..md",
]  # fmt: skip


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as file:
        warnings.simplefilter("ignore")  # of duplicate names
        for name, data in entries:
            file.writestr(name, data, compress_type=method)
    return buffer.getvalue()


def refused(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        unpack(data, is_known, "case.zip")
    message = str(error.value)
    assert message.startswith("case.zip: ")
    assert len(message) < 400
    assert message.isprintable()


def entry(**fields: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("report.txt")
    for name, value in fields.items():
        setattr(info, name, value)
    return info


def patched(data: bytes, offset: int, new: bytes, local: bool = True) -> bytes:
    """Return a zip of one file with a field of its header in the list of files changed, and of the local one."""
    start = data.index(b"PK\x01\x02") + offset
    data = data[:start] + new + data[start + len(new) :]
    return new_local(data, offset - 2, new) if local else data


def new_local(data: bytes, offset: int, new: bytes) -> bytes:
    return data[:offset] + new + data[offset + len(new) :]


GOOD = zipped(("report.txt", b"words " * 100))


def test_what_was_packed_comes_back_in_order_and_the_same_each_time() -> None:
    files = {"report.txt": b"words", "reading.json": bytes(range(256)) * 1000, "original.md": b""}
    data = pack(files)
    assert data == pack(files)
    assert list(unpack(data, is_known, "x").items()) == list(files.items())
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for info in file.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.external_attr == (stat.S_IFREG | 0o644) << 16
            assert (info.extra, info.comment, info.create_system) == (b"", b"", 3)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name[:20]))
def test_only_known_names_are_read(name: str) -> None:
    # zipfile would put it right; a hostile writer does not.
    placeholder = "n" * len(name.encode())
    data = zipped((placeholder, b"x")).replace(placeholder.encode(), name.encode())
    refused(data, "no file of a case|holds more than|damaged")


def test_a_link_a_folder_and_a_device_are_refused() -> None:
    for mode, words in (
        (stat.S_IFLNK | 0o777, "a link"),
        (stat.S_IFDIR, "no regular"),
        (stat.S_IFCHR, "no regular"),
    ):
        info = entry(create_system=3, external_attr=mode << 16)
        refused(zipped((info, b"/etc/passwd")), words)


def test_a_name_twice_is_refused() -> None:
    refused(zipped(("report.txt", b"one"), ("report.txt", b"two")), "report.txt twice")


def test_encrypted_and_oddly_packed_files_are_refused() -> None:
    for flag in (0x1, 0x40, 0x2000):
        refused(patched(GOOD, 8, struct.pack("<H", flag)), "encrypted")
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        refused(zipped(("report.txt", b"x" * 1000), method=method), "packed by a method")
    refused(patched(GOOD, 10, struct.pack("<H", 97)), "packed by a method")


def test_a_bomb_is_given_up_early() -> None:
    bomb = zipped(("reading.json", b"\0" * (100 * 2**20)))
    assert len(bomb) < 200_000
    tracemalloc.start()
    refused(bomb, "reading.json in it grows beyond all measure")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * archive.FREE_BYTES


def test_a_size_that_lies_is_noticed() -> None:
    # Said to be smaller than it is, and larger.
    for size in (10, 10_000):
        refused(patched(GOOD, 24, struct.pack("<L", size)), "damaged")
    huge = patched(GOOD, 24, struct.pack("<L", 2**32 - 2))
    refused(huge, "larger than 256 MiB")


def test_limits_hold_for_each_file_for_all_and_for_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    refused(zipped(*((f"n{number}", b"") for number in range(65))), "more than 64 files")
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    refused(zipped(("report.txt", b"x" * 1001)), "beyond all measure")
    assert unpack(zipped(("report.txt", b"x" * 1000)), is_known, "x")
    monkeypatch.setattr(archive, "MOST_TOTAL", 2**20)
    refused(zipped(("report.txt", b"x" * 900_000), ("report.json", b"x" * 900_000)), "larger than 1 MiB")


def test_files_that_share_their_bytes_are_refused() -> None:
    two = zipped(
        ("report.txt", b"abcdefgh" * 40), ("report.json", b"abcdefgh" * 40), method=zipfile.ZIP_STORED
    )
    # Both entries of the list point to the first file, as in a bomb without nesting.
    at = two.rindex(b"PK\x01\x02")
    same = two[: at + 42] + struct.pack("<L", 0) + two[at + 46 :]
    refused(same, "damaged")


def test_a_list_of_a_million_files_is_not_read() -> None:
    entry_bytes = b"PK\x01\x02" + b"\0" * 42
    many = 20_000
    directory = entry_bytes * many
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 4, 0)
    refused(b"PK\x03\x04" + directory + end, "more than 64 files")
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, many, many, 10, 4, 0)
    refused(b"PK\x03\x04" + directory + end, "more than 64 files")
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 4, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46, 4, 0)
    refused(b"PK\x03\x04" + locator + end, "more than 64 files")


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def spoilt(data: bytes) -> bytes:
    at = data.index(b"report.txt") + 14
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 4]) + data[at + 4 :]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda _: b"", "no case file"),
        (lambda _: b"PK\x05\x06" + b"\0" * 18, "no case file"),
        (lambda _: b"%PDF-1.7 words", "no case file"),
        (cut, "no case file"),
        (lambda data: data + b"more", "no case file"),
        (lambda data: b"#!/bin/sh\n" + data, "no case file"),
        (spoilt, "damaged"),
        (lambda data: patched(data, 42, struct.pack("<L", 10_000), local=False), "damaged"),
        (lambda data: patched(data, 20, struct.pack("<L", 5), local=False), "damaged"),
    ],
)
def test_what_is_no_whole_zip_is_refused(change: Callable[[bytes], bytes], words: str) -> None:
    refused(change(GOOD), words)


def test_nothing_is_written_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for data in (GOOD, zipped(("../x.txt", b"x"))):
        with suppress(InputError):
            unpack(data, is_known, "x")
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "x.txt").exists()
