"""One event as one report tells it: what counting and comparing need of it, and nothing else.

Tellings are made from the records of readings. A larger corpus can make them part by part and keep
them; nothing here needs the report or its reading again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from standoff.geodesy import polygonal
from standoff.ground.geojson import from_geojson
from standoff.ground.shapes import disc
from standoff.model import Event, Footprint, ReadingRecord
from standoff.periods import Period, first_and_last, period_of_event
from standoff.tables import resolved

Layers = tuple[tuple[float, BaseGeometry], ...]
"""Shares of an event's probability, together 1, each spread evenly over its shape in (lon, lat)."""


@dataclass(frozen=True)
class Telling:
    """An event of one report.

    Attributes
    ----------
    report : str
        The id of the report within its corpus.
    event : Event
    period : Period or None
        The days it falls within, as far as the report says.
    footprint : Footprint or None
        Of what is denied, where it is said not to have been.
    published : Period or None
        The day the report came out.
    names : frozenset of str
        The names of places in its words: they say where, and not what.
    towns : dict of str to str
        Towns that it is told to have been in, by their id in the gazetteer.
    """

    report: str
    event: Event
    period: Period | None
    footprint: Footprint | None
    published: Period | None = None
    names: frozenset[str] = frozenset()
    towns: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """What it is called within its corpus."""
        return f"{self.report}/{self.event.id}"

    @cached_property
    def layers(self) -> Layers:
        """Where it may have been; empty without a footprint."""
        return layers_of(self.footprint) if self.footprint else ()

    @cached_property
    def area(self) -> BaseGeometry | None:
        """All of where it may have been, as polygons or a point; None without a footprint."""
        if not self.layers:
            return None
        if len(self.layers) == 1:
            return self.layers[0][1]
        return shapely.union_all([shape for _, shape in self.layers])


def tellings(record: ReadingRecord, report: str) -> Iterator[Telling]:
    """Yield the events of a reading, under the report's id within its corpus."""
    footprints = {footprint.id: footprint for footprint in record.footprints}
    published = first_and_last(record.report.published)
    for event in record.events:
        footprint = footprints.get(event.footprint or "") or _denied(event, record, footprints)
        names = frozenset(each.text for each in record.places if event.start <= each.start < event.end)
        towns = _towns(event, record)
        yield Telling(report, event, period_of_event(event), footprint, published, names, towns)


def _towns(event: Event, record: ReadingRecord) -> dict[str, str]:
    meant = resolved(record)
    told = [each for each in record.relations if each.id in event.relations and each.kind in ("in", "at")]
    places = [meant[anchor].place for each in told for anchor in each.anchors]
    return {place.gid: place.name for place in places if place is not None and place.feature == "city"}


def _denied(event: Event, record: ReadingRecord, footprints: Mapping[str, Footprint]) -> Footprint | None:
    """Return where a denied event is said not to have been: the reading gives it no footprint of its own."""
    if event.claim != "denied":
        return None
    stated = [each.footprint for each in record.relations if each.id in event.relations and each.footprint]
    return min((footprints[each] for each in stated), key=lambda found: found.area_km2, default=None)


def layers_of(footprint: Footprint) -> Layers:
    """Return a footprint as shares of probability over shapes.

    A shape is spread evenly. Of a surface, each contour holds what it holds more than the one inside it. What
    lies outside of what is drawn (one in ten, for a coverage of 0.9) is nowhere in particular: it is left in
    the shape, so that the shares of an event always make 1. An exact point is the disc that its digits leave open.

    Examples
    --------
    >>> ring = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    >>> half = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    >>> surface = Footprint(id="f1", shape="surface", geometry=ring, coverage=0.9, lat=1, lon=1,
    ...     lat_lon_is="representative", uncertainty_m=None, area_km2=1,
    ...     contours=[{"coverage": 0.5, "geometry": half, "area_km2": 1}])
    >>> [(round(share, 3), shape.area) for share, shape in layers_of(surface)]
    [(0.556, 1.0), (0.444, 3.0)]
    """
    whole = from_geojson(footprint.geometry)
    if whole.geom_type == "Point":
        uncertain = footprint.uncertainty_m or 0.0
        return ((1.0, disc(whole.y, whole.x, uncertain, 60) if uncertain > 0 else whole),)
    coverage = footprint.coverage or 1.0
    inner = [(each.coverage, from_geojson(each.geometry)) for each in footprint.contours]
    steps = [step for step in sorted(inner, key=lambda step: step[0]) if step[0] < coverage]
    held, inside = 0.0, shapely.Polygon()
    layers: list[tuple[float, BaseGeometry]] = []
    for share, shape in (*steps, (coverage, whole)):
        band = polygonal(shape.difference(inside))
        if band.is_empty:  # the contour is as large as the one inside it: its share stays there
            continue
        layers.append(((share - held) / coverage, band))
        held, inside = share, shapely.union(inside, shape)
    total = sum(share for share, _ in layers)
    return tuple((share / total, shape) for share, shape in layers) if layers else ((1.0, whole),)
