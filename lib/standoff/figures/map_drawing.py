"""A map of a reading as a figure: what the page's map shows, with no browser and no network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from standoff.errors import SettingError
from standoff.figures.look import INK, MUTED, RULE, plain
from standoff.figures.map_ground import latitude
from standoff.figures.map_legend import (
    COLUMN,
    SCALE_HEIGHT,
    Entry,
    columns_of,
    draw_entry,
    draw_north,
    draw_scale,
    draw_small_scale,
    entries_of,
    height_of,
    lines_of,
)
from standoff.figures.map_panel import Panel
from standoff.figures.map_view import GLOBE_ASPECT, View, view_of
from standoff.figures.map_words import attribution, described, notes
from standoff.figures.shown import ShownFigure
from standoff.figures.words import FONT, fitted, line
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
_LEAST_CLOSER = 1.3  # the height of the larger map, or there is none
_SHRUNK = 0.85  # how small the legend may get for it
_FOOT_PT = 6.5


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
        self.main = Panel(self.figure, self.sheet, self.layout.map, self.view, self.items)
        self.drawn = self.main.drawn
        self.closer: Panel | None = None
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
        self.figure.map_axes, self.figure.crs = self.main.axes, self.view.crs
        crowd = self._closer()
        self.main.write_labels([self._notice_box()] if self.nothing else [], without=crowd)
        self.main.write_degrees()
        if self.nothing:
            self._notice()

    def _closer(self) -> list[str]:
        """Draw the crowded part larger, below the legend, where there is room; return what is in it."""
        crowd = self.main.crowd() if self.layout.columns == 0 and self.items else []
        if not crowd:
            return []
        left, bottom, right, top = self.layout.legend
        floor = bottom + SCALE_HEIGHT + 0.1
        room = top - sum(entry.height(_SHRUNK) for entry in self._entries(most=True)) - floor - 0.35
        high = min(room, right - left)
        view = self.main.closer(crowd, (right - left) / high, right - left) if high > _LEAST_CLOSER else None
        if view is None:
            return []
        self.main.mark(view)
        box = (left, floor, right, floor + high)
        panel = self.closer = Panel(self.figure, self.sheet, box, view, self.items)
        scale = (left + 0.05, floor + 0.05, left + 1.05, floor + 0.3)
        inside = {item.id for item in crowd}
        told = [one.item.id for one in panel.drawn if one.shape is not None and one.item.id not in inside]
        panel.write_labels([scale], without=told)  # in the main map
        draw_small_scale(self.sheet, scale[0] + 0.03, scale[1] + 0.05, panel.inch_m * view.metres_across())
        times = self.main.inch_m / panel.inch_m
        self._text(
            left, box[3] + 0.1, f"What is in the frame, {times:.2g} times as large", _FOOT_PT, color=MUTED
        )
        return sorted(inside)

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
        if self.closer:
            floor = self.closer.box[3] + 0.25
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
        across = self.main.inch_m * view.metres_across()
        draw_scale(self.sheet, x, y, across, f"at the middle of the map, {place_}")
        # Where a pole or all the world is shown, north is another way at each place: the graticule tells it.
        if not (view.world or view.has_pole(90) or view.has_pole(-90)):
            draw_north(self.sheet, x + COLUMN - 0.2, y)

    def _entries(self, *, most: bool = False) -> list[Entry]:
        """Return the legend of what is drawn; the most that it may be, before labels are placed."""
        panels = [panel for panel in (self.main, self.closer) if panel]
        stood_in = any(one.symbol and one.shape is not None for panel in panels for one in panel.drawn)
        found = Legend([one.item for one in self.drawn]).data()
        found = [entry for entry in found if entry["kind"] != "standin" or stood_in]
        for entry in found:
            if entry["kind"] == "standin":
                entry["meaning"] = "an area here"  # there is no zooming in
        disputed = any("disputed" in panel.ground.kinds for panel in panels)
        capital = most or any(panel.capitals for panel in panels)
        return entries_of(found + basemap_marks(disputed=most or disputed, capital=capital))

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
