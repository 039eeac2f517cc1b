"""Fit how wide a shape must be to hold the truth as often as it claims; write data/coverage.csv.

The drawing rule is that of lib/standoff/ground/coverage.py (`Width`). Of all values that reach a
coverage, those with the smallest shapes are taken; the level to reach is raised until it holds on
anchors that the fit has not seen.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from common import CHECKOUT, Statement, arguments, print_table, shares_of_parts, statements_of
from standoff.files import write_text
from standoff.ground.coverage import Width
from standoff.settings import COVERAGES

SEED, FOLDS = 20170608, 5
# Coarse on purpose: a finer choice fits the rows at hand better and new ones worse.
EXTENTS = (0.0, 0.5, 1.0, 1.5)
SHARES = (0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1.0, 1.5, 2.0)
ANGLES = (0.0, 0.3, 0.6, 1.0)
REACH_EXTENTS = (0.0, 1.0, 2.0, 3.0, 4.0)
LEVEL_STEP, HIGHEST_LEVEL, MOST_RAISED, SLACK = 0.01, 0.985, 0.04, 0.005
FEWEST = 25  # rows that a fit needs
WINDS_DEG = (45.0, 22.5, 11.25)
ALL_ROUND = 180.0
MEASURED = ("distance", "offset")
# Without a distance; all that is known of them are lines from sea, with and without a word of the sea in them.
LOOSE = ("near", "direction", "at")
Floats = NDArray[np.float64]
Key = tuple[str, str]


@dataclass(frozen=True)
class Sample:
    """Statements of one kind as arrays, one value a statement: metres and degrees.

    ``true_m`` is the way from the anchor's middle, or from its outline where that is at hand;
    then ``extent_m`` is 0. ``wind_deg`` is 180 where no direction is stated.
    """

    stated_m: Floats
    extent_m: Floats
    digits_m: Floats
    true_m: Floats
    turn_deg: Floats
    wind_deg: Floats
    spanned_deg: Floats
    anchor: NDArray[np.str_]

    @classmethod
    def of(cls, statements: Sequence[Statement]) -> Sample:
        """Take what the fit needs from statements."""
        extent = np.array([s.place.extent_m for s in statements])
        stated = np.array([s.metres for s in statements])
        return cls(
            stated, np.array([0.0 if s.is_outlined else s.place.extent_m for s in statements]),
            np.array([s.digits_m for s in statements]), np.array([s.distance_m for s in statements]),
            np.array([0.0 if s.is_ring else s.turn_deg for s in statements]),
            np.array([ALL_ROUND if s.is_ring or not s.wind_deg else s.wind_deg for s in statements]),
            np.degrees(np.arctan2(extent, stated + extent)), np.array([s.place.gid for s in statements]),
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.stated_m)

    def where(self, mask: NDArray[np.bool_]) -> Sample:
        """Return the statements under a mask."""
        return Sample(*(getattr(self, name)[mask] for name in self.__dataclass_fields__))

    def band(self, width: Width) -> tuple[Floats, Floats]:
        """Return the inner and outer distances that the drawing rule gives."""
        inner = self.stated_m - np.maximum(self.digits_m, width.inner_share * self.stated_m)
        outer = self.stated_m + np.maximum(self.digits_m, width.outer_share * self.stated_m)
        inner = np.maximum(inner - width.inner_extent * self.extent_m, 0.0)
        return inner, outer + width.outer_extent * self.extent_m + width.outer_m


@dataclass(frozen=True)
class Fitted:
    """The figures of one kind and coverage, by compass word; one for `ALL_ROUND` where no direction is stated."""

    by_wind: dict[float, Width]

    @property
    def any(self) -> Width:
        """The row whose band counts: it is the same for all compass words."""
        return next(iter(self.by_wind.values()))

    def round(self, narrower: Fitted | None) -> Fitted:
        """Return shapes that hold those of a smaller coverage, too."""
        if narrower is None:
            return self
        wider = {
            wind: Width(*map(max, width, narrower.by_wind.get(wind, narrower.any)))
            for wind, width in self.by_wind.items()
        }
        return Fitted(wider)

    def half_angles(self, sample: Sample) -> Floats:
        """Return the half-angle of each statement's shape."""
        degrees = np.array([self.by_wind.get(wind, self.any).halfwidth_deg for wind in sample.wind_deg])
        return np.minimum(degrees + self.any.extent_deg * sample.spanned_deg, ALL_ROUND)

    def holds(self, sample: Sample) -> NDArray[np.bool_]:
        """Say which truths the shapes hold."""
        inner, outer = sample.band(self.any)
        held = (sample.true_m >= inner) & (sample.true_m <= outer)
        angles = self.half_angles(sample)
        return held & ((sample.turn_deg <= angles) | (angles >= ALL_ROUND))

    def areas_km2(self, sample: Sample) -> Floats:
        """Return the areas of the shapes on a plane, before anything is cut off."""
        inner, outer = sample.band(self.any)
        whole: Floats = np.radians(self.half_angles(sample)) * (outer**2 - inner**2) / 1e6
        return whole


