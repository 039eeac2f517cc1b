"""Longitudes for a flat map: shapes re-joined over the antimeridian.

GeoJSON in a record is split at the antimeridian (RFC 7946). Leaflet draws longitudes
beyond 180 degrees as they are, so a shape is drawn whole when its parts lie in one frame.
All positions here are (lon, lat) in degrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import shapely
from shapely.affinity import translate
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

Span = tuple[float, float]  # west and east, degrees


def widest_gap(spans: Iterable[Span]) -> Span | None:
    """Return where the widest stretch of longitude without a span lies, as west and east.

    None when the spans leave no gap. East may exceed 180.

    Examples
    --------
    >>> widest_gap([(170.0, 180.0), (-180.0, -175.0)])
    (-175.0, 170.0)
    >>> widest_gap([(10.0, 20.0)])
    (20.0, 370.0)
    """
    ordered = sorted(spans)
    if not ordered:
        return None
    gaps = []
    reach = ordered[0][1]
    for west, east in ordered[1:]:
        if west > reach:
            gaps.append((reach, west))
        reach = max(reach, east)
    if ordered[0][0] + 360 > reach:
        gaps.append((reach, ordered[0][0] + 360))
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def centre_of(spans: Iterable[Span]) -> float:
    """Return the longitude of the middle of all spans, opposite the widest gap.

    Examples
    --------
    >>> centre_of([(170.0, 180.0), (-180.0, -170.0)])
    180.0
    """
    gap = widest_gap(spans)
    if gap is None:
        return 0.0
    middle = (gap[0] + gap[1]) / 2 + 180
    middle = (middle + 180) % 360 - 180
    return 180.0 if middle == -180 else middle


def spans_of(geometry: BaseGeometry) -> list[Span]:
    """Return the west and east of each part of a geometry."""
    parts = shapely.get_parts(geometry)
    return [(part.bounds[0], part.bounds[2]) for part in parts if not part.is_empty]


def near(lon: float, centre: float) -> float:
    """Return the longitude, by whole turns, that is within 180 degrees of the centre.

    Examples
    --------
    >>> near(-175.0, 178.0)
    185.0
    """
    return lon - 360 * round((lon - centre) / 360)


def unwrap(geometry: dict[str, Any] | BaseGeometry, centre: float | None = None) -> BaseGeometry:
    """Re-join a geometry that was split at the antimeridian.

    Parameters
    ----------
    geometry : dict or shapely geometry
        GeoJSON or shapely, longitudes within -180 to 180.
    centre : float, optional
        Longitude that the outcome lies around, degrees; the geometry's own middle
        where none is given.

    Returns
    -------
    shapely geometry
        Longitudes may exceed 180 degrees.

    Examples
    --------
    >>> east = shapely.box(178, -18, 180, -17)
    >>> west = shapely.box(-180, -18, -179, -17)
    >>> unwrap(shapely.union_all([east, west])).bounds
    (178.0, -18.0, 181.0, -17.0)
    """
    whole = shape(geometry) if isinstance(geometry, dict) else geometry
    if whole.is_empty:
        return whole
    middle = centre_of(spans_of(whole)) if centre is None else centre
    moved = []
    for part in shapely.get_parts(whole):
        own = (part.bounds[0] + part.bounds[2]) / 2
        moved.append(translate(part, near(own, middle) - own))
    joined = shapely.union_all(moved) if len(moved) > 1 else moved[0]
    return _whole_turns(joined, middle)


def _whole_turns(geometry: BaseGeometry, centre: float) -> BaseGeometry:
    """Move the geometry as a whole so that its middle is near the centre."""
    own = (geometry.bounds[0] + geometry.bounds[2]) / 2
    shift = near(own, centre) - own
    return translate(geometry, shift) if shift else geometry
