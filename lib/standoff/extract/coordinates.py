"""Coordinates written in the text, each with the precision that its digits state.

Links and grids are looked for first, then degrees with letters, at last bare decimals: what one of them has read is
not read again by the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from standoff.extract import angles, grids, map_links
from standoff.extract.positions import DEGREE_M, Position, Refusal
from standoff.extract.state import Taken, set_extension, text_of

__all__ = ["DEGREE_M", "CoordinateFinder", "Position", "Refusal", "find", "refused"]

_DECIMAL = re.compile(
    r"(?<![\w.,:/°$€£¥=@~-])(?P<lat>[+−-]?\d{1,3}\.(?:\d{3,15}°?|\d{2}°))"
    r"(?:\s?[,;/]\s?|(?<=\d{4})\s|(?<=\d{4}°)\s)(?P<lon>[+−-]?\d{1,3}\.(?:\d{3,15}°?|\d{2}°))"
    r"(?![\w°%]|[.,]\d|\s?(?:[€£$%]|(?:km|kg|m|mm|miles?|people|dead|euros?|dollars?|percent|per\s+cent|tonnes?|tons?)\b))"
)
_OTHER_NUMBERS = re.compile(
    r"(?i)\b(?:versions?|v\.?|releases?|ratios?|values?|odds|rates?|scores?|prices?|sections?|paragraphs?|figures?)\s(?:of\s|from\s)?$"
)

set_extension("coordinates", list)
set_extension("refused_coordinates", list)


@Language.factory("standoff_coordinates", assigns=["doc._.coordinates", "doc._.refused_coordinates"])
class CoordinateFinder:
    """spaCy component: puts a list of `Position` in ``doc._.coordinates``.

    What is written as a position and can be none is in ``doc._.refused_coordinates``, each with the reason.

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
        both = sorted(_look(text_of(doc)), key=lambda each: each.start)
        doc._.coordinates = [each for each in both if isinstance(each, Position)]
        doc._.refused_coordinates = [each for each in both if isinstance(each, Refusal)]
        return doc


def find(text: str) -> Iterator[Position]:
    """Yield the positions written in a text; nonsense such as 91 N is passed over."""
    yield from (each for each in _look(text) if isinstance(each, Position))


def refused(text: str) -> Iterator[Refusal]:
    """Yield what is written as a position and can be none, or cannot be told without more.

    Examples
    --------
    >>> [r.reason for r in refused("seen at 91°N 20°E")]
    ['91° is no latitude: they end at 90°']
    """
    yield from (each for each in _look(text) if isinstance(each, Refusal))


def _look(text: str) -> Iterator[Position | Refusal]:
    taken = Taken(len(text))
    for room in (map_links.look, grids.look, angles.look, _decimals):
        for each in room(text):
            if not taken.touches(each.start, each.end):
                taken.add(each.start, each.end)
                yield each
        if room is map_links.look:
            for start, end in map_links.addresses(text):
                taken.add(start, end)


def _decimals(text: str) -> Iterator[Position | Refusal]:
    """Yield "33.50583, 38.61778": latitude first, as people write it, and never two of a longer list."""
    for match in _DECIMAL.finditer(text):
        lat, lon = (float(match[name].rstrip("°").replace("−", "-")) for name in ("lat", "lon"))
        if abs(lat) > 90 or abs(lon) > 180 or (abs(lat) < 1 and abs(lon) < 1):
            continue  # no letter says that it is a position: a share, a price
        start, end = match.span()
        if _OTHER_NUMBERS.search(text[max(0, start - 20) : start]):
            continue
        if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
            reason = (
                "in square brackets longitude may come first, as in GeoJSON: it is not said which is which"
            )
            yield Refusal(match[0], start, end, reason)
            continue
        shown = min(len(match[name].rstrip("°").split(".")[1]) for name in ("lat", "lon"))
        yield Position(match[0], start, end, lat, lon, max(10.0**-shown * DEGREE_M / 2, 1.0))
