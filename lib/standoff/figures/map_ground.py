"""What lies under the shapes of a map figure: sea, land, water, borders, and the graticule with its degrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from standoff.figures.map_view import PX, View
from standoff.maps.escape import visible
from standoff.maps.terrain import Found, Terrain, countries

# As the page has them (standoff.css).
SEA, LAND, LAKE, COUNTRY, CITY = "#d3dfe6", "#f7f5f0", "#d3dfe6", "#6f6a5d", "#5a5648"
DISPUTED, DISPUTED_DASHES = "#8a6f52", "5 3.5"
# Colour, pixels, and what lies over what.
_LINES: dict[str, tuple[str, float, float]] = {
    "river": ("#a3c3d9", 1.0, 1.4), "admin1": ("#cfc9ba", 0.8, 1.5),
    "border": ("#9d9685", 1.1, 2.0), "disputed": (DISPUTED, 1.1, 2.1),
}  # fmt: skip
_GRID = "#8496a3"
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30)  # degrees
_MOST_LINES = 6
_POLAR_STEP = 30
_THIN_BELOW_ZOOM = 5.0
_THIN_PX = 0.55
_FINE_BELOW_DEG = 20.0  # beyond this the eye cannot tell the 1:50m from the 1:10m source
_MOST_LINE_ZOOMS = 1.0  # a sheet is read from nearer than a screen, and has room for more lines
_FINEST_PT = 0.25  # corners nearer than this to a straight line are not seen


@dataclass(frozen=True)
class Degree:
    """A label of the graticule: where its line meets the frame, on the plane, and on which side."""

    x: float
    y: float
    side: str  # "bottom", "left", "top" or "right"
    words: str


def path_of(geometry: BaseGeometry) -> Path:
    """Return polygons, with their holes, and lines as one path; empty for what has neither."""
    parts: list[Path] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            turned = shapely.orient_polygons(part)  # holes the other way round, so that they stay open
            parts += [_ring(line) for line in (turned.exterior, *turned.interiors)]
        elif part.geom_type in ("LineString", "LinearRing"):
            parts.append(Path(shapely.get_coordinates(part)))
        elif part.geom_type.startswith(("Multi", "Geometry")):
            parts.append(path_of(part))
    parts = [part for part in parts if np.size(part.vertices)]
    return Path.make_compound_path(*parts) if parts else Path(np.empty((0, 2)))


def dashes(pattern: str | None, weight_pt: float) -> Any:
    """Return a dash pattern of the page, in pixels, as Matplotlib has it for a line of this width.

    Examples
    --------
    >>> dashes("8 4", 1.5), dashes(None, 1)
    ((0, (4.0, 2.0)), 'solid')
    """
    if not pattern:
        return "solid"
    return (0, tuple(float(length) * PX / weight_pt for length in pattern.split()))


def _ring(line: BaseGeometry) -> Path:
    return Path(shapely.get_coordinates(line), closed=True)


def slim(geometry: BaseGeometry, metres_a_point: float) -> BaseGeometry:
    """Return the geometry without corners, islands and lakes that nobody sees at this scale."""
    return shapely.simplify(geometry, _FINEST_PT * metres_a_point, preserve_topology=False)


@dataclass(frozen=True)
class Ground:
    """What of the basemap is seen."""

    countries: list[tuple[str, BaseGeometry]]  # names, and what of each is seen, on the plane
    kinds: frozenset[str]  # of lines: border, disputed, admin1, river


def draw_ground(axes: Axes, view: View, metres_a_point: float) -> Ground:
    """Draw sea, land, lakes, rivers and borders, as dense as the page has them at this scale."""
    zoom = view.zoom(metres_a_point)
    west, south, east, north = view.degrees
    deepest = zoom + _MOST_LINE_ZOOMS
    terrain = Terrain.of(view.degrees, fine=north - south < _FINE_BELOW_DEG, deepest=deepest)
    sea = view.project(shapely.box(west, south, east, north)) if view.world else view.rectangle
    axes.add_artist(PathPatch(path_of(sea), facecolor=SEA, edgecolor=_GRID, lw=0.5, zorder=0, gid="sea"))
    land = [_flat(view, part, metres_a_point) for _, part in terrain.land]
    lakes = [_flat(view, lake, metres_a_point) for lake in terrain.lakes]
    for gid, colour, shapes, zorder in (("land", LAND, land, 1.0), ("lakes", LAKE, lakes, 1.2)):
        # The outline in the same colour hides seams, between countries and along the 180th meridian.
        look: dict[str, Any] = {"facecolor": colour, "edgecolor": colour, "linewidth": 0.4}
        path = path_of(shapely.geometrycollections(shapes))
        axes.add_artist(PathPatch(path, zorder=zorder, gid=gid, **look))
    kinds = set()
    for kind, (colour, width, zorder) in _LINES.items():
        parts = [part for name, _, found in terrain.lines if name == kind for part in found]
        lines = shapely.line_merge(shapely.MultiLineString(parts))
        if lines.is_empty:
            continue
        flat = _flat(view, lines, metres_a_point)
        if flat.intersects(view.rectangle):
            kinds.add(kind)
        points = PX * (min(width, _THIN_PX) if zoom < _THIN_BELOW_ZOOM else width)
        pattern = dashes(DISPUTED_DASHES if kind == "disputed" else None, points)
        look = {"facecolor": "none", "edgecolor": colour, "linewidth": points, "linestyle": pattern}
        axes.add_artist(PathPatch(path_of(flat), zorder=zorder, gid=kind, **look))
    fine = north - south < _FINE_BELOW_DEG
    return Ground(_countries(view, terrain.land, countries(fine=fine).names), frozenset(kinds))


def _flat(view: View, geometry: BaseGeometry, metres_a_point: float) -> BaseGeometry:
    """Return those parts of a geometry on the plane whose boxes meet the frame: a file need not hold the others."""
    parts = shapely.get_parts(slim(view.project(geometry), metres_a_point))
    left, bottom, right, top = shapely.bounds(parts).T
    frame = view.frame
    near = (left < frame[2]) & (right > frame[0]) & (bottom < frame[3]) & (top > frame[1])
    return shapely.geometrycollections(parts[near])


def _countries(view: View, land: Found, every: list[str]) -> list[tuple[str, BaseGeometry]]:
    names: dict[str, list[BaseGeometry]] = {}
    for index, part in land:
        seen = shapely.make_valid(view.project(part)).intersection(view.rectangle)
        if not seen.is_empty:
            names.setdefault(visible(every[index]), []).append(seen)
    return [(name, shapely.union_all(parts)) for name, parts in names.items()]


def draw_graticule(axes: Axes, view: View) -> list[Degree]:
    """Draw meridians and parallels; return their labels."""
    west, south, east, north = view.degrees
    polar = not view.world and (view.has_pole(90) or view.has_pole(-90))
    up = 30.0 if view.world else _step(north - south)
    over = 30.0 if view.world else _POLAR_STEP if polar else _step(east - west)
    # Meridians end before the pole, where they would be a blot.
    ends = (max(south, -90 + up / 2), min(north, 90 - up / 2)) if polar else (south, north)
    sides = ("bottom", "top", "left", "right") if polar else ("bottom",)
    lines, degrees = [], []
    for lon in _multiples(west, east, over, whole_turn=polar):
        at = np.linspace(*ends, 200)
        line = _line(view, np.full(200, lon), at)
        lines.append(line)
        degrees += _degree(view, line, longitude(lon), sides)
    for lat in _multiples(south, north, up):
        if abs(lat) == 90:
            continue
        line = _line(view, np.linspace(west, east, 400), np.full(400, lat))
        lines.append(line)
        degrees += [] if polar else _degree(view, line, latitude(lat), ("left", "right"))
    for pole in (pole for pole in (90, -90) if polar and view.has_pole(pole)):
        axes.plot(*view.xy(view.lon, pole), marker="+", markersize=6, color=_GRID, zorder=2.5)
    look: dict[str, Any] = {"colors": _GRID, "linewidths": 0.4, "alpha": 0.7, "zorder": 2.5}
    axes.add_collection(
        LineCollection([shapely.get_coordinates(line) for line in lines], gid="graticule", **look)
    )
    return degrees


def _step(degrees: float) -> float:
    return next((step for step in _STEPS if degrees / step <= _MOST_LINES), 30.0)


def _multiples(low: float, high: float, step: float, *, whole_turn: bool = False) -> list[float]:
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    found = [round(float(number * step), 6) for number in np.arange(first, last + 1)]
    return found[:-1] if whole_turn and found and found[-1] - found[0] >= 360 else found


def _line(view: View, lon: Any, lat: Any) -> BaseGeometry:
    return shapely.LineString(np.column_stack(view.xy(lon, lat)))


def _degree(view: View, line: BaseGeometry, words: str, sides: tuple[str, ...]) -> list[Degree]:
    """Return the label at the first of the sides that the line meets."""
    if view.world:  # at the edge of the globe: a meridian's south end, a parallel's west end
        x, y = shapely.get_coordinates(line)[0]
        return [Degree(float(x), float(y), sides[0], words)]
    left, bottom, right, top = view.frame
    edges = {
        "bottom": [(left, bottom), (right, bottom)],
        "top": [(left, top), (right, top)],
        "left": [(left, bottom), (left, top)],
        "right": [(right, bottom), (right, top)],
    }
    for side in sides:
        met = shapely.get_coordinates(line.intersection(shapely.LineString(edges[side])))
        if len(met):
            return [Degree(float(met[0][0]), float(met[0][1]), side, words)]
    return []


def longitude(degrees: float) -> str:
    """Return a meridian as a map has it.

    Examples
    --------
    >>> longitude(38.5), longitude(-70), longitude(182), longitude(180), longitude(0)
    ('38.5°E', '70°W', '178°W', '180°', '0°')
    """
    turned = round(degrees - 360 * round(degrees / 360), 6)
    half = "" if turned == 0 or abs(turned) == 180 else "E" if turned > 0 else "W"
    return f"{abs(turned):g}°{half}"


def latitude(degrees: float) -> str:
    """Return a parallel as a map has it.

    Examples
    --------
    >>> latitude(33.5), latitude(-17), latitude(0)
    ('33.5°N', '17°S', '0°')
    """
    half = "" if degrees == 0 else "N" if degrees > 0 else "S"
    return f"{abs(degrees):g}°{half}"
