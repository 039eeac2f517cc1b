"""What a written position is, and what is one in form alone."""

from __future__ import annotations

from dataclasses import dataclass

#: Metres that one degree of latitude spans, WGS84 mean (111.2 km): only for a precision.
DEGREE_M = 111_195.0


@dataclass(frozen=True)
class Position:
    """A position as written: degrees, offsets into the text, half of its last digit in metres."""

    text: str
    start: int
    end: int
    lat: float
    lon: float
    precision_m: float
    note: str | None = None


@dataclass(frozen=True)
class Refusal:
    """Words in the form of a position that can be none, or not be told without more."""

    text: str
    start: int
    end: int
    reason: str
