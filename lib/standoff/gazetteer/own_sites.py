"""An analyst's own sites: a CSV with a row each, or GeoJSON with points and areas."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.errors import ShapelyError
from shapely.geometry import shape as shape_of

from standoff.errors import GazetteerError
from standoff.gazetteer.features import DEFAULT_EXTENT_M
from standoff.gazetteer.geonames_dump import is_name, number, people, position
from standoff.gazetteer.incoming import Incoming, Lines, Tally
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.regions import Regions, disc_of
from standoff.gazetteer.rows import PlaceName, PlaceRow, town_extent_m
from standoff.gazetteer.sources import alternate, read_csv, split_names

MAX_GEOJSON_BYTES = 100_000_000  # it is read as a whole
MAX_EXTENT_M = 5_000_000.0
LONGEST_NOTE = 300
_DELIMITERS = ",;\t|"
_HEADERS = {
    header: column
    for column, headers in {
        "name": "name title site",
        "lat": "lat latitude y",
        "lon": "lon lng long longitude x",
        "extent_m": "extent_m radius_m",
        "kind": "kind feature type",
        "country": "country country_code iso",
        "aliases": "aliases alias other_names",
        "population": "population people",
        "source": "source",
        "note": "note notes",
        "id": "id gid",
    }.items()
    for header in headers.split()
}
_REQUIRED = ("name", "lat", "lon")
_KINDS = {
    word: kind
    for kind, words in {
        "city": "town village hamlet settlement suburb",
        "base": "garrison barracks outpost military_base air_base airbase naval_base fort",
        "airfield": "airport airstrip aerodrome helipad",
        "camp": "refugee_camp",
        "plant": "refinery factory power_station power_plant oil_field oilfield gas_field depot",
        "port": "harbour harbor anchorage terminal",
        "crossing": "border_crossing checkpoint",
        "admin2": "district county municipality",
        "admin1": "province state governorate",
        "river": "wadi canal stream",
        "lake": "reservoir",
        "mountain": "hill peak ridge",
    }.items()
    for word in words.split()
}
_GID = re.compile(r"[a-z0-9][a-z0-9._-]*:[\w.:-]+")
_GEOD = Geod(ellps="WGS84")
_WGS84 = re.compile(r"CRS:?84|EPSG:+4326|4326$", re.IGNORECASE)


class _LineTooLong(csv.Error):
    pass


@dataclass(frozen=True)
class SiteReader:
    """Reads sites as their columns have them.

    Attributes
    ----------
    source : str
        What to write as the source where a row names none.
    regions : Regions
        For the country of a site that names none.
    countries : mapping
        Codes and names of countries, in small letters, to ISO 3166-1 alpha-2.
    """

    source: str
    regions: Regions
    countries: Mapping[str, str]

    @classmethod
    def of(cls, source: str, regions: Regions) -> SiteReader:
        """Make a reader that knows countries by their codes and names."""
        known = {}
        for row in read_csv("countries.csv"):
            for name in (row["iso"], row["iso3"], row["name"], *split_names(row["aliases"])):
                known[name.casefold()] = row["iso"]
        return cls(source, regions, known)

    def csv(self, incoming: Incoming, tally: Tally) -> Iterator[PlaceRow]:
        """Yield the sites of a CSV; a row that cannot be read is counted with its reason.

        Raises
        ------
        GazetteerError
            If it is no text, or has no columns name, lat and lon.
        """
        lines = Lines(incoming.text())
        known = _Known("line")
        try:
            header, delimiter = _header(lines, incoming)
            rows = csv.reader(_whole(lines), delimiter=delimiter, skipinitialspace=True, strict=True)
            while True:
                first = lines.number + 1
                try:
                    cells = next(rows)
                    if any(cell.strip() for cell in cells):
                        record = _record(header, cells)
                        site = self._site(record, decimal_comma=delimiter == ";")
                        known.add(site.gid, record.get("id", ""), first)
                        yield site
                except StopIteration:
                    return
                except (csv.Error, ValueError) as error:
                    last = lines.number
                    tally.skip(
                        f"line {first}" if last <= first else f"lines {first} to {last}", _words(error)
                    )
        except UnicodeError:
            msg = f"{incoming.label}, line {lines.number + 1}: not valid UTF-16; save it as UTF-8"
            raise GazetteerError(msg) from None

    def geojson(self, incoming: Incoming, tally: Tally) -> Iterator[PlaceRow]:
        """Yield the sites of a GeoJSON file; a feature that cannot be read is counted with its reason.

        Raises
        ------
        GazetteerError
            If the file is no GeoJSON, too large, or in other coordinates than WGS84.
        """
        known = _Known("feature")
        for index, feature in enumerate(_features(incoming), 1):
            try:
                record = _properties(feature)
                row = self._site(record)
                known.add(row.gid, record.get("id", ""), index)
            except (
                ValueError,
                TypeError,
                LookupError,
                AttributeError,
                OverflowError,  # a whole number of hundreds of digits, which no float holds
                RecursionError,
                ShapelyError,
            ) as error:
                reason = (
                    str(error) if type(error) is ValueError else "its geometry or properties cannot be read"
                )
                tally.skip(f"feature {index}", reason)
            else:
                yield row

    def _site(self, record: Mapping[str, str], *, decimal_comma: bool = False) -> PlaceRow:
        name = " ".join(record.get("name", "").split())
        if not name:
            msg = "no name"
            raise ValueError(msg)
        if not is_name(name):
            msg = f"the name {name[:40]!r} cannot be looked up: too long, not UTF-8, or without a letter"
            raise ValueError(msg)
        dot = (lambda text: text.replace(",", ".")) if decimal_comma else str
        lat, lon = position(dot(record.get("lat", "")), dot(record.get("lon", "")))
        kind = _kind(record.get("kind", ""))
        population = people(record.get("population", ""))
        return PlaceRow(
            _gid(record.get("id", "").strip(), name, lat, lon), name, lat, lon,
            self._country(record.get("country", ""), lat, lon), None, kind, population,
            _extent(dot(record.get("extent_m", "")), kind, population), self._source(record), True, _names(name, record),
        )  # fmt: skip

    def _country(self, text: str, lat: float, lon: float) -> str | None:
        written = " ".join(text.split())
        if not written:
            return self.regions.country_at(lat, lon)
        code = self.countries.get(written.casefold())
        if code is None:
            msg = f"{written[:40]!r} is no country; give its code, SY, or its English name"
            raise ValueError(msg)
        return code

    def _source(self, record: Mapping[str, str]) -> str:
        source, note = (" ".join(record.get(key, "").split()) for key in ("source", "note"))
        text = f"{source or self.source} ({note})" if note else source or self.source
        shown = "".join(char if char.isprintable() else " " for char in text)
        return shown if len(shown) <= LONGEST_NOTE else f"{shown[:LONGEST_NOTE]}…"


def _properties(feature: Any) -> dict[str, str]:
    """Return what the columns of a feature hold, with its position and the extent of an area."""
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        msg = "no feature with a geometry"
        raise ValueError(msg)  # noqa: TRY004  a row to skip, as any other
    lat, lon, extent_m = _disc(feature["geometry"])
    record = {"lat": str(lat), "lon": str(lon)}
    properties = feature.get("properties")
    for key, value in properties.items() if isinstance(properties, dict) else ():
        column = _HEADERS.get(_plain(key))
        if column and column not in ("lat", "lon") and value is not None:
            texts = value if isinstance(value, list) else [value]
            if not all(isinstance(text, str | int | float) for text in texts):
                msg = f"{column} is neither a text nor a number"
                raise ValueError(msg)
            record.setdefault(column, ";".join(map(str, texts)))
    if extent_m and not record.get("extent_m"):
        record["extent_m"] = str(extent_m)
    if "id" not in record and isinstance(feature.get("id"), str):
        record["id"] = feature["id"]
    return record


class _Known:
    """The sites of a file so far: two of one identifier would become one, with what only one of them says."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._first: dict[str, tuple[str, int]] = {}

    def add(self, gid: str, given: str, number: int) -> None:
        """Note a site; a ValueError says where its like stands."""
        given = given.strip()
        before, where = self._first.setdefault(gid, (given, number))
        if where == number:
            return
        # Identifiers are folded as names are: "a b" and "A-B" are one.
        what = f"the id {given[:40]!r} stands" if given else "the same name and position stand"
        as_ = f", as {before[:40]!r}" if given and before != given else ""
        msg = f"{what} in {self._unit} {where} already{as_}"
        raise ValueError(msg)


