"""Every unit that reports use, once, under all the names they have for it; conversion by pint.

>>> to_metres(34, "mile")
54717.696
>>> unit_of("mi"), unit_of("Nautical Miles"), unit_of("parsnips")
('mile', 'nautical_mile', None)
>>> to_si(50, "kilometre_per_hour"), to_si(40, "degree_celsius"), to_si(2, "square_kilometre")
((13.8888888889, 'm/s'), (313.15, 'K'), (2000000.0, 'm2'))
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from standoff.errors import SettingError
from standoff.model import Dimension

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
    "nanometre": ("nanometre", "nanometer", "nanometers", "nanometres"),
    "mile": ("mi", "mi.", "mile", "miles", "statute mile", "statute miles"),
    "nautical_mile": (
        "nm", "nmi", "n.m.", "nautical mile", "nautical miles", "naut. miles", "sea mile", "sea miles", "n. miles",
        "n. mile", "n miles", "n mile", "naut. mi.", "naut. mi", "naut mi", "nautical mi", "n. mi.", "n.mi.",
    ),
    "yard": ("yd", "yds", "yard", "yards"),
    "foot": ("ft", "ft.", "foot", "feet"),
    "inch": ("inch", "inches"),
    "fathom": ("fathom", "fathoms"),
    "furlong": ("furlong", "furlongs"),
    "cable": ("cable", "cables", "cable length", "cable lengths"),
    "league": ("league", "leagues"),
    "li": ("li",),
    "verst": ("verst", "versts"),
}  # fmt: skip
OTHER_ALIASES: dict[Dimension, dict[str, tuple[str, ...]]] = {
    "duration": {
        "second": ("seconds", "second", "secs", "sec"),
        "minute": ("minutes", "minute", "mins", "min"),
        "hour": ("hours", "hour", "hrs", "hr", "h"),
        "day": ("days", "day"),
        "week": ("weeks", "week"),
        "fortnight": ("fortnight", "fortnights"),
        "month": ("months", "month"),
        "year": ("years", "year", "yrs"),
        "decade": ("decades", "decade"),
        "century": ("centuries", "century"),
    },
    "mass": {
        "milligram": ("mg", "milligrams", "milligram", "milligrammes"),
        "gram": ("g", "grams", "gram", "grammes", "gramme"),
        "kilogram": ("kg", "kgs", "kilo", "kilos", "kilograms", "kilogrammes", "kilogram", "kilogramme"),
        "ounce": ("oz", "ounces", "ounce"),
        "pound": ("lb", "lbs", "pounds", "pound"),
        "quintal": ("quintals", "quintal"),
        "tonne": ("t", "tonnes", "tonne", "metric tons", "metric ton", "metric tonnes"),
        "ton": ("tons", "ton"),
        "short_ton": ("short tons", "short ton"),
        "long_ton": ("long tons", "long ton"),
        "kiloton": ("kilotons", "kiloton", "kilotonnes", "kilotonne"),
        "megaton": ("megatons", "megaton", "megatonnes", "megatonne"),
    },
    "speed": {
        "knot": ("knots", "knot", "kts", "kt", "kn"),
        "kilometre_per_hour": ("kph", "kmh", "kmph"),
        "mile_per_hour": ("mph",),
        "mach": ("mach",),
    },
    "area": {
        "hectare": ("hectares", "hectare", "ha"),
        "acre": ("acres", "acre"),
        "dunam": ("dunams", "dunam", "dunums", "dunum"),
    },
    "temperature": {
        "degree_celsius": (
            "°c", "ºc", "℃", "degrees celsius", "degree celsius", "degrees centigrade", "celsius", "centigrade",
            "degrees c", "deg c", "deg. c",
        ),
        "degree_fahrenheit": (
            "°f", "ºf", "℉", "degrees fahrenheit", "degree fahrenheit", "fahrenheit", "degrees f", "deg f", "deg. f",
        ),
        "kelvin": ("kelvin", "kelvins", "degrees kelvin"),
    },
    "other": {
        "litre": ("litres", "litre", "liters", "liter"),
        "gallon": ("gallons", "gallon"),
    },
}  # fmt: skip

# Not in pint, or another size there. A cable is a tenth of a nautical mile (IHO S-32); the modern Chinese li is
# 500 m; the Russian verst 1066.8 m (3500 English feet); the metric dunam 1000 m2. pint's acre, fathom, furlong and
# league are of the US survey foot, given up in 2022. Mach 1 is the speed of sound at sea level in the standard
# atmosphere (ICAO Doc 7488). Yields of explosions are in metric kilotons.
DEFINITIONS = (
    "standoff_cable = 185.2 * metre",
    "standoff_li = 500 * metre",
    "standoff_verst = 1066.8 * metre",
    "standoff_dunam = 1000 * metre ** 2",
    "standoff_acre = 4046.8564224 * metre ** 2",
    "standoff_fathom = 1.8288 * metre",
    "standoff_decade = 10 * year",
    "standoff_league = 3 * mile",
    "standoff_furlong = 220 * yard",
    "standoff_mach = 340.29 * metre / second",
    "standoff_quintal = 100 * kilogram",
    "standoff_kiloton = 1e6 * kilogram",
    "standoff_megaton = 1e9 * kilogram",
)
PINT_NAMES = {
    "cable": "standoff_cable", "li": "standoff_li", "verst": "standoff_verst", "dunam": "standoff_dunam",
    "acre": "standoff_acre", "fathom": "standoff_fathom", "decade": "standoff_decade", "league": "standoff_league",
    "furlong": "standoff_furlong",
    "mach": "standoff_mach", "quintal": "standoff_quintal", "kiloton": "standoff_kiloton",
    "megaton": "standoff_megaton", "degree_celsius": "degree_Celsius", "degree_fahrenheit": "degree_Fahrenheit",
}  # fmt: skip
# What pint calls the dimensions of a unit -> the SI unit and how we write it.
_SI = {
    "[length]": ("metre", "m"),
    "[length] ** 2": ("metre ** 2", "m2"),
    "[length] ** 3": ("metre ** 3", "m3"),
    "[time]": ("second", "s"),
    "[length] / [time]": ("metre / second", "m/s"),
    "[mass]": ("kilogram", "kg"),
    "[mass] / [time]": ("kilogram / second", "kg/s"),
    "[temperature]": ("kelvin", "K"),
}
_POWERS = {"square": 2, "cubic": 3}

_BY_ALIAS = {alias: unit for unit, aliases in LENGTH_ALIASES.items() for alias in aliases}
_OTHER_BY_ALIAS = {
    alias: (dimension, unit)
    for dimension, units in OTHER_ALIASES.items()
    for unit, aliases in units.items()
    for alias in aliases
}
ALIASES: tuple[str, ...] = tuple(sorted((*_BY_ALIAS, *_OTHER_BY_ALIAS), key=len, reverse=True))
"""Every name of every unit, in lower case, the longest first."""
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_QUANTITY = re.compile(r"\s*([0-9]+(?:[.,][0-9]+)?)\s*([^\W\d_][\w. ]*?)\s*")


@cache
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry(cache_folder=None)
    for definition in DEFINITIONS:
        registry.define(definition)
    return registry


def _pint_name(unit: str) -> str:
    """Return a canonical name as pint writes it: "square_mile" -> "mile ** 2", "mile_per_hour" -> "mile / hour"."""
    above, _, below = unit.partition("_per_")
    power, _, base = above.partition("_")
    name = (
        f"{PINT_NAMES.get(base, base)} ** {_POWERS[power]}"
        if power in _POWERS
        else PINT_NAMES.get(above, above)
    )
    return f"{name} / {below}" if below else name


@cache
def _factor(unit: str) -> float:
    return _dusted(float(_registry().Quantity(1, _pint_name(unit)).to("metre").magnitude))


@cache
def _si(unit: str) -> tuple[float, float, str] | None:
    """Return the factor and the offset that lead from a unit to the SI's, with its sign; None for what has none."""
    registry = _registry()
    try:
        one, nothing = (registry.Quantity(value, _pint_name(unit)) for value in (1.0, 0.0))
    except Exception:  # pint has a dozen errors for names that it does not know; money is one
        return None
    known = _SI.get(str(one.dimensionality))
    if known is None:
        return None
    offset = float(nothing.to(known[0]).magnitude)
    return float(one.to(known[0]).magnitude) - offset, offset, known[1]


