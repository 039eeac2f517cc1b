"""The JSON Schema of a reading, made from the models and published in data/schema/."""

from __future__ import annotations

from typing import Any

from standoff.model import ReadingRecord

SCHEMA_FILE = "schema/reading.schema.json"


def reading_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what ``standoff read --format jsonl`` prints on a line.

    Examples
    --------
    >>> sorted(reading_schema()["required"])[:3]
    ['checks', 'events', 'footprints']
    """
    # "serialization" because a printed reading has every key, those with a default too.
    schema = ReadingRecord.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