def needed(count: int, coverage: float) -> int:
    """Return how many of the rows must be held so that a new row is held with that coverage.

    The finite-sample rule of conformal prediction: ceil((n + 1) * coverage), at most n.
    """
    return min(math.ceil((count + 1) * coverage), count)


def fit_band(sample: Sample, coverage: float) -> Fitted:
    """Return the smallest ring, or sector, that reaches the coverage."""
    must = needed(len(sample), coverage)
    directed = bool((sample.wind_deg < ALL_ROUND).any())
    scales = _scales(sample)
    scale = np.array([scales.get(wind, ALL_ROUND) for wind in sample.wind_deg])
    best, smallest = Fitted({ALL_ROUND: Width(1.0, 1.0, 1.5, 2.0, 0.0, ALL_ROUND, 0.0)}), math.inf
    for width in _bands():
        inner, outer = sample.band(width)
        inside = (sample.true_m >= inner) & (sample.true_m <= outer)
        if inside.sum() < must:
            continue
        area = np.log(outer**2 - inner**2 + 1.0).mean()
        for extent_deg in ANGLES if directed else (0.0,):
            if not directed:
                found = Fitted({ALL_ROUND: width})
            else:
                turned = np.maximum(sample.turn_deg - extent_deg * sample.spanned_deg, 0.0) / scale
                limit = np.sort(np.where(inside, turned, math.inf))[must - 1]
                if not np.isfinite(limit):
                    continue
                found = Fitted({
                    wind: width._replace(halfwidth_deg=_up(limit * each), extent_deg=extent_deg)
                    for wind, each in scales.items()
                })  # fmt: skip
            size = area + np.log(found.half_angles(sample)).mean()
            if size < smallest:
                best, smallest = found, size
    return best


def fit_reach(sample: Sample, coverage: float) -> Fitted:
    """Return the smallest disc, or wedge, that reaches the coverage where no distance is stated."""
    must = needed(len(sample), coverage)
    directed = bool((sample.wind_deg < ALL_ROUND).all())
    best, smallest = None, math.inf
    halves = (30.0, 45.0, 60.0, 90.0, 120.0, ALL_ROUND) if directed else (ALL_ROUND,)
    for extent, half in itertools.product(REACH_EXTENTS, halves):
        beyond = np.where(
            (sample.turn_deg <= half) | (half == ALL_ROUND),
            sample.true_m - extent * sample.extent_m,
            math.inf,
        )
        reach = np.sort(beyond)[must - 1]
        if not np.isfinite(reach):
            continue
        reach = math.ceil(max(float(reach), 0.0) / 1000.0) * 1000.0
        size = float(np.log((extent * sample.extent_m + reach + 1.0) ** 2).mean() + math.log(half))
        if size < smallest:
            best, smallest = Width(0.0, 0.0, extent, 0.0, reach, half, 0.0), size
    return Fitted({ALL_ROUND: best or Width(0.0, 0.0, 4.0, 0.0, 1e6, ALL_ROUND, 0.0)})


def _bands() -> Iterator[Width]:
    for inner_extent, outer_extent in itertools.product(EXTENTS[:3], EXTENTS):
        for inner, outer in itertools.product((s for s in SHARES if s < 1), SHARES):
            yield Width(inner_extent, inner, outer_extent, outer, 0.0, ALL_ROUND, 0.0)


def _scales(sample: Sample) -> dict[float, float]:
    """Return how loose each compass word is: the 80 % quantile of its turns, for there are few far out."""
    return {
        wind: float(np.quantile(sample.turn_deg[group], 0.8)) if group.sum() > 5 else wind / 2
        for wind in WINDS_DEG
        if (group := sample.wind_deg == wind).any() or (sample.wind_deg < ALL_ROUND).any()
    }


