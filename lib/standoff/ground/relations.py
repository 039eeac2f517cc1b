"""Relations and zones -> shapes: which shape a statement of where makes, and how wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from shapely import line_merge
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from standoff.extract.numbers import decimals
from standoff.geodesy import (
    MAX_RADIUS_M,
    area_km2,
    geodesic_m,
    intersection,
    polygonal,
    reach_m,
    representative_point,
)
from standoff.ground import shapes
from standoff.ground.anchors import (
    OUTLINED,
    SMALL_REGION_M,
    Anchors,
    NotDrawn,
    Outlines,
    extent_m,
    from_anywhere,
)
from standoff.ground.coverage import Width, half_last_digit_m, width_of
from standoff.ground.drawn import Drawn, inland, simplified
from standoff.ground.strips import strip
from standoff.model import Candidate, Measure, Place, PlaceMention, Relation, ShapeKind, Zone
from standoff.settings import Settings

# A country's "southern border" is that of this share of its area; no source: a reading to be tested on data.
PART_SHARE = 0.5
CENTRE_SHARE = 1 / 3
# A line between two towns is straight here and the road is not: a share of its length on both sides.
ROAD_SHARE = 0.1
# Less of a shape than this at sea: the words do not speak of the sea after all, or the anchor is another place.
_LEAST_SEA = 0.1
NONE_ON_LAND = "of those on land there are no data"
"""What is assumed of a shape whose share was measured at sea alone; a legend must not hide it."""
_WHERE = {
    "line": "in lists of places",
    "sea": "in reports from sea",
    "land": "in prose about where places lie, where a distance is often that by road",
    "event": f"of events at sea; {NONE_ON_LAND}, and a distance by road is longer",
}


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
        self.anchors = Anchors(mentions, outlines)
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
        doubts = [self.anchors.doubt(self.mentions[anchor]) for anchor in relation.anchors]
        noted = tuple(note for note in (*doubts, relation.assumed) if note)
        drawn = drawn.based_on(relation=relation.id, zone=relation.zone or "", places=tuple(relation.anchors))
        return Drawn(**{**drawn.__dict__, "assumptions": (*drawn.assumptions, *noted)})

    def at(self, settings: Settings) -> Draughtsman:
        """Return one that draws the same report with other settings."""
        other = Draughtsman(self.mentions, self.measures, self.outlines, settings)
        other.zones = self.zones
        return other

    def _said(self, relation: Relation) -> tuple[object, ...]:
        """Return all of a statement that its shape hangs on: a report that says a thing again gets one shape for it."""
        measure = self.measures.get(relation.measure or "")
        places = [self.anchors.meant(relation, self.mentions[anchor]) for anchor in relation.anchors]
        return (
            relation.kind, relation.qualifier, relation.zone, relation.metres, relation.low_m, relation.high_m,
            relation.bearing_deg, relation.bearing_halfwidth_deg, relation.text_kind,
            measure and (measure.value, decimals(measure.text)),
            *places,
        )  # fmt: skip

    # -- what a relation is measured from -----------------------------------------------

    def alternatives(self, relation: Relation) -> Iterator[tuple[Candidate, Drawn]]:
        """Yield the shapes for other places that the anchor may mean, where the choice is in doubt."""
        if not relation.anchors:
            return
        mention = self.mentions[relation.anchors[0]]
        for candidate, other in self.anchors.rivals(mention):
            sure = mention.model_copy(update={"place": other, "probability": 1.0})
            mentions = {**self.mentions, mention.id: sure}
            try:
                drawn = Draughtsman(mentions, self.measures, self.outlines, self.settings).relation(relation)
            except (NotDrawn, ValueError):
                continue
            where = other.country or other.feature
            text = (
                f"if {mention.text!r} means {other.name} ({where}): probability {candidate.probability:.2f}"
            )
            yield candidate, replace(drawn, assumptions=(*drawn.assumptions, text))

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

    def _width(self, relation: Relation, kind: str) -> Width | None:
        """Return how wide such a statement is drawn; None where nothing is known of it."""
        return width_of(kind, relation.text_kind, self.settings.coverage, relation.bearing_halfwidth_deg)

    def _digits_m(self, relation: Relation) -> float:
        measure = self.measures.get(relation.measure or "")
        metres = relation.metres or 0.0
        return half_last_digit_m(measure.value, metres, decimals(measure.text)) if measure else 0.0

    def _either_side_m(self, relation: Relation) -> float:
        """Return how far the truth may lie from a distance that is measured from a line, on either side."""
        metres = relation.metres or 0.0
        low, high = self._band(relation, self._known_width(relation, "distance"), 0.0)
        return max(metres - low, high - metres)

    def _band(self, relation: Relation, width: Width, extent_m: float) -> tuple[float, float]:
        """Return how near to and how far from its anchor a statement puts the truth."""
        metres = relation.metres or 0.0
        low = relation.low_m if relation.low_m is not None else metres
        high = relation.high_m if relation.high_m is not None else metres
        return width.band_m(low, high, extent_m, self._digits_m(relation))

    # -- one method a kind of relation ---------------------------------------------------

    def _coordinates(self, relation: Relation) -> Drawn:
        place = self.anchors.place(relation)
        return Drawn("point", Point(place.lon, place.lat), uncertainty_m=place.extent_m)

    def _in(self, relation: Relation) -> Drawn:
        place = self.anchors.place(relation)
        outline = self.anchors.outline(place)
        if outline is not None:
            return Drawn("region", outline)
        width = self._width(relation, "at")
        if width is None or place.feature in OUTLINED:
            return Drawn("disc", self.anchors.area(place))
        radius_m = width.outer_extent * place.extent_m + width.outer_m
        text = (
            f"as wide as holds {self.settings.coverage:.0%} of such statements {_WHERE[relation.text_kind]}"
        )
        return self._fitted("disc", shapes.disc(place.lat, place.lon, max(radius_m, 1.0)), text)

    _at = _in

    def _fitted(self, shape: ShapeKind, geometry: BaseGeometry, *assumptions: str) -> Drawn:
        """Return a shape as wide as the table has it for the coverage asked for."""
        return Drawn(
            shape, geometry, self.settings.coverage, assumptions=tuple(assumptions), settings=("coverage",)
        )

    def _near(self, relation: Relation) -> Drawn:
        place = self.anchors.place(relation)
        outline = self.anchors.outline(place)
        if outline is not None and relation.qualifier == "coast" and place.feature != "island":
            return self._off_coast(relation, outline)
        width = self._width(relation, "near") if self.settings.near is None else None
        reach_m = width.outer_m if width else self.settings.reach_m("near")
        place = self.anchors.point_like(place, "near")
        extent_m = (width.outer_extent if width else 1.0) * place.extent_m
        if outline is not None:
            area = unary_union([outline, strip(outline.boundary, reach_m)])
        else:
            area = shapes.disc(place.lat, place.lon, extent_m + reach_m)
        where = "the outline" if outline is not None else "the middle"
        whole_m = reach_m if outline is not None else extent_m + reach_m
        text = f"'near' is taken as within {whole_m / 1000:.0f} km of {where} of {place.name}"
        drawn = Drawn("disc" if outline is None else "region", area, assumptions=(text,), settings=("near",))
        return self._kept_to_sea(relation, self._as_claimed(drawn) if width else drawn)

    def _as_claimed(self, drawn: Drawn) -> Drawn:
        return replace(drawn, coverage=self.settings.coverage, settings=(*drawn.settings, "coverage"))

    def _off_coast(self, relation: Relation, outline: BaseGeometry) -> Drawn:
        """Draw "off the Libyan coast": the sea within reach of it, of the side that is named."""
        reach_m = self.settings.reach_m("near")
        area = self._towards(relation, outline, strip(outline.boundary, reach_m).difference(outline))
        text = f"'off' a coast is taken as within {reach_m / 1000:.0f} km of it"
        drawn = Drawn("corridor", simplified(area), assumptions=(text,), settings=("near",))
        return self._kept_to_sea(relation, drawn)

    def _distance(self, relation: Relation) -> Drawn:
        place = self.anchors.place(relation)
        outline = self.anchors.outline(place)
        width = self._known_width(relation, "distance")
        low, high = self._band(relation, width, extent_m(place) if outline is None else 0.0)
        if outline is not None:
            return self._from_outline(relation, outline, low, high)
        shape: ShapeKind = "ring" if low > 0 else "disc"
        at = (place.lat, place.lon)
        band = shapes.ring(*at, low, high) if low > 0 else shapes.disc(*at, high)
        drawn = self._fitted(shape, from_anywhere(place, band), self._width_note(relation))
        return self._kept_to_sea(relation, drawn)

    def _known_width(self, relation: Relation, kind: str) -> Width:
        width = self._width(relation, kind)
        width = width or width_of(kind, "event", self.settings.coverage, relation.bearing_halfwidth_deg)
        if width is None:
            msg = f"data/coverage.csv has no row for {kind}"
            raise NotDrawn(msg)
        return width

    def _from_outline(
        self, relation: Relation, outline: BaseGeometry, low_m: float, high_m: float, half_deg: float = 180.0
    ) -> Drawn:
        """Draw a distance from a region or island: the band outside its outline, from a coast only over the sea."""
        edge = outline.boundary
        band = strip(edge, high_m)
        if low_m > 0:
            band = band.difference(strip(edge, low_m))
        band = self._towards(relation, outline, band.difference(outline), half_deg)
        if band.is_empty:
            msg = "nothing lies at that distance from it"
            raise NotDrawn(msg)
        text = "a distance from a region or an island is measured from its outline, outward"
        drawn = self._fitted("corridor", simplified(band), text, self._width_note(relation))
        return self._kept_to_sea(relation, drawn)

    def _towards(
        self, relation: Relation, outline: BaseGeometry, band: BaseGeometry, half_deg: float = 45.0
    ) -> BaseGeometry:
        """Cut what lies round an outline to the side that a statement names; all of it where none is named."""
        if relation.bearing_deg is None or half_deg >= 180:
            return band
        lat, lon = representative_point(outline)
        reach = min(reach_m(band, lat, lon) * 1.01, MAX_RADIUS_M)
        return intersection(band, shapes.sector(lat, lon, 0.0, reach, relation.bearing_deg, half_deg))

    def _offset(self, relation: Relation) -> Drawn:
        place = self.anchors.place(relation)
        outline = self.anchors.outline(place)
        width = self._known_width(relation, "offset")
        metres = relation.metres or 0.0
        half_deg = width.half_angle_deg(metres, extent_m(place))
        low, high = self._band(relation, width, extent_m(place) if outline is None else 0.0)
        if outline is not None:
            return self._from_outline(relation, outline, low, high, half_deg)
        place = self.anchors.point_like(place, "a distance and direction from")
        sector = shapes.sector(place.lat, place.lon, low, high, relation.bearing_deg or 0.0, half_deg)
        area = from_anywhere(place, sector)
        return self._kept_to_sea(relation, self._fitted("sector", area, self._width_note(relation)))

    def _kept_to_sea(self, relation: Relation, drawn: Drawn) -> Drawn:
        """Cut what a text says about the sea to the sea, unless next to nothing would be left."""
        if relation.text_kind != "sea" or not self.settings.keep_to_sea:
            return drawn
        bounds = drawn.geometry.bounds
        land = [inland(shape) for _, _, shape in self.outlines.land_near(bounds)]
        sea = drawn.geometry.difference(unary_union([shape for shape in land if not shape.is_empty]))
        share = area_km2(sea) / max(area_km2(drawn.geometry), 1e-9) if not sea.is_empty else 0.0
        if not _LEAST_SEA <= share < 0.999:
            return drawn
        text = "assumed to lie at sea, of which the text speaks; keep_to_sea switches this off"
        return replace(
            drawn, geometry=polygonal(sea), assumptions=(*drawn.assumptions, text),
            settings=(*drawn.settings, "keep_to_sea"),
        )  # fmt: skip

    def _width_note(self, relation: Relation) -> str:
        return (
            f"as wide as holds {self.settings.coverage:.0%} of such statements {_WHERE[relation.text_kind]}"
        )

    def _within(self, relation: Relation) -> Drawn:
        place = self.anchors.place(relation)
        radius_m = relation.high_m or relation.metres or 0.0
        outline = self.anchors.outline(place)
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
            halfwidth_m = self._either_side_m(relation)
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
        place = self.anchors.place(relation)
        area = self.anchors.area(place)
        if relation.bearing_deg is None:
            text = f"the centre of {place.name} is taken as the middle {CENTRE_SHARE:.0%} of its area"
            return Drawn("region", shapes.centre_part(area, CENTRE_SHARE), assumptions=(text,))
        # Fitted on articles: lines of lists and reports from sea are looser with it.
        is_prose = relation.text_kind in ("land", "event")
        width = width_of("part", "land", self.settings.coverage) if is_prose else None
        share = width.outer_share if width else PART_SHARE
        text = f"this part of {place.name} is taken as the {share:.0%} of its area on that side"
        part = shapes.halfplane_part(area, relation.bearing_deg, share)
        return self._fitted("region", part, text) if width else Drawn("region", part, assumptions=(text,))

    def _direction(self, relation: Relation) -> Drawn:
        place = self.anchors.place(relation)
        outline = self.anchors.outline(place)
        width = self._width(relation, "direction") if self.settings.near is None else None
        reach = width.outer_m if width else self.settings.reach_m("near")
        half = width.half_angle_deg(0.0, 0.0) if width else max(relation.bearing_halfwidth_deg or 45.0, 45.0)
        text = f"a direction without a distance is taken to reach {reach / 1000:.0f} km beyond {place.name}"
        if outline is not None and place.extent_m <= SMALL_REGION_M:
            wedge = self._towards(relation, outline, strip(outline.boundary, reach).difference(outline), half)
        else:
            place = self.anchors.point_like(place, "a direction from")
            reach += place.extent_m
            wedge = shapes.sector(place.lat, place.lon, 0.0, reach, relation.bearing_deg or 0.0, half)
        drawn = Drawn("sector", wedge, assumptions=(text,), settings=("near",))
        return self._kept_to_sea(relation, self._as_claimed(drawn) if width else drawn)

    def _between(self, relation: Relation) -> Drawn:
        first, second = (self.anchors.point_like(self.anchors.place(relation, i), "between") for i in (0, 1))
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
        countries = [self.anchors.place(relation, i) for i in range(len(relation.anchors))]
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
            low, high = self._band(relation, self._known_width(relation, "distance"), 0.0)
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
