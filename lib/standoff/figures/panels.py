"""How shapes change with settings, as small multiples: a panel for each setting, a line for each event."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from standoff.errors import SettingError
from standoff.figures.look import INK, MUTED, RULE, plain
from standoff.figures.shown import ShownFigure
from standoff.figures.words import FONT, fitted, line

if TYPE_CHECKING:
    import pandas as pd

Shown: TypeAlias = Literal["area", "reach", "overlap", "shift"]

# Inches.
_WIDTH, _PANEL, _HEAD, _LEGEND = 11.0, 2.5, 0.75, 0.26
_LEFT, _RIGHT, _BETWEEN, _BELOW = 0.75, 0.25, 0.3, 0.65
_MOST_ACROSS = 4
_WIDEST = 5.0  # of a panel: one alone need not fill the page
_MOST_LINES = 6
_DODGE = 0.09  # so that lines that lie on each other can be told apart
_WIDE_SPREAD = 8.0  # the largest over the smallest value from which the axis is logarithmic
# The set of Okabe and Ito without its yellow, which is too light for a line on white.
_LOOKS = (
    ("#0072b2", "o"), ("#d55e00", "s"), ("#009e73", "^"), ("#cc79a7", "D"), ("#e69f00", "v"), ("#56b4e9", "p"),
)  # fmt: skip


class _Axis(NamedTuple):
    """What is drawn upwards: columns of the table, a divisor, words, and whether 0 must be on it."""

    columns: tuple[str, ...]
    divisor: float
    label: str
    from_zero: bool


_AXES: dict[str, _Axis] = {
    "area": _Axis(("area_km2",), 1.0, "Area, km²", False),
    "reach": _Axis(("inner_m", "outer_m"), 1000.0, "From the anchor, km: nearest to farthest", True),
    "overlap": _Axis(("overlap",), 1.0, "Overlap with the shape as read, 0 to 1", True),
    "shift": _Axis(("shift_m",), 1000.0, "Centre moved, km", True),
}
_KINDS = ("event", "statement", "zone")  # what is drawn where nothing is said: the first that there is


@dataclass(frozen=True)
class _Line:
    id: str
    label: str
    colour: str
    mark: str
    dodge: float


def sensitivity(frame: pd.DataFrame, show: Shown = "area", kind: str | None = None) -> ShownFigure:
    """Draw a table of `standoff.sensitivity` as small multiples.

    Parameters
    ----------
    frame : DataFrame
        From `standoff.sensitivity`, whole or a part of its rows.
    show : "area", "reach", "overlap" or "shift"
        The area; how near to the anchor and how far from it a shape reaches; the share of area in common with
        the shape as read; or how far its centre has moved.
    kind : "event", "zone" or "statement", optional
        What is drawn; by default events, or else statements of where.

    Returns
    -------
    Figure
        Of Matplotlib. Six lines at most, those that change most; what no setting changes is named below.

    Raises
    ------
    SettingError
        If there is nothing to draw, or no such quantity.
    """
    if show not in _AXES:
        msg = f"show={show!r} is not one of {', '.join(_AXES)}"
        raise SettingError(msg)
    kinds = set(frame["kind"])
    chosen = kind or next((each for each in _KINDS if each in kinds), "")
    rows = frame[(frame["kind"] == chosen) & frame["parameter"].notna()]
    if rows.empty:
        msg = f"sensitivity: no {chosen or 'row'} to draw; there are {', '.join(sorted(kinds)) or 'none'}"
        raise SettingError(msg)
    # Steps without a gap, where rows were taken out.
    rows = rows.assign(step=rows.groupby("parameter")["step"].rank(method="dense").astype(int) - 1)
    with plain():
        return _draw(rows, _AXES[show], chosen)


def _draw(rows: pd.DataFrame, axis: _Axis, kind: str) -> ShownFigure:
    spread = {str(id_): _spread(group) for id_, group in rows.groupby("id", sort=False)}
    moving = sorted((id_ for id_, size in spread.items() if size > 0), key=lambda id_: -spread[id_])
    ids = [id_ for id_ in spread if id_ in (moving or list(spread))[:_MOST_LINES]]
    names = dict(zip(rows["id"], rows["label"], strict=True))
    lines = [
        _Line(id_, f"{id_}: {names[id_]}", *_LOOKS[n], (n - (len(ids) - 1) / 2) * _DODGE)
        for n, id_ in enumerate(ids)
    ]
    still = [id_ for id_ in spread if spread[id_] == 0 and id_ not in ids]
    feet = [f"Changed by none of these: {', '.join(still)}"] if still else []
    feet += [f"and {len(moving) - len(ids)} more, that change less"] if len(moving) > len(ids) else []
    parameters = list(dict.fromkeys(rows["parameter"]))
    across = min(len(parameters), _MOST_ACROSS)
    down = math.ceil(len(parameters) / across)
    foot = _LEGEND * (math.ceil(len(lines) / 3) + len(feet)) + 0.15
    height = _HEAD + down * (_PANEL + _BELOW) + foot
    figure = ShownFigure(figsize=(_WIDTH, height), dpi=100, facecolor="white")
    room = min((_WIDTH - _LEFT - _RIGHT - (across - 1) * _BETWEEN) / across, _WIDEST)
    first: Axes | None = None
    for n, parameter in enumerate(parameters):
        left = _LEFT + n % across * (room + _BETWEEN)
        bottom = height - _HEAD - (n // across + 1) * _PANEL - n // across * _BELOW
        box = (left / _WIDTH, bottom / height, room / _WIDTH, _PANEL / height)
        panel = figure.add_axes(box, sharey=first)
        _panel(panel, rows[rows["parameter"] == parameter], lines, axis, room)
        panel.tick_params(labelleft=n % across == 0)
        first = first or panel
    if first is not None:
        _scale(first, rows[rows["id"].isin(ids)], axis)
    _words(figure, lines, feet, axis, foot)
    figure.title = f"Sensitivity: {axis.label}"
    figure.description = _described(rows, axis, kind)
    return figure


def _spread(group: pd.DataFrame) -> float:
    """Return how much a thing changes: what it loses of its overlap, at most 1."""
    lowest = group["overlap"].min()
    return 0.0 if np.isnan(lowest) or lowest > 1 - 1e-6 else float(1 - lowest)


def _panel(panel: Axes, rows: pd.DataFrame, lines: list[_Line], axis: _Axis, room: float) -> None:
    steps = rows.drop_duplicates("step").sort_values("step")
    words = [fitted(value, 0.95 * room / len(steps), 8) for value in steps["value"]]
    panel.set_xticks(list(steps["step"]), labels=words, parse_math=False, family=FONT, fontsize=8, color=INK)
    panel.set_xlim(-0.5, len(steps) - 0.5)
    for step in steps.loc[steps["baseline"], "step"]:
        panel.axvspan(step - 0.42, step + 0.42, color="#eef1f5", zorder=0, lw=0)
        panel.text(
            step, 0.985, "as read", transform=panel.get_xaxis_transform(), ha="center", va="top",
            fontsize=7, color=MUTED, family=FONT,
        )  # fmt: skip
    panel.set_title(
        line(rows["parameter"].iloc[0]), fontsize=9, weight="bold", loc="left", family=FONT, color=INK
    )
    panel.grid(axis="y", color=RULE, lw=0.6)
    panel.tick_params(labelsize=8, colors=MUTED, length=2)
    for side, spine in panel.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(MUTED)
    for each in lines:
        _line(panel, rows[rows["id"] == each.id].sort_values("step"), each, axis)


def _line(panel: Axes, rows: pd.DataFrame, look: _Line, axis: _Axis) -> None:
    x = rows["step"].to_numpy(float) + look.dodge
    values = [rows[name].to_numpy(float) / axis.divisor for name in axis.columns]
    style: dict[str, Any] = {"color": look.colour, "zorder": 3}
    if len(values) == 2:
        panel.vlines(x, values[0], values[1], lw=4, alpha=0.75, **style)
        panel.scatter(x, values[1], s=20, marker=look.mark, **style)
    else:
        panel.plot(x, values[0], lw=1.2, marker=look.mark, ms=5, **style)
    without = rows["shape"].isna().to_numpy()
    panel.scatter(
        x[without],
        np.full(without.sum(), 0.02),
        marker="x",
        s=30,
        transform=panel.get_xaxis_transform(),
        **style,
    )


def _scale(panel: Axes, rows: pd.DataFrame, axis: _Axis) -> None:
    values = np.concatenate([rows[name].to_numpy(float) for name in axis.columns]) / axis.divisor
    values = values[np.isfinite(values) & (values > 0)]
    if axis.from_zero or not len(values):
        panel.set_ylim(0, 1.15 * (values.max() if len(values) else 1.0))
    elif values.max() / values.min() > _WIDE_SPREAD:
        panel.set_yscale("log")
        panel.set_ylim(values.min() / 1.6, values.max() * 2.5)
    else:
        panel.set_ylim(0, values.max() * 1.15)


def _words(figure: ShownFigure, lines: list[_Line], feet: list[str], axis: _Axis, foot: float) -> None:
    height = figure.get_figheight()
    style: dict[str, Any] = {"family": FONT, "parse_math": False, "va": "center"}
    title = f"{axis.label}, by setting; × is no shape"
    figure.text(0.2 / _WIDTH, 1 - 0.25 / height, title, fontsize=10, weight="bold", color=INK, **style)
    third = (_WIDTH - 0.4) / 3
    for n, each in enumerate(lines):
        x, y = 0.3 + n % 3 * third, foot - _LEGEND * (n // 3 + 0.5)
        mark = Line2D(
            [x / _WIDTH], [y / height], marker=each.mark, ms=6, color=each.colour, ls="none", figure=figure
        )
        figure.add_artist(mark)
        words = fitted(each.label, third - 0.35, 8.5)
        figure.text((x + 0.15) / _WIDTH, y / height, words, fontsize=8.5, color=INK, **style)
    for n, text in enumerate(feet):
        y = foot - _LEGEND * (math.ceil(len(lines) / 3) + n + 0.5)
        shown = fitted(text, _WIDTH - 0.5, 8)
        figure.text(0.2 / _WIDTH, y / height, shown, fontsize=8, color=MUTED, style="italic", **style)


def _described(rows: pd.DataFrame, axis: _Axis, kind: str) -> str:
    """Return the figure in words: for each setting and thing the values in order."""
    told = []
    for (parameter, id_), group in rows.groupby(["parameter", "id"], sort=False):
        steps = []
        for _, row in group.sort_values("step").iterrows():
            numbers = [f"{row[name] / axis.divisor:,.4g}" for name in axis.columns if not np.isnan(row[name])]
            steps.append(f"{line(row['value'])}: {' to '.join(numbers) or 'no shape'}")
        told.append(f"{parameter}, {kind} {id_}: {'; '.join(steps)}")
    return f"{axis.label}. " + ". ".join(told)
