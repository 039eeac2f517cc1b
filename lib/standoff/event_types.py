"""What a type of event is filed as elsewhere: ACLED's types and PLOVER's categories, from data/event_types.csv.

An analyst's own file of the same columns adds types, or files those of the table in another way.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import Field, ValidationError, model_validator

from standoff import csv_rows
from standoff.errors import InputError
from standoff.model import Record
from standoff.resources import data_path

TABLE = "event_types.csv"
CODES = ("acled_event_type", "acled_sub_event_type", "plover")


class EventType(Record):
    """A type of event and what others call it; a code is null where they have none."""

    type: str = Field(min_length=1, max_length=100)
    family: str | None = Field(default=None, description="types that can be one event told twice")
    acled_event_type: str | None = None
    acled_sub_event_type: str | None = None
    plover: str | None = Field(default=None, description="category, and the mode after a stroke")
    meaning: str | None = None

    @model_validator(mode="after")
    def _is_filed(self) -> EventType:
        if self.acled_sub_event_type and not self.acled_event_type:
            msg = "acled_sub_event_type is given without acled_event_type"
            raise ValueError(msg)
        return self

    @property
    def acled_type(self) -> str | None:
        """ACLED's type and sub-type in one.

        Examples
        --------
        >>> known_types()["air strike"].acled_type
        'Explosions/Remote violence: Air/drone strike'
        """
        return ": ".join(filter(None, [self.acled_event_type, self.acled_sub_event_type])) or None


@lru_cache(maxsize=1)
def known_types() -> Mapping[str, EventType]:
    """Return the types of the table by name, in its order.

    Examples
    --------
    >>> known_types()["earthquake"].plover is None, known_types()["arrest"].plover
    (True, 'COERCE/arrest')
    """
    with data_path(TABLE).open(encoding="utf-8", newline="") as file:
        rows = [EventType(**_given(row)) for row in csv.DictReader(file)]
    return MappingProxyType({row.type: row for row in rows})


def types_of(path: str | Path) -> dict[str, EventType]:
    """Read an analyst's own table; a row of a known type takes from the known one what it leaves empty.

    Columns of other names are left alone; ``none`` in a cell says that there is no code.

    Raises
    ------
    InputError
        If it cannot be read, with the line of the row.
    """
    table = csv_rows.read_rows(Path(path))
    header = [name.strip().lower() for name in table.header]
    if "type" not in header or not set(CODES) & set(header):
        msg = f"{path}: its first line has to name the column type and one of {', '.join(CODES)}"
        raise InputError(msg)
    found: dict[str, EventType] = {}
    for line, cells in table.rows:
        given = _given(dict(zip(header, cells, strict=False)))
        if not given:
            continue
        known = found.get(given.get("type", "")) or known_types().get(given.get("type", ""))
        before = known.model_dump() if known else {}
        try:
            row = EventType(
                **(before | {name: None if text == "none" else text for name, text in given.items()})
            )
        except ValidationError as error:
            first = error.errors()[0]
            column = "".join(f"{part}: " for part in first["loc"])
            msg = f"{path}: line {line}: {column}{first['msg'].removeprefix('Value error, ')}"
            raise InputError(msg) from None
        found[row.type] = row
    return found


def _given(row: Mapping[str, str | None]) -> dict[str, str]:
    names = EventType.model_fields
    return {name: text.strip() for name, text in row.items() if name in names and text and text.strip()}


def types_in(settings: Mapping[str, Any]) -> dict[str, EventType]:
    """Return the types that hold for a reading: the table's, and those that its settings carry.

    The settings of a record hold the analyst's rows and not only the name of their file: so its tables are
    the same on another machine.
    """
    own = [EventType.model_validate(row) for row in settings.get("event_codes") or []]
    return {**known_types(), **{row.type: row for row in own}}