def unit_of(words: str) -> str | None:
    """Return the canonical unit of length that the words name, or None.

    Parameters
    ----------
    words : str
        A unit as written: ``"km"``, ``"Nautical miles"``.
    """
    return _BY_ALIAS.get(" ".join(words.lower().split()))


def any_unit_of(words: str) -> tuple[Dimension, str] | None:
    """Return the dimension and the canonical name of whichever unit the words name, or None.

    Examples
    --------
    >>> any_unit_of("km"), any_unit_of("hrs"), any_unit_of("parsnips")
    (('length', 'kilometre'), ('duration', 'hour'), None)
    """
    key = " ".join(words.lower().split())
    return ("length", _BY_ALIAS[key]) if key in _BY_ALIAS else _OTHER_BY_ALIAS.get(key)


def to_si(value: float, unit: str) -> tuple[float, str] | None:
    """Convert to the SI unit of the dimension; None for a unit that has none, such as a currency.

    Parameters
    ----------
    value : float
        The number stated.
    unit : str
        A canonical name, also with ``square_`` or ``cubic_`` before it or ``_per_hour`` and the like behind it.

    Examples
    --------
    >>> to_si(1, "mile_per_minute"), to_si(3, "EUR")
    ((26.8224, 'm/s'), None)
    """
    found = _si(unit)
    if found is None:
        return None
    factor, offset, sign = found
    return _dusted(value * factor + offset), sign


def _dusted(value: float) -> float:
    """Take off the dust that binary fractions leave: 0.45359237, not 0.4535923700000001."""
    return float(f"{value:.12g}")


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
