"""A reading as a file, by the end of its name: the shapes, the words they came from, the source; pictures."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from pathlib import Path

from standoff import figures
from standoff.errors import ExportError
from standoff.export import data
from standoff.export.geopackage import geopackage
from standoff.export.kml import kml
from standoff.files import export_bytes
from standoff.model import ReadingRecord, Report


def _map_png(report: Report, record: ReadingRecord) -> bytes:
    from standoff.maps import pictures

    return pictures.png(report, record)


def _map_pdf(report: Report, record: ReadingRecord) -> bytes:
    from standoff.maps import pictures

    return pictures.pdf(report, record)


WRITERS: dict[str, Callable[[Report, ReadingRecord], bytes]] = {
    ".geojson": data.geojson,
    ".kml": kml,
    ".csv": data.table,
    ".parquet": data.geoparquet,
    ".gpkg": geopackage,
    ".json": data.contract,
    ".svg": figures.svg,
    ".png": figures.png,
    ".pdf": figures.pdf,
    ".figure.svg": figures.map_svg,
    ".figure.png": figures.map_png,
    ".figure.pdf": figures.map_pdf,
    ".map.png": _map_png,
    ".map.pdf": _map_pdf,
}
"""What can be written: end of a name to the function that makes the file's bytes."""


def kind_of(path: str | os.PathLike[str]) -> str | None:
    """Return the key of ``WRITERS`` that a file's name ends in, the longest that does.

    Examples
    --------
    >>> kind_of("strike.figure.png"), kind_of("strike.png"), kind_of("strike.shp")
    ('.figure.png', '.png', None)
    """
    name = Path(path).name.lower()
    return max((end for end in WRITERS if name.endswith(end)), key=len, default=None)


def write(report: Report, record: ReadingRecord, path: str | os.PathLike[str], *, bom: bool = False) -> Path:
    """Write a reading as GeoJSON, KML, CSV, GeoParquet, GeoPackage or JSON, or as a picture, as the end of the name says.

    The same reading gives the same bytes. Missing folders are made; the file appears
    whole or not at all.

    Parameters
    ----------
    report : Report
    record : ReadingRecord
    path : path
    bom : bool
        Begin with a byte order mark, by which spreadsheets know a CSV in UTF-8.

    Raises
    ------
    ExportError
        If the suffix is not known or the file cannot be written.

    Examples
    --------
    >>> write(None, None, "map.shp")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    standoff.errors.ExportError: map.shp: unknown suffix '.shp'; known are .geojson, ...
    """
    target = Path(path)
    kind = kind_of(target)
    if kind is None:
        msg = f"{target}: unknown suffix {target.suffix!r}; known are {', '.join(WRITERS)}"
        raise ExportError(msg)
    made = WRITERS[kind](report, record)
    return export_bytes(target, codecs.BOM_UTF8 + made if bom else made)


__all__ = ["WRITERS", "kind_of", "write"]
