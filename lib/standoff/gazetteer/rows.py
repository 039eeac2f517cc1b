"""What a source yields: a place and the names it goes by."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

NameKind = Literal["name", "alternate", "abbreviation", "demonym", "adjective"]
NAME_KINDS: tuple[NameKind, ...] = get_args(NameKind)

# Estimates of ours. A town of 1,000 fits into a disc of 1 km, one of 100,000 into 5.5 km, of
# ten million into 30 km: area grows a little slower than population (exponent 2 * 0.37).
# A check on a few known cities is in tests/gazetteer/test_sources.py.
TOWN_RADIUS_M = 1_000.0
TOWN_EXPONENT = 0.37
TOWN_LIMITS_M = (500.0, 40_000.0)
AIRFIELD_RADIUS_M = 2_500.0  # half of a 3 to 4 km runway and what lies round it


class PlaceName(NamedTuple):
    """A name as written and what kind of name it is."""

    text: str
    kind: NameKind


class PlaceRow(NamedTuple):
    """A place with all its names.

    ``admin1`` is an ISO 3166-2 code, or None where it is not known; ``extent_m`` the radius of
    the disc that holds the place.
    """

    gid: str
    name: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    feature: str
    population: int
    extent_m: float
    source: str
    curated: bool
    names: tuple[PlaceName, ...]


def town_extent_m(population: int) -> float:
    """Estimate the radius in metres of the disc that holds a town, from its population.

    Examples
    --------
    >>> [round(town_extent_m(n)) for n in (0, 1_000, 100_000, 10_000_000)]
    [1000, 1000, 5495, 30200]
    """
    if population <= 0:
        return TOWN_RADIUS_M
    radius_m: float = TOWN_RADIUS_M * (population / 1_000) ** TOWN_EXPONENT
    return min(max(radius_m, TOWN_LIMITS_M[0]), TOWN_LIMITS_M[1])
