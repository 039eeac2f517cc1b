"""How many events are to be expected in each H3 cell, with each event spread over all of where it may have been."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from numbers import Integral
from typing import TYPE_CHECKING

import shapely

from standoff.corpus.cells import cell_shape, cells_needed, shares, typical_resolution
from standoff.corpus.shared_out import Step, label, shares_of
from standoff.errors import SettingError
from standoff.geodesy import area_km2, polygons
from standoff.periods import Period

if TYPE_CHECKING:
    import geopandas

    from standoff.corpus.telling import Layers

MOST_CELLS = 100_000
"""More than this is refused."""
_MOST_BY_ITSELF = 5_000  # cells, where the resolution is chosen for the analyst: what a map shows quickly
_WHOLE = 1 - 1e-9  # a share that is all of an event, but for rounding
FINEST_OF_H3 = 15
COLUMNS = ("cell", "period", "expected", "least", "most", "reports")


@dataclass(frozen=True)
class Counted:
    """What is counted: an event of one report, or an incident of several.

    Attributes
    ----------
    layers : layers
        Shares of its probability over shapes; empty where it has no place.
    period : Period or None
    reports : frozenset of str
        Who tells it.
    """

    layers: Layers
    period: Period | None
    reports: frozenset[str]


@dataclass
class _Cell:
    expected: float = 0.0
    least: int = 0
    most: int = 0
    reports: set[str] = field(default_factory=set)


def density(
    counted: Iterable[Counted], resolution: int | None = None, by: Step | None = None
) -> geopandas.GeoDataFrame:
    """Return the expected number of events in each cell that any of them touches.

    Parameters
    ----------
    counted : iterable of Counted
        Those without layers have no place and are in no cell; ``attrs["not_placed"]`` counts them.
    resolution : int, optional
        H3's, 0 (coarse) to 15; by default the coarsest whose cells are no larger than the median shape.
    by : "week" or "month", optional
        A row a cell and week, or month. What falls within several is shared out by days. What is not dated, or
        to more than a year, has rows without a period.

    Returns
    -------
    GeoDataFrame
        ``cell``; ``period``, with ``by``; ``expected``, whose sum is the number of events that have a place;
        ``least``, how many lie in the cell (and period) for sure, and ``most``, how many may; ``reports``, how
        many tell of these. EPSG:4326.

    Raises
    ------
    SettingError
        If the resolution is none of H3's, or takes more than 100,000 cells.
    """
    every = list(counted)
    placed = [each for each in every if each.layers]
    chosen = _resolution(placed, resolution)
    cells: dict[tuple[str, str | None], _Cell] = defaultdict(_Cell)
    known: dict[bytes, dict[str, float]] = {}  # many events lie in the same town: its cells are found once
    for each in placed:
        within = _within(each.layers, chosen, known)
        for period, of_time in _periods(each.period, by).items():
            for cell, of_space in within.items():
                row = cells[cell, period]
                row.expected += of_time * of_space
                row.least += of_time * of_space >= _WHOLE
                row.most += 1
                row.reports |= each.reports
    found = _frame(cells, with_period=by is not None)
    found.attrs |= {
        "resolution": chosen, "by": by, "counted": len(placed), "not_placed": len(every) - len(placed),
    }  # fmt: skip
    return found


def _periods(period: Period | None, by: Step | None) -> dict[str | None, float]:
    if by is None:
        return {None: 1.0}
    found = shares_of(period, by)
    return {label(start, by): share for start, share in found.items()} if found else {None: 1.0}


def _within(layers: Layers, resolution: int, known: dict[bytes, dict[str, float]]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for share, shape in layers:
        key = shapely.to_wkb(shape)
        if key not in known:
            known[key] = shares(shape, resolution)
        for cell, part in known[key].items():
            found[cell] += share * part
    return found


def _resolution(placed: Sequence[Counted], wanted: int | None) -> int:
    if wanted is not None:
        _check_resolution(wanted)
    shapes = [shapely.union_all([shape for _, shape in each.layers]) for each in placed]
    if wanted is None and not shapes:
        return typical_resolution([])
    union = shapely.union_all(shapes)
    area, pieces = area_km2(union), max(len(polygons(union)), 1)
    if wanted is None:
        found = typical_resolution([area_km2(shape) for shape in shapes])
        while found > 0 and cells_needed(area, pieces, found) > _MOST_BY_ITSELF:
            found -= 1
        return found
    if cells_needed(area, pieces, wanted) > MOST_CELLS:
        fitting = max((r for r in range(wanted) if cells_needed(area, pieces, r) <= MOST_CELLS), default=0)
        msg = (
            f"density: resolution {wanted} takes about {cells_needed(area, pieces, wanted):,} cells "
            f"(at most {MOST_CELLS:,}); take {fitting}, or count fewer or smaller shapes"
        )
        raise SettingError(msg)
    return wanted


def _check_resolution(wanted: object) -> None:
    if isinstance(wanted, bool) or not isinstance(wanted, Integral) or wanted not in range(FINEST_OF_H3 + 1):
        msg = f"density: resolution {wanted!r} is not a whole number from 0 to {FINEST_OF_H3}"
        raise SettingError(msg)


def _frame(cells: dict[tuple[str, str | None], _Cell], *, with_period: bool) -> geopandas.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    # Without a period last, and the same order each time.
    rows = sorted(cells.items(), key=lambda item: (item[0][1] is None, item[0][1] or "", item[0][0]))
    shapes = {cell: cell_shape(cell) for cell, _ in cells}
    table = pd.DataFrame({
        "cell": pd.Series([cell for (cell, _), _ in rows], dtype="string"),
        "period": pd.Series([period for (_, period), _ in rows], dtype="string"),
        "expected": pd.Series([row.expected for _, row in rows], dtype="float64"),
        "least": pd.Series([row.least for _, row in rows], dtype="Int64"),
        "most": pd.Series([row.most for _, row in rows], dtype="Int64"),
        "reports": pd.Series([len(row.reports) for _, row in rows], dtype="Int64"),
    })  # fmt: skip
    if not with_period:
        table = table.drop(columns="period")
    geometry = gpd.GeoSeries([shapes[cell] for (cell, _), _ in rows], crs="EPSG:4326")
    return gpd.GeoDataFrame(table, geometry=geometry, crs="EPSG:4326")


def naive_density(points: Iterable[tuple[float, float]], resolution: int) -> geopandas.GeoDataFrame:
    """Return how many points, (lat, lon), lie in each cell: what counting representative points gives.

    Returns
    -------
    GeoDataFrame
        ``cell``, ``expected``. EPSG:4326. It is there to be compared with `density`: a point that stands for a
        province is counted as if everything had happened in its middle.

    Raises
    ------
    SettingError
        If the resolution is none of H3's.
    """
    import geopandas as gpd
    import h3

    _check_resolution(resolution)
    counts: dict[str, float] = defaultdict(float)
    for lat, lon in points:
        counts[h3.latlng_to_cell(lat, lon, resolution)] += 1.0
    cells = sorted(counts)
    geometry = gpd.GeoSeries([cell_shape(cell) for cell in cells], crs="EPSG:4326")
    table = {"cell": cells, "expected": [counts[cell] for cell in cells]}
    found = gpd.GeoDataFrame(table, geometry=geometry, crs="EPSG:4326")
    found.attrs |= {"resolution": resolution, "by": None}
    return found