def _up(angle_deg: float) -> float:
    """Round up to whole degrees; a half-angle of more than 180 is the whole circle."""
    return float(min(math.ceil(angle_deg), ALL_ROUND))


def fit(kind: str, sample: Sample, coverage: float) -> Fitted:
    """Fit one kind at one coverage."""
    return (fit_band if kind in ("distance", "offset") else fit_reach)(sample, coverage)


def unseen(kind: str, sample: Sample, level: float) -> float:
    """Return the coverage on a fifth of the anchors, fitted on the others, for every fifth in turn.

    Of the rows instead, where one anchor has so many of them that the others cannot stand for it.
    """
    names, counts = np.unique(sample.anchor, return_counts=True)
    groups = sample.anchor if counts.max() < len(sample) / FOLDS else np.arange(len(sample)).astype(str)
    names = sorted(set(groups))
    random.Random(SEED).shuffle(names)
    held: list[bool] = []
    for fold in range(FOLDS):
        left_out = np.isin(groups, names[fold::FOLDS])
        held.extend(fit(kind, sample.where(~left_out), level).holds(sample.where(left_out)))
    return float(np.mean(held))


def fit_that_holds(kind: str, sample: Sample, coverage: float) -> tuple[Fitted, float, float]:
    """Raise the level until the fit reaches the coverage on unseen anchors; return the fit, the level, that coverage.

    A smallest shape is chosen on the rows at hand, and so holds fewer of others. Each row left out
    is worth a share, so the coverage is met where it is missed by less than half a row in a hundred.
    """
    level = coverage
    while True:
        found = unseen(kind, sample, level)
        if found >= coverage - SLACK or level + LEVEL_STEP > min(HIGHEST_LEVEL, coverage + MOST_RAISED):
            return fit(kind, sample, level), level, found
        level += LEVEL_STEP


def circles(sample: Sample, truth_m: Floats, whole_extent_m: Floats) -> tuple[NDArray[np.bool_], Floats]:
    """Return what the circle of the point-radius method holds, and its area in square kilometres.

    r = sqrt((d + dp - d cos a)^2 + (d sin a)^2) round the point at the stated distance and
    direction, plus the anchor's extent; without a direction the circle is round the anchor
    (Georeferencing Best Practices, Chapman and Wieczorek 2020).
    """
    d, angle = sample.stated_m, np.radians(sample.wind_deg)
    directed = sample.wind_deg < ALL_ROUND
    across = np.hypot(d + sample.digits_m - d * np.cos(angle), d * np.sin(angle))
    radius = np.where(directed, across, d + sample.digits_m) + whole_extent_m
    return truth_m <= radius, np.pi * radius**2 / 1e6


def as_csv(table: dict[tuple[str, str, float], Fitted], rows: dict[Key, int]) -> str:
    """Return the text of data/coverage.csv."""
    text = io.StringIO()
    text.write(
        "# How wide a shape must be to hold the truth of a share of statements: see Width in ground/coverage.py.\n"
        "# kind: distance; offset (a distance with a direction); near;\n"
        "# direction (without a distance); at (a place without an outline); part (of a region: outer_share of its area).\n"
        "# text: line (of a list); prose about the sea, about where a place lies (land), about an event (those at sea).\n"
        "# wind_deg: the half-angle that the compass word leaves open (45: N; 22.5: NE; 11.25: NNE); empty: any or none.\n"
        "# rows: statements fitted on.\n"
        "# Fitted by benchmarks/fit_coverage.py on where ships were attacked (Benden, Feng, Howell and Dalla Riva,\n"
        '# "Crime at Sea", CC BY 4.0), places of earthquakes (US Geological Survey, public domain) and articles of\n'
        "# Wikipedia (WikToR, CC BY-SA); only these figures are kept, no row.\n"
    )
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kind", "text", "wind_deg", "coverage", *Width._fields, "rows"])
    for (kind, where, coverage), fitted in table.items():
        for wind, width in fitted.by_wind.items():
            shown = "" if wind == ALL_ROUND else f"{wind:g}"
            writer.writerow([kind, where, shown, coverage, *(f"{v:g}" for v in width), rows[kind, where]])
    return text.getvalue()


