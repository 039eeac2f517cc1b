"""The gazetteer: from a name to the places it may mean."""

from __future__ import annotations

import json
import math
import sqlite3
import threading
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pyproj import Geod

from standoff.errors import GazetteerError
from standoff.gazetteer.hits import Hit
from standoff.gazetteer.index import connect, ensure_index
from standoff.gazetteer.layer_file import LayerFile
from standoff.gazetteer.layers import DUMP, OWN, Layer, open_layers
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.rows import NAME_KINDS
from standoff.gazetteer.spelling import Suggestion, suggestions
from standoff.gazetteer.variants import variants
from standoff.model import Place

CACHED_NAMES = 50_000
METRES_A_DEGREE = 110_500.0  # of latitude, at its shortest: a box of degrees is never too small
POLAR_LAT = 89.0
# A point of their own says little of where they are: what a position is near to is a town, not a sea.
_AREAS = frozenset(
    "country admin1 admin2 continent region sea gulf strait ocean bay desert mountain lake river".split()
) | {"island group"}
_GEOD = Geod(ellps="WGS84")
_COLUMNS = "gid, name, lat, lon, country, feature, extent_m, source, population, admin1, curated"
# More than anybody asks for; GeoNames has several thousand places called San Antonio.
_MOST = "ORDER BY curated DESC, population DESC LIMIT 2000"
_LOOKUP = f"SELECT kind, text, {_COLUMNS} FROM names JOIN places ON id = place WHERE key = ? {_MOST}"  # noqa: S608
_BY_GID = f"SELECT {_COLUMNS} FROM places WHERE gid = ?"  # noqa: S608
_BY_GIDS = f"SELECT {_COLUMNS} FROM places WHERE gid IN (SELECT value FROM json_each(?))"  # noqa: S608
_BOX = "lat BETWEEN ? AND ? AND (lon BETWEEN ? AND ? OR lon BETWEEN ? AND ?)"
_IN_BOX = f"SELECT {_COLUMNS} FROM places WHERE {_BOX}"  # noqa: S608
_NAME, _ALTERNATE, _ABBREVIATION = map(NAME_KINDS.index, ("name", "alternate", "abbreviation"))


