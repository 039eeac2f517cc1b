"""Candidates -> the place that each mention means, with a probability, or none and a reason.

One name means one place throughout a report. Candidates are scored by what is known of
them (population, kind, curated site) and by what the report says: the kind of place it
states, "X, Y", the countries and places it speaks of. The weights are hand-set; the
probability is a softmax of the score and is not yet calibrated on data.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from standoff.extract.coordinates import Position
from standoff.extract.nouns import FEATURE_NOUNS
from standoff.ground.geodesy import geodesic_m
from standoff.model import Candidate, Place, PlaceMention

# Score in natural-log units: the ratio of two candidates' odds is exp(difference).
# A region named like its city is taken as the city, unless the words say "province".
_COUNTRY, _ADMIN1, _CURATED = 8.0, -2.0, 5.0
_KIND_FITS, _KIND_CLASHES = 4.0, -2.0
_INSIDE, _OUTSIDE = 6.0, -6.0
_CONTEXT_COUNTRY, _NEARBY, _EXACT, _ABBREVIATION = 2.5, 3.0, 1.0, -1.5
_NEARBY_M = 250_000.0
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

    @property
    def hints(self) -> set[str]:
        return {mention.feature_hint for mention in self.mentions if mention.feature_hint}

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
    groups: dict[str, _Group] = {}
    for mention in mentions:
        if mention.name:
            groups.setdefault(_core(mention.name, key), _Group([])).mentions.append(mention)
    for group in groups.values():
        group.hits = [hit for hit in _hits(group, gazetteer) if not _is_other_thing(hit, group)]
    _score(groups, {mention.id: mention for mention in mentions}, key)
    written = {position.start: position for position in positions}
    named = {
        mention.id: _filled(mention, group) for group in groups.values() for mention in group.mentions
    }  # fmt: skip
    return [_resolved(mention, named, written) for mention in mentions]


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


def _score(groups: dict[str, _Group], mentions: dict[str, PlaceMention], key: Callable[[str], str]) -> None:
    """Score all candidates, first by themselves and the words, then by where the other names are."""
    for group in groups.values():
        group.scores = [_own_score(hit, group) for hit in group.hits]
    countries = _countries(groups.values())
    for group in groups.values():
        containers = [mentions[m.inside] for m in group.mentions if m.inside in mentions]
        inside = [g.best for c in containers if c.name and (g := groups.get(_core(c.name, key))) and g.best]
        for index, hit in enumerate(group.hits):
            group.scores[index] += _contained_score(hit, inside)
            group.scores[index] += _CONTEXT_COUNTRY * countries.get(hit.place.country or "", 0.0)
    sure = {id(group): group.best for group in groups.values()}
    for group in groups.values():
        others = [hit.place for other, hit in sure.items() if other != id(group) and hit and _is_local(hit)]
        for index, hit in enumerate(group.hits):
            group.scores[index] += _nearby_score(hit.place, others)


def _own_score(hit: Match, group: _Group) -> float:
    place = hit.place
    score = math.log10(place.population + 10) * 1.2
    score += {"country": _COUNTRY, "admin1": _ADMIN1}.get(place.feature, 0.0)
    if place.gid.startswith("standoff:"):
        score += _CURATED
    score += _EXACT * hit.exact + _ABBREVIATION * (hit.matched == "abbreviation")
    kind = _CLASSES.get(place.feature, place.feature)
    if kind in group.hints:
        score += _KIND_FITS
    elif group.hints & _SITE_KINDS:
        score += _KIND_CLASHES
    return score


def _countries(groups: Iterable[_Group]) -> dict[str, float]:
    """Return the share of each country among the names and peoples of the report that are countries."""
    counts: Counter[str] = Counter()
    for group in groups:
        if group.best and group.best.place.feature == "country" and group.best.place.country:
            counts[group.best.place.country] += len(group.mentions)
    most = max(counts.values(), default=1)
    return {country: count / most for country, count in counts.items()}


def _contained_score(hit: Match, containers: list[Match]) -> float:
    score = 0.0
    for container in containers:
        if container.place.feature == "admin1":
            same = hit.admin1 is not None and hit.admin1 == container.admin1
        else:
            same = hit.place.country == container.place.country
        score += _INSIDE if same else _OUTSIDE
    return score


def _is_local(hit: Match) -> bool:
    return hit.place.feature not in ("country", "continent", "admin1")


def _nearby_score(place: Place, others: list[Place]) -> float:
    """Return more for a place near others of the report: exp(-distance / 250 km), the best one."""
    near = (geodesic_m(place.lat, place.lon, o.lat, o.lon) for o in others if o.gid != place.gid)
    return _NEARBY * max((math.exp(-metres / _NEARBY_M) for metres in near), default=0.0)


def _filled(mention: PlaceMention, group: _Group) -> PlaceMention:
    if not group.hits:
        return mention.model_copy(update={"reason": f"{mention.name!r} is not in the gazetteer"})
    top = max(group.scores)
    weights = [math.exp(score - top) for score in group.scores]
    total = sum(weights)
    ranked = sorted(zip(weights, group.hits, strict=True), key=lambda pair: (-pair[0], pair[1].place.gid))
    candidates = [
        Candidate(
            gid=hit.place.gid, name=hit.place.name, lat=hit.place.lat, lon=hit.place.lon,
            probability=round(weight / total, 4),
        )
        for weight, hit in ranked[:_MOST_CANDIDATES]
    ]  # fmt: skip
    best = ranked[0][1]
    return mention.model_copy(
        update={
            "place": best.place, "probability": candidates[0].probability, "candidates": candidates,
            "reason": _why(best, group),
        }
    )  # fmt: skip


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
