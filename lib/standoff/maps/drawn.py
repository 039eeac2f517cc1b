"""Shapes on a map, as folium elements: a footprint, and those made of lengths and bearings.

Lengths are metres, bearings degrees clockwise from true north, positions (lat, lon) but for shapely
geometry, which is (lon, lat).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import folium
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from standoff.errors import SettingError
from standoff.ground import shapes
from standoff.ground.geojson import to_geojson
from standoff.maps.elements import PageElement
from standoff.maps.escape import html_text, visible
from standoff.maps.items import Item, item_of
from standoff.maps.styles import STYLES
from standoff.model import Footprint


class FootprintShape(PageElement):
    """A footprint, drawn as its kind is drawn, with a label and a popup.

    Parameters
    ----------
    footprint : Footprint or Item
        What to draw. A geometry split at the antimeridian is re-joined.
    kind : str, optional
        A key of ``standoff.maps.styles.STYLES``; the footprint's own shape by default.
    title : str, optional
        What its popup and label call it. Any text is safe.
    claim : str
        ``"asserted"``, ``"planned"``, ``"denied"``, ``"hypothetical"`` or ``"disputed"``.

    Examples
    --------
    >>> import folium
    >>> here = folium.Map((33.5, 38.6), tiles=None)
    >>> _ = Ring(33.50583, 38.61778, 30_900, 46_300, title="the strike").add_to(here)
    """

    verb = "shape"

    def __init__(
        self,
        footprint: Footprint | Item,
        *,
        kind: str | None = None,
        title: str | None = None,
        claim: str = "asserted",
    ) -> None:
        super().__init__()
        if kind is not None and kind not in STYLES:
            msg = f"{kind!r:.80} is no kind of shape; known are {', '.join(STYLES)}"
            raise SettingError(msg)
        if isinstance(footprint, Item):
            self.item = footprint
        else:
            self.item = item_of(
                footprint, kind, label=visible(title or ""), claim=claim, cards=_own_card(footprint, title)
            )

    def data(self) -> Any:
        """Return the shape with its style, label and cards."""
        return self.item.as_json()

    def _get_self_bounds(self) -> list[list[float | None]]:
        west, south, east, north = self.item.bounds
        return [[south, west], [north, east]]


def _own_card(footprint: Footprint, title: str | None) -> tuple[dict[str, Any], ...]:
    if title is None:
        return ()
    rows = [["Area", f"{footprint.area_km2:,.0f} km²"]] if footprint.area_km2 else []
    lists = [["Kept to", footprint.constraints], ["Assumed", footprint.assumptions]]
    lines = [[label, [visible(line) for line in found]] for label, found in lists if found]
    return ({"title": visible(title), "kind": footprint.shape, "quotes": [], "rows": rows, "lists": lines},)


class _Geodesic(FootprintShape):
    """A shape made of lengths in metres and bearings in degrees."""

    _shape: Any = None

    def __init__(self, lat: float, lon: float, geometry: Any, **options: Any) -> None:
        coverage = options.pop("coverage", None)
        footprint = Footprint(
            id=f"own-{self._generate_id()[:8]}",
            shape=self._shape,
            geometry=to_geojson(geometry),
            coverage=coverage,
            lat=lat,
            lon=lon,
            lat_lon_is="representative",
            uncertainty_m=None,
            area_km2=shapes.area_km2(geometry),
        )
        super().__init__(footprint, **options)


class GeodesicDisc(_Geodesic):
    """All points within a distance of a point, geodesic on WGS84.

    Parameters
    ----------
    lat, lon : float
        Centre, WGS84 degrees.
    radius_m : float
        Metres.
    **options
        ``kind`` (``"zone"`` draws it as one), ``title``, ``claim``, ``coverage``.
    """

    _shape = "disc"

    def __init__(self, lat: float, lon: float, radius_m: float, **options: Any) -> None:
        super().__init__(lat, lon, shapes.disc(lat, lon, radius_m), **options)


class Ring(_Geodesic):
    """All points whose distance from a point lies between two lengths, in metres; see ``GeodesicDisc``."""

    _shape = "ring"

    def __init__(self, lat: float, lon: float, inner_m: float, outer_m: float, **options: Any) -> None:
        super().__init__(lat, lon, shapes.ring(lat, lon, inner_m, outer_m), **options)


class Sector(_Geodesic):
    """The part of a ring about a bearing, degrees clockwise from true north; see ``GeodesicDisc``."""

    _shape = "sector"

    def __init__(
        self,
        lat: float,
        lon: float,
        inner_m: float,
        outer_m: float,
        bearing_deg: float,
        halfwidth_deg: float,
        **options: Any,
    ) -> None:
        geometry = shapes.sector(lat, lon, inner_m, outer_m, bearing_deg, halfwidth_deg)
        super().__init__(lat, lon, geometry, **options)


class Corridor(_Geodesic):
    """All points within a distance of a line: along a road, or between two places.

    Parameters
    ----------
    points : list of (lat, lon)
        Two or more corners of the line, WGS84 degrees, joined by geodesics.
    halfwidth_m : float
        Metres on each side.
    **options
        As of ``GeodesicDisc``.
    """

    _shape = "corridor"

    def __init__(self, points: Sequence[tuple[float, float]], halfwidth_m: float, **options: Any) -> None:
        geometry = shapes.corridor(points, halfwidth_m)
        lat, lon = points[len(points) // 2]
        super().__init__(lat, lon, geometry, **options)


class Surface(folium.FeatureGroup):
    """A likely area: contours that each hold a share of the probability, the largest at the bottom.

    Parameters
    ----------
    contours : list of (share, geometry)
        The share that a contour holds (0.5, 0.9), and its area as shapely geometry in (lon, lat) or as
        GeoJSON.
    title : str, optional
        What its popup and label call it. Any text is safe.
    claim : str
        As of ``FootprintShape``.

    Raises
    ------
    SettingError
        If there are no contours, a share is not between 0 and 1, or an area is none.

    Examples
    --------
    >>> import shapely
    >>> inner, outer = (shapely.box(-d, -d, d, d) for d in (0.1, 0.2))
    >>> len(Surface([(0.9, outer), (0.5, inner)], title="the raid")._children)
    2
    """

    def __init__(
        self, contours: Sequence[tuple[float, Any]], *, title: str | None = None, claim: str = "asserted"
    ) -> None:
        super().__init__(name=html_text(title or "Likely area"))
        if not contours or not all(0 < share < 1 for share, _ in contours):
            msg = f"a surface needs contours, each with a share between 0 and 1, not {contours!r:.80}"
            raise SettingError(msg)
        for number, (share, area) in enumerate(sorted(contours, key=lambda each: -each[0])):
            geometry = _area_of(area)
            middle = geometry.representative_point()
            footprint = Footprint(
                id=f"own-{self._id[:8]}-{share * 100:g}",
                shape="surface",
                geometry=to_geojson(geometry),
                coverage=share,
                lat=middle.y,
                lon=middle.x,
                lat_lon_is="representative",
                uncertainty_m=None,
                area_km2=shapes.area_km2(geometry),
            )
            self.add_child(FootprintShape(footprint, title=title if not number else None, claim=claim))


def _area_of(area: Any) -> BaseGeometry:
    try:
        geometry = shape(area) if isinstance(area, dict) else area
        is_area = geometry.is_valid and geometry.area > 0
    except (AttributeError, KeyError, TypeError, ValueError, ShapelyError):
        is_area = False
    if not is_area:
        msg = f"a contour of a surface is an area, valid and not empty, not {area!r:.80}"
        raise SettingError(msg)
    return geometry
