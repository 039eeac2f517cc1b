"""A timeline as a figure: one row an event, in order, as exact as the report is."""

from __future__ import annotations

from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from standoff.figures.legend import BAR, LEGEND_SIZE, Entry, entries_of, lines_of
from standoff.figures.look import DASHES, INK, MUTED, RULE, group_of, plain
from standoff.figures.rows import MOST_ROWS, Row, described, rows_of, what, when, who
from standoff.figures.scale import LEGIBLE_DAYS, Panel, Scale, days, ticks
from standoff.figures.shown import ShownFigure
from standoff.figures.words import FONT, fitted, line
from standoff.model import ReadingRecord, Report

# Inches.
WIDTH = 11.0
_MARGIN = 0.3
_WORDS, _DATES, _AXIS = 0.62, 4.12, 5.85  # where the columns begin
_RIGHT = WIDTH - _MARGIN
_ROW = 0.42
_BAR = 0.13
_LEAST_BAR = 0.05
_LINE = 0.24  # of the legend


class TimelineFigure(ShownFigure):
    """A timeline; see ``ShownFigure``."""


def timeline(report: Report, record: ReadingRecord) -> TimelineFigure:
    """Return the events of a reading in order of time, those without a date below a line.

    A mark is a day that is known, at its hour where that is, a bar the days that an event falls
    within. What is not asserted is hollow. Long stretches without an event are left out of the
    axis, and marked.
    """
    rows = rows_of(record.events)
    shown, left_out = rows[:MOST_ROWS], len(rows) - MOST_ROWS
    with plain():
        drawn = _Drawing(report, shown, left_out).figure
    drawn.title = f"Timeline: {line(report.title or report.id)}"
    drawn.description = described(rows)
    return drawn


