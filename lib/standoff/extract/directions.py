"""Directions as reports write them: the patterns, and the bearing that the words state."""

from __future__ import annotations

import math
import re

from standoff.extract.nouns import BEARINGS

_SHORT = "NNE|ENE|ESE|SSE|SSW|WSW|WNW|NNW|NE|SE|SW|NW|N|E|S|W"
_ONE = r"(?i:north|south|east|west)"
_LONG = rf"{_ONE}(?:[\s-]?{_ONE}){{0,2}}"
# "north-northeast" is written with any of its hyphens.
_BY_NAME = {name.replace("-", ""): bearing for name, bearing in BEARINGS.items()}
_DEGREES = (
    r"(?:(?i:on\s+)?(?i:an?\s+)?(?i:bearing|heading)\s+(?:(?i:of)\s+)?)?\d{1,3}\s*(?:°|º|(?i:degrees))"
    r"(?:\s*(?:(?i:true)|T\b))?"
)
_BARE_BEARING = (
    r"(?:(?i:on\s+)?(?i:an?\s+)?(?i:bearing)\s+(?:(?i:of)\s+)?\d{3}\b(?!\s*(?:°|º|(?i:degrees)|\d)))"
)

#: One of the four, eight or sixteen winds, without a group; the long ones in any case, the letters in capitals.
WIND = rf"(?:{_LONG}|(?:{_SHORT})\b)"
#: A direction as the group ``dir``: 32 winds ("north by west", "NxW"), "southerly", "a bearing of 240 degrees".
DIRECTION = (
    r"(?:(?i:just|due|directly|immediately|almost|straight|slightly)\s+)?"
    rf"(?P<dir>{_LONG}\s+(?i:by)\s+{_LONG}|(?:{_SHORT})\s?[xb]\s?[NESW]\b"
    rf"|{_LONG}(?:(?i:ern|wards?|erly))?|(?:{_SHORT})\b\.?"
    rf"|{_DEGREES}|{_BARE_BEARING})"
)
#: A bearing in degrees alone, as the group ``dir``.
BEARING = rf"(?P<dir>{_DEGREES}|{_BARE_BEARING})"
#: A direction with what may stand round it: "to the north", "in a southerly direction", "on the east side".
TO_DIRECTION = (
    rf"(?<![^\W\d_])(?:(?i:to|in|towards?|on)\s+(?i:the|an?)\s+)?{DIRECTION}"
    r"(?:\s+(?i:direction|side|edge|outskirts))?"
)
#: Between a length and "from": "20 km away from", "3 nm out, off".
AWAY = (
    r"(?:(?i:or\s+so|away|distant|out|inland|offshore|further|farther|up|down|downstream|upstream|by\s+(?:road|air|sea|rail)|"
    r"as\s+the\s+crow\s+flies|straight-line)[\s,]+)*"
)
#: A long compass word as the group ``dir2``, where a direction stands behind the place.
DIRECTION_BEHIND = rf"(?P<dir2>{_LONG})"

_POINT = re.compile(r"\s*(?:\bby\b|(?<=[nesw])\s?[xb]\s?(?=[nesw]\b))\s*")
_ENDINGS = re.compile(r"(?:ern|wards?|erly)$")


def directed(words: str | None, part: str | None = None) -> dict[str, float]:
    """Return the bearing that a direction states, and the half-angle that its words leave open; empty without one.

    Parameters
    ----------
    words : str or None
        What `DIRECTION` found: "NNE", "north by west", "a bearing of 240 degrees".
    part : str or None
        A compass word that names a side: "southern".

    Examples
    --------
    >>> directed("NNE")
    {'bearing_deg': 22.5, 'bearing_halfwidth_deg': 11.25}
    >>> directed("north by west"), directed("NxW") == directed("north by west")
    ({'bearing_deg': 348.75, 'bearing_halfwidth_deg': 11.25}, True)
    >>> directed("bearing 240 degrees true")["bearing_deg"], directed(None, "southern")["bearing_deg"]
    (240.0, 180.0)
    """
    if words and (digits := re.search(r"\d+", words)):
        return _stated(float(digits[0]) % 360, 5.0)
    if words:
        named = words.lower().rstrip(".").strip()
        points = _POINT.split(named, maxsplit=1)
        if len(points) == 2:
            return _by_point(*points)
        return _wind(named)
    return _wind(part.lower().rstrip(".")) if part else {}


def _wind(words: str) -> dict[str, float]:
    name = _name(words)
    return _stated(_BY_NAME[name], _open_deg(_BY_NAME[name])) if name in _BY_NAME else {}


def _open_deg(bearing_deg: float) -> float:
    """Return the half-angle that a compass word leaves open: 45 for the four winds, 22.5 for eight, 11.25 for sixteen.

    Georeferencing Best Practices (Chapman and Wieczorek 2020), "heading uncertainty".
    """
    if bearing_deg % 90 == 0:
        return 45.0
    return 22.5 if bearing_deg % 45 == 0 else 11.25


def _name(words: str) -> str:
    return re.sub(r"[\s-]", "", _ENDINGS.sub("", words))


def _by_point(first_words: str, second_words: str) -> dict[str, float]:
    """Return the bearing of "north by west": a quarter wind from the first towards the second."""
    first, second = _BY_NAME.get(_name(first_words)), _BY_NAME.get(_name(second_words))
    if first is None or second is None:
        return {}
    turn = (second - first + 180) % 360 - 180
    return _stated((first + math.copysign(11.25, turn)) % 360, 11.25)


def _stated(bearing_deg: float, halfwidth_deg: float) -> dict[str, float]:
    return {"bearing_deg": bearing_deg, "bearing_halfwidth_deg": halfwidth_deg}
