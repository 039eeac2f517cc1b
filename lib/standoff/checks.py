"""Claims held against each other: what the report says twice must agree."""

from __future__ import annotations

import math
from collections.abc import Iterator

from standoff.geodesy import bearing_deg, geodesic_m
from standoff.ground.combine import Conflict
from standoff.model import Check, Event, Measure, Place, PlaceMention, Relation, Zone
from standoff.units import LENGTH_ALIASES

# Two statements of one distance agree when they differ by less than rounding does.
_TWICE_SHARE = 0.1
_TWICE_K = 1.0  # a share of the kelvins would pass 20 °C for 50 °C
# A stated distance agrees with a known position within these shares of it, beyond the extents of both places: on land
# it is often that by road. A stated direction agrees within this angle beyond what the compass word leaves open.
_SHORTEST, _LONGEST, _TURN_DEG = 0.5, 1.35, 15.0


class Checker:
    """Holds the claims of one reading against each other.

    Parameters
    ----------
    mentions, measures, relations, zones, events : list of records
        A grounded reading.
    conflicts : dict of str to list of Conflict
        Statements with nothing in common, by event.
    """

    def __init__(
        self, mentions: list[PlaceMention], measures: list[Measure], relations: list[Relation], zones: list[Zone],
        events: list[Event], conflicts: dict[str, list[Conflict]],
    ) -> None:  # fmt: skip
        self.mentions = {mention.id: mention for mention in mentions}
        self.measures = {measure.id: measure for measure in measures}
        self.relations = {relation.id: relation for relation in relations}
        self.zones = {zone.id: zone for zone in zones}
        self.events = events
        self.conflicts = conflicts

    def all(self) -> list[Check]:
        """Return every check, in a fixed order, with ids of what it rests on."""
        found = [
            *self._twice(), *self._in_zone(), *self._positions(), *self._between_places(), *self._conflicts(),
        ]  # fmt: skip
        unique: dict[str, Check] = {}
        for check in found:
            unique.setdefault(check.statement, check)
        return list(unique.values())

    def _twice(self) -> Iterator[Check]:
        for measure in self.measures.values():
            if measure.stated_twice is None:
                continue
            twice = measure.stated_twice
            most = _TWICE_K / (measure.si_value or 1) if measure.dimension == "temperature" else _TWICE_SHARE
            ok = abs(twice.residual) <= most
            what = "distance" if measure.dimension == "length" else measure.dimension
            yield Check(
                kind="stated twice", ok=ok, refs=[measure.id],
                statement=f"{measure.value:g} {_plural(measure.unit)} and {twice.value:g} {_plural(twice.unit)} are the "
                f"same {what}{'' if ok else ' no longer'}: they differ by {abs(twice.residual):.1%}",
            )  # fmt: skip

    def _in_zone(self) -> Iterator[Check]:
        """Hold a distance from a zone's centre against the zone's radius, where an event is put in or out of it."""
        for event in self.events:
            stated = [self.relations[i] for i in event.relations]
            sides = [r for r in stated if r.kind == "zone" and r.zone and r.claim == "asserted"]
            for distance in (r for r in stated if r.kind in ("distance", "offset") and r.metres is not None):
                for side in sides[:1]:
                    check = self._distance_in_zone(event, distance, side)
                    if check:
                        yield check

    def _distance_in_zone(self, event: Event, distance: Relation, side: Relation) -> Check | None:
        zone = self.zones[side.zone or ""]
        centre, anchor = self._place(zone.anchor), self._place(distance.anchors[0])
        if zone.radius_m is None or centre is None or anchor is None or centre.gid != anchor.gid:
            return None
        metres = distance.metres or 0.0
        inside = metres < zone.radius_m
        expected = side.qualifier != "outside"
        relation = "less" if inside else "more"
        return Check(
            kind="distance and zone", ok=inside == expected, refs=[event.id, distance.id, side.id, zone.id],
            statement=f"{self._said(distance.measure, metres)} from {anchor.name} is {relation} than the radius of the "
            f"{zone.name}, {self._said(zone.measure, zone.radius_m)}: {'inside' if inside else 'outside'}, as stated"
            + ("" if inside == expected else " otherwise"),
        )  # fmt: skip

    def _positions(self) -> Iterator[Check]:
        """Hold a written position against distances, directions and zones stated for the same event.

        A report that gives one position in all, and tells no event there, is held against all that it states.
        """
        told = {i for event in self.events for i in event.relations}
        stated_for: list[tuple[str | None, list[Relation]]] = [
            (event.id, [self.relations[i] for i in event.relations]) for event in self.events
        ]
        written = [relation for relation in self.relations.values() if relation.kind == "coordinates"]
        if len(written) == 1 and written[0].id not in told:
            stated_for.append((None, [r for r in self.relations.values() if r.id not in told]))
        for event_id, stated in stated_for:
            for position in (r for r in stated if r.kind == "coordinates"):
                here = self._place(position.anchors[0])
                for other in stated:
                    check = self._position_against(event_id, position, here, other) if here else None
                    if check:
                        yield check

    def _between_places(self) -> Iterator[Check]:
        """Hold a distance between two named places against the way between them: "Goma is 27 km from Sake"."""
        by_span = {(m.start, m.end): m for m in self.mentions.values() if m.place and m.kind == "toponym"}
        for relation in self.relations.values():
            figure = relation.figure
            named = by_span.get((figure.start, figure.end)) if figure else None
            anchor = self._place(relation.anchors[0]) if relation.anchors else None
            if (
                named is None
                or named.place is None
                or anchor is None
                or relation.kind not in ("distance", "offset")
            ):
                continue
            if named.place.gid == anchor.gid:
                continue
            parts, ok = self._compared(named.place, anchor, relation)
            yield Check(
                kind="distance between places", ok=ok, refs=[named.id, relation.anchors[0], relation.id],
                statement=f"{named.place.name} lies " + ", ".join(parts),
            )  # fmt: skip

    def _compared(self, here: Place, anchor: Place, relation: Relation) -> tuple[list[str], bool]:
        """Return in words how a position lies to an anchor and what was stated, and whether the two agree."""
        true_m = geodesic_m(anchor.lat, anchor.lon, here.lat, here.lon)
        true_deg = bearing_deg(anchor.lat, anchor.lon, here.lat, here.lon) % 360
        parts, ok = [], True
        extent_m = anchor.extent_m + here.extent_m
        if relation.metres is not None:
            ok = _SHORTEST * relation.metres - extent_m <= true_m <= _LONGEST * relation.metres + extent_m
            stated = self._said(relation.measure, relation.metres)
            parts.append(f"{true_m / 1000:.0f} km from {anchor.name} (stated: {stated})")
        if relation.bearing_deg is not None:
            turn = abs((true_deg - relation.bearing_deg + 180) % 360 - 180)
            spanned = math.degrees(math.atan2(extent_m, true_m)) if extent_m else 0.0
            ok = ok and turn <= (relation.bearing_halfwidth_deg or 0.0) + _TURN_DEG + spanned
            parts.append(f"bearing {true_deg:.0f}° from {anchor.name} (stated: {relation.bearing_deg:.0f}°)")
        return parts, ok

    def _position_against(
        self, event_id: str | None, position: Relation, here: Place, other: Relation
    ) -> Check | None:
        if other.kind == "zone" and other.zone:
            return self._position_in_zone(event_id, position, here, other)
        measured = other.anchors and other.kind in ("distance", "offset", "direction")
        anchor = self._place(other.anchors[0]) if measured else None
        if anchor is None:
            return None
        parts, ok = self._compared(here, anchor, other)
        return Check(
            kind="position and offset", ok=ok, refs=[*filter(None, [event_id]), position.id, other.id],
            statement=f"the position {here.name} lies " + ", ".join(parts),
        )  # fmt: skip

    def _position_in_zone(
        self, event_id: str | None, position: Relation, here: Place, other: Relation
    ) -> Check | None:
        zone = self.zones[other.zone or ""]
        centre = self._place(zone.anchor)
        if zone.radius_m is None or centre is None:
            return None
        true_m = geodesic_m(centre.lat, centre.lon, here.lat, here.lon)
        inside = true_m < zone.radius_m
        expected = other.qualifier != "outside"
        beyond = abs(true_m - zone.radius_m) / 1000
        return Check(
            kind="position and zone", ok=inside == expected,
            refs=[*filter(None, [event_id]), position.id, other.id, zone.id],
            statement=f"the position {here.name} lies {beyond:.0f} km {'inside' if inside else 'outside'} the edge of the "
            f"{zone.name} ({true_m / 1000:.0f} km from {centre.name}); stated: {other.text!r}",
        )  # fmt: skip

    def _conflicts(self) -> Iterator[Check]:
        for event in self.events:
            for conflict in self.conflicts.get(event.id, []):
                first, second = self.relations[conflict.first], self.relations[conflict.second]
                yield Check(
                    kind="statements in conflict", ok=False, refs=[event.id, first.id, second.id],
                    statement=f"no place is both {first.text!r} and {second.text!r} as they were understood",
                )  # fmt: skip

    def _place(self, mention: str | None) -> Place | None:
        return self.mentions[mention].place if mention else None

    def _said(self, measure_id: str | None, metres: float) -> str:
        measure = self.measures.get(measure_id or "")
        if measure is None or measure.si_value is None or abs(measure.si_value - metres) > 1:
            return f"{metres / 1000:.1f} km"
        return f"{measure.value:g} {_plural(measure.unit)} ({metres / 1000:.1f} km)"


def _plural(unit: str) -> str:
    words = next((a for a in LENGTH_ALIASES.get(unit, ()) if a.endswith("s") and len(a) > 3), unit)
    return words.replace("_", " ")
