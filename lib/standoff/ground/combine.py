"""Several statements about one event -> one footprint: the tightest, cut to the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shapely.geometry.base import BaseGeometry

from standoff.geodesy import area_km2, intersection
from standoff.ground.drawn import Drawn
from standoff.ground.surface import STATED_SHARE, Layers, surface_of
from standoff.model import Event, PlaceMention, Relation
from standoff.settings import Settings

# The order in which statements are trusted to say where; the first makes the shape.
_RANK = {
    "coordinates": 0, "offset": 1, "distance": 1, "along": 3, "between": 3, "within": 3, "at": 4, "near": 5,
    "direction": 6, "zone": 4.8, "border": 7, "part": 8, "in": 9, "beyond": 10,
}  # fmt: skip
# Those that say plainly that the event lies inside; "near" is too loose to cut another shape.
_CUTS = frozenset({"zone", "in", "part", "within", "between", "border"})
# A country holds an event only when it holds a fair share of where the event can be.
_LEAST_SHARE = 0.25
_NOTHING_KM2 = 1e-6
_HALF = 0.5


@dataclass(frozen=True)
class Conflict:
    """Two statements about one event that cannot both hold."""

    first: str
    second: str


@dataclass(frozen=True)
class Country:
    """The country that the report names for an anchor."""

    name: str
    outline: BaseGeometry
    quote: str


def combine(
    statements: list[tuple[Relation, Drawn]],
    event: Event,
    country: Country | None,
    settings: Settings,
    layers: Mapping[str, Layers] | None = None,
) -> tuple[Drawn | None, list[Conflict]]:
    """Return where an event can be, and the statements that contradict each other.

    Parameters
    ----------
    statements : list of (Relation, Drawn)
        What the report says of where, drawn.
    event : Event
    country : Country or None
        Where the report puts the anchor.
    settings : Settings
        ``keep_to_zone`` and ``keep_to_country`` switch cutting off; ``combine`` says what is made of several.
    layers : mapping of str to layers
        The shapes of relations at several coverages, by id, for a surface.
    """
    stated = sorted(
        ((r, d) for r, d in statements if r.claim not in ("denied", "hypothetical") and not d.geometry.is_empty),
        key=lambda pair: (_rank(*pair), area_km2(pair[1].area)),
    )  # fmt: skip
    if not stated:
        return None, []
    (base_relation, base), *others = stated
    conflicts: list[Conflict] = []
    for relation, drawn in others:
        if relation.kind not in _CUTS and relation.kind not in ("distance", "offset"):
            continue
        if relation.kind == "zone" and not settings.keep_to_zone:
            continue
        base, conflict = _cut(base, base_relation, relation, drawn)
        conflicts += [conflict] if conflict else []
    if others and settings.combine == "surface":
        base = _as_surface(stated, settings, layers or {}) or base
    if country is not None and settings.keep_to_country and _is_on_land(event, base_relation, base):
        base = _keep_to(base, country)
    return base, conflicts


def _as_surface(
    stated: list[tuple[Relation, Drawn]], settings: Settings, layers: Mapping[str, Layers]
) -> Drawn | None:
    """Return the contour of a probability surface that holds the coverage, with that of a half inside it."""
    drawn = [shape for _, shape in stated]
    own = [layers.get(r.id) or [(shape.coverage or STATED_SHARE, shape.area)] for r, shape in stated]
    first, *others = drawn
    found = surface_of(own)
    if found is None:
        return None
    text = f"the likeliest {settings.coverage:.0%} of where {len(drawn)} statements put it, taken to err independently"
    merged = first
    for other in others:
        merged = merged.cut_to(other, merged.geometry)
    return replace(
        merged, shape="surface", geometry=found.contour(settings.coverage), coverage=settings.coverage,
        uncertainty_m=None, assumptions=_with(merged.assumptions, text),
        settings=_with(_with(merged.settings, "combine"), "coverage"),
        contours=() if settings.coverage <= _HALF else ((_HALF, found.contour(_HALF)),),
    )  # fmt: skip


def _rank(relation: Relation, drawn: Drawn) -> float:
    if relation.kind == "zone" and (relation.qualifier or relation.metres):
        return 2.0
    if relation.kind in ("in", "at") and drawn.shape == "disc":
        return 4.0
    return float(_RANK[relation.kind])


def _cut(
    base: Drawn, base_relation: Relation, relation: Relation, drawn: Drawn
) -> tuple[Drawn, Conflict | None]:
    common = intersection(base.area, drawn.area)
    if common.is_empty or area_km2(common) < _NOTHING_KM2:
        return base, Conflict(base_relation.id, relation.id)
    if base.shape == "point" or area_km2(common) > 0.999 * area_km2(base.area):
        note = f"agrees with {relation.text!r}"
        return base.cut_to(drawn, base.geometry, constraints=_with(base.constraints, note)), None
    note = f"cut to {relation.text!r}"
    changes = {"constraints": _with(base.constraints, note)}
    cut = base.cut_to(drawn, common, **changes)
    if relation.kind == "zone":
        cut = replace(cut, settings=_with(cut.settings, "keep_to_zone"))
    return cut, None


def _with(texts: tuple[str, ...], text: str) -> tuple[str, ...]:
    return texts if text in texts else (*texts, text)


def _is_on_land(event: Event, relation: Relation, base: Drawn) -> bool:
    return (
        not event.at_sea
        and relation.kind in ("distance", "zone", "within")
        and base.shape in ("ring", "disc")
    )


def _keep_to(base: Drawn, country: Country) -> Drawn:
    common = intersection(base.area, country.outline)
    share = area_km2(common) / max(area_km2(base.area), _NOTHING_KM2)
    if not _LEAST_SHARE <= share < 0.999:
        return base
    text = (
        f"assumed to lie in {country.name}, where the report puts the place ({country.quote!r});"
        " keep_to_country switches this off"
    )
    return replace(
        base,
        geometry=common,
        assumptions=_with(base.assumptions, text),
        settings=_with(base.settings, "keep_to_country"),
    )


def stated_countries(mentions: dict[str, PlaceMention]) -> dict[str, tuple[PlaceMention, PlaceMention]]:
    """Return the first mention "X, Y" that puts a place in a country, and the mention of the country, by the place's id.

    By places and not by mentions, so that "At Tanf, Syria" holds for "the base".
    """
    found: dict[str, tuple[PlaceMention, PlaceMention]] = {}
    for mention in mentions.values():
        container = mentions.get(mention.inside or "")
        if mention.place and container and container.place and container.place.feature == "country":
            found.setdefault(mention.place.gid, (mention, container))
    return found
