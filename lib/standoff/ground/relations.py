"""Relations and zones -> shapes: which shape a statement of where makes, and how wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol

from shapely import line_merge
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from standoff.extract.numbers import decimals
from standoff.geodesy import geodesic_m, intersection
from standoff.ground import shapes
from standoff.ground.coverage import half_last_digit_m, halfwidth_deg, halfwidth_m
from standoff.ground.drawn import Drawn, simplified
from standoff.ground.strips import strip
from standoff.model import Measure, Place, PlaceMention, Relation, ShapeKind, Zone
from standoff.settings import Settings

# "Southern Syria" is taken as this share of the area; no source: a reading to be tested on data.
PART_SHARE = 0.5
CENTRE_SHARE = 1 / 3
# A line between two towns is straight here and the road is not: a share of its length on both sides.
ROAD_SHARE = 0.1
# A region this small (an island state, a city province) is where a distance can be measured from.
SMALL_REGION_M = 250_000.0
# Without an outline these are not drawn: a disc of their extent says little of where they are.
_OUTLINED = frozenset({"country", "admin1", "continent"})
_WIDE = _OUTLINED | {"admin2", "region", "sea", "ocean", "gulf", "desert", "river", "mountain"}


class Outlines(Protocol):
    """What knows the outlines of regions and the lines of borders."""

    def polygon_of(self, place: Place) -> BaseGeometry | None:
        """Return the outline of a country or region in (lon, lat)."""

    def country(self, code: str) -> BaseGeometry | None:
        """Return the outline of a country by its ISO code."""

    def land_near(
        self, bounds: tuple[float, float, float, float]
    ) -> list[tuple[str | None, str, BaseGeometry]]:
        """Return (code, name, shape) of the land in a box (west, south, east, north)."""

    def border(self, code_a: str, code_b: str | None = None) -> BaseGeometry | None:
        """Return the land border between two countries."""


class NotDrawn(Exception):  # noqa: N818  it is an answer, not a fault
    """There is no shape for a statement; the message says why."""


class Draughtsman:
    """Draws the relations and zones of one report.

    Parameters
    ----------
    mentions : dict of str to PlaceMention
        Resolved mentions by id.
    measures : dict of str to Measure
        By id.
    outlines : Outlines
        Regions and borders.
    settings : Settings
        What the analyst set.
    """

    def __init__(
        self,
        mentions: dict[str, PlaceMention],
        measures: dict[str, Measure],
        outlines: Outlines,
        settings: Settings,
    ) -> None:
        self.mentions = mentions
        self.measures = measures
        self.outlines = outlines
        self.settings = settings
        self.zones: dict[str, Zone] = {}
        self._spoken = Counter(m.place.country for m in mentions.values() if m.place and m.place.country)
        self._outlines: dict[Place, BaseGeometry | None] = {}
        self._drawn: dict[tuple[object, ...], Drawn] = {}

    def zone(self, zone: Zone) -> Drawn:
        """Draw a zone as the report states it: a disc round its centre.

        Raises
        ------
        NotDrawn
            If its radius or its centre is not known.
        """
        self.zones[zone.id] = zone
        radius_m = self._zone_radius(zone)
        place = self._zone_centre(zone)
        assumptions = [f"the {zone.name} is a disc: its distance is read as a radius"]
        if zone.reason:
            assumptions.append(zone.reason)
        names: tuple[str, ...] = ()
        if self.settings.zone_radius is not None:
            assumptions.append(f"its radius is set to {self.settings.zone_radius} by the analyst")
            names = ("zone_radius",)
        drawn = Drawn(
            "disc", shapes.disc(place.lat, place.lon, radius_m), assumptions=tuple(assumptions), settings=names
        )  # fmt: skip
        return drawn.based_on(zone=zone.id, places=(zone.anchor or "",))

    def relation(self, relation: Relation) -> Drawn:
        """Draw one statement of where.

        Raises
        ------
        NotDrawn
            If it makes no shape; the message says why.
        """
        draw: Callable[[Relation], Drawn] = getattr(self, f"_{relation.kind}")
        said = self._said(relation)
        drawn = self._drawn.get(said) or draw(relation)
        self._drawn[said] = drawn
        doubts = tuple(
            f"{mention.text!r} is taken to mean {mention.place.name}"
            f" ({mention.place.country or mention.place.feature}), with probability {mention.probability:.2f}"
            for anchor in relation.anchors
            if (mention := self.mentions[anchor]).place and (mention.probability or 0) < 0.95
        )
        drawn = drawn.based_on(relation=relation.id, zone=relation.zone or "", places=tuple(relation.anchors))
        return Drawn(**{**drawn.__dict__, "assumptions": (*drawn.assumptions, *doubts)})

    def _said(self, relation: Relation) -> tuple[object, ...]:
        """Return all of a statement that its shape hangs on: a report that says a thing again gets one shape for it."""
        measure = self.measures.get(relation.measure or "")
        places = [self.mentions[anchor].place for anchor in relation.anchors]
        return (
            relation.kind, relation.qualifier, relation.zone, relation.metres, relation.low_m, relation.high_m,
            relation.bearing_deg, relation.bearing_halfwidth_deg,
            measure and (measure.value, decimals(measure.text)),
            *places,
        )  # fmt: skip

    # -- what a relation is measured from -----------------------------------------------

    def _place(self, relation: Relation, index: int = 0) -> Place:
        mention = self.mentions[relation.anchors[index]]
        if mention.place is None:
            msg = mention.reason or f"it is not known which place {mention.text!r} means"
            raise NotDrawn(msg)
        return mention.place

    def _outline(self, place: Place) -> BaseGeometry | None:
        if place not in self._outlines:
            polygon = self.outlines.polygon_of(place)
            self._outlines[place] = simplified(polygon) if polygon is not None else None
        return self._outlines[place]

    def _area(self, place: Place) -> BaseGeometry:
        outline = self._outline(place)
        if outline is not None:
            return outline
        if place.feature in _OUTLINED:
            msg = f"no outline of {place.name} is at hand"
            raise NotDrawn(msg)
        return shapes.disc(place.lat, place.lon, max(place.extent_m, 1.0))

    def _point_like(self, place: Place, what: str) -> Place:
        if place.feature in _WIDE and place.extent_m > SMALL_REGION_M:
            msg = f"{what} a whole {place.feature} ({place.name}) is too loose to draw"
            raise NotDrawn(msg)
        return place

    def _zone_radius(self, zone: Zone) -> float:
        if self.settings.zone_radius is not None:
            return self.settings.metres("zone_radius")
        if zone.radius_m is None:
            msg = "the report gives no radius"
            raise NotDrawn(msg)
        return zone.radius_m

    def _zone_centre(self, zone: Zone) -> Place:
        mention = self.mentions.get(zone.anchor or "")
        if mention is None:
            msg = "the report names no centre"
            raise NotDrawn(msg)
        if mention.place is None:
            msg = mention.reason or f"it is not known which place {mention.text!r} means"
            raise NotDrawn(msg)
        return mention.place

    def _halfwidth_m(self, relation: Relation, place: Place, kind: str) -> float:
        """Return how far the truth may be from the stated distance on either side."""
        metres = relation.metres or 0.0
        measure = self.measures.get(relation.measure or "")
        digits = half_last_digit_m(measure.value, metres, decimals(measure.text)) if measure else 0.0
        return halfwidth_m(kind, self.settings.coverage, metres, place.extent_m, digits)

    def _band(self, relation: Relation, halfwidth_m: float) -> tuple[float, float]:
        metres = relation.metres or 0.0
        low = relation.low_m if relation.low_m is not None else metres
        high = relation.high_m if relation.high_m is not None else metres
        return max(low - halfwidth_m, 0.0), high + halfwidth_m

    # -- one method a kind of relation ---------------------------------------------------

    def _coordinates(self, relation: Relation) -> Drawn:
        place = self._place(relation)
        return Drawn("point", Point(place.lon, place.lat), uncertainty_m=place.extent_m)

    def _in(self, relation: Relation) -> Drawn:
        place = self._place(relation)
        return Drawn("region" if self._outline(place) is not None else "disc", self._area(place))

    _at = _in

    def _near(self, relation: Relation) -> Drawn:
        place = self._point_like(self._place(relation), "near")
        reach_m = self.settings.metres("near")
        text = f"'near' is taken as within {self.settings.near} of the edge of {place.name}"
        disc = shapes.disc(place.lat, place.lon, place.extent_m + reach_m)
        return Drawn("disc", disc, assumptions=(text,), settings=("near",))

    def _distance(self, relation: Relation) -> Drawn:
        place = self._place(relation)
        outline = self._outline(place)
        halfwidth_m = self._halfwidth_m(relation, place if outline is None else _edgeless(place), "distance")
        low, high = self._band(relation, halfwidth_m)
        if outline is not None:
            return self._from_outline(outline, low, high, at_sea=relation.qualifier == "coast")
        geometry = (
            shapes.ring(place.lat, place.lon, low, high)
            if low > 0
            else shapes.disc(place.lat, place.lon, high)
        )
        shape: ShapeKind = "ring" if low > 0 else "disc"
        return Drawn(
            shape, geometry, self.settings.coverage, assumptions=(self._width_note(),), settings=("coverage",)
        )

    def _from_outline(self, outline: BaseGeometry, low_m: float, high_m: float, *, at_sea: bool) -> Drawn:
        """Draw a distance from a region: the band outside its outline, from a coast only over the sea."""
        edge = outline.boundary
        band = strip(edge, high_m)
        if low_m > 0:
            band = band.difference(strip(edge, low_m))
        text = "a distance from a region is measured from its outline, outward"
        band = band.difference(outline)
        if at_sea:
            text = "a distance from a coast is measured from it over the sea"
            band = band.difference(unary_union([land for _, _, land in self.outlines.land_near(band.bounds)]))
        if band.is_empty:
            msg = "nothing lies at that distance from it"
            raise NotDrawn(msg)
        band = simplified(band)
        return Drawn("corridor", band, self.settings.coverage, assumptions=(text,), settings=("coverage",))

    def _offset(self, relation: Relation) -> Drawn:
        place = self._place(relation)
        place = self._point_like(place, "a distance and direction from")
        low, high = self._band(relation, self._halfwidth_m(relation, place, "offset"))
        half = max(relation.bearing_halfwidth_deg or 0.0, halfwidth_deg("offset", self.settings.coverage))
        geometry = shapes.sector(place.lat, place.lon, low, high, relation.bearing_deg or 0.0, half)
        note = self._width_note()
        return Drawn("sector", geometry, self.settings.coverage, assumptions=(note,), settings=("coverage",))

    def _width_note(self) -> str:
        return (
            f"as wide as holds {self.settings.coverage:.0%} of such statements in reports from sea;"
            " on land a stated distance is often that by road, and longer"
        )

    def _within(self, relation: Relation) -> Drawn:
        place = self._place(relation)
        radius_m = relation.high_m or relation.metres or 0.0
        outline = self._outline(place)
        if outline is not None:
            return Drawn("region", unary_union([outline, strip(outline.boundary, radius_m)]))
        text = f"measured from the edge of {place.name}, {place.extent_m / 1000:.1f} km from its middle"
        return Drawn(
            "disc", shapes.disc(place.lat, place.lon, radius_m + place.extent_m), assumptions=(text,)
        )

    def _beyond(self, relation: Relation) -> Drawn:  # noqa: ARG002  one signature for all kinds
        msg = "'more than' a distance has no outer limit"
        raise NotDrawn(msg)

    def _zone(self, relation: Relation) -> Drawn:
        zone = self.zones.get(relation.zone or "")
        if zone is None:
            msg = "the zone is not known"
            raise NotDrawn(msg)
        place, radius_m = self._zone_centre(zone), self._zone_radius(zone)
        if relation.metres is not None:
            halfwidth_m = self._halfwidth_m(relation, _edgeless(place), "distance")
            outward = relation.metres if relation.qualifier == "outside" else -relation.metres
            low, high = max(radius_m + outward - halfwidth_m, 0.0), radius_m + outward + halfwidth_m
            low, high = (max(low, radius_m), high) if outward > 0 else (low, min(high, radius_m))
            if low >= high:
                msg = "the distance into the zone is longer than its radius"
                raise NotDrawn(msg)
            band = (
                shapes.ring(place.lat, place.lon, low, high)
                if low > 0
                else shapes.disc(place.lat, place.lon, high)
            )
            return Drawn("ring", band, self.settings.coverage, settings=("coverage", "zone_radius"))
        if relation.qualifier == "outside":
            msg = "'outside' a zone has no outer limit"
            raise NotDrawn(msg)
        if relation.qualifier == "edge" and self.settings.edge_share < 1:
            inner_m = radius_m * (1 - self.settings.edge_share)
            text = f"'just inside' is taken as the outer {self.settings.edge_share:.0%} of the zone's radius"
            band = shapes.ring(place.lat, place.lon, inner_m, radius_m)
            return Drawn("ring", band, assumptions=(text,), settings=("edge_share", "zone_radius"))
        return self.zone(zone)

    def _part(self, relation: Relation) -> Drawn:
        place = self._place(relation)
        area = self._area(place)
        if relation.bearing_deg is None:
            text = f"the centre of {place.name} is taken as the middle {CENTRE_SHARE:.0%} of its area"
            return Drawn("region", shapes.centre_part(area, CENTRE_SHARE), assumptions=(text,))
        text = f"this part of {place.name} is taken as the {PART_SHARE:.0%} of its area on that side"
        return Drawn(
            "region", shapes.halfplane_part(area, relation.bearing_deg, PART_SHARE), assumptions=(text,)
        )

    def _direction(self, relation: Relation) -> Drawn:
        place = self._point_like(self._place(relation), "a direction from")
        reach_m = place.extent_m + self.settings.metres("near")
        half = max(relation.bearing_halfwidth_deg or 45.0, halfwidth_deg("offset", self.settings.coverage))
        text = f"a direction without a distance is taken to reach {self.settings.near} beyond {place.name}"
        wedge = shapes.sector(place.lat, place.lon, 0.0, reach_m, relation.bearing_deg or 0.0, half)
        return Drawn("sector", wedge, assumptions=(text,), settings=("near",))

    def _between(self, relation: Relation) -> Drawn:
        first, second = (self._point_like(self._place(relation, i), "between") for i in (0, 1))
        if first.feature == second.feature == "country":
            msg = "between two countries is too loose to draw"
            raise NotDrawn(msg)
        length_m = geodesic_m(first.lat, first.lon, second.lat, second.lon)
        halfwidth_m = max(self.settings.metres("corridor"), ROAD_SHARE * length_m)
        ends = [(first.lat, first.lon), (second.lat, second.lon)]
        area = shapes.corridor(ends, halfwidth_m)
        text = f"drawn as a straight corridor {halfwidth_m / 1000:.0f} km to either side; the way itself is not known"
        if relation.qualifier == "halfway":
            middles = [shapes.disc(place.lat, place.lon, length_m * 0.65) for place in (first, second)]
            area = intersection(area, intersection(*middles))
            text += "; 'halfway' is taken as the middle 30 %"
        return Drawn("corridor", area, assumptions=(text,), settings=("corridor",))

    _along = _between

    def _border(self, relation: Relation) -> Drawn:
        countries = [self._place(relation, i) for i in range(len(relation.anchors))]
        codes = list(dict.fromkeys(place.country for place in countries if place.country))
        if not codes:
            msg = "no country of the border is known"
            raise NotDrawn(msg)
        assumed: tuple[str, ...] = ()
        side = None
        if len(codes) == 1:
            neighbour = self._neighbour(codes[0])
            if neighbour:
                codes.append(neighbour)
                inside = codes[0] if relation.qualifier == "edge" else neighbour
                side = self.outlines.country(inside) if relation.metres else None
                assumed = (
                    f"the border is taken to be that of {codes[0]} and {neighbour}, of which the report speaks",
                )
        line = self.outlines.border(codes[0], codes[1] if len(codes) > 1 else None)
        if line is not None and relation.bearing_deg is not None:
            line = self._side(line, codes[0], relation.bearing_deg)
        if line is None or line.is_empty:
            msg = f"no such land border of {' and '.join(codes)} is at hand"
            raise NotDrawn(msg)
        if relation.metres:
            halfwidth_m = self._halfwidth_m(relation, _edgeless(countries[0]), "distance")
            low, high = self._band(relation, halfwidth_m)
            low = 0.0 if relation.low_m == 0 else low  # the depth of a strip starts at the line
            band = strip(line, high)
            band = band.difference(strip(line, low)) if low > 0 else band
            band = band if side is None else intersection(band, simplified(side))
            return Drawn(
                "corridor", band, self.settings.coverage, assumptions=assumed, settings=("coverage",)
            )
        text = f"'on' or 'near' a border is taken as within {self.settings.near_border} of it"
        area = strip(line, self.settings.metres("near_border"))
        return Drawn("corridor", area, assumptions=(*assumed, text), settings=("near_border",))

    def _neighbour(self, code: str) -> str | None:
        """Return the country most spoken of in the report that shares a land border with a country."""
        spoken = (other for other, _ in self._spoken.most_common() if other != code)
        return next((other for other in spoken if self.outlines.border(code, other)), None)

    def _side(self, line: BaseGeometry, code: str, bearing_deg: float) -> BaseGeometry:
        """Return the part of a country's border on one side: "Syria's southern border"."""
        outline = self.outlines.country(code)
        if outline is None:
            return line
        part = shapes.halfplane_part(simplified(outline), bearing_deg, PART_SHARE).buffer(0.05)
        side = line.intersection(part)
        return line_merge(side) if side.geom_type == "MultiLineString" else side


def _edgeless(place: Place) -> Place:
    """Return a place with no extent: a distance from a region or a border is from its line."""
    return place.model_copy(update={"extent_m": 0.0})
