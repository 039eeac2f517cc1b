"""What lies in what: "X, Y" binds the candidates of both names to each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from standoff.geodesy import EARTH_RADIUS_KM, unit_vectors
from standoff.model import Place, PlaceMention
from standoff.resolve.groups import AREAS, Group, Match, Names, grouped

NATURE = frozenset({"sea", "strait", "river", "lake", "desert", "mountain", "island", "cape", "peninsula"})
# In natural-log units: a place that does not fit "Athens, Georgia" must be a hundred times likelier by itself.
_OUTSIDE = -4.5
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
    groups = _told_apart(grouped(mentions, gazetteer, key))
    _bind(groups)
    for group in groups:
        order = np.argsort(-np.array(group.scores), kind="stable")[:_WEIGHED]
        group.hits, group.scores = [group.hits[i] for i in order], [group.scores[i] for i in order]
    return groups


def _told_apart(groups: Sequence[Group]) -> list[Group]:
    """Take a name for two where no place can be both: "Tripoli, Lebanon" and "Tripoli, Libya"."""
    group_of = {mention.id: group for group in groups for mention in group.mentions}
    out: list[Group] = []
    for group in groups:
        holders = {
            mention.inside: group_of[mention.inside]
            for mention in group.mentions
            if mention.inside in group_of
        }
        part_of: dict[str, int] = {}
        parts: list[set[str]] = []
        for inside, holder in holders.items():
            fitting = {
                hit.place.gid for hit in group.hits if any(is_in(hit, h) for h in holder.hits[:_WEIGHED])
            }
            if inside is None or holder is group or not fitting:
                continue
            number = next((i for i, part in enumerate(parts) if part & fitting), len(parts))
            if number == len(parts):
                parts.append(fitting)
            else:
                parts[number] &= fitting
            part_of[inside] = number
        out.extend(_parted(group, part_of, len(parts)) if len(parts) > 1 else [group])
    return sorted(out, key=lambda group: group.mentions[0].start)


def _parted(group: Group, part_of: dict[str, int], count: int) -> list[Group]:
    """Return one group a part; a mention that says nothing goes with the one before, at first with the first."""
    mentions: list[list[PlaceMention]] = [[] for _ in range(count)]
    here = next(part_of[m.inside] for m in group.mentions if m.inside in part_of)
    for mention in sorted(group.mentions, key=lambda m: m.start):
        here = part_of.get(mention.inside or "", here)
        mentions[here].append(mention)
    return [Group(part, list(group.hits), list(group.scores)) for part in mentions if part]


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
