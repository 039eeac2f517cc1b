"""What each column of the table of events is: the data dictionary, data/event_columns.csv."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Literal

from standoff.model import Record
from standoff.resources import data_path

TABLE = "event_columns.csv"
BETWEEN_WORDS = " | "
"""What stands between stretches of text in one cell."""
OPTIONAL = frozenset({"area_km2", "constraints"})
"""What only the CSV export has."""


class Column(Record):
    """One column; ``allowed`` are words, a range ``0..``, or a pattern between strokes."""

    column: str
    type: Literal["text", "words", "ids", "date", "whole", "number"]
    unit: str = ""
    allowed: str = ""
    edited: Literal["", "yes", "added"] = ""
    meaning: str
    null_means: str

    @property
    def dtype(self) -> str:
        """The type that pandas has it in; lists are words or ids in one text, dates are ISO 8601 text."""
        return {"whole": "Int64", "number": "float64"}.get(self.type, "string")

    @property
    def is_nullable(self) -> bool:
        """Whether it may be empty."""
        return self.null_means != "never"

    @property
    def words(self) -> list[str] | None:
        """The values that it may have, where there is a list of them.

        Examples
        --------
        >>> event_columns()["actor_role"].words
        ['stated', 'suspected', 'accused', 'claimed']
        """
        is_list = self.allowed and self.pattern is None and self.bounds is None and not self.is_above_zero
        return self.allowed.split() if is_list else None

    @property
    def pattern(self) -> str | None:
        """The pattern that all of a value follows, where there is one."""
        return self.allowed[1:-1] if self.allowed.startswith("/") else None

    @property
    def bounds(self) -> tuple[float | None, float | None] | None:
        """The least and the greatest value, None where it has no such limit.

        Examples
        --------
        >>> event_columns()["where_prec"].bounds, event_columns()["killed_low"].bounds
        ((1.0, 7.0), (0.0, None))
        """
        if ".." not in self.allowed or self.pattern is not None:
            return None
        low, _, high = self.allowed.partition("..")
        return float(low) if low else None, float(high) if high else None

    @property
    def is_above_zero(self) -> bool:
        """Whether it is a number above 0."""
        return self.allowed == ">0"


@lru_cache(maxsize=1)
def event_columns() -> dict[str, Column]:
    """Return the columns by name, in the order of the table."""
    with data_path(TABLE).open(encoding="utf-8", newline="") as file:
        return {row["column"]: Column.model_validate(row) for row in csv.DictReader(file)}
