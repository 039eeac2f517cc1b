"""Places that a misspelt name may mean, each with how likely it is.

A skeleton of sounds (`skeletons`) finds the names that are near; the letters and the size of
the place put them in order. A suggestion is never an answer: the likelihoods of all together
are at most a half, for a name that is in no gazetteer is as often right as misspelt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from standoff.gazetteer.hits import Hit
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.skeletons import near, skeleton
from standoff.gazetteer.variants import romanised

LEAST_LETTERS = 4  # shorter names are a letter off from too many others
TWO_EDITS_FROM = 6
_KEYS_WEIGHED = 60
# Judgements of ours, not fitted to anything: see benchmarks/gazetteer_speed.py for what they reach.
_TENTHS_AN_EDIT = 8.0  # an edit of one letter in eight makes a name ten times less likely
_CONSONANT = 0.5  # further edits' worth, if the consonants do not agree
_PEOPLE_OF_SITES = 300_000  # as often in the news as a town of that size
_REGION = 0.5  # a region named like its town is seldomer meant than the town
_UNKNOWN = 1.0  # the weight, in the same measure, of a name that is not misspelt

Query = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
Under = Callable[[str], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that a name may mean if it is misspelt.

    Attributes
    ----------
    hit : Hit
    score : float
        Between 0 and 0.5: how likely it is, beside the other suggestions and none of them.
    """

    hit: Hit
    score: float


def suggestions(name: str, query: Query, under: Under, limit: int) -> list[Suggestion]:
    """Return the places whose names are a letter or two off, the likeliest first.

    Parameters
    ----------
    name : str
        As written.
    query : callable
        Runs SQL on the index.
    under : callable
        Gives the places of a key.
    limit : int
        How many at most.
    """
    key = name_key(name)
    weights: dict[str, tuple[float, Hit]] = {}
    for asked in (key, *romanised(key)):
        for other, cost in _near_keys(asked, query):
            for hit in under(other):
                if hit.matched not in ("name", "alternate"):
                    continue
                weight = _prominence(hit) * 10.0 ** (-_TENTHS_AN_EDIT * cost / len(asked))
                if weight > weights.get(hit.place.gid, (0.0, hit))[0]:
                    weights[hit.place.gid] = (weight, hit)
    total = sum(weight for weight, _ in weights.values())
    whole = total + max(total, _UNKNOWN)
    best = sorted(weights.values(), key=lambda pair: (-pair[0], pair[1].place.gid))[:limit]
    return [Suggestion(hit, weight / whole) for weight, hit in best]


def _prominence(hit: Hit) -> float:
    """Return how often a place is named: as the root of its people."""
    people = hit.place.population
    if hit.curated:
        people = max(people, _PEOPLE_OF_SITES)
    share = _REGION if hit.place.feature in ("admin1", "admin2") else 1.0
    return share * float((people + 100) ** 0.5) / 100.0


def _near_keys(key: str, query: Query) -> Iterator[tuple[str, float]]:
    """Give the keys that are one or two edits from a key, the nearest first, with what the edits cost."""
    bones = skeleton(key)
    if len(key) < LEAST_LETTERS or not bones:
        return
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    most = 2 if len(key) >= TWO_EDITS_FROM else 1
    all_bones = tuple(dict.fromkeys(near(bones)))
    marks = ", ".join("?" * len(all_bones))
    sql = f"SELECT key, skeleton FROM skeletons WHERE skeleton IN ({marks}) AND length(key) BETWEEN ? AND ?"  # noqa: S608
    found: dict[str, str] = dict(query(sql, (*all_bones, len(key) - most, len(key) + most)))
    found.pop(key, None)
    others = list(found)
    edits = cdist([key], others, scorer=OSA.distance, score_cutoff=most)[0]  # beyond the cutoff: one more
    costs = [
        (float(count) + _CONSONANT * (found[other] != bones), other)
        for other, count in zip(others, edits, strict=True)
        if count <= most
    ]
    yield from ((other, cost) for cost, other in sorted(costs)[:_KEYS_WEIGHED])
