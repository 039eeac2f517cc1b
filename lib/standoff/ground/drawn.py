"""A shape with all that made it, before it gets an id and becomes a Footprint."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from standoff.geodesy import area_km2, reach_m, representative_point
from standoff.ground import shapes
from standoff.ground.geojson import to_geojson
from standoff.model import Contour, Footprint, ShapeKind

# Outlines of regions are simplified to this share of their size: a map or a table needs no more.
_SIMPLIFY_SHARE = 0.002
# Degrees of latitude, some 2 km: within it of a coast a position may be on either side.
_COAST_DEG = 0.018
# Beyond the pole, the middle of a side along a parallel may lie farther off than its ends.
_SIDE_DEG = 1.0


@dataclass(frozen=True)
class Drawn:
    """A shape on the ground and what it rests on.

    Attributes
    ----------
    geometry : shapely geometry
        In (lon, lat); a Point for a stated position, else polygons.
    coverage : float or None
        The share of such statements whose truth it holds; None for what is drawn as stated.
    uncertainty_m : float or None
        For a point, the radius that its digits leave open.
    """

    shape: ShapeKind
    geometry: BaseGeometry
    coverage: float | None = None
    uncertainty_m: float | None = None
    constraints: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    settings: tuple[str, ...] = field(default=())
    contours: tuple[tuple[float, BaseGeometry], ...] = ()

    @property
    def area(self) -> BaseGeometry:
        """The shape as polygons: a point becomes the disc of its precision."""
        if self.geometry.geom_type != "Point":
            return self.geometry
        return shapes.disc(self.geometry.y, self.geometry.x, max(self.uncertainty_m or 0.0, 1.0))

    def based_on(self, *, relation: str = "", zone: str = "", places: tuple[str, ...] = ()) -> Drawn:
        """Return the same shape with more of what it rests on."""
        return replace(
            self,
            relations=_joined(self.relations, (relation,) if relation else ()),
            zones=_joined(self.zones, (zone,) if zone else ()),
            places=_joined(self.places, places),
        )

    def cut_to(self, other: Drawn, geometry: BaseGeometry, **changes: Any) -> Drawn:
        """Return the shape cut to a part of itself, resting on both."""
        return replace(
            self, geometry=geometry,
            relations=_joined(self.relations, other.relations), places=_joined(self.places, other.places),
            zones=_joined(self.zones, other.zones), assumptions=_joined(self.assumptions, other.assumptions),
            settings=_joined(self.settings, other.settings), **changes,
        )  # fmt: skip

    def footprint(self, identifier: str) -> Footprint:
        """Return the record of the shape."""
        is_point = self.geometry.geom_type == "Point"
        found = (self.geometry.y, self.geometry.x) if is_point else representative_point(self.geometry)
        lat, lon = round(found[0], 6), round(found[1], 6)
        # Darwin Core's coordinateUncertaintyInMeters: the circle holds the whole, and is never of 0 m. Hence
        # from the position as it is written, to points along long sides, and rounded up.
        uncertainty_m = (
            self.uncertainty_m
            if is_point
            else reach_m(shapely.segmentize(self.geometry, _SIDE_DEG), lat, lon)
        )
        return Footprint(
            id=identifier, shape=self.shape, geometry=to_geojson(self.geometry), coverage=self.coverage,
            lat=lat, lon=lon, lat_lon_is="exact" if is_point else "representative",
            uncertainty_m=None if not uncertainty_m else math.ceil(uncertainty_m * 10) / 10,
            area_km2=round(area_km2(self.area), 3),
            contours=[
                Contour(coverage=share, geometry=to_geojson(area), area_km2=round(area_km2(area), 3))
                for share, area in self.contours
            ],
            constraints=list(self.constraints),
            assumptions=list(self.assumptions), relations=list(self.relations), places=list(self.places),
            zones=list(self.zones), settings=list(self.settings),
        )  # fmt: skip


def simplified(region: BaseGeometry) -> BaseGeometry:
    """Return a region's outline with fewer corners, within 0.2 % of its size."""
    west, south, east, north = region.bounds
    slim = region.simplify(max(min(east - west, north - south, 20.0) * _SIMPLIFY_SHARE, 0.001))
    return slim if slim.is_valid and not slim.is_empty else shapely.make_valid(region)


def inland(land: BaseGeometry) -> BaseGeometry:
    """Return land without the strip along its coast that generalised outlines may have wrong."""
    _, south, _, north = land.bounds
    shrink = math.cos(math.radians((south + north) / 2)) or 1.0
    flat = affinity.scale(land, shrink, 1.0, origin=(0.0, 0.0))
    return affinity.scale(flat.buffer(-_COAST_DEG), 1.0 / shrink, 1.0, origin=(0.0, 0.0))


def _joined(first: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *more)))
