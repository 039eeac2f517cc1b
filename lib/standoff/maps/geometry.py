"""Shapes as they go into a page: unwrapped, rounded, as differences of whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

SCALE = 100_000  # units of a degree: 1.1 m at most, and the differences stay short
# A page must open fast; generalised coasts of a big country have more corners than a screen shows.
MOST_CORNERS = 2000


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
        ``polygons``: a list of polygons, each a list of rings, and ``lines``, each path
        ``[x0, y0, dx, dy, ...]`` in units of 1/scale degree, x longitude. A ring is
        not closed: Leaflet closes it.

    Examples
    --------
    >>> encode(shapely.LineString([(1, 2), (1.5, 2)]), scale=10)
    {'scale': 10, 'polygons': [], 'lines': [[10, 20, 5, 0]]}
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


def _path(line: BaseGeometry, scale: int, *, ring: bool) -> list[int]:
    corners = np.rint(shapely.get_coordinates(line) * scale).astype(np.int64)
    if ring:
        corners = corners[:-1]
    keep = np.ones(len(corners), dtype=bool)
    keep[1:] = (np.diff(corners, axis=0) != 0).any(axis=1)
    corners = corners[keep]
    if len(corners) < (3 if ring else 2):
        return []
    steps = np.vstack([corners[:1], np.diff(corners, axis=0)])
    return [int(number) for number in steps.ravel()]


def slim(geometry: BaseGeometry, most: int = MOST_CORNERS) -> BaseGeometry:
    """Return the geometry with at most about so many corners, for the screen only.

    A geometry within the limit, as every disc, ring and sector is, comes back as it was.
    """
    tolerance = 0.0005
    slimmed = geometry
    while shapely.get_num_coordinates(slimmed) > most and tolerance < 1:
        slimmed = geometry.simplify(tolerance, preserve_topology=True)
        tolerance *= 2
    return slimmed
