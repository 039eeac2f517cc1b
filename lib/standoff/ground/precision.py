"""How precisely an event is placed, in the codes of two data sets: UCDP GED's `where_prec`, ACLED's `geo_precision`.

The rules are in docs/precision.md. Both code books grade what the *report* says (a town, a district, a
country), so the codes come from the statements that made a footprint and from the kinds of their places;
its size decides only where a statement is relative ("24 miles from the base").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from shapely.ops import unary_union

from standoff.geodesy import area_km2, intersection, reach_m
from standoff.ground.anchors import Outlines
from standoff.ground.drawn import Drawn, inland
from standoff.model import Place, Relation

EXACT, NEAR, DISTRICT, PROVINCE, FUZZY, COUNTRY, WATER = range(1, 8)
"""The codes of UCDP GED."""

# UCDP's code 2 is "within about 25 km of a known point"; the size of a town is our estimate.
NEAR_M, TOWN_M = 25_000.0, 5_000.0
# As for what is cut to the sea: with less than this on land, the land is the coast's generalised outline.
_LEAST_LAND = 0.1
_ROUND_DEG = 0.1

_OF_AREA = {"admin2": DISTRICT, "admin1": PROVINCE, "country": COUNTRY, "continent": COUNTRY}
_SEAS = frozenset({"sea", "ocean", "gulf", "bay", "strait"})
# Larger than a town, and no unit of administration: UCDP has fuzzy areas, lines and islands under 5.
_WIDE = frozenset(
    {"region", "desert", "mountain range", "peninsula", "valley", "river", "canal", "lake", "island", "island group"}
)  # fmt: skip
_LINES = frozenset({"between", "along", "border"})
_INSIDE = frozenset({"at", "in", "part"})


class Precision(NamedTuple):
    """The codes of one event."""

    where_prec: int
    geo_precision: int


Statement = tuple[Relation, list[Place]]
"""A statement of where with the places that it is measured from."""


def precision_of(
    drawn: Drawn, uncertainty_m: float, statements: Iterable[Statement], *, is_over_water: bool
) -> Precision:
    """Return how precisely a shape places an event.

    Parameters
    ----------
    drawn : Drawn
        The footprint.
    uncertainty_m : float
        Radius of the circle round its lat, lon that holds it.
    statements : iterable of (Relation, list of Place)
        What made it; the most precise one decides.
    is_over_water : bool
        Whether the shape lies over the sea, see `over_water`.

    Examples
    --------
    >>> from shapely.geometry import Point
    >>> spot = Drawn("point", Point(38.7, 33.6), uncertainty_m=8.0)
    >>> relation = Relation(id="r1", kind="coordinates", text="33.6, 38.7", start=0, end=10)
    >>> precision_of(spot, 8.0, [(relation, [])], is_over_water=False)
    Precision(where_prec=1, geo_precision=1)
    """
    size = _Size(drawn, uncertainty_m)
    codes = [_code(relation, places, size) for relation, places in statements]
    if is_over_water or WATER in codes:
        # Nothing is "a larger region" at sea to ACLED: how well it is placed is a matter of metres.
        return Precision(WATER, 1 if uncertainty_m <= TOWN_M else 2 if uncertainty_m <= NEAR_M else 3)
    best = min(codes, default=size.code([]))
    return Precision(best, _acled(best, uncertainty_m))


def over_water(drawn: Drawn, outlines: Outlines) -> bool:
    """Say whether a shape lies over the sea, but for what generalised outlines of the coast may have wrong."""
    area = drawn.geometry
    west, south, east, north = area.bounds
    # Wider than the shape: land is clipped to the box, and `inland` would shrink it from there, too.
    box = (west - _ROUND_DEG, south - _ROUND_DEG, east + _ROUND_DEG, north + _ROUND_DEG)
    land = unary_union([inland(shape) for _, _, shape in outlines.land_near(box)])
    if not area.intersects(land):
        return True
    return area.geom_type != "Point" and area_km2(intersection(area, land)) < _LEAST_LAND * area_km2(area)


class _Size(NamedTuple):
    """How far a shape reaches, which decides where a place is told from others."""

    drawn: Drawn
    uncertainty_m: float

    def code(self, places: Iterable[Place]) -> int:
        """Return the code: all of the shape is near the point that stands for it or near a place, or it is not."""
        reaches = [reach_m(self.drawn.area, place.lat, place.lon) for place in _points(places)]
        return NEAR if min([self.uncertainty_m, *reaches]) <= NEAR_M else FUZZY


def _points(places: Iterable[Place]) -> list[Place]:
    """Return the places that are known points: near the middle of a region is near nothing that a report names."""
    return [place for place in places if place.feature not in _WIDE | _SEAS | set(_OF_AREA)]


def _code(relation: Relation, places: list[Place], size: _Size) -> int:
    """Return the code of one statement."""
    if relation.kind in _INSIDE and places:
        return _of_place(places[0], is_part=relation.kind == "part")
    if relation.kind == "coordinates" and size.uncertainty_m <= TOWN_M:
        return EXACT
    if relation.kind == "near" and _points(places):
        return NEAR  # both code books name "near a town"; how far that is drawn is our choice
    return size.code([] if relation.kind in _LINES else places)


def _of_place(place: Place, *, is_part: bool) -> int:
    """Return the code of an event in a place, or in a part of it."""
    if place.feature in _SEAS:
        return WATER
    if place.feature in _OF_AREA:
        code = _OF_AREA[place.feature]
        return FUZZY if is_part and code == COUNTRY else code
    if place.feature in _WIDE:
        return FUZZY
    if place.feature in {"mountain", "cape"} and place.extent_m > TOWN_M:
        return NEAR if place.extent_m <= NEAR_M else FUZZY
    return EXACT  # a town, a base, a plant: the code books do not ask how large


def _acled(where_prec: int, uncertainty_m: float) -> int:
    """Return ACLED's code: a town, a small part of a region, a larger region."""
    if where_prec in (EXACT, NEAR):
        return where_prec
    is_small = where_prec == DISTRICT or (where_prec == FUZZY and uncertainty_m <= NEAR_M)
    return 2 if is_small else 3
