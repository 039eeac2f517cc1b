"""What lies in what: "X, Y" binds the candidates of both names to each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from standoff.geodesy import EARTH_RADIUS_KM, unit_vectors
from standoff.model import Place, PlaceMention
from standoff.resolve.groups import AREAS, Group, Match, Names, grouped, kind_of

NATURE = frozenset({"sea", "strait", "river", "lake", "desert", "mountain", "island", "cape", "peninsula"})
# In natural-log units: a place that does not fit "Athens, Georgia" must be a hundred times likelier by itself.
_OUTSIDE = -4.5
_BESIDE_KM = 40.0  # a site of a town may be this far out of it
_NEAR = 1.5  # of the extent of a country: what may be claimed for it
_WEIGHED = 25  # candidates of a name against the rest of the report


def bound(mentions: Sequence[PlaceMention], gazetteer: Names, key: Callable[[str], str]) -> list[Group]:
    """Return the mentions by name with candidates, as `grouped` does, each scored by itself and by "X, Y".

    Parameters
    ----------
    mentions : sequence of PlaceMention
    gazetteer : Names
    key : callable
        Brings the spellings of one name together.
    """
    groups = _stated_abroad(_named_after_another(_told_apart(grouped(mentions, gazetteer, key))))
    _bind(groups)
    for group in groups:
        order = np.argsort(-np.array(group.scores), kind="stable")[:_WEIGHED]
        group.hits, group.scores = [group.hits[i] for i in order], [group.scores[i] for i in order]
    return groups


def _told_apart(groups: Sequence[Group]) -> list[Group]:
    """Take a name for two where no place can be both: "Tripoli, Lebanon" and "Tripoli, Libya".

    So it is with what the name holds: "Athens, Georgia" and "Batumi, Georgia".
    """
    group_of = {mention.id: group for group in groups for mention in group.mentions}
    held: dict[str, list[Group]] = {}
    for group in groups:
        for mention in group.mentions:
            if mention.inside in group_of:
                held.setdefault(mention.inside or "", []).append(group)
    out: list[Group] = []
    for group in groups:
        part_of: dict[str, int] = {}
        parts: list[set[str]] = []
        for mention in sorted(group.mentions, key=lambda m: m.start):
            fitting = _fitting(group, group_of.get(mention.inside or ""), held.get(mention.id, ()))
            if not fitting:
                continue
            number = next((i for i, part in enumerate(parts) if part & fitting), len(parts))
            if number == len(parts):
                parts.append(fitting)
            else:
                parts[number] &= fitting
            part_of[mention.id] = number
        out.extend(_parted(group, part_of, parts) if len(parts) > 1 else [group])
    return sorted(out, key=lambda group: group.mentions[0].start)


def _fitting(group: Group, holder: Group | None, held: Sequence[Group]) -> set[str]:
    """Return the candidates that lie in what a mention lies in and hold what it holds; none if nothing is said."""
    fits = [hit for hit in group.hits if (holder and holder is not group) or held]
    if holder is not None and holder is not group:
        fits = [hit for hit in fits if any(is_in(hit, h) for h in holder.hits[:_WEIGHED])]
    for inner in held:
        if inner is not group:
            fits = [hit for hit in fits if any(is_in(h, hit) for h in inner.hits[:_WEIGHED])]
    return {hit.place.gid for hit in fits}


def _parted(group: Group, part_of: dict[str, int], parts: Sequence[set[str]]) -> list[Group]:
    """Return one group a part; a mention that says nothing goes with the one before, at first with the first."""
    mentions: list[list[PlaceMention]] = [[] for _ in parts]
    inner_first = sorted(group.mentions, key=lambda m: m.start)
    here = next(part_of[m.id] for m in inner_first if m.id in part_of)
    for mention in inner_first:
        here = part_of.get(mention.id, here)
        mentions[here].append(mention)
    return [_part(group, part, fitting) for part, fitting in zip(mentions, parts, strict=True) if part]


def _part(group: Group, mentions: list[PlaceMention], fitting: set[str]) -> Group:
    """Return a part of a group, without the countries that the words rule out."""
    part = Group(mentions, list(group.hits), list(group.scores))
    _drop_countries(part, {i for i, hit in enumerate(part.hits) if hit.place.gid in fitting})
    return part


def _stated_abroad(groups: Sequence[Group]) -> list[Group]:
    """Take out towns that the words put into a country where the gazetteer has none: "Aleppo, Kansas" is not Aleppo.

    The bare name goes with it where it comes later.
    """
    group_of = {mention.id: group for group in groups for mention in group.mentions}
    out: list[Group] = []
    for group in groups:
        mentions = sorted(group.mentions, key=lambda m: m.start)
        abroad = [m for m in mentions if _is_abroad(group, group_of.get(m.inside or ""))]
        if not abroad:
            out.append(group)
            continue
        holder = group_of[abroad[0].inside or ""].mentions[0].name
        gone = (
            mentions
            if abroad[0] is mentions[0] and not any(m.inside for m in mentions if m not in abroad)
            else abroad
        )
        rest = [mention for mention in mentions if mention not in gone]
        out.append(Group(gone, reason=f"the gazetteer has no {gone[0].name} in {holder}"))
        if rest:
            out.append(replace(group, mentions=rest))
    return sorted(out, key=lambda group: group.mentions[0].start)


def _is_abroad(group: Group, holder: Group | None) -> bool:
    """Say whether no candidate lies in or near the country or region that is stated: borders are disputed, seas are not.

    "Simferopol, Russia" is left to the ranker.
    """
    if holder is None or holder is group or not group.hits or not holder.hits:
        return False
    if group.hits[0].place.feature not in ("city", "admin1", "admin2"):
        return False
    if holder.hits[0].place.feature not in ("country", "admin1"):
        return False
    return not any(
        is_in(hit, there)
        or hit.place.country == there.place.country
        or _km(hit.place, there.place) * 1000 <= _NEAR * there.place.extent_m
        for hit in group.hits
        for there in holder.hits[:_WEIGHED]
    )


def _named_after_another(groups: Sequence[Group]) -> list[Group]:
    """Take sites that bear a far place's name out of its group: "Baghdad Bridge in Mosul" is nowhere near Baghdad."""
    group_of = {mention.id: group for group in groups for mention in group.mentions}
    out: list[Group] = []
    for group in groups:
        borne = [m for m in group.mentions if _bears_a_far_name(m, group, group_of.get(m.inside or ""))]
        rest = [mention for mention in group.mentions if mention not in borne]
        if rest:
            out.append(replace(group, mentions=rest))
        out += [
            Group(
                [mention],
                reason=f"{mention.text!r} is not in the gazetteer; it is not {mention.name}, since the report puts it "
                f"in {group_of[mention.inside or ''].mentions[0].name}",
            )
            for mention in borne
        ]
    return sorted(out, key=lambda group: group.mentions[0].start)


