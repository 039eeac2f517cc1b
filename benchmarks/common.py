"""What the benchmark scripts share: the outside data, and statements of where with a known answer."""

from __future__ import annotations

import argparse
import csv
import functools
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely import affinity
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from standoff.extract.numbers import decimals
from standoff.gazetteer import Gazetteer, Regions, name_key
from standoff.geodesy import GEOD, bearing_deg, geodesic_m
from standoff.ground.coverage import half_last_digit_m
from standoff.ground.shapes import share_beyond
from standoff.model import Place, ReadingRecord, Relation
from standoff.pipeline import annotate
from standoff.report import report_from_text
from standoff.resolve import resolve
from standoff.resources import data_path
from standoff.settings import Settings

CHECKOUT = Path(__file__).resolve().parent.parent
DEFAULT_FOLDER = CHECKOUT.parent / "shared" / "benchmarks"
# A position that was made from the words says nothing of how good the words are.
_MADE_FROM_WORDS = re.compile(r"(?i)measured|co-?ordinate|based on")
_EARLY = 800
_A_PLACE = re.compile(
    r"(?i)^(?:it|the (?:town|village|city|municipality|commune|community|settlement|place)\b)"
    r"|\b(?:town|village|city|municipality|commune|community|settlement|suburb|hamlet|parish|township|locality)$"
)
_ABSURD_M = 2_000_000.0
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
    subject: str | None = None


@dataclass(frozen=True)
class Statement:
    """A statement of where, as our pipeline read it, and where the truth lies from its anchor.

    ``kind`` is that of data/coverage.csv; ``distance_m`` is the way from the anchor's outline, 0
    inside it, or from its middle where no outline is at hand; ``from_point_m`` the way from the
    point at the stated distance and direction, or from the middle.
    """

    row: Row
    relation: Relation
    place: Place
    kind: str
    metres: float
    digits_m: float
    distance_m: float
    from_middle_m: float
    from_point_m: float
    turn_deg: float
    is_outlined: bool
    countries: frozenset[str]
    is_bare_m: bool
    is_ring: bool = False  # whether its direction is to be left out

    @property
    def wind_deg(self) -> float | None:
        """The half-angle that the compass word leaves open."""
        return self.relation.bearing_halfwidth_deg

    @property
    def anchor_is_wrong(self) -> bool:
        """Whether two signs say that the anchor is another place than the one meant.

        The anchor's country is neither the one nearest to the truth nor one that the
        words name, and the truth is more than five times further than stated.
        """
        return (
            self.is_far
            and self.place.country is not None
            and self.place.country not in {self.row.country, *self.countries}
        )

    @property
    def is_absurd(self) -> bool:
        """Whether words without a distance are over 2,000 km from the truth: another place was taken."""
        return not self.metres and self.distance_m > _ABSURD_M

    @property
    def is_far(self) -> bool:
        """Whether the truth is more than five times further off than stated."""
        return self.from_middle_m > 5 * (self.metres + self.place.extent_m)


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
        if not text or _MADE_FROM_WORDS.search(text):
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
        Row(row["id"], row["text"], row["lat"], row["lon"], stated_m=row["km"] * 1000, subject=row["subject"])
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


def statements_of(folder: Path) -> Iterator[Statement]:
    """Yield what our pipeline reads in all sets, each text once."""
    for rows in (piracy(folder), usgs(folder), wikipedia(folder)):
        for row, record in read_all(rows):
            found = statement(row, record)
            if found is not None and row.stated_m is not None:
                found = statement(with_sign_restored(row, found), record)
            if found is not None:
                yield found


def statement(row: Row, record: ReadingRecord) -> Statement | None:
    """Return the first plain distance from a resolved place, else the first statement of another kind, or None.

    Where the row says which distance is its subject's, the first that states it
    within 2 %.
    """
    places = {mention.id: mention.place for mention in record.places}
    known = [r for r in record.relations if r.anchors and places[r.anchors[0]] is not None]
    measured = [r for r in known if r.kind in ("distance", "offset") and r.metres]
    if row.stated_m is not None:
        measured = [r for r in measured if abs((r.metres or 0.0) / row.stated_m - 1) <= 0.02]
        known = []
    others = (r for r in known if r.kind in ("near", "at", "in", "direction"))
    relation = next(iter(measured), None) or next(others, None)
    return _statement(row, record, relation) if relation else None


