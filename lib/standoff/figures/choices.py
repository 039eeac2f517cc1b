"""The places that names may mean as a figure: how likely each is, beside where each is."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from shapely.affinity import translate

from standoff.errors import SettingError
from standoff.figures.look import INK, MUTED, RULE, plain
from standoff.figures.shown import ShownFigure
from standoff.figures.words import FONT, fitted, line, width
from standoff.resources import data_path
from standoff.tables import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Inches.
_WIDTH, _HEAD, _BAR, _NAME, _FOOT, _MAP = 11.0, 0.5, 0.28, 0.55, 0.15, 2.3
_LABELS, _BARS, _MAP_LEFT, _RIGHT = 0.2, 3.3, 5.9, 0.2
_MOST_NAMES = 6
_TAKEN, _OTHER = "#0062a8", "#8a929c"
_LAND, _SEA, _BORDER, _NAME_INK = "#eceee9", "#f7fafc", "#c3c8c0", "#8b9189"
Box = tuple[float, float, float, float]
_LEAST_DEG = 8.0
_LIKELY = 0.005  # below this a candidate is on the map only if it lies within it


def candidates(frame: pd.DataFrame) -> ShownFigure:
    """Draw the places that names may mean, each name a row: bars of probability, and a map.

    Parameters
    ----------
    frame : DataFrame
        `Reading.candidates`, as a rule the rows of one name.

    Returns
    -------
    Figure
        Of Matplotlib; six names at most.

    Raises
    ------
    SettingError
        If the frame is empty.
    """
    groups = [group for _, group in frame.groupby(["mentions", "text"], sort=False)]
    if not groups:
        msg = "candidates: no name to draw; give rows of reading.candidates"
        raise SettingError(msg)
    with plain():
        drawn = _draw(groups[:_MOST_NAMES], len(groups) - _MOST_NAMES)
    drawn.title = "Candidates: " + ", ".join(line(group["text"].iloc[0]) for group in groups)
    drawn.description = ". ".join(_described(group) for group in groups)
    return drawn


def _draw(groups: list[pd.DataFrame], left_out: int) -> ShownFigure:
    heights = [
        max(_NAME + _BAR * len(group), _MAP if group["lat"].notna().any() else 0.0) + 0.2 for group in groups
    ]
    height = _HEAD + sum(heights) + _FOOT
    figure = ShownFigure(figsize=(_WIDTH, height), dpi=100, facecolor="white")
    title = "What each name may mean; the place taken is blue"
    title += f" ({left_out} more names are not shown)" if left_out > 0 else ""
    figure.text(
        0.2 / _WIDTH, 1 - 0.25 / height, title, fontsize=10, weight="bold", color=INK, va="center", family=FONT
    )  # fmt: skip
    top = height - _HEAD
    for group, tall in zip(groups, heights, strict=True):
        rows = group.to_dict("records")
        _bars(figure, rows, top)
        _map(figure, rows, top, tall - 0.2)
        top -= tall
    return figure


def _bars(figure: ShownFigure, rows: list[Any], top: float) -> None:
    height = figure.get_figheight()
    tall = _BAR * len(rows)
    box = (_BARS / _WIDTH, (top - _NAME - tall) / height, (_MAP_LEFT - 0.8 - _BARS) / _WIDTH, tall / height)
    axes = figure.add_axes(box, xlim=(0, 1.01), ylim=(len(rows) - 0.5, -0.5))
    axes.set_axis_off()
    style: dict[str, Any] = {"family": FONT, "parse_math": False, "va": "center"}
    name = fitted(f"“{rows[0]['text']}”", _MAP_LEFT - 0.6, 10, bold=True)
    figure.text(_LABELS / _WIDTH, (top - 0.14) / height, name, fontsize=10, weight="bold", color=INK, **style)
    why = next((row["reason"] for row in rows if row["chosen"] and not pd.isna(row["reason"])), "")
    why = fitted(why, _MAP_LEFT - 0.4, 7.5)
    figure.text(
        _LABELS / _WIDTH, (top - 0.36) / height, why, fontsize=7.5, color=MUTED, style="italic", **style
    )
    for number, row in enumerate(rows, start=1):
        colour = _TAKEN if row["chosen"] else _OTHER
        none = row["name"] == NONE
        axes.barh(
            number - 1, row["probability"], height=0.62, color="white" if none else colour, edgecolor=colour,
            hatch="////" if none else None, lw=0.8,
        )  # fmt: skip
        axes.text(
            row["probability"] + 0.02,
            number - 1,
            _percent(row["probability"]),
            fontsize=8,
            color=INK,
            **style,
        )
        words = NONE if none else f"{number} {_where(row)}"
        y = (top - _NAME - _BAR * (number - 0.5)) / height
        shown = fitted(words, _BARS - _LABELS - 0.1, 8, bold=bool(row["chosen"]))
        weight = "bold" if row["chosen"] else "normal"
        figure.text(_LABELS / _WIDTH, y, shown, fontsize=8, color=INK, weight=weight, **style)


def _where(row: Any) -> str:
    parts = (row["name"], row["country"], row["feature"])
    return ", ".join(str(part) for part in parts if not pd.isna(part))


def _percent(share: float) -> str:
    """Return a share as per cent; a little is not nothing.

    Examples
    --------
    >>> _percent(0.658), _percent(0.0004), _percent(0.0), _percent(0.9999)
    ('66 %', '< 1 %', '0', '> 99 %')
    """
    if 0 < share < 0.005:
        return "< 1 %"
    if 0.995 <= share < 1:
        return "> 99 %"
    return f"{share * 100:.0f} %" if share else "0"


def _map(figure: ShownFigure, rows: list[Any], top: float, tall: float) -> None:
    height = figure.get_figheight()
    across = _WIDTH - _MAP_LEFT - _RIGHT
    box = (_MAP_LEFT / _WIDTH, (top - tall) / height, across / _WIDTH, tall / height)
    placed = [(number, row) for number, row in enumerate(rows, start=1) if not pd.isna(row["lat"])]
    if not placed:
        return
    axes = figure.add_axes(box, facecolor=_SEA)
    axes.tick_params(bottom=False, left=False, labelbottom=False, labelleft=False)
    for spine in axes.spines.values():
        spine.set_color(RULE)
    shown = [row for _, row in placed if row["chosen"] or row["probability"] >= _LIKELY] or [
        row for _, row in placed
    ]
    west, south, east, north = _frame(shown, across / tall)
    middle = (west + east) / 2
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    _ground(axes, (west, south, east, north), across)
    for number, row in reversed(placed):
        lon = row["lon"] + 360 * round((middle - row["lon"]) / 360)
        _mark(axes, number, lon, row)


def _frame(rows: list[Any], shape: float) -> Box:
    """Return west, south, east, north of a plain map that holds the places, with its sides as the box has them."""
    from standoff.maps.frame import centre_of, near

    centre = centre_of([(row["lon"], row["lon"]) for row in rows])
    lons, lats = [near(row["lon"], centre) for row in rows], [row["lat"] for row in rows]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squeeze = max(math.cos(math.radians(lat)), 0.2)  # a degree of longitude beside one of latitude
    high = max(1.4 * (max(lats) - min(lats)), 1.4 * (max(lons) - min(lons)) * squeeze / shape, _LEAST_DEG)
    wide = min(high * shape / squeeze, 360.0)
    return lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2


@cache
def _countries() -> tuple[NDArray[Any], list[str]]:
    """Return the parts of countries, and the name of each one's country."""
    table = pq.read_table(data_path("basemap/countries.parquet"), columns=["name", "geometry"])
    parts, index = shapely.get_parts(shapely.from_wkb(table["geometry"].to_numpy()), return_index=True)
    names = table["name"].to_pylist()
    return np.asarray(parts), [names[i] for i in index]


