"""How wide a shape must be so that it holds the truth as often as it claims.

The shares come from data/coverage.csv, one row a kind of relation and coverage.
"""

from __future__ import annotations

import csv
from functools import cache

from standoff.resources import data_path


@cache
def _rows() -> dict[tuple[str, float], tuple[float, float]]:
    with data_path("coverage.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {
        (row["kind"], float(row["coverage"])): (float(row["share"]), float(row["halfwidth_deg"]))
        for row in rows
    }


def share_of_distance(kind: str, coverage: float) -> float:
    """Return the half-width of a ring or a sector as a share of the distance stated.

    Parameters
    ----------
    kind : str
        ``"distance"`` or ``"offset"``.
    coverage : float
        The share of statements whose truth the shape must hold.

    Examples
    --------
    >>> share_of_distance("distance", 0.9)
    0.2
    """
    return _rows()[kind, coverage][0]


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


def halfwidth_deg(kind: str, coverage: float) -> float:
    """Return the half-angle in degrees that a stated direction needs for a coverage.

    Examples
    --------
    >>> halfwidth_deg("offset", 0.9)
    30.0
    """
    return _rows()[kind, coverage][1]
