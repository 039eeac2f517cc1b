"""How sure a share is: intervals by resampling reports, and how often stated chances come true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

SHARE = 0.95
"""What an interval holds."""
DRAWS = 2000


def ratio_interval(
    parts: Sequence[tuple[float, float]], share: float = SHARE, draws: int = DRAWS
) -> tuple[float, float]:
    """Return the bounds of a ratio of sums, by drawing reports anew; the same each time.

    Events of one report stand and fall together, so reports are drawn, not events.

    Parameters
    ----------
    parts : sequence of (part, whole)
        What each report adds to both sums.
    share : float
        What the interval holds.
    draws : int

    Returns
    -------
    (low, high)
        (nan, nan) where there is nothing to divide by.

    Examples
    --------
    >>> ratio_interval([(1, 1)] * 20), ratio_interval([(0, 1), (1, 1)] * 10)
    ((1.0, 1.0), (0.25, 0.75))
    """
    if not parts:
        return math.nan, math.nan
    counts = np.array(parts, dtype=float)
    generator = np.random.default_rng(0)
    drawn = counts[generator.integers(0, len(counts), (draws, len(counts)))].sum(axis=1)
    drawn = drawn[drawn[:, 1] > 0]
    if not len(drawn):
        return math.nan, math.nan
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def wilson(right: int, number: int, share: float = SHARE) -> tuple[float, float]:
    """Return the bounds of a share of independent answers (Wilson's score interval).

    Examples
    --------
    >>> [round(bound, 3) for bound in wilson(8, 10)]
    [0.49, 0.943]
    """
    if not number:
        return math.nan, math.nan
    from statistics import NormalDist

    z = NormalDist().inv_cdf((1 + share) / 2)
    found, spread = right / number, z * z / number
    middle = (found + spread / 2) / (1 + spread)
    half = z * math.sqrt(found * (1 - found) / number + spread / (4 * number)) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def reliability(probabilities: Sequence[float], right: Sequence[bool], bins: int = 10) -> pd.DataFrame:
    """Return how often answers of about a stated chance are right, a row a bin of equal width that has any.

    Parameters
    ----------
    probabilities : sequence of float
        What was stated, 0 to 1.
    right : sequence of bool
        Whether it was right.
    bins : int

    Returns
    -------
    DataFrame
        ``low``, ``high`` (of the bin), ``answers``, ``stated`` (their mean), ``right`` (the share of them), and
        ``right_low``, ``right_high``, which hold that share in 95 of 100 such samples.

    Examples
    --------
    >>> reliability([0.72, 0.78, 0.95], [True, False, True])[["low", "answers", "stated", "right"]].values.tolist()
    [[0.7, 2.0, 0.75, 0.5], [0.9, 1.0, 0.95, 1.0]]
    """
    import pandas as pd

    stated, was_right = np.asarray(probabilities, dtype=float), np.asarray(right, dtype=bool)
    numbers = np.minimum((stated * bins).astype(int), bins - 1)
    rows = []
    for number in np.unique(numbers):
        here = numbers == number
        low, high = wilson(int(was_right[here].sum()), int(here.sum()))
        rows.append((
            number / bins, (number + 1) / bins, int(here.sum()), float(stated[here].mean()),
            float(was_right[here].mean()), low, high,
        ))  # fmt: skip
    names = ["low", "high", "answers", "stated", "right", "right_low", "right_high"]
    return pd.DataFrame(rows, columns=names)
