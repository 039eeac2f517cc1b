"""An analyst's own corrections: what a name means, or where a place is, from ``overrides.csv``.

A row says what it corrects (``text``, ``gid`` or both) and how: by coordinates, by a place of the
gazetteer, or by saying that the words are no place. Rows that cannot be used are told of with
their line and passed over; see docs/overrides.md.
"""

from __future__ import annotations

import csv
import io
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from standoff import csv_rows, files
from standoff.csv_cells import csv_cell
from standoff.errors import ExportError, InputError, SettingError
from standoff.report import slug

if TYPE_CHECKING:
    import pandas as pd

#: What a call may be given: a file, a table, rows; False or "none" leaves out the file beside the report, too.
Given: TypeAlias = "str | Path | pd.DataFrame | Iterable[Mapping[str, Any]] | Overrides | bool | None"

FILE_NAME = "overrides.csv"
COLUMNS = ("text", "gid", "lat", "lon", "name", "extent_m", "country", "feature", "note", "report")
NO_PLACE = "none"
_ALIASES = {"latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon"}
_REPORT_SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".xhtml"})
_MOST_TOLD = 5


class Override(BaseModel):
    """One correction. ``origin`` tells where it stands: "overrides.csv, line 3"."""

    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    origin: str
    text: str | None = None
    gid: str | None = None
    lat: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False)
    lon: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)
    name: str | None = None
    extent_m: float | None = Field(None, ge=0, le=20_000_000, allow_inf_nan=False)
    country: str | None = None
    feature: str | None = None
    note: str | None = None
    report: str | None = None

    @field_validator("country")
    @classmethod
    def _is_code(cls, value: str | None) -> str | None:
        if value is None or (len(value) == 2 and value.isascii() and value.isalpha()):
            return value.upper() if value else None
        msg = "it is not a code of two letters such as SY"
        raise ValueError(msg)

    @model_validator(mode="after")
    def _is_whole(self) -> Override:
        if not (self.text or self.gid):
            msg = "it has neither text nor gid, so it corrects nothing"
            raise ValueError(msg)
        if (self.lat is None) != (self.lon is None):
            msg = f"{'lat' if self.lat is None else 'lon'} is missing"
            raise ValueError(msg)
        if self.lat is None and not self.is_no_place and not (self.text and self.gid):
            msg = "lat and lon are missing (or give text and gid, or the feature 'none' for no place)"
            raise ValueError(msg)
        return self

    @property
    def is_no_place(self) -> bool:
        """Whether it says that the words are no place, or that a place is not to be taken."""
        return (self.feature or "").lower() == NO_PLACE

    @property
    def told(self) -> str:
        """Where it stands, with its note: "overrides.csv, line 3: seen on imagery"."""
        return f"{self.origin}: {self.note}" if self.note else self.origin

    def is_for(self, report_id: str) -> bool:
        """Say whether it holds for a report: its column ``report`` is empty, or names it, or is a pattern.

        Examples
        --------
        >>> row = Override(origin="line 2", text="Tanf", lat=33.5, lon=38.6, report="At Tanf*.md")
        >>> row.is_for("at-tanf-2017-06-08"), row.is_for("hodeidah")
        (True, False)
        """
        return is_for_report(self.report, report_id)


def is_for_report(name: str | None, report_id: str) -> bool:
    """Say whether a name, or a pattern of names, as an analyst writes it is that of a report; without one it is.

    Examples
    --------
    >>> is_for_report("At Tanf*.md", "at-tanf-2017-06-08"), is_for_report(None, "hodeidah")
    (True, True)
    """
    if not name:
        return True
    pattern = Path(name)
    stem = pattern.stem if pattern.suffix.lower() in _REPORT_SUFFIXES else pattern.name
    wanted = "*".join("?".join(slug(piece) for piece in part.split("?")) for part in stem.split("*"))
    return fnmatchcase(report_id, wanted)


@dataclass(frozen=True)
class Overrides:
    """Corrections in the order of their weight: later ones win over earlier ones.

    Attributes
    ----------
    rows : tuple of Override
    problems : tuple of str
        A line for each source of which rows could not be used.
    sources : tuple of str
        What they were read from.
    file : Path or None
        Where a further row belongs.
    """

    rows: tuple[Override, ...] = ()
    problems: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    file: Path | None = None

    def rows_for(self, report_id: str) -> list[Override]:
        """Return those that hold for a report; those for this report alone come last."""
        return sorted((row for row in self.rows if row.is_for(report_id)), key=lambda row: bool(row.report))


