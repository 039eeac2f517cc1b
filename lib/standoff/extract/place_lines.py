"""A line that is nothing but a place: "Berth 5, Esbjerg Port", "Location: Esbjerg Roads, Denmark", "Oruro, Bolivia".

Bulletins, tables and captions say where without a verb or a preposition. Such a line says that
what the report or the row is about is there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc, Span, Token

from standoff.extract.nouns import FEATURE_MODIFIERS, FEATURE_NOUNS
from standoff.extract.state import Taken, text_of, words_at
from standoff.model import PlaceMention

_LABEL = re.compile(
    r"(?im)^[ \t*•–-]*(?:location|place|position|where|area|site|port)(?:[ \t]+of[ \t]+[\w ]{1,30})?[ \t]*:[ \t]*(?=\S)"
)
_MOST_CHARS = 200
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SMALL = frozenset(
    "of the and no area areas region regions limits roads road outer inner zone waters water city near at in off "
    "mid upper lower eastern western northern southern central border".split()
)


def lines_without_verb(doc: Doc) -> Iterator[Span]:
    """Yield the lines that may be nothing but places: the whole of a short text, or what "Location:" labels."""
    for start, end in _lines(text_of(doc)):
        line = words_at(doc, start, end)
        if not any(_is_finite(token) for token in _out_of_brackets(line)):
            yield line


def place_lines(doc: Doc, places: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """Yield the place that each line which is nothing but places names first.

    Parameters
    ----------
    doc : Doc
        With tags.
    places : sequence of PlaceMention
        Its mentions, in text order.
    """
    taken = Taken(len(text_of(doc)))
    for place in places:
        taken.add(place.start, place.end)
    starts = [place.start for place in places]
    for line in lines_without_verb(doc):
        here, there = (bisect_left(starts, at) for at in (line.start_char, line.end_char))
        inside = islice(places, here, there)
        first = next(
            (place for place in inside if place.kind in ("toponym", "facility") and place.name), None
        )
        if first is not None and all(_fits(token, taken) for token in _out_of_brackets(line)):
            yield first


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the whole text where it is one short line, else what stands behind a label such as "Location:"."""
    bare = text.strip()
    if bare and "\n" not in bare and len(bare) <= _MOST_CHARS and not _LABEL.match(bare):
        begin = text.index(bare)
        yield begin, begin + len(bare)
        return
    for label in _LABEL.finditer(text):
        end = text.find("\n", label.end())
        end = len(text) if end < 0 else end
        if label.end() < end <= label.end() + _MOST_CHARS:
            yield label.end(), end


def _out_of_brackets(words: Span) -> Iterator[Token]:
    """Yield the words that no bracket holds: what stands in one is a remark."""
    depth = 0
    for token in words:
        depth += (token.text == "(") - (token.text == ")")
        if depth <= 0:
            yield token


def _is_finite(token: Token) -> bool:
    """Say whether a word is a verb with a subject; in capitals, as in a headline, only where it can be nothing else."""
    if token.is_lower:
        return token.tag_ in _FINITE
    return token.tag_ in _FINITE - {"VBP"} and token.lower_ not in FEATURE_NOUNS and token.ent_type_ == ""


def _fits(token: Token, taken: Taken) -> bool:
    """Say whether a word can stand in a line that only names a place."""
    if taken.touches(token.idx, token.idx + len(token)) or not token.is_alpha:
        return True
    if token.tag_ in _FINITE:
        return False
    word = token.lower_
    return not token.is_lower or word in FEATURE_NOUNS or word in FEATURE_MODIFIERS or word in _SMALL
