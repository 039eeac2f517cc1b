"""Beside a map figure: what each look means, a scale bar, and where north is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon, Rectangle, Wedge

from standoff.figures.look import INK, MUTED
from standoff.figures.map_ground import DISPUTED, DISPUTED_DASHES, dashes
from standoff.figures.map_shapes import glyph, town
from standoff.figures.map_view import PX
from standoff.figures.words import FONT, fitted, width

COLUMN = 2.6  # inches: the width of a column of the legend
_SIGN = 0.42  # room for the sign
_HEAD, _SMALL = 7.5, 6.5  # points
_LEADING = 1.3
_AFTER = 0.075  # inches after an entry
_LEAST = 0.55  # the smallest share of the sizes above that is still read
_NICE = (1, 2, 5)
_LONGEST_BAR, _SHORT_BAR = 1.9, 0.7  # inches
_MILE_M = 1609.344
SCALE_HEIGHT = 0.62  # inches that the scale bar takes


@dataclass(frozen=True)
class Entry:
    """A kind with its words broken into lines."""

    data: dict[str, Any]
    head: list[str]
    small: list[str]

    def height(self, share: float) -> float:
        """Return the height in inches."""
        points = len(self.head) * _HEAD + len(self.small) * _SMALL
        return share * (points * _LEADING / 72 + _AFTER)


def entries_of(legend: Iterable[dict[str, Any]]) -> list[Entry]:
    """Return the entries of the page's legend, broken into lines of a column."""
    room = COLUMN - _SIGN
    return [
        Entry(data, lines_of(data["label"], room, _HEAD, bold=True), lines_of(data["meaning"], room, _SMALL))
        for data in legend
    ]