def gather(given: Given = None, report_file: str | Path | None = None) -> Overrides:
    """Return the corrections for a report: those of the file beside it, then those given, which win.

    Parameters
    ----------
    given : path, DataFrame, iterable of mappings, False or "none", optional
        False or "none" switches the file beside the report off.
    report_file : path, optional
        Where the report lies; "-" is standard input.

    Raises
    ------
    SettingError
        If what was given cannot be read.
    InputError
        If the file beside the report cannot.

    Examples
    --------
    >>> gather([{"text": "Tanf", "lat": 33.5, "lon": 38.6}, {"text": "X", "lat": 95, "lon": 0}]).problems
    ('overrides: 1 of 2 rows is not used: row 2: lat: Input should be less than or equal to 90',)
    """
    if isinstance(given, Overrides):
        return given
    if given is False or (isinstance(given, str) and given.strip().lower() == NO_PLACE):
        return Overrides()
    beside = None
    if report_file is not None and str(report_file) != "-":
        beside = Path(report_file).parent / FILE_NAME
    found = read_file(beside) if beside is not None and os.path.lexists(beside) else Overrides(file=beside)
    if given is None or given is True:
        return found
    try:
        own = _given(given)
    except InputError as error:
        msg = f"setting overrides: {error}"
        raise SettingError(msg) from None
    if found.rows and own.file and beside and own.file.resolve() == beside.resolve():
        return own
    return Overrides(
        (*found.rows, *own.rows), (*found.problems, *own.problems), (*found.sources, *own.sources),
        own.file or beside,
    )  # fmt: skip


def read_file(path: str | Path) -> Overrides:
    """Read a file of corrections: CSV in UTF-8 with a line of column names, as spreadsheets save it.

    Raises
    ------
    InputError
        If it cannot be read as that.
    """
    path = Path(path)
    table = csv_rows.read_rows(path)
    header = _header(table.header, str(path))
    rows: list[tuple[str, dict[str, Any]]] = []
    for line, cells in table.rows:
        values: dict[str, Any] = dict(zip(header, cells, strict=False))
        if table.delimiter == ";":  # where the comma is the decimal sign
            values |= {
                name: values[name].replace(",", ".") for name in ("lat", "lon", "extent_m") if name in values
            }
        rows.append((f"line {line}", values))
    return _checked(rows, path.name, path)


def add_row(path: str | Path, fields: Mapping[str, Any]) -> Path:
    """Write a correction below those of a file; what stands in the file stays, byte for byte.

    Parameters
    ----------
    path : path
        It is made if it is not there.
    fields : mapping
        Values by column; None leaves a cell empty.

    Raises
    ------
    SettingError
        If the row could not be used.
    InputError
        If there is a file and it cannot be read; it is left as it is.
    ExportError
        If it cannot be written.
    """
    path = Path(path)
    given = {name: value for name, value in fields.items() if value is not None}
    _, problem = _row("the row", given)
    if problem:
        msg = f"override: {problem}"
        raise SettingError(msg)
    there = csv_rows.text_of(path) if files.is_there(path) else ""
    try:
        whole = _with_row(there, given, path)
    except csv.Error as error:
        msg = f"{path}: it is not CSV ({error})"
        raise InputError(msg) from None
    try:
        return files.write_text(path, whole)
    except (OSError, ValueError) as error:  # ValueError: half of a surrogate pair, or a name with a NUL in it
        msg = f"{path}: the override cannot be written ({getattr(error, 'strerror', None) or error})"
        raise ExportError(msg) from None


def remove_row(path: str | Path, row: Override) -> Path:
    """Take a correction out of its file; all else that stands there stays, byte for byte.

    Parameters
    ----------
    path : path
    row : Override
        As `read_file` returned it: its ``origin`` tells the line.

    Raises
    ------
    SettingError
        If it does not stand there any more.
    InputError
        If the file cannot be read.
    ExportError
        If it cannot be written.
    """
    path = Path(path)
    if row not in read_file(path).rows:
        msg = (
            f"{path}: the correction of {row.text or row.gid!r} does not stand there any more; read it again"
        )
        raise SettingError(msg)
    first = int(row.origin.rpartition(" ")[2])
    there = csv_rows.text_of(path)
    lines = io.StringIO(there, newline="").readlines()
    reader = csv.reader(iter(lines[first - 1 :]), delimiter=csv_rows.delimiter_of(there))
    next(reader)  # a cell may go over several lines
    kept = [*lines[: first - 1], *lines[first - 1 + reader.line_num :]]
    try:
        return files.write_text(path, "".join(kept))
    except OSError as error:
        msg = f"{path}: the override cannot be taken out ({error.strerror or error})"
        raise ExportError(msg) from None


