"""What the components of the pipeline leave on a Doc for the next ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.tokens import Doc


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
