"""A map of a table of events, thousands of them: one layer on a canvas, and a table beside it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from standoff.errors import ExportError
from standoff.maps.basemap import Box
from standoff.maps.controls import Layers, Tools
from standoff.maps.elements import FitView, Legend, Notice, OfflineBasemap, PageElement
from standoff.maps.escape import visible
from standoff.maps.frame import centre_of, near, spans_of, unwrap
from standoff.maps.geometry import encode
from standoff.maps.items import Item
from standoff.maps.page import StandoffMap
from standoff.maps.polar import Polar, PolarBasemap
from standoff.maps.styles import CLAIMS, STYLES
from standoff.periods import period
from standoff.units import shortened

if TYPE_CHECKING:
    import pandas as pd

TOLERANCE, FINE = 0.012, 0.0005
"""How far a line may run beside the true one, as a share of its width: a circle has 16 corners, or 80 where there are few.

Of thousands of shapes none is looked at closely, and the page has to open fast."""
FEW = 300
LONGEST_QUOTE = 100  # characters
_SCALE = 1_000  # units of a degree: 110 m
_COLUMNS = ("event_id", "event_type", "footprint_wkt")
_FARTHEST_LON = 360.0  # a whole turn: tables may count it from 0 to 360
_WORLD: Box = (-170.0, -56.0, 190.0, 75.0)


@dataclass(frozen=True)
class Mark:
    """One event on the map. Longitudes may exceed 180 degrees."""

    id: str
    kind: str  # a key of STYLES
    claim: str
    coverage: float | None
    title: str
    source: str
    quote: str
    days: tuple[str, str] | None  # first and last, ISO 8601
    lat: float
    lon: float
    geometry: BaseGeometry | None  # None for a point

    @property
    def bounds(self) -> Box:
        """West, south, east, north in degrees."""
        if self.geometry is None:
            return (self.lon, self.lat, self.lon, self.lat)
        west, south, east, north = self.geometry.bounds
        return (west, south, east, north)


class EventLayer(PageElement):
    """Events of a table, each with its shape, on one canvas, with a table beside the map.

    The table lists the events in view and in the chosen days; a row leads to its shape, a shape to its
    row. A shape too small to see is a dot.

    Parameters
    ----------
    marks : list of Mark
        What is drawn; the large shapes come first.
    title : str
        The heading of the table. Any text is safe.
    unplaced : int
        How many events of the table have no place and are not on the map: it is said.
    """

    verb = "many"
    scripts = ("many.js",)

    def __init__(self, marks: list[Mark], title: str = "Events", unplaced: int = 0) -> None:
        super().__init__()
        self.marks = sorted(marks, key=lambda mark: -_area(mark))
        self.title = title
        self.unplaced = unplaced

    def data(self) -> Any:
        """Return the events with what they share (titles, sources, looks) said once."""
        dated = [mark.days for mark in self.marks if mark.days]
        origin = min((days[0] for days in dated), default="1970-01-01")
        looks = _Once((mark.kind, mark.claim) for mark in self.marks)
        titles = _Once(visible(mark.title) for mark in self.marks)
        sources = _Once(visible(mark.source) for mark in self.marks)
        return {
            "title": visible(self.title),
            "unplaced": self.unplaced,
            "origin": origin,
            "looks": [_look(kind, claim, len(self.marks)) for kind, claim in looks.values],
            "titles": titles.values,
            "sources": sources.values,
            "rows": [
                [
                    visible(mark.id),
                    looks[mark.kind, mark.claim],
                    titles[visible(mark.title)],
                    sources[visible(mark.source)],
                    _since(origin, mark.days),
                    visible(mark.quote),
                    _shape(mark.geometry, TOLERANCE if len(self.marks) > FEW else FINE)
                    or [round(mark.lat, 4), round(mark.lon, 4)],
                ]
                for mark in self.marks
            ],
        }


class _TypeLayers(Layers):
    """The layer control of a table of events: by kind, and by type of event."""

    def __init__(self, items: list[Item], marks: list[Mark]) -> None:
        super().__init__(items)
        self.titles = sorted({visible(mark.title) for mark in marks})

    def data(self) -> Any:
        """Return kinds and types; the layer itself knows which event is of which."""
        return super().data() | {"grouped": True, "events": [[title, [title]] for title in self.titles]}


class _Once:
    """Values that are said once, and their numbers."""

    def __init__(self, found: Iterator[Any]) -> None:
        self.values: list[Any] = list(dict.fromkeys(found))
        self._numbers: dict[Hashable, int] = {value: i for i, value in enumerate(self.values)}

    def __getitem__(self, value: Hashable) -> int:
        return self._numbers[value]


def _look(kind: str, claim: str, count: int) -> dict[str, Any]:
    style, claimed = STYLES[kind], CLAIMS.get(claim, {"dash": None, "fill": 1})
    thin = min(1.0, math.sqrt(60 / max(1, count)))  # thousands of fills on each other would be one blot
    return {
        "kind": kind,
        "claim": claim,
        "label": style.label,
        "colour": style.colour,
        "night": style.night,
        "tint": style.tint or style.colour,
        "dash": claimed["dash"],
        "fill": round(max(0.04, style.fill * thin) * claimed["fill"], 3),
    }


def _since(origin: str, days: tuple[str, str] | None) -> list[int] | None:
    """Return the first and the last day as days since the origin; one number where both are one."""
    if days is None:
        return None
    start = date.fromisoformat(origin).toordinal()
    return list(dict.fromkeys(date.fromisoformat(day).toordinal() - start for day in days))


def _shape(geometry: BaseGeometry | None, tolerance: float) -> list[Any] | None:
    """Return the polygons of a shape; None for a point."""
    if geometry is None:
        return None
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    coarse = [
        shapely.Polygon(
            _coarse(part.exterior, tolerance), [_coarse(hole, tolerance) for hole in part.interiors]
        )
        for part in parts
    ]
    return encode(shapely.multipolygons(coarse), _SCALE)["polygons"] or None


def _coarse(ring: BaseGeometry, tolerance: float = TOLERANCE) -> BaseGeometry:
    """Return a ring with few corners, each by its own size: the hole of a ring stays as round as its edge."""
    west, south, east, north = ring.bounds
    thin = ring.simplify(tolerance * math.sqrt((east - west) * (north - south)), preserve_topology=False)
    return thin if shapely.get_num_coordinates(thin) > 3 else ring


def _area(mark: Mark) -> float:
    return float(mark.geometry.area) if mark.geometry is not None else 0.0


def marks_of(events: pd.DataFrame) -> tuple[list[Mark], int]:
    """Return the rows of a table of events that have a place, and how many have none.

    Raises
    ------
    ExportError
        If the table lacks a column that it needs, or a row an id, a type or a shape that can be read.
    """
    missing = [name for name in _COLUMNS if name not in events.columns]
    if missing:
        msg = f"the table has no column {missing[0]!r}; give reading.events, or the events of a corpus"
        raise ExportError(msg)
    known = events.astype(object).where(events.notna(), None)
    rows = [
        {str(name): value for name, value in row.items() if value is not None}
        for row in known.to_dict("records")
    ]
    placed = [row for row in rows if row.get("footprint_wkt")]
    shapes = [_shape_in(row) for row in placed]
    centre = centre_of([span for shape in shapes for span in spans_of(shape)])
    marks = [_mark(row, shape, centre) for row, shape in zip(placed, shapes, strict=True)]
    return marks, len(rows) - len(placed)


def _shape_in(row: dict[str, Any]) -> BaseGeometry:
    """Return the shape of a row that has what a mark needs; the table may be anybody's own."""
    event = row.get("event_id")
    if event is None or row.get("event_type") is None:
        which = "no event_id" if event is None else f"event_id {shortened(str(event))!r} and no event_type"
        msg = f"the table has a row with {which}; fill it in, or leave the row out"
        raise ExportError(msg)
    try:
        shape: BaseGeometry = shapely.from_wkt(str(row["footprint_wkt"]))
    except shapely.errors.ShapelyError:
        shape = shapely.Point()
    lons, lats = shapely.get_coordinates(shape).T
    # Not so where it is nan.
    is_on_earth = (abs(lats) <= 90).all() and (abs(lons) <= _FARTHEST_LON).all()
    is_area = any(part.geom_type == "Polygon" for part in shapely.get_parts(shape))
    if shape.is_empty or not (is_area or shape.geom_type == "Point"):
        msg = f"the table has an event {shortened(str(event))!r} whose footprint_wkt is neither an area nor a point in WKT"
        raise ExportError(msg)
    if not is_on_earth:
        msg = f"the table has an event {shortened(str(event))!r} whose footprint_wkt is not on the Earth (lon, lat)"
        raise ExportError(msg)
    return shape


