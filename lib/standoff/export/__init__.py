"""A reading as a file, by the suffix of its name: the shapes, the words they came from, the source; the timeline."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from standoff import figures
from standoff.errors import ExportError
from standoff.export import data
from standoff.export.kml import kml
from standoff.files import export_bytes
from standoff.model import ReadingRecord, Report

WRITERS: dict[str, Callable[[Report, ReadingRecord], bytes]] = {
    ".geojson": data.geojson,
    ".kml": kml,
    ".csv": data.table,
    ".parquet": data.geoparquet,
    ".json": data.contract,
    ".svg": figures.svg,
    ".png": figures.png,
    ".pdf": figures.pdf,
}
"""What can be written: suffix to the function that makes the file's bytes."""


def write(report: Report, record: ReadingRecord, path: str | os.PathLike[str]) -> Path:
    """Write a reading as GeoJSON, KML, CSV, GeoParquet or JSON, or its timeline, as the suffix says.

    The same reading gives the same bytes. Missing folders are made; the file appears
    whole or not at all.

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
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        msg = f"{target}: unknown suffix {target.suffix!r}; known are {', '.join(WRITERS)}"
        raise ExportError(msg)
    return export_bytes(target, writer(report, record))


__all__ = ["WRITERS", "write"]
