"""Every unit of length that reports use, once; conversion by pint.

>>> to_metres(34, "mile")
54717.696
>>> unit_of("mi"), unit_of("Nautical Miles"), unit_of("parsnips")
('mile', 'nautical_mile', None)
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from standoff.errors import SettingError

# Canonical names are pint's where pint has the unit. The alias table comes first because
# pint reads "nm" as nanometre and "M" as molar.
LENGTH_ALIASES: dict[str, tuple[str, ...]] = {
    "metre": ("m", "meter", "meters", "metre", "metres", "mtr", "mtrs"),
    "kilometre": (
        "km", "kms", "kilometer", "kilometers", "kilometre", "kilometres", "klick", "klicks", "click", "clicks",
        "k.m.",
    ),
    "centimetre": ("cm", "centimeter", "centimeters", "centimetre", "centimetres"),
    "millimetre": ("mm", "millimeter", "millimeters", "millimetre", "millimetres"),
    "mile": ("mi", "mi.", "mile", "miles", "statute mile", "statute miles"),
    "nautical_mile": (
        "nm", "nmi", "n.m.", "nautical mile", "nautical miles", "naut. miles", "sea mile", "sea miles",
    ),
    "yard": ("yd", "yds", "yard", "yards"),
    "foot": ("ft", "ft.", "foot", "feet"),
    "inch": ("inch", "inches"),
    "furlong": ("furlong", "furlongs"),
    "cable": ("cable", "cables", "cable length", "cable lengths"),
    "league": ("league", "leagues"),
    "li": ("li",),
    "verst": ("verst", "versts"),
}  # fmt: skip

# Not in pint, or another size there. A cable is a tenth of a nautical mile (IHO S-32);
# the modern Chinese li is 500 m; the Russian verst 1066.8 m (3500 English feet).
DEFINITIONS = (
    "standoff_cable = 185.2 * metre",
    "standoff_li = 500 * metre",
    "standoff_verst = 1066.8 * metre",
)
PINT_NAMES = {"cable": "standoff_cable", "li": "standoff_li", "verst": "standoff_verst"}

_BY_ALIAS = {alias: unit for unit, aliases in LENGTH_ALIASES.items() for alias in aliases}
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_QUANTITY = re.compile(r"\s*([0-9]+(?:[.,][0-9]+)?)\s*([^\W\d_][\w. ]*?)\s*")


@cache
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry(cache_folder=None)
    for definition in DEFINITIONS:
        registry.define(definition)
    return registry


@cache
def _factor(unit: str) -> float:
    name = PINT_NAMES.get(unit, unit)
    return float(_registry().Quantity(1, name).to("metre").magnitude)


def unit_of(words: str) -> str | None:
    """Return the canonical unit of length that the words name, or None.

    Parameters
    ----------
    words : str
        A unit as written: ``"km"``, ``"Nautical miles"``.
    """
    return _BY_ALIAS.get(" ".join(words.lower().split()))


def to_metres(value: float, unit: str) -> float:
    """Convert a length to metres.

    Parameters
    ----------
    value : float
        The number stated.
    unit : str
        A canonical unit name (a key of ``LENGTH_ALIASES``).

    Examples
    --------
    >>> round(to_metres(12, "nautical_mile"), 3)
    22224.0
    """
    return value * _factor(unit)


def parse_length(text: str, setting: str | None = None) -> float:
    """Read a length an analyst typed, such as ``"34 mi"``, in metres.

    Raises
    ------
    SettingError
        If the text is not a number and a unit of length. "1,500 km" is refused, too: it is 1500 in one
        country and 1.5 in the next.

    Examples
    --------
    >>> parse_length("34 mi")
    54717.696
    """
    prefix = f"{setting}: " if setting else ""
    match = _QUANTITY.fullmatch(text)
    unit = unit_of(match[2]) if match else None
    if match is None or unit is None:
        known = ", ".join(aliases[0] for aliases in LENGTH_ALIASES.values())
        msg = f"{prefix}{shortened(text)!r} is not a number with a unit of length (units: {known})"
        raise SettingError(msg)
    if _THOUSANDS.fullmatch(match[1]):
        msg = f"{prefix}{text!r} can be read in two ways; write it without the comma"
        raise SettingError(msg)
    return to_metres(float(match[1].replace(",", ".")), unit)


def shortened(text: str, most: int = 60) -> str:
    """Return a text as it may stand in a message of one line.

    Examples
    --------
    >>> shortened("9" * 400, 6)
    '999999…'
    """
    return text if len(text) <= most else f"{text[:most]}…"
