"""A vector basemap from Natural Earth that needs no network.

Land and borders are cut to the map's extent with a margin and simplified to what the
zoom can show; beyond that lies a coarse world, so that zooming out shows no void.
Boxes are (west, south, east, north) in degrees; east may exceed 180.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from standoff.maps.escape import visible
from standoff.maps.geometry import encode
from standoff.resources import data_path

Box = tuple[float, float, float, float]

MOST_CHARS = 80_000  # of JSON for the detailed part
_MOST_WIDE_CHARS = 25_000  # where the coarse world beyond it is nearly as good, and shapes are many
_MARGIN = 0.6  # of the extent, on each side
_LEAST_EXTENT_DEG = 1.0
# Beyond this the eye cannot tell the 1:50m from the 1:10m source.
_FINE_BELOW_DEG = 14.0
_WORLD_TOLERANCE_DEG = 0.4
_WORLD_SCALE = 20
_MERCATOR_LAT = 85.0
_SCREEN_PX = 900  # the map's width that the first view is taken to have
_ZOOMS_BEYOND = 3  # how far one may zoom in before corners show
_WIDE_DEG = 60.0  # over this, one zoom level: more would not fit into the page


@dataclass(frozen=True)
class Countries:
    """Outlines of countries, in the order of their names."""

    names: list[str]
    shapes: NDArray[Any]  # of shapely geometry


@cache
def _countries(name: str) -> Countries:
    table = pq.read_table(data_path(name), columns=["name", "geometry"])
    return Countries(table["name"].to_pylist(), shapely.from_wkb(table["geometry"].to_numpy()))


@cache
def _borders() -> NDArray[Any]:
    table = pq.read_table(data_path("regions/borders.parquet"), columns=["geometry"])
    return np.asarray(shapely.from_wkb(table["geometry"].to_numpy()))


def widen(extent: Box, share: float = _MARGIN) -> Box:
    """Return the box with a margin of a share of its size, and of a least size.

    Examples
    --------
    >>> widen((0, 0, 10, 10), 0.1)
    (-1.0, -1.0, 11.0, 11.0)
    """
    west, south, east, north = extent
    across = share * max(east - west, north - south, _LEAST_EXTENT_DEG)
    return (
        max(west - across, (west + east) / 2 - 180),
        max(south - across, -_MERCATOR_LAT),
        min(east + across, (west + east) / 2 + 180),
        min(north + across, _MERCATOR_LAT),
    )


def cut(shapes: NDArray[Any], frame: Box) -> list[tuple[int, BaseGeometry]]:
    """Return what of each shape lies in the box, with the shape's index.

    Shapes lie within -180 to 180; the box may reach beyond, and they are moved into it
    by whole turns.
    """
    west, south, east, north = frame
    bounds = shapely.bounds(shapes)
    found = []
    for turn in (-360, 0, 360):
        window = box(west - turn, south, east - turn, north)
        w, s, e, n = window.bounds
        hit = (bounds[:, 0] <= e) & (bounds[:, 2] >= w) & (bounds[:, 1] <= n) & (bounds[:, 3] >= s)
        for index in np.flatnonzero(hit):
            part = shapely.intersection(shapes[index], window)
            if not part.is_empty:
                found.append((int(index), translate(part, turn) if turn else part))
    return found


def _tolerance(extent: Box) -> float:
    across = max(extent[2] - extent[0], extent[3] - extent[1], _LEAST_EXTENT_DEG)
    return float(across / _SCREEN_PX / 2.0 ** (_ZOOMS_BEYOND if across < _WIDE_DEG else 1))


def _land(parts: NDArray[Any], tolerance: float) -> BaseGeometry:
    """Return simplified countries as one, without islands too small to see."""
    # As a coverage, so that neighbours keep one line between them and the union has no slivers.
    land = shapely.union_all(shapely.make_valid(shapely.coverage_simplify(parts, tolerance)))
    seen = [part for part in shapely.get_parts(land) if part.area > 4 * tolerance**2]
    return shapely.multipolygons(seen) if seen else land


def _polygons(found: list[tuple[int, BaseGeometry]]) -> NDArray[Any]:
    # Cutting leaves lines where a shape only touches the box.
    parts = shapely.get_parts([part for _, part in found])
    return np.asarray(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _lines(found: list[tuple[int, BaseGeometry]]) -> NDArray[Any]:
    parts = shapely.get_parts([part for _, part in found])
    return np.asarray(parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING])


def _detail(extent: Box, frame: Box) -> tuple[dict[str, Any], list[tuple[str, BaseGeometry]]]:
    """Return land and borders as JSON within the limit, and each country's part of the box."""
    across = max(extent[2] - extent[0], extent[3] - extent[1])
    fine = across < _FINE_BELOW_DEG
    most = MOST_CHARS if across < _WIDE_DEG else _MOST_WIDE_CHARS
    countries = _countries("regions/countries.parquet" if fine else "basemap/countries.parquet")
    found = cut(countries.shapes, frame)
    borders = shapely.line_merge(shapely.multilinestrings(_lines(cut(_borders(), frame))))
    polygons = _polygons(found)
    tolerance = _tolerance(extent)
    while True:
        scale = 10 ** max(1, math.ceil(-math.log10(tolerance)))
        data = {
            "land": encode(_land(polygons, tolerance), scale),
            "borders": encode(borders.simplify(tolerance), scale),
        }
        chars = len(json.dumps(data, separators=(",", ":")))
        if chars <= most:
            return data, [(countries.names[index], part) for index, part in found]
        tolerance *= max(1.3, chars / most)


