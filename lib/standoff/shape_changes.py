"""How far the shapes of a report are from those of a baseline when a setting has another value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from standoff.geodesy import GEOD, area_km2, centroid, geodesic_m, intersection, reach_m
from standoff.ground.geojson import from_geojson
from standoff.model import Footprint, Place, ReadingRecord, Relation
from standoff.settings import Settings
from standoff.tables import columns, frame, resolved
from standoff.wording import name_of_event

if TYPE_CHECKING:
    from standoff.gazetteer import Gazetteer
    from standoff.reading import Reading

CHANGES = columns(
    "parameter step value baseline kind id label shape area_km2 inner_m outer_m shift_m overlap reason",
    whole="step",
    number="area_km2 inner_m outer_m shift_m overlap",
    truth="baseline",
)
UNSET = "unset"
_STEP_DEG = (
    0.02  # how finely sides are followed for the nearest point: 2 km, less than anything drawn leaves open
)
_Key = tuple[Any, ...]


def table(base: Reading, values: Mapping[str, list[Any]], names: Gazetteer) -> pd.DataFrame:
    """Return a row for each setting, value and thing that has a shape in any of the readings."""
    things = _things(base.record)
    rows: list[dict[str, Any]] = []
    for name, given in values.items():
        steps = _steps(base.settings, name, given)
        others = [
            things if is_baseline else _things(base.with_settings(gazetteer=names, **{name: value}).record)
            for value, is_baseline in steps
        ]
        seen = dict.fromkeys(
            key for other in (things, *others) for key, thing in other.items() if thing.shape
        )
        for key in seen:
            first = things.get(key) or next(other[key] for other in others if key in other)
            for step, ((value, is_baseline), other) in enumerate(zip(steps, others, strict=True)):
                found = other.get(key)
                row = {"parameter": name, "step": step, "value": UNSET if value is None else str(value)}
                row |= {"baseline": is_baseline, "kind": first.kind, "id": first.id, "label": first.label}
                rows.append(row | _compared(found, things.get(key)))
    return frame(rows, CHANGES)


def _steps(settings: Settings, name: str, given: list[Any]) -> list[tuple[Any, bool]]:
    """Return the values to try, each once, with whether it is the baseline's own, which is put in if it lacks."""
    if name not in Settings.model_fields:
        Settings.of(**{name: None})  # says which there are
    own = getattr(settings, name)
    checked = [getattr(Settings.of(**{**settings.model_dump(), name: value}), name) for value in given]
    once: list[Any] = []
    for value in checked if own in checked else [own, *checked]:
        if value not in once:
            once.append(value)
    return [(value, value == own) for value in once]


@dataclass(frozen=True)
class _Thing:
    """An event, a zone or a statement of where, with its shape if it has one."""

    kind: str
    id: str
    label: str
    shape: Footprint | None
    anchor: Place | None
    reason: str | None


def _things(record: ReadingRecord) -> dict[_Key, _Thing]:
    """Return what may have a shape, by what stays the same when the report is read in another way: its words."""
    meant = resolved(record)
    shapes = {each.id: each for each in record.footprints}
    centres = {zone.id: zone.anchor for zone in record.zones}
    relations = {each.id: each for each in record.relations}

    def place_of(*relations: Relation) -> Place | None:
        ids = [anchor for each in relations for anchor in [*each.anchors, centres.get(each.zone or "")]]
        found = (meant[id_].place for id_ in ids if id_ in meant)
        return next((place for place in found if place is not None), None)

    found: dict[_Key, _Thing] = {}
    for event in record.events:
        told = [relations[id_] for id_ in event.relations if id_ in relations]
        told.sort(key=lambda each: each.measure is None)  # what is measured says best from where
        found[("event", event.type, event.start, event.end)] = _Thing(
            "event", event.id, name_of_event(event), shapes.get(event.footprint or ""), place_of(*told), event.reason
        )  # fmt: skip
    for zone in record.zones:
        anchor = meant.get(zone.anchor or "")
        found[("zone", *zone.mentions[:1])] = _Thing(
            "zone", zone.id, zone.name, shapes.get(zone.footprint or ""), anchor.place if anchor else None, zone.reason
        )  # fmt: skip
    for each in record.relations:
        found[("statement", each.kind, each.start, each.end)] = _Thing(
            "statement", each.id, each.text, shapes.get(each.footprint or ""), place_of(each), each.reason
        )  # fmt: skip
    return found


def _compared(thing: _Thing | None, before: _Thing | None) -> dict[str, Any]:
    """Return the columns that say how large a shape is and how far from the baseline's."""
    if thing is None:
        return {"reason": "not read with this value"}
    if thing.shape is None:
        return {"reason": thing.reason or "no shape", "overlap": 0.0 if before and before.shape else None}
    area = from_geojson(thing.shape.geometry)
    found: dict[str, Any] = {"shape": thing.shape.shape, "area_km2": thing.shape.area_km2}
    if thing.anchor is not None:
        found["inner_m"] = _nearest_m(area, thing.anchor.lat, thing.anchor.lon)
        found["outer_m"] = reach_m(area, thing.anchor.lat, thing.anchor.lon)
    if before is not None and before.shape is not None:
        other = from_geojson(before.shape.geometry)
        found |= {"overlap": _overlap(area, other), "shift_m": _shift_m(area, other)}
    return found


def _nearest_m(area: BaseGeometry, lat: float, lon: float) -> float:
    if area.intersects(Point(lon, lat)):
        return 0.0
    lons, lats = shapely.get_coordinates(shapely.segmentize(area, _STEP_DEG)).T
    _, _, metres = GEOD.inv(np.full(len(lons), lon), np.full(len(lats), lat), lons, lats)
    return float(np.min(metres))


def _overlap(area: BaseGeometry, other: BaseGeometry) -> float:
    both = area_km2(area) + area_km2(other)
    if not both:
        return float(area.equals(other))  # two points
    shared = area_km2(intersection(area, other))
    return shared / (both - shared)


def _shift_m(area: BaseGeometry, other: BaseGeometry) -> float | None:
    here, there = centroid(area), centroid(other)
    return None if here is None or there is None else geodesic_m(*here, *there)
