"""Which words belong to which thing on the map, both ways.

A thing on the map ("item") is a footprint, under its own id, or a point that stands for
a resolved place, under ``"at-"`` and the id of the first mention of it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from standoff.maps.styles import kind_of
from standoff.model import Claim, Footprint, Place, PlaceMention, ReadingRecord, Relation, Zone

# A point in the middle of these would look like a position.
AREAL = frozenset(
    {
        "continent",
        "country",
        "admin1",
        "admin2",
        "region",
        "sea",
        "ocean",
        "gulf",
        "strait",
        "desert",
        "river",
    }
)
# Relations whose shape is drawn from the anchor outwards, so that the anchor is worth seeing.
_MEASURED_FROM = frozenset(
    {"distance", "offset", "within", "beyond", "zone", "near", "direction", "between", "border"}
)

Rank = Literal["main", "other", "part"]


@dataclass(frozen=True)
class PlacePoint:
    """A resolved place as a point on the map."""

    id: str
    kind: str  # "anchor" or "named"
    place: Place
    mentions: tuple[PlaceMention, ...]


def resolved(record: ReadingRecord) -> dict[str, PlaceMention]:
    """Return, for each place mention's id, the mention that names its place.

    That is itself, or what ``refers_to`` leads to ("the base" to "At Tanf Garrison").
    """
    by_id = {mention.id: mention for mention in record.places}
    found = {}
    for mention in record.places:
        seen = {mention.id}
        current = mention
        while current.refers_to in by_id and current.refers_to not in seen:
            seen.add(current.refers_to)
            current = by_id[current.refers_to]
        found[mention.id] = mention if mention.place and not current.place else current
    return found


def place_points(record: ReadingRecord) -> list[PlacePoint]:
    """Return the anchors and the other places named, each place once.

    Countries and other areas get a point only where nothing else could be drawn.
    """
    groups: dict[str, list[PlaceMention]] = defaultdict(list)
    places: dict[str, Place] = {}
    named = resolved(record)
    for mention in record.places:
        place = named[mention.id].place
        if place is not None:
            groups[place.gid].append(mention)
            places[place.gid] = place
    anchors = _anchor_ids(record)
    drawn = {mention_id for footprint in record.footprints for mention_id in footprint.places}
    points = []
    for gid, mentions in groups.items():
        ids = {mention.id for mention in mentions}
        kind = "anchor" if ids & anchors else "named"
        areal = places[gid].feature in AREAL or all(mention.kind == "demonym" for mention in mentions)
        if record.footprints and (areal or (kind == "named" and ids & drawn)):
            continue
        points.append(PlacePoint(f"at-{mentions[0].id}", kind, places[gid], tuple(mentions)))
    return points


def sources_of(record: ReadingRecord) -> dict[str, int]:
    """Return where the places are from, with how many places, in the order of the text.

    What an analyst set and what the report itself gives are owed to nobody else; what an analyst
    chose among the gazetteer's is still from there.
    """
    sources = {}
    for mention in record.places:
        if mention.place and not mention.place.gid.startswith(("override:", "coordinates:")):
            chosen = f"{mention.override} ("
            source = mention.place.source
            sources[mention.place.gid] = source[len(chosen) : -1] if source.startswith(chosen) else source
    return dict(Counter(sources.values()))


def _anchor_ids(record: ReadingRecord) -> set[str]:
    mentions = resolved(record)
    ids = {
        anchor
        for relation in record.relations
        if relation.kind in _MEASURED_FROM
        for anchor in relation.anchors
    }
    ids |= {zone.anchor for zone in record.zones if zone.anchor is not None}
    return ids | {mentions[anchor].id for anchor in ids if anchor in mentions}


def same_ground(record: ReadingRecord) -> dict[str, str]:
    """Return, for each footprint's id, the id of the first with the same shape and claim.

    Several events "inside the zone" are one shape on the map, not a stack of fills.
    """
    first: dict[tuple[str, str], str] = {}
    ordered = sorted(record.footprints, key=lambda footprint: kind_of(footprint, record) != "zone")
    return {
        footprint.id: first.setdefault(
            (json.dumps(footprint.geometry, sort_keys=True), claim_of(record, footprint)), footprint.id
        )
        for footprint in ordered
    }


def ranks(record: ReadingRecord) -> dict[str, Rank]:
    """Return how much each footprint matters on the map.

    ``"main"``: a zone, where an event was, a position that the report gives. ``"part"``:
    a statement of where that went into an event's shape and is drawn in it. ``"other"``:
    a statement of where that no event uses. Where nothing is main, all others are. The shape
    for another place that an anchor may mean is a ``"part"``, too.
    """
    events = {event.footprint for event in record.events}
    used = [set(footprint.relations) for footprint in record.footprints if footprint.id in events]
    found: dict[str, Rank] = {}
    for footprint in record.footprints:
        kind = kind_of(footprint, record)
        if footprint.id in events or kind in ("zone", "exact"):
            found[footprint.id] = "main"
        elif footprint.relations and any(set(footprint.relations) <= relations for relations in used):
            found[footprint.id] = "part"
        else:
            found[footprint.id] = "other"
    own = {relation.footprint for relation in record.relations}
    rivals = {other.footprint for relation in record.relations for other in relation.alternatives} - own
    if "main" not in found.values():
        found = dict.fromkeys(found, "main")
    return found | dict.fromkeys(rivals & found.keys(), "part")


def claim_of(record: ReadingRecord, footprint: Footprint) -> Claim:
    """Return the claim a footprint is drawn with: asserted if anything that made it is."""
    claims = [relation.claim for relation in relations_of(record, footprint)]
    claims += [zone.claim for zone in zones_of(record, footprint)]
    claims += [event.claim for event in record.events if event.footprint == footprint.id]
    return "asserted" if not claims or "asserted" in claims else claims[0]


def relations_of(record: ReadingRecord, footprint: Footprint) -> list[Relation]:
    """Return the relations that made a footprint."""
    return [r for r in record.relations if r.footprint == footprint.id or r.id in footprint.relations]


def zones_of(record: ReadingRecord, footprint: Footprint) -> list[Zone]:
    """Return the zones that a footprint is of, or that made it."""
    return [z for z in record.zones if z.footprint == footprint.id or z.id in footprint.zones]


def links(record: ReadingRecord, points: list[PlacePoint]) -> dict[str, tuple[str, ...]]:
    """Return, for each id in the record, the ids of the items it belongs to, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for footprint in record.footprints:
        found[footprint.id].add(footprint.id)
        for source in (*footprint.relations, *footprint.places):
            found[source].add(footprint.id)
    for point in points:
        for mention in point.mentions:
            found[mention.id].add(point.id)
    _link_statements(record, found)
    first = same_ground(record)
    return {
        key: tuple(sorted({first.get(item, item) for item in items})) for key, items in found.items() if items
    }


def _link_statements(record: ReadingRecord, found: dict[str, set[str]]) -> None:
    """Add what relations, zones, events and their measures lead to."""
    for zone in record.zones:
        found[zone.id] |= {zone.footprint} if zone.footprint else set()
        if zone.measure:
            found[zone.measure] |= found[zone.id]
    for relation in record.relations:
        found[relation.id] |= {relation.footprint} if relation.footprint else set()
        if relation.measure:
            found[relation.measure] |= found[relation.id]
    for event in record.events:
        found[event.id] |= {event.footprint} if event.footprint else set()


def footprint_sources(record: ReadingRecord, footprint: Footprint) -> list[tuple[int, int]]:
    """Return the spans of the text that made a footprint: relations, zones, events, else places."""
    spans = [(relation.start, relation.end) for relation in relations_of(record, footprint)]
    for zone in zones_of(record, footprint):
        if zone.footprint == footprint.id:
            spans += zone.mentions
    spans += [(e.start, e.end) for e in record.events if e.footprint == footprint.id]
    if not spans:
        spans = [(p.start, p.end) for p in record.places if p.id in footprint.places]
    return sorted(set(spans))
