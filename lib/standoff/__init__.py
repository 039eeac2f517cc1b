"""From a report's words to an honest map: places, distances and events as shapes with a stated size."""

from standoff.corpus import Corpus, read_many
from standoff.desk import workbench
from standoff.errors import StandoffError
from standoff.event_schema import validate_events
from standoff.reading import Reading, read, read_text
from standoff.sensitivity import sensitivity

__all__ = [
    "Corpus",
    "Reading",
    "StandoffError",
    "read",
    "read_many",
    "read_text",
    "sensitivity",
    "validate_events",
    "workbench",
]