@cache
def _coarse() -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the polygons of the coarse world's land, and its borders."""
    land = _land(_countries("basemap/countries.parquet").shapes, _WORLD_TOLERANCE_DEG)
    borders = shapely.simplify(_borders(), _WORLD_TOLERANCE_DEG)
    return shapely.get_parts(land), borders


def _world(frame: Box) -> dict[str, Any]:
    """Return the coarse world round the box; the page lays the box on top of it."""
    centre = (frame[0] + frame[2]) / 2
    whole = (centre - 200, -_MERCATOR_LAT, centre + 200, _MERCATOR_LAT)
    land, borders = ([part for _, part in cut(shapes, whole)] for shapes in _coarse())
    outside = [line.difference(box(*frame)) for line in borders]
    return {
        "land": encode(shapely.geometrycollections(land), _WORLD_SCALE),
        "borders": encode(shapely.geometrycollections(outside), _WORLD_SCALE),
    }


def _labels(
    extent: Box, parts: list[tuple[str, BaseGeometry]], keep_clear: BaseGeometry
) -> list[dict[str, Any]]:
    """Return names with the points they may stand at, best first: lat, lon, room in degrees."""
    labels: dict[str, dict[str, Any]] = {}
    view = box(*extent)
    for name, part in parts:
        seen = part.intersection(view)
        spots = [_spot(seen.difference(keep_clear)), _spot(seen), _spot(part)]
        points = [spot for spot in spots if spot is not None]
        labels.setdefault(name, {"text": visible(name), "points": []})["points"] += points
    centre = (extent[0] + extent[2]) / 2
    countries = _countries("basemap/countries.parquet")
    for name, shape in zip(countries.names, countries.shapes, strict=True):
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        if largest.area > 1:
            point = largest.representative_point()
            lon = point.x - 360 * round((point.x - centre) / 360)
            room = round((largest.bounds[2] - largest.bounds[0]) / 4, 2)
            label = labels.setdefault(name, {"text": visible(name), "points": []})
            label["points"].append([round(point.y, 2), round(lon, 2), room])
    return [label for label in labels.values() if label["points"]]


def _spot(area: BaseGeometry) -> list[float] | None:
    """Return lat, lon and radius of the largest circle in the area, in degrees."""
    polygons = [part for part in shapely.get_parts(area) if part.geom_type == "Polygon"]
    if not polygons:
        return None
    largest = max(polygons, key=lambda part: part.area)
    west, south, east, north = largest.bounds
    if min(east - west, north - south) <= 0:
        return None
    circle = shapely.maximum_inscribed_circle(largest, tolerance=max(east - west, north - south) / 50)
    if circle is None or circle.is_empty:  # too thin for GEOS
        return None
    lon, lat = shapely.get_coordinates(circle)[0]
    return [round(lat, 3), round(lon, 3), round(circle.length, 3)]


def basemap_data(extent: Box, keep_clear: BaseGeometry | None = None) -> dict[str, Any]:
    """Return a basemap for an extent as JSON for the page.

    Parameters
    ----------
    extent : (west, south, east, north)
        What the map first shows, degrees.
    keep_clear : shapely geometry, optional
        Where names of countries should not stand, if there is other room.

    Returns
    -------
    dict
        ``detail`` and ``world``, each with ``land`` and ``borders``; ``frame``, the
        corners of the detail as lat, lon; ``labels``.
    """
    frame = widen(extent)
    detail, parts = _detail(extent, frame)
    clear = keep_clear if keep_clear is not None else shapely.Point()
    corners = [[frame[1], frame[0]], [frame[3], frame[2]]]
    return {
        "frame": corners,
        "detail": detail,
        "world": _world(frame),
        "labels": _labels(extent, parts, clear),
    }
