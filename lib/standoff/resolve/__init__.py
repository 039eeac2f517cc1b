"""Candidates -> the place that each mention means, with a probability, or none and a reason.

One name means one place throughout a report. Candidates are scored by what is known of
them (population, kind, curated site) and by what the report says: the kind of place it
states, "X, Y", the countries and places it speaks of. One more candidate is always there:
a place that is not in the gazetteer. It wins where a name is only another spelling of a
place that nothing in the report leads to, and then there is no place. The weights are
hand-set; the probability is a softmax of the score and is not yet calibrated on data.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from standoff.extract.coordinates import Position
from standoff.extract.nouns import FEATURE_NOUNS
from standoff.geodesy import geodesic_m
from standoff.model import Candidate, Place, PlaceMention

# Score in natural-log units: the ratio of two candidates' odds is exp(difference).
# A region named like its city is taken as the city, unless the words say "province".
_COUNTRY, _ADMIN1, _CURATED = 8.0, -2.0, 5.0
_REGION_OF_ITS_CITY = -6.0
_KIND_FITS, _KIND_CLASHES = 4.0, -2.0
_INSIDE, _OUTSIDE = 6.0, -6.0
_CONTEXT_COUNTRY, _NEARBY, _EXACT = 2.5, 3.0, 1.0
_MATCHED = {"abbreviation": -1.5, "alternate": -1.5}
# A place that is not in the gazetteer: little beside a place of that very name, as likely as a village where the
# words are but another spelling of what is there, and likelier than a city where nothing leads to its country.
_NONE, _NONE_RESPELT, _NONE_UNSUPPORTED = 0.0, 3.0, 7.0
_UNSUPPORTED = -2.0
# What a container gains if a name in it can lie there, and loses if none of its places does: "Atlanta, Georgia".
_HOLDS, _HOLDS_NOT = 6.0, -6.0
_NEARBY_M = 250_000.0
_OWN_CITY_M = 100_000.0
_CITY_SHARE = 0.05  # of the people of a region: less is a village that happens to bear its name
_EARTH_RADIUS_M = 6_371_008.8  # mean radius (IUGG)
_MOST_CANDIDATES = 8
_NATURAL = frozenset({"mountain", "sea", "lake", "river", "cape", "desert"})
_SITE_KINDS = frozenset({"base", "airfield", "camp", "plant", "port", "crossing", "dam", "bridge"})
#: Kinds of feature under other words, to the class of `FEATURE_NOUNS`.
_CLASSES = {"strait": "sea", "admin1": "region", "admin2": "region", "state": "region"}


class Match(Protocol):
    """A gazetteer's hit."""

    @property
    def place(self) -> Place: ...  # noqa: D102
    @property
    def matched(self) -> str: ...  # noqa: D102
    @property
    def exact(self) -> bool: ...  # noqa: D102
    @property
    def admin1(self) -> str | None: ...  # noqa: D102


class Names(Protocol):
    """What knows names: a gazetteer."""

    def lookup(self, name: str, limit: int = 50) -> Sequence[Match]:
        """Return the places that a name may mean."""


@dataclass
class _Group:
    """The mentions of one name, and what the report says of it."""

    mentions: list[PlaceMention]
    hits: list[Match] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    elsewhere: set[str | None] = field(default_factory=set)
    answer: dict[str, object] = field(default_factory=dict)

    @property
    def hints(self) -> set[str]:
        return {mention.feature_hint for mention in self.mentions if mention.feature_hint}

    @property
    def none(self) -> float:
        """The score of a place that is not in the gazetteer."""
        if any(hit.matched != "alternate" or not _is_local(hit) for hit in self.hits):
            return _NONE
        return _NONE_UNSUPPORTED if self.best and self.best.place.country in self.elsewhere else _NONE_RESPELT

    @property
    def best(self) -> Match | None:
        return self.hits[self.scores.index(max(self.scores))] if self.hits else None