def _number(row: dict[str, Any], name: str, most: float) -> float | None:
    """Return the number in a cell; None where there is none."""
    try:
        number = float(row[name])
    except (KeyError, TypeError, ValueError):
        return None
    return number if abs(number) <= most else None


def _mark(row: dict[str, Any], shape: BaseGeometry, centre: float) -> Mark:
    is_point = shape.geom_type == "Point"
    kind = _kind(row, is_point=is_point)
    where = None if is_point else unwrap(shape, centre)
    middle = shape if is_point else shape.representative_point()
    found = period(str(row.get("date_start") or ""), str(row.get("date_end") or ""))
    lat, lon = _number(row, "lat", 90), _number(row, "lon", _FARTHEST_LON)
    report = str(row.get("report_id") or "")
    source = ", ".join(str(each) for each in (report, row.get("source_date")) if each)
    return Mark(
        id=str(row["event_id"]),
        kind=kind if kind in STYLES else "region",
        claim=str(row.get("claim") or "asserted"),
        coverage=_number(row, "coverage", 1),
        title=str(row.get("sub_event_type") or row["event_type"]).capitalize(),
        source=source,
        quote=_short(str(row.get("sentence") or "")),
        days=(str(found.start), str(found.end)) if found else None,
        lat=middle.y if lat is None or lon is None else lat,
        lon=near(middle.x if lat is None or lon is None else lon, centre),
        geometry=where,
    )


