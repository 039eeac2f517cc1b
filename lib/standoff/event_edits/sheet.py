"""The table of events as a CSV to edit: what was read beside what is set, and nothing of an earlier hand lost.

Written are the columns of the export but the shape (a cell of a spreadsheet holds no coast), and at the end
`machine`: the editable cells as they were read, by which the next run knows which ones were changed by hand.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from standoff import csv_rows, tables
from standoff.csv_cells import csv_cell
from standoff.errors import ExportError, InputError, SettingError
from standoff.event_columns import OPTIONAL, event_columns
from standoff.event_edits.apply import differing, hand_set
from standoff.event_edits.cells import NOTHING, cells_of, editable, value_of
from standoff.event_edits.changes import NEEDED
from standoff.event_edits.matching import match
from standoff.event_edits.sources import MACHINE, SUFFIX, Sheet, sheet_of
from standoff.event_types import types_in
from standoff.files import export_bytes, is_there
from standoff.model import Event, Footprint, ReadingRecord, Report
from standoff.report import slug

_LEFT_OUT = OPTIONAL | {"footprint_wkt"}
COLUMNS = (*(name for name in event_columns() if name not in _LEFT_OUT), MACHINE)
_PLACE = ("lat", "lon", "coordinate_uncertainty_m")


@dataclass
class _Old:
    """What stands in the file already, with its columns as they are named there."""

    header: list[str] = field(default_factory=list)
    raw: dict[str, dict[str, str]] = field(default_factory=dict)
    sheet: Sheet | None = None
    delimiter: str = ","


def write_sheet(report: Report, record: ReadingRecord, path: Path) -> Path:
    """Write the events of a reading as a CSV to edit; edits that stand in the file stay in it.

    A cell that was changed by hand stays, unless the reading has an edit of that cell from elsewhere. Rows
    of other reports, rows of one's own, columns of one's own and edited rows of which the event is gone stay, too.

    Raises
    ------
    ExportError
        If the file that is there cannot be read, or the new one cannot be written; it is then as it was.
    """
    try:
        old = _read(path, report)
    except InputError as error:
        msg = f"{error}; it holds edits of events perhaps, and is not written over: move it away"
        raise ExportError(msg) from None
    new = _rows(report, record, path)
    kept = _merge(new, old, report, record)
    extra = [name for name in old.header if name not in COLUMNS]
    return export_bytes(path, _bytes([*new, *kept], [*COLUMNS, *extra], old.delimiter))


def set_cells(
    report: Report, record: ReadingRecord, path: Path, event_id: str, cells: Mapping[str, str | None]
) -> Path:
    """Set cells of one event in a table to edit; the table is written first, if it is not there.

    Parameters
    ----------
    report, record
        As read with what stands in the table now.
    path : Path
    event_id : str
    cells : mapping
        By column, as typed; an empty one says that there is none, None puts back what was read.

    Raises
    ------
    SettingError
        If the reading has no such event, a cell cannot hold what was typed, or the event was added by another
        table; nothing that was set is written then.
    ExportError
        If the table that is there cannot be read, or the new one cannot be written.
    """
    event = next((each for each in [*record.events, *record.rejected] if each.id == event_id), None)
    if event is None:
        msg = f"this reading has no event {event_id!r}"
        raise SettingError(msg)
    typed = {name: _checked(name, text, record) for name, text in cells.items()}
    here = f"{path.name}, line "
    origin = next((each for each in (event.override or "").split("; ") if each.startswith(here)), "")
    is_own = not event.read_as and event.review_status in ("added", "corrected") and bool(origin)
    if not is_own:
        write_sheet(report, record, path)
    old = _read(path, report)
    if not is_own:  # they stand at the head of the table, in the order of the reading
        rows = (o for o, raw in old.raw.items() if raw.get("event_id") == event_id and raw.get(MACHINE))
        origin = next(rows, "")
    if origin not in old.raw:
        msg = f"{event_id}: it was added by {event.override}; change it there"
        raise SettingError(msg)
    row = old.raw[origin]
    if is_own and typed.get("review_status") == "rejected":
        del old.raw[origin]  # what the analyst added is not rejected, but gone
    elif is_own:
        row |= {name: text or "" for name, text in typed.items() if name != "review_status"}
    else:
        machine = json.loads(row[MACHINE])
        row |= {name: machine.get(name, "") if text is None else text for name, text in typed.items()}
    extra = [name for name in old.header if name not in COLUMNS]
    return export_bytes(path, _bytes(map(_New, old.raw.values()), [*COLUMNS, *extra], old.delimiter))


def _checked(name: str, text: str | None, record: ReadingRecord) -> str | None:
    """Return a cell as it is written; an empty one empties it."""
    if name not in editable():
        msg = f"{name} is no column of events that can be set"
        raise SettingError(msg)
    if text is None:
        return None
    plain = text.strip() or NOTHING
    try:
        value = value_of(event_columns()[name], plain)
    except ValueError as error:
        msg = f"{name}: {error}"
        raise SettingError(msg) from None
    if value is None and name in NEEDED:
        msg = f"{name}: an event has to have it"
        raise SettingError(msg)
    if name == "event_type" and value not in types_in(record.settings):
        msg = f"{name}: {plain[:60]!r} is no type of event"
        raise SettingError(msg)
    return plain


def _read(path: Path, report: Report) -> _Old:
    if not is_there(path) or not csv_rows.text_of(path).removeprefix(csv_rows.BOM).strip():
        return _Old()
    sheet, header, raw, delimiter = sheet_of(path)
    is_of_report = slug(path.name[: -len(SUFFIX)]) == report.id
    return _Old(header, raw, replace(sheet, is_of_report=is_of_report), delimiter)


@dataclass
class _New:
    cells: dict[str, str]
    event: Event | None = None


def _rows(report: Report, record: ReadingRecord, path: Path) -> list[_New]:
    """Return the rows of a reading; not those that were added in the very file, where they stand."""
    whole = record.model_copy(update={"events": sorted([*record.events, *record.rejected], key=_number)})
    frame = tables.events(whole, report)
    shapes = {footprint.id: footprint for footprint in record.footprints}
    rows = []
    for event, values in zip(whole.events, frame.astype(object).to_dict("records"), strict=True):
        is_added = not event.read_as and event.review_status in ("added", "corrected")
        if is_added and (event.override or "").startswith(f"{path.name}, line "):
            continue
        cells = {str(name): str(value) for name, value in values.items() if _is_there(value)}
        now = cells_of(event, shapes.get(event.footprint or ""))
        cells = {name: text for name, text in cells.items() if name not in editable()} | now
        if is_added:
            cells = {
                name: text
                for name, text in cells.items()
                if name not in editable() or name in event.corrected
            }
            cells |= {"review_status": "added"} | _anchor(event, record, shapes)
        else:
            machine = now | {"review_status": "unreviewed"} | event.read_as
            if set(_PLACE) & set(event.corrected):
                # The circle follows the point: what was not set by hand is not what was read.
                machine = {
                    name: text
                    for name, text in machine.items()
                    if name not in _PLACE or name in event.corrected
                }
                cells = {
                    name: text
                    for name, text in cells.items()
                    if name not in _PLACE or name in event.corrected
                }
            cells[MACHINE] = json.dumps(
                {name: text for name, text in machine.items() if text}, ensure_ascii=False
            )
        rows.append(_New(cells, None if is_added else event))
    return rows


def _is_there(value: object) -> bool:
    return value is not None and value == value and str(value) not in ("<NA>", "")


def _number(event: Event) -> int:
    return int(event.id[1:]) if event.id[1:].isdigit() else 0


def _anchor(event: Event, record: ReadingRecord, shapes: Mapping[str, Footprint]) -> dict[str, str]:
    """Return the place by which an event was added, where it was by one."""
    if "anchor_name" not in event.corrected:
        return {}
    footprint = shapes.get(event.footprint or "")
    places = footprint.places if footprint else []
    named = (tables.place_name(mention) for mention in record.places if mention.id in places)
    return {"anchor_name": next(filter(None, named), "")}


def _merge(new: list[_New], old: _Old, report: Report, record: ReadingRecord) -> list[_New]:
    """Put what was set by hand in the file into the new rows; return the rows of it that stay as they are."""
    if old.sheet is None:
        return []
    mine = {row.origin for row in old.sheet.rows_for(report.id)}
    rows = [row for row in old.sheet.rows if row.origin in mine]
    read = [each for each in new if each.event is not None]
    matches = match(rows, [each.event for each in read if each.event], types_in(record.settings))
    extra = [name for name in old.header if name not in COLUMNS]
    stay = [row.origin for row in old.sheet.rows if row.origin not in mine]
    for number, row in enumerate(rows):
        index = matches.found.get(number)
        if index is None:
            if row.machine is None or hand_set(row):
                stay.append(row.origin)
            continue
        into, raw = read[index], old.raw[row.origin]
        set_elsewhere = set(into.event.corrected) if into.event else set()
        before = json.loads(into.cells[MACHINE]) if row.machine is None else row.machine
        hand = [name for name in differing(row.cells, before) if name not in set_elsewhere]
        into.cells |= {name: row.cells[name] for name in hand}
        into.cells |= {name: raw[name] for name in extra if raw.get(name)}
    order = {row.origin: place for place, row in enumerate(old.sheet.rows)}
    # What cannot be used is told of at each reading, and is not for us to throw away.
    spoilt = [origin for origin in old.raw if origin not in order]
    return [_New(old.raw[origin]) for origin in [*sorted(stay, key=order.__getitem__), *spoilt]]


def _bytes(rows: Iterable[_New], header: list[str], delimiter: str) -> bytes:
    stream = io.StringIO(newline="")
    stream.write(csv_rows.BOM)  # spreadsheets know by it that names in other scripts are UTF-8
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow([csv_cell(name) for name in header])
    for row in rows:
        writer.writerow([_written(name, row.cells.get(name, ""), delimiter) for name in header])
    return stream.getvalue().encode()


def _written(name: str, text: str, delimiter: str) -> str:
    column = event_columns().get(name)
    if column is not None and column.dtype != "string" and _is_number(text):
        return text.replace(".", ",") if delimiter == ";" else text
    return csv_cell(text)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
