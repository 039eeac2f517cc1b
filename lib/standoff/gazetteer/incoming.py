"""Files of places that people bring: opened, unpacked and read line by line, in bounded memory.

Nothing is unpacked to the disk, and the names inside an archive are never used as paths.
"""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, AnyStr, Generic, NamedTuple, cast

from standoff.errors import GazetteerError

LONGEST_LINE = 1_000_000
MAX_UNPACKED_BYTES = 8_000_000_000  # GeoNames' allCountries.txt is 1.7 GB
MAX_RATIO = 100  # GeoNames' archives shrink four to five times
SMALL_BYTES = 10_000_000  # below it any ratio is harmless
FIRST_REASONS = 5
_TEXT_SUFFIXES = (".txt", ".csv", ".tsv", ".geojson", ".json")
_ENCRYPTED = 1
_HEAD = 65_536


class Skipped(NamedTuple):
    """A row that could not be read: where, and why."""

    where: str
    reason: str


@dataclass
class Tally:
    """What became of the rows of a file.

    Attributes
    ----------
    skipped : int
        Rows that could not be read; the first reasons are in ``first``.
    left_out : int
        Rows that are of no use here: roads, hotels.
    """

    skipped: int = 0
    left_out: int = 0
    first: list[Skipped] = field(default_factory=list)

    def skip(self, where: str, reason: str) -> None:
        """Count a row that cannot be read."""
        self.skipped += 1
        if len(self.first) < FIRST_REASONS:
            self.first.append(Skipped(where, reason))


class Lines(Generic[AnyStr]):
    """The lines of a stream with their number; None for one that is too long to be a line.

    Unlike the stream's own iterator it never holds more than one line of bounded length.
    """

    def __init__(self, stream: IO[AnyStr], longest: int = LONGEST_LINE) -> None:
        self._stream: IO[AnyStr] = stream
        self._longest = longest
        self.number = 0

    def __iter__(self) -> Iterator[AnyStr | None]:
        return self

    def __next__(self) -> AnyStr | None:
        line: AnyStr = self._stream.readline(self._longest)
        if not line:
            raise StopIteration
        self.number += 1
        if _ended(line) or len(line) < self._longest:
            return line
        while line and not _ended(line):
            line = self._stream.readline(self._longest)
        return None


def _ended(line: str | bytes) -> bool:
    return line[-1:] in (("\n", "\r") if isinstance(line, str) else (b"\n",))


@dataclass(frozen=True)
class Incoming:
    """An opened file of places.

    Attributes
    ----------
    stream : binary file
        The text, unpacked.
    head : bytes
        Its beginning, to tell what it is.
    size : int
        Bytes of the text.
    label : str
        What to call it in messages.
    """

    stream: IO[bytes]
    head: bytes
    size: int
    label: str

    def text(self) -> IO[str]:
        """Return the text. What is no UTF-8 comes as lone surrogates, for the row that holds it to be skipped."""
        utf16 = self.head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return io.TextIOWrapper(
            self.stream, "utf-16" if utf16 else "utf-8-sig", errors="surrogateescape", newline=""
        )


@contextmanager
def opened(path: Path) -> Iterator[Incoming]:
    """Open a file of places, or the one text file in a zip archive.

    Raises
    ------
    GazetteerError
        If it cannot be read, also while the block reads it; the archive is damaged, encrypted,
        unpacks to far more than it should, or holds several text files.
    """
    try:
        if path.exists() and not path.is_file():
            what = "a folder" if path.is_dir() else "no ordinary file"
            msg = f"{path}: this is {what}; give a file"
            raise GazetteerError(msg)
        with path.open("rb") as stream:
            if stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06"):
                with zipfile.ZipFile(stream) as archive:
                    member = _member(archive, path)
                    with archive.open(member) as packed:
                        head = packed.read(_HEAD)
                    with archive.open(member) as packed:
                        label = f"{path.name}/{PurePosixPath(member.filename).name}"
                        text = io.BufferedReader(cast("io.RawIOBase", packed), _HEAD)
                        yield Incoming(text, head, member.file_size, label)
                return
            stream.seek(0)
            head = stream.read(_HEAD)
            stream.seek(0)
            yield Incoming(stream, head, path.stat().st_size, path.name)
    except FileNotFoundError:
        msg = f"{path}: there is no such file"
        raise GazetteerError(msg) from None
    except PermissionError:
        msg = f"{path}: this file may not be read"
        raise GazetteerError(msg) from None
    except OSError as error:
        msg = f"{path}: this file cannot be read ({error.strerror or error})"
        raise GazetteerError(msg) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        msg = f"{path}: the archive is damaged or of an unknown kind ({error}); fetch it again, or unpack it"
        raise GazetteerError(msg) from error


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """Return the one text file of an archive."""
    texts = [item for item in archive.infolist() if _is_wanted(item)]
    named = [item for item in texts if PurePosixPath(item.filename).stem.lower() == path.stem.lower()]
    found = named if len(named) == 1 else texts
    if len(found) != 1:
        names = ", ".join(repr(PurePosixPath(item.filename).name) for item in found[:5])
        held = f"{len(found)} of them ({names}); unpack it and add one" if found else "none"
        msg = f"{path}: an archive with one .txt, .csv or .geojson is wanted, and this one holds {held}"
        raise GazetteerError(msg)
    item = found[0]
    if item.flag_bits & _ENCRYPTED:
        msg = f"{path}: the archive is encrypted; unpack it with its password and add the file"
        raise GazetteerError(msg)
    too_dense = item.file_size > SMALL_BYTES and item.file_size > MAX_RATIO * max(item.compress_size, 1)
    if too_dense or item.file_size > MAX_UNPACKED_BYTES:
        msg = (
            f"{path}: it would unpack from {item.compress_size / 1e6:,.1f} MB to {item.file_size / 1e6:,.0f} MB, "
            "which no list of places does"
        )
        raise GazetteerError(msg)
    return item


def _is_wanted(item: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(item.filename).name.lower()
    hidden = name.startswith((".", "readme")) or item.filename.startswith("__MACOSX/")
    return not item.is_dir() and not hidden and name.endswith(_TEXT_SUFFIXES)
