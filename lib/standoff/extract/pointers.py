"""Words that point to a place without a noun of its kind: "50 km from there", "7 km from it", "the south of the country"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from standoff.extract.at_hand import AtHand
from standoff.extract.directions import AWAY, TO_DIRECTION
from standoff.extract.nouns import CENTRE_WORDS, PART_WORDS
from standoff.extract.state import text_of
from standoff.model import Measure, PlaceMention

_PART = "|".join(sorted((*PART_WORDS, *CENTRE_WORDS), key=len, reverse=True))
#: Behind a length: "from there", "to the north of it".
_FROM_WORD = re.compile(
    rf"\s*[,)]?\s*{AWAY}(?:{TO_DIRECTION}[\s,]+)?(?:from|of|off)\s+(?P<word>there|here|it)\b(?!['’])", re.IGNORECASE
)  # fmt: skip
#: A side of "the country".
_COUNTRY = re.compile(
    rf"\b(?:{_PART})(?:\s+(?:parts?|half|corner|areas?|regions?|third|tip))?\s+of\s+(?P<of>the\s+(?:country|nation|kingdom))\b"
    rf"|\b(?P<whose>the\s+(?:country|nation|kingdom))['’]s\s+(?:(?:far|extreme)\s+)?(?:{_PART})\b",
    re.IGNORECASE,
)


def pointers(doc: Doc, at_hand: AtHand) -> Iterator[PlaceMention]:
    """Yield mentions for words that point to a place named before.

    Parameters
    ----------
    doc : Doc
        With measures.
    at_hand : AtHand
        The document's mentions.
    """
    text = text_of(doc)
    measures: list[Measure] = doc._.measures
    for measure in measures:
        match = _FROM_WORD.match(text, measure.end) if measure.dimension == "length" else None
        target = _pointed_at(match["word"].lower(), match.start("word"), at_hand) if match else None
        if match and target:
            yield _mention(text, *match.span("word"), target, None)
    for match in _COUNTRY.finditer(text):
        start, end = match.span("of" if match["of"] else "whose")
        country = at_hand.country_before(start)
        if country:
            yield _mention(text, start, end, country, "country")


def _pointed_at(word: str, position: int, at_hand: AtHand) -> PlaceMention | None:
    if word == "it":
        return at_hand.place_of_it(position)
    return (at_hand.dateline() if word == "here" else None) or at_hand.spot_before(position)


def _mention(text: str, start: int, end: int, target: PlaceMention, hint: str | None) -> PlaceMention:
    return PlaceMention(
        id=f"t{start}", text=text[start:end], start=start, end=end, kind="facility", feature_hint=hint, refers_to=target.id
    )  # fmt: skip
