"""A reading as data: GeoJSON, CSV, GeoParquet, JSON."""

from __future__ import annotations

import csv
import io

import geopandas as gpd
import pandas as pd

from standoff import tables
from standoff.csv_cells import csv_cell
from standoff.export.escape import json_text
from standoff.export.rows import LISTS, SCHEMA, Row, footprint_rows, place_rows
from standoff.ground.geojson import to_geojson
from standoff.model import ReadingRecord, Report


def geojson(report: Report, record: ReadingRecord) -> bytes:
    """Return an RFC 7946 FeatureCollection: footprints first, then places; one feature a line."""
    rows = footprint_rows(report, record) + place_rows(report, record)
    features = ",\n".join(_feature(row) for row in rows)
    return f'{{"type": "FeatureCollection", "features": [\n{features}\n]}}\n'.encode()


def _feature(row: Row) -> str:
    return json_text(
        {
            "type": "Feature",
            "id": row.values["id"],
            "geometry": to_geojson(row.geometry),
            "properties": row.values,
        }
    )


def table(report: Report, record: ReadingRecord) -> bytes:
    """Return CSV in UTF-8: a row an event, with its footprint as WKT in (lon, lat).

    Text is quoted and defused; numbers are bare numbers; what is not known is empty.
    """
    footprints = pd.DataFrame(tables.footprints(record).drop(columns="geometry"))
    shapes = footprints[["id", "area_km2", "constraints"]].rename(columns={"id": "footprint_id"})
    events = tables.events(record, report).merge(shapes, on="footprint_id", how="left")
    for name in events.columns[events.dtypes == "string"]:
        events[name] = events[name].map(csv_cell, na_action="ignore")
    text = events.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    return str(text).encode()


def geoparquet(report: Report, record: ReadingRecord) -> bytes:
    """Return GeoParquet: a row a footprint, in EPSG:4326, with the names of the GeoJSON."""
    rows = footprint_rows(report, record)
    flat = [row.values | {name: tables.words(row.values[name]) for name in LISTS} for row in rows]
    geometry = gpd.GeoSeries([row.geometry for row in rows], crs="EPSG:4326")
    frame = gpd.GeoDataFrame(tables.frame(flat, SCHEMA), geometry=geometry, crs="EPSG:4326")
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def contract(report: Report, record: ReadingRecord) -> bytes:  # noqa: ARG001
    """Return the record as ``standoff read`` prints it, indented."""
    return (json_text(record.model_dump(mode="json"), indent=2) + "\n").encode()
