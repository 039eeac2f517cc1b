"""Hold drawn shapes against known positions: how often they hold the truth, and how large they are.

The shapes are those that `standoff.read_text` draws. Kinds that claim no coverage ("in",
"near", "part") are listed too, at the one width that they have.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from shapely.geometry import Point, shape

from common import (
    Row,
    arguments,
    piracy,
    print_table,
    quantile,
    read_all,
    statement,
    usgs,
    wikipedia,
    with_sign_restored,
)  # fmt: skip
from standoff.gazetteer import Regions
from standoff.geodesy import geodesic_m
from standoff.ground.footprints import ground
from standoff.model import Footprint, PlaceMention, ReadingRecord, Relation
from standoff.settings import COVERAGES, Settings

SETS = {"piracy": piracy, "usgs": usgs, "wikipedia": wikipedia}
WORST = 8
RATIO_SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Drawing:
    """One relation's shape at one coverage, held against the truth."""

    row: Row
    relation: Relation
    coverage: float | None
    holds: bool
    area_km2: float
    off_m: float
    is_far: bool


def drawings(row: Row, record: ReadingRecord, relation: Relation, is_far: bool) -> list[Drawing]:
    """Draw one relation at every coverage; at one only where its shape claims none."""
    found: list[Drawing] = []
    for coverage in COVERAGES:
        settings = Settings.of(coverage=coverage)
        laid = ground(record.places, record.measures, [relation], [], [], Regions.open(), settings)
        footprint = next(iter(laid.footprints), None)
        if footprint is None:
            return found
        found.append(_held(row, relation, footprint, is_far))
        if footprint.coverage is None:
            break
    return found


def _held(row: Row, relation: Relation, footprint: Footprint, is_far: bool) -> Drawing:
    outline, truth = shape(footprint.geometry), Point(row.lon, row.lat)
    off_m = geodesic_m(footprint.lat, footprint.lon, row.lat, row.lon)
    return Drawing(
        row, relation, footprint.coverage, outline.covers(truth), footprint.area_km2, off_m, is_far
    )


def chosen(row: Row, record: ReadingRecord) -> Relation | None:
    """Return the relation to draw: a distance if there is one, else the first that can have a shape."""
    found = statement(row, record)
    if found is not None:
        return found.relation
    if row.stated_m is not None:
        return None
    places: dict[str, PlaceMention] = {mention.id: mention for mention in record.places}
    known = (r for r in record.relations if r.anchors and all(places[a].place for a in r.anchors))
    return next(known, None)


def measure(name: str, rows: list[Row]) -> None:
    """Print what the shapes of one set of rows hold."""
    begun = time.perf_counter()
    why: Counter[str] = Counter()
    drawn: list[Drawing] = []
    ratios: dict[str, list[float]] = {"distance": [], "offset": []}
    turned = 0
    for given, record in read_all(rows):
        found = statement(given, record)
        row = with_sign_restored(given, found) if found else given
        if row is not given:
            turned += 1
            found = statement(row, record)
        relation = chosen(row, record)
        if relation is None:
            why["no relation" if not record.relations else "its anchor is not known"] += 1
            continue
        if found and not found.is_far:
            ratios[relation.kind].append(found.distance_m / found.metres)
        shapes = drawings(row, record, relation, found is not None and found.is_far)
        why["drawn" if shapes else f"{relation.kind} not drawn"] += 1
        drawn.extend(shapes)
    print(f"## {name}: {len(rows)} rows in {time.perf_counter() - begun:.0f} s\n")
    print("; ".join(f"{what}: {count}" for what, count in why.most_common()))
    if turned:
        print(
            f"{turned} rows have lost their longitude's minus (over 1,000 km off, right once turned): turned."
        )
    for kind, values in ratios.items():
        marks = ", ".join(f"{quantile(values, share):.2f}" for share in RATIO_SHARES)
        print(f"true by stated distance, {kind} ({len(values)} rows), at {RATIO_SHARES}: {marks}")
    print()
    _print(drawn)


def _print(drawn: list[Drawing]) -> None:
    groups: dict[tuple[str, float], list[Drawing]] = {}
    for each in drawn:
        groups.setdefault((each.relation.kind, each.coverage or 0.0), []).append(each)
    print("Far off: the truth is over five times further than stated; as a rule another place was taken.\n")
    print_table(
        "kind | claimed | rows | held | far off | held, without those | median km2 | p90 km2",
        (_line(kind, claimed, each) for (kind, claimed), each in sorted(groups.items())),
    )
    misses = [d for d in drawn if not d.holds and d.coverage == COVERAGES[-1]]
    print(f"Furthest from the middle of their shape at {COVERAGES[-1]}, of {len(misses)} misses:")
    for each in sorted(misses, key=lambda d: -d.off_m)[:WORST]:
        print(f"  {each.off_m / 1000:7,.0f} km  row {each.row.id}: {each.relation.kind}")
    print()


def _line(kind: str, claimed: float, drawn: list[Drawing]) -> tuple[object, ...]:
    near = [d for d in drawn if not d.is_far]
    areas = [d.area_km2 for d in drawn]
    sizes = (f"{quantile(areas, share):,.0f}" for share in (0.5, 0.9))
    return kind, claimed or "-", len(drawn), _share(drawn), len(drawn) - len(near), _share(near), *sizes


def _share(drawn: list[Drawing]) -> str:
    return f"{sum(d.holds for d in drawn) / len(drawn):.3f}" if drawn else "-"


def main(options: Iterable[str] = SETS) -> None:
    """Measure every set, or the one named."""
    wanted = arguments(
        "Hold drawn shapes against known positions.",
        only={"choices": list(SETS), "help": "one of the sets"},
        rows={"type": int, "default": sys.maxsize, "help": "the first rows alone"},
    )
    for name in options if wanted.only is None else [wanted.only]:
        measure(name, SETS[name](wanted.folder)[: wanted.rows])


if __name__ == "__main__":
    main()
