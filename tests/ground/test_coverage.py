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

TEXTS = ("line", "sea", "land", "event")
LOOSE = ("near", "direction", "at")
WINDS_DEG = (45.0, 22.5, 11.25)
BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def rows() -> list[dict[str, str]]:
    lines = data_path("coverage.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_the_table_has_every_kind_text_wind_and_coverage_once():
    found = sorted(
        (row["kind"], row["text"], float(row["wind_deg"] or 180), float(row["coverage"])) for row in rows()
    )
    wanted = [("offset", text, wind, c) for text in TEXTS for wind in WINDS_DEG for c in COVERAGES]
    wanted += [("distance", text, 180.0, c) for text in TEXTS if text != "line" for c in COVERAGES]
    wanted += [(kind, text, 180.0, c) for kind in LOOSE for text in ("line", "sea") for c in COVERAGES]
    wanted += [("part", "land", 180.0, c) for c in COVERAGES]
    assert found == sorted(wanted)


def test_the_table_says_what_it_was_fitted_on_and_holds_figures_alone():
    text = data_path("coverage.csv").read_text(encoding="utf-8")
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert any("benchmarks/fit_coverage.py" in line for line in comments)
    assert any("CC BY 4.0" in line for line in comments)
    for row in rows():
        assert all(float(row[name]) >= 0 for name in coverage.Width._fields)
        assert float(row["inner_share"]) <= 1
        assert 0 < float(row["halfwidth_deg"]) <= 180
        assert int(row["rows"]) >= 25


@pytest.mark.parametrize(
    ("kind", "text"), [("offset", text) for text in TEXTS] + [("distance", text) for text in TEXTS[1:]]
)
@pytest.mark.parametrize(
    ("metres", "extent_m", "digits_m"),
    [(38_624.256, 1_000.0, 804.672), (5_000.0, 2_000.0, 500.0), (900_000.0, 0.0, 0.0)],
)
def test_a_shape_of_higher_coverage_is_no_smaller(kind, text, metres, extent_m, digits_m):
    areas = []
    for level in COVERAGES:
        width = coverage.width_of(kind, text, level, 45.0)
        inner, outer = width.band_m(metres, metres, extent_m, digits_m)
        areas.append((outer**2 - inner**2) * width.half_angle_deg(metres, extent_m))
    assert all(narrow <= wide for narrow, wide in pairwise(areas))
    assert areas[0] < areas[-1]


@pytest.mark.parametrize("text", TEXTS)
def test_the_band_is_one_for_all_compass_words(text):
    for level in COVERAGES:
        widths = {
            coverage.width_of("offset", text, level, wind)._replace(halfwidth_deg=0) for wind in WINDS_DEG
        }
        assert len(widths) == 1


def test_a_list_is_tighter_than_prose():
    line, land = (coverage.width_of("offset", text, 0.9, 45.0) for text in ("line", "land"))
    assert line.halfwidth_deg < land.halfwidth_deg
    assert line.inner_share < land.inner_share


def test_the_band_is_the_larger_of_the_digits_and_the_share_and_the_extent_is_added():
    width = coverage.Width(0.5, 0.1, 1.0, 0.2, 300.0, 180.0, 0.0)
    assert width.band_m(1e6, 1e6, 100.0, 5.0) == (1e6 - 1e5 - 50.0, 1e6 + 2e5 + 100.0 + 300.0)
    assert width.band_m(10.0, 10.0, 0.0, 500.0) == (0.0, 810.0)
    assert width.band_m(10_000.0, 20_000.0) == (9_000.0, 24_300.0)


def test_an_anchor_of_some_extent_opens_the_angle_and_never_past_the_circle():
    width = coverage.Width(0.0, 0.0, 0.0, 0.0, 0.0, 30.0, 1.0)
    assert width.half_angle_deg(10_000.0, 0.0) == 30.0
    assert width.half_angle_deg(0.0, 10_000.0) == pytest.approx(75.0)
    assert width._replace(halfwidth_deg=170.0).half_angle_deg(0.0, 10_000.0) == 180.0


def test_without_a_compass_word_the_widest_angle_counts_and_a_finer_one_takes_the_finest():
    widest = max(coverage.width_of("offset", "sea", 0.9, wind).halfwidth_deg for wind in WINDS_DEG)
    assert coverage.width_of("offset", "sea", 0.9).halfwidth_deg == widest
    finest = coverage.width_of("offset", "sea", 0.9, 11.25)
    assert coverage.width_of("offset", "sea", 0.9, 5.625) == finest


@pytest.mark.parametrize(
    ("kind", "text", "level"), [("near", "land", 0.9), ("zone", "sea", 0.9), ("distance", "sea", 0.8)]
)
def test_of_what_was_not_fitted_nothing_is_known(kind, text, level):
    assert coverage.width_of(kind, text, level) is None


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
        dice.choice(WINDS_DEG, count), np.zeros(count), dice.integers(0, 60, count).astype(str),
    )  # fmt: skip


@pytest.mark.parametrize("level", COVERAGES)
def test_the_fit_holds_on_rows_that_it_has_not_seen(fitting, level):
    sample, fresh = made_up(fitting, 1), made_up(fitting, 2)
    fitted = fitting.fit("offset", sample, level)
    assert fitted.holds(sample).mean() >= level
    assert level - 0.06 < fitted.holds(fresh).mean() < level + 0.06
    assert fitted.areas_km2(fresh).mean() > 0


def test_where_no_distance_is_stated_the_reach_is_the_quantile(fitting):
    count = 200
    zero = np.zeros(count)
    true_m = np.arange(1, count + 1) * 1000.0
    sample = fitting.Sample(zero, zero, zero, true_m, zero, zero + 180.0, zero, np.arange(count).astype(str))
    fitted = fitting.fit("near", sample, 0.9)
    assert fitted.any.outer_m == pytest.approx(181_000.0)
    assert fitted.holds(sample).mean() == pytest.approx(0.905)


def test_the_fit_draws_by_the_same_rule_as_the_library(fitting):
    sample = made_up(fitting, 5, 50)
    width = coverage.Width(0.5, 0.07, 1.0, 0.13, 0.0, 180.0, 0.0)
    inner, outer = sample.band(width)
    for i in range(len(sample)):
        own = (sample.stated_m[i], sample.stated_m[i], sample.extent_m[i], sample.digits_m[i])
        assert width.band_m(*own) == pytest.approx((inner[i], outer[i]))


def test_what_the_fit_writes_is_what_the_drawing_reads(fitting):
    sample = made_up(fitting, 3)
    table = {("offset", "sea", level): fitting.fit("offset", sample, level) for level in COVERAGES}
    lines = fitting.as_csv(table, {("offset", "sea"): len(sample)}).splitlines()
    written = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert written[0].keys() == rows()[0].keys()
    assert {float(row["wind_deg"]) for row in written} == set(WINDS_DEG)


def test_the_point_radius_circle_is_that_of_the_formula(fitting):
    """10 km north: r = sqrt((d + dp - d cos 45)^2 + (d sin 45)^2), plus the extent of half a kilometre."""
    values = (10_000.0, 500.0, 500.0, 10_000.0, 0.0, 45.0, 0.0, "a")
    one = fitting.Sample(*(np.array([value]) for value in values))
    held, areas = fitting.circles(one, np.array([0.0]), np.array([500.0]))
    radius_m = ((10_000 + 500 - 7_071.07) ** 2 + 7_071.07**2) ** 0.5 + 500.0
    assert held.all()
    assert areas[0] == pytest.approx(np.pi * radius_m**2 / 1e6, rel=1e-4)
