"""The shapes and points of a map figure, each as the page draws its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from shapely.geometry.base import BaseGeometry

from standoff.figures.map_ground import CITY, dashes, path_of, slim
from standoff.figures.map_view import PX, View
from standoff.maps.geometry import MOST_CORNERS
from standoff.maps.items import Item
from standoff.maps.styles import CLAIMS, STYLES

_SMALLEST_PT = 10.5  # a shape below this is shown by a symbol
_OUTLINE = 0.95
HALF_GLYPH = 0.1  # inches


@dataclass(frozen=True)
class Drawn:
    """An item that is seen: where its symbol stands on the plane, or its shape there."""

    item: Item
    x: float
    y: float
    shape: BaseGeometry | None = None  # what of it lies in the frame
    symbol: bool = True  # whether a symbol is drawn


def look_of(item: Item) -> dict[str, Any]:
    """Return how the outline and the fill of an item's shape look: in full, or as an outline without an event."""
    style, claim = STYLES[item.kind], CLAIMS.get(item.claim, {})
    other = item.rank == "other"
    weight = PX * (1.4 if other else style.weight or 1.0)
    fill = 0.0 if other else style.fill * claim.get("fill", 1)
    return {
        "edgecolor": to_rgba(style.colour, _OUTLINE),
        "facecolor": to_rgba(style.tint or style.colour, fill) if fill else "none",
        "linewidth": weight,
        "linestyle": dashes(claim.get("dash"), weight),
        "joinstyle": "round",
    }


def draw_item(axes: Axes, view: View, item: Item, zorder: float, metres_a_point: float) -> Drawn | None:
    """Draw an item under its id; return what is seen of it, None if it lies beyond the frame."""
    if item.geometry is None:
        x, y = (float(value) for value in view.xy(item.lon, item.lat))
        if not shapely.contains_xy(view.rectangle, x, y):
            return None
        glyph(axes, STYLES[item.kind].glyph or "dashed", STYLES[item.kind].colour, (x, y), gid=item.id)
        return Drawn(item, x, y)
    flat = view.project(item.geometry)
    seen = shapely.make_valid(flat).intersection(view.rectangle)
    if seen.is_empty:
        return None
    if shapely.get_num_coordinates(flat) > MOST_CORNERS:
        flat = slim(flat, metres_a_point)
    look = look_of(item)
    if "Polygon" not in flat.geom_type and flat.geom_type != "GeometryCollection":
        look |= {"facecolor": "none", "linewidth": max(3.0, look["linewidth"])}
    axes.add_artist(PathPatch(path_of(flat), zorder=zorder, gid=item.id, **look))
    middle = seen.representative_point() if seen.geom_type != "Point" else seen
    left, bottom, right, top = flat.bounds
    small = item.rank == "main" and max(right - left, top - bottom) < _SMALLEST_PT * metres_a_point
    if small:
        glyph(axes, "dashed", STYLES[item.kind].colour, (middle.x, middle.y), gid=f"{item.id}-symbol")
    return Drawn(item, middle.x, middle.y, seen, small)


def glyph(
    axes: Axes, name: str, colour: str, at: tuple[float, float], *, gid: str = "", zorder: float = 6
) -> None:
    """Draw a symbol of the page, 22 pixels square: diamond, target, dashed or dot."""
    common: dict[str, Any] = {"zorder": zorder, "gid": gid or None}
    line = {"facecolors": "none", "edgecolors": colour, "linewidths": 2 * PX}
    halo = {"facecolors": to_rgba("white", 0.9), "edgecolors": "none", "s": (16 * PX) ** 2, "marker": "o"}
    looks: dict[str, list[dict[str, Any]]] = {
        "diamond": [{"marker": "D", "s": (10 * PX) ** 2, "facecolors": colour, "edgecolors": "white"}],
        "target": [
            halo,
            {"marker": "o", "s": (13 * PX) ** 2, **line},
            {"marker": "o", "s": (5.5 * PX) ** 2, "facecolors": colour, "edgecolors": "none"},
        ],
        "dashed": [
            halo | {"facecolors": to_rgba("white", 0.6)},
            {"marker": "o", "s": (14 * PX) ** 2, **line, "linestyles": [(0, (1.7, 1.05))]},
        ],
        "dot": [{"marker": "o", "s": (8 * PX) ** 2, "facecolors": colour, "edgecolors": "white"}],
    }
    for look in looks[name]:
        axes.scatter([at[0]], [at[1]], **common, **look)


def town(axes: Axes, at: tuple[float, float], *, capital: bool, zorder: float = 7) -> None:
    """Draw the mark of a town of the basemap."""
    look: dict[str, Any] = {"zorder": zorder, "linewidths": 1.4 * PX}
    if capital:
        axes.scatter(*at, s=(7.5 * PX) ** 2, facecolors="white", edgecolors=CITY, **look)
    axes.scatter(*at, s=((3 if capital else 4) * PX) ** 2, facecolors=CITY, edgecolors="none", **look)
