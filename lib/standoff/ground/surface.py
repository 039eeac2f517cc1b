"""Several statements about one event -> a probability surface, and the contours that hold a share of it.

Each statement spreads its coverage evenly inside its shape and the rest evenly outside, as far
as the field reaches; statements are taken to err independently, so their densities multiply.
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
from standoff.ground.drawn import Drawn

CELLS = 120
"""Cells along the longer side of the field: a contour is as fine as a cell."""

# What a shape that is drawn as stated is taken to hold: no figure is known of it, and no words are sure.
STATED_SHARE = 0.95
_MARGIN = 0.25  # of the field's size, on every side


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

        Cells of one row have one size, so that the likeliest are those of the highest density.
        """
        density = self.mass / _cell_areas(self.lons, self.lats)
        order = np.argsort(-density, axis=None, kind="stable")
        held = np.cumsum(self.mass.ravel()[order])
        chosen = np.zeros(self.mass.size, dtype=bool)
        chosen[order[: int(np.searchsorted(held, share)) + 1]] = True
        rows, columns = np.nonzero(chosen.reshape(self.mass.shape))
        boxes = shapely.box(self.lons[columns], self.lats[rows], self.lons[columns + 1], self.lats[rows + 1])
        return polygonal(shapely.union_all(boxes))

    @property
    def likeliest(self) -> tuple[float, float]:
        """The middle of the cell of highest density, (lat, lon)."""
        density = self.mass / _cell_areas(self.lons, self.lats)
        row, column = np.unravel_index(int(np.argmax(density)), density.shape)
        lat = (self.lats[row] + self.lats[row + 1]) / 2
        return float(lat), float((self.lons[column] + self.lons[column + 1]) / 2)


def surface_of(drawn: Sequence[Drawn]) -> Surface | None:
    """Multiply the densities of statements on a grid; None where there is no field to do it on.

    Parameters
    ----------
    drawn : sequence of Drawn
        Shapes of statements about one event.

    Returns
    -------
    Surface or None
        None for shapes across the antimeridian, whose box would be the world.

    Examples
    --------
    >>> one = Drawn("region", shapely.box(10, 40, 12, 42), coverage=0.9)
    >>> other = Drawn("region", shapely.box(11, 40, 13, 42), coverage=0.9)
    >>> half = surface_of([one, other]).contour(0.5)
    >>> shapely.box(10.9, 39.9, 12.1, 42.1).covers(half)
    True
    """
    west, south, east, north = shapely.total_bounds([each.area for each in drawn])
    if not east - west < 180 or not (east > west and north > south):
        return None
    lat_margin, lon_margin = _MARGIN * (north - south), _MARGIN * (east - west)
    south, north = max(south - lat_margin, -90.0), min(north + lat_margin, 90.0)
    west, east = max(west - lon_margin, -180.0), min(east + lon_margin, 180.0)
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.01)
    width, height = (east - west) * shrink, north - south
    step = max(width, height) / CELLS
    lons = np.linspace(west, east, max(math.ceil(width / step), 2) + 1)
    lats = np.linspace(south, north, max(math.ceil(height / step), 2) + 1)
    areas = _cell_areas(lons, lats)
    log_density = np.zeros(areas.shape)
    x, y = np.meshgrid((lons[:-1] + lons[1:]) / 2, (lats[:-1] + lats[1:]) / 2)
    for each in drawn:
        shapely.prepare(each.area)
        inside = shapely.contains_xy(each.area, x, y)
        log_density += _log_density(inside, areas, each.coverage or STATED_SHARE)
    mass = np.exp(log_density - log_density.max()) * areas
    return Surface(lons, lats, mass / mass.sum())


def _log_density(inside: NDArray[np.bool_], areas: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Return the logarithm of one statement's density: its share inside, the rest outside."""
    within, beyond = float(areas[inside].sum()), float(areas[~inside].sum())
    if within == 0.0 or beyond == 0.0:
        return np.zeros(areas.shape)  # smaller than a cell, or all of the field: it tells nothing here
    return np.where(inside, math.log(share / within), math.log((1.0 - share) / beyond))


def _cell_areas(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the areas of the cells up to a constant, on a sphere."""
    heights = np.diff(np.sin(np.radians(lats)))
    return np.outer(heights, np.diff(lons))
