"""The learned ranker: features of all candidates to probabilities, "none of these" among them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.geodesy import EARTH_RADIUS_KM
from standoff.resolve.features import NAMES, matrix, points_of
from standoff.resolve.groups import Group, is_area, is_its_city
from standoff.resolve.publishers import Home, Told
from standoff.trees import Trees, load

Array = NDArray[np.float64]
MODELS = ("resolver_first", "resolver")
#: Where "none of these" starts, in the units of a candidate's own score: between a village and a small town.
NONE_SCORE = 2.0
#: What an analyst's own site gains where most of the report is about its country, in natural-log units: he added it
#: since his reports name it. No training text has such sites, so it is a judgement: twenty times as likely.
OWN_SCORE, _MOST = 3.0, 0.5
_SPOT_KM = 50.0
_TELLS_FROM, _SENSES = 0.02, 5
_IS_NONE, _SCORE, _SHARE = NAMES.index("is_none"), NAMES.index("score"), NAMES.index("share_country")


@dataclass(frozen=True)
class Chances:
    """How likely each candidate of a group is, and that it is none of them.

    Attributes
    ----------
    candidates : array
        One for each hit of the group; with ``none`` they sum to 1.
    none : float
    """

    candidates: Array
    none: float


def at_one_spot(group: Group, chances: Chances) -> Array:
    """Return, for each candidate, the chance of all candidates at its spot.

    A town and its county, or one town that two sources list, are no doubt about where a name is.

    Returns
    -------
    array of shape (candidates,)
    """
    points = points_of([hit.place for hit in group.hits])
    near = points @ points.T >= math.cos(_SPOT_KM / EARTH_RADIUS_KM)
    np.fill_diagonal(near, val=True)
    chance: Array = near @ chances.candidates
    return np.minimum(chance, 1.0)


def chosen(group: Group, chances: Chances, *, holds_others: bool = False) -> tuple[int, float]:
    """Return which candidate is likeliest, and how likely it is that the name is there.

    Of a city and the region round it that bears its name the city is taken, unless the words
    say "province" or put another place in it: a distance from a region is worth little.

    Parameters
    ----------
    group : Group
        With at least one candidate.
    chances : Chances
    holds_others : bool
        Whether the report puts another place in this one: "Derhachi, Kharkiv".
    """
    chance = at_one_spot(group, chances)
    best = int(np.argmax(chances.candidates))
    region = group.hits[best]
    if region.place.feature not in ("admin1", "admin2") or "region" in group.hints or holds_others:
        return best, float(chance[best])
    cities = [i for i, hit in enumerate(group.hits) if is_its_city(hit, region)]
    if not cities:
        return best, float(chance[best])
    city = max(cities, key=lambda i: chances.candidates[i])
    both = float(chances.candidates[best] + chances.candidates[city])
    return city, min(max(both, float(chance[city]), float(chance[best])), 1.0)


def by_themselves(group: Group) -> Chances:
    """Return the chances from the candidates' own scores, before the report is asked."""
    return _chances(np.append(np.array(group.scores, dtype=float), NONE_SCORE))


def starting_scores(rows: Array) -> Array:
    """Return what the trees add to: a candidate's own score, and a fixed one for "none"."""
    scores: Array = np.where(rows[:, _IS_NONE] == 1.0, NONE_SCORE, rows[:, _SCORE])
    return scores


def ranked(groups: Sequence[Group], home: Home) -> list[Chances]:
    """Return the chances of every group, each read in the light of the others.

    Parameters
    ----------
    groups : sequence of Group
        Every group with at least one candidate.
    home : Home
        Where the report was printed.
    """
    chances = [by_themselves(group) for group in groups]
    if not groups:
        return []
    for name in MODELS:
        trees, model = load(name, NAMES)
        chances = one_round(groups, home, chances, trees, model)
    return chances


def first_round(groups: Sequence[Group], home: Home) -> list[Chances]:
    """Return the chances of every group after the first look at the report alone."""
    if not groups:
        return []
    trees, model = load(MODELS[0], NAMES)
    return one_round(groups, home, [by_themselves(group) for group in groups], trees, model)


def one_round(
    groups: Sequence[Group], home: Home, before: Sequence[Chances], trees: Trees, model: dict[str, Any]
) -> list[Chances]:
    """Return the chances after one look at the report through the chances before."""
    rows = matrix(groups, [chance.candidates for chance in before], home)
    scores = (trees.score(rows) + starting_scores(rows)) * float(model["sharpness"]) + _for_own(groups, rows)
    cuts = np.cumsum([len(group.hits) + 1 for group in groups])[:-1]
    return [_chances(part) for part in np.split(scores, cuts)]


def _for_own(groups: Sequence[Group], rows: Array) -> Array:
    """Return what each row is worth because an analyst laid the place over the gazetteer, and the report is about there."""
    own = np.array([own for group in groups for own in (*(hit.own for hit in group.hits), False)])
    gain: Array = np.where(own & (rows[:, _SHARE] >= _MOST), OWN_SCORE, 0.0)
    return gain


def _chances(scores: Array) -> Chances:
    weights = np.exp(scores - scores.max())
    weights /= weights.sum()
    return Chances(weights[:-1], float(weights[-1]))


def told_by(report: str, groups: Sequence[Group], chances: Sequence[Chances]) -> list[Told]:
    """Return the places that tell where a report's publisher is at home: towns and counties, in all likely senses."""
    told = []
    for group, chance in zip(groups, chances, strict=True):
        for index in np.argsort(-chance.candidates, kind="stable")[:_SENSES]:
            hit, weight = group.hits[index], float(chance.candidates[index])
            if weight >= _TELLS_FROM and (not is_area(hit.place) or hit.place.feature == "admin2"):
                told.append(Told(report, hit.place, hit.admin1, weight * math.sqrt(len(group.mentions))))
    return told
