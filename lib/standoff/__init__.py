"""From a report's words to an honest map: places, distances and events as shapes with a stated size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from standoff.corpus import Corpus, read_many
from standoff.desk import workbench
from standoff.errors import StandoffError
from standoff.event_schema import validate_events
from standoff.reading import Reading, read, read_text
from standoff.sensitivity import sensitivity

if TYPE_CHECKING:
    from standoff.cases import open_case

__all__ = [
    "Corpus",
    "Reading",
    "StandoffError",
    "open_case",
    "read",
    "read_many",
    "read_text",
    "sensitivity",
    "validate_events",
    "workbench",
]


def __getattr__(name: str) -> Any:
    """Import what writes all kinds of files only for those who open one."""
    if name == "open_case":
        from standoff.cases import open_case

        return open_case
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
