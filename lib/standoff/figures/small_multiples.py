"""Small multiples: maps side by side, all to one scale, so that they can be compared at a glance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.patches import Patch

from standoff.classes import Classes
from standoff.corpus.shared_out import STEPS, all_labels
from standoff.errors import SettingError
from standoff.figures.flat import box_of, flat_map, patches
from standoff.figures.look import INK, MUTED, plain
from standoff.figures.shown import ShownFigure
from standoff.figures.words import FONT, fitted
from standoff.maps.basemap import Box

if TYPE_CHECKING:
    import geopandas
    from matplotlib.axes import Axes

# Inches.
WIDTH = 11.0
_MARGIN, _GAP, _HEAD, _CAPTION, _FOOT = 0.3, 0.16, 0.5, 0.26, 0.68
_TALLEST, _FLATTEST = 1.3, 0.4  # height of a panel by its width
_COLUMNS = (4, 3)  # whichever leaves fewer places empty
MOST_PANELS = 60
_SAME = "each map to the same scale; the number is the sum of the map"
_SHARED = "each map to the same scale; what falls within several is shared out by days; the number is the sum of the map"


class MultiplesFigure(ShownFigure):
    """A figure that a notebook shows without pyplot; its ``description`` says in words what it shows."""


def multiples(
    cells: geopandas.GeoDataFrame, title: str = "Events to be expected", classes: Classes | None = None
) -> MultiplesFigure:
    """Return one map for each week or month of a density, empty ones too.

    What falls within several weeks is partly in each, by days. What is not dated has a map of its own at the end.

    Parameters
    ----------
    cells : GeoDataFrame
        From `standoff.Corpus.density` with ``by``.
    title : str
        Of the figure. Any text is safe.
    classes : Classes, optional
        A scale to share with another figure or map.

    Raises
    ------
    SettingError
        If the density is not by week or month, or takes more than 60 maps.
    """
    by = cells.attrs.get("by")
    if "period" not in cells or by not in STEPS:
        msg = "multiples: the density has no weeks or months; make it with by='week'"
        raise SettingError(msg)
    told = cells["period"].isna()
    periods = all_labels(list(cells["period"][~told]), by)
    panels = [(_days(each, by), cells[cells["period"].eq(each).fillna(False)]) for each in periods]
    if told.any():
        panels.append(("not dated", cells[told]))
    return _drawn(panels, title, classes, _SHARED)


def side_by_side(
    densities: Mapping[str, geopandas.GeoDataFrame],
    title: str = "Events to be expected",
    classes: Classes | None = None,
) -> MultiplesFigure:
    """Return one map for each of several densities, to one scale: an honest count beside one of points.

    Parameters
    ----------
    densities : mapping of str to GeoDataFrame
        What each is called, any text is safe, and its cells.
    title, classes
        As for `multiples`.

    Raises
    ------
    SettingError
        If there are more than 60.
    """
    return _drawn(list(densities.items()), title, classes, _SAME)


def _drawn(
    panels: Sequence[tuple[str, Any]], title: str, classes: Classes | None, note: str
) -> MultiplesFigure:
    if len(panels) > MOST_PANELS:
        msg = f"multiples: {len(panels)} maps, at most {MOST_PANELS}; take by='month', or the events of a shorter time"
        raise SettingError(msg)
    scale = classes or Classes.of(value for _, cells in panels for value in cells["expected"])
    with plain():
        return _Drawing(panels, title, scale, note).figure


class _Drawing:
    """A figure in the making."""

    def __init__(self, panels: Sequence[tuple[str, Any]], title: str, classes: Classes, note: str) -> None:
        self.classes = classes
        shapes = [shape for _, cells in panels for shape in cells.geometry]
        self.box: Box | None = None
        moved: list[Any] = []
        if shapes:
            moved, self.box = box_of(shapes)
        columns = _columns(len(panels))
        wide = (WIDTH - 2 * _MARGIN - _GAP * (columns - 1)) / columns
        high = wide * _shape(self.box)
        step = high + _CAPTION + _GAP
        self.height = _HEAD + math.ceil(len(panels) / columns) * step + _FOOT
        self.figure = MultiplesFigure(figsize=(WIDTH, self.height), dpi=100, facecolor="white")
        self.figure.title = title
        said = []
        for number, (label, cells) in enumerate(panels):
            row, column = divmod(number, columns)
            left, top = _MARGIN + column * (wide + _GAP), self.height - _HEAD - row * step - _CAPTION
            place = (left / WIDTH, (top - high) / self.height, wide / WIDTH, high / self.height)
            own, moved = moved[: len(cells)], moved[len(cells) :]
            total = self._panel(
                self.figure.add_axes(place), fitted(label, wide - 0.6, 8), own, cells["expected"]
            )
            said.append(f"{label}: {total}")
        self._text(0.3, fitted(title, WIDTH - 2 * _MARGIN, 12, bold=True), 12, weight="bold")
        if shapes:
            self._legend(note)
        else:
            self._text(_HEAD, "No events with a place.", 9, color=MUTED)
        self.figure.description = f"Maps of {title}. {'; '.join(said) or 'No events with a place'}."

    def _text(self, down: float, words: str, size: float, **more: Any) -> None:
        style: dict[str, Any] = {"color": INK, "va": "center", "family": FONT, "fontsize": size} | more
        self.figure.text(_MARGIN / WIDTH, 1 - down / self.height, words, parse_math=False, **style)

    def _panel(self, axes: Axes, label: str, shapes: list[Any], expected: Any) -> str:
        if self.box is not None:
            flat_map(axes, self.box)
            values = [float(value) for value in expected]
            order = np.argsort(values, kind="stable")  # the dark ones' edges on top
            colours = [self.classes.colour(values[i]) for i in order]
            drawn = patches([shapes[i] for i in order], facecolor=colours, edgecolor="white", zorder=2)
            drawn.set(linewidth=0.3, alpha=0.9)
            axes.add_collection(drawn)
        total = _number(float(expected.sum()))
        style: dict[str, Any] = {"fontsize": 8, "family": FONT, "pad": 4, "parse_math": False}
        axes.set_title(label, loc="left", color=INK, **style)
        axes.set_title(total, loc="right", color=MUTED, **style)
        return total

    def _legend(self, note: str) -> None:
        pairs = zip(self.classes.colours, self.classes.labels, strict=True)
        entries = [
            Patch(facecolor=colour, edgecolor="#8a929c", lw=0.5, alpha=0.9, label=label)
            for colour, label in pairs
        ]
        self._text(self.height - 0.56, "In a cell:", 8, color=MUTED)
        self.figure.legend(
            handles=entries, loc="center left", bbox_to_anchor=((_MARGIN + 0.6) / WIDTH, 0.56 / self.height),
            ncols=len(entries), frameon=False, fontsize=8, handlelength=1.3, columnspacing=1.4, borderpad=0,
            borderaxespad=0, labelcolor=MUTED,
        )  # fmt: skip
        self._text(self.height - 0.26, note, 7.5, color=MUTED)


def _columns(panels: int) -> int:
    """Return how many maps stand in a row.

    Examples
    --------
    >>> [_columns(number) for number in (1, 2, 4, 5, 6, 8)]
    [1, 2, 4, 3, 3, 4]
    """
    if panels <= max(_COLUMNS):
        return max(panels, 1)
    return min(_COLUMNS, key=lambda columns: -panels % columns)


def _number(total: float) -> str:
    return "none" if total == 0 else f"{total:.1f}".removesuffix(".0")


def _days(period: str, by: str) -> str:
    """Return what a map is called: first and last day of a week, or the month."""
    if by == "month":
        return period
    first = date.fromisoformat(period)
    return f"{first} to {(first + timedelta(days=6)).isoformat()[5:]}"


def _shape(box: Box | None) -> float:
    """Return how high a map is by its width."""
    if box is None:
        return 0.1
    west, south, east, north = box
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.05)
    return min(max((north - south) / ((east - west) * shrink), _FLATTEST), _TALLEST)
