"""What every export says of a shape: the same names, whatever the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from standoff import tables
from standoff.ground.geojson import from_geojson
from standoff.model import (
    Alternative,
    Event,
    Footprint,
    Place,
    PlaceMention,
    ReadingRecord,
    Relation,
    Report,
    Zone,
)

Kind = Literal["zone", "event", "relation", "place"]

ANCHOR_NOTE = "an anchor: what the report measures from, not where something happened"
NAMED_NOTE = "named in the report; not where something happened"

LISTS = ("quotes", "constraints", "assumptions")
SCHEMA = tables.columns(
    "id kind name shape coverage lat lon lat_lon_is uncertainty_m area_km2 quotes claim"
    " event_id event_type sub_event_type date_start date_end date_precision"
    " constraints assumptions relations places zones note"
    " report_id source_title source_publisher source_url source_date place_sources overrides",
    number="coverage lat lon uncertainty_m area_km2",
)


@dataclass(frozen=True)
class Row:
    """A shape and what is said of it, under the names of ``SCHEMA``."""

    kind: Kind
    geometry: BaseGeometry
    values: dict[str, Any] = field(default_factory=dict)


def footprint_rows(report: Report, record: ReadingRecord) -> list[Row]:
    """Return a row a footprint, in the order of the record, and one more for each further event that has it.

    The id is that of the footprint, of a further row with that of the event behind it: "f1.e2".
    """
    events: dict[str, list[Event]] = {}
    for event in record.events:
        events.setdefault(event.footprint or "", []).append(event)
    return [
        row
        for each in record.footprints
        for row in _footprint_rows(report, record, each, events.get(each.id, []))
    ]


def place_rows(report: Report, record: ReadingRecord) -> list[Row]:
    """Return a row a place that the report names, as a point, in the order of first mention."""
    meant = tables.resolved(record)
    anchors = {anchor for each in record.relations for anchor in each.anchors}
    anchors |= {each.anchor for each in record.zones if each.anchor}
    mentions: dict[str, list[PlaceMention]] = {}
    found: dict[str, Place] = {}
    for mention in record.places:
        place = meant[mention.id].place
        if place is not None:
            found.setdefault(place.gid, place)
            mentions.setdefault(place.gid, []).append(mention)
    return [
        _place_row(report, place, mentions[gid], any(each.id in anchors for each in mentions[gid]))
        for gid, place in found.items()
    ]


def _place_row(report: Report, place: Place, mentions: list[PlaceMention], is_anchor: bool) -> Row:
    values = {
        "id": mentions[0].id,
        "name": place.name,
        "shape": "point",
        "lat": place.lat,
        "lon": place.lon,
        "lat_lon_is": "representative",
        "uncertainty_m": place.extent_m,
        "area_km2": 0.0,
        "quotes": list(dict.fromkeys(each.text for each in mentions)),
        "places": tables.ids(each.id for each in mentions),
        "note": ANCHOR_NOTE if is_anchor else NAMED_NOTE,
        "place_sources": place.source,
        "overrides": tables.words(dict.fromkeys(each.override for each in mentions if each.override)),
    }
    return Row("place", Point(place.lon, place.lat), _complete(report, "place", values))


def _footprint_rows(
    report: Report, record: ReadingRecord, footprint: Footprint, events: list[Event]
) -> list[Row]:
    zone = next((each for each in record.zones if each.footprint == footprint.id), None)
    relation = next((each for each in record.relations if each.footprint == footprint.id), None)
    rival = _rival(record, footprint)
    values = footprint.model_dump(
        exclude={"geometry", "contours", "settings", "relations", "places", "zones"}
    ) | {
        "quotes": tables.quotes(record, footprint),
        "note": None if footprint.lat_lon_is == "exact" else "lat, lon stand for the whole shape",
    }
    if rival and not (zone or events or relation):
        values["note"] = f"another place that the anchor may mean, with probability {rival.weight:.2f}"
    values |= _owed(record, footprint)
    values |= {name: tables.ids(getattr(footprint, name)) for name in ("relations", "places", "zones")}
    other: Kind = "relation" if relation or rival else "place"
    said: list[tuple[Kind, dict[str, Any]]] = [("zone", _of_zone(zone))] if zone else []
    said += [("event", _of_event(event)) for event in events]
    said = said or [(other, _of_relation(relation, footprint))]
    geometry = from_geojson(footprint.geometry)
    rows = []
    for number, (kind, of_it) in enumerate(said):
        own = {"id": f"{footprint.id}.{of_it['event_id']}"} if number else {}
        rows.append(Row(kind, geometry, _complete(report, kind, values | of_it | own)))
    return rows


def _of_zone(zone: Zone) -> dict[str, Any]:
    return {
        "name": zone.name,
        "claim": zone.claim,
        "date_start": zone.valid_from,
        "date_end": zone.valid_to,
    }


def _of_event(event: Event) -> dict[str, Any]:
    return {
        "name": f"{event.type}, {event.date_start}" if event.date_start else event.type,
        "claim": event.claim,
        "event_id": event.id,
        "event_type": event.type,
        "sub_event_type": event.sub_type,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "date_precision": event.date_precision,
    }


def _of_relation(relation: Relation | None, footprint: Footprint) -> dict[str, Any]:
    if relation is None:
        return {"name": footprint.id}
    return {"name": relation.text, "claim": relation.claim}


def _rival(record: ReadingRecord, footprint: Footprint) -> Alternative | None:
    """Return of which doubt about an anchor a footprint is the other answer."""
    others = (other for relation in record.relations for other in relation.alternatives)
    return next((other for other in others if other.footprint == footprint.id), None)


def _owed(record: ReadingRecord, footprint: Footprint) -> dict[str, Any]:
    """Return where the places of a shape are from, and which of them an analyst set."""
    meant = tables.resolved(record)
    anchors = [a for each in record.relations if each.id in footprint.relations for a in each.anchors]
    anchors += [each.anchor for each in record.zones if each.id in footprint.zones and each.anchor]
    found = [meant[id_] for id_ in dict.fromkeys([*footprint.places, *anchors]) if id_ in meant]
    sources = dict.fromkeys(each.place.source for each in found if each.place)
    overrides = dict.fromkeys(each.override for each in found if each.override)
    return {"place_sources": tables.words(sources), "overrides": tables.words(overrides)}


def _complete(report: Report, kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    source = {
        "kind": kind,
        "report_id": report.id,
        "source_title": report.title,
        "source_publisher": report.publisher,
        "source_url": report.url,
        "source_date": report.published,
    }
    empty: dict[str, Any] = {name: [] if name in LISTS else None for name in SCHEMA}
    return empty | values | source
