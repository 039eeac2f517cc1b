"""Where edits of events come from: the files beside a report, and what a call is given."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from standoff import csv_rows
from standoff.errors import InputError, SettingError
from standoff.event_columns import event_columns
from standoff.event_edits.cells import Order, editable, order_of
from standoff.overrides import is_for_report

if TYPE_CHECKING:
    import pandas as pd

#: What a call may be given: a file, a table, rows; False or "none" leaves out the files beside the report, too.
Given: TypeAlias = "str | Path | pd.DataFrame | Iterable[Mapping[str, Any]] | EventEdits | bool | None"

SUFFIX = ".events.csv"
COMMON = "events.csv"
MACHINE = "machine"
_ALIASES = {"latitude": "lat", "longitude": "lon", "lng": "lon", "report": "report_id", "type": "event_type"}
_TELL_WHICH = ("event_id", "sentence", "trigger", "event_type")
_OFF = "none"


@dataclass(frozen=True)
class EditRow:
    """One row; ``origin`` tells where it stands: "x.events.csv, line 3".

    Attributes
    ----------
    cells : mapping
        What is not empty, by column.
    machine : mapping or None
        The editable cells as they were read; None for a row that was written by hand.
    """

    origin: str
    cells: Mapping[str, str]
    machine: Mapping[str, str] | None = None

    @property
    def is_added(self) -> bool:
        """Whether it says that it is an event of its own."""
        return self.cells.get("review_status", "").strip().lower() == "added"


@dataclass(frozen=True)
class Sheet:
    """One table of edits.

    Attributes
    ----------
    order : "day first" or "month first", or None
        How its dates with strokes are meant.
    is_of_report : bool
        It belongs to the report by its name: what its rows say of the report does not matter.
    problems : tuple of str
        Rows that cannot be used.
    """

    label: str
    rows: tuple[EditRow, ...]
    file: Path | None = None
    order: Order | None = None
    is_of_report: bool = False
    problems: tuple[str, ...] = ()

    def rows_for(self, report_id: str) -> list[EditRow]:
        """Return the rows that hold for a report."""
        return [
            row
            for row in self.rows
            if self.is_of_report or is_for_report(row.cells.get("report_id"), report_id)
        ]


@dataclass(frozen=True)
class EventEdits:
    """Tables of edits in the order of their weight: later ones win."""

    sheets: tuple[Sheet, ...] = ()

    @property
    def files(self) -> list[Path]:
        """What was read."""
        return [sheet.file for sheet in self.sheets if sheet.file is not None]


def is_sheet(path: str | Path) -> bool:
    """Say whether a file is written as a table to edit, by its name.

    Examples
    --------
    >>> is_sheet("out/at-tanf.events.csv"), is_sheet("at-tanf.csv")
    (True, False)
    """
    return Path(path).name.lower().endswith(SUFFIX)


def gather(given: Given = None, report_file: str | Path | None = None) -> EventEdits:
    """Return the edits for a report: those of the files beside it, then those given, which win.

    Parameters
    ----------
    given : path, DataFrame, iterable of mappings, False or "none", optional
        False or "none" switches the files beside the report off.
    report_file : path, optional
        Where the report lies; "-" is standard input.

    Raises
    ------
    SettingError
        If what was given cannot be read.
    InputError
        If a file beside the report cannot.
    """
    if isinstance(given, EventEdits):
        return given
    if given is False or (isinstance(given, str) and given.lower() == _OFF):
        return EventEdits()
    found = [] if report_file is None or str(report_file) == "-" else list(_beside(Path(report_file)))
    if given is None or given is True:
        return EventEdits(tuple(found))
    try:
        own = _given(given)
    except InputError as error:
        msg = f"setting event_edits: {error}"
        raise SettingError(msg) from None
    others = [sheet for sheet in found if own.file is None or sheet.file.resolve() != own.file.resolve()]  # type: ignore[union-attr]
    return EventEdits((*others, own))


def _beside(report: Path) -> Iterator[Sheet]:
    common = report.with_name(COMMON)
    if os.path.lexists(common):
        sheet = read_sheet(common)
        # An export of all columns may lie there under the same name: it is no file of edits.
        if sheet is not None:
            yield sheet
    own = report.with_name(report.stem + SUFFIX)
    if os.path.lexists(own):
        yield read_sheet(own, is_of_report=True, is_wanted=True) or Sheet(own.name, ())


def read_sheet(path: Path, *, is_of_report: bool = False, is_wanted: bool = False) -> Sheet | None:
    """Read a file of edits; None for an export that nobody named as one (``is_wanted``).

    Raises
    ------
    InputError
        If it cannot be read as one.
    """
    table = csv_rows.read_rows(path)
    names = [_column(name) for name in table.header]
    if not is_wanted and ("footprint_wkt" in names and MACHINE not in names):
        return None
    return _sheet(path.name, _raw(path, table), file=path, is_of_report=is_of_report)


class SheetAsItIs(NamedTuple):
    """A file of edits with all that stands in it, to be written again."""

    sheet: Sheet
    header: list[str]
    raw: dict[str, dict[str, str]]
    delimiter: str


def sheet_of(path: Path) -> SheetAsItIs:
    """Read a file of edits with the columns that are not ours.

    Raises
    ------
    InputError
        If it cannot be read as one.
    """
    table = csv_rows.read_rows(path)
    rows = _raw(path, table)
    header = list(dict.fromkeys(_column(name) for name in table.header))
    raw = {origin: values for origin, values in rows if any(text.strip() for text in values.values())}
    return SheetAsItIs(_sheet(path.name, rows, file=path), header, raw, table.delimiter)


def _raw(path: Path, table: csv_rows.CsvRows) -> list[tuple[str, dict[str, str]]]:
    header = _header([_column(name) for name in table.header], str(path))
    rows = []
    for line, cells in table.rows:
        values = dict(zip(header, cells, strict=False))
        if table.delimiter == ";":  # where the comma is the decimal sign
            values |= {name: text.replace(",", ".") for name, text in values.items() if _is_number(name)}
        rows.append((f"{path.name}, line {line}", values))
    return rows


def _is_number(name: str) -> bool:
    return name in event_columns() and event_columns()[name].type in ("whole", "number")


def _given(given: object) -> Sheet:
    if isinstance(given, str | Path):
        return cast(Sheet, read_sheet(Path(given), is_wanted=True))
    if hasattr(given, "columns") and hasattr(given, "to_dict"):
        frame: Any = given
        _header([_column(name) for name in frame.columns], "the table")
        given = frame.astype(object).where(frame.notna(), None).to_dict("records")
    if isinstance(given, Mapping) or not isinstance(given, Iterable):
        msg = f"{type(given).__name__} is no file, table or list of rows"
        raise InputError(msg)
    rows = []
    for number, row in enumerate(cast("Iterable[object]", given), start=1):
        if not isinstance(row, Mapping):
            msg = f"row {number} is no mapping of columns to values but {type(row).__name__}"
            raise InputError(msg)
        values = {_column(name): _text(value) for name, value in row.items()}
        rows.append((f"event edits, row {number}", values))
    return _sheet("event edits", rows)


def _text(value: object) -> str:
    empty = value is None or (isinstance(value, float) and math.isnan(value)) or str(value) == "<NA>"
    return "" if empty else str(value)


def _sheet(
    label: str,
    rows: Iterable[tuple[str, Mapping[str, str]]],
    *,
    file: Path | None = None,
    is_of_report: bool = False,
) -> Sheet:
    made, problems = [], []
    for origin, values in rows:
        cells = {name: text for name, text in values.items() if name != MACHINE and text.strip()}
        machine = _machine(values.get(MACHINE, ""))
        if machine is not None and MACHINE in machine:
            problems.append(
                f"{origin}, column {MACHINE}: it is not what was written there; put it back, or empty it"
            )
        elif cells:
            made.append(EditRow(origin, cells, machine))
    dates = [name for name in editable() if event_columns()[name].type == "date"]
    order = order_of(
        (row.cells.get(name, ""), (row.machine or {}).get(name, "")) for row in made for name in dates
    )
    return Sheet(label, tuple(made), file, order, is_of_report, tuple(problems))


def _machine(text: str) -> dict[str, str] | None:
    """Return the cells as they were read; with the column itself among them if they are spoilt."""
    if not text.strip():
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return {MACHINE: text}
    return {str(name): str(value) for name, value in found.items() if name != MACHINE}


def _header(names: list[str], where: str) -> list[str]:
    if not set(_TELL_WHICH) & set(names):
        msg = f"{where}: its first line names no column that tells which event: {', '.join(_TELL_WHICH)}"
        raise InputError(msg)
    return names


def _column(name: object) -> str:
    plain = str(name).strip().lower()
    return _ALIASES.get(plain, plain)
