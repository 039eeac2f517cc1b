"""Figures of how good it is: stated chances against what came true, errors by kind, shares with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes

from standoff.figures.look import INK, MUTED, RULE, plain
from standoff.figures.shown import ShownFigure
from standoff.figures.words import FONT, line

if TYPE_CHECKING:
    import pandas as pd

OURS, BASELINE = "#0072b2", "#d55e00"  # of Okabe and Ito
_NEAREST_KM = 1.0  # an error below this is drawn at it: the scale is logarithmic
_MOST_KINDS = 12
_TICKS_KM = (1, 10, 161, 1000, 10_000)


class QualityFigure(ShownFigure):
    """A figure that a notebook shows without pyplot; its ``description`` says in words what it shows."""


def calibration(
    table: pd.DataFrame, title: str = "Stated chances, and how often they came true"
) -> QualityFigure:
    """Return a reliability diagram, with how many answers each bin has under it.

    A point on the line is a bin whose chances are honest; above it they are too low. The bars hold the true share in
    95 of 100 such samples.

    Parameters
    ----------
    table : DataFrame
        From `standoff.evaluate.reliability`.
    title : str
        Any text is safe.
    """
    with plain():
        figure = QualityFigure(figsize=(6.4, 6.0), dpi=100, facecolor="white")
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3.2, 1))
        upper.plot((0, 1), (0, 1), color=MUTED, lw=1, ls=(0, (4, 3)), zorder=1)
        bounds = np.abs(table[["right_low", "right_high"]].to_numpy().T - table["right"].to_numpy())
        style: dict[str, Any] = {"fmt": "o", "color": OURS, "capsize": 3, "lw": 1.4, "ms": 6, "zorder": 3}
        upper.errorbar(table["stated"], table["right"], yerr=bounds, **style)
        lower.bar((table["low"] + table["high"]) / 2, table["answers"], width=0.085, color=OURS, alpha=0.55)
        for x, number in zip((table["low"] + table["high"]) / 2, table["answers"], strict=True):
            lower.annotate(
                f"{number:,}", (x, number), (0, 2), textcoords="offset points", ha="center", **_text(7.5)
            )
        _label(upper, "", "share that was right")
        _label(lower, "stated chance", "answers")
        upper.set(xlim=(0, 1), ylim=(0, 1.03))
        lower.set_ylim(0, 1.25 * max([*table["answers"], 1]))
        _finish(figure, title)
        bins = zip(table["stated"], table["right"], table["answers"], strict=True)
        figure.description = "; ".join(f"stated {s:.2f}, right {r:.2f} of {n}" for s, r, n in bins)
    return figure


def errors(names: pd.DataFrame, title: str = "How far off the places are") -> QualityFigure:
    """Return cumulative curves of errors, ours and the baseline's, over all places and for each kind.

    Parameters
    ----------
    names : DataFrame
        ``kind``, ``ours_km``, ``baseline_km``: from `standoff.evaluate.score_places`.
    title : str
        Any text is safe.
    """
    kinds = [None, *names["kind"].value_counts().index[:_MOST_KINDS]]
    columns = min(len(kinds), 3)
    rows = -(-len(kinds) // columns)
    with plain():
        figure = QualityFigure(figsize=(9.6, 1.1 + 2.1 * rows), dpi=100, facecolor="white")
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        said = []
        for axes, kind in zip(grid, kinds, strict=False):
            these = names if kind is None else names[names["kind"] == kind]
            said.append(_curves(axes, these, "all" if kind is None else str(kind)))
        for axes in grid[len(kinds) :]:
            axes.set_axis_off()
        for axes in grid[max(len(kinds) - columns, 0) : len(kinds)]:
            axes.set_xlabel("error, km: 1 and less to the left", color=MUTED, **_text(8))
            axes.tick_params(labelbottom=True)
        grid[0].set_ylabel("share within", color=MUTED, **_text(8.5))
        grid[0].legend(frameon=False, fontsize=8, loc="lower right", labelcolor=INK)
        _finish(figure, title)
        figure.description = "; ".join(said)
    return figure


def _curves(axes: Axes, names: pd.DataFrame, label: str) -> str:
    """Draw the share of places that is within each distance; say what of it is within 161 km."""
    from standoff.evaluate.scores import MOST_KM, NEAR_KM

    told = []
    axes.axvline(NEAR_KM, color="#b9c0c7", lw=1, zorder=1)
    for reader, colour, style in (("ours", OURS, "-"), ("baseline", BASELINE, "--")):
        km = np.sort(np.maximum(names[f"{reader}_km"].to_numpy(dtype=float), _NEAREST_KM))
        within = np.arange(1, len(km) + 1) / len(km)
        far = (km < MOST_KM) & (km > _NEAREST_KM)
        x = np.concatenate([[_NEAREST_KM], km[far], [MOST_KM]])
        y = np.concatenate([[(km <= _NEAREST_KM).mean()], within[far], [(km < MOST_KM).mean()]])
        axes.step(x, y, where="post", color=colour, ls=style, lw=1.6, label=reader)
        told.append(f"{reader} {(km <= NEAR_KM).mean():.2f}")
    axes.set(xscale="log", xlim=(_NEAREST_KM, MOST_KM), ylim=(0, 1.04))
    axes.set_xticks(_TICKS_KM, [f"{km:,}" for km in _TICKS_KM])
    axes.minorticks_off()
    _label(axes, "", "")
    axes.set_title(f"{line(label)}: {len(names)}", loc="left", color=INK, parse_math=False, **_text(8.5))
    return f"{label}, {len(names)} places within {NEAR_KM:.0f} km: {', '.join(told)}"


def shares(
    table: pd.DataFrame,
    title: str = "Events, field by field",
    apart: Sequence[str] = ("precision", "recall", "F1"),
) -> QualityFigure:
    """Return shares as marks with their intervals, one line each, the most sure at the top of each part.

    Parameters
    ----------
    table : DataFrame
        Indexed by what it is a share of, with ``share``, ``low``, ``high``, ``of``: `EventScores.figures`.
    title : str
        Any text is safe.
    apart : sequence of str
        Lines that stand first, in their order; the others are sorted.
    """
    first = [name for name in apart if name in table.index]
    others = table.drop(index=first).sort_values("share", ascending=False)
    ordered = table.loc[[*first, *others.index]]
    with plain():
        figure = QualityFigure(figsize=(7.4, 1.2 + 0.3 * len(ordered)), dpi=100, facecolor="white")
        axes = figure.subplots()
        places = np.arange(len(ordered)) + (np.arange(len(ordered)) >= len(first)) * 0.6
        bounds = np.abs(ordered[["low", "high"]].to_numpy().T - ordered["share"].to_numpy())
        style: dict[str, Any] = {"fmt": "o", "color": OURS, "capsize": 3, "lw": 1.4, "ms": 6}
        axes.errorbar(ordered["share"], places, xerr=bounds, **style)
        axes.set_yticks(places, [f"{line(str(row.Index))}  (of {row.of:,})" for row in ordered.itertuples()])
        axes.set(
            xlim=(min(0.4, float(np.nanmin(ordered["low"])) - 0.02), 1.01), ylim=(places[-1] + 0.7, -0.7)
        )
        _label(axes, "share that is right; the bars hold it in 95 of 100 such samples of reports", "")
        axes.grid(axis="x", color=RULE, lw=0.8)
        axes.set_axisbelow(True)
        _finish(figure, title)
        rows = ordered.itertuples()
        figure.description = "; ".join(f"{r.Index} {r.share:.2f} ({r.low:.2f} to {r.high:.2f})" for r in rows)
    return figure


def _text(size: float) -> dict[str, Any]:
    return (
        {"fontsize": size, "family": FONT, "color": INK} if size < 8 else {"fontsize": size, "family": FONT}
    )


def _label(axes: Axes, x: str, y: str) -> None:
    axes.set_xlabel(x, color=MUTED, **_text(8.5))
    axes.set_ylabel(y, color=MUTED, **_text(8.5))
    axes.tick_params(labelsize=8, color=RULE, labelcolor=INK, labelfontfamily=FONT)
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set(color=RULE)


def _finish(figure: QualityFigure, title: str) -> None:
    figure.title = title
    figure.suptitle(
        line(title, bold=True), x=0.02, ha="left", weight="bold", parse_math=False, color=INK, **_text(11)
    )
    figure.tight_layout()