def _kind(row: dict[str, Any], *, is_point: bool) -> str:
    """Return how an event is drawn, as far as the table tells: as ``kind_of`` does with the record."""
    if is_point:
        return "exact" if row.get("lat_lon_is") == "exact" else "representative"
    shape = str(row.get("footprint_shape") or "region")
    if shape in ("disc", "ring") and row.get("relation") == "zone" and row.get("coverage") is None:
        return "zone" if row["event_type"] == "zone" else "inside"
    return shape


def _short(sentence: str) -> str:
    """Return the sentence, cut at a word where it is too long."""
    words = " ".join(sentence.split())
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def of_events(events: pd.DataFrame, *, title: str = "Events") -> StandoffMap:
    """Return the map of a table of events: a reading's, several put together, or those of a corpus.

    Parameters
    ----------
    events : DataFrame
        With the columns of ``reading.events``: ``event_id``, ``event_type`` and ``footprint_wkt`` must be
        there, dates, claim, sentence and source are shown where they are.
    title : str
        Of the page. Any text is safe.

    Returns
    -------
    StandoffMap
        A page of its own, offline as all are. Shapes are drawn with few corners: for one report
        ``reading.map()`` is the finer picture.

    Raises
    ------
    ExportError
        If the table lacks a column that it needs, or a row an id, a type or a shape that can be read.

    Examples
    --------
    >>> import pandas as pd
    >>> row = {"event_id": "e1", "event_type": "shelling", "footprint_wkt": "POINT (37.1 36.2)"}
    >>> of_events(pd.DataFrame([row])).get_name().startswith("map")
    True
    """
    marks, unplaced = marks_of(events)
    polar = Polar.of(map(_as_item, marks))
    if polar:
        marks = [
            replace(mark, geometry=polar.joined(mark.geometry)) if mark.geometry else mark for mark in marks
        ]
    boxes = [mark.bounds for mark in marks]
    shown = _hull(boxes) if boxes else _WORLD
    middle = ((shown[1] + shown[3]) / 2, (shown[0] + shown[2]) / 2)
    built = StandoffMap(middle, title=title, projection=polar.crs if polar else None)
    ground = PolarBasemap(polar) if polar else OfflineBasemap(shown)
    built.add_child(ground)
    built.add_child(EventLayer(marks, title, unplaced))
    if marks:
        looks = dict.fromkeys((mark.kind, mark.claim, mark.coverage) for mark in marks)
        items = [Item(kind, kind, 0, 0, claim=claim, coverage=coverage) for kind, claim, coverage in looks]
        built.add_child(Legend(items, ground))
        built.add_child(_TypeLayers(items, marks))
    else:
        built.add_child(Notice(["None of these events has a place that could be drawn."]))
    built.add_child(Tools())
    built.add_child(FitView(shown, polar.points(map(_as_item, marks)) if polar else None))
    built.steady(hashlib.sha256(repr((title, marks)).encode("utf-8", "replace")).hexdigest())
    return built


def _as_item(mark: Mark) -> Item:
    return Item(mark.id, mark.kind, mark.lat, mark.lon, mark.geometry)


def _hull(boxes: list[Box]) -> Box:
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return (min(wests), min(souths), max(easts), max(norths))