def grouped(folder: Path) -> dict[Key, list[Statement]]:
    """Read the texts and return their statements by kind and kind of text."""
    groups: dict[Key, list[Statement]] = {}
    left_out = 0
    for found in statements_of(folder):
        where = found.relation.text_kind
        if found.is_bare_m or found.anchor_is_wrong or found.is_absurd:
            left_out += 1
        elif found.kind in MEASURED:
            groups.setdefault((found.kind, "land" if where == "event" else where), []).append(found)
        elif found.kind in LOOSE and where != "land":
            groups.setdefault((found.kind, "sea"), []).append(found)
    print(
        f"{left_out} statements left out: in a bare 'm' (sailors' miles), or from a place in a country that neither"
    )
    print("the words nor the truth have, over five times further off than stated, or over 2,000 km off.\n")
    # Of events on land nothing is at hand: what people say of events at sea stands in, each direction left
    # out for the rings. Where places lie is told by road, and says nothing of where a bomb fell.
    told = groups["distance", "sea"] + groups["offset", "sea"]
    groups["distance", "event"] = [replace(each, is_ring=True) for each in told]
    groups["offset", "event"] = groups["offset", "sea"]
    return groups


def main() -> None:
    """Read the texts, fit, check, write."""
    options = arguments(
        "Fit data/coverage.csv on statements with a known truth.",
        out={"type": Path, "default": CHECKOUT / "data" / "coverage.csv", "help": "the table to write"},
    )
    groups = grouped(options.folder)
    table: dict[tuple[str, str, float], Fitted] = {}
    printed = []
    for (kind, where), statements in sorted(groups.items()):
        if len(statements) < FEWEST:
            continue
        sample = Sample.of(statements)
        truth = np.array([s.from_point_m for s in statements])
        extents = np.array([s.place.extent_m for s in statements])
        circle_held, circle_km2 = circles(sample, truth, extents)
        narrower: Fitted | None = None
        for coverage in COVERAGES:
            fitted, level, found = fit_that_holds(kind, sample, coverage)
            narrower = fitted = fitted.round(narrower)
            for text in (where,) if kind in MEASURED else ("sea", "line"):
                table[kind, text, coverage] = fitted
            areas = fitted.areas_km2(sample)
            figures = (
                level,
                fitted.holds(sample).mean(),
                found,
                circle_held.mean(),
                np.median(areas / circle_km2),
            )
            shown = (f"{figure:.3f}" for figure in figures)
            printed.append(
                (kind, where, len(sample), coverage, _shown(fitted), f"{np.median(areas):,.0f}", *shown)
            )
    print(f"Unseen anchors: {FOLDS} folds by anchor; the level was raised until these hold. Seed {SEED}.")
    print(
        "The circle is that of the point-radius method on the same rows; areas are those before a shape is cut to the sea.\n"
    )
    print_table(
        "kind | text | rows | coverage | width | median km2 | level | own rows | unseen anchors | circle holds |"
        " area by circle's",
        printed,
    )
    shares = np.sort(shares_of_parts(options.folder))
    parts = {c: math.ceil(100.0 * float(shares[needed(len(shares), c) - 1])) / 100.0 for c in COVERAGES}
    print(
        f"part of a region, by the {len(shares)} articles of which one says in which part it lies: the share of the area"
    )
    print(f"on that side that holds the truth: {parts}\n")
    for coverage, each in parts.items():
        table["part", "land", coverage] = Fitted({ALL_ROUND: Width(0.0, 0.0, 0.0, each, 0.0, ALL_ROUND, 0.0)})
    counts = {("part", "land"): len(shares)}
    for kind, text, _ in table:
        if kind != "part":
            counts[kind, text] = len(groups[kind, text if kind in MEASURED else "sea"])
    write_text(options.out, as_csv(table, counts))
    print(f"Written: {options.out.name}")


def _shown(fitted: Fitted) -> str:
    width = fitted.any
    angles = "/".join(f"{each.halfwidth_deg:g}" for each in fitted.by_wind.values())
    band = f"-{width.inner_share:g}d-{width.inner_extent:g}e +{width.outer_share:g}d+{width.outer_extent:g}e"
    return f"{band}+{width.outer_m / 1000:g}km {angles}+{width.extent_deg:g}a"


if __name__ == "__main__":
    main()
