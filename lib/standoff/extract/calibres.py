"""Calibres and speeds that are written like nothing else: "7.62x39mm", ".50-calibre", "Mach 2".

>>> [(c.value, c.unit, c.dimension) for c in found("a .50-calibre gun, 7.62x39mm rounds, at Mach 2")]
[(7.62, 'millimetre', 'calibre'), (0.5, 'inch', 'calibre'), (2.0, 'mach', 'speed')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standoff.model import Dimension

_CARTRIDGE = re.compile(
    r"(?<![\w.,])(?P<bore>\d{1,3}(?:\.\d{1,2})?)\s?(?:mm\s?)?[x×*]\s?(?P<case>\d{2,3})(?:\s?mm)?R?(?P<mm>mm)?(?![\w.]\w)",
    re.IGNORECASE,
)
_BORES = frozenset(
    {
        "4.6",
        "5.45",
        "5.56",
        "5.7",
        "5.8",
        "6.5",
        "6.8",
        "7.5",
        "7.62",
        "7.65",
        "7.92",
        "8.6",
        "9",
        "12.7",
        "14.5",
    }
)
_CAL = re.compile(r"(?<![\w.,])\.?(?P<digits>\d{2,3})[\s-]?cal(?:ib(?:re|er))?\b\.?", re.IGNORECASE)
_INCH_BORES = frozenset(
    {"22", "25", "30", "32", "38", "40", "44", "45", "50", "223", "303", "308", "338", "357", "408"}
)
_NATO = re.compile(
    r"(?<![\w.,])(?P<bore>5\.45|5\.56|7\.62|12\.7|14\.5)(?=\s+(?:NATO|ammunition|rounds?|bullets?|cartridges?|machine)\b)"
)
_MACH = re.compile(r"\bMach[\s-](?P<value>\d{1,2}(?:\.\d{1,2})?)(?![\w.]\w)")


@dataclass(frozen=True)
class Special:
    """One of them, with its place in the text."""

    start: int
    end: int
    value: float
    unit: str
    dimension: Dimension
    note: str


def found(text: str) -> Iterator[Special]:
    """Yield them, kind by kind."""
    for match in _CARTRIDGE.finditer(text):
        if match["bore"] in _BORES:
            note = f"a calibre; the case is {match['case']} mm long"
            yield Special(*match.span(), float(match["bore"]), "millimetre", "calibre", note)
    for match in _CAL.finditer(text):
        if match["digits"] in _INCH_BORES:
            inches = float(f"0.{match['digits']}")
            yield Special(match.start(), match.end(), inches, "inch", "calibre", "a calibre")
    for match in _NATO.finditer(text):
        yield Special(
            *match.span(), float(match["bore"]), "millimetre", "calibre", "a calibre; its unit is not stated"
        )
    for match in _MACH.finditer(text):
        note = "Mach is read as the speed of sound at sea level, 340 m/s; higher up it is less"
        yield Special(*match.span(), float(match["value"]), "mach", "speed", note)
