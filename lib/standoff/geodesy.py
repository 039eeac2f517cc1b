"""Measures and checks on the ellipsoid: distance, bearing, area, reach, the point that stands for a shape.

Positions go in as (lat, lon) in WGS84 degrees; geometries are shapely's, in (lon, lat);
lengths are metres. Geodesics are pyproj's Geod (Karney 2013,
https://doi.org/10.1007/s00190-012-0578-z).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
EARTH_RADIUS_KM = 6_371.0088
"""Mean radius (IUGG): for `unit_vectors`, where a sphere is near enough."""

MAX_RADIUS_M = 19_900_000.0
"""Just short of half the circumference (20 003.9 km), where geodesics from a point meet again."""

# The centroid depends on the plane's own middle: for a disc of 5 000 km by 60 km at first, then by little.
_ROUNDING_DEG = 1e-9
_CENTRINGS = 3
_STILL_DEG = 1e-9
_AT_POLE_DEG = 1e-3
_SIDE_DEG = 0.25


def unit_vectors(lats: Sequence[float], lons: Sequence[float]) -> NDArray[np.float64]:
    """Return points on the unit sphere, to weigh many distances at once.

    Parameters
    ----------
    lats, lons : sequence of float
        Degrees.

    Returns
    -------
    array of shape (n, 3)

    Examples
    --------
    >>> pole, equator = unit_vectors([90.0, 0.0], [0.0, 0.0])
    >>> round(EARTH_RADIUS_KM * np.arccos(pole @ equator))
    10008
    """
    lat, lon = np.radians(np.asarray(lats, dtype=float)), np.radians(np.asarray(lons, dtype=float))
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def geodesic_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the geodesic distance between two points, in metres.

    Examples
    --------
    >>> round(geodesic_m(33.50583, 38.61778, 33.48834, 38.65697))
    4126
    """
    check_position(lat1, lon1)
    check_position(lat2, lon2)
    return float(GEOD.inv(lon1, lat1, lon2, lat2)[2])


def bearing_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the bearing of the second point seen from the first, in [0, 360).

    Examples
    --------
    >>> bearing_deg(0, 0, 0, 1), bearing_deg(0, 0, -1, 0)
    (90.0, 180.0)
    """
    check_position(lat1, lon1)
    check_position(lat2, lon2)
    bearing = float(GEOD.inv(lon1, lat1, lon2, lat2)[0]) % 360.0
    return bearing if bearing < 360.0 else 0.0  # the remainder of -1e-17 rounds up to 360


def reach_m(geom: BaseGeometry, lat: float, lon: float) -> float:
    """Return the largest geodesic distance from a point to the corners of a geometry, in metres.

    Raises
    ------
    ValueError
        If the geometry is empty or the position cannot be.
    """
    check_position(lat, lon)
    coords = shapely.get_coordinates(geom)
    if not len(coords):
        msg = "an empty geometry has no reach"
        raise ValueError(msg)
    size = len(coords)
    _, _, metres = GEOD.inv(np.full(size, lon), np.full(size, lat), coords[:, 0], coords[:, 1])
    return float(np.max(metres))


@lru_cache(maxsize=256)  # a shape is weighed again for each statement that may cut it
def area_km2(geom: BaseGeometry) -> float:
    """Return the geodesic area of a geometry, in square kilometres; 0 for points and lines.

    Of what GeoJSON draws: sides are straight in lon/lat (RFC 7946, 3.1.1), so that a border
    along a parallel stays on it. They are cut to short geodesics and summed by Geod.

    Examples
    --------
    >>> round(area_km2(box(-180, -90, 180, 90)) / 1e6, 2)
    510.07
    """
    return sum(_polygon_area_m2(shapely.segmentize(part, _SIDE_DEG)) for part in polygons(geom)) / 1e6


def _polygon_area_m2(polygon: BaseGeometry) -> float:
    west, _, east, _ = polygon.bounds
    if east - west < 170:
        rings = [polygon.exterior, *polygon.interiors]
        areas = [abs(GEOD.polygon_area_perimeter(*shapely.get_coordinates(each).T)[0]) for each in rings]
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
    >>> lat, lon = representative_point(shapely.union(box(179, -1, 180, 1), box(-180, -1, -178, 1)))
    >>> round(lat, 3) + 0.0, round(lon, 3)
    (0.0, -179.5)
    """
    if geom.is_empty:
        msg = "an empty geometry has no representative point"
        raise ValueError(msg)
    found = centroid(geom)
    # On the 180th meridian a rounding lies between the two halves of what the meridian parts.
    if found is None or geom.distance(Point(found[1], found[0])) > _ROUNDING_DEG:
        largest = max(polygons(geom), key=area_km2, default=geom)
        point = largest.representative_point()
        found = (float(point.y), float(point.x))
    lat, lon = found
    return lat, lon


