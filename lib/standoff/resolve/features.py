"""What speaks for each candidate, in numbers: the place itself, and the report round it.

The report is seen through a prior: how likely each candidate of every name is before, so
that a name draws its neighbours to it without any of them being decided first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from standoff.capitals import is_capital
from standoff.geodesy import EARTH_RADIUS_KM, unit_vectors
from standoff.model import Place
from standoff.resolve.containment import NATURE, is_in, stated_pairs
from standoff.resolve.groups import Group, Match, holds_its_city, is_area, kind_of
from standoff.resolve.publishers import Home

Array = NDArray[np.float64]
_FAR_KM = 20_000.0
#: Names that are looked at round each candidate, the first ones: what keeps a list of 5,000 places affordable.
_MOST_NAMES, _SENSES = 250, 3
_ROWS_AT_ONCE = 2_000
_BESIDE_KM = 30.0  # of an area that the report names: across its border
_REACHES_KM = (30.0, 150.0, 600.0)

NAMES: tuple[str, ...] = (
    # the place and the name
    "is_none", "score", "score_behind_best", "log_people", "people_behind_most", "rank_by_people", "log_extent",
    "is_country", "is_admin1", "is_admin2", "is_city", "is_nature", "is_site", "is_wide", "is_curated",
    "by_name", "by_alternate", "by_abbreviation", "by_people", "is_exact", "log_candidates", "words", "capitals",
    "kind_fits", "kind_clashes", "called_region", "rival_country", "rival_admin1", "rival_city",
    "in_its_namesake", "share_of_people", "is_capital", "is_government", "is_region_of_its_city",
    # the report
    "in_stated", "out_of_stated", "holds_stated", "holds_not_stated", "times", "is_first", "names",
    "nearest_km", "first_km", "near_30", "near_150", "near_600", "share_country", "share_admin1",
    "country_named", "other_country_named", "admin1_named", "other_admin1_named", "admin2_named",
    "near_area_named", "place_in_it",
    # who printed it
    "home_country", "home_name", "home_km", "home_admin1",
)  # fmt: skip
_COLUMN = {name: number for number, name in enumerate(NAMES)}


@dataclass
class _Report:
    """The likeliest places of the other names, one a row."""

    owners: NDArray[np.int64]
    weights: Array
    vectors: Array
    places: list[Place]
    admin1: list[str | None]
    times: Array


def matrix(groups: Sequence[Group], prior: Sequence[Array], home: Home) -> Array:
    """Return the features of all candidates, and behind those of each group one row for "none of these".

    Parameters
    ----------
    groups : sequence of Group
        Every group with at least one candidate.
    prior : sequence of array
        For each group, how likely each candidate is before; sums to at most 1.
    home : Home
        What is known of where the report was printed.

    Returns
    -------
    array of shape (rows, len(NAMES))
        Rows in the order of the groups: each group's candidates, then its "none".
    """
    table = np.zeros((sum(len(group.hits) + 1 for group in groups), len(NAMES)))
    report = _report(groups, prior)
    row = 0
    stated: dict[int, list[tuple[int, int]]] = {}
    for pair in stated_pairs(groups):
        for number in pair:
            stated.setdefault(number, []).append(pair)
    for number, group in enumerate(groups):
        rows = slice(row, row + len(group.hits))
        _own(table[rows], group)
        _stated(table[rows], number, groups, prior, stated.get(number, ()))
        _printed(table[rows], group, home)
        none = table[rows.stop]
        none[:] = table[row + int(np.argmax(group.scores))]  # what "none" must be better than
        none[_COLUMN["is_none"]] = 1.0
        row = rows.stop + 1
    _round(table, groups, report)
    return table


def _set(table: Array, name: str, values: Array | Sequence[float] | float) -> None:
    table[:, _COLUMN[name]] = values


def _own(table: Array, group: Group) -> None:
    places = [hit.place for hit in group.hits]
    people = np.array([math.log10(place.population + 10) for place in places])
    scores = np.array(group.scores)
    _set(table, "score", scores)
    _set(table, "score_behind_best", scores.max() - scores)
    _set(table, "log_people", people)
    _set(table, "people_behind_most", people.max() - people)
    _set(table, "rank_by_people", np.argsort(np.argsort(-people, kind="stable"), kind="stable").astype(float))
    _set(table, "log_extent", [math.log10(place.extent_m + 10) for place in places])
    kinds = [_kind(hit) for hit in group.hits]
    for kind in ("country", "admin1", "admin2", "city", "nature", "site", "wide"):
        _set(table, f"is_{kind}", [float(kind == own) for own in kinds])
    for kind in ("country", "admin1", "city"):
        _set(table, f"rival_{kind}", float(kind in kinds))
    states = {place.country for place in places if place.feature == "country"}
    _set(
        table,
        "in_its_namesake",
        [float(place.feature != "country" and place.country in states) for place in places],
    )
    total = sum(place.population + 100 for place in places)
    _set(table, "share_of_people", [(place.population + 100) / total for place in places])
    _set(table, "is_capital", [float(is_capital(place)) for place in places])
    _set(table, "is_government", float(group.is_government))
    _set(table, "is_region_of_its_city", [float(holds_its_city(hit, group)) for hit in group.hits])
    _set(table, "is_curated", [float(hit.curated) for hit in group.hits])
    for name, matched in (("name", ("name",)), ("alternate", ("alternate",)), ("abbreviation", ("abbreviation",)),
                          ("people", ("demonym", "adjective"))):  # fmt: skip
        _set(table, f"by_{name}", [float(hit.matched in matched) for hit in group.hits])
    _set(table, "is_exact", [float(hit.exact) for hit in group.hits])
    _set(table, "log_candidates", math.log2(len(places)))
    written = group.mentions[0].name or ""
    _set(table, "words", len(written.split()))
    _set(table, "capitals", float(written.isupper()))
    hints = group.hints
    _set(table, "kind_fits", [float(kind_of(place) in hints) for place in places])
    _set(table, "kind_clashes", [float(bool(hints) and kind_of(place) not in hints) for place in places])
    _set(table, "called_region", float("region" in hints))


_GROUND = {"country": "country", "admin1": "admin1", "admin2": "admin2", "city": "city", "continent": "wide"}


def _kind(hit: Match) -> str:
    feature = hit.place.feature
    return _GROUND.get(feature) or (
        "nature" if feature in NATURE else "wide" if feature == "region" else "site"
    )


def _stated(
    table: Array,
    number: int,
    groups: Sequence[Group],
    prior: Sequence[Array],
    pairs: Sequence[tuple[int, int]],
) -> None:
    """Fill in what "X, Y" says: whether a candidate lies in the place stated, or holds those said to lie in it."""
    group = groups[number]
    for inner, outer in pairs:
        if inner == number:
            share = _share_in(group.hits, groups[outer].hits, prior[outer])
            _set(table, "in_stated", np.maximum(table[:, _COLUMN["in_stated"]], share))
            _set(table, "out_of_stated", np.maximum(table[:, _COLUMN["out_of_stated"]], 1 - share))
        else:
            holds = np.array(
                [float(any(is_in(held, hit) for held in groups[inner].hits)) for hit in group.hits]
            )
            _set(table, "holds_stated", table[:, _COLUMN["holds_stated"]] + holds)
            _set(table, "holds_not_stated", table[:, _COLUMN["holds_not_stated"]] + 1 - holds)
    _set(table, "times", math.log2(1 + len(group.mentions)))
    _set(table, "is_first", float(number == 0))
    _set(table, "names", math.log2(1 + len(groups)))


def _share_in(hits: Sequence[Match], holders: Sequence[Match], weights: Array) -> Array:
    """Return how likely each candidate lies in the holder; a place is not in itself."""
    return np.array([
        min(1.0, sum(float(weight) for holder, weight in zip(holders, weights, strict=True) if is_in(hit, holder)))
        for hit in hits
    ])  # fmt: skip


def _printed(table: Array, group: Group, home: Home) -> None:
    places = [hit.place for hit in group.hits]
    if home.country:
        _set(table, "home_country", [1.0 if place.country == home.country else -1.0 for place in places])
    _set(table, "home_name", float(home.is_named_after(group.mentions[0].name or "")))
    km = _FAR_KM
    if home.lat is not None and home.lon is not None:
        point = unit_vectors([home.lat], [home.lon])[0]
        km = EARTH_RADIUS_KM * np.arccos(np.clip(points_of(places) @ point, -1.0, 1.0))
    _set(table, "home_km", np.log10(np.asarray(km) + 1.0))
    if home.admin1:
        _set(table, "home_admin1", [1.0 if hit.admin1 == home.admin1 else -1.0 for hit in group.hits])


def _report(groups: Sequence[Group], prior: Sequence[Array]) -> _Report:
    rows: list[tuple[int, float, Match, int]] = []
    for number, (group, weights) in enumerate(zip(groups[:_MOST_NAMES], prior, strict=False)):
        best = np.argsort(-weights, kind="stable")[:_SENSES]
        rows += [(number, float(weights[i]), group.hits[i], len(group.mentions)) for i in best]
    places = [hit.place for _, _, hit, _ in rows]
    return _Report(
        np.array([number for number, *_ in rows], dtype=np.int64), np.array([weight for _, weight, *_ in rows]),
        points_of(places), places, [hit.admin1 for _, _, hit, _ in rows],
        np.array([float(times) for *_, times in rows]),
    )  # fmt: skip


def _round(table: Array, groups: Sequence[Group], report: _Report) -> None:
    """Fill in what the other names say of each candidate."""
    owners, hits, rows = [], [], []
    row = 0
    for number, group in enumerate(groups):
        for hit in group.hits:
            owners.append(number)
            hits.append(hit)
            rows.append(row)
            row += 1
        row += 1
    codes = _codes(report)
    for begin in range(0, len(hits), _ROWS_AT_ONCE):
        part = slice(begin, begin + _ROWS_AT_ONCE)
        values = _neighbours(hits[part], np.array(owners[part]), report, codes)
        for name, column in values.items():
            table[rows[part], _COLUMN[name]] = column


@dataclass
class _Codes:
    countries: NDArray[np.object_]
    admin1: NDArray[np.object_]
    is_country: NDArray[np.bool_]
    is_admin1: NDArray[np.bool_]
    is_admin2: NDArray[np.bool_]
    is_local: NDArray[np.bool_]
    is_area: NDArray[np.bool_]
    extents_km: Array
    gids: NDArray[np.object_]


def _codes(report: _Report) -> _Codes:
    features = [place.feature for place in report.places]
    return _Codes(
        np.array([place.country for place in report.places], dtype=object), np.array(report.admin1, dtype=object),
        np.array([f == "country" for f in features]), np.array([f == "admin1" for f in features]),
        np.array([f == "admin2" for f in features]),
        np.array([not is_area(place) or place.feature == "admin2" for place in report.places]),
        np.array([is_area(place) for place in report.places]),
        np.array([place.extent_m / 1000 for place in report.places]),
        np.array([place.gid for place in report.places], dtype=object),
    )  # fmt: skip


def _neighbours(
    hits: Sequence[Match], owners: NDArray[np.int64], report: _Report, codes: _Codes
) -> dict[str, Array]:
    places = [hit.place for hit in hits]
    km = EARTH_RADIUS_KM * np.arccos(np.clip(points_of(places) @ report.vectors.T, -1.0, 1.0))
    gids = np.array([place.gid for place in places], dtype=object)
    other = (owners[:, None] != report.owners[None, :]) & (gids[:, None] != codes.gids[None, :])
    weight = np.where(other, report.weights[None, :], 0.0)
    local = weight * codes.is_local[None, :]
    total = np.maximum((weight * report.times).sum(axis=1), 1e-9)
    country = np.array([place.country for place in places], dtype=object)[:, None] == codes.countries[None, :]
    country &= np.array([place.country is not None for place in places])[:, None]
    admin1 = np.array([hit.admin1 for hit in hits], dtype=object)[:, None] == codes.admin1[None, :]
    admin1 &= np.array([hit.admin1 is not None for hit in hits])[:, None]
    apart = km
    # A place is as near to a wide area as to its edge: what lies in it is at no distance.
    extents = np.array([place.extent_m / 1000 for place in places])
    areas = np.array([is_area(place) for place in places])
    km = np.maximum(km - np.where(areas, extents, 0.0)[:, None], 0.0)
    near = np.where(local > 0.15, km, _FAR_KM)
    first = np.where((report.owners == _first_local(report, codes))[None, :] & (weight > 0.15), km, _FAR_KM)
    named = weight * report.times
    values = {
        "nearest_km": np.log10(near.min(axis=1, initial=_FAR_KM) + 1.0),
        "first_km": np.log10(first.min(axis=1, initial=_FAR_KM) + 1.0),
        "share_country": (named * country).sum(axis=1) / total,
        "share_admin1": (named * (admin1 & codes.is_local)).sum(axis=1) / total,
        "country_named": _most(weight * (country & codes.is_country)),
        "other_country_named": _most(weight * (~country & codes.is_country)),
        "admin1_named": _most(weight * (admin1 & codes.is_admin1)),
        "other_admin1_named": _most(weight * (~admin1 & codes.is_admin1)),
        "near_area_named": _most(weight * codes.is_area * (apart <= codes.extents_km + _BESIDE_KM)),
        "admin2_named": _most(weight * codes.is_admin2 * (apart <= 1.2 * codes.extents_km + 5.0)),
    }
    for reach in _REACHES_KM:
        values[f"near_{reach:.0f}"] = np.log2(1 + (local * np.exp(-km / reach)).sum(axis=1))
    inside = local * (km <= 0.0)
    values["place_in_it"] = np.where(areas, np.log2(1 + inside.sum(axis=1)), 0.0)
    return values


def _first_local(report: _Report, codes: _Codes) -> int:
    """Return the number of the first name that is most likely no wide area; -1 without one."""
    sure = codes.is_local & (report.weights > 0.5)
    return int(report.owners[sure][0]) if sure.any() else -1


def _most(weights: Array) -> Array:
    most: Array = weights.max(axis=1, initial=0.0)
    return most


def points_of(places: Sequence[Place]) -> Array:
    """Return points on the unit sphere, one a row."""
    return unit_vectors([place.lat for place in places], [place.lon for place in places])
