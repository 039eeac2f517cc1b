"""What the components of the pipeline leave on a Doc for the next ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc, Span


def set_extension(name: str, make: Callable[[], Any] | None = None) -> None:
    """Declare ``doc._.name`` once; a fresh value of ``make()`` where nothing was set."""
    if Doc.has_extension(name):
        return
    if make is None:
        Doc.set_extension(name, default=None)
        return
    key = f"standoff_{name}"

    def getter(doc: Doc) -> Any:
        return doc.user_data.get(key, make())

    def setter(doc: Doc, value: Any) -> None:
        doc.user_data[key] = value

    Doc.set_extension(name, getter=getter, setter=setter)


def text_of(doc: Doc) -> str:
    """Return a document's text, put together once: ``doc.text`` joins all tokens anew at each call."""
    key = "standoff_text"
    if key not in doc.user_data:
        doc.user_data[key] = doc.text
    text: str = doc.user_data[key]
    return text


def words_at(doc: Doc, start: int, end: int) -> Span:
    """Return the tokens that a stretch of characters touches.

    Raises
    ------
    ValueError
        If the offsets lie outside the text.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        msg = f"no words at characters {start} to {end} of {len(doc.text)}"
        raise ValueError(msg)
    return span


class Taken:
    """Which characters of a text are spoken for: asked in time by the words asked for, not by how many there are."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def add(self, start: int, end: int) -> None:
        """Take a stretch."""
        self._marks[start:end] = b"\1" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Say whether a stretch holds a taken character."""
        return 1 in self._marks[start:end]
