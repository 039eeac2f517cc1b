"""What the basemap is drawn from: Natural Earth's land, lakes, rivers and lines, cut to a box and simplified.

Boxes are (west, south, east, north) in degrees; east may exceed 180. Zooms are those of web maps, at
which the world is 256 pixels wide at zoom 0.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from standoff.maps.geometry import encode
from standoff.resources import data_path

Box = tuple[float, float, float, float]
Found = list[tuple[int, BaseGeometry]]  # the index of a shape, and what of it lies in a box

_WORLD_PX = 256
_WORLD_SCALE = 10  # data/basemap/world.parquet is good to half a degree
_LEAST_PX = 2.0  # islands and lakes smaller than that in width and height are left out
_FIRST_ADMIN1 = 3.0  # on a map of the world they say nothing


@dataclass(frozen=True)
class Countries:
    """Outlines of countries, in the order of their names."""

    names: list[str]
    shapes: NDArray[Any]  # of shapely geometry


@cache
def countries(*, fine: bool) -> Countries:
    """Return the countries at 1:10m or at 1:50m."""
    name = "regions/countries.parquet" if fine else "basemap/countries.parquet"
    table = pq.read_table(data_path(name), columns=["name", "geometry"])
    return Countries(table["name"].to_pylist(), shapely.from_wkb(table["geometry"].to_numpy()))


@cache
def _layer(name: str, column: str | None = None) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the shapes of a file of data/basemap/, and one of its columns."""
    table = pq.read_table(
        data_path(f"basemap/{name}.parquet"), columns=["geometry", *([column] if column else [])]
    )
    shapes = np.asarray(shapely.from_wkb(table["geometry"].to_numpy()))
    return shapes, table[column].to_numpy() if column else np.zeros(len(shapes))


def pixel(zoom: float) -> float:
    """Return how many degrees of longitude a pixel is.

    Examples
    --------
    >>> pixel(0)
    1.40625
    """
    return 360 / _WORLD_PX / math.pow(2, zoom)


def cut(shapes: NDArray[Any], frame: Box) -> Found:
    """Return what of each shape lies in the box, with the shape's index.

    Shapes lie within -180 to 180; the box may reach beyond, and they are moved into it
    by whole turns.
    """
    west, south, east, north = frame
    bounds = shapely.bounds(shapes)
    found = []
    for turn in (-360, 0, 360):
        window = box(west - turn, south, east - turn, north)
        w, s, e, n = window.bounds
        hit = (bounds[:, 0] <= e) & (bounds[:, 2] >= w) & (bounds[:, 1] <= n) & (bounds[:, 3] >= s)
        for index in np.flatnonzero(hit):
            inside = (
                bounds[index, 0] >= w
                and bounds[index, 2] <= e
                and bounds[index, 1] >= s
                and bounds[index, 3] <= n
            )
            part = shapes[index] if inside else shapely.intersection(shapes[index], window)
            if not part.is_empty:
                found.append((int(index), translate(part, turn) if turn else part))
    return found


def _of_type(parts: Iterable[BaseGeometry], wanted: shapely.GeometryType) -> NDArray[Any]:
    # Cutting leaves lines and points where a shape only touches the box.
    flat = shapely.get_parts(np.array(list(parts), dtype=object))
    return np.asarray(flat[shapely.get_type_id(flat) == wanted])


def _large(polygons: NDArray[Any], least: float) -> BaseGeometry:
    """Return the polygons without parts and holes of less than an area in square degrees."""
    kept = []
    for part in polygons:
        if part.area >= least:
            holes = [hole for hole in part.interiors if shapely.Polygon(hole).area >= least]
            kept.append(shapely.Polygon(part.exterior, holes))
    return shapely.MultiPolygon(kept)


def _land(parts: NDArray[Any], tolerance: float) -> BaseGeometry:
    """Return simplified countries as one, without islands too small to see."""
    # As a coverage, so that neighbours keep one line between them and the union has no slivers.
    land = shapely.union_all(shapely.make_valid(shapely.coverage_simplify(parts, tolerance)))
    return _large(_of_type([land], shapely.GeometryType.POLYGON), (_LEAST_PX * tolerance) ** 2)


def _lakes(parts: NDArray[Any], tolerance: float) -> BaseGeometry:
    simple = shapely.simplify(parts[shapely.area(parts) >= (3 * _LEAST_PX * tolerance) ** 2], tolerance)
    return _large(_of_type(simple, shapely.GeometryType.POLYGON), (_LEAST_PX * tolerance) ** 2)


