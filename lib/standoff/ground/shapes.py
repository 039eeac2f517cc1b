"""Geodesic shapes on WGS84, from lengths in metres and bearings in degrees.

Positions go in as (lat, lon) and shapes come out as shapely geometry in (lon, lat):
valid, with longitudes in [-180, 180], split at the antimeridian, closed over a pole.
Bearings are degrees clockwise from true north. Nothing is ever buffered in degrees.

Corners lie on the geodesic circle (pyproj's Geod, Karney 2013,
https://doi.org/10.1007/s00190-012-0578-z). Between two of n corners the outline runs
inside the arc by at most 1 - cos(pi / n) of the radius (0.004 % for 360).

>>> area = area_km2(disc(33.50583, 38.61778, 54_717.696))
>>> bool(abs(area / 9405.95 - 1) < 0.0003)
True
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from standoff.geodesy import (
    GEOD,
    MAX_RADIUS_M,
    area_km2,
    bearing_deg,
    centroid,
    check_length,
    check_number,
    check_position,
    gathered,
    geodesic_m,
    intersection,
    polygonal,
    polygons,
    reach_m,
    representative_point,
)
from standoff.ground.curves import Array, chord_tolerance_m, fill, forward
from standoff.ground.strips import MAX_STRIP_M, strip

__all__ = [
    "MAX_CORRIDOR_M",
    "MAX_RADIUS_M",
    "MAX_STRIP_M",
    "area_km2",
    "bearing_deg",
    "centre_part",
    "corridor",
    "disc",
    "geodesic_m",
    "halfplane_part",
    "intersection",
    "reach_m",
    "representative_point",
    "ring",
    "sector",
    "share_beyond",
    "strip",
]

MAX_CORRIDOR_M = 5_000_000.0
"""The widest half of a corridor: perpendiculars to a geodesic meet a quarter of the way round."""

_LEAST_VERTICES = 12
_HALVINGS = 24
_ROUGH_CORNERS = 2000
_ROUGH_SHARE = 0.002


def disc(lat: float, lon: float, radius_m: float, vertices: int = 360) -> BaseGeometry:
    """Return all points within a geodesic distance of a point.

    Parameters
    ----------
    lat, lon : float
        Centre, in WGS84 degrees.
    radius_m : float
        Above 0, at most ``MAX_RADIUS_M``.
    vertices : int
        Corners of the outline, evenly spaced in bearing; more are added where straight
        lines in lon/lat bend away from the circle (far north, far south).

    Returns
    -------
    shapely Polygon or MultiPolygon

    Raises
    ------
    ValueError
        If the position or the radius cannot be.

    Examples
    --------
    >>> disc(-17.0, 179.9, 50_000).geom_type
    'MultiPolygon'
    >>> disc(89.5, 0, 200_000).covers(shapely.Point(123, 90))
    True
    """
    check_position(lat, lon)
    check_length("radius_m", radius_m)
    _check_vertices(vertices)

    def circle(bearing_deg: Array) -> tuple[Array, Array]:
        # Backwards round the compass, so that the inside is on the left.
        return forward(lon, lat, -bearing_deg, radius_m)[:2]

    return fill(circle, np.linspace(0.0, 360.0, vertices + 1), chord_tolerance_m(radius_m, vertices))


def ring(lat: float, lon: float, inner_m: float, outer_m: float, vertices: int = 360) -> BaseGeometry:
    """Return all points whose geodesic distance from a point lies between two lengths.

    ``inner_m`` of 0 gives a disc. See ``disc`` for the other parameters.

    Raises
    ------
    ValueError
        If the position or a length cannot be, or ``inner_m`` is not below ``outer_m``.

    Examples
    --------
    >>> band = ring(33.50583, 38.61778, 35_000, 42_000)
    >>> band.contains(shapely.Point(38.61778, 33.50583)), len(band.interiors)
    (False, 1)
    """
    _check_band(inner_m, outer_m)
    outer = disc(lat, lon, outer_m, vertices)
    if inner_m == 0:
        return outer
    return polygonal(outer.difference(disc(lat, lon, inner_m, vertices)))


def sector(
    lat: float,
    lon: float,
    inner_m: float,
    outer_m: float,
    bearing_deg: float,
    halfwidth_deg: float,
    vertices: int = 360,
) -> BaseGeometry:
    """Return the part of a ring (or disc) whose bearing from the centre is near a given one.

    Parameters
    ----------
    lat, lon : float
        Centre, in WGS84 degrees.
    inner_m, outer_m : float
        Distances from the centre; ``inner_m`` may be 0.
    bearing_deg : float
        Of the middle of the sector, clockwise from true north; any turn.
    halfwidth_deg : float
        To each side of the bearing, above 0; 180 or more gives the whole ring.
    vertices : int
        Corners that a full circle would have.

    Raises
    ------
    ValueError
        If the position, a length or an angle cannot be.

    Examples
    --------
    >>> north_east = sector(0, 0, 0, 100_000, 45, 22.5)
    >>> north_east.contains(shapely.Point(0.5, 0.5)), north_east.contains(shapely.Point(-0.5, 0.5))
    (True, False)
    """
    check_position(lat, lon)
    _check_band(inner_m, outer_m)
    _check_vertices(vertices)
    check_number("bearing_deg", bearing_deg)
    check_number("halfwidth_deg", halfwidth_deg)
    if halfwidth_deg <= 0:
        msg = f"halfwidth_deg must be above 0, not {halfwidth_deg}"
        raise ValueError(msg)
    if halfwidth_deg >= 180:
        return ring(lat, lon, inner_m, outer_m, vertices)
    left, right = bearing_deg - halfwidth_deg, bearing_deg + halfwidth_deg
    # Out on the right, back along the outer arc, in on the left: the inside stays on the left.
    bearings, metres = [right, right, left, left, right], [inner_m, outer_m, outer_m, inner_m, inner_m]
    sides = 4 if inner_m > 0 else 3  # no inner arc round the centre itself

    def outline(t: Array) -> tuple[Array, Array]:
        return forward(lon, lat, np.interp(t, range(5), bearings), np.interp(t, range(5), metres))[:2]

    steps = max(8, math.ceil(vertices * halfwidth_deg / 180))
    return fill(outline, np.linspace(0.0, sides, sides * steps + 1), chord_tolerance_m(outer_m, vertices))


def corridor(points: Sequence[tuple[float, float]], halfwidth_m: float) -> BaseGeometry:
    """Return all points within a distance of the geodesic line through some points.

    Each leg is drawn by its two geodesic offset curves, with a disc at each point, so
    that the width holds however long the leg is.

    Parameters
    ----------
    points : sequence of (lat, lon)
        Two or more, in WGS84 degrees. No leg may be longer than ``MAX_RADIUS_M``.
    halfwidth_m : float
        To each side of the line, at most ``MAX_CORRIDOR_M``.

    Raises
    ------
    ValueError
        If there are fewer than two points, or a position or the width cannot be.

    Examples
    --------
    >>> road = corridor([(36.2, 37.16), (35.33, 40.14)], 5_000)
    >>> road.covers(shapely.Point(37.16, 36.2)), bool(2750 < area_km2(road) < 2950)
    (True, True)
    """
    if len(points) < 2:
        msg = f"a corridor needs two or more points, not {len(points)}"
        raise ValueError(msg)
    check_length("halfwidth_m", halfwidth_m, MAX_CORRIDOR_M)
    parts = [disc(lat, lon, halfwidth_m, 180) for lat, lon in dict.fromkeys(points)]
    for (lat1, lon1), (lat2, lon2) in pairwise(points):
        if (lat1, lon1) != (lat2, lon2):
            parts.append(_leg(lat1, lon1, lat2, lon2, halfwidth_m))
    return polygonal(shapely.union_all(parts))


def _leg(lat1: float, lon1: float, lat2: float, lon2: float, halfwidth_m: float) -> BaseGeometry:
    azimuth, _, length_m = GEOD.inv(lon1, lat1, lon2, lat2)
    check_length("length of a leg", length_m)
    along, right = [0.0, length_m, length_m, 0.0, 0.0], [1.0, 1.0, -1.0, -1.0, 1.0]

    def outline(t: Array) -> tuple[Array, Array]:
        lon, lat, heading = forward(lon1, lat1, azimuth, np.interp(t, range(5), along))
        offset_m = halfwidth_m * np.interp(t, range(5), right)
        return forward(lon, lat, heading + 90.0, offset_m)[:2]

    return fill(outline, np.linspace(0.0, 4.0, 4 * 16 + 1), chord_tolerance_m(halfwidth_m, 180))


def halfplane_part(polygon: BaseGeometry, bearing_deg: float, share: float) -> BaseGeometry:
    """Return the part of a region that lies towards a direction: "southern Syria".

    The part is a share of the *area*, cut along a line straight in lon/lat (for north and
    south a parallel, for east and west a meridian). Not of the extent: a far island or a
    panhandle stretches the extent, so that a third of it may hold next to nothing.

    Parameters
    ----------
    polygon : shapely Polygon or MultiPolygon
        In (lon, lat), split at the antimeridian.
    bearing_deg : float
        The direction: 180 for the south.
    share : float
        Of the area, above 0, at most 1.

    Raises
    ------
    ValueError
        If the polygon is empty or the share or the bearing cannot be.

    Examples
    --------
    >>> south = halfplane_part(shapely.box(36, 32, 42, 37), 180, 0.5)
    >>> [round(each, 1) for each in south.bounds]
    [36.0, 32.0, 42.0, 34.5]
    """
    check_number("bearing_deg", bearing_deg)
    _check_share(polygon, share)
    parts = _unrolled(polygon)
    rough = _rough(parts)
    east, north = _ahead(polygon, bearing_deg)
    reach = shapely.get_coordinates(parts) @ (east, north)
    low, high = float(reach.min()), float(reach.max())
    wanted = share * _equal_area(rough)
    for _ in range(_HALVINGS):
        level = (low + high) / 2
        if _equal_area(_beyond(rough, east, north, level)) > wanted:
            low = level
        else:
            high = level
    return _rolled(_beyond(parts, east, north, low))


def share_beyond(polygon: BaseGeometry, bearing_deg: float, lat: float, lon: float) -> float:
    """Return the share of a region's area that lies farther in a direction than a position does.

    The smallest share for which `halfplane_part` holds the position, between 0 and 1.

    Parameters
    ----------
    polygon : shapely Polygon or MultiPolygon
        In (lon, lat), split at the antimeridian.
    bearing_deg : float
        The direction: 180 for the south.
    lat, lon : float
        The position, in WGS84 degrees.

    Raises
    ------
    ValueError
        If the polygon is empty or the position or the bearing cannot be.

    Examples
    --------
    >>> round(share_beyond(shapely.box(36, 32, 42, 37), 180, 34.5, 40), 1)
    0.5
    """
    check_number("bearing_deg", bearing_deg)
    check_position(lat, lon)
    _check_share(polygon, 1.0)
    parts = _unrolled(polygon)
    east, north = _ahead(polygon, bearing_deg)
    here = lon + 360.0 if lon < min(part.bounds[0] for part in parts) else lon
    rough = _rough(parts)
    return min(_equal_area(_beyond(rough, east, north, east * here + north * lat)) / _equal_area(rough), 1.0)


def _ahead(polygon: BaseGeometry, bearing_deg: float) -> tuple[float, float]:
    """Return a direction as weights of longitude and latitude in the middle of a region."""
    middle = centroid(polygon) or representative_point(polygon)
    # Degrees of longitude shrink towards the poles: "north-east" is 45 degrees on the ground.
    east = math.sin(math.radians(bearing_deg)) * max(math.cos(math.radians(middle[0])), 0.01)
    return east, math.cos(math.radians(bearing_deg))


def _beyond(parts: list[Polygon], east: float, north: float, level: float) -> list[Polygon]:
    """Cut polygons to where ``east * lon + north * lat >= level``."""
    size = math.hypot(east, north)
    ahead, left = np.array([east, north]) / size, np.array([-north, east]) / size
    foot, far = ahead * level / size, 2000.0
    half = Polygon(
        [foot + left * far, foot - left * far, foot + (ahead - left) * far, foot + (ahead + left) * far]
    )
    return [each for part in parts for each in polygons(part.intersection(half))]


def centre_part(polygon: BaseGeometry, share: float) -> BaseGeometry:
    """Return the part of a region round its middle: "central Iraq".

    The part within a geodesic distance of the centroid, a share of the region's area.

    Raises
    ------
    ValueError
        If the polygon is empty or the share is not above 0 and at most 1.

    Examples
    --------
    >>> middle = centre_part(shapely.box(40, 30, 44, 34), 0.25)
    >>> middle.covers(shapely.Point(42, 32)), middle.covers(shapely.Point(40.2, 30.2))
    (True, False)
    """
    _check_share(polygon, share)
    whole = polygonal(polygon)
    lat, lon = centroid(whole) or representative_point(whole)
    rough = polygonal(gathered(_rough(polygons(whole))))
    wanted = share * _equal_area(polygons(rough))
    low_m, high_m = 0.0, min(reach_m(whole, lat, lon) * 1.001, MAX_RADIUS_M)
    for _ in range(_HALVINGS):
        radius_m = (low_m + high_m) / 2
        if _equal_area(polygons(rough.intersection(disc(lat, lon, radius_m, 180)))) < wanted:
            low_m = radius_m
        else:
            high_m = radius_m
    return intersection(whole, disc(lat, lon, high_m, 180))


def _unrolled(geom: BaseGeometry) -> list[Polygon]:
    """Lay the parts side by side: those west of the widest gap in longitude go 360 degrees on."""
    parts = sorted(polygons(polygonal(geom)), key=lambda part: part.bounds[0])
    seam, widest, reached = parts[0].bounds[0], 0.0, parts[0].bounds[2]
    for part in parts[1:]:
        if part.bounds[0] - reached > widest:
            seam, widest = part.bounds[0], part.bounds[0] - reached
        reached = max(reached, part.bounds[2])
    if parts[0].bounds[0] + 360.0 - reached >= widest:
        return parts
    return [affinity.translate(part, 360.0) if part.bounds[0] < seam else part for part in parts]


def _rough(parts: list[Polygon]) -> list[Polygon]:
    """Straighten long coasts: where to cut is searched on few corners, the cut is made on all."""
    if sum(map(shapely.get_num_coordinates, parts)) <= _ROUGH_CORNERS:
        return parts
    west, south, east, north = shapely.total_bounds(parts)
    tolerance_deg = _ROUGH_SHARE * min(east - west, north - south)
    rough = [polygonal(part.simplify(tolerance_deg, preserve_topology=False)) for part in parts]
    return [each for part in rough for each in polygons(part)] or parts


def _rolled(parts: list[Polygon]) -> BaseGeometry:
    return gathered(affinity.translate(part, -360.0) if part.bounds[0] >= 180.0 else part for part in parts)


def _equal_area(parts: list[Polygon]) -> float:
    """Area in a cylindrical equal-area plane, up to a constant (Snyder 1987, equation 3-12)."""
    e2 = GEOD.es
    e = math.sqrt(e2)

    def flat(coords: Array) -> Array:
        s = np.sin(np.radians(coords[:, 1]))
        q = (1 - e2) * (s / (1 - e2 * s * s) + np.arctanh(e * s) / e)
        return np.column_stack([coords[:, 0], q])

    return float(sum(shapely.transform(shapely.segmentize(part, 1.0), flat).area for part in parts))


def _check_band(inner_m: float, outer_m: float) -> None:
    check_length("outer_m", outer_m)
    check_number("inner_m", inner_m)
    if not 0 <= inner_m < outer_m:
        msg = f"inner_m must be at least 0 and below outer_m ({outer_m} m), not {inner_m} m"
        raise ValueError(msg)


def _check_vertices(vertices: int) -> None:
    if vertices < _LEAST_VERTICES:
        msg = f"vertices must be at least {_LEAST_VERTICES}, not {vertices}"
        raise ValueError(msg)


def _check_share(polygon: BaseGeometry, share: float) -> None:
    check_number("share", share)
    if not 0 < share <= 1:
        msg = f"share must be above 0 and at most 1, not {share}"
        raise ValueError(msg)
    if not polygons(polygon):
        what = f"{'an empty' if polygon.is_empty else 'a'} {polygon.geom_type}"
        msg = f"a part needs a region with an area, not {what}"
        raise ValueError(msg)
