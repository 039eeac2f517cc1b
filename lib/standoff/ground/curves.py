"""Closed curves on the ellipsoid made into polygons in (lon, lat).

A shape is drawn by a curve that keeps it on its left. The curve is sampled until the
straight lines between its corners, straight in lon/lat as RFC 7946 has them, follow it;
then it is split at the antimeridian and closed over a pole it runs round.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import affinity
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from standoff.geodesy import GEOD, polygonal

WORLD = box(-180, -90, 180, 90)

Array = NDArray[np.float64]
Curve = Callable[[Array], tuple[Array, Array]]
"""From a parameter to (lon, lat) in degrees, both arrays of its length."""

# A longer step in longitude hides on which side of a pole the curve runs.
_MAX_STEP_DEG = 15.0
_MAX_HALVINGS = 40
_LEAST_TOLERANCE_M = 0.5
_HAIR_DEG = 1e-9


def forward(
    lon: Array | float, lat: Array | float, azimuth_deg: Array | float, metres: Array | float
) -> tuple[Array, Array, Array]:
    """Go along geodesics: (lon, lat, azimuth there, still going forward), all in degrees."""
    given = np.broadcast_arrays(lon, lat, azimuth_deg, metres)
    start_lon, start_lat, azimuth, distance = (np.array(each, dtype=float) for each in given)
    lons, lats, back = GEOD.fwd(start_lon, start_lat, azimuth, distance)
    return lons, lats, back + 180.0


def fill(curve: Curve, start: Array, tolerance_m: float) -> BaseGeometry:
    """Return what lies to the left of a closed curve.

    Parameters
    ----------
    curve : Curve
        Closed: its first and last parameter give the same point.
    start : Array
        The parameters to begin with; corners of the curve must be among them.
    tolerance_m : float
        How far the drawn line may leave the curve, half-way between corners.

    Returns
    -------
    shapely Polygon or MultiPolygon
        Valid, longitudes in [-180, 180].
    """
    lon, lat = _refined(curve, np.asarray(start, dtype=float), max(tolerance_m, _LEAST_TOLERANCE_M))
    lon = np.unwrap(lon, period=360.0)
    # A corner a hair beside the antimeridian would leave a sliver on its other side.
    edge = np.round(lon / 180.0) * 180.0
    lon = np.where(np.abs(lon - edge) < _HAIR_DEG, edge, lon)
    turns = round((lon[-1] - lon[0]) / 360.0)
    corners = _closed_over_pole(lon, lat, turns) if turns else np.column_stack([lon, lat])
    region = _rolled(polygonal(Polygon(corners)))
    return polygonal(WORLD.difference(region)) if _signed_area(corners) < 0 else region


def _closed_over_pole(lon: Array, lat: Array, turns: int) -> Array:
    """Close a curve that runs round a pole: going east has the north on its left."""
    pole = math.copysign(90.0, turns)
    # Nothing of the curve lies between its corner nearest to the pole and the pole.
    first = int(np.argmax(lat * pole))
    lon = np.concatenate([lon[first:-1], lon[: first + 1] + 360.0 * turns])
    lat = np.concatenate([lat[first:-1], lat[: first + 1]])
    return np.vstack([np.column_stack([lon, lat]), [[lon[-1], pole], [lon[0], pole]]])


def _signed_area(corners: Array) -> float:
    x, y = corners[:, 0] - corners[0, 0], corners[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)


def _rolled(region: BaseGeometry) -> BaseGeometry:
    """Cut a region at every turn of the antimeridian and bring the pieces to [-180, 180]."""
    west, _, east, _ = region.bounds
    if west >= -180.0 and east <= 180.0:
        return region
    pieces = []
    for turn in range(math.floor((west + 180.0) / 360.0), math.ceil((east - 180.0) / 360.0) + 1):
        window = affinity.translate(WORLD, 360.0 * turn)
        pieces.append(affinity.translate(region.intersection(window), -360.0 * turn))
    # A region of less than a turn has pieces that meet nowhere but on the antimeridian.
    return polygonal(shapely.union_all([polygonal(piece) for piece in pieces]))


def chord_tolerance_m(radius_m: float, vertices: int) -> float:
    """Return how far the chords of a circle leave it anyhow, with a margin of half as much."""
    return float(1.5 * radius_m * (1 - np.cos(np.pi / vertices)))


def _refined(curve: Curve, t: Array, tolerance_m: float) -> tuple[Array, Array]:
    lon, lat = curve(t)
    for _ in range(_MAX_HALVINGS):
        middle = (t[:-1] + t[1:]) / 2
        mid_lon, mid_lat = curve(middle)
        step = wrapped(np.diff(lon))
        _, _, gap_m = GEOD.inv(mid_lon, mid_lat, lon[:-1] + step / 2, (lat[:-1] + lat[1:]) / 2)
        split = (gap_m > tolerance_m) | (np.abs(step) > _MAX_STEP_DEG)
        split &= (middle > t[:-1]) & (middle < t[1:])
        if not split.any():
            break
        where = np.flatnonzero(split) + 1
        t = np.insert(t, where, middle[split])
        lon = np.insert(lon, where, mid_lon[split])
        lat = np.insert(lat, where, mid_lat[split])
    lon[-1], lat[-1] = lon[0], lat[0]
    return lon, lat


def wrapped(degrees: Array) -> Array:
    """Bring angles to [-180, 180).

    Examples
    --------
    >>> wrapped(np.array([190.0, -190.0, 180.0])).tolist()
    [-170.0, 170.0, -180.0]
    """
    return np.asarray((degrees + 180.0) % 360.0 - 180.0)