def _with_row(there: str, given: Mapping[str, Any], path: Path) -> str:
    """Return the text of a file with a row more, and with the columns that the row needs."""
    text = there.removeprefix(csv_rows.BOM)
    bom = there[: len(there) - len(text)]
    if not text.strip():
        text = _line(COLUMNS, ",", "\n")
    delimiter = csv_rows.delimiter_of(text)
    stream = io.StringIO(text, newline="")
    names = next(csv.reader(stream, delimiter=delimiter), [])
    first, rest = text[: stream.tell()], text[stream.tell() :]
    bare = first.rstrip("\r\n")
    end = first[len(bare) :] or "\n"
    header = _header(names, str(path))
    missing = [name for name in given if name not in header]
    if missing:
        first = bare + delimiter + _line(missing, delimiter, end)
    cells = (given.get(name) for name in [*header, *missing])
    row = _line([csv_cell(cell) if isinstance(cell, str) else cell for cell in cells], delimiter, end)
    before = first + rest
    if not before.endswith(("\n", "\r")):
        before += end
    whole = before + row
    if _last_row(whole, delimiter) != _last_row(row, delimiter):
        msg = f"{path}: a quote in it is not closed, and would swallow the new row; close it"
        raise InputError(msg)
    return bom + whole


def _line(cells: Iterable[Any], delimiter: str, end: str) -> str:
    line = io.StringIO()
    # Cells with either line end in them are quoted for this one.
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n") + end


def _last_row(text: str, delimiter: str) -> list[str]:
    last: list[str] = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        last = row
    return last


def _given(given: object) -> Overrides:
    if isinstance(given, str | Path):
        return read_file(given)
    if hasattr(given, "columns") and hasattr(given, "to_dict"):
        frame: Any = given
        _header([str(name) for name in frame.columns], "the table")
        plain = frame.astype(object).where(frame.notna(), None)
        given = plain.to_dict("records")
    if isinstance(given, Mapping) or not isinstance(given, Iterable):
        msg = f"{type(given).__name__} is no file, table or list of rows"
        raise InputError(msg)
    rows = []
    for number, row in enumerate(cast("Iterable[object]", given), start=1):
        if not isinstance(row, Mapping):
            msg = f"row {number} is no mapping of columns to values but {type(row).__name__}"
            raise InputError(msg)
        rows.append((f"row {number}", {_column(name): value for name, value in row.items()}))
    return _checked(rows, "overrides", None)


def _checked(rows: list[tuple[str, dict[str, Any]]], label: str, file: Path | None) -> Overrides:
    good, bad, count = [], [], 0
    for where, values in rows:
        if not any(_is_given(value) for value in values.values()):
            continue
        count += 1
        row, problem = _row(f"{label}, {where}", values)
        if row is None:
            bad.append(f"{where}: {problem}")
        else:
            good.append(row)
    problems = []
    if bad:
        more = f"; and {len(bad) - _MOST_TOLD} more" if len(bad) > _MOST_TOLD else ""
        verb = "is" if len(bad) == 1 else "are"
        rows_ = "row" if count == 1 else "rows"
        problems = [
            f"{label}: {len(bad)} of {count} {rows_} {verb} not used: {'; '.join(bad[:_MOST_TOLD])}{more}"
        ]
    return Overrides(tuple(good), tuple(problems), (label,), file)


def _row(origin: str, values: Mapping[str, Any]) -> tuple[Override | None, str]:
    """Return a correction, or None and what is wrong with it."""
    given = {name: values[name] for name in COLUMNS if _is_given(values.get(name))}
    # A table may hold an identifier or a name that is a number.
    given |= {name: str(value) for name, value in given.items() if name not in ("lat", "lon", "extent_m")}
    try:
        return Override(origin=origin, **given), ""
    except ValidationError as error:
        first = error.errors()[0]
        column = "".join(f"{part}: " for part in first["loc"])
        return None, f"{column}{first['msg'].removeprefix('Value error, ')}"


def _is_given(value: object) -> bool:
    empty = value is None or (isinstance(value, float) and math.isnan(value))
    return not empty and str(value).strip() not in ("", "<NA>")


def _header(names: Iterable[str], where: str) -> list[str]:
    header = [_column(name) for name in names]
    if not {"text", "gid"} & set(header):
        msg = f"{where}: its first line names no column text or gid (columns: {', '.join(COLUMNS)})"
        raise InputError(msg)
    return header


def _column(name: object) -> str:
    plain = str(name).strip().lower()
    return _ALIASES.get(plain, plain)
