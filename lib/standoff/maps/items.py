"""Everything that is drawn, in one frame of longitudes, in the order it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from standoff.maps.basemap import Box
from standoff.maps.cards import Card, footprint_card, label_of, point_card
from standoff.maps.escape import visible
from standoff.maps.frame import centre_of, near, spans_of, unwrap
from standoff.maps.geometry import MOST_CORNERS, encode, scale_of, share_of, slim
from standoff.maps.links import (
    PlacePoint,
    Rank,
    claim_of,
    place_points,
    ranks,
    relations_of,
    same_ground,
    zones_of,
)
from standoff.maps.styles import CLAIMS, STYLES, kind_of, meaning
from standoff.model import Footprint, ReadingRecord, Report


@dataclass(frozen=True)
class Item:
    """One thing on the map. Longitudes may exceed 180 degrees."""

    id: str
    kind: str  # a key of STYLES
    lat: float
    lon: float
    geometry: BaseGeometry | None = None  # None for a point
    label: str = ""
    claim: str = "asserted"
    coverage: float | None = None
    rank: Rank = "main"
    focus: bool = True  # whether the map's first view shows it
    most: int = MOST_CORNERS  # of corners that it is drawn with
    cards: tuple[Card, ...] = field(default=(), repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return what the page needs to draw it."""
        most = self.most if self.rank == "main" else min(self.most, MOST_CORNERS // 2)
        style = STYLES[self.kind].as_json() | CLAIMS.get(self.claim, {"dash": None})
        style["fill"] = STYLES[self.kind].fill * CLAIMS.get(self.claim, {}).get("fill", 1)
        style["label"] = STYLES[self.kind].label
        style["meaning"] = meaning(self.kind, self.coverage)
        return {
            "id": self.id,
            "style": style,
            "claim": self.claim,
            "rank": self.rank,
            "label": self.label,
            "at": [round(self.lat, 5), round(self.lon, 5)],
            "geometry": None
            if self.geometry is None
            else encode(slim(self.geometry, most), scale_of(self.geometry)),
            "cards": list(self.cards),
        }

    @property
    def bounds(self) -> Box:
        """West, south, east, north in degrees."""
        if self.geometry is None or self.geometry.is_empty:
            return (self.lon, self.lat, self.lon, self.lat)
        west, south, east, north = self.geometry.bounds
        return (west, south, east, north)


def item_of(
    footprint: Footprint, kind: str | None = None, *, centre: float | None = None, **fields: Any
) -> Item:
    """Return a footprint as an item, unwrapped round a longitude or round its own middle."""
    kind = kind or kind_of(footprint)
    geometry = None if footprint.shape == "point" else unwrap(footprint.geometry, centre)
    if geometry is not None and geometry.is_empty:
        geometry = None
    middle = centre
    if middle is None:
        middle = (geometry.bounds[0] + geometry.bounds[2]) / 2 if geometry is not None else footprint.lon
    return Item(
        id=footprint.id,
        kind=kind,
        lat=footprint.lat,
        lon=near(footprint.lon, middle),
        geometry=geometry,
        coverage=footprint.coverage,
        **fields,
    )


def items_of(report: Report, record: ReadingRecord) -> list[Item]:
    """Return all that a reading draws: large shapes first, points last."""
    points = place_points(record)
    centre = _centre(record, points)
    first = same_ground(record)
    rank = ranks(record)
    drawn = []
    for footprint in record.footprints:
        if first[footprint.id] != footprint.id:
            continue
        same = [other for other in record.footprints if first[other.id] == footprint.id]
        cards = tuple(footprint_card(report, record, other) for other in same)
        best = min((rank[other.id] for other in same), key=_RANKS.index)
        fields = {
            "label": label_of(record, footprint) if best == "main" or _measured(record, footprint) else "",
            "claim": claim_of(record, footprint),
            "cards": cards,
            "rank": best,
            "focus": best == "main",
        }
        drawn.append(item_of(footprint, kind_of(footprint, record), centre=centre, **fields))
        drawn += _contours(footprint, drawn[-1], centre)
    shapes = [item for item in drawn if item.geometry is not None]
    if (most := share_of(len(shapes))) < MOST_CORNERS:
        shapes = [replace(item, most=most) for item in shapes]
    shapes.sort(key=lambda item: -shapely.area(item.geometry))
    shown = _behind(record, {key for key, value in rank.items() if value == "main"})
    dots = [_point_item(report, record, point, centre, shown) for point in points]
    return [*shapes, *dots, *(item for item in drawn if item.geometry is None)]


def _contours(footprint: Footprint, whole: Item, centre: float) -> list[Item]:
    """Return the smaller areas inside a surface, drawn over it."""
    return [
        replace(
            whole, id=f"{footprint.id}-{contour.coverage * 100:g}", geometry=unwrap(contour.geometry, centre),
            coverage=contour.coverage, label="",
        )
        for contour in footprint.contours
    ]  # fmt: skip


def _measured(record: ReadingRecord, footprint: Footprint) -> bool:
    return any(relation.measure for relation in relations_of(record, footprint))


_RANKS: tuple[Rank, ...] = ("main", "other", "part")


def _behind(record: ReadingRecord, footprints: set[str]) -> set[str]:
    """Return the ids of the place mentions that some footprints are drawn from."""
    ids: set[str] = set()
    for footprint in record.footprints:
        if footprint.id in footprints:
            ids.update(footprint.places)
            ids.update(anchor for relation in relations_of(record, footprint) for anchor in relation.anchors)
            ids.update(zone.anchor for zone in zones_of(record, footprint) if zone.anchor)
    return ids


def _point_item(
    report: Report, record: ReadingRecord, point: PlacePoint, centre: float, shown: set[str]
) -> Item:
    return Item(
        id=point.id,
        kind=point.kind,
        lat=point.place.lat,
        lon=near(point.place.lon, centre),
        label=visible(point.place.name),
        focus=point.kind == "anchor" and any(mention.id in shown for mention in point.mentions),
        cards=(point_card(report, record, point),),
    )


def _centre(record: ReadingRecord, points: list[PlacePoint]) -> float:
    spans = [span for footprint in record.footprints for span in spans_of(shape(footprint.geometry))]
    spans += [(point.place.lon, point.place.lon) for point in points if point.kind == "anchor" or not spans]
    return centre_of(spans)


def extent_of(items: list[Item]) -> Box | None:
    """Return what the map first shows: zones, events, their anchors; else all there is.

    None where there is nothing to draw.
    """
    main = _hull([item.bounds for item in items if item.focus])
    if main is None:
        return _hull([item.bounds for item in items])
    # What is said without an event joins the view where it is near and not much larger.
    near_by = [item.bounds for item in items if item.rank == "other" and _fits(item.bounds, main)]
    return _hull([main, *near_by])


def _hull(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return (min(wests), min(souths), max(easts), max(norths))


def _fits(found: Box, main: Box) -> bool:
    meets = found[0] <= main[2] and main[0] <= found[2] and found[1] <= main[3] and main[1] <= found[3]
    size, room = max(found[2] - found[0], found[3] - found[1]), max(main[2] - main[0], main[3] - main[1])
    return meets and size <= 2 * room
