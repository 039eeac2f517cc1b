"""A map of a reading as a figure: what the page's map shows, with no browser and no network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from standoff.errors import SettingError
from standoff.figures.look import INK, MUTED, RULE, plain
from standoff.figures.map_ground import Degree, draw_graticule, draw_ground, latitude
from standoff.figures.map_labels import (
    Placed,
    country_labels,
    glyph_boxes,
    item_labels,
    place,
    pole_labels,
    town_labels,
)
from standoff.figures.map_legend import (
    COLUMN,
    SCALE_HEIGHT,
    Entry,
    columns_of,
    draw_entry,
    draw_north,
    draw_scale,
    entries_of,
    height_of,
    lines_of,
)
from standoff.figures.map_shapes import Drawn, draw_item, town
from standoff.figures.map_view import GLOBE_ASPECT, View, view_of
from standoff.figures.map_words import attribution, described, notes
from standoff.figures.shown import ShownFigure
from standoff.figures.words import FONT, fitted, line, width
from standoff.maps.bounds import bounded
from standoff.maps.build import why_nothing
from standoff.maps.elements import Legend, basemap_marks
from standoff.maps.items import items_of
from standoff.model import ReadingRecord, Report

# Inches. A4, on its side.
WIDTH, HEIGHT = 297 / 25.4, 210 / 25.4
LEAST_WIDTH, LEAST_HEIGHT, MOST = 6.0, 4.5, 60.0  # below, the legend leaves no room
_MARGIN = 0.35
_DEGREES = 0.24  # room for the degrees round the map
_HEAD = 0.95
_FOOT_LINE = 0.135
_GUTTER = 0.22
_WIDE = 1.15  # width by height: below it the legend stands under the map
_MOST_LEGEND = 0.55  # of the height, where it does
_DEGREE_PT, _FOOT_PT = 6.5, 6.5


class MapFigure(ShownFigure):
    """A map; see ``ShownFigure``. More can be drawn on it: GeoPandas plots into ``map_axes``.

    Attributes
    ----------
    crs : str
        The projection of ``map_axes``, as PROJ and GeoPandas read it; its units are metres.
    map_axes : matplotlib.axes.Axes
        The map itself.

    Examples
    --------
    >>> sites.to_crs(figure.crs).plot(ax=figure.map_axes)  # doctest: +SKIP
    """

    crs: str = ""
    map_axes: Axes


def map_figure(
    report: Report, record: ReadingRecord, *, width: float = WIDTH, height: float = HEIGHT
) -> MapFigure:
    """Return the map of a reading as a figure.

    Parameters
    ----------
    report, record
        The report with its text, and what was read in it.
    width, height : float
        Inches; A4 on its side by default. A figure that is hardly wider than high has its legend under the map.

    Raises
    ------
    SettingError
        If the width is not 6 to 60 inches, or the height not 4.5 to 60.
    """
    for name, value, least in (("width", width, LEAST_WIDTH), ("height", height, LEAST_HEIGHT)):
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= MOST:
            msg = f"{name} of a map figure is {least:g} to {MOST:g} inches, not {value!r}"
            raise SettingError(msg)
    shown, left_out = bounded(record)
    with plain():
        drawing = _Drawing(report, shown, left_out, float(width), float(height))
    figure = drawing.figure
    figure.title = f"Map: {line(report.title or report.id)}"
    figure.description = described([one.item for one in drawing.drawn], drawing.nothing)
    return figure


@dataclass(frozen=True)
class _Layout:
    """Where things stand, in inches from the lower left corner: left, bottom, right, top."""

    width: float
    height: float
    map: tuple[float, float, float, float]
    legend: tuple[float, float, float, float]
    columns: int  # of the legend under the map; none where it stands beside

    @property
    def aspect(self) -> float:
        """Width of the map by its height."""
        left, bottom, right, top = self.map
        return (right - left) / (top - bottom)

    @classmethod
    def of(cls, size: tuple[float, float], foot: float, entries: list[Entry], *, world: bool) -> _Layout:
        width, height = size
        left, right, bottom = _MARGIN + _DEGREES, width - _MARGIN, _MARGIN / 2 + foot
        top = height - _HEAD
        if not entries:
            return cls(width, height, (left, bottom + _DEGREES, right, top), (0, 0, 0, 0), 0)
        if width >= _WIDE * height and not world:
            beside = (left, bottom + _DEGREES, right - COLUMN - _GUTTER, top)
            return cls(width, height, beside, (right - COLUMN, bottom, right, top), 0)
        columns = int((right - _MARGIN) / COLUMN) - 1  # the last is the scale's
        wanted = max(SCALE_HEIGHT, height_of(entries, columns))
        if world:  # what the globe leaves
            wanted = max(wanted, top - bottom - (right - left) / GLOBE_ASPECT - 0.5)
        high = min(wanted, _MOST_LEGEND * (top - bottom))
        above = (left, bottom + high + _DEGREES + 0.1, right, top)
        return cls(width, height, above, (_MARGIN, bottom, right, bottom + high), columns)


class _Drawing:
    """A figure in the making: axes of the whole sheet in inches, and the map's in metres."""

    def __init__(
        self, report: Report, record: ReadingRecord, left_out: str | None, width: float, height: float
    ) -> None:
        self.items = [item for item in items_of(report, record) if item.rank != "part"]
        self.nothing = [] if self.items else why_nothing(record)
        self.figure = MapFigure(figsize=(width, height), dpi=100, facecolor="white")
        self.sheet = self.figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
        self.sheet.set_axis_off()
        self.sheet.set_zorder(5)  # labels lie over the map
        foot = self._foot_lines(record, left_out, width - 2 * _MARGIN)
        # The room for the foot is made for one line more: what lies beyond the map is known only when it is drawn.
        room = _FOOT_LINE * (len(foot) + 1) + 0.06
        entries = entries_of(Legend(self.items).data() + basemap_marks()) if self.items else []
        self.layout = _Layout.of((width, height), room, entries, world=False)
        self.view: View = view_of(self.items, self.layout.aspect)
        if self.view.world:  # twice as wide as high: it needs the width more than the legend does
            self.layout = _Layout.of((width, height), room, entries, world=True)
            self.view = view_of(self.items, self.layout.aspect)
        self._head(report)
        left, _, right, _ = self.layout.map
        self.inch_m = (self.view.frame[2] - self.view.frame[0]) / (right - left)
        self.drawn: list[Drawn] = []
        self.capitals = False
        self._map()
        if self.items:
            self._legend()
        self._foot(foot)

    def _text(self, x: float, y: float, words: str, size: float, **more: Any) -> None:
        style: dict[str, Any] = {"color": INK, "va": "center", "family": FONT, "fontsize": size} | more
        self.sheet.text(x, y, words, parse_math=False, **style)

    def _head(self, report: Report) -> None:
        room, top = self.layout.width - 2 * _MARGIN, self.layout.height
        title = fitted(report.title or report.id, room, 14, bold=True)
        self._text(_MARGIN, top - 0.4, title, 14, weight="bold")
        source = " · ".join(word for word in (report.publisher, report.published) if word)
        self._text(_MARGIN, top - 0.65, fitted(source, room, 9), 9, color=MUTED)

    def _map(self) -> None:
        left, bottom, right, top = self.layout.map
        width, height = self.layout.width, self.layout.height
        place_ = (left / width, bottom / height, (right - left) / width, (top - bottom) / height)
        frame = self.view.frame
        axes = self.figure.add_axes(place_, xlim=(frame[0], frame[2]), ylim=(frame[1], frame[3]), label="map")
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_autoscale_on(False)  # what people draw on it does not move it
        axes.set_facecolor("white")
        for spine in axes.spines.values():
            spine.set(edgecolor=MUTED, linewidth=0.8, zorder=10, visible=not self.view.world)
        self.figure.map_axes, self.figure.crs = axes, self.view.crs
        point_m = self.inch_m / 72
        self.ground = draw_ground(axes, self.view, point_m)
        degrees = draw_graticule(axes, self.view)
        for number, item in enumerate(self.items):
            drawn = draw_item(axes, self.view, item, 3 + number / len(self.items), point_m)
            self.drawn += [drawn] if drawn else []
        self._labels(point_m)
        self._degrees(degrees)
        if self.nothing:
            self._notice()

    def _inches(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Return places on the plane as inches of the sheet."""
        left, bottom, _, _ = self.layout.map
        return left + (x - self.view.frame[0]) / self.inch_m, bottom + (y - self.view.frame[1]) / self.inch_m

    def _labels(self, point_m: float) -> None:
        shapes = [one.shape for one in self.drawn if one.shape is not None and one.item.kind != "region"]
        clear = shapely.union_all(shapely.make_valid(np.array(shapes))) if shapes else shapely.Point()
        labels = item_labels(self.drawn, self._inches)
        labels += pole_labels(self.view, self._inches)
        labels += country_labels(self.ground.countries, clear, self._inches, self.inch_m)
        labels += town_labels(self.view, point_m, [one.item for one in self.drawn], self._inches)
        left, bottom, right, top = self.layout.map
        frame = (left + 0.03, bottom + 0.03, right - 0.03, top - 0.03)
        taken = glyph_boxes(self.drawn, self._inches)
        if self.nothing:
            taken.append(self._notice_box())
        for placed in place(labels, frame, taken):
            self._label(placed)
            if placed.label.dot:
                self.capitals |= placed.label.capital
                town(self.sheet, placed.label.dot, capital=placed.label.capital)

    def _label(self, placed: Placed) -> None:
        label = placed.label
        halo = [patheffects.withStroke(linewidth=2.2, foreground="white", alpha=0.85)]
        style: dict[str, Any] = {"color": label.colour, "weight": "bold" if label.bold else "normal"}
        self._text(
            placed.x, placed.y, label.words, label.size, ha="center", zorder=8, path_effects=halo, **style
        )

    def _degrees(self, degrees: list[Degree]) -> None:
        """Write the degrees at the frame, each clear of the one before it on its side."""
        reach: dict[str, float] = {}
        off = 0.05 + _DEGREE_PT / 72 / 2
        for one in sorted(degrees, key=lambda one: one.x if one.side in ("bottom", "top") else one.y):
            x, y = self._inches(one.x, one.y)
            upright = one.side in ("bottom", "top")
            at, half = x if upright else y, width(one.words, _DEGREE_PT) / 2
            first, last = self.layout.map[0::2] if upright else self.layout.map[1::2]
            if at - half < reach.get(one.side, first - 0.05) + 0.05 or at + half > last:
                continue
            reach[one.side] = at + half
            dx, dy = {"bottom": (0, -off), "top": (0, off), "left": (-off, 0), "right": (off, 0)}[one.side]
            turn = 0 if upright else 90
            self._text(x + dx, y + dy, one.words, _DEGREE_PT, color=MUTED, ha="center", rotation=turn)

    def _notice_box(self) -> tuple[float, float, float, float]:
        left, bottom, right, top = self.layout.map
        x, y = (left + right) / 2, (bottom + top) / 2
        wide, high = min(4.6, 0.9 * (right - left)), 0.36 + 0.2 * len(self._notice_lines())
        return (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

    def _notice_lines(self) -> list[str]:
        room = min(4.6, 0.9 * (self.layout.map[2] - self.layout.map[0])) - 0.4
        return [words for text in self.nothing for words in lines_of(text, room, 8.5)]

    def _notice(self) -> None:
        """Say in the middle of the map why nothing is drawn."""
        left, bottom, right, top = self._notice_box()
        box = Rectangle(
            (left, bottom), right - left, top - bottom, facecolor="white", edgecolor=RULE, zorder=9
        )
        self.sheet.add_patch(box)
        for number, words in enumerate(self._notice_lines()):
            style: dict[str, Any] = {"color": INK if number == 0 else MUTED, "ha": "center", "zorder": 10}
            self._text((left + right) / 2, top - 0.28 - 0.2 * number, words, 8.5, **style)

    def _legend(self) -> None:
        left, bottom, right, top = self.layout.legend
        beside = self.layout.columns == 0
        floor = bottom + SCALE_HEIGHT + 0.05 if beside else bottom
        columns, share = columns_of(self._entries(), max(1, self.layout.columns), top - floor)
        for number, column in enumerate(columns):
            y = top
            for entry in column:
                draw_entry(self.sheet, entry, left + number * COLUMN, y, share)
                y -= entry.height(share)
        x = left if beside else right - COLUMN
        self._scale(x, bottom + 0.34 if beside else top - 0.3)

    def _scale(self, x: float, y: float) -> None:
        view = self.view
        middle = view.lon_lat((view.frame[0] + view.frame[2]) / 2, (view.frame[1] + view.frame[3]) / 2)
        place_ = latitude(round(float(middle[1]), 1))
        across = self.inch_m * view.metres_across()
        draw_scale(self.sheet, x, y, across, f"at the middle of the map, {place_}")
        # Where a pole or all the world is shown, north is another way at each place: the graticule tells it.
        if not (view.world or view.has_pole(90) or view.has_pole(-90)):
            draw_north(self.sheet, x + COLUMN - 0.2, y)

    def _entries(self) -> list[Entry]:
        items = [one.item for one in self.drawn]
        stood_in = any(one.symbol and one.shape is not None for one in self.drawn)
        found = [entry for entry in Legend(items).data() if entry["kind"] != "standin" or stood_in]
        for entry in found:
            if entry["kind"] == "standin":
                entry["meaning"] = "an area here"  # there is no zooming in
        return entries_of(
            found + basemap_marks(disputed="disputed" in self.ground.kinds, capital=self.capitals)
        )

    def _foot_lines(self, record: ReadingRecord, left_out: str | None, room: float) -> list[str]:
        texts = [*notes(self.items), *([left_out] if left_out else []), attribution(record)]
        return [words for text in texts for words in lines_of(text, room, _FOOT_PT)]

    def _foot(self, lines: list[str]) -> None:
        beyond = len(self.items) - len(self.drawn)
        if beyond:
            more = (
                "1 thing named in the report lies"
                if beyond == 1
                else f"{beyond:,} things named in the report lie"
            )
            lines = [f"{more} beyond this map.", *lines]
        for number, words in enumerate(reversed(lines)):
            self._text(_MARGIN, _MARGIN / 2 + 0.05 + _FOOT_LINE * number, words, _FOOT_PT, color=MUTED)