def _bears_a_far_name(mention: PlaceMention, group: Group, holder: Group | None) -> bool:
    if mention.kind != "facility" or holder is None or holder is group or not group.hits or not holder.hits:
        return False
    return not any(
        kind_of(hit.place) == mention.feature_hint
        or is_in(hit, there)
        or _km(hit.place, there.place) <= _BESIDE_KM
        for hit in group.hits
        for there in holder.hits[:_WEIGHED]
    )


def _bind(groups: Sequence[Group]) -> None:
    """Take away from the scores of candidates that "X, Y" leaves no room for.

    Nothing is taken where no candidate of X lies in any of Y: the gazetteer lacks one of them.
    """
    for inner, outer in stated_pairs(groups):
        group, other = groups[inner], groups[outer]
        pairs = [
            (i, j)
            for i, hit in enumerate(group.hits)
            for j, holder in enumerate(other.hits[:_WEIGHED])
            if is_in(hit, holder)
        ]
        if pairs:
            _weigh_down(group, {i for i, _ in pairs})
            _weigh_down(other, {j for _, j in pairs})
            _drop_countries(group, {i for i, _ in pairs})


def stated_pairs(groups: Sequence[Group]) -> list[tuple[int, int]]:
    """Return the numbers of the groups of which the report says that one lies in the other: (inner, outer)."""
    group_of = {mention.id: number for number, group in enumerate(groups) for mention in group.mentions}
    pairs = {
        (number, group_of[mention.inside]): None
        for number, group in enumerate(groups)
        for mention in group.mentions
        if mention.inside in group_of and group_of[mention.inside] != number
    }
    return list(pairs)


def _drop_countries(group: Group, fitting: set[int]) -> None:
    """Leave out countries where the words have the place in another: "Lebanon, Pennsylvania" is the town there."""
    kept = [i for i, hit in enumerate(group.hits) if i in fitting or hit.place.feature != "country"]
    group.hits, group.scores = [group.hits[i] for i in kept], [group.scores[i] for i in kept]


def _weigh_down(group: Group, fitting: set[int]) -> None:
    group.scores = [score + _OUTSIDE * (i not in fitting) for i, score in enumerate(group.scores)]


def is_in(hit: Match, holder: Match) -> bool:
    """Say whether a place lies in another, by the codes of country and region, or within its reach."""
    if hit.place.gid == holder.place.gid:
        return False
    feature = holder.place.feature
    if feature == "country":
        return hit.place.country == holder.place.country
    if feature == "admin1":
        return hit.admin1 is not None and hit.admin1 == holder.admin1
    if feature in AREAS or feature in NATURE:
        return _km(hit.place, holder.place) * 1000 <= holder.place.extent_m
    return (
        hit.place.country == holder.place.country
        and _km(hit.place, holder.place) * 1000 <= 2 * holder.place.extent_m
    )


def _km(a: Place, b: Place) -> float:
    here, there = unit_vectors([a.lat, b.lat], [a.lon, b.lon])
    return EARTH_RADIUS_KM * math.acos(min(max(float(here @ there), -1.0), 1.0))
