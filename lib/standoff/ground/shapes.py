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
from pyproj import Proj
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from standoff.ground.curves import GEOD, Array, fill, forward, polygonal, polygons

MAX_RADIUS_M = 19_900_000.0
"""Just short of half the circumference (20 003.9 km), where geodesics from a point meet again."""

MAX_CORRIDOR_M = 5_000_000.0
"""The widest half of a corridor: perpendiculars to a geodesic meet a quarter of the way round."""

_LEAST_VERTICES = 12


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
    >>> disc(89.5, 0, 200_000).covers(Point(123, 90))
    True
    """
    _check_position(lat, lon)
    _check_length("radius_m", radius_m)
    _check_vertices(vertices)

    def circle(bearing_deg: Array) -> tuple[Array, Array]:
        # Backwards round the compass, so that the inside is on the left.
        return forward(lon, lat, -bearing_deg, radius_m)[:2]

    return fill(circle, np.linspace(0.0, 360.0, vertices + 1), _tolerance_m(radius_m, vertices))


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
    >>> band.contains(Point(38.61778, 33.50583)), len(band.interiors)
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
    >>> north_east.contains(Point(0.5, 0.5)), north_east.contains(Point(-0.5, 0.5))
    (True, False)
    """
    _check_position(lat, lon)
    _check_band(inner_m, outer_m)
    _check_vertices(vertices)
    _check_number("bearing_deg", bearing_deg)
    _check_number("halfwidth_deg", halfwidth_deg)
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
    return fill(outline, np.linspace(0.0, sides, sides * steps + 1), _tolerance_m(outer_m, vertices))


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
    >>> road.covers(Point(37.16, 36.2)), bool(2750 < area_km2(road) < 2950)
    (True, True)
    """
    if len(points) < 2:
        msg = f"a corridor needs two or more points, not {len(points)}"
        raise ValueError(msg)
    _check_length("halfwidth_m", halfwidth_m, MAX_CORRIDOR_M)
    parts = [disc(lat, lon, halfwidth_m, 180) for lat, lon in dict.fromkeys(points)]
    for (lat1, lon1), (lat2, lon2) in pairwise(points):
        if (lat1, lon1) != (lat2, lon2):
            parts.append(_leg(lat1, lon1, lat2, lon2, halfwidth_m))
    return polygonal(shapely.union_all(parts))


def _leg(lat1: float, lon1: float, lat2: float, lon2: float, halfwidth_m: float) -> BaseGeometry:
    azimuth, _, length_m = GEOD.inv(lon1, lat1, lon2, lat2)
    _check_length("length of a leg", length_m)
    along, right = [0.0, length_m, length_m, 0.0, 0.0], [1.0, 1.0, -1.0, -1.0, 1.0]

    def outline(t: Array) -> tuple[Array, Array]:
        lon, lat, heading = forward(lon1, lat1, azimuth, np.interp(t, range(5), along))
        offset_m = halfwidth_m * np.interp(t, range(5), right)
        return forward(lon, lat, heading + 90.0, offset_m)[:2]

    return fill(outline, np.linspace(0.0, 4.0, 4 * 16 + 1), _tolerance_m(halfwidth_m, 180))


def geodesic_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the geodesic distance between two points, in metres.

    Examples
    --------
    >>> round(geodesic_m(33.50583, 38.61778, 33.48834, 38.65697))
    4126
    """
    _check_position(lat1, lon1)
    _check_position(lat2, lon2)
    return float(GEOD.inv(lon1, lat1, lon2, lat2)[2])


