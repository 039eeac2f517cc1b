"""H3 cells as polygons, and the share of a shape that lies in each.

Shapes are shapely's in (lon, lat), split at the antimeridian. Shares are of areas in an equal-area
projection of the ellipsoid, so that a shape that is smaller than a cell gives all of itself to the cells
that it touches, and none is lost.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

import h3
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely import affinity
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from standoff.geodesy import polygonal, polygons, unit_vectors

FINEST = 12
"""The finest resolution that is taken by itself: cells of some 300 m2; H3 has 15."""
_SIDE_DEG = 0.5  # straight in degrees is bent in the projection: sides are cut to this
_POLAR_DEG, _SIDE_STEPS = 80.0, 16  # beyond this latitude, sides get as many corners
_SLICE_DEG = 60.0  # H3 takes what is wider than half a turn for its complement
_MISSING = 1e-6  # share of a shape that the cells found may leave out before their neighbours are tried


def cell_shape(cell: str) -> BaseGeometry:
    """Return a cell as polygons in (lon, lat): split at the antimeridian, closed over a pole.

    Examples
    --------
    >>> shape = cell_shape(h3.latlng_to_cell(0.0, 180.0, 3))
    >>> shape.geom_type, shape.bounds[0], shape.bounds[2]
    ('MultiPolygon', -180.0, 180.0)
    >>> cell_shape(h3.latlng_to_cell(90.0, 0.0, 3)).covers(shapely.Point(123.0, 90.0))
    True
    """
    lats, lons = np.array(h3.cell_to_boundary(cell)).T
    if np.abs(lats).max() > _POLAR_DEG:
        lats, lons = _along_sides(lats, lons)
    along = np.unwrap(np.append(lons, lons[0]), period=360.0)
    corners = list(zip(along[:-1], lats, strict=True))
    if abs(along[-1] - along[0]) > 180.0:  # it goes round a pole
        pole = math.copysign(90.0, float(lats[0]))
        corners += [(along[-1], lats[0]), (along[-1], pole), (along[0], pole)]
    whole = Polygon(corners)
    west, _, east, _ = whole.bounds
    if west >= -180.0 and east <= 180.0:
        return whole
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        part = polygonal(whole.intersection(box(turn - 180.0, -90.0, turn + 180.0, 90.0)))
        parts += polygons(affinity.translate(part, -turn))
    return polygonal(shapely.union_all(parts))  # round a pole, its parts share a side


def _along_sides(
    lats: NDArray[np.float64], lons: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return more corners along the sides of a cell: near a pole, a side may pass half of all meridians."""
    corners = unit_vectors(lats.tolist(), lons.tolist())
    steps = np.linspace(0.0, 1.0, _SIDE_STEPS, endpoint=False)[:, None]
    sides = []
    for a, b, lat, other in zip(corners, np.roll(corners, -1, axis=0), lats, np.roll(lats, -1), strict=True):
        # By the side and not by the cell, so that neighbours get the same points.
        polar = max(abs(lat), abs(other)) > _POLAR_DEG
        sides.append((1 - steps) * a + steps * b if polar else a[None, :])
    x, y, z = np.concatenate(sides).T
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def cells_near(shape: BaseGeometry, resolution: int) -> list[str]:
    """Return cells that hold all of a shape, and some round it; sorted."""
    found: set[str] = set()
    for part in polygons(shape):
        west, south, east, north = part.bounds
        edges = np.linspace(west, east, max(1, math.ceil((east - west) / _SLICE_DEG)) + 1)
        for left, right in pairwise(edges):
            cut = part if len(edges) == 2 else polygonal(part.intersection(box(left, south, right, north)))
            found.update(_cells_round(cut.convex_hull, resolution))
    return sorted(found)


