"""Write docs/data_dictionary.md from data/event_columns.csv.

    python data/scripts/make_data_dictionary.py

tests/test_event_schema.py holds the two together.
"""

from __future__ import annotations

from pathlib import Path

from standoff.event_columns import Column, event_columns
from standoff.files import write_text

TARGET = Path(__file__).parents[2] / "docs" / "data_dictionary.md"
HEAD = """# The table of events, column by column

Made from [data/event_columns.csv](../data/event_columns.csv) by `data/scripts/make_data_dictionary.py`: edit that, not this.

`reading.events` and the CSV export have these columns in this order. `standoff.validate_events` takes such a table, also
edited or put together from several reports, or the path of a CSV; it returns it in these types, or says in which row
and column something is wrong. The columns marked ✎ are yours to edit in a file of corrections:
see [event_corrections.md](event_corrections.md).

Types: *words* are stretches of text with ` | ` between them, *ids* have spaces between them, *date* is ISO 8601
(`2017-06-08`), *whole* and *number* are bare numbers with a point. In pandas, text is `string`, whole numbers `Int64`,
other numbers `float64`. An empty cell of a number of people is "the report does not say", never 0.

| column | type | unit | allowed | meaning | empty means |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """Return the page as Markdown."""
    return HEAD + "".join(_line(column) for column in event_columns().values())


def _line(column: Column) -> str:
    words = ", ".join(column.words or [])
    allowed = words or (f"`{column.allowed.replace('|', chr(92) + '|')}`" if column.allowed else "")
    mark = {"yes": " ✎", "added": " ✎ (in rows that you add)", "": ""}[column.edited]
    cells = [f"`{column.column}`{mark}", column.type, column.unit, allowed, column.meaning, column.null_means]
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    write_text(TARGET, page())
