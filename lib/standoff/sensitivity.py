"""How much each shape of a reading hangs on each setting: read again with other values, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standoff.errors import SettingError
from standoff.model import Report
from standoff.reading import Reading, read

if TYPE_CHECKING:
    import pandas as pd

    from standoff.gazetteer import Gazetteer


def sensitivity(
    source: Reading | Report | str | Path,
    values: Mapping[str, Iterable[Any]],
    *,
    gazetteer: Gazetteer | None = None,
    **settings: Any,
) -> pd.DataFrame:
    """Read a report again with other values of its settings, one setting at a time, and compare the shapes.

    Parameters
    ----------
    source : Reading, Report or path
        A reading, whose own settings are the baseline, or what `read` takes.
    values : mapping
        By the name of a setting the values to try: ``{"coverage": [0.5, 0.9, 0.95]}``. The baseline's own
        value is put first where it is not among them.
    gazetteer : Gazetteer, optional
        As for `read`; opened once for all readings.
    **settings
        As for `read`, where the source is not a reading.

    Returns
    -------
    DataFrame
        A row for each setting, value and thing that has a shape in any of the readings:

        - ``parameter``, ``step`` (0, 1, 2 ... in the order given), ``value`` (as text) and ``baseline``,
        - ``kind`` ("event", "zone", or "statement" of where), ``id`` and ``label``, as in the baseline's tables,
        - ``shape`` and ``area_km2``,
        - ``inner_m``, ``outer_m``: how near to the point of its anchor the shape comes, and how far it reaches,
        - ``shift_m``: how far its centroid has moved from where it is in the baseline,
        - ``overlap``: the area shared with the baseline's shape over the area of both together, 0 to 1,
        - ``reason``: why there is no shape with this value.

    Raises
    ------
    SettingError
        If there is nothing to try, or a setting cannot have a value.
    InputError
        If the file cannot be read as a report.

    Examples
    --------
    >>> from standoff import read_text
    >>> reading = read_text("A truck was hit 24 miles from Aleppo on Tuesday.")
    >>> found = sensitivity(reading, {"coverage": [0.5, 0.9]}).query("kind == 'event'")
    >>> found[["value", "baseline"]].values.tolist()
    [['0.5', False], ['0.9', True]]
    >>> bool(found["area_km2"].is_monotonic_increasing)
    True
    """
    if not values:
        msg = "sensitivity: no setting to change; give one with its values: {'coverage': [0.5, 0.9]}"
        raise SettingError(msg)
    if isinstance(source, Reading) and settings:
        msg = "sensitivity: a reading has its settings; change them by reading.with_settings(...)"
        raise SettingError(msg)
    chosen = {name: list(given) for name, given in values.items()}
    names = gazetteer or (source.gazetteer if isinstance(source, Reading) else None)
    if names is not None:
        return _varied(source, chosen, names, settings)
    from standoff.gazetteer import Gazetteer as Embedded

    with Embedded.open() as opened:
        return _varied(source, chosen, opened, settings)


def _varied(
    source: Reading | Report | str | Path,
    values: Mapping[str, list[Any]],
    names: Gazetteer,
    settings: dict[str, Any],
) -> pd.DataFrame:
    from standoff.shape_changes import table

    base = source if isinstance(source, Reading) else read(source, gazetteer=names, **settings)
    return table(base, values, names)
