"""Reads what ``standoff.maps.geometry.encode`` wrote, as the page's script does."""

from __future__ import annotations

import numpy as np
import shapely

from standoff.maps.geometry import DIGITS


def numbers(letters):
    """Return the whole numbers that are written in letters."""
    found, number, shift = [], 0, 0
    for letter in letters:
        value = DIGITS.index(letter)
        number |= (value & 31) << shift
        shift += 5
        if not value & 32:
            found.append(-(number + 1) // 2 if number & 1 else number // 2)
            number = shift = 0
    assert shift == 0, "the last number is not complete"
    return found


def corners(letters, scale):
    """Return the corners of a path as (lon, lat) in degrees."""
    return np.cumsum(np.array(numbers(letters)).reshape(-1, 2), axis=0) / scale


def polygons(geometry):
    """Return the union of the polygons of an encoded geometry."""
    found = []
    for rings in geometry["polygons"]:
        shell, *holes = (corners(ring, geometry["scale"]) for ring in rings)
        found.append(shapely.Polygon(shell, holes).buffer(0))
    return shapely.union_all(found)


def lines(geometry):
    """Return the lines of an encoded geometry."""
    return shapely.MultiLineString([corners(line, geometry["scale"]) for line in geometry["lines"]])
