"""What a popup says: plain text, in the order it is shown.

A card is a JSON object; the page's script builds it with ``textContent``. Every string
has gone through ``visible``.
"""

from __future__ import annotations

from typing import Any

from standoff.maps.escape import visible
from standoff.maps.event_rows import Rows, days, filed_rows, read_lines, title_of, what_rows, when_rows
from standoff.maps.links import PlacePoint, claim_of, footprint_sources, relations_of, resolved, zones_of
from standoff.maps.styles import STYLES, kind_of, meaning
from standoff.maps.text import quotes
from standoff.model import Event, Footprint, Measure, PlaceMention, ReadingRecord, Report

Card = dict[str, Any]
Quote = list[tuple[str, bool]]  # stretches of a sentence, marked or not
_MOST_QUOTES = 4


def kilometres(metres: float) -> str:
    """Return a length in the unit that reads best.

    Examples
    --------
    >>> kilometres(38624.3), kilometres(523417.0), kilometres(850.0)
    ('38.6 km', '523 km', '850 m')
    """
    if metres < 1000:
        return f"{metres:.0f} m"
    return f"{metres / 1000:.1f} km" if metres < 100_000 else f"{metres / 1000:,.0f} km"


def position(lat: float, lon: float) -> str:
    """Return a position as latitude, longitude, about a metre fine.

    Examples
    --------
    >>> position(33.505830001, 38.61778)
    '33.50583, 38.61778'
    """
    return f"{lat:.5f}, {lon:.5f}"


def _length(metres: float, measure: Measure | None) -> str:
    km = kilometres(metres)
    return f"{measure.text} = {km}" if measure and measure.text not in (km, "") else km


def _distance_rows(record: ReadingRecord, footprint: Footprint) -> Rows:
    measures = {measure.id: measure for measure in record.measures}
    rows: Rows = []
    for zone in zones_of(record, footprint):
        if zone.radius_m is not None and kind_of(footprint, record) == "zone":
            rows.append(("Radius", _length(zone.radius_m, measures.get(zone.measure or ""))))
    for relation in relations_of(record, footprint):
        if relation.kind == "zone":  # the zone's own radius, given above
            continue
        if relation.metres is not None:
            rows.append(("Distance", _length(relation.metres, measures.get(relation.measure or ""))))
        if relation.low_m is not None and relation.high_m is not None and relation.low_m < relation.high_m:
            rows.append(("Taken as", f"{kilometres(relation.low_m)} to {kilometres(relation.high_m)}"))
        if relation.bearing_deg is not None:
            halfwidth = relation.bearing_halfwidth_deg
            spread = f" ± {halfwidth:g}°" if halfwidth is not None else ""
            rows.append(("Bearing", f"{relation.bearing_deg:g}°{spread} from true north"))
    return list(dict.fromkeys(rows))


def _event_rows(events: list[Event], record: ReadingRecord) -> Rows:
    rows: Rows = []
    for event in events:
        rows.append(("Event", f"{event.id} ({title_of(event)})" if len(events) > 1 else event.id))
        if len(events) > 1 and event.claim != "asserted":
            rows.append(("Claim", event.claim))
        rows += when_rows(event, record) + what_rows(event, record) + filed_rows(event)
    return rows


def _size_rows(footprint: Footprint, kind: str) -> Rows:
    shape = STYLES[kind].label.split(":")[0]
    rows: Rows = [("Shape", f"{shape}; {meaning(kind, footprint.coverage)}")]
    if footprint.area_km2:
        rows.append(("Area", f"{footprint.area_km2:,.{0 if footprint.area_km2 >= 100 else 1}f} km²"))
    if footprint.shape in ("ring", "sector") or kind == "zone":
        return rows  # no point of it is more the place than another
    rows.append(("Position", f"{position(footprint.lat, footprint.lon)} ({footprint.lat_lon_is})"))
    if footprint.uncertainty_m:
        rows.append(("Uncertainty", kilometres(footprint.uncertainty_m)))
    return rows


def why(mention: PlaceMention, named: PlaceMention) -> list[str]:
    """Return why this place was taken for these words, and what else they may mean."""
    lines = []
    if named.id != mention.id:
        lines.append(f"“{mention.text}” refers to “{named.text}”")
    place = named.place or mention.place
    if place is not None:
        chance = "" if named.probability is None else f", probability {named.probability:.2f}"
        country = f", {place.country}" if place.country else ""
        lines.append(f"“{named.text}” is {place.name} ({place.feature}{country}; {place.gid}{chance})")
    lines += [reason for reason in dict.fromkeys([mention.reason, named.reason]) if reason]
    others = [c for c in named.candidates if place is None or c.gid != place.gid][:3]
    if others:
        names = "; ".join(f"{c.name} {position(c.lat, c.lon)} ({c.probability:.2f})" for c in others)
        lines.append(f"Could also be: {names}")
    return lines


def _place_lines(record: ReadingRecord, footprint: Footprint) -> list[str]:
    named = resolved(record)
    ids = list(footprint.places)
    ids += [anchor for relation in relations_of(record, footprint) for anchor in relation.anchors]
    ids += [zone.anchor for zone in zones_of(record, footprint) if zone.anchor]
    mentions = {mention.id: mention for mention in record.places}
    lines = [line for id_ in dict.fromkeys(ids) if id_ in mentions for line in why(mentions[id_], named[id_])]
    reasons = [zone.reason for zone in zones_of(record, footprint) if zone.reason]
    return list(dict.fromkeys(lines + reasons))


