"""A sentence with its mentions folded into single marks, for patterns over constructions.

"burnt out some 15 km from the Incirlik base" becomes "burnt out some <m1> from the <p2>", so
that a rule speaks of a measure and a place and not of the words inside them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from standoff.extract.state import text_of
from standoff.model import Measure, PlaceMention, Zone

# Private-use characters, so that no text can hold a mark of its own.
OPEN, CLOSE = "\ue000", "\ue001"
# Patterns look for white space at many places: a gap as wide as a page is folded to a few characters of it.
_GAP = re.compile(r"\s{9,}")
_GAP_KEPT = 8
_LETTERS = {"demonym": "d", "coordinates": "c"}


@dataclass(frozen=True)
class Item:
    """A folded mention: its mark's letter, its offsets, its records."""

    letter: str
    start: int
    end: int
    ids: tuple[str, ...]


class Masked:
    """One sentence with marks in place of mentions.

    Attributes
    ----------
    text : str
        The folded sentence, wide gaps narrowed, private-use marks removed.
    """

    def __init__(self, sent: Span, items: Sequence[Item]) -> None:
        first = bisect_left(items, sent.start_char, key=lambda item: item.start)
        last = bisect_left(items, sent.end_char, key=lambda item: item.start)
        self.items = [item for item in items[first:last] if item.end <= sent.end_char]
        self._starts: list[int] = []
        self._ends: list[int] = []
        pieces: list[str] = []
        position = sent.start_char
        source = text_of(sent.doc)
        for number, item in enumerate(self.items):
            self._plain(pieces, source, position, item.start)
            mark = f"{OPEN}{item.letter}{number}{CLOSE}"
            pieces.append(mark)
            self._starts.extend([item.start] * len(mark))
            self._ends.extend([item.end] * len(mark))
            position = item.end
        self._plain(pieces, source, position, sent.end_char)
        self.text = "".join(pieces)

    def _plain(self, pieces: list[str], source: str, start: int, end: int) -> None:
        for gap in _GAP.finditer(source, start, end):
            self._as_is(pieces, source, start, gap.start() + _GAP_KEPT)
            self._ends[-1] = start = gap.end()
        self._as_is(pieces, source, start, end)

    def _as_is(self, pieces: list[str], source: str, start: int, end: int) -> None:
        text = source[start:end].replace(OPEN, " ").replace(CLOSE, " ").replace("’", "'").replace("\n", " ")
        pieces.append(text)
        self._starts.extend(range(start, end))
        self._ends.extend(range(start + 1, end + 1))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return offsets into the report of a stretch of the folded text."""
        return self._starts[start], self._ends[end - 1]

    def item(self, number: str) -> Item:
        """Return the mention behind a mark's number."""
        return self.items[int(number)]


def items_of(doc: Doc) -> list[Item]:
    """Return the mentions of a document for folding; where two overlap, the zone, then the longer, stays."""
    measures: list[Measure] = doc._.measures
    places: list[PlaceMention] = doc._.place_mentions
    zones: list[Zone] = doc._.zones
    spans: dict[tuple[int, int], list[str]] = {}
    for zone in zones:
        for span in zone.mentions:
            spans.setdefault(span, []).append(zone.id)
    items = [Item("z", start, end, tuple(ids)) for (start, end), ids in spans.items()]
    rest = [Item(_LETTERS.get(place.kind, "p"), place.start, place.end, (place.id,)) for place in places]
    rest += [Item("m", m.start, m.end, (m.id,)) for m in measures if m.dimension == "length"]
    taken = bytearray(len(text_of(doc)))
    for item in (*items, *sorted(rest, key=lambda item: item.start - item.end)):
        if item.letter != "z" and any(taken[item.start : item.end]):
            continue
        taken[item.start : item.end] = b"\1" * (item.end - item.start)
        if item.letter != "z":
            items.append(item)
    return sorted(items, key=lambda item: item.start)
