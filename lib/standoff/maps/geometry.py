"""Shapes as they go into a page: rounded, as differences of whole numbers in letters; and where they have room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

SCALE = 100_000  # units of a degree: 1.1 m at most, and the differences stay short
MOST_CORNERS_IN_ALL = 50_000  # of one page; of hundreds of shapes none is looked at closely
LEAST_CORNERS = 72
_LARGE_DEG = 2.0
# A page must open fast; generalised coasts of a big country have more corners than a screen shows.
MOST_CORNERS = 2000

# One character for five bits of a number and whether more follow. None of them needs an escape
# in JSON or HTML, and no run of them is a template's tag.
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BITS = 5
_MORE = 1 << _BITS


def scale_of(geometry: BaseGeometry) -> int:
    """Return the units of a degree that are fine enough for a shape: 1 m, or 11 m where it is over 200 km wide.

    Examples
    --------
    >>> scale_of(shapely.box(0, 0, 1, 1)), scale_of(shapely.box(0, 0, 5, 1))
    (100000, 10000)
    """
    west, south, east, north = geometry.bounds
    return SCALE if max(east - west, north - south) < _LARGE_DEG else SCALE // 10


def encode(geometry: BaseGeometry, scale: int = SCALE) -> dict[str, Any]:
    """Return a geometry as parts of paths of differences between corners.

    Parameters
    ----------
    geometry : shapely geometry
        (lon, lat) degrees; polygons and lines, points are left out.
    scale : int
        Units of a degree that positions are rounded to.

    Returns
    -------
    dict
        ``polygons``: a list of polygons, each a list of rings, and ``lines``. Each path is a
        string of the numbers ``x0, y0, dx, dy, ...`` in units of 1/scale degree, x longitude
        (see ``letters``). A ring is not closed: Leaflet closes it.

    Examples
    --------
    >>> encode(shapely.LineString([(1, 2), (1.5, 2)]), scale=10)
    {'scale': 10, 'polygons': [], 'lines': ['UoBKA']}
    """
    polygons, lines = [], []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            rings = [_path(ring, scale, ring=True) for ring in (part.exterior, *part.interiors)]
            if rings[0]:
                polygons.append([ring for ring in rings if ring])
        elif part.geom_type in ("LineString", "LinearRing"):
            lines.append(_path(part, scale, ring=False))
        elif part.geom_type.startswith(("Multi", "Geometry")):
            inner = encode(part, scale)
            polygons += inner["polygons"]
            lines += inner["lines"]
    return {"scale": scale, "polygons": polygons, "lines": [line for line in lines if line]}


def letters(numbers: Iterable[int]) -> str:
    """Write whole numbers as letters, five bits each, the lowest first; the sign is the lowest bit.

    Examples
    --------
    >>> letters([0, -1, 1, 15, 16])
    'ABCegB'
    """
    written = []
    for number in numbers:
        rest = number << 1 if number >= 0 else ~(number << 1)
        while rest >= _MORE:
            written.append(DIGITS[_MORE | (rest & (_MORE - 1))])
            rest >>= _BITS
        written.append(DIGITS[rest])
    return "".join(written)


def _path(line: BaseGeometry, scale: int, *, ring: bool) -> str:
    corners = np.rint(shapely.get_coordinates(line) * scale).astype(np.int64)
    if ring:
        corners = corners[:-1]
    keep = np.ones(len(corners), dtype=bool)
    keep[1:] = (np.diff(corners, axis=0) != 0).any(axis=1)
    corners = corners[keep]
    if len(corners) < (3 if ring else 2):
        return ""
    steps = np.vstack([corners[:1], np.diff(corners, axis=0)])
    return letters(steps.ravel().tolist())


def share_of(count: int) -> int:
    """Return how many corners each of so many shapes on a page may have.

    Examples
    --------
    >>> share_of(10), share_of(200), share_of(5000)
    (2000, 250, 72)
    """
    return min(MOST_CORNERS, max(LEAST_CORNERS, MOST_CORNERS_IN_ALL // max(count, 1)))


def slim(geometry: BaseGeometry, most: int = MOST_CORNERS) -> BaseGeometry:
    """Return the geometry with at most about so many corners, for the screen only.

    A geometry within the limit, as every disc, ring and sector is on a page of few, comes back as it was.
    """
    tolerance = 0.0005
    slimmed = geometry
    while shapely.get_num_coordinates(slimmed) > most and tolerance < 1:
        slimmed = geometry.simplify(tolerance, preserve_topology=True)
        tolerance *= 2
    return slimmed


def roomiest(area: BaseGeometry) -> tuple[float, float, float] | None:
    """Return the middle and the radius of the largest circle in the largest part of an area: where a name has room.

    Examples
    --------
    >>> [round(number, 1) for number in roomiest(shapely.box(0, 0, 2, 2))]
    [1.0, 1.0, 1.0]
    >>> roomiest(shapely.Point(0, 0)) is None
    True
    """
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
    x, y = shapely.get_coordinates(circle)[0]
    return float(x), float(y), float(circle.length)
