"""Make data/islands.csv: named islands and large lakes, from Natural Earth as the R package maps has it.

    apt-get install r-cran-maps                         # 3.4.1
    Rscript data/scripts/dump_maps.R FOLDER
    python data/scripts/make_islands.py FOLDER

Point and extent come from the shapes (Natural Earth 1:50m, public domain; lakes: World Data Bank II,
public domain); no shape is kept. Islands smaller than 100 km2 are left out, and names that say nothing.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import shapely
from make_regions import DATA
from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon

from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.regions import Regions, disc_of

WGS84 = Geod(ellps="WGS84")
LEAST_KM2 = 100.0
LEAST_LETTERS = 4
RING_POINTS = 4
SOURCE = {
    "island": "Natural Earth 1:50m through the R package maps 3.4.1",
    "lake": "World Data Bank II through the R package maps 3.4.1",
}
# Names of parts of a mainland, of nothing, or too common to stand for an island.
NO_ISLANDS = frozenset(
    "enclave|enclave border|cabinda|nakhchivan|northern cyprus|east|west|south|north|great britain|northern ireland|"
    "rio muni|aby penninsula|malay penninsula|tanjong sirik|sarawak|kalimantan|irian jaya|hong kong|macao|koh kong|"
    "pampanal|jaffna|formosa|west island|south island|long island|big island|winter island|wales island|hole1|hole2|"
    "melbourne island|vega|cut|muna|laut|buru|alor|biak|moen|rota|maio|isla trinidad|white island|young island|"
    "northern bight|southern bight|shannon|ile de france|store koldewey|artsvashen|yukhari askipari|basu|maya|obi|"
    "adi|gam|waar|larat|babar|damar|lepar|gaza strip|somaliland|alaska|ijsselmeer|zuid-flevoland|ra's musandam|"
    "suqutra|chinmen tao|lewis|isle of lewis".split("|")
)
# Words for an island that the source puts before its name and English after it.
BEFORE = re.compile(r"^(?:Ostrov|Otok|Ko|Dao|Jazirat) (?=\w)")
# What English reports call an island that the source has in another spelling.
ENGLISH = {
    "Rodhos": "Rhodes", "Kerkira": "Corfu", "Khios": "Chios", "Limnos": "Lemnos", "Evvoia": "Euboea", "Thira": "Santorini",
    "Lesvos": "Lesbos", "Kefallinia": "Kefalonia", "Sjaelland": "Zealand", "Fyn": "Funen", "Rugen": "Rügen",
    "Isla Grande de Chiloe": "Chiloé", "Isla de la Juventura": "Isla de la Juventud", "Cheju Do": "Jeju Island",
    "Koje Do": "Geoje Island", "Oland": "Öland", "Jerba": "Djerba", "Jazireh-ye Qeshm": "Qeshm", "Fernando Po": "Bioko",
    "Pinang": "Penang",
    "Sado": "Sado Island",
    "Zhoushan Dao": "Zhoushan Island", "Chongming Dao": "Chongming Island", "Shimono Shima": "Tsushima",
    "Amami O Shima": "Amami Oshima", "Isola d'Elba": "Elba", "Ile de la Gonave": "Gonâve Island", "Ceram": "Seram",
    "Hinnoya": "Hinnøya", "Ishigaki Shima": "Ishigaki Island", "Isla Isabela": "Isabela Island", "Majorca": "Mallorca",
    "Minorca": "Menorca", "Island of Skye": "Isle of Skye", "Grande Comore": "Grande Comore",
    "Lago de Nicaragua": "Lake Nicaragua", "Lago Titicaca": "Lake Titicaca", "Ysyk Kol": "Issyk-Kul",
    "Vanern": "Lake Vänern",
    "Rybinsk Res.": "Rybinsk Reservoir", "Syvash": "Syvash", "Lagoa Minim": "Lagoa Mirim", "Erie": "Lake Erie",
    "Ontario": "Lake Ontario", "Malaren": "Lake Mälaren",
}  # fmt: skip
ALIASES = {
    "Mallorca": "Majorca", "Menorca": "Minorca", "Lesbos": "Lesvos", "Jeju Island": "Jeju|Cheju Island",
    "Qeshm": "Qeshm Island",
    "Issyk-Kul": "Issyk Kul|Lake Issyk-Kul", "Syvash": "Sivash", "Lake Malawi": "Lake Nyasa", "Sicily": "Sicily island",
    "Bubiyan": "Bubiyan Island",
}  # fmt: skip
NO_LAKES = frozenset(
    {"?", "Great Lakes:Superior, Huron, Michigan", "IJsselmeer:Zuid-Flevoland", "Res. Manicouagan:"}
)


def shapes_of(path: Path) -> dict[str, list[Polygon]]:
    """Return the polygons of each name of a file of dump_maps.R."""
    rings: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        name, lon, lat = line.split("\t")
        rings[name].append((float(lon), float(lat)))
    found = {
        name: [shapely.make_valid(Polygon(ring))] for name, ring in rings.items() if len(ring) >= RING_POINTS
    }
    return {name: [part for shape in parts for part in polygons(shape)] for name, parts in found.items()}


def polygons(shape: Any) -> list[Polygon]:
    """Return the polygons of a shape that was mended."""
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]


def row_of(name: str, kind: str, parts: list[Polygon], regions: Regions) -> dict[str, str] | None:
    """Return the row of an island or a lake, or None where it is too small or of no country."""
    whole = MultiPolygon(parts)
    area, disc = abs(WGS84.geometry_area_perimeter(shapely.orient_polygons(whole))[0]) / 1e6, disc_of(whole)
    if disc is None or area < LEAST_KM2:
        return None
    point = max(parts, key=lambda part: part.area).representative_point()
    country = regions.country_at(point.y, point.x) if kind == "island" else None
    if kind == "island" and country is None:
        return None
    name = name.strip()
    english = ENGLISH.get(name) or (f"{BEFORE.sub('', name)} Island" if BEFORE.match(name) else name)
    plain = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    own = [] if kind == "lake" and english.removeprefix("Lake ") == name else [name]  # "Erie" is a town
    other = [alias for alias in (*own, *ALIASES.get(english, "").split("|")) if alias and alias != english]
    return {
        "gid": f"{kind}:{(country or 'xx').lower()}-{slug}", "name": english, "aliases": "|".join(other), "kind": kind,
        "country": country or "", "lat": f"{disc.lat:.3f}", "lon": f"{disc.lon:.3f}",
        "extent_m": f"{max(round(disc.radius_m, -2), 1_000):.0f}", "source": SOURCE[kind], "note": "",
    }  # fmt: skip


def main() -> None:
    """Make the file."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder, regions = Path(sys.argv[1]), Regions.open()
    with (DATA / "features.csv").open(encoding="utf-8", newline="") as stream:
        features = list(csv.DictReader(stream))
    taken = {name_key(name) for row in features for name in (row["name"], *row["aliases"].split("|"))}
    rows: dict[str, dict[str, str]] = {}
    for label, parts in shapes_of(folder / "world.tsv").items():
        *holders, name = label.split(":")
        says_nothing = len(name) < LEAST_LETTERS or name.isdigit() or name.casefold() in NO_ISLANDS
        if holders and not says_nothing and holders[0] != "Antarctica":
            row = row_of(name, "island", parts, regions)
            names = {name_key(name), name_key(BEFORE.sub("", name)), name_key(row["name"])} if row else set()
            if row and not names & taken:
                rows.setdefault(row["gid"], row)
    for label, parts in shapes_of(folder / "lakes.tsv").items():
        name = label.rsplit(":", 1)[-1]
        if (
            label not in NO_LAKES
            and not name.isdigit()
            and name[:1] != "?"
            and "Superior" not in label
            and "Huron" not in label
        ):
            row = row_of(name, "lake", parts, regions)
            if row and name_key(row["name"]) not in taken:
                rows.setdefault(row["gid"], row)
    with (DATA / "islands.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(next(iter(rows.values()))), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows.values(), key=lambda row: row["gid"]))
    sys.stdout.write(f"islands.csv: {len(rows)} rows\n")


if __name__ == "__main__":
    main()
