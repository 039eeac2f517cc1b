"""A distance or a direction in a clause that names no place: "25 km away", "12 miles to the north-west"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from standoff.extract.directions import DIRECTION
from standoff.extract.journeys import is_travelled
from standoff.extract.state import text_of, words_at
from standoff.model import Measure

#: Nearer than this, "away" is from a person or a thing: "he stood 20 metres away".
_LEAST_M = 300.0
#: Farther than this it tells of a world far away, or of the reach of a weapon.
_MOST_M = 500_000.0
_MORE = r"(?:(?:further|farther|or\s+so)\s+)?"
_STOPS = r"(?=\s*(?:[.,;:)!?”\"–—]|$))"
_GOES_ON = (
    r"(?=\s*(?:[.,;:)!?”\"–—]|$)|\s+(?:and|but|or|when|while|where|which|on|in|at|after|before|as|with|is|are|was|were|has|"
    r"have|had|said|by|since|during|late|early|last|this|that|to)\b)"
)
_BEHIND = re.compile(
    rf"\s*,?\s*(?:{_MORE}away(?:,?\s+(?:to|in|towards?)\s+the\s+{DIRECTION})?{_GOES_ON}"
    rf"|{_MORE}(?:to|in|towards?)\s+the\s+{DIRECTION.replace('?P<dir>', '?P<to>')}{_GOES_ON}"
    rf"|{_MORE}{DIRECTION.replace('?P<dir>', '?P<plain>')}{_STOPS})",
)
# "from three miles away" is where a shot, a view or a sound came from; "every 5 km away" is none.
_NOT_BEFORE = re.compile(
    r"\b(?:from|every|each|another|for|than)\s+(?:(?:about|around|some|roughly|over|under|up\s+to|at\s+least|more\s+than|"
    r"less\s+than|nearly|almost|as\s+far\s+as)\s+)*$",
    re.IGNORECASE,
)
_REACH = frozenset(
    "hit strike reach shoot fire see detect target hear engage destroy kill attack track spot".split()
)
_CAN = frozenset({"can", "could", "able", "capable"})


@dataclass(frozen=True)
class Bare:
    """A distance whose clause does not say from where.

    Attributes
    ----------
    measure : Measure
        The distance.
    end : int
        Where "away" or the direction ends.
    direction : str or None
        The words of the direction.
    """

    measure: Measure
    end: int
    direction: str | None


def bare_distances(doc: Doc) -> Iterator[Bare]:
    """Yield the distances that are "away" or in a direction, and from nothing that their clause names.

    Parameters
    ----------
    doc : Doc
        With measures and a parse.
    """
    text = text_of(doc)
    measures: list[Measure] = doc._.measures
    for measure in measures:
        if measure.dimension != "length" or measure.role not in ("other", "distance"):
            continue
        match = _BEHIND.match(text, measure.end)
        metres = measure.si_value or 0.0
        if match is None or not _LEAST_M <= metres <= _MOST_M:
            continue
        if _NOT_BEFORE.search(text, max(0, measure.start - 40), measure.start):
            continue
        if is_travelled(doc, measure) or _is_reach(doc, measure):
            continue
        direction = match["dir"] or match["to"] or match["plain"]
        yield Bare(measure, match.end(), direction)


def _is_reach(doc: Doc, measure: Measure) -> bool:
    """Say whether it tells how far something can hit or see: "can strike a base 50 km away", "targets 50 km away"."""
    token: Token = words_at(doc, measure.start, measure.end).root
    before = token.doc[max(token.sent.start, token.i - 7) : token.i]
    if any(word.lower_ in ("target", "targets") for word in before):
        return True
    for above in (token, *token.ancestors):
        if above.pos_ in ("VERB", "AUX") and above.lemma_.lower() in _REACH:
            words = [*above.lefts, above.head]
            return any(word.lower_ in _CAN for word in words)
    return False
