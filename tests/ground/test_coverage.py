"""The table of widths: whole, ordered, and what the drawing reads from it."""

from __future__ import annotations

import csv
import importlib.util
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from standoff.ground import coverage
from standoff.resources import data_path
from standoff.settings import COVERAGES

KINDS = ("distance", "offset")
WINDS_DEG = (45.0, 22.5, 11.25)
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def rows() -> list[dict[str, str]]:
    lines = data_path("coverage.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_the_table_has_every_kind_wind_and_coverage_once():
    found = sorted((row["kind"], float(row["wind_deg"] or 180), float(row["coverage"])) for row in rows())
    wanted = [("distance", 180.0, c) for c in COVERAGES] + [
        ("offset", w, c) for w in WINDS_DEG for c in COVERAGES
    ]
    assert found == sorted(wanted)


def test_the_table_says_what_it_was_fitted_on_and_holds_figures_alone():
    text = data_path("coverage.csv").read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert any("benchmarks/fit_coverage.py" in line for line in comments)
    assert any("CC BY 4.0" in line for line in comments)
    for row in rows():
        assert 0 <= float(row["extent_share"]) <= 1
        assert 0 <= float(row["share"]) <= 1
        assert 0 < float(row["halfwidth_deg"]) <= 180


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("metres", "extent_m", "digits_m"),
    [(38_624.256, 1_000.0, 804.672), (5_000.0, 20_000.0, 500.0), (900_000.0, 0.0, 0.0)],
)
def test_a_shape_of_higher_coverage_is_wider(kind, metres, extent_m, digits_m):
    widths = [coverage.halfwidth_m(kind, c, metres, extent_m, digits_m) for c in COVERAGES]
    assert all(narrow <= wide for narrow, wide in pairwise(widths))
    assert widths[0] < widths[-1]


@pytest.mark.parametrize("wind_deg", [*WINDS_DEG, None])
def test_a_sector_of_higher_coverage_is_wider(wind_deg):
    angles = [coverage.halfwidth_deg("offset", c, wind_deg) for c in COVERAGES]
    assert all(narrow <= wide for narrow, wide in pairwise(angles))
    assert angles[0] < angles[-1]


def test_the_band_is_one_for_all_compass_words():
    for level in COVERAGES:
        bands = {
            (row["extent_share"], row["share"])
            for row in rows()
            if row["kind"] == "offset" and float(row["coverage"]) == level
        }
        assert len(bands) == 1


def test_the_halfwidth_is_the_larger_of_the_words_and_the_share():
    width = {float(row["coverage"]): row for row in rows() if row["kind"] == "distance"}[0.9]
    share, extent_share = float(width["share"]), float(width["extent_share"])
    assert coverage.halfwidth_m("distance", 0.9, 1e6, 10.0, 5.0) == share * 1e6
    assert coverage.halfwidth_m("distance", 0.9, 10.0, 1e6, 500.0) == extent_share * 1e6 + 500.0


def test_without_a_known_compass_word_the_widest_angle_counts():
    widest = max(coverage.halfwidth_deg("offset", 0.9, wind) for wind in WINDS_DEG)
    assert coverage.halfwidth_deg("offset", 0.9) == widest
    assert coverage.halfwidth_deg("offset", 0.9, 5.625) == widest
    assert coverage.halfwidth_deg("distance", 0.9) == 180


@pytest.mark.parametrize(("kind", "level"), [("near", 0.9), ("distance", 0.5)])
def test_what_was_not_fitted_is_an_error(kind, level):
    with pytest.raises(KeyError):
        coverage.halfwidth_m(kind, level, 1000.0)


@pytest.mark.parametrize(
    ("value", "metres", "decimals", "half"),
    [
        (34, 34_000.0, 0, 500.0),
        (1.5, 1_500.0, 1, 50.0),
        (200, 200_000.0, -2, 5_000.0),  # tens at most
        (12, 12_000.0, None, 500.0),  # "a dozen"
        (0, 0.0, 0, 0.0),
    ],
)
def test_half_of_the_last_digit(value, metres, decimals, half):
    assert coverage.half_last_digit_m(value, metres, decimals) == pytest.approx(half)


@pytest.fixture(scope="module")
def fitting():
    if not (BENCHMARKS / "fit_coverage.py").exists():
        pytest.skip("the benchmarks are not part of this package")
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location("fit_coverage", BENCHMARKS / "fit_coverage.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["fit_coverage"] = module
        spec.loader.exec_module(module)
        yield module
    finally:
        sys.path.remove(str(BENCHMARKS))
        sys.modules.pop("fit_coverage", None)
        sys.modules.pop("common", None)


def made_up(fitting, seed: int, count: int = 400):
    """Statements whose distances are wrong by 10 % and whose directions by 10 degrees (standard deviations)."""
    dice = np.random.default_rng(seed)
    stated_m = dice.uniform(20_000, 500_000, count)
    return fitting.Sample(
        stated_m, np.full(count, 2_000.0), np.full(count, 500.0),
        stated_m * (1 + dice.normal(0, 0.1, count)), np.abs(dice.normal(0, 10, count)),
        dice.choice(WINDS_DEG, count), dice.integers(0, 60, count).astype(str),
    )  # fmt: skip


def test_the_fit_finds_the_errors_that_were_put_in(fitting):
    sample, fresh = made_up(fitting, 1), made_up(fitting, 2)
    table = fitting.fit(sample)
    assert table["distance", 0.9].share == pytest.approx(1.645 * 0.1, abs=0.03)
    for (_, level), fitted in table.items():
        assert level - 0.05 < fitted.holds(fresh).mean() < level + 0.12  # a step of the share is worth 0.05
        assert fitted.holds(sample).mean() >= level


def test_what_the_fit_writes_is_what_the_drawing_reads(fitting):
    sample = made_up(fitting, 3)
    lines = fitting.as_csv(fitting.fit(sample), sample).splitlines()
    written = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert written[0].keys() == rows()[0].keys()
    assert [(row["kind"], row["wind_deg"], row["coverage"]) for row in written] == [
        (row["kind"], row["wind_deg"], row["coverage"]) for row in rows()
    ]


def test_the_point_radius_circle_is_that_of_the_formula(fitting):
    """10 km north with 1 km of slack: r = sqrt((d + dp - d cos 45)^2 + (d sin 45)^2)."""
    one = fitting.Sample(*(np.array([value]) for value in (10_000.0, 500.0, 500.0, 10_000.0, 0.0, 45.0, "a")))
    held, areas = fitting.circles(one)
    radius_m = ((10_000 + 1_000 - 7_071.07) ** 2 + 7_071.07**2) ** 0.5
    assert held.all()
    assert areas[0] == pytest.approx(np.pi * radius_m**2 / 1e6, rel=1e-4)
