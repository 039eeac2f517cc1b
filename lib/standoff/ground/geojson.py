"""The one edge where positions are (lon, lat): shapely geometry to and from RFC 7946 GeoJSON.

>>> to_geojson(shapely.Point(38.617781234, 33.50583))
{'type': 'Point', 'coordinates': [38.6177812, 33.50583]}
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

DECIMALS = 7
"""About a centimetre; RFC 7946 advises no more than what the data supports."""


def to_geojson(geom: BaseGeometry) -> dict[str, Any]:
    """Return a geometry as an RFC 7946 object.

    Seven decimals, rings closed, exteriors counter-clockwise and holes clockwise, no corner
    twice in a row. The geometry must be split at the antimeridian already.

    Raises
    ------
    ValueError
        If a coordinate is not a finite position in (lon, lat).

    Examples
    --------
    >>> square = to_geojson(shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 1), (1, 0)]))
    >>> square["coordinates"][0]
    [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    """
    _check_coordinates(geom)
    snapped = shapely.set_precision(shapely.force_2d(geom), 10.0**-DECIMALS)
    if snapped.is_empty and not geom.is_empty:
        snapped = shapely.force_2d(geom)  # a shape below the grid: better long than lost
    return _plain(shapely.orient_polygons(shapely.normalize(snapped)))


def _plain(geom: BaseGeometry) -> dict[str, Any]:
    """Return plain lists of plain numbers; shapely's own ``mapping`` goes corner by corner."""
    if geom.geom_type == "GeometryCollection":
        return {"type": geom.geom_type, "geometries": [_plain(part) for part in geom.geoms]}
    return {"type": geom.geom_type, "coordinates": _coordinates(geom)}


def _coordinates(geom: BaseGeometry) -> list[Any]:
    if geom.geom_type.startswith("Multi"):
        return [_coordinates(part) for part in geom.geoms]
    if geom.geom_type == "Polygon":
        return [] if geom.is_empty else [_coordinates(ring) for ring in (geom.exterior, *geom.interiors)]
    found: list[Any] = (np.round(shapely.get_coordinates(geom), DECIMALS) + 0.0).tolist()  # no negative zero
    return found[0] if geom.geom_type == "Point" and found else found


def from_geojson(data: dict[str, Any]) -> BaseGeometry:
    """Return an RFC 7946 geometry object as shapely geometry, in (lon, lat).

    Raises
    ------
    ValueError
        If it is not a GeoJSON geometry of finite positions.

    Examples
    --------
    >>> from_geojson({"type": "Point", "coordinates": [38.6, 33.5]}).y
    33.5
    """
    kind = data.get("type") if isinstance(data, dict) else None
    try:
        geom = shape(data)
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        msg = f"not a GeoJSON geometry (type {kind!r}): {error}"
        raise ValueError(msg) from None
    _check_coordinates(geom)
    return geom


def _check_coordinates(geom: BaseGeometry) -> None:
    coords = shapely.get_coordinates(geom)
    bad = ~(np.isfinite(coords).all(axis=1) & (np.abs(coords) <= (180.0, 90.0)).all(axis=1))
    if bad.any():
        lon, lat = coords[bad][0]
        msg = f"(lon, lat) = ({lon}, {lat}) is not a position within [-180, 180], [-90, 90]"
        raise ValueError(msg)
