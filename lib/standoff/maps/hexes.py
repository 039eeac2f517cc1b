"""H3 cells on a map, coloured by how many events are to be expected in each."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from standoff.classes import Classes
from standoff.errors import SettingError
from standoff.maps.basemap import Box
from standoff.maps.elements import FitView, OfflineBasemap, PageElement, Stylesheet
from standoff.maps.escape import json_block, visible
from standoff.maps.frame import centre_of, spans_of, unwrap
from standoff.maps.geometry import encode
from standoff.maps.page import StandoffMap

if TYPE_CHECKING:
    import geopandas

_STYLE = Path(__file__).parent / "assets" / "hexes.css"
MOST_DRAWN = 20_000
"""Cells that a page can hold and still open quickly."""
_TOP = 5  # cells that the legend leads to
_COUNTS = ("least", "most", "reports")
_FEWEST_UNITS, _MOST_UNITS = 1_000, 10_000_000
_UNITS_A_CELL = 500  # corners are as fine as this part of a cell


class HexLayer(PageElement):
    """Cells with a number each, in colours from light to dark, with a legend that leads to the largest.

    Parameters
    ----------
    cells : GeoDataFrame
        As `standoff.Corpus.density` returns it: ``cell``, ``expected``, and ``least``, ``most`` and ``reports`` where
        there are such. Of a table by week or month the periods are added up.
    title : str
        What the legend calls the number. Any text is safe.
    classes : Classes, optional
        A scale to share with another layer or figure; by default one of the cells' own.

    Raises
    ------
    SettingError
        If there are more cells than a page can hold, or one has no number or no area.

    Examples
    --------
    >>> import geopandas as gpd
    >>> cell = {"cell": ["83754efffffffff"], "expected": [2.0]}
    >>> layer = HexLayer(gpd.GeoDataFrame(cell, geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326"))
    >>> layer.data()["cells"][0]["values"], layer.extent
    ([2.0, None, None, None], (0.0, 0.0, 1.0, 1.0))
    """

    verb = "hexes"
    scripts = ("hexes.js",)

    def __init__(
        self,
        cells: geopandas.GeoDataFrame,
        title: str = "Events to be expected",
        classes: Classes | None = None,
    ) -> None:
        super().__init__()
        self.cells = whole_time(cells)
        if len(self.cells) > MOST_DRAWN:
            msg = f"map: {len(self.cells):,} cells, at most {MOST_DRAWN:,}; take a coarser resolution"
            raise SettingError(msg)
        _check(self.cells)
        self.title = title
        self.classes = classes or Classes.of(self.cells["expected"])
        self._centre = centre_of([span for shape in self.cells.geometry for span in spans_of(shape)])
        self._shapes = [unwrap(shape, self._centre) for shape in self.cells.geometry]

    @property
    def extent(self) -> Box | None:
        """West, south, east, north of the cells, degrees; east may exceed 180. None without cells."""
        if not self._shapes:
            return None
        west, south, east, north = (float(edge) for edge in shapely.total_bounds(self._shapes))
        return west, south, east, north

    def data(self) -> Any:
        """Return the cells' corners, numbers and classes, and the largest."""
        scale = self._scale()
        numbers = self.cells["expected"].tolist()
        others = [
            self.cells[name].tolist() if name in self.cells else [None] * len(numbers) for name in _COUNTS
        ]
        cells = [
            {"id": visible(str(name)), "path": encode(shape, scale)["polygons"], "class": self.classes.number(value),
             "values": [round(value, 6), *(_whole(each) for each in counts)]}
            for name, shape, value, *counts in zip(self.cells["cell"], self._shapes, numbers, *others, strict=True)
        ]  # fmt: skip
        top = sorted(range(len(numbers)), key=lambda i: (-numbers[i], i))[:_TOP]
        classes = zip(self.classes.colours, self.classes.labels, strict=True)
        return {
            "title": visible(self.title), "scale": scale, "cells": cells, "top": top,
            "classes": [{"colour": colour, "label": label} for colour, label in classes],
        }  # fmt: skip

    def _scale(self) -> int:
        """Return units of a degree that are fine enough for the cells."""
        if not self._shapes:
            return _FEWEST_UNITS
        widths = [shape.bounds[3] - shape.bounds[1] for shape in self._shapes]
        wanted = _UNITS_A_CELL / max(min(widths), 1e-9)
        return int(min(max(10 ** math.ceil(math.log10(wanted)), _FEWEST_UNITS), _MOST_UNITS))

    def render(self, **kwargs: Any) -> str:
        """Put the layer's own style into the figure, after that which all elements share."""
        super().render(**kwargs)
        figure: Any = self.get_root()
        figure.header.add_child(Stylesheet(_STYLE.read_text(encoding="utf-8")), name="standoff_hexes_css")
        return ""

    def _get_self_bounds(self) -> list[list[float | None]]:
        west, south, east, north = self.extent or (None, None, None, None)
        return [[south, west], [north, east]]


def _check(cells: geopandas.GeoDataFrame) -> None:
    import numpy as np
    import pandas as pd

    missing = [name for name in ("cell", "expected", "geometry") if name not in cells]
    if missing:
        msg = f"map: the cells have no column {missing[0]!r}; give what Corpus.density returns"
        raise SettingError(msg)
    numbers = pd.to_numeric(cells["expected"], errors="coerce").to_numpy(float)
    is_area = np.fromiter((shape is not None and not shape.is_empty for shape in cells["geometry"]), bool)
    good = np.isfinite(numbers) & is_area
    if not good.all():
        cell = cells["cell"].iloc[int(np.argmin(good))]
        msg = f"map: the cell {str(cell)!r:.80} has no number or no area; leave it out"
        raise SettingError(msg)


def _whole(value: Any) -> int | None:
    import pandas as pd

    return None if pd.isna(value) else int(value)


def whole_time(cells: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return a density by week or month as one of all time; one without periods as it is.

    ``least`` and ``expected`` add up. ``most`` and ``reports`` are left out: one event of two weeks is in both.
    """
    if "period" not in cells:
        return cells
    first = cells.drop_duplicates("cell")[["cell", "geometry"]]
    sums = cells.groupby("cell", as_index=False)[["expected", "least"]].sum()
    return first.merge(sums, on="cell").sort_values("cell", ignore_index=True)


def hex_map(
    cells: geopandas.GeoDataFrame,
    *,
    title: str = "Events to be expected",
    classes: Classes | None = None,
    basemap: bool = True,
) -> StandoffMap:
    """Return an offline map of cells.

    Parameters
    ----------
    cells, title, classes
        As for `HexLayer`.
    basemap : bool
        Whether to draw land and borders under them.
    """
    layer = HexLayer(cells, title, classes)
    extent = layer.extent
    west, south, east, north = extent or (-170.0, -56.0, 190.0, 75.0)
    built = StandoffMap(((south + north) / 2, (west + east) / 2), title=title)
    if basemap:
        built.add_child(OfflineBasemap((west, south, east, north)))
    built.add_child(layer)
    built.add_child(FitView((west, south, east, north)))
    seed = json_block([title, layer.data()["cells"]])
    built.steady(hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest())
    return built
