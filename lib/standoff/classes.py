"""Classes of a quantity with their colours: one scale for maps and figures, so that they can be held beside each other."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable
from dataclasses import dataclass

COLOURS = ("#fddea0", "#fea973", "#f7705c", "#cf4070", "#942c80", "#5c167f", "#1a1042")
"""From little to much, each darker than the one before: told apart with any colour vision, and in grey."""
_STEPS = (1.0, 3.0)  # within a power of ten


@dataclass(frozen=True)
class Classes:
    """A scale of a positive quantity.

    Attributes
    ----------
    limits : tuple of float
        Where one class ends and the next begins; a value on a limit is in the upper class.
    """

    limits: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> Classes:
        """Make classes that end at 1 and 3 times powers of ten, the uppermost ones that the values need.

        What lies below the lowest limit is one class: with seven classes, about a thousandth of the largest.

        Examples
        --------
        >>> Classes.of([0.02, 0.5, 4.0]).limits
        (0.03, 0.1, 0.3, 1.0, 3.0)
        """
        positive = [value for value in values if value > 0]
        if not positive:
            return cls(())
        low, high = math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive)))
        ends = [round(step * 10.0**power, 12) for power in range(low - 1, high + 1) for step in _STEPS]
        within = [end for end in ends if min(positive) < end <= max(positive)]
        return cls(tuple(within[-(len(COLOURS) - 1) :]))

    def __len__(self) -> int:
        return len(self.limits) + 1

    def number(self, value: float) -> int:
        """Return the class of a value, 0 for the lowest."""
        return bisect.bisect_right(self.limits, value)

    @property
    def colours(self) -> list[str]:
        """The colour of each class; the whole range is used, however few there are."""
        if len(self) == 1:
            return [COLOURS[len(COLOURS) // 2]]
        return [COLOURS[round(i * (len(COLOURS) - 1) / (len(self) - 1))] for i in range(len(self))]

    def colour(self, value: float) -> str:
        """Return the colour of a value."""
        return self.colours[self.number(value)]

    @property
    def labels(self) -> list[str]:
        """What each class holds, in words.

        Examples
        --------
        >>> Classes((0.1, 1.0)).labels
        ['below 0.1', '0.1 to 1', '1 and more']
        """
        if not self.limits:
            return ["all"]
        between = [f"{a:g} to {b:g}" for a, b in zip(self.limits, self.limits[1:], strict=False)]
        return [f"below {self.limits[0]:g}", *between, f"{self.limits[-1]:g} and more"]
