"""What the grammar of quantities makes: a number with its unit, and what can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from standoff.extract.numbers import Number
from standoff.extract.unit_reader import Unit
from standoff.units import to_si

BACKWARDS = "the range is stated from the larger number to the smaller"
DOWN = "from the larger number to the smaller: read as two statements, not as a range"
NEGATIVE = "a number below zero cannot be meant: it is not used"
ZERO = "a distance of 0, which adds nothing"


@dataclass(frozen=True)
class Quantity:
    """A number, or two ends of a range, with a unit; ``notes`` say what is not clear."""

    start: int
    end: int
    value: float
    low: float
    high: float
    unit: Unit
    is_range: bool = False
    is_vague: bool = False
    plus: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def si(self) -> tuple[float, str] | None:
        """The value in the SI unit of its dimension; None for what has none, and for what cannot be."""
        if self.unit.dimension in ("money", "count") or NEGATIVE in self.notes or self.unit.has_no_size:
            return None
        found = to_si(self.value, self.unit.name)
        if found and self.unit.dimension == "temperature" and found[0] < 0:
            return None
        return found


@dataclass(frozen=True)
class Element:
    """A number in the text with the unit right behind it, if one stands there."""

    start: int
    end: int
    number: Number
    unit: Unit | None
    negative: bool
    is_free: bool  # nothing is glued to its left side: not the 23 of "M23"


@dataclass(frozen=True)
class Span:
    """Numbers joined into one statement, without a unit: "between 20 and 30"."""

    start: int
    end: int
    low: float
    high: float
    value: float
    is_range: bool
    notes: tuple[str, ...] = ()


def sized(element: Element, unit: Unit) -> float:
    """Return a number in the SI unit, so that 500 m comes before 2 km."""
    found = to_si(element.number.value, unit.name) if unit.dimension not in ("money", "count") else None
    return found[0] if found else element.number.value


def impossible(value: float, unit: Unit) -> list[str]:
    """Return what is wrong with a number of a unit: a length below zero, a cold below absolute zero."""
    if unit.dimension == "temperature":
        si = None if unit.has_no_size else to_si(value, unit.name)
        return ["nothing is colder than absolute zero"] if si and si[0] < 0 else []
    if value < 0 and unit.dimension not in ("money", "other"):
        return [NEGATIVE]
    return [ZERO] if value == 0 and unit.dimension == "length" else []
