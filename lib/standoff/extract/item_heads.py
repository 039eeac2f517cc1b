"""A place that opens an item of a list and stands for where all of it is: "2/ Kyiv - a missile struck a plant".

A dateline is another thing: it says where the report was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from spacy.tokens import Doc

from standoff.extract.state import text_of

_NAME = r"(?![a-z])[^\W\d_][\w'’-]*(?: (?:(?:al|el|de|la|of|the) )?(?![a-z])[^\W\d_][\w'’-]*){0,3}"
_MARK = r"(?:\(?\d{1,2}[/.)]|[-*•–])"
_HEAD = re.compile(
    rf"^[ \t]*(?P<mark>{_MARK}[ \t]+)?(?P<name>{_NAME})(?P<end>[ \t]*:| [-–—])[ \t]+(?=\S)", re.MULTILINE
)
_SENTENCE_ENDS = (".", "!", "?")


def item_heads(doc: Doc, senses: Callable[[str], Sequence[Any]]) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the known names that open items: behind a mark, in two lines or more, or in a heading.

    Parameters
    ----------
    doc : Doc
    senses : callable
        What the lexicon knows of a name, the best first.
    """
    text = text_of(doc)
    found = [match for match in _HEAD.finditer(text) if _is_place(senses(match["name"]))]
    names = {match["name"] for match in found}
    for match in found:
        if match["mark"] or (len(names) > 1 and not match["name"].isupper()) or _is_heading(text, match):
            yield match.span("name")


def _is_heading(text: str, match: re.Match[str]) -> bool:
    """Say whether a line is a heading, alone above an empty line: "Red Sea: incident notice 057"."""
    end = text.find("\n", match.end())
    if end < 0 or match["name"].isupper():
        return False
    return text[end : end + 2] == "\n\n" and not text[match.end() : end].rstrip().endswith(_SENTENCE_ENDS)


def _is_place(senses: Sequence[Any]) -> bool:
    return bool(senses) and senses[0].matched not in ("demonym", "adjective")