class _Drawing:
    """A figure in the making: one axes whose units are inches from its upper left corner."""

    def __init__(self, report: Report, rows: list[Row], left_out: int) -> None:
        self.rows = rows
        self.dated = [row for row in rows if row.period]
        self.legend = lines_of(entries_of(rows), _RIGHT - _MARGIN)
        self.top = 1.12 if self.dated else 0.85
        self.split = self.top + _ROW * len(self.dated)  # where the line "not dated" is
        below = len(rows) - len(self.dated)
        self.bottom = self.split + (_ROW * (below + 0.75) if below else 0.0)
        if not rows:
            self.bottom += _ROW
        height = self.bottom + 0.18 + _LINE * (len(self.legend) + (left_out > 0)) + 0.15
        self.figure = TimelineFigure(figsize=(WIDTH, height), dpi=100, facecolor="white")
        self.axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self.axes.set_axis_off()
        self.scale = Scale(self._stretches(), _AXIS, _RIGHT) if self.dated else None
        self._head(report)
        self._axis()
        for row in rows:
            self._row(row)
        self._foot(left_out)

    def _stretches(self) -> list[tuple[float, float]]:
        """Return what the axis has to show: days and short periods whole, long ones by their ends."""
        found: list[tuple[float, float]] = []
        for period in (row.period for row in self.dated if row.period):
            first, last = period.start.toordinal(), period.end.toordinal() + 1
            whole = last - first <= LEGIBLE_DAYS
            found += [(first, last)] if whole else [(first, first + 1), (last - 1, last)]
        return found

    def _y(self, row: Row) -> float:
        """Return the middle of a row."""
        shift = 0.0 if row.period else 0.75 * _ROW
        return self.top + shift + (row.number - 0.5) * _ROW

    def _text(self, x: float, y: float, words: str, size: float = 8, **more: Any) -> None:
        style: dict[str, Any] = {"color": INK, "va": "center", "family": FONT, "fontsize": size} | more
        self.axes.text(x, y, words, parse_math=False, **style)

    def _rule(self, x: tuple[float, float], y: tuple[float, float], **more: Any) -> None:
        style: dict[str, Any] = {"color": RULE, "lw": 0.8, "solid_capstyle": "butt"} | more
        self.axes.add_line(Line2D(x, y, **style))

    def _head(self, report: Report) -> None:
        title = fitted(report.title or report.id, _RIGHT - _MARGIN, 12, bold=True)
        self._text(_MARGIN, 0.3, title, 12, weight="bold")
        source = " · ".join(word for word in (report.publisher, report.published) if word)
        self._text(_MARGIN, 0.55, fitted(source, _RIGHT - _MARGIN, 8.5), 8.5, color=MUTED)
        if not self.rows:
            self._text(_MARGIN, self.top + _ROW / 2, "No events were read.", 9, color=MUTED)

    def _axis(self) -> None:
        if self.scale is None:
            return
        for panel in self.scale.panels:
            self._rule((panel.left, panel.right), (self.top, self.top), color=MUTED)
            for x in days(panel):
                self._rule((x, x), (self.top, self.top - 0.035), color=MUTED, lw=0.5)
            for x, label in ticks(panel):
                self._rule((x, x), (self.top - 0.06, self.split))
                self._text(x - 0.02, self.top - 0.14, label, 7.5, color=MUTED)
        for x, words in self.scale.gaps():
            for side in (-0.2, 0.2):  # where the axis is broken
                self._rule(
                    (x + side - 0.03, x + side + 0.03), (self.top + 0.06, self.top - 0.06), color=MUTED
                )
                self._rule((x + side, x + side), (self.top, self.split), ls=(0, (1, 3)))
            self._text(
                x, self.top - 0.01, words.replace(" ", "\n"), 6.5, color=MUTED, ha="center", linespacing=0.95
            )

    def _row(self, row: Row) -> None:
        y = self._y(row)
        if row.number > 1:
            self._rule((_MARGIN, _RIGHT), (y - _ROW / 2, y - _ROW / 2), lw=0.5)
        first_undated = row.period is None and row.number == len(self.dated) + 1
        if first_undated:
            self._undated(y - _ROW / 2)
        self._text(_MARGIN + 0.2, y, str(row.number), 7.5, color=MUTED, ha="right")
        self._label(row, y)
        self._date(row, y)
        if row.period and self.scale:
            self._mark(row, y, self.scale)
        elif row.anchor and self.scale:
            self._arrow(row, y, self.scale)

    def _undated(self, y: float) -> None:
        self._rule((_MARGIN, _RIGHT), (self.split, self.split), color=MUTED)
        self._text(
            _MARGIN,
            (self.split + y) / 2,
            "Not dated, in the order of the text",
            7.5,
            color=MUTED,
            style="italic",
        )

    def _label(self, row: Row, y: float) -> None:
        indent = 0.16 if row.after and row.period is None else 0.0
        room = _DATES - _WORDS - 0.15 - indent
        second = fitted(who(row.event), room, 7.5)
        up = 0.085 if second else 0.0
        if indent:
            self._text(_WORDS, y - up, "↳", 8.5, color=MUTED)
        words = fitted(what(row.event), room, 8.5, bold=True)
        self._text(_WORDS + indent, y - up, words, 8.5, weight="bold")
        self._text(_WORDS + indent, y + 0.1, second, 7.5, color=MUTED)

    def _date(self, row: Row, y: float) -> None:
        first = fitted(when(row), _AXIS - _DATES - 0.1, 8)
        after = f"after {row.after}" if row.after else ""
        up = 0.085 if first and after else 0.0
        self._text(_DATES, y - up, first, 8)
        self._text(_DATES, y + up, after, 7.5, color=MUTED)

    def _mark(self, row: Row, y: float, scale: Scale) -> None:
        """Draw a mark for a day, a bar for days of which it was one or that it went on for."""
        group, asserted = group_of(row.event.type), row.event.claim == "asserted"
        style: dict[str, Any] = {
            "edgecolor": group.colour,
            "linestyle": DASHES[row.event.claim],
            "linewidth": 1.2,
        }
        first, last = self._ends(row, scale)
        if row.one_day:
            self._rule((first, last), (y, y), color=group.colour, lw=1, alpha=0.45)  # within this day
            x = first if row.timed else (first + last) / 2
            face = group.colour if asserted else "white"
            self.axes.scatter(
                [x], [y], s=46, marker=group.mark, facecolor=face, zorder=4, clip_on=False, **style
            )
            return
        wide = max(last - first, _LEAST_BAR)
        left = (first + last - wide) / 2
        bar = Rectangle((left, y - _BAR / 2), wide, _BAR, facecolor="white", zorder=3, **style)
        self.axes.add_patch(bar)
        if asserted:
            fill = Rectangle(
                (left, y - _BAR / 2), wide, _BAR, facecolor=group.colour, alpha=0.4, zorder=3, lw=0
            )
            self.axes.add_patch(fill)
        for x, open_, mark in ((left, row.opens is None, "<"), (left + wide, row.closes is None, ">")):
            if open_:
                self.axes.scatter([x], [y], s=34, marker=mark, color=group.colour, zorder=4, clip_on=False)

    def _ends(self, row: Row, scale: Scale) -> tuple[float, float]:
        """Return where the row's bar begins and ends; an open side goes to the end of its panel."""
        opens, closes = row.opens, row.closes
        panel: Panel = scale.panel_of(opens if opens is not None else closes or 0.0)
        first = panel.left if opens is None else scale.at(opens)
        if closes is None:
            return first, panel.right
        if row.timed and not row.event.time_end:
            return first, first
        return first, scale.at(closes, end=True)

    def _arrow(self, row: Row, y: float, scale: Scale) -> None:
        """Draw from the dated event, down and on, that an undated one came after."""
        anchor = self.rows[(row.anchor or 1) - 1]
        first, last = self._ends(anchor, scale)
        x = (first + last) / 2 if anchor.one_day and not anchor.timed else last
        self._rule((x, x), (self._y(anchor) + 0.08, y), color=MUTED, ls=(0, (1, 2)), zorder=2)
        head = {"arrowstyle": "-|>", "color": MUTED, "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
        self.axes.annotate("", xy=(x + 0.32, y), xytext=(x, y), arrowprops=head)

    def _foot(self, left_out: int) -> None:
        y = self.bottom + 0.18 + _LINE / 2
        if self.rows:
            self._rule((_MARGIN, _RIGHT), (self.bottom, self.bottom), color=MUTED)
        if left_out > 0:
            self._text(_MARGIN, y, f"and {left_out:,} more events, not shown", 8, color=MUTED)
            y += _LINE
        for entries in self.legend:
            for x, entry in entries:
                self._entry(_MARGIN + x, y, entry)
            y += _LINE

    def _entry(self, x: float, y: float, entry: Entry) -> None:
        if entry.mark:
            self.axes.scatter([x + 0.07], [y], s=40, marker=entry.mark, color=entry.colour)
        else:
            style: dict[str, Any] = {"edgecolor": entry.colour, "linestyle": entry.dashes, "linewidth": 1.2}
            self.axes.add_patch(Rectangle((x, y - _BAR / 2), BAR, _BAR, facecolor="white", **style))
            alpha = 0.0 if entry.hollow else 0.4
            self.axes.add_patch(
                Rectangle((x, y - _BAR / 2), BAR, _BAR, facecolor=entry.colour, alpha=alpha, lw=0)
            )
        self._text(x + entry.sign, y, entry.label, LEGEND_SIZE, color=MUTED)
