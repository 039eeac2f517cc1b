"""Maps round a pole: the web's projection ends at 85 degrees, and what lies beyond would be a line.

Where a shape reaches that far, the page draws in the azimuthal equidistant projection of its pole: a disc
round the pole looks round, distances from the pole are true. Positions in items stay (lon, lat) degrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from standoff.geodesy import polygonal
from standoff.maps.cities import Named, cities
from standoff.maps.elements import OfflineBasemap
from standoff.maps.escape import visible
from standoff.maps.frame import centre_of
from standoff.maps.geometry import encode
from standoff.maps.items import Item
from standoff.maps.terrain import Terrain, countries, cut

LEAST_LAT = 84.0
"""A shape that reaches beyond this, north or south, is drawn round the pole."""
_MOST_COLATITUDE = 60.0  # of the basemap: farther out the projection stretches too much to be a help
_SEGMENT_DEG = 1.0  # between corners: straight lines of degrees are curves round a pole
_CLOSED_M = 5.0
_COUNTRY_KM2 = 60_000  # countries smaller than that are not labelled
_SCALE = 100
_TOWNS = 30


@dataclass(frozen=True)
class Polar:
    """A view round a pole.

    Attributes
    ----------
    pole : int
        1 for the north, -1 for the south.
    lon : float
        The meridian that points down, degrees.
    """

    pole: int
    lon: float

    @classmethod
    def of(cls, items: Iterable[Item]) -> Polar | None:
        """Return the view that the items of the first view need; None where none reaches a pole.

        Where both poles are reached there is no such view, and the usual map is drawn.
        """
        drawn = [item for item in items if item.focus]
        south = min((item.bounds[1] for item in drawn), default=0.0)
        north = max((item.bounds[3] for item in drawn), default=0.0)
        if (north > LEAST_LAT) == (south < -LEAST_LAT):
            return None
        pole = 1 if north > LEAST_LAT else -1
        points = [(item.lon, item.lon) for item in drawn]
        return cls(pole, round(centre_of(points), 2))

    def items(self, items: Iterable[Item]) -> list[Item]:
        """Return the items with their shapes joined over the pole and the antimeridian."""
        return [
            item if item.geometry is None else replace(item, geometry=self.joined(item.geometry))
            for item in items
        ]

    def joined(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a geometry of degrees without the seam that runs to the pole in it."""
        flat = self._flat(geometry)
        if not geometry.area:
            return self._degrees(flat)
        # Some metres out and in again: the two sides of the seam grow together.
        wide = shapely.make_valid(flat).buffer(_CLOSED_M, join_style="mitre")
        whole = polygonal(wide.buffer(-_CLOSED_M, join_style="mitre"))
        return self._degrees(whole)

    def points(self, items: Iterable[Item]) -> list[list[float]]:
        """Return corners (lat, lon) of what the map first shows."""
        shown = [item for item in items if item.focus]
        found = [[item.lat, item.lon] for item in shown if item.geometry is None]
        for item in shown:
            if item.geometry is not None:
                corners = shapely.get_coordinates(item.geometry)
                found += [[lat, lon] for lon, lat in corners[:: max(1, len(corners) // 48)].round(3).tolist()]
        return found

    @property
    def crs(self) -> str:
        """The projection of the page, as JavaScript."""
        return f"standoff.polarCRS({self.pole}, {self.lon})"

    def _flat(self, geometry: BaseGeometry) -> BaseGeometry:
        corners = _transformer(self.pole)
        fine = shapely.segmentize(geometry, _SEGMENT_DEG)
        return shapely.transform(fine, lambda at: np.column_stack(corners.transform(at[:, 0], at[:, 1])))

    def _degrees(self, flat: BaseGeometry) -> BaseGeometry:
        corners = _transformer(self.pole)
        return shapely.transform(
            flat, lambda at: np.column_stack(corners.transform(at[:, 0], at[:, 1], direction="INVERSE"))
        )


@cache
def _transformer(pole: int) -> Transformer:
    flat = f"+proj=aeqd +lat_0={90 * pole} +lon_0=0 +ellps=WGS84"
    return Transformer.from_crs("EPSG:4326", flat, always_xy=True)


class PolarBasemap(OfflineBasemap):
    """Land, borders, countries and towns round a pole, with no network.

    Parameters
    ----------
    polar : Polar
        Which pole.
    named : iterable of (name, lat, lon)
        What the map labels otherwise: the basemap leaves those towns out.
    """

    def __init__(self, polar: Polar, named: Iterable[Named] = ()) -> None:
        edge = polar.pole * (90 - _MOST_COLATITUDE)
        south, north = sorted((edge, 90.0 * polar.pole))
        super().__init__((-180.0, south, 180.0, north), named=named)
        self.polar = polar

    def data(self) -> Any:
        """Return what ``basemap_data`` does, with one part and no frame."""
        if self._data is None:
            tiers = [(self.extent, 3.5, _TOWNS)]
            lines = Terrain.of(self.extent, fine=False, deepest=0.0).lines
            self._data = {
                "parts": [
                    {
                        "frame": None,
                        "land": encode(self._land(), _SCALE),
                        "lakes": encode(shapely.GeometryCollection(), _SCALE),
                        "lines": [
                            {"kind": kind, "from": start, "path": self._line(parts)}
                            for kind, start, parts in lines
                        ],
                    }
                ],
                "labels": [*self._labels(), self._pole()],
                "sources": ["Natural Earth", "GeoNames"],
                "cities": cities(tiers, self.named),
            }
        return self._data

    def legend(self) -> list[dict[str, Any]]:
        """Return entries for a legend: none, the map is too large for them."""
        return []

    def _land(self) -> BaseGeometry:
        found = [part for _, part in cut(countries(fine=False).shapes, self.extent)]
        flat = shapely.union_all([shapely.make_valid(self.polar._flat(part)) for part in found])
        seen = [part for part in shapely.get_parts(flat.simplify(9_000)) if part.area > 3e8]
        return self.polar._degrees(shapely.geometrycollections(seen))

    def _line(self, parts: Any) -> dict[str, Any]:
        flat = [self.polar._flat(part).simplify(9_000) for part in parts]
        return encode(self.polar._degrees(shapely.geometrycollections(flat)), _SCALE)

    def _labels(self) -> list[list[Any]]:
        everywhere = countries(fine=False)
        labels = []
        for index, part in cut(everywhere.shapes, self.extent):
            flat = self.polar._flat(part)
            if flat.area > _COUNTRY_KM2 * 1e6:
                largest = max(shapely.get_parts(flat), key=lambda each: each.area)
                point = self.polar._degrees(largest.representative_point())
                room = round(float(np.sqrt(largest.area)) / 111_000 / 3, 2)
                spot = [round(point.y, 2), round(point.x, 2), room, 0]
                labels.append([visible(everywhere.names[index]), [spot]])
        return labels

    def _pole(self) -> list[Any]:
        name = "North Pole" if self.polar.pole > 0 else "South Pole"
        return [name, [[90.0 * self.polar.pole, self.polar.lon, 20.0, 0]]]
