r"""The one way a CSV that an analyst wrote is read: as spreadsheets save it, with the line of each row.

UTF-8 with or without a mark at its start; commas, semicolons or tabs; any line ends; the apostrophe that
keeps a spreadsheet from computing a cell is taken off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from standoff import files
from standoff.csv_cells import csv_cell
from standoff.errors import InputError

BOM = "\ufeff"  # Excel knows by it that a CSV is UTF-8
_DELIMITERS = ",;\t"
_MOST_BYTES = 20_000_000


class _Reader(Protocol):
    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class CsvRows(NamedTuple):
    """A table with its column names as they stand in the file."""

    header: list[str]
    delimiter: str
    rows: list[tuple[int, list[str]]]
    """Each row with the line of the file that it begins in."""


def read_rows(path: Path) -> CsvRows:
    """Read a file.

    Raises
    ------
    InputError
        If it cannot be read as CSV in UTF-8.
    """
    return rows_of(text_of(path), str(path))


def rows_of(text: str, where: str) -> CsvRows:
    r"""Read a table from its text.

    Raises
    ------
    InputError
        If it is no CSV.

    Examples
    --------
    >>> rows_of("\ufefftype;plover\r\nraid;'=ASSAULT\r\n", "types.csv").rows
    [(2, ['raid', '=ASSAULT'])]
    """
    plain = text.removeprefix(BOM)
    delimiter = delimiter_of(plain)
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter)
    try:
        header = next(reader, [])
        return CsvRows(header, delimiter, list(_numbered(reader)))
    except csv.Error as error:
        msg = f"{where}: line {reader.line_num}: it is not CSV ({error})"
        raise InputError(msg) from None


def _numbered(reader: _Reader) -> Iterator[tuple[int, list[str]]]:
    start = reader.line_num + 1
    for cells in reader:
        yield start, [bare_cell(cell) for cell in cells]
        start = reader.line_num + 1


def bare_cell(value: str) -> str:
    """Return what a cell holds, without the apostrophe that keeps a spreadsheet from computing it.

    Examples
    --------
    >>> bare_cell("'=1+1"), bare_cell("'twas"), bare_cell("2")
    ('=1+1', "'twas", '2')
    """
    return value[1:] if value[:1] == "'" and csv_cell(value[1:]) == value else value


def delimiter_of(text: str) -> str:
    """Return what stands between the columns: what is most frequent in the first line."""
    first = text.partition("\n")[0].partition("\r")[0]
    return max(_DELIMITERS, key=first.count)


def text_of(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    InputError
        If it is not there, too long, or not UTF-8.
    """
    if files.is_there(path) and not path.is_file():  # a pipe would be waited for
        msg = f"{path}: it is no file"
        raise InputError(msg)
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        msg = f"{path}: there is no such file"
        raise InputError(msg) from None
    except (OSError, ValueError) as error:
        msg = f"{path}: it cannot be read ({getattr(error, 'strerror', None) or error})"
        raise InputError(msg) from None
    if len(raw) > _MOST_BYTES:
        msg = f"{path}: it is longer than {_MOST_BYTES // 1_000_000} MB"
        raise InputError(msg)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = f"{path}: it is not UTF-8 (byte {error.start:,}); save it as 'CSV UTF-8'"
        raise InputError(msg) from None
