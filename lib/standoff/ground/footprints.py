"""All footprints of a reading: of its zones, its relations and its events, each one once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace

from shapely.geometry.base import BaseGeometry

from standoff.geodesy import NotALengthError
from standoff.ground.anchors import NotDrawn, Outlines
from standoff.ground.combine import Conflict, Country, combine, stated_countries
from standoff.ground.drawn import Drawn, simplified
from standoff.ground.precision import Precision, over_water, precision_of
from standoff.ground.relations import Draughtsman
from standoff.ground.surface import Layers
from standoff.model import Alternative, Event, Footprint, Measure, Place, PlaceMention, Relation, Zone
from standoff.settings import COVERAGES, Settings


@dataclass
class Grounded:
    """Relations, zones and events with their footprints, and what contradicts what."""

    relations: list[Relation]
    zones: list[Zone]
    events: list[Event]
    footprints: list[Footprint]
    conflicts: dict[str, list[Conflict]] = field(default_factory=dict)


class _Shelf:
    """Hands out ids; the same shape resting on the same things gets the same id."""

    def __init__(self) -> None:
        self._made: list[Footprint] = []
        self._rests_on: list[tuple[dict[str, None], dict[str, None]]] = []
        self._known: dict[Drawn, int] = {}
        self._records: dict[str, int] = {}

    def put(self, drawn: Drawn) -> str:
        bare = replace(drawn, relations=(), places=())
        number = self._known.get(bare)
        if number is None:
            number = self._known[bare] = self._new(bare)
        relations, places = self._rests_on[number]
        relations.update(dict.fromkeys(drawn.relations))
        places.update(dict.fromkeys(drawn.places))
        return self._made[number].id

    def _new(self, bare: Drawn) -> int:
        """Make the record; shapes that differ by less than a record shows are one."""
        made = bare.footprint("f")
        number = self._records.setdefault(made.model_dump_json(), len(self._made))
        if number == len(self._made):
            self._made.append(made.model_copy(update={"id": f"f{number + 1}"}))
            self._rests_on.append(({}, {}))
        return number

    def uncertainty_m(self, identifier: str) -> float:
        """Return the radius of the circle that holds a shape; 0 where nothing says how large it is."""
        return self._made[int(identifier[1:]) - 1].uncertainty_m or 0.0

    @property
    def footprints(self) -> list[Footprint]:
        """The records in the order in which they were made, with all that rests on each."""
        return [
            made.model_copy(update={"relations": list(relations), "places": list(places)})
            for made, (relations, places) in zip(self._made, self._rests_on, strict=True)
        ]


def ground(
    mentions: list[PlaceMention], measures: list[Measure], relations: list[Relation], zones: list[Zone],
    events: list[Event], outlines: Outlines, settings: Settings,
) -> Grounded:  # fmt: skip
    """Draw everything that can be drawn; where it cannot, the record says why.

    Parameters
    ----------
    mentions, measures, relations, zones, events : list of records
        What the words say; mentions are resolved.
    outlines : Outlines
        Regions and borders.
    settings : Settings
        What the analyst set.
    """
    by_id = {mention.id: mention for mention in mentions}
    hand = Draughtsman(by_id, {measure.id: measure for measure in measures}, outlines, settings)
    shelf = _Shelf()
    zones = [_zone(zone, hand, shelf, settings) for zone in zones]
    drawn: dict[str, Drawn] = {}
    grounded: list[Relation] = []
    for relation in relations:
        try:
            drawn[relation.id] = hand.relation(relation)
        except (NotDrawn, ValueError) as why:
            grounded.append(relation.model_copy(update={"reason": _said(why)}))
            continue
        found = {"footprint": shelf.put(drawn[relation.id]), "reason": None}
        grounded.append(relation.model_copy(update=found))
    for number, relation in enumerate(grounded):
        others = [
            Alternative(gid=candidate.gid, footprint=shelf.put(other), weight=candidate.probability)
            for candidate, other in hand.alternatives(relation)
            if relation.footprint
        ]
        grounded[number] = relation.model_copy(update={"alternatives": others})
    out = Grounded(grounded, zones, [], [])
    known = {relation.id: relation for relation in grounded}
    countries = stated_countries(by_id)
    graded = _Grades(known, zones, hand, outlines, shelf).of
    for event in events:
        stated = [(known[i], drawn[i]) for i in event.relations if i in drawn]
        country = _country(stated, zones, by_id, countries, outlines)
        layers = _layers(stated, hand, settings) if settings.combine == "surface" and len(stated) > 1 else {}
        shape, conflicts = combine(stated, event, country, settings, layers)
        out.conflicts[event.id] = conflicts
        update: dict[str, object] = {"reason": _why_not(event, known)}
        if shape:
            update = {"footprint": shelf.put(shape), **graded(shape, event)._asdict()}
        out.events.append(event.model_copy(update=update))
    out.footprints = shelf.footprints
    return out


class _Grades:
    """Says how precisely events are placed; a shape that several share is held against the coast once."""

    def __init__(
        self,
        relations: dict[str, Relation],
        zones: list[Zone],
        hand: Draughtsman,
        outlines: Outlines,
        shelf: _Shelf,
    ) -> None:
        self.relations, self.hand, self.outlines, self.shelf = relations, hand, outlines, shelf
        self.centres = {zone.id: zone.anchor for zone in zones}
        self._over_water: dict[str, bool] = {}

    def of(self, shape: Drawn, event: Event) -> Precision:
        """Return the codes of an event by the shape that was found for it."""
        made = self.shelf.put(shape)
        if made not in self._over_water:
            self._over_water[made] = over_water(shape, self.outlines)
        stated = [self.relations[i] for i in event.relations if i in shape.relations]
        return precision_of(
            shape, self.shelf.uncertainty_m(made), [(each, self._places(each)) for each in stated],
            is_over_water=self._over_water[made],
        )  # fmt: skip

    def _places(self, relation: Relation) -> list[Place]:
        mentions = [self.hand.mentions.get(anchor) for anchor in relation.anchors]
        mentions += [self.hand.mentions.get(self.centres.get(relation.zone or "") or "")]
        meant = (self.hand.anchors.meant(relation, mention) for mention in mentions if mention)
        return [place for place in meant if place is not None]


def _layers(stated: list[tuple[Relation, Drawn]], hand: Draughtsman, settings: Settings) -> dict[str, Layers]:
    """Return the shapes of fitted statements at every coverage, by relation."""
    found: dict[str, list[tuple[float, BaseGeometry]]] = {}
    fitted = [relation for relation, drawn in stated if drawn.coverage is not None]
    for coverage in COVERAGES:
        other = hand.at(settings.model_copy(update={"coverage": coverage}))
        for relation in fitted:
            # "South of the islands" reaches further at 0.95 than can be drawn: then the others have to do.
            with suppress(NotDrawn, ValueError):
                found.setdefault(relation.id, []).append((coverage, other.relation(relation).area))
    return dict(found)


def _zone(zone: Zone, hand: Draughtsman, shelf: _Shelf, settings: Settings) -> Zone:
    try:
        drawn = hand.zone(zone)
    except (NotDrawn, ValueError) as why:
        return zone.model_copy(
            update={"reason": "; ".join(dict.fromkeys([*filter(None, [zone.reason]), _said(why)]))}
        )
    update: dict[str, object] = {"footprint": shelf.put(drawn)}
    if settings.zone_radius is not None:
        radius_m = settings.metres("zone_radius")
        update |= {"radius_m": radius_m, "low_m": radius_m, "high_m": radius_m}
    return zone.model_copy(update=update)


def _said(why: Exception) -> str:
    """Return in words why there is no shape; a ValueError is a length that no shape on the Earth can have."""
    if isinstance(why, NotDrawn):
        return str(why)
    return why.words if isinstance(why, NotALengthError) else "no shape on the Earth has such lengths"


def _country(
    stated: list[tuple[Relation, Drawn]],
    zones: list[Zone],
    mentions: dict[str, PlaceMention],
    countries: dict[str, tuple[PlaceMention, PlaceMention]],
    outlines: Outlines,
) -> Country | None:
    """Return the country that the report names for the place that an event is measured from."""
    centres = {zone.id: zone.anchor for zone in zones}
    for relation, _ in sorted(stated, key=lambda pair: pair[0].kind != "distance"):
        for anchor in [*relation.anchors, centres.get(relation.zone or "")]:
            place = mentions[anchor].place if anchor else None
            found = countries.get(place.gid) if place else None
            if found is None or found[1].place is None or found[1].place.country is None:
                continue
            outline = outlines.country(found[1].place.country)
            if outline is not None:
                quote = f"{found[0].text}, {found[1].text}"
                return Country(found[1].place.name, simplified(outline), quote)
    return None


def _why_not(event: Event, relations: dict[str, Relation]) -> str:
    reasons = [reason for i in event.relations if (reason := relations[i].reason)]
    if reasons:
        return "; ".join(dict.fromkeys(reasons))
    return (
        "no statement of where in the report was tied to it"
        if not event.relations
        else "what it says of where is denied"
    )
