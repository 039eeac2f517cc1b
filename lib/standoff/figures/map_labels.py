"""Labels of a map figure: the important first, each where there is room, none on another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from standoff.figures.map_ground import CITY, COUNTRY
from standoff.figures.map_shapes import HALF_GLYPH, Drawn
from standoff.figures.map_view import View
from standoff.figures.words import fitted, width
from standoff.maps.cities import cities
from standoff.maps.geometry import roomiest
from standoff.maps.items import Item
from standoff.maps.styles import STYLES

Box = tuple[float, float, float, float]  # left, bottom, right, top; inches
Spot = tuple[float, float, str]  # inches; which side of the words stands there

_GAP = 0.03
_LONGEST = 3.2  # inches
_LINE = 1.25  # height of a line, by its size
_OFF_GLYPH, _OFF_SHAPE, _OFF_TOWN = 0.14, 0.05, 0.075
_HALF_DOT = 0.03
_MOST_TOWNS = 40
_SHIFTS = {
    "left": (0.0, -0.5), "right": (-1.0, -0.5), "above": (-0.5, 0.0), "below": (-0.5, -1.0), "centre": (-0.5, -0.5),
}  # fmt: skip
# Of the words' width: how much room a country has to have round the middle of its name.
_COUNTRY_ROOM = 0.45


@dataclass(frozen=True)
class Label:
    """Words that want a place, and where they may stand, best first."""

    words: str
    size: float  # points
    colour: str
    spots: list[Spot]
    priority: float
    bold: bool = False
    dot: tuple[float, float] | None = None  # where the mark of a town is; it needs room, too
    capital: bool = False


@dataclass(frozen=True)
class Placed:
    """A label with its place: the middle of its words, inches."""

    label: Label
    x: float
    y: float


def place(labels: list[Label], frame: Box, taken: list[Box]) -> list[Placed]:
    """Return the labels that found room in the frame, clear of what is taken and of each other.

    Examples
    --------
    >>> here = [Label("first", 8, "k", [(1, 1, "left")], 2), Label("second", 8, "k", [(1, 1, "left")], 1)]
    >>> [placed.label.words for placed in place(here, (0, 0, 4, 4), [])]
    ['first']
    """
    taken = list(taken)
    placed = []
    for label in sorted(labels, key=lambda label: -label.priority):
        dot = _dot_box(label)
        if dot and any(_meet(dot, other) for other in taken):
            continue
        wide = width(label.words, label.size, bold=label.bold)
        high = label.size * _LINE / 72
        for x, y, side in label.spots:
            across, up = _SHIFTS[side]
            box = (x + across * wide, y + up * high, x + (across + 1) * wide, y + (up + 1) * high)
            inside = frame[0] < box[0] and frame[1] < box[1] and box[2] < frame[2] and box[3] < frame[3]
            if inside and not any(_meet(box, other) for other in taken):
                taken += [box, dot] if dot else [box]
                placed.append(Placed(label, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
                break
    return placed


def _dot_box(label: Label) -> Box | None:
    if label.dot is None:
        return None
    x, y = label.dot
    return (x - _HALF_DOT, y - _HALF_DOT, x + _HALF_DOT, y + _HALF_DOT)


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] + _GAP and other[0] < one[2] + _GAP
        and one[1] < other[3] + _GAP and other[1] < one[3] + _GAP
    )  # fmt: skip


def glyph_boxes(drawn: list[Drawn], to_inches: Any) -> list[Box]:
    """Return the boxes that symbols take."""
    boxes = []
    for one in drawn:
        if one.symbol:
            x, y = to_inches(one.x, one.y)
            boxes.append((x - HALF_GLYPH, y - HALF_GLYPH, x + HALF_GLYPH, y + HALF_GLYPH))
    return boxes


def item_labels(drawn: list[Drawn], to_inches: Any) -> list[Label]:
    """Return the labels of shapes and points, where they have one."""
    labels = []
    for one in drawn:
        item, named = one.item, one.item.kind == "named"
        size = 7.5 if named else 8.0
        words = fitted(item.label, _LONGEST, size, bold=not named)
        if not words:
            continue
        colour = STYLES[item.kind].colour
        if one.symbol or one.shape is None:
            priority = 2.0 if named else 4.0
            spots = _round(*to_inches(one.x, one.y))
        else:
            priority = 3.0 if item.rank == "main" else 2.5
            spots = _about(one.shape, to_inches)
        labels.append(Label(words, size, colour, spots, priority, bold=not named))
    return labels


def _round(x: float, y: float) -> list[Spot]:
    """Return spots beside a symbol."""
    off = _OFF_GLYPH
    slant = 0.75 * off
    return [
        (x + off, y, "left"), (x - off, y, "right"), (x, y + off, "above"), (x, y - off, "below"),
        (x + slant, y + slant, "left"), (x + slant, y - slant, "left"),
        (x - slant, y + slant, "right"), (x - slant, y - slant, "right"),
    ]  # fmt: skip


def _about(shape: BaseGeometry, to_inches: Any) -> list[Spot]:
    """Return spots at the ends of a shape, then along its edge, then in its middle."""
    corners = shapely.get_coordinates(shape)
    x, y = to_inches(corners[:, 0], corners[:, 1])
    off = _OFF_SHAPE
    ends: list[tuple[int, str, float, float]] = [
        (int(y.argmax()), "above", 0, off), (int(y.argmin()), "below", 0, -off),
        (int(x.argmax()), "left", off, 0), (int(x.argmin()), "right", -off, 0),
    ]  # fmt: skip
    spots: list[Spot] = [(float(x[i] + dx), float(y[i] + dy), side) for i, side, dx, dy in ends]
    spots += [(float(x[i]), float(y[i] - dy), "below" if side == "above" else "above")
              for i, side, _, dy in ends[:2]]  # inside of the edge  # fmt: skip
    middle_x, middle_y = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    for i in np.linspace(0, len(corners) - 1, 13).astype(int):
        side = "left" if x[i] > middle_x else "right"
        spots.append((float(x[i] + (off if side == "left" else -off)), float(y[i]), side))
    return [*spots, (float(middle_x), float(middle_y), "centre")]


def pole_labels(view: View, to_inches: Any) -> list[Label]:
    """Return the name of each pole that is shown as a point."""
    return [
        Label(name, 7, COUNTRY, _round(*to_inches(*view.xy(view.lon, lat))), 1.95)
        for name, lat in (("North Pole", 90), ("South Pole", -90))
        if not view.world and view.has_pole(lat)
    ]


def country_labels(
    countries: list[tuple[str, BaseGeometry]],
    keep_clear: BaseGeometry,
    to_inches: Any,
    inch_m: float,
) -> list[Label]:
    """Return names of countries, each where it has most room, clear of the shapes if it can be."""
    labels = []
    for name, area in countries:
        found = (roomiest(area.difference(keep_clear)), roomiest(area))
        spots = [spot for spot in found if spot is not None]
        words = fitted(name.upper(), _LONGEST, 7)
        wide = width(words, 7)
        roomy = [spot for spot in spots if 2 * spot[2] / inch_m > wide * _COUNTRY_ROOM]
        if roomy:
            places: list[Spot] = [(*to_inches(x, y), "centre") for x, y, _ in roomy]
            labels.append(Label(words, 7, COUNTRY, places, 1 + min(0.9, roomy[0][2] / inch_m / 10)))
    return labels


def town_labels(view: View, metres_a_point: float, named: list[Item], to_inches: Any) -> list[Label]:
    """Return the names of towns, as many as the page has at this scale, without those that have a label already."""
    zoom = view.zoom(metres_a_point)
    taken = [(item.label, item.lat, item.lon) for item in named if item.label]
    labels = []
    for number, (name, lat, lon, _, capital) in enumerate(cities([(view.degrees, zoom, _MOST_TOWNS)], taken)):
        x, y = (float(value) for value in view.xy(lon, lat))
        if shapely.contains_xy(view.rectangle, x, y):
            at = to_inches(x, y)
            spots: list[Spot] = [
                (at[0] + _OFF_TOWN, at[1], "left"), (at[0] - _OFF_TOWN, at[1], "right"),
                (at[0], at[1] + _OFF_TOWN, "above"), (at[0], at[1] - _OFF_TOWN, "below"),
            ]  # fmt: skip
            words = fitted(name, _LONGEST, 6.5)
            priority = 0.5 - number / 1000
            labels.append(Label(words, 6.5, CITY, spots, priority, dot=at, capital=bool(capital)))
    return labels
