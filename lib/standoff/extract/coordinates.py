"""Coordinates written in the text, each with the precision that its digits state."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from standoff.extract.state import set_extension, text_of

# Metres that one degree of latitude spans, WGS84 mean (111.2 km): only for a precision.
DEGREE_M = 111_195.0

_SEPARATOR = r"[\s,;/–—-]{1,5}(?:and\s+)?(?:(?:longitude|long|lon)\.?:?\s*)?"
_D = r"(?:°|º|˚|\s?deg(?:rees)?\.?|[\s:-])"
_M = r"(?:['’′`]|\s?min(?:utes)?\.?|[\s:-])"
_S = r"(?:[\"”″]|''|\s?sec(?:onds)?\.?)"


def _angle(name: str, degrees: str, hemispheres: str) -> str:
    """Degrees with optional minutes and seconds and a hemisphere before or behind."""
    words = {"N": "north", "S": "south", "E": "east", "W": "west"}
    letters = "|".join([*hemispheres, *(words[letter] for letter in hemispheres)])
    return (
        rf"(?:(?P<{name}_pre>[{hemispheres}])\s?)?(?P<{name}_d>{degrees}(?:\.\d+)?)"
        rf"(?:{_D}\s?(?P<{name}_m>[0-5]?\d(?:\.\d+)?)(?:{_M}\s?(?P<{name}_s>[0-5]?\d(?:\.\d+)?){_S}?)?{_M}?|{_D})?"
        rf"\s?(?P<{name}_post>{letters})?(?![\w°])"
    )


_PAIR = re.compile(
    r"(?<![\w.,:/-])" + _angle("lat", r"\d{1,2}", "NS") + _SEPARATOR + _angle("lon", r"\d{1,3}", "EW"),
    re.IGNORECASE,
)
_DECIMAL = re.compile(
    r"(?:(?<![\w.,:/°-])|(?<=\bgeo:))(?P<lat>[+-]?\d{1,2}\.\d{3,8})\s?,\s?(?P<lon>[+-]?\d{1,3}\.\d{3,8})"
    r"(?![\w°]|\.\d)"
)


@dataclass(frozen=True)
class Position:
    """A position as written: degrees, offsets into the text, half of its last digit in metres."""

    text: str
    start: int
    end: int
    lat: float
    lon: float
    precision_m: float


set_extension("coordinates", list)


@Language.factory("standoff_coordinates", assigns=["doc._.coordinates"])
class CoordinateFinder:
    """spaCy component: puts a list of `Position` in ``doc._.coordinates``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("standoff_coordinates")
    >>> [(round(p.lat, 4), round(p.lon, 4), round(p.precision_m)) for p in nlp("at 12°30'N, 045°15.5'E.")._.coordinates]
    [(12.5, 45.2583, 927)]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add the positions written in one document, in text order."""
        doc._.coordinates = sorted(find(text_of(doc)), key=lambda position: position.start)
        return doc


def find(text: str) -> Iterator[Position]:
    """Yield the positions written in a text; nonsense such as 91 N is passed over."""
    for match in _PAIR.finditer(text):
        lat, lat_step = _degrees(match, "lat")
        lon, lon_step = _degrees(match, "lon")
        if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
            continue
        yield _position(match, lat, lon, max(lat_step, lon_step))
    for match in _DECIMAL.finditer(text):
        lat, lon = float(match["lat"]), float(match["lon"])
        if abs(lat) <= 90 and abs(lon) <= 180:
            shown = min(len(match[name].split(".")[1]) for name in ("lat", "lon"))
            yield _position(match, lat, lon, 10.0**-shown)


def _position(match: re.Match[str], lat: float, lon: float, step_deg: float) -> Position:
    end = match.start() + len(match[0].rstrip(" :-"))
    text = match.string[match.start() : end]
    return Position(text, match.start(), end, lat, lon, max(step_deg * DEGREE_M / 2, 1.0))


def _degrees(match: re.Match[str], name: str) -> tuple[float | None, float]:
    """Return signed degrees and the step of the last digit; None without exactly one hemisphere."""
    letters = [match[f"{name}_{side}"] for side in ("pre", "post") if match[f"{name}_{side}"]]
    if len(letters) != 1:
        return None, math.nan
    value, step = 0.0, 1.0
    for part, scale in (("d", 1.0), ("m", 60.0), ("s", 3600.0)):
        digits = match[f"{name}_{part}"]
        if digits:
            value += float(digits) / scale
            step = 10.0 ** -len(digits.partition(".")[2]) / scale
    return (-value if letters[0][0].upper() in "SW" else value), step