class Gazetteer:
    """The places of the world, offline. Use it from any number of threads.

    Examples
    --------
    >>> with Gazetteer.open() as gazetteer:  # doctest: +SKIP
    ...     gazetteer.lookup("At Tanf")[0].place.gid
    'standoff:at-tanf-garrison'
    """

    def __init__(self, path: Path, layers: Sequence[Layer] = ()) -> None:
        self.path = path
        self.layers = tuple(layers)
        self._layers = [LayerFile(layer) for layer in layers]
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._closed = False
        self._hits = lru_cache(maxsize=CACHED_NAMES)(self._find)

    @classmethod
    def open(
        cls, cache_dir: Path | None = None, progress: bool = False, data_dir: Path | None = None
    ) -> Gazetteer:
        """Open the index and the layers; build the index first if it is not there (a minute or so, once).

        Parameters
        ----------
        cache_dir : Path, optional
            Where the index lies; by default $STANDOFF_CACHE or the user's cache folder.
        progress : bool
            Show a bar on the terminal while building.
        data_dir : Path, optional
            Where the layers lie that were added; by default $STANDOFF_DATA or the user's data folder.

        Raises
        ------
        GazetteerError
            If it can be neither opened nor built, or a layer is damaged.
        """
        return cls(
            ensure_index(cache_dir, progress=progress), layers=open_layers(data_dir, progress=progress)
        )

    def lookup(self, name: str, limit: int = 50) -> list[Hit]:
        """Return the places that a name may mean: own sites, curated ones and countries, then by population.

        A name that is not found as it stands is read in other ways (`variants`): "N. Ossetia",
        "Kern Co.", "Бахмут". Misspelt names are not found; `suggest` is for those.
        Abbreviations match only as they are written, or in capitals: "US" is a country, "us" is not.
        """
        return list(self._hits(name)[:limit])

    def suggest(self, name: str, limit: int = 5) -> list[Suggestion]:
        """Return the places whose names are a letter or two off: what a misspelt name may mean, likeliest first.

        Examples
        --------
        >>> with Gazetteer.open() as gazetteer:  # doctest: +SKIP
        ...     gazetteer.suggest("Aleepo")[0].hit.place.name
        'Aleppo'
        """
        return suggestions(name, self.query, self._under, limit)

    def knows(self, name: str) -> bool:
        """Tell whether `lookup` would find anything."""
        return bool(self._hits(name))

    def place(self, gid: str) -> Place | None:
        """Return the place with an identifier."""
        rows = self.query(_BY_GID, (gid,))
        return _place(rows[0]) if rows else None

    def address(self, place: Place, admin1: str | None = None) -> str:
        """Return a place's name with its region and country: "Mosul, Nineveh, Iraq"."""
        region = "SELECT name FROM places WHERE feature = 'admin1' AND admin1 = ? LIMIT 1"
        country = "SELECT name FROM places WHERE feature = 'country' AND country = ? LIMIT 1"
        parts = [place.name]
        if admin1 and place.feature not in ("admin1", "country"):
            parts += self._column(region, admin1)[:1]
        if place.country and place.feature != "country":
            parts += self._column(country, place.country)[:1]
        return ", ".join(parts)

    def nearest(
        self,
        lat: float,
        lon: float,
        limit: int = 1,
        features: Collection[str] = (),
        within_m: float = 500_000.0,
    ) -> list[tuple[Hit, float]]:
        """Return the places whose points are nearest to a position, with their distance in metres.

        Parameters
        ----------
        lat, lon : float
            WGS84 degrees.
        limit : int
            How many at most.
        features : collection of str
            Only these kinds; by default all but countries, regions, seas and other wide areas.
        within_m : float
            Give up beyond this distance.
        """
        reach_m = min(10_000.0, within_m)
        while True:
            found = [item for item in self._within(lat, lon, reach_m, features) if item[1] <= reach_m]
            if len(found) >= limit or reach_m >= within_m:
                return found[:limit]
            reach_m = min(reach_m * 4, within_m)

    def close(self) -> None:
        """Close the file; looking up afterwards is an error."""
        with self._guard:
            self._closed = True
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        for layer in self._layers:
            layer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def query(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Run a query on the index and on each layer (tables places, names, meta).

        The rows of an analyst's own sites come first, then those of the index and of other
        layers; a query that counts has one row for each.

        Raises
        ------
        GazetteerError
            If the gazetteer is closed or a file is damaged.
        """
        return [row for rows in self._each(sql, values) for row in rows]

    def _each(self, sql: str, values: Sequence[object]) -> list[list[tuple[Any, ...]]]:
        """Return the rows of each file, the one that stands first."""
        own = [layer.query(sql, values) for layer in self._layers if layer.is_own]
        others = [layer.query(sql, values) for layer in self._layers if not layer.is_own]
        return [*own, self._query_index(sql, values), *others]

    def _query_index(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.ProgrammingError | sqlite3.OperationalError):
                self.path.unlink(missing_ok=True)  # so that the next opening builds it again
            msg = f"the gazetteer {self.path} cannot be read ({error}); open it again to rebuild it"
            raise GazetteerError(msg) from error

    def _connection(self) -> sqlite3.Connection:
        if self._closed:
            msg = "the gazetteer is closed; open it again"
            raise GazetteerError(msg)
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = connect(self.path)
            with self._guard:
                self._connections.append(connection)
        return connection

    def _column(self, sql: str, value: str) -> list[str]:
        return [str(row[0]) for row in self.query(sql, (value,))]

    def _within(
        self, lat: float, lon: float, reach_m: float, features: Collection[str]
    ) -> list[tuple[Hit, float]]:
        rows = self.query(_IN_BOX, _box(lat, lon, reach_m))
        wanted = [row for row in rows if (row[5] in features if features else row[5] not in _AREAS)]
        if self._layers:
            wanted = list(self._standing({row[0] for row in wanted}).values())
        hits = [_hit(row, _NAME) for row in wanted]
        metres = [float(_GEOD.inv(lon, lat, hit.place.lon, hit.place.lat)[2]) for hit in hits]
        return sorted(zip(hits, metres, strict=True), key=lambda pair: pair[1])

    def _find(self, name: str) -> tuple[Hit, ...]:
        key = name_key(name)
        found = self._under(key, name.strip()) if key else ()
        if found or not key:
            return found
        for key, rule, features in variants(name):
            found = self._under(key, rule=rule, features=features)
            if found:
                break
        return found

    def _under(
        self, key: str, written: str | None = None, rule: str | None = None, features: Collection[str] = ()
    ) -> tuple[Hit, ...]:
        """Return the places of a key; without the name as it is written none of them by an abbreviation."""
        best: dict[str, tuple[Any, ...]] = {}
        named = self._named(key)
        # "Sinjar" is the name of Sinjār, whose spelling without marks is among its other names.
        by_name = {row[2] for row in named if row[0] == _NAME}
        for listed, text, *row in named:
            kind = _NAME if listed == _ALTERNATE and row[0] in by_name else listed
            gid, feature, people, rank = row[0], row[5], row[8], row[10]
            exact = written is not None and _same(written, text, kind)
            if (kind == _ABBREVIATION and not exact) or (features and feature not in features):
                continue
            first = rank > 0 or feature == "country"
            # A county goes by its bare name too: "Cook" is a town before it is Cook County.
            last = feature == "admin2" and kind != _NAME
            # Of places of unknown population those of the index come before a dump's hundreds of hamlets.
            entry = (rank != OWN, not first, last, -people, rank == DUMP, not exact, kind, gid, row)
            if gid not in best or entry < best[gid]:
                best[gid] = entry
        return tuple(
            _hit(row, kind, not inexact, rule) for *_, inexact, kind, _, row in sorted(best.values())
        )

    def _named(self, key: str) -> list[tuple[Any, ...]]:
        """Return the names with a key and their places, each place as the first file has it."""
        if not self._layers:
            return self._query_index(_LOOKUP, (key,))
        # A name that two files have for a place is of the kind that the first says: GeoNames has
        # "Syrian" among the names of Syria, the index among its adjectives.
        found: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        for rows in self._each(_LOOKUP, (key,)):
            fresh: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
            for row in rows:
                fresh.setdefault((row[2], row[1].casefold()), []).append(row)
            found = fresh | found
        stands = self._standing({gid for gid, _ in found})
        return [(*row[:2], *stands[row[2]]) for rows in found.values() for row in rows]

    def _standing(self, gids: Collection[str]) -> dict[str, tuple[Any, ...]]:
        """Return places by identifier as the first file has them: own sites, the index, other layers."""
        stands: dict[str, tuple[Any, ...]] = {}
        for row in self.query(_BY_GIDS, (json.dumps(list(gids)),)):
            stands.setdefault(row[0], row)
        return stands


def _box(lat: float, lon: float, reach_m: float) -> tuple[float, ...]:
    """Return south, north, and two ranges of longitude that hold every point within the reach."""
    height = reach_m / METRES_A_DEGREE
    top = abs(lat) + height
    width = 180.0 if top > POLAR_LAT else min(height / math.cos(math.radians(top)), 180.0)
    west, east = lon - width, lon + width
    over = (-180.0, east - 360) if east > 180 else (west + 360, 180.0)  # past the antimeridian
    return (lat - height, lat + height, west, east, *over)


def _same(name: str, text: str, kind: int) -> bool:
    if kind != _ABBREVIATION:
        return name.casefold() == text
    written, plain = name.replace(".", ""), text.replace(".", "")
    return written in (plain, plain.upper())


def _hit(row: Sequence[Any], kind: int, exact: bool = True, rule: str | None = None) -> Hit:
    rank = row[10]
    return Hit(_place(row), NAME_KINDS[kind], exact, row[9], rule, curated=rank > 0, own=rank == OWN)


def _place(row: Sequence[Any]) -> Place:
    gid, name, lat, lon, country, feature, extent_m, source, population = row[:9]
    return Place(
        gid=gid, name=name, lat=lat, lon=lon, country=country, feature=feature, extent_m=extent_m,
        source=source, population=population,
    )  # fmt: skip
