"""A corpus as files: a table each, as GeoParquet for programs and CSV for people."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standoff import files
from standoff.csv_cells import csv_cell
from standoff.errors import ExportError

if TYPE_CHECKING:
    from standoff.corpus.corpus import Corpus

TABLES = (
    "reports",
    "failed",
    "events",
    "places",
    "relations",
    "zones",
    "checks",
    "footprints",
    "incidents",
    "links",
)
KINDS = ("parquet", "csv")


def save(corpus: Corpus, folder: str | Path, kind: str = "parquet") -> list[Path]:
    """Write every table of a corpus into a folder, each whole or not at all; see `Corpus.save`."""
    if kind not in KINDS:
        msg = f"{folder}: tables are written as {' or '.join(KINDS)}, not as {kind!r}"
        raise ExportError(msg)
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{folder}: the folder cannot be made ({error.strerror or error})"
        raise ExportError(msg) from None
    written = []
    for name in TABLES:
        table = corpus.incidents() if name == "incidents" else getattr(corpus, name)
        data = _parquet(table) if kind == "parquet" else csv_of(table)
        written.append(files.export_bytes(target / f"{name}.{kind}", data))
    return written


def _parquet(table: Any) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def csv_of(table: Any) -> bytes:
    """Return a table as CSV in UTF-8: geometry as WKT in (lon, lat), text quoted and defused, unknown empty."""
    import pandas as pd

    plain = pd.DataFrame(table.drop(columns="geometry", errors="ignore"))
    for name in plain.columns[plain.dtypes.map(pd.api.types.is_string_dtype)]:
        plain[name] = plain[name].map(csv_cell, na_action="ignore")
    if "geometry" in table:
        plain["wkt"] = [None if shape is None else shape.wkt for shape in table.geometry]
    text = plain.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    return str(text).encode()
