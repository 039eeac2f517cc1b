"""How wide a shape must be so that it holds the truth as often as it claims.

The figures come from data/coverage.csv, one row a kind of relation, kind of text, compass word
and coverage; benchmarks/fit_coverage.py fits them on statements with a known truth.

The truth of "40 km from X" lies between 40 km less what the inner figures allow, and 40 km more
what the outer ones do. The two differ: on land the distance stated is often that by road, longer
than the line; and one measures from the edge of a town or island, so the truth lies farther from
its middle than stated.
"""

from __future__ import annotations

import csv
import math
from functools import cache
from typing import NamedTuple

from standoff.resources import data_path

ANY_WIND = 180.0


class Width(NamedTuple):
    """One row of the table.

    Attributes
    ----------
    inner_extent, outer_extent : float
        The part of the anchor's extent that counts, inwards and outwards.
    inner_share, outer_share : float
        Of the stated distance.
    outer_m : float
        What is added outwards, in metres: how far "near" reaches.
    halfwidth_deg, extent_deg : float
        The half-angle of a sector, and how much of the angle that the anchor's extent spans is added.
    """

    inner_extent: float
    inner_share: float
    outer_extent: float
    outer_share: float
    outer_m: float
    halfwidth_deg: float
    extent_deg: float

    def band_m(
        self, low_m: float, high_m: float, extent_m: float = 0.0, digits_m: float = 0.0
    ) -> tuple[float, float]:
        """Return how near to and how far from the anchor the truth may be, in metres.

        Parameters
        ----------
        low_m, high_m : float
            The distances stated; one twice, or the ends of a range.
        extent_m : float
            The radius of the disc that holds the anchor; 0 where the distance is from an outline.
        digits_m : float
            Half of the last digit stated: `half_last_digit_m`.

        Examples
        --------
        >>> Width(0.0, 0.5, 1.0, 0.1, 0.0, 180.0, 0.0).band_m(10_000, 10_000, extent_m=3_000)
        (5000.0, 14000.0)
        """
        inner = low_m - max(digits_m, self.inner_share * low_m) - self.inner_extent * extent_m
        outer = (
            high_m + max(digits_m, self.outer_share * high_m) + self.outer_extent * extent_m + self.outer_m
        )
        return max(inner, 0.0), outer

    def half_angle_deg(self, metres: float, extent_m: float) -> float:
        """Return the half-angle of a sector round an anchor of some extent, at most 180 degrees.

        Examples
        --------
        >>> Width(0.0, 0.0, 0.0, 0.0, 0.0, 20.0, 1.0).half_angle_deg(1_000, 0.0)
        20.0
        """
        spanned = math.degrees(math.atan2(extent_m, metres + extent_m)) if extent_m else 0.0
        return min(self.halfwidth_deg + self.extent_deg * spanned, 180.0)


@cache
def _rows() -> dict[tuple[str, str, float], dict[float, Width]]:
    """Return the table: by kind, text and coverage, then by the half-angle of the compass word."""
    table: dict[tuple[str, str, float], dict[float, Width]] = {}
    with data_path("coverage.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            width = Width(*(float(row[name]) for name in Width._fields))
            by_wind = table.setdefault((row["kind"], row["text"], float(row["coverage"])), {})
            by_wind[float(row["wind_deg"] or ANY_WIND)] = width
    return table


def width_of(kind: str, text: str, coverage: float, wind_deg: float | None = None) -> Width | None:
    """Return how wide a kind of statement is drawn, or None where nothing is known of it.

    Parameters
    ----------
    kind : str
        ``"distance"``, ``"offset"``, ``"near"``, ``"at"``, ``"in"``, ``"direction"``.
    text : str
        The kind of text: ``"line"``, ``"sea"``, ``"land"`` or ``"event"``.
    coverage : float
        The share of statements whose truth the shape must hold.
    wind_deg : float, optional
        The half-angle that the compass word leaves open: 45 for "north", 22.5 for
        "north-east", 11.25 for "NNE". For a finer one that of "NNE" counts, without one the widest.

    Examples
    --------
    >>> width_of("distance", "sea", 0.9).halfwidth_deg
    180.0
    >>> width_of("offset", "line", 0.9, 45.0).halfwidth_deg < width_of("offset", "land", 0.9, 45.0).halfwidth_deg
    True
    >>> width_of("zone", "land", 0.9) is None
    True
    """
    by_wind = _rows().get((kind, text, coverage))
    if by_wind is None:
        return None
    if wind_deg is None:
        return max(by_wind.values(), key=lambda width: width.halfwidth_deg)
    known = [wind for wind in by_wind if wind >= wind_deg]
    return by_wind[min(known)] if known else by_wind[max(by_wind)]


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