@dataclass(frozen=True)
class Terrain:
    """What lies in a box; a hole in it is drawn by another one.

    Parameters
    ----------
    land : list of (index, geometry)
        Countries, by their index in ``countries``.
    lakes : array of polygons
    lines : list of (kind, zoom, lines)
        The zoom is that which they are shown from.
    """

    land: Found
    lakes: NDArray[Any]
    lines: list[tuple[str, float, NDArray[Any]]]

    @classmethod
    def of(cls, frame: Box, *, fine: bool, deepest: float, hole: Box | None = None) -> Terrain:
        """Cut out what is shown at a zoom or a smaller one; land and lakes go through the hole."""
        found = cut(countries(fine=fine).shapes, frame)
        lakes = _of_type((part for _, part in cut(_layer("lakes")[0], frame)), shapely.GeometryType.POLYGON)
        lines: dict[tuple[str, float], list[BaseGeometry]] = defaultdict(list)
        for kind, start, shapes in _line_layers():
            chosen = np.flatnonzero(start <= deepest)
            for number, part in cut(shapes[chosen], frame):
                index = chosen[number]
                key = str(kind[index]), float(start[index])
                lines[key].append(part.difference(box(*hole)) if hole else part)
        flat = [
            (*key, _of_type(parts, shapely.GeometryType.LINESTRING)) for key, parts in sorted(lines.items())
        ]
        return cls(found, lakes, [line for line in flat if len(line[2])])

    def simplified(self, tolerance: float, deepest: float) -> Terrain:
        """Return it with lines that are off by so many degrees, and without what is shown from a larger zoom only."""
        land = _land(_of_type((part for _, part in self.land), shapely.GeometryType.POLYGON), tolerance)
        lines = []
        for kind, start, parts in self.lines:
            if start <= deepest:
                merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))
                lines.append((kind, start, shapely.simplify(merged, tolerance)))
        return Terrain([(0, land)], np.array(_lakes(self.lakes, tolerance).geoms), lines)

    def encoded(self, scale: int) -> dict[str, Any]:
        """Return it as the page gets it.

        Parameters
        ----------
        scale : int
            Units of a degree that positions are rounded to.

        Returns
        -------
        dict
            ``land`` and ``lakes`` (see ``encode``), and ``lines``: each with ``kind`` (border, disputed,
            admin1, river), ``from`` (a zoom) and ``path`` (see ``encode``).
        """
        return {
            "land": encode(shapely.geometrycollections([part for _, part in self.land]), scale),
            "lakes": encode(shapely.geometrycollections(self.lakes), scale),
            "lines": [
                {"kind": kind, "from": start, "path": encode(shapely.geometrycollections(parts), scale)}
                for kind, start, parts in self.lines
            ],
        }

    def within(self, most: int, tolerance: float, deepest: float) -> dict[str, Any]:
        """Return it encoded in at most so many characters of JSON: coarser and with less, until it fits."""
        terrain = self
        while True:
            terrain = terrain.simplified(tolerance, deepest)
            data = terrain.encoded(10 ** max(1, math.ceil(-math.log10(tolerance))))
            chars = len(json.dumps(data, separators=(",", ":")))
            if chars <= most:
                return data
            tolerance *= min(3.0, max(1.2, (chars / most) ** 1.3))
            deepest -= 0.5


def world(frame: Box, hole: Box) -> dict[str, Any]:
    """Return the coarse world in a box, encoded as ``Terrain.encoded`` does."""
    shapes, kinds = _layer("world", "kind")
    inner = box(*hole)
    found: dict[str, list[BaseGeometry]] = {kind: [] for kind in kinds.tolist()}
    for index, part in cut(shapes, frame):
        kind = str(kinds[index])
        found[kind].append(part if kind in ("land", "lake") else part.difference(inner))
    paths = {kind: encode(shapely.geometrycollections(parts), _WORLD_SCALE) for kind, parts in found.items()}
    land, lakes = paths.pop("land"), paths.pop("lake")
    lines = [{"kind": kind, "from": 0, "path": path} for kind, path in paths.items()]
    return {"land": land, "lakes": lakes, "lines": lines}


@cache
def _line_layers() -> list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]]:
    """Return for each layer of lines the kind of each, the zoom that it is shown from, and the shapes."""
    borders, disputed = _layer("borders", "disputed")
    admin1, zooms = _layer("admin1", "min_zoom")
    rivers, ranks = _layer("rivers", "rank")
    # A river of rank 0 is seen from zoom 1, one of rank 10 from 8.5: half a zoom a rank for the small ones.
    return [
        (np.where(disputed, "disputed", "border"), np.zeros(len(borders)), borders),
        (np.full(len(admin1), "admin1"), np.maximum(_FIRST_ADMIN1, np.floor(zooms) - 1), admin1),
        (np.full(len(rivers), "river"), np.where(ranks <= 5, ranks + 1, 3.5 + ranks / 2), rivers),
    ]
