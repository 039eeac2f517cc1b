"""A reading as a GeoPackage, for QGIS and other GIS: a layer a table, the same bytes each time."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from standoff import tables
from standoff.csv_cells import visible
from standoff.errors import ExportError
from standoff.export.rows import LISTS, SCHEMA, Row, footprint_rows, place_rows
from standoff.ground.geojson import from_geojson
from standoff.model import ReadingRecord, Report
from standoff.periods import first_and_last

_CRS = "EPSG:4326"
# GDAL writes the time of writing into the file; this is what stands there instead.
_TIME = "1980-01-01T00:00:00.000Z"
_TIME_OPTION = "OGR_CURRENT_DATE"
_DATES = ("date_start", "date_end", "source_date", "published")
_DAY = pd.ArrowDtype(pa.date32())
_ABOUT = {
    "footprints": "Shapes that the report claims: zones, events and other statements of where",
    "events": "What happened, each with the shape of where",
    "places": "Places that the report names, not where something happened",
    "relations": "Statements of where, in the report's words",
    "checks": "Claims of the report held against each other",
    "report": "The report, and the settings it was read with",
}
"""The layers in their order, with what they hold."""


def geopackage(report: Report, record: ReadingRecord) -> bytes:
    """Return a GeoPackage with the layers footprints, events and places, and tables without geometry.

    Positions are (lon, lat) in EPSG:4326, days are dates, what is not known is null. Control characters of
    the report are shown as their code points: some programs end a text at one.

    Raises
    ------
    ExportError
        If there is no room for the temporary file that it is made as.
    """
    frames = {
        "footprints": _layer(footprint_rows(report, record)),
        "events": _events(report, record),
        "places": _layer(place_rows(report, record)),
        "relations": tables.relations(record, report),
        "checks": tables.checks(record, report),
        "report": _report(report, record),
    }
    about = {"TITLE": visible(report.title or report.id)}
    try:
        with tempfile.TemporaryDirectory() as folder, _fixed_time():
            file = Path(folder, "reading.gpkg")
            for name, frame in frames.items():
                _write(file, name, frame, about)
            return file.read_bytes()
    except (OSError, pyogrio.errors.DataSourceError) as error:
        msg = f"a GeoPackage is made as a temporary file, which cannot be written ({error}); TMPDIR chooses a folder"
        raise ExportError(msg) from error


def _write(file: Path, name: str, frame: pd.DataFrame, about: dict[str, str]) -> None:
    shown = frame.copy()
    for column in shown.columns[shown.dtypes == "string"]:
        shown[column] = shown[column].map(visible, na_action="ignore")
    for column in shown.columns.intersection(list(_DATES)):
        shown[column] = _days(shown[column])
    is_drawn = isinstance(frame, gpd.GeoDataFrame)
    pyogrio.write_dataframe(
        shown,
        file,
        layer=name,
        driver="GPKG",
        use_arrow=True,  # or dates and truth would be written as text and numbers
        geometry_type=("Point" if name == "places" else "Unknown") if is_drawn else None,
        dataset_metadata=None if file.exists() else about,
        layer_options={"IDENTIFIER": name, "DESCRIPTION": _ABOUT[name]},
    )


def _layer(rows: list[Row]) -> gpd.GeoDataFrame:
    flat = [row.values | {name: tables.words(row.values[name]) for name in LISTS} for row in rows]
    return _frame(tables.frame(flat, SCHEMA), [row.geometry for row in rows])


def _events(report: Report, record: ReadingRecord) -> gpd.GeoDataFrame:
    shapes = {each.id: from_geojson(each.geometry) for each in record.footprints}
    table = tables.events(record, report).drop(columns="footprint_wkt")
    return _frame(table, [shapes.get(event.footprint or "") for event in record.events])


def _frame(table: pd.DataFrame, shapes: list[BaseGeometry | None]) -> gpd.GeoDataFrame:
    geometry = gpd.GeoSeries([_multi(shape) for shape in shapes], crs=_CRS)
    return gpd.GeoDataFrame(table, geometry=geometry, crs=_CRS)


def _multi(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Return an area as one of several parts: a GIS lists a layer once for each kind of geometry in it."""
    return MultiPolygon([shape]) if isinstance(shape, Polygon) else shape


def _report(report: Report, record: ReadingRecord) -> pd.DataFrame:
    about = record.report.model_dump() | {
        "text": report.text,
        "settings": json.dumps(record.settings, ensure_ascii=False, sort_keys=True),
    }
    schema = tables.columns(" ".join(about), whole="chars")
    return tables.frame([about], schema)


def _days(texts: pd.Series) -> pd.Series:
    """Return dates as days: of a month or a year the first one, or the last one where it ends something."""
    side = "last" if texts.name == "date_end" else "first"
    days = [
        getattr(first_and_last(text), side, None) for text in texts.astype(object).where(texts.notna(), None)
    ]
    return pd.Series(days, index=texts.index, dtype=_DAY)


@contextmanager
def _fixed_time() -> Iterator[None]:
    before = pyogrio.get_gdal_config_option(_TIME_OPTION)
    pyogrio.set_gdal_config_options({_TIME_OPTION: _TIME})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_TIME_OPTION: before})