def resolve(
    mentions: Sequence[PlaceMention],
    positions: Iterable[Position],
    gazetteer: Names,
    key: Callable[[str], str],
) -> list[PlaceMention]:
    """Fill in the place, the probability and the candidates of every mention.

    Parameters
    ----------
    mentions : sequence of PlaceMention
        In text order.
    positions : iterable of Position
        The coordinates written in the text.
    gazetteer : Names
        Where candidates come from.
    key : callable
        Brings the spellings of one name together (the gazetteer's ``name_key``).

    Returns
    -------
    list of PlaceMention
        The same mentions in the same order.
    """
    groups = _grouped(mentions, gazetteer, key)
    _score(groups)
    for group in groups.values():
        group.answer = _answer(group)
    written = {position.start: position for position in positions}
    named = {
        mention.id: mention.model_copy(update=group.answer) for group in groups.values() for mention in group.mentions
    }  # fmt: skip
    return [_resolved(mention, named, written) for mention in mentions]


def _grouped(
    mentions: Sequence[PlaceMention], gazetteer: Names, key: Callable[[str], str]
) -> dict[str, _Group]:
    """Return the mentions by name, with candidates; "Homs province" is another place than "Homs"."""
    groups: dict[str, _Group] = {}
    for mention in mentions:
        if mention.name:
            groups.setdefault(_core(mention.name, key), _Group([])).mentions.append(mention)
    for name, group in list(groups.items()):
        group.hits = _hits(group, gazetteer)
        regions = [mention for mention in group.mentions if mention.feature_hint == "region"]
        if regions and any(_holds_its_city(hit, group) for hit in group.hits):
            group.mentions = [mention for mention in group.mentions if mention.feature_hint != "region"]
            groups[f"{name} (region)"] = _Group(regions, group.hits)
            if not group.mentions:
                del groups[name]
    for group in groups.values():
        group.hits = [hit for hit in group.hits if not _is_other_thing(hit, group)]
    return groups


def _core(name: str, key: Callable[[str], str]) -> str:
    """Return the key of a name without its noun, so that "At Tanf" and "Tanf Garrison" are one name."""
    words = name.replace("-", " ").split()
    while len(words) > 1 and FEATURE_NOUNS.get(words[-1].lower()) in _SITE_KINDS:
        words.pop()
    return key(" ".join(words)) or key(name)


def _hits(group: _Group, gazetteer: Names) -> list[Match]:
    """Return the candidates of all spellings of a name; those of the fuller spelling first."""
    found: dict[str, Match] = {}
    for name in sorted(
        {mention.name for mention in group.mentions if mention.name}, key=lambda n: (-len(n), n)
    ):
        for hit in gazetteer.lookup(name):
            known = found.get(hit.place.gid)
            if known is None or (hit.exact and not known.exact):
                found[hit.place.gid] = hit
    return list(found.values())


def _is_other_thing(hit: Match, group: _Group) -> bool:
    """Say whether the words name a thing of nature and the candidate is a town of that name: "Taal volcano"."""
    return bool(group.hints & _NATURAL) and hit.place.feature in ("city", "admin1", "admin2", "airfield")


def _score(groups: dict[str, _Group]) -> None:
    """Score all candidates, first by themselves and the words, then by where the other names are."""
    for group in groups.values():
        group.scores = [_own_score(hit, group) for hit in group.hits]
    held = _held(groups)
    for name, group in groups.items():
        for index, hit in enumerate(group.hits):
            group.scores[index] += _holding_score(hit, [groups[other] for other in held.get(name, ())])
    countries = _countries(groups.values())
    inside: dict[str, list[Match]] = {}
    for holder, names in held.items():
        best = groups[holder].best
        for name in names:
            inside.setdefault(name, []).extend([best] if best else [])
    for name, group in groups.items():
        for index, hit in enumerate(group.hits):
            group.scores[index] += _contained_score(hit, inside.get(name, []))
            group.scores[index] += _CONTEXT_COUNTRY * countries.get(hit.place.country or "", 0.0)
    surroundings = _Surroundings(groups.values())
    for group in groups.values():
        for index, extra in enumerate(surroundings.scores(group)):
            group.scores[index] += extra