def _cells_round(hull: BaseGeometry, resolution: int) -> Iterable[str]:
    if not isinstance(hull, Polygon) or hull.is_empty:
        points = shapely.get_coordinates(hull)
        return {h3.latlng_to_cell(lat, lon, resolution) for lon, lat in points}
    corners = [(lat, lon) for lon, lat in hull.exterior.coords[:-1]]
    area = h3.LatLngPoly(corners)
    found: Iterable[str] = h3.polygon_to_cells_experimental(area, resolution, contain="bbox_overlap")
    return found


def shares(shape: BaseGeometry, resolution: int) -> dict[str, float]:
    """Return the share of a shape's area that lies in each cell; together 1.

    Parameters
    ----------
    shape : shapely geometry
        Polygons, or a point, which lies in one cell.
    resolution : int
        H3's, 0 to 15.

    Examples
    --------
    >>> found = shares(box(10.0, 50.0, 10.01, 50.01), 3)  # smaller than a cell
    >>> len(found), round(sum(found.values()), 9)
    (1, 1.0)
    """
    parts = polygons(shape)
    if not parts:
        lon, lat = shapely.get_coordinates(shape)[0]
        return {h3.latlng_to_cell(lat, lon, resolution): 1.0}
    flat = flattened([shape])[0]
    cells = cells_near(shape, resolution)
    areas = _areas_in(flat, cells)
    if sum(areas.values()) < flat.area * (1 - _MISSING):
        more = {near for cell in cells for near in h3.grid_disk(cell, 1)} - set(cells)
        areas |= _areas_in(flat, sorted(more))
    total = sum(areas.values())
    if not total > 0:  # too thin for its area to be told
        point = parts[0].representative_point()
        return {h3.latlng_to_cell(point.y, point.x, resolution): 1.0}
    return {cell: area / total for cell, area in areas.items()}


def _areas_in(flat: BaseGeometry, cells: Sequence[str]) -> dict[str, float]:
    """Return how much of a shape in the plane lies in each cell; cells without any are left out."""
    shapes = _flat_cells(tuple(cells))
    shapely.prepare(flat)
    touched = np.flatnonzero(shapely.intersects(flat, shapes))
    within = shapely.covers(flat, shapes[touched])
    areas = shapely.area(shapes[touched])
    edge = ~within
    areas[edge] = shapely.area(shapely.intersection(flat, shapes[touched][edge]))
    return {cells[int(i)]: float(area) for i, area in zip(touched, areas, strict=True) if area > 0}


def _flat_cells(cells: tuple[str, ...]) -> NDArray[np.object_]:
    return flattened([cell_shape(cell) for cell in cells])


def flattened(shapes: Sequence[BaseGeometry]) -> NDArray[np.object_]:
    """Return shapes in the equal-area plane, in square metres of the ellipsoid."""
    bent = shapely.segmentize(np.array(shapes, dtype=object), _SIDE_DEG)
    found = shapely.transform(bent, _to_plane)
    return np.asarray(found, dtype=object)


def _to_plane(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(_plane().transform(lon_lat[:, 0], lon_lat[:, 1]))


@cache
def _plane() -> Transformer:
    # x would wrap at the antimeridian: +over keeps 180 apart from -180.
    return Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cea +ellps=WGS84 +over"
    )


def typical_resolution(areas_km2: Sequence[float]) -> int:
    """Return the coarsest resolution whose cells are no larger than the median of some areas.

    Examples
    --------
    >>> typical_resolution([30.0, 300.0, 40_000.0])
    5
    >>> typical_resolution([])
    5
    """
    median = float(np.median(areas_km2)) if len(areas_km2) else 300.0
    fitting: Iterator[int] = (r for r in range(FINEST) if h3.average_hexagon_area(r, "km^2") <= median)
    return next(fitting, FINEST)


def cells_needed(area_km2: float, pieces: int, resolution: int) -> int:
    """Return about how many cells an area in so many pieces takes."""
    return math.ceil(area_km2 / float(h3.average_hexagon_area(resolution, "km^2"))) + 3 * pieces
