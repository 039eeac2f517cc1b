"""A map on the sheet of a figure: its axes, what is drawn in it, its labels; and the part of it that is too crowded."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from standoff.figures.look import INK, MUTED
from standoff.figures.map_ground import draw_graticule, draw_ground
from standoff.figures.map_labels import (
    Box,
    Placed,
    country_labels,
    glyph_boxes,
    item_labels,
    place,
    pole_labels,
    town_labels,
)
from standoff.figures.map_shapes import Drawn, draw_item, town
from standoff.figures.map_view import View, view_round
from standoff.figures.words import FONT, width
from standoff.maps.items import Item

_DEGREE_PT = 6.5
_CROWD_IN = 1.3  # inches across: things within it lie close together
_CROWD = 4  # so many of them are a crowd
_LEAST_GAIN = 1.7  # times larger, or it is not worth another map
_LEAST_M = 5_000.0  # across
_TOLD = frozenset({"anchor", "exact", "representative"})


class Panel:
    """A map with its own view in a box of the sheet.

    Parameters
    ----------
    figure, sheet
        The figure, and its axes in inches, which lie over the map.
    box : (left, bottom, right, top)
        Inches.
    view : View
        What is shown; its frame has the box's aspect.
    items : list of Item
        What is drawn, as far as it is in the frame.
    """

    def __init__(self, figure: Figure, sheet: Axes, box: Box, view: View, items: list[Item]) -> None:
        self.sheet, self.box, self.view = sheet, box, view
        self.inch_m = (view.frame[2] - view.frame[0]) / (box[2] - box[0])
        self.axes = self._axes(figure)
        self.ground = draw_ground(self.axes, view, self.inch_m / 72)
        self.degrees = draw_graticule(self.axes, view)
        self.drawn: list[Drawn] = []
        for number, item in enumerate(items):
            drawn = draw_item(self.axes, view, item, 3 + number / len(items), self.inch_m / 72)
            self.drawn += [drawn] if drawn else []
        self.capitals = False  # whether one is labelled

    def _axes(self, figure: Figure) -> Axes:
        (left, bottom, right, top), frame = self.box, self.view.frame
        wide, high = figure.get_size_inches()
        place_ = (left / wide, bottom / high, (right - left) / wide, (top - bottom) / high)
        axes = figure.add_axes(place_, xlim=(frame[0], frame[2]), ylim=(frame[1], frame[3]))
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_autoscale_on(False)  # what people draw on it does not move it
        axes.set_facecolor("white")
        for spine in axes.spines.values():
            spine.set(edgecolor=MUTED, linewidth=0.8, zorder=10, visible=not self.view.world)
        return axes

    def inches(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Return places on the plane as inches of the sheet."""
        frame = self.view.frame
        return self.box[0] + (x - frame[0]) / self.inch_m, self.box[1] + (y - frame[1]) / self.inch_m

    def write_labels(self, kept_clear: Collection[Box] = (), without: Collection[str] = ()) -> None:
        """Write the labels of shapes, countries and towns, where there is room for them.

        Parameters
        ----------
        kept_clear : collection of boxes
            Where none stands, inches.
        without : collection of str
            Ids of items that have none here.
        """
        shapes = [one.shape for one in self.drawn if one.shape is not None and one.item.kind != "region"]
        clear = shapely.union_all(shapely.make_valid(np.array(shapes))) if shapes else shapely.Point()
        labels = item_labels([one for one in self.drawn if one.item.id not in without], self.inches)
        labels += pole_labels(self.view, self.inches)
        labels += country_labels(self.ground.countries, clear, self.inches, self.inch_m)
        labels += town_labels(self.view, self.inch_m / 72, [one.item for one in self.drawn], self.inches)
        left, bottom, right, top = self.box
        frame = (left + 0.03, bottom + 0.03, right - 0.03, top - 0.03)
        taken = [*glyph_boxes(self.drawn, self.inches), *kept_clear]
        for placed in place(labels, frame, taken):
            self._write(placed)

    def _write(self, placed: Placed) -> None:
        label = placed.label
        halo = [patheffects.withStroke(linewidth=2.2, foreground="white", alpha=0.85)]
        style: dict[str, Any] = {"color": label.colour, "weight": "bold" if label.bold else "normal"}
        style |= {"ha": "center", "va": "center", "family": FONT, "fontsize": label.size, "zorder": 8}
        self.sheet.text(placed.x, placed.y, label.words, parse_math=False, path_effects=halo, **style)
        if label.dot:
            self.capitals |= label.capital
            town(self.sheet, label.dot, capital=label.capital)

    def write_degrees(self) -> None:
        """Write the degrees at the frame, each clear of the one before it on its side."""
        reach: dict[str, float] = {}
        off = 0.05 + _DEGREE_PT / 72 / 2
        style: dict[str, Any] = {"color": MUTED, "family": FONT, "fontsize": _DEGREE_PT}
        for one in sorted(self.degrees, key=lambda one: one.x if one.side in ("bottom", "top") else one.y):
            x, y = self.inches(one.x, one.y)
            upright = one.side in ("bottom", "top")
            at, half = x if upright else y, width(one.words, _DEGREE_PT) / 2
            first, last = self.box[0::2] if upright else self.box[1::2]
            if at - half < reach.get(one.side, first - 0.05) + 0.05 or at + half > last:
                continue
            reach[one.side] = at + half
            dx, dy = {"bottom": (0, -off), "top": (0, off), "left": (-off, 0), "right": (off, 0)}[one.side]
            turn = 0 if upright else 90
            self.sheet.text(x + dx, y + dy, one.words, ha="center", va="center", rotation=turn, **style)

    def crowd(self) -> list[Item]:
        """Return what lies so close together that it hides each other; nothing where that is little."""
        boxes = {one.item.id: self._box_of(one) for one in self.drawn if self._is_told(one)}
        small = {key: box for key, box in boxes.items() if max(box[2] - box[0], box[3] - box[1]) < _CROWD_IN}
        best: list[str] = []
        for left, bottom, right, top in small.values():
            x, y, half = (left + right) / 2, (bottom + top) / 2, _CROWD_IN / 2
            near = [
                key for key, box in small.items()
                if x - half <= box[0] and box[2] <= x + half and y - half <= box[1] and box[3] <= y + half
            ]  # fmt: skip
            best = near if len(near) > len(best) else best
        return [one.item for one in self.drawn if one.item.id in best] if len(best) >= _CROWD else []

    def _is_told(self, one: Drawn) -> bool:
        return one.item.rank == "main" if one.shape is not None else one.item.kind in _TOLD

    def _box_of(self, one: Drawn) -> Box:
        left, bottom, right, top = (one.x, one.y, one.x, one.y) if one.shape is None else one.shape.bounds
        return (*self.inches(left, bottom), *self.inches(right, top))

    def closer(self, items: list[Item], aspect: float, wide: float) -> View | None:
        """Return a view of some items in a map so many inches wide; None if it would show hardly more."""
        view = view_round(items, aspect, _LEAST_M)
        if view is None or self.inch_m < _LEAST_GAIN * (view.frame[2] - view.frame[0]) / wide:
            return None
        return view

    def mark(self, view: View) -> None:
        """Draw a frame round what another view shows."""
        left, bottom, right, top = view.frame
        around = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        corners = shapely.segmentize(shapely.LineString(around), (right - left) / 20)
        x, y = shapely.get_coordinates(corners).T
        lon, lat = view.lon_lat(x, y)
        style: dict[str, Any] = {"color": INK, "lw": 0.9, "zorder": 9, "gid": "closer"}
        self.axes.plot(*self.view.xy(lon, lat), **style)