class _Surroundings:
    """What the report is about: the places and countries that its names are most likely to be."""

    def __init__(self, groups: Iterable[_Group]) -> None:
        sure = [(id(group), group.best) for group in groups]
        self.best = {key: hit for key, hit in sure if hit is not None}
        local = [(key, hit.place) for key, hit in self.best.items() if _is_local(hit)]
        self.owners = np.array([key for key, _ in local], dtype=np.int64)
        self.gids = np.array([place.gid for _, place in local], dtype=object)
        self.vectors = _unit_vectors([place for _, place in local])
        self.countries = Counter(hit.place.country for hit in self.best.values() if hit.place.country)

    def scores(self, group: _Group) -> list[float]:
        """Return what each candidate of a group gains or loses by where the other names are."""
        if not group.hits:
            return []
        own = self.best.get(id(group))
        others = self.countries - Counter([own.place.country] if own and own.place.country else [])
        group.elsewhere = {
            hit.place.country for hit in group.hits if others and hit.place.country not in others
        }
        return [
            _NEARBY * nearness + _UNSUPPORTED * (_is_local(hit) and hit.place.country in group.elsewhere)
            for hit, nearness in zip(group.hits, self._nearness(group), strict=True)
        ]

    def _nearness(self, group: _Group) -> list[float]:
        """Return exp(-distance / 250 km) of the nearest other place, for each candidate; 0 without one."""
        places = [hit.place for hit in group.hits]
        if not len(self.owners):
            return [0.0] * len(places)
        # The sphere is near enough: half a percent of a distance changes a score by less than 0.02.
        metres = _EARTH_RADIUS_M * np.arccos(np.clip(_unit_vectors(places) @ self.vectors.T, -1.0, 1.0))
        same = np.array([[place.gid] for place in places], dtype=object) == self.gids[None, :]
        metres[same | (self.owners == id(group))[None, :]] = np.inf
        return [float(value) for value in np.exp(-metres.min(axis=1) / _NEARBY_M)]


def _unit_vectors(places: Sequence[Place]) -> NDArray[np.float64]:
    """Return points on the unit sphere, one a row."""
    lat, lon = np.radians([p.lat for p in places]), np.radians([p.lon for p in places])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _own_score(hit: Match, group: _Group) -> float:
    place = hit.place
    score = math.log10(place.population + 10) * 1.2
    score += {"country": _COUNTRY, "admin1": _ADMIN1}.get(place.feature, 0.0)
    if "region" not in group.hints and _holds_its_city(hit, group):
        score += _REGION_OF_ITS_CITY
    if place.gid.startswith("standoff:"):
        score += _CURATED
    score += _EXACT * hit.exact + _MATCHED.get(hit.matched, 0.0)
    kind = _CLASSES.get(place.feature, place.feature)
    if place.feature == "country" and "region" in group.hints and _has_region(group):
        score -= _COUNTRY
    if kind in group.hints:
        score += _KIND_FITS
    elif group.hints & _SITE_KINDS:
        score += _KIND_CLASHES
    return score


def _has_region(group: _Group) -> bool:
    """Say whether a region bears the very name, so that "the state of Georgia" is no country."""
    return any(hit.place.feature == "admin1" and hit.matched == "name" and hit.exact for hit in group.hits)


def _holds_its_city(region: Match, group: _Group) -> bool:
    """Say whether a candidate is a region round a city that bears its name: Damascus, Baghdad, Moscow."""
    place = region.place
    return place.feature == "admin1" and any(
        hit.place.feature == "city"
        and hit.matched == region.matched
        and hit.place.country == place.country
        and hit.place.population > _CITY_SHARE * place.population
        and (
            hit.admin1 == region.admin1
            or geodesic_m(place.lat, place.lon, hit.place.lat, hit.place.lon) < _OWN_CITY_M
        )
        for hit in group.hits
    )


def _countries(groups: Iterable[_Group]) -> dict[str, float]:
    """Return the share of each country among the names and peoples of the report that are countries."""
    counts: Counter[str] = Counter()
    for group in groups:
        if group.best and group.best.place.feature == "country" and group.best.place.country:
            counts[group.best.place.country] += len(group.mentions)
    most = max(counts.values(), default=1)
    return {country: count / most for country, count in counts.items()}


