"""How wide a shape must be so that it holds the truth as often as it claims.

The figures come from data/coverage.csv, one row a kind of relation, compass word and
coverage; benchmarks/fit_coverage.py fits them on people's reports with a known truth.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from standoff.resources import data_path


class Width(NamedTuple):
    """One row of the table.

    ``extent_share`` is the part of the anchor's extent that counts, ``share`` the
    half-width of the band as a share of the stated distance, ``halfwidth_deg`` the
    half-angle of a sector (180 for a ring).
    """

    extent_share: float
    share: float
    halfwidth_deg: float


@cache
def _rows() -> dict[tuple[str, float], dict[float, Width]]:
    """Return the table: by kind and coverage, then by the half-angle of the compass word."""
    table: dict[tuple[str, float], dict[float, Width]] = {}
    with data_path("coverage.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            width = Width(float(row["extent_share"]), float(row["share"]), float(row["halfwidth_deg"]))
            by_wind = table.setdefault((row["kind"], float(row["coverage"])), {})
            by_wind[float(row["wind_deg"] or 180)] = width
    return table


def _width(kind: str, coverage: float) -> Width:
    # The band is the same for all compass words, so any row of the kind has it.
    return next(iter(_rows()[kind, coverage].values()))


def halfwidth_m(
    kind: str, coverage: float, metres: float, extent_m: float = 0.0, digits_m: float = 0.0
) -> float:
    """Return how far from the stated distance the truth may be on either side, in metres.

    The larger of what the words leave open (the anchor's extent, the last digit; added,
    as in the point-radius method) and what people are wrong by.

    Parameters
    ----------
    kind : str
        ``"distance"`` or ``"offset"``.
    coverage : float
        The share of statements whose truth the shape must hold.
    metres : float
        The distance stated.
    extent_m : float
        The radius of the disc that holds the anchor; 0 where a distance is from a line.
    digits_m : float
        Half of the last digit stated: `half_last_digit_m`.

    Examples
    --------
    >>> halfwidth_m("distance", 0.9, 10_000.0, extent_m=50_000.0, digits_m=500.0) >= 500.0
    True
    """
    width = _width(kind, coverage)
    return max(width.extent_share * extent_m + digits_m, width.share * metres)


def half_last_digit_m(value: float, metres: float, decimals: int | None) -> float:
    """Return half of the last digit that a number states, in metres.

    "24 miles" is good to half a mile, "200 km" to half of a hundred kilometres at
    worst; people round to tens far more than to hundreds, so at most ten units count
    (point-radius method, Wieczorek, Guo and Hijmans 2004, "distance precision").

    Examples
    --------
    >>> half_last_digit_m(24, 38624.256, 0)
    804.672
    """
    if not value:
        return 0.0
    unit_m = metres / value
    steps = 0 if decimals is None else max(min(decimals, 3), -1)
    return float(unit_m * 10.0**-steps / 2)


def halfwidth_deg(kind: str, coverage: float, wind_deg: float | None = None) -> float:
    """Return the half-angle in degrees that a stated direction needs for a coverage.

    Parameters
    ----------
    kind : str
        ``"offset"``; a ``"distance"`` has no direction, and its half-angle is 180.
    coverage : float
        The share of statements whose truth the shape must hold.
    wind_deg : float, optional
        The half-angle that the compass word leaves open: 45 for "north", 22.5 for
        "north-east", 11.25 for "NNE". Without it, or for a finer one, the widest counts.

    Examples
    --------
    >>> halfwidth_deg("distance", 0.9)
    180.0
    >>> halfwidth_deg("offset", 0.9, 45.0) <= halfwidth_deg("offset", 0.9)
    True
    """
    by_wind = _rows()[kind, coverage]
    if wind_deg in by_wind:
        return by_wind[wind_deg].halfwidth_deg
    return max(width.halfwidth_deg for width in by_wind.values())
