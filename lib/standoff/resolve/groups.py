"""The mentions of a report by the name they share, each name with its candidates.

One name means one place throughout a report, so candidates are weighed once a name.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from standoff.capitals import is_capital
from standoff.extract.nouns import FEATURE_NOUNS
from standoff.geodesy import geodesic_m
from standoff.model import Place, PlaceMention

_ASKED = 200  # candidates of a name
_OWN_CITY_M = 100_000.0
_BARE = {"alternate": "name"}  # "Hama" is the region's name and, as written there, not the city's: Ḩamāh
_CITY_SHARE = 0.05  # of the people of a region: less is a village that happens to bear its name
_NATURAL = frozenset({"mountain", "sea", "lake", "river", "cape", "desert"})
_SITE_KINDS = frozenset({"base", "airfield", "camp", "plant", "port", "crossing", "dam", "bridge"})
#: Kinds of feature under other words, to the class of `FEATURE_NOUNS`.
CLASSES = {"strait": "sea", "admin1": "region", "admin2": "region", "state": "region"}
AREAS = frozenset({"country", "continent", "admin1", "admin2", "region", "sea", "strait", "gulf", "ocean"})
# A river or a range is no spot: its point in the gazetteer may be a day's journey from where the report is.
_LONG, _LONG_M = frozenset({"river", "desert", "mountain", "lake"}), 50_000.0

# Hand-set weights in natural-log units: what each candidate is worth before the report is asked. The learned
# ranker starts from this score, so that what its training texts lack (curated sites) keeps its weight.
# A region named like its city is taken as the city, unless the words say "province".
_COUNTRY, _ADMIN1, _CURATED = 8.0, -2.0, 5.0
_REGION_OF_ITS_CITY = -6.0
_KIND_FITS, _KIND_CLASHES = 4.0, -2.0
_EXACT = 1.0
_MATCHED = {"abbreviation": -1.5, "alternate": -1.5}
_SEAT = 4.0  # a capital whose name stands for the government in it
_PEOPLE = 1.2  # for each power of ten


def is_area(place: Place) -> bool:
    """Tell a place that is an area, or as long as one, from a spot."""
    return place.feature in AREAS or (place.feature in _LONG and place.extent_m > _LONG_M)


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
    @property
    def curated(self) -> bool: ...  # noqa: D102
    @property
    def own(self) -> bool: ...  # noqa: D102


class Names(Protocol):
    """What knows names: a gazetteer."""

    def lookup(self, name: str, limit: int = 50) -> Sequence[Match]:
        """Return the places that a name may mean."""


class Misspelt(Protocol):
    """What a gazetteer says that a misspelt name may mean."""

    @property
    def hit(self) -> Match: ...  # noqa: D102
    @property
    def score(self) -> float: ...  # noqa: D102


@runtime_checkable
class Speller(Protocol):
    """A gazetteer that knows names near to one it does not have."""

    def suggest(self, name: str, limit: int = 5) -> Sequence[Misspelt]:
        """Return what a misspelt name may mean, the likeliest first."""


@dataclass
class Group:
    """The mentions of one name and the places it may mean, with the score each has by itself.

    ``reason`` says why there are none, where it is not that the gazetteer lacks the name.
    """

    mentions: list[PlaceMention]
    hits: list[Match] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    reason: str | None = None

    @property
    def hints(self) -> set[str]:
        """What the words call it: "base", "region"."""
        return {mention.feature_hint for mention in self.mentions if mention.feature_hint}

    @property
    def is_government(self) -> bool:
        """Whether the name stands for who governs there, at least half of the time."""
        return 2 * sum(mention.metonymy for mention in self.mentions) >= len(self.mentions)


def kind_of(place: Place) -> str:
    """Return the class of `FEATURE_NOUNS` that a place is of."""
    return CLASSES.get(place.feature, place.feature)


def grouped(mentions: Sequence[PlaceMention], gazetteer: Names, key: Callable[[str], str]) -> list[Group]:
    """Return the mentions by name, in text order, with candidates and the score each has by itself.

    Parameters
    ----------
    mentions : sequence of PlaceMention
        Those without a name are left out.
    gazetteer : Names
        Where candidates come from.
    key : callable
        Brings the spellings of one name together.
    """
    by_name: dict[str, Group] = {}
    for mention in mentions:
        if mention.name:
            by_name.setdefault(core(mention.name, key), Group([])).mentions.append(mention)
    groups: list[Group] = []
    for group in by_name.values():
        group.hits = _hits(group, gazetteer)
        groups.extend(_split(group))
    for group in groups:
        hits = [hit for hit in group.hits if not _is_other_thing(hit, group)]
        scored = sorted(((own_score(hit, group), -i, hit) for i, hit in enumerate(hits)), reverse=True)
        group.hits = [hit for _, _, hit in scored]
        group.scores = [score for score, _, _ in scored]
    return sorted(groups, key=lambda group: group.mentions[0].start)


def core(name: str, key: Callable[[str], str]) -> str:
    """Return the key of a name without its noun, so that "At Tanf" and "Tanf Garrison" are one name."""
    words = name.replace("-", " ").split()
    while len(words) > 1 and FEATURE_NOUNS.get(words[-1].lower()) in _SITE_KINDS:
        words.pop()
    return key(" ".join(words)) or key(name)


def _hits(group: Group, gazetteer: Names) -> list[Match]:
    """Return the candidates of all spellings of a name; those of the fuller spelling first."""
    found: dict[str, Match] = {}
    names = {mention.name for mention in group.mentions if mention.name}
    for name in sorted(names, key=lambda n: (-len(n), n)):
        for hit in gazetteer.lookup(name, _ASKED):
            known = found.get(hit.place.gid)
            if known is None or (hit.exact and not known.exact):
                found[hit.place.gid] = hit
    return list(found.values())


def _split(group: Group) -> list[Group]:
    """Take "Homs province" for another place than "Homs", where there is a region round the city."""
    regions = [mention for mention in group.mentions if mention.feature_hint == "region"]
    rest = [mention for mention in group.mentions if mention.feature_hint != "region"]
    if not regions or not rest or not any(holds_its_city(hit, group) for hit in group.hits):
        return [group]
    return [Group(rest, group.hits), Group(regions, group.hits)]


def _is_other_thing(hit: Match, group: Group) -> bool:
    """Say whether the words name a thing of nature and the candidate is a town of that name: "Taal volcano"."""
    return bool(group.hints & _NATURAL) and hit.place.feature in ("city", "admin1", "admin2", "airfield")


def own_score(hit: Match, group: Group) -> float:
    """Return what a candidate is worth before the report is asked, in natural-log units."""
    place, hints = hit.place, group.hints
    score = math.log10(place.population + 10) * _PEOPLE
    score += {"country": _COUNTRY, "admin1": _ADMIN1}.get(place.feature, 0.0)
    if "region" not in hints and holds_its_city(hit, group):
        score += _REGION_OF_ITS_CITY
    if hit.curated:
        score += _CURATED
    if group.is_government and is_capital(place):
        score += _SEAT
    score += _EXACT * hit.exact + _MATCHED.get(hit.matched, 0.0)
    if place.feature == "country" and "region" in hints and _has_region(group):
        score -= _COUNTRY
    if kind_of(place) in hints:
        score += _KIND_FITS
    elif hints & _SITE_KINDS:
        score += _KIND_CLASHES
    return score


def _has_region(group: Group) -> bool:
    """Say whether a region bears the very name, so that "the state of Georgia" is no country."""
    return any(hit.place.feature == "admin1" and hit.matched == "name" and hit.exact for hit in group.hits)


def holds_its_city(region: Match, group: Group) -> bool:
    """Say whether a candidate is a region round a city that bears its name: Damascus, Baghdad, Moscow."""
    return any(is_its_city(hit, region) for hit in group.hits)


def is_its_city(hit: Match, region: Match) -> bool:
    """Say whether a candidate is the city in a region round it that bears its name."""
    place = region.place
    return (
        place.feature in ("admin1", "admin2")
        and hit.place.feature == "city"
        and _BARE.get(hit.matched, hit.matched) == _BARE.get(region.matched, region.matched)
        and hit.place.country == place.country
        and hit.place.population > _CITY_SHARE * place.population
        and (
            hit.admin1 == region.admin1
            or geodesic_m(place.lat, place.lon, hit.place.lat, hit.place.lon) < _OWN_CITY_M
        )
    )