def lines_of(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Return text broken into lines at most so wide, inches.

    Examples
    --------
    >>> lines_of("90 % of such statements fall inside", 1.2, 6.5)
    ['90 % of such statements', 'fall inside']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(fitted(word, room, size, bold=bold))
    return lines


def height_of(entries: list[Entry], columns: int) -> float:
    """Return the least height at which the entries fit into the columns in full size, inches."""
    heights = [entry.height(1.0) for entry in entries]
    high = max(*heights, sum(heights) / columns)
    while len(columns_of(entries, len(entries), high)[0]) > columns:
        high += 0.05
    return high + 0.02


def columns_of(entries: list[Entry], columns: int, height: float) -> tuple[list[list[Entry]], float]:
    """Return the entries in columns of a height, and the share of their size that they are drawn in.

    Where they do not fit even at the least size, the last are left out.
    """
    share = 1.0
    while True:
        filled: list[list[Entry]] = [[]]
        used = 0.0
        for entry in entries:
            if used + entry.height(share) > height and filled[-1]:
                filled.append([])
                used = 0.0
            filled[-1].append(entry)
            used += entry.height(share)
        if len(filled) <= columns or share <= _LEAST:
            return filled[:columns], share
        share -= 0.05


def draw_entry(axes: Axes, entry: Entry, x: float, top: float, share: float) -> None:
    """Draw an entry, its upper left corner given in inches."""
    y = top
    for words, size, style in [
        *((line, _HEAD, {"weight": "bold", "color": INK}) for line in entry.head),
        *((line, _SMALL, {"color": MUTED}) for line in entry.small),
    ]:
        high = share * size * _LEADING / 72
        look: dict[str, Any] = {"fontsize": size * share, "va": "center", "family": FONT, **style}
        axes.text(x + _SIGN, y - high / 2, words, parse_math=False, **look)
        y -= high
    _sign(axes, entry.data, x + _SIGN / 2 - 0.05, (top + y) / 2)


def _sign(axes: Axes, data: dict[str, Any], x: float, y: float) -> None:
    if data.get("glyph"):
        glyph(axes, data["glyph"], data["colour"], (x, y), zorder=2)
        return
    if data["kind"] == "capital":
        town(axes, (x, y), capital=True, zorder=2)
        return
    if data["kind"] == "disputed":
        data = data | {"kind": "claim", "colour": DISPUTED, "dash": DISPUTED_DASHES}
    weight = PX * max(1.5, data.get("weight", 0))
    fill = data.get("fill", 0)
    look: dict[str, Any] = {
        "edgecolor": data["colour"],
        "facecolor": to_rgba(data.get("tint") or data["colour"], fill) if fill else "none",
        "linewidth": weight,
        "linestyle": dashes(data.get("dash"), weight),
    }
    if data["kind"] == "claim":
        axes.add_line(
            Line2D([x - 0.14, x + 0.14], [y, y], color=data["colour"], lw=weight, ls=look["linestyle"])
        )
        return
    axes.add_patch(_shape(data["kind"], x, y, look))


def _shape(kind: str, x: float, y: float, look: dict[str, Any]) -> Patch:
    """Return a kind's shape as the page's legend has it, about 0.2 inches wide."""
    if kind in ("zone", "disc", "other"):
        return Circle((x, y), 0.08, **look)
    if kind == "ring":
        return Wedge((x, y), 0.09, 0, 360, width=0.045, **look)
    if kind == "inside":
        return Wedge((x, y - 0.04), 0.09, 0, 180, width=0.045, **look)
    if kind == "sector":
        return Wedge((x - 0.02, y - 0.2), 0.28, 55, 110, width=0.13, **look)
    if kind == "corridor":
        along = np.linspace(-0.12, 0.12, 30)
        wave = 0.04 * np.sin(along * 26)
        edge = np.concatenate([wave + 0.03, wave[::-1] - 0.03])
        return Polygon(np.column_stack([x + np.concatenate([along, along[::-1]]), y + edge]), **look)
    corners = np.array([(-0.1, 0.04), (-0.02, 0.075), (0.1, 0.03), (0.08, -0.06), (-0.05, -0.07)])
    return Polygon(corners + (x, y), **look)  # noqa: RUF005 - of arrays, it adds


def nice_length(metres: float) -> float:
    """Return the largest 1, 2 or 5 times a power of ten that is no more.

    Examples
    --------
    >>> nice_length(730), nice_length(10)
    (500.0, 10.0)
    """
    power = 10.0 ** np.floor(np.log10(metres))
    return float(max(number * power for number in _NICE if number * power <= metres * (1 + 1e-9)))


def draw_scale(axes: Axes, x: float, y: float, metres_an_inch: float, words: str) -> None:
    """Draw two scale bars on one line, kilometres above and miles below, from their left end.

    Parameters
    ----------
    x, y : float
        Where the line begins, inches.
    metres_an_inch : float
        On the ground, at the middle of the map.
    words : str
        What stands under it: where the scale holds.
    """
    style: dict[str, Any] = {"color": INK, "lw": 1.1, "solid_capstyle": "butt"}
    text: dict[str, Any] = {"fontsize": 6.5, "color": INK, "family": FONT, "ha": "right"}
    ends = []
    for unit_m, unit, side in ((1000.0, "km", 1), (_MILE_M, "mi", -1)):
        length = nice_length(_LONGEST_BAR * metres_an_inch / unit_m)
        ends.append(length * unit_m / metres_an_inch)
        for tick in (0.0, ends[-1]):
            axes.add_line(Line2D([x + tick, x + tick], [y, y + side * 0.07], **style))
        va = "bottom" if side > 0 else "top"
        axes.text(x + ends[-1] - 0.04, y + side * 0.02, f"{length:,g} {unit}", va=va, **text)
    axes.add_line(Line2D([x, x + max(ends)], [y, y], gid="scale", **style))
    axes.text(x, y - 0.24, words, **(text | {"color": MUTED, "ha": "left"}))


def draw_small_scale(axes: Axes, x: float, y: float, metres_an_inch: float) -> None:
    """Draw a bar of kilometres, or metres, at most 0.7 inches long, on white; see ``draw_scale``."""
    metres = nice_length(_SHORT_BAR * metres_an_inch)
    long = metres / metres_an_inch
    words = f"{metres / 1000:,g} km" if metres >= 1000 else f"{metres:g} m"
    axes.add_patch(
        Rectangle((x - 0.06, y - 0.06), _SHORT_BAR + 0.2, 0.24, facecolor="white", alpha=0.85, zorder=8)
    )
    style: dict[str, Any] = {"color": INK, "lw": 1.1, "zorder": 9}
    axes.add_line(Line2D([x, x, x + long, x + long], [y + 0.05, y, y, y + 0.05], gid="small-scale", **style))
    axes.text(x, y + 0.03, f" {words}", fontsize=6, color=INK, family=FONT, va="bottom", zorder=9)


def draw_north(axes: Axes, x: float, y: float) -> None:
    """Draw an arrow to the north, up, its middle given in inches."""
    half = 0.15
    for side, face in ((-1, INK), (1, "white")):
        corners = [(x, y + half), (x + side * 0.075, y - half), (x, y - half / 2)]
        axes.add_patch(Polygon(corners, facecolor=face, edgecolor=INK, linewidth=0.7))
    style: dict[str, Any] = {"fontsize": 7.5, "weight": "bold", "color": INK, "family": FONT}
    axes.text(x, y + half + 0.03, "N", ha="center", va="bottom", gid="north", **style)
