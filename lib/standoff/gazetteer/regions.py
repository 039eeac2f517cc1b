"""Shapes of countries, regions and counties, and the borders between countries.

Natural Earth at 1:10m: borders are generalised by up to some 2 km. Codes follow ISO 3166:
Crimea counts to Ukraine; the Golan lies where Natural Earth draws it, with Israel. Shapes
are in WGS84 degrees, (lon, lat), cut at the antimeridian.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import shapely
from pyproj import Geod
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from standoff.model import Place
from standoff.resources import data_path

_GEOD = Geod(ellps="WGS84")
_CIRCLE_POINTS = 36
MAIN_SHARE = 0.75  # of the area: below it a region is taken as a group of parts
GROUP_FILES = ("regions/groups.csv", "regions.csv")
HOME_M = 5_000_000.0  # parts of a country farther from its main part do not go into a group: French Guiana
LEAST_SHARE = 0.01  # of the area: smaller parts do not count to the group
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Disc:
    """A point that stands for a region, and the radius that holds it.

    Where one part has most of the area, both are that part's: the United States without
    Alaska. Otherwise they are those of all parts but the smallest, and the point may lie at
    sea: an island group.
    """

    lat: float
    lon: float
    radius_m: float


@dataclass(frozen=True)
class Admin1:
    """What is known of a first-level region besides its shape."""

    code: str
    name: str
    country: str
    gid: str
    names: tuple[str, ...]


# An island's land has the size that the gazetteer gives it, give or take this factor.
_ISLAND_SLACK = 1.5
_LEAST_ISLANDS = 2  # of a group


class Regions:
    """Polygons, read when they are first asked for.

    Examples
    --------
    >>> regions = Regions.open()
    >>> regions.country_at(33.50583, 38.61778), regions.country_at(0.0, -30.0)
    ('SY', None)
    >>> regions.border("SY", "IQ").geom_type
    'LineString'
    """

    @classmethod
    def open(cls) -> Regions:
        """Return the polygons of data/regions, read once however many reports are."""
        return _opened()

    def country(self, code: str) -> BaseGeometry | None:
        """Return a country by its ISO 3166-1 alpha-2 code, with the areas that count to it."""
        rows = self._country_rows.get(code.upper())
        if not rows:
            return None
        return (
            self._country_shapes[rows[0]] if len(rows) == 1 else shapely.union_all(self._country_shapes[rows])
        )

    def admin1(self, iso_3166_2: str) -> BaseGeometry | None:
        """Return a first-level region by its ISO 3166-2 code."""
        rows = self._admin1_rows.get(iso_3166_2.upper())
        if not rows:
            return None
        shapes = shapely.from_wkb([self._admin1["geometry"][row].as_py() for row in rows])
        return shapes[0] if len(rows) == 1 else shapely.union_all(shapes)

    def country_at(self, lat: float, lon: float) -> str | None:
        """Return the ISO 3166-1 alpha-2 code of the country that holds a position, or None at sea."""
        codes = self._codes(self._country_tree.query(shapely.Point(lon, lat), predicate="intersects"))
        return codes[0] if codes else None

    def admin1_at(self, lats: Sequence[float], lons: Sequence[float]) -> list[str | None]:
        """Return the ISO 3166-2 code of the region that holds each position, or None."""
        points = shapely.points(np.asarray(lons, dtype=float), np.asarray(lats, dtype=float))
        found: list[str | None] = [None] * len(lats)
        for point, region in zip(*self._admin1_tree.query(points, predicate="intersects"), strict=True):
            found[int(point)] = self._admin1_codes[int(region)]
        return found

    def countries_near(self, lat: float, lon: float, radius_m: float = 2_000.0) -> list[str]:
        """Return the codes of all countries within a distance of a position.

        More than one: the position is ambiguous, as the borders are generalised.
        """
        azimuths = np.linspace(0, 360, _CIRCLE_POINTS, endpoint=False)
        count = np.ones(_CIRCLE_POINTS)
        lons, lats, _ = _GEOD.fwd(lon * count, lat * count, azimuths, radius_m * count)
        circle = shapely.MultiPoint(np.column_stack([lons, lats])).convex_hull
        if circle.bounds[2] - circle.bounds[0] > 180:
            circle = shapely.MultiPoint(np.column_stack([lons, lats]))
        return self._codes(self._country_tree.query(circle, predicate="intersects"))

    def is_disputed(self, lat: float, lon: float) -> bool:
        """Tell whether the position lies in an area that more than one state claims."""
        rows = self._country_tree.query(shapely.Point(lon, lat), predicate="intersects")
        return any(self._countries["disputed"][int(row)].as_py() for row in rows)

    def polygon_of(self, place: Place) -> BaseGeometry | None:
        """Return the shape of a place that is a country or a first-level region."""
        if place.feature == "country" and place.country:
            return self.country(place.country)
        if place.feature == "admin1":
            code = self._admin1_by_gid.get(place.gid)
            return self.admin1(code) if code else None
        if place.feature == "admin2":
            is_group = "island" in place.name.casefold()
            return self._county(place.gid) or (self._island(place) if is_group else None)
        if place.feature == "island":
            return self._island(place)
        return self.group(place.gid) if place.feature == "region" else None

    def _island(self, place: Place) -> BaseGeometry | None:
        """Return the land of an island, or of all islands of a group; None where it is not as large as the place."""
        if place.gid not in self._islands:
            self._islands[place.gid] = self._land_of(place)
        return self._islands[place.gid]

    def _land_of(self, place: Place) -> BaseGeometry | None:
        reach_m = place.extent_m * _ISLAND_SLACK
        lons, lats, _ = _GEOD.fwd([place.lon] * 4, [place.lat] * 4, [0, 90, 180, 270], [reach_m] * 4)
        box = (lons[3], lats[2], lons[1], lats[0])
        if box[0] >= box[2]:
            return None  # across the antimeridian
        rows = self._country_tree.query(shapely.box(*box))
        parts = shapely.get_parts(shapely.union_all(shapely.get_parts(self._country_shapes[rows])))
        discs = [(part, disc) for part in parts if (disc := disc_of(part)) is not None]
        point = shapely.Point(place.lon, place.lat)
        for part, disc in discs:
            if part.intersects(point) and place.extent_m / _ISLAND_SLACK <= disc.radius_m <= reach_m:
                return part
        inside = [
            part for part, disc in discs if disc.radius_m < place.extent_m and shapely.box(*box).covers(part)
        ]
        if len(inside) < _LEAST_ISLANDS:
            return None
        return shapely.MultiPolygon(inside)

    def group(self, gid: str) -> BaseGeometry | None:
        """Return a region that is the union of others: Scotland, Lombardy, the Donbas, West Africa."""
        if gid not in self._unions and gid in self.groups:
            shape = self._joined(self.groups[gid])
            self._unions[gid] = shapely.union_all(shapely.get_parts(shape)) if shape is not None else None
        return self._unions.get(gid)

    def disc_of_group(self, gid: str) -> Disc | None:
        """Return the point that stands for a group of regions, and the radius that holds it."""
        return disc_of(self._joined(self.groups.get(gid, ())))

    def _joined(self, codes: Sequence[str]) -> BaseGeometry | None:
        shapes = [shape for code in codes if (shape := self._part(code)) is not None]
        return (
            shapely.MultiPolygon([part for shape in shapes for part in shapely.get_parts(shape)])
            if shapes
            else None
        )

    def _part(self, code: str) -> BaseGeometry | None:
        """Return a part of a group: a country, a region, a county ('fips:06001'), an area ('=Somaliland')."""
        if code.startswith("="):
            rows = [row for row, name in enumerate(self._countries["name"].to_pylist()) if name == code[1:]]
            return self._country_shapes[rows[0]] if rows else None
        if code.startswith("fips:"):
            return self._county(self._gid_of_fips.get(code.removeprefix("fips:"), ""))
        return self.admin1(code) if "-" in code else _home(self.country(code))

    def _county(self, gid: str) -> BaseGeometry | None:
        row = self._county_rows.get(gid)
        return None if row is None else shapely.from_wkb(self._counties["geometry"][row].as_py())

    def border(self, code_a: str, code_b: str | None = None) -> BaseGeometry | None:
        """Return the land border between two countries, or all land borders of one.

        Returns
        -------
        LineString, MultiLineString or None
            None if they do not meet on land.
        """
        wanted = {code_a.upper()} | ({code_b.upper()} if code_b else set())
        lines = [line for pair, line in self._borders.items() if wanted <= set(pair)]
        return shapely.line_merge(shapely.union_all(lines)) if lines else None

    def land_near(self, bounds: Bounds) -> list[tuple[str | None, str, BaseGeometry]]:
        """Return (code, name, shape) of the land in a box (west, south, east, north), clipped to it."""
        rows = sorted(int(row) for row in self._country_tree.query(shapely.box(*bounds)))
        names = self._countries["name"]
        clipped = ((row, shapely.clip_by_rect(self._country_shapes[row], *bounds)) for row in rows)
        return [
            (self._country_codes[row], str(names[row]), shape) for row, shape in clipped if not shape.is_empty
        ]

    def disc_of_country(self, code: str) -> Disc | None:
        """Return the point that stands for a country, and the radius that holds it."""
        return disc_of(self.country(code))

    def disc_of_admin1(self, iso_3166_2: str) -> Disc | None:
        """Return the point that stands for a region, and the radius that holds it."""
        return disc_of(self.admin1(iso_3166_2))

    def admin1_facts(self) -> dict[str, Admin1]:
        """Return what is known of every first-level region, by ISO 3166-2 code."""
        columns = self._admin1.drop_columns(["geometry"]).to_pydict()
        facts = {}
        for code, rows in self._admin1_rows.items():
            row = rows[0]
            gn_id = columns["gn_id"][row]
            names = dict.fromkeys(name for i in rows for name in columns["names"][i].split("|") if name)
            facts[code] = Admin1(
                code, columns["name"][row], columns["country"][row],
                f"geonames:{gn_id}" if gn_id else f"iso3166-2:{code}", tuple(names),
            )  # fmt: skip
        return facts

    def iso_of_geonames_code(self) -> dict[str, str]:
        """Return GeoNames' code of a region, such as 'SY.11', to its ISO 3166-2 code."""
        pairs = zip(self._admin1["gn_code"].to_pylist(), self._admin1["iso_3166_2"].to_pylist(), strict=True)
        # "SY." is that of no region: Natural Earth has it at the buffer zone on the Golan.
        return {gn_code: iso for gn_code, iso in pairs if gn_code and not gn_code.endswith(".")}

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Identifiers of regions that are unions, to the codes of what they are made of."""
        found: dict[str, tuple[str, ...]] = {}
        for name in GROUP_FILES:
            with data_path(name).open(encoding="utf-8", newline="") as stream:
                rows = [row for row in csv.DictReader(stream) if row["parts"]]
            found |= {row["gid"]: tuple(row["parts"].split("|")) for row in rows}
        return found

    @cached_property
    def _unions(self) -> dict[str, BaseGeometry | None]:
        return {}

    @cached_property
    def _islands(self) -> dict[str, BaseGeometry | None]:
        return {}

    @cached_property
    def _counties(self) -> Any:
        return pq.read_table(data_path("regions/us_counties.parquet"))

    @cached_property
    def _gid_of_fips(self) -> dict[str, str]:
        table = pq.read_table(data_path("regions/admin2.parquet"), columns=["gid", "fips"])
        pairs = zip(table["gid"].to_pylist(), table["fips"].to_pylist(), strict=True)
        return {fips: gid for gid, fips in pairs if fips}

    @cached_property
    def _county_rows(self) -> dict[str, int]:
        return {self._gid_of_fips[fips]: row for row, fips in enumerate(self._counties["fips"].to_pylist())}

    @cached_property
    def _countries(self) -> Any:
        return pq.read_table(data_path("regions/countries.parquet"))

    @cached_property
    def _country_codes(self) -> list[str | None]:
        codes: list[str | None] = self._countries["iso"].to_pylist()
        return codes

    @cached_property
    def _country_shapes(self) -> Any:
        return shapely.from_wkb(self._countries["geometry"].to_numpy())

    @cached_property
    def _country_rows(self) -> dict[str, list[int]]:
        return _rows_by(self._country_codes)

    @cached_property
    def _country_tree(self) -> shapely.STRtree:
        shapely.prepare(self._country_shapes)
        return shapely.STRtree(self._country_shapes)

    @cached_property
    def _borders(self) -> dict[tuple[str, str], BaseGeometry]:
        table = pq.read_table(data_path("regions/borders.parquet"))
        pairs = zip(table["iso_a"].to_pylist(), table["iso_b"].to_pylist(), strict=True)
        return dict(zip(pairs, shapely.from_wkb(table["geometry"].to_numpy()), strict=True))

    @cached_property
    def _admin1(self) -> Any:
        return pq.read_table(data_path("regions/admin1.parquet"))

    @cached_property
    def _admin1_codes(self) -> list[str]:
        codes: list[str] = self._admin1["iso_3166_2"].to_pylist()
        return codes

    @cached_property
    def _admin1_rows(self) -> dict[str, list[int]]:
        return _rows_by(self._admin1_codes)

    @cached_property
    def _admin1_tree(self) -> shapely.STRtree:
        shapes = shapely.from_wkb(self._admin1["geometry"].to_numpy())
        shapely.prepare(shapes)
        return shapely.STRtree(shapes)

    @cached_property
    def _admin1_by_gid(self) -> dict[str, str]:
        return {fact.gid: code for code, fact in self.admin1_facts().items()}

    def _codes(self, rows: Any) -> list[str]:
        return sorted({code for row in rows if (code := self._country_codes[int(row)])})


@cache
def _opened() -> Regions:
    return Regions()


def _rows_by(codes: Sequence[str | None]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, code in enumerate(codes):
        if code:
            rows.setdefault(code, []).append(row)
    return rows


def disc_of(shape: BaseGeometry | None) -> Disc | None:
    """Return the point that stands for a shape, and the radius that holds it."""
    if shape is None or shape.is_empty:
        return None
    parts = shapely.get_parts(shape)
    if shape.bounds[2] - shape.bounds[0] > 180:
        parts = np.array([_unwrapped(part) for part in parts])
    areas = shapely.area(shapely.transform(parts, _equal_area))
    main = parts[int(np.argmax(areas))]
    whole = shapely.MultiPolygon(list(parts[areas >= LEAST_SHARE * areas.sum()]))
    if areas.max() >= MAIN_SHARE * areas.sum():
        whole = main
    point = whole.centroid
    if whole is main and not main.contains(point):
        point = main.representative_point()
    corners = shapely.get_coordinates(whole.convex_hull)
    count = np.ones(len(corners))
    _, _, metres = _GEOD.inv(point.x * count, point.y * count, corners[:, 0], corners[:, 1])
    lon = (point.x + 180) % 360 - 180
    return Disc(round(point.y, 5), round(lon, 5), float(np.ceil(np.max(metres))))


def _home(country: BaseGeometry | None) -> BaseGeometry | None:
    """Return a country without what lies overseas, for groups of countries."""
    if country is None:
        return None
    parts = shapely.get_parts(country)
    points = shapely.get_coordinates(shapely.centroid(parts))
    main = points[int(np.argmax(shapely.area(parts)))]
    count = np.ones(len(points))
    _, _, metres = _GEOD.inv(main[0] * count, main[1] * count, points[:, 0], points[:, 1])
    return shapely.MultiPolygon(list(parts[np.asarray(metres) <= HOME_M]))


def _equal_area(lon_lat: Any) -> Any:
    """Lambert's cylindrical projection: areas in proportion, which is all that is asked."""
    return np.column_stack([np.radians(lon_lat[:, 0]), np.sin(np.radians(lon_lat[:, 1]))])


def _unwrapped(part: BaseGeometry) -> BaseGeometry:
    return affinity.translate(part, xoff=360) if part.bounds[2] <= 0 else part
