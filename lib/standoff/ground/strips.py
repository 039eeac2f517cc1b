"""Strips along lines on the ellipsoid: borders, coasts, roads."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from standoff.geodesy import GEOD, check_length, check_position, polygonal
from standoff.ground.curves import Array, chord_tolerance_m, fill, forward

MAX_STRIP_M = 1_000_000.0
"""The widest half of a strip; its planes are true to 0.1 % at half of this, 0.5 % at this."""

_PIECE_M = 100_000.0
_STEP_DEG = 0.1


def strip(line: BaseGeometry, halfwidth_m: float) -> BaseGeometry:
    """Return all points within a distance of a line, such as a border or a road.

    Sides of the line are straight in lon/lat, as GeoJSON has them; a step of more than 180
    degrees of longitude crosses the antimeridian. The line is buffered in azimuthal
    equidistant planes of about 100 km each: the width is true to 0.01 % up to 100 km.

    Parameters
    ----------
    line : shapely LineString, LinearRing or MultiLineString
        In (lon, lat).
    halfwidth_m : float
        To each side, at most ``MAX_STRIP_M``.

    Raises
    ------
    ValueError
        If there is no line, a position is out of range, or the width cannot be.

    Examples
    --------
    >>> border = shapely.LineString([(38.8, 33.37), (39.2, 32.15)])
    >>> strip(border, 20_000).covers(border)
    True
    """
    check_length("halfwidth_m", halfwidth_m, MAX_STRIP_M)
    lines = [part for part in shapely.get_parts(line) if part.geom_type in {"LineString", "LinearRing"}]
    if not lines or line.is_empty:
        msg = f"a strip needs a line, not {'an empty' if line.is_empty else 'a'} {line.geom_type}"
        raise ValueError(msg)
    for lon, lat in shapely.get_coordinates(line):
        check_position(lat, lon)
    pieces = [_buffered(piece, halfwidth_m) for each in lines for piece in _pieces(each)]
    return polygonal(shapely.union_all(pieces))


def _pieces(line: BaseGeometry) -> list[Array]:
    """Cut a line into (lon, lat) arrays of about 100 km, each beginning where the last one ends."""
    coords = shapely.get_coordinates(line)
    coords[:, 0] = np.unwrap(coords[:, 0], period=360.0)
    if np.ptp(coords, axis=0).max() == 0:
        return [coords[:1]]
    coords = shapely.get_coordinates(shapely.segmentize(shapely.LineString(coords), _STEP_DEG))
    lon, lat = coords.T
    _, _, steps_m = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    number = (np.cumsum(steps_m) // _PIECE_M).astype(int)
    ends = [0, *(np.flatnonzero(np.diff(number)) + 1), len(coords) - 1]
    return [coords[a : b + 1] for a, b in pairwise(ends) if b > a]


def _buffered(coords: Array, halfwidth_m: float) -> BaseGeometry:
    lon0, lat0 = coords[len(coords) // 2]
    size = len(coords)
    azimuth, _, metres = GEOD.inv(np.full(size, lon0), np.full(size, lat0), coords[:, 0], coords[:, 1])
    x, y = metres * np.sin(np.radians(azimuth)), metres * np.cos(np.radians(azimuth))
    flat = shapely.LineString(np.column_stack([x, y])) if size > 1 else shapely.Point(0, 0)
    around = shapely.orient_polygons(flat.buffer(halfwidth_m, quad_segs=45))

    def filled(corners: Array) -> BaseGeometry:
        def outline(t: Array) -> tuple[Array, Array]:
            at = np.arange(len(corners))
            east, north = np.interp(t, at, corners[:, 0]), np.interp(t, at, corners[:, 1])
            return forward(lon0, lat0, np.degrees(np.arctan2(east, north)), np.hypot(east, north))[:2]

        return fill(outline, np.arange(len(corners), dtype=float), chord_tolerance_m(halfwidth_m, 180))

    outside = filled(shapely.get_coordinates(around.exterior))
    holes = [filled(shapely.get_coordinates(each)[::-1]) for each in around.interiors]
    return outside.difference(shapely.union_all(holes)) if holes else outside