def _words(error: Exception) -> str:
    if isinstance(error, csv.Error) and not isinstance(error, _LineTooLong):
        return f"the quotes do not match, or a cell is too long ({error})"
    return str(error)


def _whole(lines: Lines[str]) -> Iterable[str]:
    class Whole:
        """An iterator, not a generator: that would end at its first error."""

        def __iter__(self) -> Iterator[str]:
            return self

        def __next__(self) -> str:
            line = next(lines)
            if line is None:
                msg = "the line is too long"
                raise _LineTooLong(msg)
            return line

    return Whole()


def _header(lines: Lines[str], incoming: Incoming) -> tuple[list[str | None], str]:
    """Return what each column is, and the delimiter that shows it."""
    for line in lines:
        if line is None or (line.strip() and not line.lower().startswith("sep=")):
            break
    else:
        line = None
    for delimiter in _DELIMITERS if line else "":
        try:
            cells = next(csv.reader([line or ""], delimiter=delimiter, skipinitialspace=True))
        except (csv.Error, StopIteration):
            continue
        columns = [_HEADERS.get(_plain(cell)) for cell in cells]
        if all(column in columns for column in _REQUIRED):
            return columns, delimiter
    msg = (
        f"{incoming.label}: neither GeoNames' dump nor GeoJSON, and no CSV with the columns name, lat and lon "
        f"in its first line"
    )
    raise GazetteerError(msg)