def centroid(geom: BaseGeometry) -> tuple[float, float] | None:
    """Return (lat, lon) of the centroid in an equal-area plane; it may lie outside the geometry.

    None where a plane cannot hold the geometry: it reaches to the far side of the world.
    """
    lon, lat = np.radians(shapely.get_coordinates(geom)).T
    x, y, z = np.cos(lat) @ np.cos(lon), np.cos(lat) @ np.sin(lon), np.sin(lat).sum()
    found = (math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)))
    for _ in range(_CENTRINGS):
        # PROJ's plane loses its precision within 10 m of a pole, not at it.
        lat_0 = math.copysign(90.0, found[0]) if 90.0 - abs(found[0]) < _AT_POLE_DEG else found[0]
        plane = _equal_area_plane(lat_0, found[1])
        flat = shapely.transform(geom, lambda c, to=plane: np.column_stack(to.transform(c[:, 0], c[:, 1])))
        if not np.isfinite(shapely.get_coordinates(flat)).all():
            return None  # the antipode of the middle is on the outline
        lon_deg, lat_deg = plane.transform(flat.centroid.x, flat.centroid.y, direction="INVERSE")
        if not (math.isfinite(lat_deg) and math.isfinite(lon_deg)):
            return None
        moved_deg = math.hypot(lat_deg - found[0], lon_deg - found[1])
        found = (float(lat_deg), float(lon_deg))
        if moved_deg < _STILL_DEG:
            break
    return found


def _equal_area_plane(lat_0: float, lon_0: float) -> Transformer:
    """Return the plane round a point; as a bare pipeline, for a Proj looks its system up each time."""
    return Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
        f" +step +proj=laea +lat_0={lat_0!r} +lon_0={lon_0!r} +ellps=WGS84"
    )


def check_number(name: str, value: float) -> None:
    """Refuse NaN and infinity (ValueError)."""
    if not math.isfinite(value):
        msg = f"{name} must be a number, not {value}"
        raise ValueError(msg)


def check_position(lat: float, lon: float) -> None:
    """Refuse what is not a position in WGS84 degrees (ValueError)."""
    check_number("lat", lat)
    check_number("lon", lon)
    if not -90 <= lat <= 90:
        msg = f"lat must be in [-90, 90], not {lat}; are lat and lon swapped?"
        raise ValueError(msg)
    if not -180 <= lon <= 180:
        msg = f"lon must be in [-180, 180], not {lon}"
        raise ValueError(msg)


class NotALengthError(ValueError):
    """A length that no shape can have; ``words`` says so to people who know no parameter."""

    def __init__(self, name: str, metres: float, most_m: float) -> None:
        super().__init__(f"{name} must be above 0 and at most {most_m / 1000:.0f} km, not {metres} m")
        self.words = (
            f"it reaches {metres / 1000:,.0f} km, and more than {most_m / 1000:,.0f} km is not drawn"
            if metres > most_m
            else "a length of 0 makes no shape"
        )


def check_length(name: str, metres: float, most_m: float = MAX_RADIUS_M) -> None:
    """Refuse a length that is not above 0 and within the most (`NotALengthError`, a ValueError)."""
    check_number(name, metres)
    if not 0 < metres <= most_m:
        raise NotALengthError(name, metres, most_m)


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a geometry of any type, without empty ones."""
    parts = shapely.get_parts(geometry)
    found = [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
    for part in parts:
        if part.geom_type in {"MultiPolygon", "GeometryCollection"}:
            found += polygons(part)
    return found


def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """Return the valid polygonal part of a geometry; an empty Polygon where there is none."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry
    return gathered(polygons(geometry))


def gathered(parts: Iterable[Polygon]) -> BaseGeometry:
    """Put polygons that do not overlap into one geometry."""
    found = list(parts)
    if not found:
        return Polygon()
    return found[0] if len(found) == 1 else MultiPolygon(found)