def _held(groups: dict[str, _Group]) -> dict[str, set[str]]:
    """Return, for each name that others are said to lie in, those names: "Homs, Syria"."""
    owner = {mention.id: name for name, group in groups.items() for mention in group.mentions}
    held: dict[str, set[str]] = {}
    for name, group in groups.items():
        for mention in group.mentions:
            if mention.inside in owner:
                held.setdefault(owner[mention.inside], set()).add(name)
    return held


def _holding_score(holder: Match, held: list[_Group]) -> float:
    """Return what a candidate gains or loses by the names that are said to lie in it."""
    known = [group for group in held if group.hits]
    return sum(_HOLDS if any(_is_in(hit, holder) for hit in group.hits) else _HOLDS_NOT for group in known)


def _is_in(hit: Match, holder: Match) -> bool:
    if holder.place.feature == "admin1":
        return hit.admin1 is not None and hit.admin1 == holder.admin1
    return hit.place.country == holder.place.country


def _contained_score(hit: Match, containers: list[Match]) -> float:
    return sum(_INSIDE if _is_in(hit, container) else _OUTSIDE for container in containers)


def _is_local(hit: Match) -> bool:
    return hit.place.feature not in ("country", "continent", "admin1")


def _answer(group: _Group) -> dict[str, object]:
    """Return the place of a group's mentions with its probability, or none and why."""
    if not group.hits:
        return {"reason": f"{group.mentions[0].name!r} is not in the gazetteer"}
    top = max(*group.scores, group.none)
    weights = [math.exp(score - top) for score in group.scores]
    total = sum(weights) + math.exp(group.none - top)
    ranked = sorted(zip(weights, group.hits, strict=True), key=lambda pair: (-pair[0], pair[1].place.gid))
    candidates = [
        Candidate(
            gid=hit.place.gid, name=hit.place.name, lat=hit.place.lat, lon=hit.place.lon,
            probability=round(weight / total, 4),
        )
        for weight, hit in ranked[:_MOST_CANDIDATES]
    ]  # fmt: skip
    best = ranked[0][1]
    if max(group.scores) < group.none:
        reason = (
            f"{group.mentions[0].name!r} is at best another spelling of {_told(best.place)}, and nothing in the report "
            "leads there"
        )
        return {"candidates": candidates, "reason": reason}
    return {
        "place": best.place, "probability": candidates[0].probability, "candidates": candidates,
        "reason": _why(best, group),
    }  # fmt: skip


def _told(place: Place) -> str:
    return f"{place.name} ({place.country})" if place.country else place.name


def _why(hit: Match, group: _Group) -> str:
    reasons = []
    if hit.place.gid.startswith("standoff:"):
        reasons.append("a curated site")
    kind = _CLASSES.get(hit.place.feature, hit.place.feature)
    if kind in group.hints:
        reasons.append(f"the report calls it a {kind}")
    if any(mention.inside for mention in group.mentions):
        reasons.append("in the country or region that the report names with it")
    if len(group.hits) == 1:
        reasons.append("the only place of that name in the gazetteer")
    return "; ".join(reasons) or "the likeliest place of that name"


def _resolved(
    mention: PlaceMention, named: dict[str, PlaceMention], written: dict[int, Position]
) -> PlaceMention:
    if mention.kind == "coordinates":
        return _at_position(mention, written[mention.start])
    if mention.id in named:
        return named[mention.id]
    target = named.get(mention.refers_to or "")
    if target is None:
        return mention
    return mention.model_copy(
        update={
            "place": target.place, "probability": target.probability, "candidates": target.candidates,
            "reason": target.reason if target.place is None else f"refers to {target.text!r}",
        }
    )  # fmt: skip


def _at_position(mention: PlaceMention, position: Position) -> PlaceMention:
    place = Place(
        gid=f"coordinates:{position.lat:.6f},{position.lon:.6f}", name=mention.text, lat=position.lat, lon=position.lon,
        feature="coordinates", extent_m=round(position.precision_m, 1), source="the report's text",
    )  # fmt: skip
    return mention.model_copy(update={"place": place, "probability": 1.0, "reason": "written in the text"})
