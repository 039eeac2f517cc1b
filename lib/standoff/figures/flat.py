"""A small flat map in a Matplotlib axes: land and borders under shapes, clear of the antimeridian."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from shapely.geometry.base import BaseGeometry

from standoff.figures.map_ground import LAND, SEA, path_of
from standoff.maps.frame import centre_of, spans_of, unwrap
from standoff.maps.terrain import Box, Terrain

BORDER = "#9d9685"
_MARGIN = 0.06
_LEAST_DEG = 0.5
_FINE_BELOW_DEG = 14.0  # beyond this the eye cannot tell the 1:50m from the 1:10m source
_CORNERS = 900  # as fine as a panel can show
_DEEPEST = 3.0  # a zoom: lines that are shown from a larger one are left out
_LINES = {"border": "-", "disputed": (0, (3, 2))}


def box_of(shapes: Iterable[BaseGeometry]) -> tuple[list[BaseGeometry], Box]:
    """Return shapes in one frame of longitudes, and the box round them with a margin.

    Raises
    ------
    ValueError
        If there are no shapes.
    """
    every = list(shapes)
    centre = centre_of([span for shape in every for span in spans_of(shape)])
    moved = [unwrap(shape, centre) for shape in every]
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(moved))
    margin = max(_MARGIN * max(east - west, north - south), _LEAST_DEG / 4)
    return moved, (west - margin, max(south - margin, -90.0), east + margin, min(north + margin, 90.0))


def flat_map(axes: Axes, box: Box) -> None:
    """Draw land and borders of a box; a degree is as long north as east in its middle."""
    west, south, east, north = box
    ground = _terrain(box)
    axes.set_facecolor(SEA)
    axes.add_collection(
        patches([part for _, part in ground.land], facecolor=LAND, edgecolor="none", zorder=1)
    )
    axes.add_collection(patches(ground.lakes, facecolor=SEA, edgecolor="none", zorder=1))
    for kind, _, parts in ground.lines:
        if kind in _LINES:
            lines = [shapely.get_coordinates(line) for line in parts]
            axes.add_collection(
                LineCollection(lines, linestyles=_LINES[kind], colors=BORDER, linewidths=0.6, zorder=3)
            )
    axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[])
    axes.set_aspect(1 / max(math.cos(math.radians((south + north) / 2)), 0.05))
    for spine in axes.spines.values():
        spine.set(color="#b9c0c7", linewidth=0.6)


def _terrain(box: Box) -> Terrain:
    across = max(box[2] - box[0], box[3] - box[1])
    whole = Terrain.of(box, fine=across < _FINE_BELOW_DEG, deepest=_DEEPEST)
    return whole.simplified(across / _CORNERS, _DEEPEST)


def patches(shapes: Iterable[BaseGeometry], **style: Any) -> PathCollection:
    """Return shapes as one collection, a path a shape, with holes."""
    return PathCollection([path_of(shape) for shape in shapes], **style)
