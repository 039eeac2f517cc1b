"""Hold the shapes that we draw against known positions: what is read, how often they hold the truth, how large they are.

The shapes are those that `standoff.read_text` draws. The circle is that of the point-radius
method (Georeferencing Best Practices) on the same anchors, for distances with and without a
direction. Narratives: what a report of an attack says twice, a position and a description.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from shapely.geometry import Point, shape

from common import (
    Row,
    Statement,
    arguments,
    need,
    piracy,
    print_table,
    quantile,
    read_all,
    statement,
    usgs,
    wikipedia,
    with_sign_restored,
)  # fmt: skip
from fit_coverage import Sample, circles
from standoff.extract.coordinates import find
from standoff.gazetteer import Regions
from standoff.geodesy import geodesic_m
from standoff.ground.footprints import ground
from standoff.model import Footprint, ReadingRecord, Relation
from standoff.settings import COVERAGES, Settings

SETS = {"piracy": piracy, "usgs": usgs, "wikipedia": wikipedia}
WORST = 8


@dataclass(frozen=True)
class Drawing:
    """One relation's shape at one coverage, held against the truth."""

    row: Row
    relation: Relation
    coverage: float | None
    holds: bool
    area_km2: float
    off_m: float
    found: Statement | None


def drawings(row: Row, record: ReadingRecord, relation: Relation, found: Statement | None) -> list[Drawing]:
    """Draw one relation at every coverage; at one only where its shape claims none."""
    made: list[Drawing] = []
    for coverage in COVERAGES:
        settings = Settings.of(coverage=coverage)
        laid = ground(record.places, record.measures, [relation], [], [], Regions.open(), settings)
        own = laid.relations[0].footprint
        footprint = next((each for each in laid.footprints if each.id == own), None)
        if footprint is None:
            return made
        made.append(_held(row, relation, footprint, found))
        if footprint.coverage is None:
            break
    return made


def _held(row: Row, relation: Relation, footprint: Footprint, found: Statement | None) -> Drawing:
    outline, truth = shape(footprint.geometry), Point(row.lon, row.lat)
    off_m = geodesic_m(footprint.lat, footprint.lon, row.lat, row.lon)
    return Drawing(row, relation, footprint.coverage, outline.covers(truth), footprint.area_km2, off_m, found)


def chosen(row: Row, record: ReadingRecord, found: Statement | None) -> Relation | None:
    """Return the relation to draw: the statement held against the truth, else the first that has an anchor."""
    if found is not None:
        return found.relation
    if row.stated_m is not None:
        return None
    return next((relation for relation in record.relations if relation.anchors), None)


def measure(name: str, rows: list[Row]) -> None:
    """Print what is read of one set of rows, and what the shapes hold."""
    begun = time.perf_counter()
    why: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    drawn: list[Drawing] = []
    turned = 0
    for given, record in read_all(rows):
        found = statement(given, record)
        row = with_sign_restored(given, found) if found else given
        if row is not given:
            turned += 1
            found = statement(row, record)
        relation = chosen(row, record, found)
        kinds[relation.kind if relation else "nothing"] += 1
        if relation is None:
            why["not read"] += 1
            continue
        shapes = drawings(row, record, relation, found)
        why["drawn" if shapes else f"{relation.kind} not drawn"] += 1
        drawn.extend(shapes)
    print(f"## {name}: {len(rows)} rows in {time.perf_counter() - begun:.0f} s\n")
    print(f"read: {1 - kinds['nothing'] / len(rows):.3f} of the rows;", _counted(kinds))
    print(_counted(why))
    if turned:
        print(
            f"{turned} rows have lost their longitude's minus (over 1,000 km off, right once turned): turned."
        )
    _print_points(drawn)
    _print(drawn)


def _counted(counts: Counter[str]) -> str:
    return "; ".join(f"{what}: {count}" for what, count in counts.most_common())


