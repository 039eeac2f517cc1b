"""A case saved: the page, the shapes, the tables and the case file of a reading, in one folder."""

from __future__ import annotations

from pathlib import Path

from standoff.desk.shelf import Shelf
from standoff.errors import ExportError
from standoff.event_edits.sources import SUFFIX
from standoff.files import is_folder, is_there
from standoff.reading import Reading
from standoff.report import slug

CASES = "cases"
KINDS = (".html", ".geojson", ".csv", ".json", ".zip", SUFFIX)


def case_folder(shelf: Shelf, reading: Reading) -> Path:
    """Return where a case goes, if nothing else is said."""
    return shelf.own / CASES / (slug(reading.report.id) or "report")


def save_case(reading: Reading, folder: str | Path) -> list[Path]:
    """Write a reading into a folder: for people, for a GIS, for a spreadsheet, and as a case file to be opened again.

    Files of an earlier time are written over.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ExportError
        If the folder is none, or a file cannot be written.
    """
    if not str(folder).strip():
        msg = "the folder for the case is empty; name one"
        raise ExportError(msg)
    folder = Path(folder).expanduser()
    if is_there(folder) and not is_folder(folder):
        msg = f"{folder}: it is a file, not a folder to write into"
        raise ExportError(msg)
    stem = slug(reading.report.id) or "report"
    return [reading.save(folder / f"{stem}{kind}") for kind in KINDS]
