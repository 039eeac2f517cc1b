"""Which part of the world a map figure shows, and in which projection.

A region is drawn in Lambert's equal-area projection round its own middle, so that a ring is round
and an area keeps its size, also over a pole or the 180th meridian; the world in Equal Earth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from standoff.maps.frame import near
from standoff.maps.items import Item, extent_of
from standoff.maps.terrain import Box, cut

# Degrees from the middle to the farthest shape; beyond it the equal-area projection bends shapes too much.
_MOST_LOCAL_DEG = 45.0
_EARTH_M = 6_371_007.0
_LEAST_M = 60_000.0  # across; a lone point needs surroundings
_MARGIN = 0.09  # of the shapes' extent, on each side
_POLE_DEG = 89.9  # nearer than this, the middle is the pole: north has no other direction there
_STEP_SHARE = 1 / 150  # of the view: the longest straight piece of a line along a parallel

PX = 0.75  # points in a pixel of the page
_EQUATOR_PX_M = 156_543.034  # metres in a pixel of a web map at zoom 0, at the equator
GLOBE_ASPECT = 2.05  # Equal Earth: width by height

Array = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """A projection, and the part of its plane that is shown.

    Attributes
    ----------
    lat, lon : float
        The projection's middle, degrees.
    world : bool
        Whether all longitudes are shown.
    frame : (left, bottom, right, top)
        Metres in the projection.
    """

    lat: float
    lon: float
    world: bool
    frame: Box = (0.0, 0.0, 0.0, 0.0)

    @property
    def crs(self) -> str:
        """The projection in PROJ's words."""
        if self.world:  # +over: 180 degrees east of the middle stay east of it
            return f"+proj=eqearth +lon_0={self.lon:g} +datum=WGS84 +units=m +over"
        return f"+proj=laea +lat_0={self.lat:g} +lon_0={self.lon:g} +datum=WGS84 +units=m"

    @cached_property
    def _transformer(self) -> pyproj.Transformer:
        return pyproj.Transformer.from_crs("EPSG:4326", self.crs, always_xy=True)

    def xy(self, lon: Any, lat: Any) -> tuple[Array, Array]:
        """Return positions in degrees as metres on the plane."""
        x, y = self._transformer.transform(np.asarray(lon, float), np.asarray(lat, float))
        return np.asarray(x), np.asarray(y)

    def lon_lat(self, x: Any, y: Any) -> tuple[Array, Array]:
        """Return places on the plane as degrees, longitudes within 180 of the middle; infinite off the globe."""
        found = self._transformer.transform(np.asarray(x, float), np.asarray(y, float), direction="INVERSE")
        lon = np.asarray(found[0])
        lon = lon - 360 * np.rint((np.where(np.isfinite(lon), lon, 0) - self.lon) / 360)
        return lon, np.asarray(found[1])

    @cached_property
    def rectangle(self) -> BaseGeometry:
        """The frame as a polygon of the plane."""
        return shapely.box(*self.frame)

    def has_pole(self, lat: float) -> bool:
        """Return whether the pole at 90 or -90 degrees lies within the frame."""
        x, y = self.xy(self.lon, lat)
        return bool(self.frame[0] < x < self.frame[2] and self.frame[1] < y < self.frame[3])

    @cached_property
    def degrees(self) -> Box:
        """West, south, east and north of what is shown, with a little more on each side."""
        west, east = self.lon - 180, self.lon + 180
        if self.world:
            return (west, -90.0, east, 90.0)
        left, bottom, right, top = self.frame
        across, up = np.linspace(left, right, 60), np.linspace(bottom, top, 60)
        x = np.concatenate([across, across, np.full(60, left), np.full(60, right)])
        y = np.concatenate([np.full(60, bottom), np.full(60, top), up, up])
        lon, lat = self.lon_lat(x, y)
        south, north = float(lat.min()), float(lat.max())
        more = 0.03 * (north - south)
        north_pole, south_pole = self.has_pole(90), self.has_pole(-90)
        if not (north_pole or south_pole):
            more_lon = 0.03 * float(lon.max() - lon.min())
            west, east = max(west, float(lon.min()) - more_lon), min(east, float(lon.max()) + more_lon)
        return (
            west, -90.0 if south_pole else max(-90.0, south - more),
            east, 90.0 if north_pole else min(90.0, north + more),
        )  # fmt: skip

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return the part of a geometry that may be seen, in degrees, as one on the plane.

        Longitudes may be of any turn. A cut along the meridian opposite the middle is closed
        again where a pole is shown.
        """
        west, south, east, north = self.degrees
        box = geometry.bounds
        if box[0] < west or box[1] < south or box[2] > east or box[3] > north:
            parts = [part for _, part in cut(np.array([geometry]), self.degrees)]
            geometry = shapely.union_all(parts) if parts else shapely.Polygon()
        if geometry.is_empty:
            return geometry
        wide = geometry.bounds[2] - geometry.bounds[0] > 359
        step = max(east - west, north - south) * _STEP_SHARE
        flat = shapely.transform(shapely.segmentize(geometry, step), self._moved)
        if wide and not self.world and flat.geom_type.endswith("Polygon"):
            seam = 1e-4 * (self.frame[2] - self.frame[0])
            flat = flat.buffer(seam, join_style="bevel").buffer(-seam, join_style="bevel")
        return flat

    def _moved(self, corners: Array) -> Array:
        return np.column_stack(self.xy(corners[:, 0], corners[:, 1]))

    def zoom(self, metres_a_point: float) -> float:
        """Return the zoom at which a web map is as large as a figure with so many metres in a point."""
        x, y = (self.frame[0] + self.frame[2]) / 2, (self.frame[1] + self.frame[3]) / 2
        lat = min(abs(float(self.lon_lat(x, y)[1])), 80.0)
        return float(np.log2(_EQUATOR_PX_M * np.cos(np.radians(lat)) / (metres_a_point * PX)))

    def metres_across(self) -> float:
        """Return how many metres of ground one metre of the plane is, along the middle of the frame."""
        x, y = (self.frame[0] + self.frame[2]) / 2, (self.frame[1] + self.frame[3]) / 2
        half = (self.frame[2] - self.frame[0]) / 20
        lon, lat = self.lon_lat([x - half, x + half], [y, y])
        ground = pyproj.Geod(ellps="WGS84").inv(lon[0], lat[0], lon[1], lat[1])[2]
        return float(ground / (2 * half))


def view_of(items: list[Item], aspect: float) -> View:
    """Return the view of what the page first shows.

    Parameters
    ----------
    items : list of Item
        What is drawn; none for the whole world.
    aspect : float
        Width of the map by its height.
    """
    extent = extent_of(items)
    if extent is None:
        return _world(10.0, aspect)
    view = view_round([item for item in items if _within(item.bounds, extent)], aspect)
    return view or _world(round((extent[0] + extent[2]) / 2, 2), aspect)


def view_round(items: list[Item], aspect: float, least_m: float = _LEAST_M) -> View | None:
    """Return the view of some items, so many metres across or more; None if only a map of the world has them all."""
    lon, lat = _corners(items)
    view = _local(lon, lat, float(lon.min() + lon.max()) / 2)
    return None if view is None else _framed(view, *view.xy(lon, lat), aspect, least_m)


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]
    )  # fmt: skip


def _corners(items: list[Item]) -> tuple[Array, Array]:
    points = [(item.lon, item.lat) for item in items]
    corners = [shapely.get_coordinates(item.geometry) for item in items if item.geometry is not None]
    found = np.vstack([np.array(points, float), *corners])
    return found[:, 0], found[:, 1]


def _local(lon: Array, lat: Array, middle_lon: float) -> View | None:
    """Return the projection round the middle of some positions; None if they lie too far apart for one."""
    over, up = np.radians(lon), np.radians(lat)
    vectors = np.column_stack([np.cos(up) * np.cos(over), np.cos(up) * np.sin(over), np.sin(up)])
    mean = vectors.mean(axis=0)
    if np.linalg.norm(mean) < 0.2:  # all round the globe
        return None
    view = _centred(
        float(np.degrees(np.arctan2(mean[1], mean[0]))),
        float(np.degrees(np.arcsin(mean[2] / np.linalg.norm(mean)))),
        middle_lon,
    )
    for _ in range(3):  # from the mean of the corners to the middle of what they span
        x, y = view.xy(lon, lat)
        if not (np.isfinite(x).all() and np.isfinite(y).all()):
            return None
        middle = view.lon_lat((x.min() + x.max()) / 2, (y.min() + y.max()) / 2)
        if not np.isfinite(middle).all():
            return None
        view = _centred(float(middle[0]), float(middle[1]), middle_lon)
    x, y = view.xy(lon, lat)
    farthest = np.degrees(2 * np.arcsin(np.minimum(1, np.hypot(x, y).max() / (2 * _EARTH_M))))
    return view if farthest <= _MOST_LOCAL_DEG else None


def _centred(lon: float, lat: float, middle_lon: float) -> View:
    if abs(lat) > _POLE_DEG:
        return View(90.0 if lat > 0 else -90.0, round(middle_lon, 2), world=False)
    return View(round(lat, 4), round(near(lon, middle_lon), 4), world=False)


def _framed(view: View, x: Array, y: Array, aspect: float, least_m: float = _LEAST_M) -> View:
    """Return the view with a frame of the aspect round all positions."""
    wide, high = float(x.max() - x.min()), float(y.max() - y.min())
    margin = 1 + 2 * _MARGIN
    wide, high = max(wide * margin, least_m), max(high * margin, least_m / aspect)
    wide, high = max(wide, high * aspect), max(high, wide / aspect)
    middle = ((x.min() + x.max()) / 2, (y.min() + y.max()) / 2)
    frame = (middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2)
    return View(view.lat, view.lon, view.world, tuple(float(edge) for edge in frame))  # type: ignore[arg-type]


def _world(lon: float, aspect: float) -> View:
    view = View(0.0, lon, world=True)
    east, _ = view.xy(lon + 180, 0)
    _, north = view.xy(lon, 90)
    sides = np.array([float(east), float(north)])
    return _framed(view, np.array([-sides[0], sides[0]]), np.array([-sides[1], sides[1]]), aspect)