def _print_points(drawn: list[Drawing]) -> None:
    """Print how far the representative point is off, and the anchor, where a distance and direction are stated."""
    both = [
        (each.off_m, each.found.from_middle_m)
        for each in drawn
        if each.coverage == COVERAGES[1] and each.relation.kind == "offset" and each.found
    ]
    if both:
        ours, anchors = zip(*both, strict=True)
        print(
            f"offsets ({len(both)}): representative point off by {quantile(ours, 0.5) / 1000:.1f} km at the median"
            f" ({quantile(ours, 0.9) / 1000:.1f} at 90 %), the anchor by {quantile(anchors, 0.5) / 1000:.1f} km"
        )
    print()


def _print(drawn: list[Drawing]) -> None:
    groups: dict[tuple[str, str, float], list[Drawing]] = {}
    for each in drawn:
        groups.setdefault((each.relation.kind, each.relation.text_kind, each.coverage or 0.0), []).append(
            each
        )
        if each.coverage:
            groups.setdefault(("all", "", each.coverage), []).append(each)
    print_table(
        "kind | text | claimed | rows | held | median km2 | circle holds | circle's median km2 | area by circle's, median",
        (_line(*key, each) for key, each in sorted(groups.items())),
    )
    misses = [d for d in drawn if not d.holds and d.coverage == COVERAGES[-1]]
    print(f"Furthest from the middle of their shape at {COVERAGES[-1]}, of {len(misses)} misses:")
    for each in sorted(misses, key=lambda d: -d.off_m)[:WORST]:
        print(f"  {each.off_m / 1000:7,.0f} km  row {each.row.id}: {each.relation.kind}")
    print()


def _line(kind: str, text: str, claimed: float, drawn: list[Drawing]) -> tuple[object, ...]:
    held = sum(d.holds for d in drawn) / len(drawn)
    areas = [d.area_km2 for d in drawn]
    out: tuple[object, ...] = (
        kind,
        text,
        claimed or "-",
        len(drawn),
        f"{held:.3f}",
        f"{quantile(areas, 0.5):,.0f}",
    )
    measured = [d for d in drawn if d.found is not None and d.found.metres]
    if kind not in ("distance", "offset") or not measured:
        return (*out, "-", "-", "-")
    found = [d.found for d in measured if d.found is not None]
    truths = [s.from_point_m for s in found]
    extents = [s.place.extent_m for s in found]
    circle_held, circle_km2 = circles(Sample.of(found), np.array(truths), np.array(extents))
    by = np.median(np.array([d.area_km2 for d in measured]) / circle_km2)
    return (*out, f"{circle_held.mean():.3f}", f"{np.median(circle_km2):,.0f}", f"{by:.2f}")


def narratives(folder: Path) -> None:
    """Print how many narratives give a position that the description of the place contradicts."""
    with need(folder / "piracy_dev.csv").open(encoding="utf-8", newline="") as file:
        told = [row for row in csv.DictReader(file) if row["attack_description"].strip()]
    rows = [
        Row(str(number), row["location_description"], positions[0].lat, positions[0].lon)
        for number, row in enumerate(told)
        if row["location_description"].strip() and (positions := list(find(row["attack_description"])))
    ]
    compared = agreed = 0
    for row, record in read_all(rows):
        found = statement(row, record)
        if found is None or not found.metres:
            continue
        made = {d.coverage: d for d in drawings(row, record, found.relation, found)}
        widest = made.get(COVERAGES[-1])
        if widest is not None:
            compared += 1
            agreed += widest.holds
    print("## narratives\n")
    print(
        f"{len(told)} narratives, {len(rows)} give a position; {compared} have a distance in their description, and"
    )
    print(
        f"{compared - agreed} of these positions lie outside its shape at {COVERAGES[-1]}: the two contradict each other.\n"
    )


def main(options: Iterable[str] = SETS) -> None:
    """Measure every set, or the one named."""
    wanted = arguments(
        "Hold drawn shapes against known positions.",
        only={"choices": list(SETS), "help": "one of the sets"},
        rows={"type": int, "default": sys.maxsize, "help": "the first rows alone"},
    )
    for name in options if wanted.only is None else [wanted.only]:
        measure(name, SETS[name](wanted.folder)[: wanted.rows])
    if wanted.only in (None, "piracy"):
        narratives(wanted.folder)


if __name__ == "__main__":
    main()
