"""What a reading is written as, by the end of a file's name: one table for Python and the command line.

What each kind needs is imported when it is written, so that `import standoff` and `standoff --help` are quick.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from standoff.errors import ExportError
from standoff.files import is_same

if TYPE_CHECKING:
    from standoff.reading import Reading

Writer: TypeAlias = "Callable[[Reading, Path], Path]"
PAGES = (".html", ".htm")
"""Suffixes by which a reading is written as its map."""
TABLES = (".csv", ".events.csv")
"""Those that may begin with a byte order mark."""


def _page(reading: Reading, path: Path) -> Path:
    from standoff import maps

    return maps.save(reading.map(), path)


def _data(reading: Reading, path: Path) -> Path:
    from standoff import export

    return export.write(reading.report, reading.record, path)


def _sheet(reading: Reading, path: Path) -> Path:
    from standoff.event_edits.sheet import write_sheet

    return write_sheet(reading.report, reading.record, path)


def _case(reading: Reading, path: Path) -> Path:
    from standoff import cases

    return cases.write(reading, path)


WRITERS: dict[str, Writer] = {
    **dict.fromkeys(PAGES, _page),
    **dict.fromkeys((".geojson", ".kml", ".csv", ".parquet", ".gpkg", ".json"), _data),
    ".events.csv": _sheet,
    **dict.fromkeys((".svg", ".png", ".pdf", ".figure.svg", ".figure.png", ".figure.pdf"), _data),
    **dict.fromkeys((".map.png", ".map.pdf"), _data),
    **dict.fromkeys((".zip", ".case.zip"), _case),
}
"""What can be written: the end of a name to what writes the file; of two that fit the longer one counts."""


def kind_of(path: Path) -> str:
    """Return by which end of its name a file is written.

    Raises
    ------
    ExportError
        If there is none that is known.

    Examples
    --------
    >>> kind_of(Path("out/A.GeoJSON")), kind_of(Path("a.events.csv")), kind_of(Path("a.b.csv"))
    ('.geojson', '.events.csv', '.csv')
    """
    name = path.name.lower()
    found = max((end for end in WRITERS if name.endswith(end)), key=len, default=name)
    if found == name:  # no suffix, or nothing but one
        msg = f"{path}: unknown suffix {path.suffix!r}; known are {', '.join(WRITERS)}"
        raise ExportError(msg)
    return found


def save(reading: Reading, path: Path, *, bom: bool = False) -> Path:
    """Write a reading, never over what was read for it; see `Reading.save`."""
    kind = kind_of(path)
    for read_from in _read_for(reading, kind):
        if is_same(path, read_from):
            msg = f"{path}: it was read, and would be written over; give another name"
            raise ExportError(msg)
    if bom and kind not in TABLES:
        msg = f"{path}: a byte order mark is for {' and '.join(TABLES)} only; leave out bom"
        raise ExportError(msg)
    if bom and kind == ".csv":
        from standoff import export

        return export.write(reading.report, reading.record, path, bom=True)
    return WRITERS[kind](reading, path)


def _read_for(reading: Reading, kind: str) -> list[str | Path]:
    sources = reading.sources
    # A table of edits is written again with all that stands in it.
    edited = [] if kind == ".events.csv" else sources.event_edits.files
    found = (sources.file, sources.case, sources.overrides.file, *edited)
    return [file for file in found if file is not None]