def _ground(axes: Axes, frame: Box, inches: float) -> None:
    """Draw land and borders, and the names of countries where there is room."""
    west, south, east, north = frame
    shapes, names = _countries()
    largest: dict[str, Any] = {}
    for turn in (-360, 0, 360):
        cut = shapely.clip_by_rect(shapes, west - turn, south, east - turn, north)
        parts, index = shapely.get_parts(cut, return_index=True)
        outlines = []
        for part, at in zip(parts, index, strict=True):
            if part.geom_type == "Polygon" and not part.is_empty:
                moved = translate(part, turn)
                outlines.append(shapely.get_coordinates(moved.exterior))
                if moved.area > getattr(largest.get(names[at]), "area", 0.0):
                    largest[names[at]] = moved
        style: dict[str, Any] = {"facecolor": _LAND, "edgecolor": _BORDER, "linewidth": 0.5, "zorder": 1}
        axes.add_collection(PolyCollection(outlines, **style))
    an_inch = (east - west) / inches
    for name, part in largest.items():
        circle = shapely.maximum_inscribed_circle(part, tolerance=an_inch / 20)
        if circle.length > 0.45 * an_inch * width(line(name), 6.5):
            lon, lat = shapely.get_coordinates(circle)[0]
            axes.text(
                lon, lat, line(name), fontsize=6.5, color=_NAME_INK, ha="center", va="center", family=FONT,
                parse_math=False, zorder=2, clip_on=True,
            )  # fmt: skip


def _mark(axes: Axes, number: int, lon: float, row: Any) -> None:
    taken = bool(row["chosen"])
    look: dict[str, Any] = {"s": 60, "color": _TAKEN, "edgecolor": "white", "linewidth": 1.2, "zorder": 4}
    if not taken:
        look |= {"s": 26, "color": _OTHER, "zorder": 3}
    axes.scatter([lon], [row["lat"]], **look)
    words = fitted(f"{number} {row['name']}" if taken else str(number), 1.6, 8, bold=taken)
    style: dict[str, Any] = {"color": _TAKEN if taken else MUTED, "weight": "bold" if taken else "normal"}
    style |= {"fontsize": 8, "family": FONT, "parse_math": False, "zorder": 5, "annotation_clip": True}
    offset = (5, -12) if taken else (4, 3)
    axes.annotate(words, (lon, row["lat"]), offset, textcoords="offset points", **style)


def _described(group: pd.DataFrame) -> str:
    told = [
        f"{line(NONE if row['name'] == NONE else _where(row))} {_percent(row['probability'])}"
        + (" (taken)" if row["chosen"] else "")
        for row in group.to_dict("records")
    ]
    return f"{line(group['text'].iloc[0])}: {'; '.join(told)}"