def _name_of_zone(record: ReadingRecord, footprint: Footprint) -> str:
    own = [zone.name for zone in zones_of(record, footprint) if zone.footprint == footprint.id]
    name = next(iter(own), "Zone").strip()
    for article in ("the ", "a ", "an "):
        if name.lower().startswith(article):
            name = name[len(article) :]
    return name[:1].upper() + name[1:]


def _title(record: ReadingRecord, footprint: Footprint, events: list[Event]) -> str:
    if kind_of(footprint, record) == "zone":
        return _name_of_zone(record, footprint)
    if events:
        return " · ".join(dict.fromkeys(title_of(event) for event in events))
    words = [relation.text for relation in relations_of(record, footprint)]
    places = [m.place.name for m in record.places if m.id in footprint.places and m.place]
    title = " ".join(next(iter(words + places), STYLES[kind_of(footprint, record)].label).split())
    return title[:1].upper() + title[1:]


def label_of(record: ReadingRecord, footprint: Footprint) -> str:
    """Return the few words that stand beside a shape on the map."""
    measures = {measure.id: measure.text for measure in record.measures}
    if kind_of(footprint, record) == "zone":
        name = _name_of_zone(record, footprint)
        set_to = record.settings.get("zone_radius")  # by the analyst, instead of the report's own
        sizes = [set_to or measures.get(zone.measure or "", "") for zone in zones_of(record, footprint)]
        words = [name, *(size for size in sizes[:1] if size.lower() not in name.lower())]
    else:
        events = [event for event in record.events if event.footprint == footprint.id]
        title = _title(record, footprint, events)
        sizes = [measures[r.measure] for r in relations_of(record, footprint) if r.measure in measures]
        words = [title, *(size for size in sizes[:1] if size not in title)]
        words += [dates] if events and (dates := days(events[0])) else []
    claim = claim_of(record, footprint)
    words += [claim] if claim != "asserted" else []
    label = visible(" · ".join(word for word in dict.fromkeys(words) if word)).replace("\n", " ")
    return label if len(label) <= 60 else label[:59] + "…"


def _quotes(report: Report, spans: list[tuple[int, int]]) -> list[Quote]:
    found = quotes(report.text, spans)[:_MOST_QUOTES]
    return [[(visible(words), marked) for words, marked in parts] for parts in found]


def _card(title: str, kind: str, quoted: list[Quote], rows: Rows, lists: list[tuple[str, list[str]]]) -> Card:
    return {
        "title": visible(title),
        "kind": kind,
        "quotes": quoted,
        "rows": [[label, visible(value)] for label, value in rows],
        "lists": [[label, [visible(line) for line in lines]] for label, lines in lists if lines],
    }


def footprint_card(report: Report, record: ReadingRecord, footprint: Footprint) -> Card:
    """Return what is known of a footprint: the words, the event, the numbers, the reasons."""
    kind = kind_of(footprint, record)
    events = [event for event in record.events if event.footprint == footprint.id]
    rows = _event_rows(events, record)
    rows.append(("Claim", claim_of(record, footprint)))
    rows += _distance_rows(record, footprint) + _size_rows(footprint, kind)
    rows += _source_rows(report)
    lists = [
        ("Kept to", list(footprint.constraints)),
        ("Assumed", list(footprint.assumptions)),
        ("Why this place", _place_lines(record, footprint)),
        ("Why this shape", [event.reason for event in events if event.reason]),
        ("Why this day", [event.date_basis for event in events if event.date_basis]),
        ("Read as, before it was set", [line for event in events for line in read_lines(event)]),
    ]
    return _card(
        _title(record, footprint, events),
        kind,
        _quotes(report, footprint_sources(record, footprint)),
        rows,
        lists,
    )


def point_card(report: Report, record: ReadingRecord, point: PlacePoint) -> Card:
    """Return what is known of a place that words were taken to mean."""
    named = resolved(record)
    place = point.place
    rows: Rows = [
        ("Shape", f"{STYLES[point.kind].label}; {STYLES[point.kind].meaning}"),
        ("Position", position(place.lat, place.lon)),
    ]
    if place.extent_m:
        rows.append(("Extent", f"within {kilometres(place.extent_m)} of it"))
    told = [mention.override for mention in point.mentions if mention.override]
    rows += [("Set by", told_by) for told_by in dict.fromkeys(told)]
    if place.source not in told:
        rows.append(("Place from", place.source))
    rows += _source_rows(report)
    lines = [line for mention in point.mentions for line in why(mention, named[mention.id])]
    spans = [(mention.start, mention.end) for mention in point.mentions]
    return _card(
        place.name, point.kind, _quotes(report, spans), rows, [("Why this place", list(dict.fromkeys(lines)))]
    )


def _source_rows(report: Report) -> Rows:
    words = ", ".join(word for word in (report.publisher, report.published) if word)
    return [("Source", words)] if words else []
