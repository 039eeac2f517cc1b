"""A check of tables of events, made from the data dictionary, for what was edited or put together elsewhere."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standoff import csv_rows
from standoff.errors import InputError
from standoff.event_columns import OPTIONAL, Column, event_columns

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

_MOST_TOLD = 5
_ORDERED = (
    ("date_start", "date_end"), ("char_start", "char_end"), ("distance_low_m", "distance_high_m"),
    *((f"{name}_{low}", f"{name}_{high}") for name in ("target_count", "killed", "wounded")
      for low, high in (("low", "best"), ("best", "high"), ("low", "high"))),
)  # fmt: skip
_TOGETHER = (("lat", "lon"), ("anchor_lat", "anchor_lon"), ("footprint_shape", "footprint_wkt"))


def validate_events(events: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Return a table of events in the types of the data dictionary, if all in it is as that says.

    Parameters
    ----------
    events : DataFrame, or path of a CSV
        ``reading.events``, several of them put together, or what `standoff export` wrote. More columns than
        the dictionary has are left as they are.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        With what is wrong in the first places, by row (counted from 1) and column.

    Examples
    --------
    >>> import standoff
    >>> events = standoff.read_text("Clashes broke out in Syria.").events
    >>> validate_events(events)["where_prec"].to_list()
    [6]
    >>> validate_events(events.assign(where_prec=8))
    Traceback (most recent call last):
    ...
    standoff.errors.InputError: the table of events: row 1, where_prec: 8 is not in 1..7
    """
    # pandera is not needed to read, map or export: it is imported here alone.
    from pandera.errors import SchemaErrors

    where = "the table of events"
    if isinstance(events, str | Path):
        where, events = str(events), _from_csv(Path(events))
    if not hasattr(events, "columns"):
        msg = f"{where} is a DataFrame or a file, not {type(events).__name__}"
        raise InputError(msg)
    missing = [name for name in event_columns() if name not in OPTIONAL and name not in events.columns]
    if missing:
        msg = f"{where}: the column {missing[0]} is missing"
        raise InputError(msg)
    try:
        return event_schema().validate(_typed(events, where), lazy=True)
    except SchemaErrors as error:
        raise InputError(_said(error.failure_cases, where)) from None


@lru_cache(maxsize=1)
def event_schema() -> pa.DataFrameSchema:
    """Return the schema as pandera has it, for use in pipelines of your own."""
    import pandera.pandas as pa

    from standoff.tables import dtype_of

    return pa.DataFrameSchema(
        {
            name: pa.Column(
                dtype_of(column.dtype),
                _checks(column),
                nullable=column.is_nullable,
                required=name not in OPTIONAL,
            )
            for name, column in event_columns().items()
        },
        checks=[_in_order(*pair) for pair in _ORDERED] + [_both_or_none(*pair) for pair in _TOGETHER],
        unique=["report_id", "event_id"],
    )


def _checks(column: Column) -> list[pa.Check]:
    import pandera.pandas as pa

    if column.words is not None:
        return [pa.Check.isin(column.words, error=f"is not one of {', '.join(column.words)}")]
    if column.pattern is not None:
        return [pa.Check.str_matches(f"^(?:{column.pattern})$", error=f"does not follow {column.pattern}")]
    if column.type == "date":
        return [pa.Check(_is_date, element_wise=True, error="is no date like 2017-06-08")]
    if column.is_above_zero:
        return [pa.Check.gt(0, error="is not above 0")]
    if column.bounds is not None:
        low, high = column.bounds
        error = f"is not in {column.allowed}"
        checks = [pa.Check.ge(low, error=error)] if low is not None else []
        return checks + ([pa.Check.le(high, error=error)] if high is not None else [])
    return []


def _is_date(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _in_order(first: str, second: str) -> pa.Check:
    import pandera.pandas as pa

    def is_in_order(frame: pd.DataFrame) -> pd.Series[bool]:
        is_wrong = (frame[first] > frame[second]).fillna(False)
        return ~is_wrong.astype(bool)

    return pa.Check(is_in_order, error=f"{first} is after or above {second}")


def _both_or_none(first: str, second: str) -> pa.Check:
    import pandera.pandas as pa

    def is_whole(frame: pd.DataFrame) -> pd.Series[bool]:
        return frame[first].isna() == frame[second].isna()

    return pa.Check(is_whole, error=f"one of {first} and {second} is given without the other")


def _from_csv(path: Path) -> pd.DataFrame:
    import pandas as pd

    table = csv_rows.read_rows(path)
    width = len(table.header)
    rows = [
        [cell or None for cell in (cells + [""] * width)[:width]] for _, cells in table.rows if any(cells)
    ]
    return pd.DataFrame(rows, columns=table.header, dtype=object)


def _typed(events: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return the table with the types of the dictionary; a cell that cannot have its type is told of."""
    import pandas as pd

    from standoff.tables import dtype_of

    frame = events.reset_index(drop=True)
    for name, column in event_columns().items():
        if name not in frame.columns:
            continue
        cells = frame[name]
        if column.dtype == "string":
            frame[name] = cells.astype(object).where(cells.notna(), None).astype(dtype_of("string"))
            continue
        numbers = pd.to_numeric(cells, errors="coerce")
        is_bad = numbers.isna() & cells.notna()
        if column.dtype == "Int64":
            is_bad |= (numbers.notna() & (numbers % 1 != 0)).fillna(False).astype(bool)
        if is_bad.any():
            row = int(is_bad.to_numpy().argmax())
            kind = "whole number" if column.dtype == "Int64" else "number"
            msg = f"{where}: row {row + 1}, {name}: {_short(cells[row])} is no {kind}"
            raise InputError(msg)
        frame[name] = numbers.astype(dtype_of(column.dtype))
    return frame


def _said(failures: pd.DataFrame, where: str) -> str:
    told = []
    for failure in failures.to_dict("records"):
        row = failure["index"]
        place = "all rows" if row is None or row != row else f"row {int(row) + 1}"  # NaN is not itself
        told.append(_one(failure, place))
    told = list(dict.fromkeys(told))
    more = f"; and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    return f"{where}: {'; '.join(told[:_MOST_TOLD])}{more}"


def _one(failure: dict[Any, Any], place: str) -> str:
    check = str(failure["check"])
    if failure["schema_context"] == "DataFrameSchema":
        return f"{place}: {'the event is there twice' if 'unique' in check else check}"
    name = failure["column"]
    if check == "not_nullable":
        return f"{place}, {name}: it is empty"
    return f"{place}, {name}: {_short(failure['failure_case'])} {check}"


def _short(value: object) -> str:
    from standoff.units import shortened

    return shortened(repr(value) if isinstance(value, str) else str(value))