def _plain(header: object) -> str:
    return re.sub(r"[\s-]+", "_", str(header).strip("\ufeff \t\r\n").casefold())


def _record(header: list[str | None], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        msg = f"{len(cells)} cells under {len(header)} columns; put quotes round a cell that holds the delimiter"
        raise ValueError(msg)
    record: dict[str, str] = {}
    for column, cell in zip(header, cells, strict=False):
        if column and cell.strip():
            record.setdefault(column, cell)
    return record


def _gid(given: str, name: str, lat: float, lon: float) -> str:
    """Return the identifier of a site: the one given, or one that the same row has next time too."""
    if _GID.fullmatch(given):
        return given
    if given:
        return f"own:{name_key(given).replace(' ', '-') or hashlib.sha256(given.encode()).hexdigest()[:12]}"
    digest = hashlib.sha256(f"{name}|{lat:.6f}|{lon:.6f}".encode()).hexdigest()[:8]
    return f"own:{name_key(name).replace(' ', '-')[:60]}-{digest}"


def _kind(text: str) -> str:
    word = _plain(text)
    return word if word in DEFAULT_EXTENT_M or word == "city" else _KINDS.get(word, "place")


def _extent(text: str, kind: str, population: int) -> float:
    if not text.strip():
        return town_extent_m(population) if kind == "city" else DEFAULT_EXTENT_M[kind]
    extent_m = number(text, "extent_m")
    if not 0 <= extent_m <= MAX_EXTENT_M:
        msg = f"extent_m {extent_m:g} is not between 0 and {MAX_EXTENT_M:g} metres"
        raise ValueError(msg)
    return extent_m


def _names(name: str, record: Mapping[str, str]) -> tuple[PlaceName, ...]:
    aliases = [" ".join(part.split()) for part in re.split("[;|]", record.get("aliases", ""))]
    fit = dict.fromkeys(alias for alias in aliases if alias and alias != name and is_name(alias))
    return (PlaceName(name, "name"), *map(alternate, fit))


def _features(incoming: Incoming) -> list[Any]:
    if incoming.size > MAX_GEOJSON_BYTES:
        msg = f"{incoming.label}: GeoJSON of more than {MAX_GEOJSON_BYTES / 1e6:.0f} MB; split it, or make it a CSV"
        raise GazetteerError(msg)
    try:
        document = json.loads(incoming.stream.read(MAX_GEOJSON_BYTES + 1).decode("utf-8-sig"))
    except UnicodeDecodeError:
        msg = f"{incoming.label}: GeoJSON is UTF-8, and this is not"
        raise GazetteerError(msg) from None
    except RecursionError:
        msg = f"{incoming.label}: nested too deep to be GeoJSON"
        raise GazetteerError(msg) from None
    except ValueError as error:
        msg = f"{incoming.label}: no JSON that can be read ({error})"
        raise GazetteerError(msg) from None
    kind = document.get("type") if isinstance(document, dict) else None
    found = (
        document.get("features") if kind == "FeatureCollection" else [document] if kind == "Feature" else None
    )
    if not isinstance(found, list) or not found:
        msg = f"{incoming.label}: no GeoJSON with features; a FeatureCollection is wanted"
        raise GazetteerError(msg)
    named = document.get("crs")
    if named is not None and not _WGS84.search(json.dumps(named).replace('"', "")):
        shown = json.dumps(named)[:80]
        msg = f"{incoming.label}: its coordinates are in {shown}; GeoJSON has longitude and latitude in WGS84"
        raise GazetteerError(msg)
    return found


def _disc(geometry: dict[str, Any]) -> tuple[float, float, float | None]:
    """Return latitude, longitude, and the radius in metres of a shape that has an extent."""
    shape = shapely.force_2d(shape_of(geometry))
    corners = shapely.get_coordinates(shape)
    if shape.is_empty or not np.isfinite(corners).all():
        msg = "a geometry without coordinates, or with some that are not finite"
        raise ValueError(msg)
    if np.any(np.abs(corners) > (180.0, 90.0)):
        msg = "a coordinate is not between -180 and 180, -90 and 90; GeoJSON has longitude first"
        raise ValueError(msg)
    if shape.geom_type == "Point":
        return float(shape.y), float(shape.x), None
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        parts = shapely.get_parts(shapely.get_parts(shapely.make_valid(shape)))
        valid = [part for part in parts if part.geom_type == "Polygon"]
        disc = disc_of(shapely.union_all(valid)) if valid else None
        if disc is not None and disc.radius_m > 0:
            return disc.lat, disc.lon, disc.radius_m
        msg = "an area without a surface"
        raise ValueError(msg)
    if shape.geom_type == "GeometryCollection":
        msg = "a collection of geometries; give each a feature of its own"
        raise ValueError(msg)
    point = shape.representative_point()
    count = np.ones(len(corners))
    _, _, metres = _GEOD.inv(point.x * count, point.y * count, corners[:, 0], corners[:, 1])
    return float(point.y), float(point.x), float(np.ceil(np.max(metres)))