def _statement(row: Row, record: ReadingRecord, relation: Relation) -> Statement | None:
    places = {mention.id: mention.place for mention in record.places}
    place = places[relation.anchors[0]]
    if place is None:
        return None
    measure = {measure.id: measure for measure in record.measures}.get(relation.measure or "")
    outline = Regions.open().polygon_of(place)
    metres = relation.metres or 0.0
    middle_m = geodesic_m(place.lat, place.lon, row.lat, row.lon)
    point = (place.lat, place.lon)
    if relation.bearing_deg is not None and metres:
        lon, lat, _ = GEOD.fwd(place.lon, place.lat, relation.bearing_deg, metres)
        point = (lat, lon)
    turn = bearing_deg(place.lat, place.lon, row.lat, row.lon) - (relation.bearing_deg or 0.0)
    kind: str = relation.kind
    if kind in ("at", "in"):
        kind = "at" if outline is None else "in"
    if kind == "near" and outline is not None and place.feature in ("country", "admin1", "region"):
        kind = "coast"  # half of them are off Somalia, which is like no other
    return Statement(
        row=row, relation=relation, place=place, kind=kind, metres=metres,
        digits_m=half_last_digit_m(measure.value, metres, decimals(measure.text)) if measure and metres else 0.0,
        distance_m=middle_m if outline is None else _from_outline_m(outline, row),
        from_middle_m=middle_m, from_point_m=geodesic_m(*point, row.lat, row.lon),
        turn_deg=0.0 if relation.bearing_deg is None else abs((turn + 180) % 360 - 180),
        is_outlined=outline is not None,
        countries=frozenset(p.country for p in places.values() if p and p.country and p.feature == "country"),
        is_bare_m=bool(measure and re.search(r"\d\s*m$", measure.text)),
    )  # fmt: skip


def _from_outline_m(outline: BaseGeometry, row: Row) -> float:
    """Return how far a position lies outside an outline, 0 inside it."""
    shrink = math.cos(math.radians(row.lat))
    here = Point(row.lon * shrink, row.lat)
    near = nearest_points(affinity.scale(outline, shrink, 1.0, origin=(0.0, 0.0)), here)[0]
    return geodesic_m(near.y, near.x / shrink, row.lat, row.lon)


def shares_of_parts(folder: Path) -> list[float]:
    """Return for "X is a town in southern Y" which share of Y must be taken on that side to hold X."""
    shares = []
    for given, record in read_all(wikipedia(folder)):
        found = statement(given, record)
        row = with_sign_restored(given, found) if found else given
        places = {mention.id: mention.place for mention in record.places}
        for relation in record.relations:
            place = places[relation.anchors[0]] if relation.anchors else None
            if (
                relation.kind != "part"
                or relation.bearing_deg is None
                or place is None
                or not _is_of(row, relation)
            ):
                continue
            outline = Regions.open().polygon_of(place)
            if outline is not None:
                shares.append(share_beyond(outline, relation.bearing_deg, row.lat, row.lon))
    return shares


def _is_of(row: Row, relation: Relation) -> bool:
    """Say whether a statement early in an article is about its subject."""
    figure = relation.figure.text if relation.figure else ""
    return relation.start < _EARLY and (
        figure.startswith(row.subject or "?") or bool(_A_PLACE.search(figure))
    )


def with_sign_restored(row: Row, found: Statement) -> Row:
    """Return the row with its longitude's sign turned, where the source has lost it.

    Some rows have western longitudes without their minus: the truth is then more than
    1,000 km off as given, and near what is stated once the sign is turned.
    """
    turned_m = geodesic_m(found.place.lat, found.place.lon, row.lat, -row.lon)
    if found.from_middle_m > _WRONG_SIGN_M and turned_m < 3 * (found.metres + found.place.extent_m):
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
