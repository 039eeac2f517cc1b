"""Several statements about one event -> a probability surface, and the contours that hold a share of it.

Each statement is drawn at several coverages, one inside the other: half of the probability lies
evenly in the innermost, and so on outwards, what is left outside them all. Statements are taken to
err independently, so their densities multiply.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from standoff.geodesy import polygonal

CELLS = 120
"""Cells along the longer side of the field: a contour is as fine as a cell."""

# What a shape that is drawn as stated is taken to hold: no figure is known of it, and no words are sure.
STATED_SHARE = 0.95
_MARGIN = 0.25  # of the field's size, on every side
_NEARLY_ALL = 0.995  # of the probability: the field is narrowed to what holds it, and drawn again

Layers = Sequence[tuple[float, BaseGeometry]]
"""One statement's shapes with what each holds, from the smallest share to the largest."""


@dataclass(frozen=True)
class Surface:
    """Where an event can be, cell by cell.

    Attributes
    ----------
    lons, lats : arrays
        Edges of the cells in degrees, one more than cells.
    mass : array of shape (len(lats) - 1, len(lons) - 1)
        The probability of each cell; together 1.
    """

    lons: NDArray[np.float64]
    lats: NDArray[np.float64]
    mass: NDArray[np.float64]

    def contour(self, share: float) -> BaseGeometry:
        """Return the smallest set of cells that holds a share of the probability, in (lon, lat).

        Of cells as likely as each other, those nearest to the middle of the probability come first.
        """
        chosen = self._likeliest(share)
        rows, columns = np.nonzero(chosen)
        boxes = shapely.box(self.lons[columns], self.lats[rows], self.lons[columns + 1], self.lats[rows + 1])
        return polygonal(shapely.union_all(boxes))

    def _likeliest(self, share: float) -> NDArray[np.bool_]:
        x, y = _middles(self.lons, self.lats)
        shrink = math.cos(math.radians(float(y.mean())))
        away = np.hypot((x - (x * self.mass).sum()) * shrink, y - (y * self.mass).sum())
        level = np.round(np.log(np.maximum(self.density, 1e-300)), 6)
        order = np.lexsort((away.ravel(), -level.ravel()))
        held = np.cumsum(self.mass.ravel()[order])
        chosen = np.zeros(self.mass.size, dtype=bool)
        chosen[order[: int(np.searchsorted(held, share)) + 1]] = True
        return chosen.reshape(self.mass.shape)

    @property
    def density(self) -> NDArray[np.float64]:
        """The probability of each cell by its area, up to a constant."""
        return self.mass / _cell_areas(self.lons, self.lats)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the cells that hold nearly all of the probability."""
        rows, columns = np.nonzero(self._likeliest(_NEARLY_ALL))
        west, east = self.lons[columns.min()], self.lons[columns.max() + 1]
        return float(west), float(self.lats[rows.min()]), float(east), float(self.lats[rows.max() + 1])


def surface_of(statements: Sequence[Layers]) -> Surface | None:
    """Multiply the densities of statements on a grid; None where there is no field to do it on.

    Parameters
    ----------
    statements : sequence of layers
        The shapes of each statement about one event.

    Returns
    -------
    Surface or None
        None for shapes across the antimeridian, whose box would be the world.

    Examples
    --------
    >>> found = surface_of([[(0.9, shapely.box(10, 40, 12, 42))], [(0.9, shapely.box(11, 40, 13, 42))]])
    >>> shapely.box(10.9, 39.9, 12.1, 42.1).covers(found.contour(0.5))
    True
    """
    west, south, east, north = shapely.total_bounds([area for layers in statements for _, area in layers])
    if not east - west < 180 or not (east > west and north > south):
        return None
    lat_margin, lon_margin = _MARGIN * (north - south), _MARGIN * (east - west)
    field = (
        max(west - lon_margin, -180.0), max(south - lat_margin, -90.0),
        min(east + lon_margin, 180.0), min(north + lat_margin, 90.0),
    )  # fmt: skip
    sizes = [_sizes(layers, field) for layers in statements]
    rough = _on_grid(statements, sizes, field)
    return _on_grid(statements, sizes, rough.box)


def _sizes(layers: Layers, field: tuple[float, float, float, float]) -> list[float]:
    """Return the areas of a statement's shapes and of the field, each up to the same constant, on a sphere."""
    areas = [shapely.transform(shapely.segmentize(area, 0.5), _equal_area).area for _, area in layers]
    west, south, east, north = field
    return [*areas, (east - west) * (math.sin(math.radians(north)) - math.sin(math.radians(south)))]


def _equal_area(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([lon_lat[:, 0], np.sin(np.radians(lon_lat[:, 1]))])


def _on_grid(
    statements: Sequence[Layers], sizes: Sequence[Sequence[float]], field: tuple[float, float, float, float]
) -> Surface:
    west, south, east, north = field
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.01)
    width, height = (east - west) * shrink, north - south
    step = max(width, height) / CELLS
    lons = np.linspace(west, east, max(math.ceil(width / step), 2) + 1)
    lats = np.linspace(south, north, max(math.ceil(height / step), 2) + 1)
    x, y = _middles(lons, lats)
    areas = _cell_areas(lons, lats)
    log_density = np.zeros(areas.shape)
    for layers, own in zip(statements, sizes, strict=True):
        log_density += _log_density(layers, own, x, y)
    mass = np.exp(log_density - log_density.max()) * areas
    return Surface(lons, lats, mass / mass.sum())


def _log_density(
    layers: Layers, sizes: Sequence[float], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the logarithm of one statement's density: what each layer holds over the one inside it, and the rest."""
    shares = [0.0, *(share for share, _ in layers), 1.0]
    edges = [0.0, *sizes]
    steps = [
        math.log(max(more - less, 1e-9) / max(outer - inner, 1e-9 * sizes[-1]))
        for less, more, inner, outer in zip(shares, shares[1:], edges, edges[1:], strict=False)
    ]
    logs = np.full(x.shape, steps[-1])
    for step, (_, area) in reversed(list(zip(steps, layers, strict=False))):
        shapely.prepare(area)
        logs[shapely.contains_xy(area, x, y)] = step
    return logs


def _middles(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    return list(np.meshgrid((lons[:-1] + lons[1:]) / 2, (lats[:-1] + lats[1:]) / 2))


def _cell_areas(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the areas of the cells up to a constant, on a sphere."""
    heights = np.diff(np.sin(np.radians(lats)))
    return np.outer(heights, np.diff(lons))
