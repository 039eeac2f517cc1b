"""What the tests read with: a report once, however many look at it, and the careful reader that looks.

The careful reader itself is in standoff.evaluate.careful.
"""

from __future__ import annotations

from functools import cache

from standoff import Reading, read_text
from standoff.evaluate.careful import Look, close, differences, one_of, plain, same_bearing, says
from standoff.gazetteer import Gazetteer

__all__ = [
    "THURSDAY", "Look", "close", "differences", "one_of", "plain", "reading_of", "same_bearing", "says",
]  # fmt: skip

THURSDAY = "2024-05-16"


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


@cache
def reading_of(text: str, published: str = THURSDAY) -> Reading:
    """Read a text once, however many tests look at it."""
    return read_text(text, published=published, gazetteer=_gazetteer())