def bearing_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the bearing of the second point seen from the first, in [0, 360).

    Examples
    --------
    >>> bearing_deg(0, 0, 0, 1), bearing_deg(0, 0, -1, 0)
    (90.0, 180.0)
    """
    _check_position(lat1, lon1)
    _check_position(lat2, lon2)
    return float(GEOD.inv(lon1, lat1, lon2, lat2)[0]) % 360.0


def reach_m(geom: BaseGeometry, lat: float, lon: float) -> float:
    """Return the largest geodesic distance from a point to the corners of a geometry, in metres.

    Raises
    ------
    ValueError
        If the geometry is empty or the position cannot be.
    """
    _check_position(lat, lon)
    coords = shapely.get_coordinates(geom)
    if not len(coords):
        msg = "an empty geometry has no reach"
        raise ValueError(msg)
    size = len(coords)
    _, _, metres = GEOD.inv(np.full(size, lon), np.full(size, lat), coords[:, 0], coords[:, 1])
    return float(np.max(metres))


def area_km2(geom: BaseGeometry) -> float:
    """Return the geodesic area of a geometry, in square kilometres; 0 for points and lines.

    Sides are taken as geodesics between corners (Karney 2013).

    Examples
    --------
    >>> round(area_km2(box(-180, -90, 180, 90)) / 1e6, 2)
    510.07
    """
    return sum(_polygon_area_m2(part) for part in polygons(geom)) / 1e6


def _polygon_area_m2(polygon: BaseGeometry) -> float:
    west, _, east, _ = polygon.bounds
    if east - west < 170:
        rings = [polygon.exterior, *polygon.interiors]
        areas = [abs(GEOD.polygon_area_perimeter(*each.coords.xy)[0]) for each in rings]
        return float(areas[0] - sum(areas[1:]))
    # Over half the world "inside" is ambiguous to Geod: slices are not.
    slices = np.linspace(west, east, math.ceil((east - west) / 120) + 1)
    cuts = [polygonal(polygon.intersection(box(a, -90, b, 90))) for a, b in pairwise(slices)]
    return sum(_polygon_area_m2(part) for cut in cuts for part in polygons(cut))


def intersection(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    """Return the polygons that two geometries share; an empty Polygon where they share none.

    Lines and points where they only touch are left out.

    Examples
    --------
    >>> intersection(box(0, 0, 1, 1), box(1, 0, 2, 1)).is_empty
    True
    """
    return polygonal(polygonal(a).intersection(polygonal(b)))


def representative_point(geom: BaseGeometry) -> tuple[float, float]:
    """Return (lat, lon) of a point inside a geometry: its centre where that lies inside.

    The centre is the centroid in an equal-area plane; a ring's lies in its hole, so that
    some point on the ring stands for it.

    Raises
    ------
    ValueError
        If the geometry is empty.

    Examples
    --------
    >>> lat, lon = representative_point(disc(-17, 179.9, 50_000))
    >>> round(lat, 3), round(lon, 3)
    (-17.0, 179.9)
    """
    if geom.is_empty:
        msg = "an empty geometry has no representative point"
        raise ValueError(msg)
    found = _centroid(geom)
    if found is None or not geom.covers(Point(found[1], found[0])):
        largest = max(polygons(geom), key=area_km2, default=geom)
        point = largest.representative_point()
        found = (float(point.y), float(point.x))
    return found


def _centroid(geom: BaseGeometry) -> tuple[float, float] | None:
    lon, lat = np.radians(shapely.get_coordinates(geom)).T
    x, y, z = np.cos(lat) @ np.cos(lon), np.cos(lat) @ np.sin(lon), np.sin(lat).sum()
    plane = Proj(
        proj="laea",
        lat_0=math.degrees(math.atan2(z, math.hypot(x, y))),
        lon_0=math.degrees(math.atan2(y, x)),
        ellps="WGS84",
    )
    flat = shapely.transform(geom, lambda c: np.column_stack(plane(c[:, 0], c[:, 1])))
    if not np.isfinite(shapely.get_coordinates(flat)).all():
        return None  # the antipode of the middle is on the outline
    centre = flat.centroid
    lon_deg, lat_deg = plane(centre.x, centre.y, inverse=True)
    return (float(lat_deg), float(lon_deg)) if math.isfinite(lat_deg) else None


def _tolerance_m(radius_m: float, vertices: int) -> float:
    # What the chords of a circle leave anyhow, with a margin.
    return 1.5 * radius_m * (1 - math.cos(math.pi / vertices))


def _check_number(name: str, value: float) -> None:
    if not math.isfinite(value):
        msg = f"{name} must be a number, not {value}"
        raise ValueError(msg)


def _check_position(lat: float, lon: float) -> None:
    _check_number("lat", lat)
    _check_number("lon", lon)
    if not -90 <= lat <= 90:
        msg = f"lat must be in [-90, 90], not {lat}; are lat and lon swapped?"
        raise ValueError(msg)
    if not -180 <= lon <= 180:
        msg = f"lon must be in [-180, 180], not {lon}"
        raise ValueError(msg)


def _check_length(name: str, metres: float, most_m: float = MAX_RADIUS_M) -> None:
    _check_number(name, metres)
    if not 0 < metres <= most_m:
        msg = f"{name} must be above 0 and at most {most_m / 1000:.0f} km, not {metres} m"
        raise ValueError(msg)


def _check_band(inner_m: float, outer_m: float) -> None:
    _check_length("outer_m", outer_m)
    _check_number("inner_m", inner_m)
    if not 0 <= inner_m < outer_m:
        msg = f"inner_m must be at least 0 and below outer_m ({outer_m} m), not {inner_m} m"
        raise ValueError(msg)


def _check_vertices(vertices: int) -> None:
    if vertices < _LEAST_VERTICES:
        msg = f"vertices must be at least {_LEAST_VERTICES}, not {vertices}"
        raise ValueError(msg)
