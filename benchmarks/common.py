"""What the benchmark scripts share: the outside data, and statements of where with a known answer."""

from __future__ import annotations

import argparse
import csv
import functools
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standoff.extract.numbers import decimals
from standoff.extract.pipeline import annotate
from standoff.gazetteer import Gazetteer, name_key
from standoff.geodesy import bearing_deg, geodesic_m
from standoff.ground.coverage import half_last_digit_m
from standoff.model import Place, ReadingRecord, Relation
from standoff.report import report_from_text
from standoff.resolve import resolve
from standoff.resources import data_path
from standoff.settings import Settings

CHECKOUT = Path(__file__).resolve().parent.parent
DEFAULT_FOLDER = CHECKOUT.parent / "shared" / "benchmarks"
# A position that was made from the words says nothing of how good the words are.
_MADE_FROM_WORDS = re.compile(r"(?i)measured|co-?ordinate|based on")
_MAY_STATE_DISTANCE = re.compile(r"(?i)\d|mile|kilomet|hundred|dozen|ten\b")
_WRONG_SIGN_M = 1_000_000.0


@dataclass(frozen=True)
class Row:
    """A text whose subject has a known position (degrees)."""

    id: str
    text: str
    lat: float
    lon: float
    country: str | None = None
    stated_m: float | None = None


@dataclass(frozen=True)
class Statement:
    """A distance from a place, as our pipeline read it, and where the truth lies from that place."""

    row: Row
    relation: Relation
    place: Place
    metres: float
    digits_m: float
    wind_deg: float | None
    distance_m: float
    turn_deg: float
    countries: frozenset[str]
    is_bare_m: bool

    @property
    def is_directed(self) -> bool:
        """Whether the words state a direction."""
        return self.relation.kind == "offset"

    @property
    def anchor_is_wrong(self) -> bool:
        """Whether two signs say that the anchor is another place than the one meant.

        The anchor's country is neither the one nearest to the truth nor one that the
        words name, and the truth is more than five times further than stated.
        """
        return self.is_far and self.place.country not in {self.row.country, *self.countries}

    @property
    def is_far(self) -> bool:
        """Whether the truth is more than five times further off than stated."""
        return self.distance_m > 5 * (self.metres + self.place.extent_m)


def arguments(description: str, **options: dict[str, Any]) -> argparse.Namespace:
    """Parse the command line: the folder of outside data, and the options of one script."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "folder", type=Path, nargs="?", default=DEFAULT_FOLDER, help="the folder of outside data"
    )
    for name, option in options.items():
        parser.add_argument(f"--{name}", **option)
    return parser.parse_args()


def need(path: Path) -> Path:
    """Return the path, or leave with one line if it is not there."""
    if not path.exists():
        message = (
            f"{path.name} is not in {path.parent}: give the folder of outside data as the first argument"
        )
        sys.exit(message)
    return path


def piracy(folder: Path) -> list[Row]:
    """Return people's own words for where ships were attacked, each place and text once."""
    iso2 = _iso2()
    rows: dict[tuple[str, str, str], Row] = {}
    for number, row in enumerate(_table(folder / "piracy_dev.csv")):
        text = row["location_description"].strip()
        if not _MAY_STATE_DISTANCE.search(text) or _MADE_FROM_WORDS.search(text):
            continue
        lat, lon = row["latitude"], row["longitude"]
        rows.setdefault(
            (text, lat, lon),
            Row(str(number), text, float(lat), float(lon), iso2.get(row["nearest_country"])),
        )
    return list(rows.values())


def usgs(folder: Path) -> list[Row]:
    """Return machine-written places of earthquakes."""
    return [
        Row(str(number), row["place"], float(row["latitude"]), float(row["longitude"]))
        for number, row in enumerate(_table(folder / "usgs_dev.csv"))
        if row["place"]
    ]


def wikipedia(folder: Path) -> list[Row]:
    """Return articles whose subject lies at a stated distance of another place."""
    return [
        Row(row["id"], row["text"], row["lat"], row["lon"], stated_m=row["km"] * 1000)
        for row in lines(folder / "wikipedia_distance_dev.jsonl")
    ]


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON lines file."""
    with need(path).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def words_and_places(text: str, gazetteer: Gazetteer) -> ReadingRecord:
    """Read a text as `standoff.read_text` does, as far as the places: nothing is drawn yet.

    The table that the drawing needs may be what is being fitted.
    """
    report = report_from_text(text)
    doc = annotate(report, Settings.of().pipeline, gazetteer)
    places = resolve(doc._.place_mentions, doc._.coordinates, gazetteer, name_key)
    return ReadingRecord(
        report=report.info, places=places, measures=doc._.measures, relations=doc._.relations
    )


def read_all(rows: Iterable[Row]) -> Iterator[tuple[Row, ReadingRecord]]:
    """Read every row's text by `words_and_places`, the gazetteer opened once."""
    with Gazetteer.open() as gazetteer:
        for row in rows:
            yield row, words_and_places(row.text, gazetteer)


def statement(row: Row, record: ReadingRecord) -> Statement | None:
    """Return the first plain distance from a resolved place, or None.

    Where the row says which distance is its subject's, the first that states it
    within 2 %.
    """
    places = {mention.id: mention.place for mention in record.places}
    measures = {measure.id: measure for measure in record.measures}
    for relation in record.relations:
        place = places[relation.anchors[0]] if relation.anchors else None
        if relation.kind not in ("distance", "offset") or not relation.metres or place is None:
            continue
        if row.stated_m is not None and abs(relation.metres / row.stated_m - 1) > 0.02:
            continue
        measure = measures[relation.measure or ""]
        turn = bearing_deg(place.lat, place.lon, row.lat, row.lon) - (relation.bearing_deg or 0.0)
        return Statement(
            row=row, relation=relation, place=place, metres=relation.metres,
            digits_m=half_last_digit_m(measure.value, relation.metres, decimals(measure.text)),
            wind_deg=relation.bearing_halfwidth_deg,
            distance_m=geodesic_m(place.lat, place.lon, row.lat, row.lon),
            turn_deg=abs((turn + 180) % 360 - 180),
            countries=frozenset(p.country for p in places.values() if p and p.country and p.feature == "country"),
            is_bare_m=bool(re.search(r"\d\s*m$", measure.text)),
        )  # fmt: skip
    return None


def with_sign_restored(row: Row, found: Statement) -> Row:
    """Return the row with its longitude's sign turned, where the source has lost it.

    Some rows have western longitudes without their minus: the truth is then more than
    1,000 km off as given, and near what is stated once the sign is turned.
    """
    turned_m = geodesic_m(found.place.lat, found.place.lon, row.lat, -row.lon)
    if found.distance_m > _WRONG_SIGN_M and turned_m < 3 * (found.metres + found.place.extent_m):
        return Row(row.id, row.text, row.lat, -row.lon, row.country, row.stated_m)
    return row


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value that a share of the values does not exceed; NaN if there are none."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def print_table(head: str, rows: Iterable[Iterable[object]], form: Callable[[object], str] = str) -> None:
    """Print a table as Markdown: column names with a bar between them, then the rows."""
    names = head.split("|")
    print("|", " | ".join(name.strip() for name in names), "|")
    print("|" + " --- |" * len(names))
    for row in rows:
        print("|", " | ".join(form(cell) for cell in row), "|")
    print()


@functools.cache
def _iso2() -> dict[str, str]:
    with data_path("countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row["iso"] for row in csv.DictReader(file)}


def _table(path: Path) -> list[dict[str, str]]:
    with need(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
