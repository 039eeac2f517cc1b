"""A vector basemap from Natural Earth that needs no network.

Land, lakes, rivers and borders are cut to the map's extent with a margin and simplified to
what the zoom can show; round that lies a coarser surrounding, and beyond it a coarse world, so that
zooming out shows no void. Boxes are (west, south, east, north) in degrees; east may exceed 180.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from standoff.maps.cities import Named, cities
from standoff.maps.escape import visible
from standoff.maps.geometry import roomiest
from standoff.maps.terrain import Box, Terrain, countries, pixel, world

__all__ = ["MOST_CHARS", "Box", "basemap_data", "widen"]

MOST_CHARS = 60_000  # of JSON for everything

_DETAIL_CHARS = 22_000
_AROUND_CHARS = 8_000
_WIDE_DETAIL_CHARS = 18_000  # where the coarse world beyond it is nearly as good, and shapes are many
_MARGIN = 0.6  # of the extent, on each side
_AROUND_MARGIN = 3.0
_LEAST_EXTENT_DEG = 1.0
# Beyond this the eye cannot tell the 1:50m from the 1:10m source.
_FINE_BELOW_DEG = 14.0
_WIDE_DEG = 40.0  # over this, the world is the surrounding
_WORLD_ZOOM = 3.0
_MERCATOR_LAT = 85.0
_SCREEN_PX = 900  # the map's width that the first view is taken to have
_ZOOMS_BEYOND = 3  # how far one may zoom in before corners show
_LEAST_NAME_PX = 6  # half of what a name may stand in, when one has zoomed in
_MOST_TOWNS = (90, 30, 30, 40)  # in the first view, in its margin, in the surrounding, in the world
_MORE_TOWNS = 2.5  # how far one may zoom in before there are no more towns


def widen(extent: Box, share: float = _MARGIN) -> Box:
    """Return the box with a margin of a share of its size, and of a least size.

    Examples
    --------
    >>> widen((0, 0, 10, 10), 0.1)
    (-1.0, -1.0, 11.0, 11.0)
    """
    west, south, east, north = extent
    across = share * max(east - west, north - south, _LEAST_EXTENT_DEG)
    middle = (west + east) / 2
    # What lies beyond the last latitude of the map is shown at its edge.
    return (
        max(west - across, middle - 180),
        max(min(south, _MERCATOR_LAT) - across, -_MERCATOR_LAT),
        min(east + across, middle + 180),
        min(max(north, -_MERCATOR_LAT) + across, _MERCATOR_LAT),
    )


def _across(extent: Box) -> float:
    # A degree of latitude is more pixels than one of longitude.
    west, south, east, north = extent
    stretch = math.cos(math.radians(min(abs(south + north) / 2, _MERCATOR_LAT)))
    return max(east - west, (north - south) / stretch, _LEAST_EXTENT_DEG)


def basemap_data(
    extent: Box, keep_clear: BaseGeometry | None = None, named: Iterable[Named] = ()
) -> dict[str, Any]:
    """Return a basemap for an extent as JSON for the page.

    Parameters
    ----------
    extent : (west, south, east, north)
        What the map first shows, degrees.
    keep_clear : shapely geometry, optional
        Where names of countries should not stand, if there is other room.
    named : iterable of (name, lat, lon)
        What has a label already: such towns are left out.

    Returns
    -------
    dict
        ``parts``: from the coarse world to the detail, each with ``frame`` (its corners as lat, lon;
        the world has none) and what ``Terrain.encoded`` returns; ``labels`` of countries; ``cities``
        (see ``cities``); ``sources``, whom all this is owed to.
    """
    across = _across(extent)
    zoom = math.log2(_SCREEN_PX * pixel(0) / across)
    frame, around = widen(extent), widen(extent, _AROUND_MARGIN)
    wide = across >= _WIDE_DEG
    deep = zoom + (1 if wide else _ZOOMS_BEYOND)
    lines = zoom + min(2.0, _WIDE_DEG / across)  # a map of a continent has no room for brooks
    detail = Terrain.of(frame, fine=across < _FINE_BELOW_DEG, deepest=lines)
    most = _WIDE_DETAIL_CHARS if wide else _DETAIL_CHARS
    parts = [_framed(frame, detail.within(most, pixel(deep), lines))]
    if not wide:
        ring = Terrain.of(around, fine=False, deepest=zoom, hole=frame)
        parts.append(_framed(around, ring.within(_AROUND_CHARS, 2 * pixel(zoom), zoom)))
    middle = (frame[0] + frame[2]) / 2
    globe = (middle - 200, -_MERCATOR_LAT, middle + 200, _MERCATOR_LAT)
    parts.append({"frame": None} | world(globe, hole=frame if wide else around))
    clear = keep_clear if keep_clear is not None else shapely.Point()
    held = [(countries(fine=across < _FINE_BELOW_DEG).names[index], part) for index, part in detail.land]
    boxes = (widen(extent, 0.1), frame, around, globe)
    zooms = (zoom + _MORE_TOWNS, zoom + 1, zoom, _WORLD_ZOOM)
    return {
        "parts": parts[::-1],
        "labels": _labels(extent, zoom - 1.2, held, clear),
        "sources": ["Natural Earth", "GeoNames"],
        "cities": cities(zip(boxes, zooms, _MOST_TOWNS, strict=True), named),
    }


def _framed(frame: Box, part: dict[str, Any]) -> dict[str, Any]:
    west, south, east, north = (round(edge, 4) for edge in frame)
    return {"frame": [[south, west], [north, east]]} | part


def _labels(
    extent: Box, near: float, parts: list[tuple[str, BaseGeometry]], keep_clear: BaseGeometry
) -> list[list[Any]]:
    """Return names with the points they may stand at, best first: lat, lon, room in degrees, least zoom.

    What is best in the first view is not where one looks for a country farther out than ``near``.
    """
    labels: dict[str, list[list[float]]] = {}
    view = box(*extent)
    for name, part in parts:
        seen = part.intersection(view)
        spots = [(_spot(seen.difference(keep_clear)), near), (_spot(seen), near), (_spot(part), near - 1)]
        labels.setdefault(name, []).extend(
            [*spot, round(zoom, 1)] for spot, zoom in spots if spot is not None
        )
    centre = (extent[0] + extent[2]) / 2
    everywhere = countries(fine=False)
    for name, shape in zip(everywhere.names, everywhere.shapes, strict=True):
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        if largest.area > 1:
            point = largest.representative_point()
            lon = point.x - 360 * round((point.x - centre) / 360)
            room = (largest.bounds[2] - largest.bounds[0]) / 4
            labels.setdefault(name, []).append([round(point.y, 1), round(lon, 1), round(room, 1), 0])
    least = _LEAST_NAME_PX * pixel(near + _ZOOMS_BEYOND)
    found = [[visible(name), _distinct(points, least)] for name, points in labels.items()]
    return [label for label in found if label[1]]


def _distinct(points: list[list[float]], least: float) -> list[list[float]]:
    """Return each spot once, from the smallest zoom that it is given for, without those of too little room."""
    found: dict[tuple[float, ...], float] = {}
    for *spot, zoom in points:
        if spot[2] >= least:
            found[tuple(spot)] = min(zoom, found.get(tuple(spot), zoom))
    return [[*spot, zoom] for spot, zoom in found.items()]


def _spot(area: BaseGeometry) -> list[float] | None:
    """Return lat, lon and radius of the largest circle in the area, in degrees."""
    found = roomiest(area)
    return None if found is None else [round(found[1], 3), round(found[0], 3), round(found[2], 3)]
