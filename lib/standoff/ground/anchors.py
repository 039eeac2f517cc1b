"""What a statement of where is measured from: the place meant, its outline, and what is in doubt about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from standoff.geodesy import geodesic_m, polygonal
from standoff.ground import shapes
from standoff.ground.drawn import simplified
from standoff.ground.strips import strip
from standoff.model import Candidate, Place, PlaceMention, Relation

# A region this small (an island state, a city province) is where a distance can be measured from.
SMALL_REGION_M = 250_000.0
# An unknown cape on an island of this size is anywhere on it; in a larger region it is nowhere.
SMALL_HOLDER_M = 60_000.0
_ANYWHERE = "anywhere in it"
# A place this sure has no rivals; a rival this likely is drawn, too, unless it lies at the same spot.
_SURE, _PLAUSIBLE, SAME_SPOT_M = 0.95, 0.15, 50_000.0
# Without an outline these are not drawn: a disc of their extent says little of where they are.
OUTLINED = frozenset({"country", "admin1", "continent"})
_WIDE = OUTLINED | {"admin2", "region", "sea", "ocean", "gulf", "desert", "river", "mountain"}


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


class Anchors:
    """The places that the statements of one report are measured from.

    Parameters
    ----------
    mentions : dict of str to PlaceMention
        Resolved mentions by id.
    outlines : Outlines
        Regions and borders.
    """

    def __init__(self, mentions: dict[str, PlaceMention], outlines: Outlines) -> None:
        self.mentions = mentions
        self._known = outlines
        self._outlines: dict[Place, BaseGeometry | None] = {}

    def place(self, relation: Relation, index: int = 0) -> Place:
        """Return the place of one of a statement's anchors.

        Raises
        ------
        NotDrawn
            If it is not known.
        """
        mention = self.mentions[relation.anchors[index]]
        place = self.meant(relation, mention)
        if place is None:
            msg = mention.reason or f"it is not known which place {mention.text!r} means"
            raise NotDrawn(msg)
        return place

    def meant(self, relation: Relation, mention: PlaceMention) -> Place | None:
        """Return the place that a mention means; of an unknown one somewhere in the place that the report puts it in."""
        if mention.place is not None:
            return mention.place
        holder = self.holder(mention)
        if holder is None:
            return None
        if relation.kind in ("at", "in"):
            return holder
        if holder.extent_m > SMALL_HOLDER_M or holder.feature == "city":
            return None  # what is called after the next town may be far out of it
        return holder.model_copy(update={"gid": f"in:{holder.gid}", "feature": _ANYWHERE})

    def holder(self, mention: PlaceMention) -> Place | None:
        """Return the place that the report puts a mention in: Syria of "At Tanf, Syria"."""
        holder = self.mentions.get(mention.inside or "")
        return holder.place if holder is not None else None

    def doubt(self, mention: PlaceMention) -> str | None:
        """Return in words what is not sure about the place that a mention means."""
        place = mention.place
        if place is None:
            holder = self.holder(mention)
            return (
                f"{mention.text!r} is not known: it is taken as somewhere in {holder.name}"
                if holder
                else None
            )
        if (mention.probability or 0.0) >= _SURE:
            return None
        where = place.country or place.feature
        return f"{mention.text!r} is taken to mean {place.name} ({where}), with probability {mention.probability:.2f}"

    def outline(self, place: Place) -> BaseGeometry | None:
        """Return the outline of a place with fewer corners, or None."""
        if place not in self._outlines:
            polygon = self._known.polygon_of(place)
            self._outlines[place] = simplified(polygon) if polygon is not None else None
        return self._outlines[place]

    def area(self, place: Place) -> BaseGeometry:
        """Return the outline of a place, else a disc of its extent.

        Raises
        ------
        NotDrawn
            If a disc would say too little: of a country without an outline.
        """
        outline = self.outline(place)
        if outline is not None:
            return outline
        if place.feature in OUTLINED:
            msg = f"no outline of {place.name} is at hand"
            raise NotDrawn(msg)
        return shapes.disc(place.lat, place.lon, max(place.extent_m, 1.0))

    def point_like(self, place: Place, what: str) -> Place:
        """Return the place again.

        Raises
        ------
        NotDrawn
            If it is too large for something to be measured from its middle.
        """
        if place.feature in _WIDE and place.extent_m > SMALL_REGION_M:
            msg = f"{what} a whole {place.feature} ({place.name}) is too loose to draw"
            raise NotDrawn(msg)
        return place

    def rivals(self, mention: PlaceMention) -> Iterator[tuple[Candidate, Place]]:
        """Yield the other places that a mention may well mean, at other spots, where the choice is in doubt."""
        if mention.place is None or (mention.probability or 0.0) >= _SURE:
            return
        for candidate in mention.candidates:
            other = _place_of(candidate)
            if other and candidate.probability >= _PLAUSIBLE and not _same_spot(other, mention.place):
                yield candidate, other


def extent_m(place: Place) -> float:
    """Return how large an anchor is; one that is anywhere in a place is a spot, and moves the whole shape instead."""
    return 0.0 if place.feature == _ANYWHERE else place.extent_m


def from_anywhere(place: Place, shape: BaseGeometry) -> BaseGeometry:
    """Return a shape for all spots that an unknown anchor may be at: the shape, and all within the extent of it."""
    if place.feature != _ANYWHERE:
        return shape
    return polygonal(unary_union([shape, strip(shape.boundary, place.extent_m)]))


def _place_of(candidate: Candidate) -> Place | None:
    """Return a candidate as a place, as far as enough is known of it to draw something."""
    if candidate.extent_m is None or candidate.feature is None:
        return None
    return Place(
        gid=candidate.gid, name=candidate.name, lat=candidate.lat, lon=candidate.lon, country=candidate.country,
        feature=candidate.feature, extent_m=candidate.extent_m, source=candidate.source or "",
    )  # fmt: skip


def _same_spot(one: Place, other: Place) -> bool:
    return geodesic_m(one.lat, one.lon, other.lat, other.lon) <= max(
        one.extent_m, other.extent_m, SAME_SPOT_M
    )
