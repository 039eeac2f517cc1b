"""Figures by hand, on reports small enough to count on one's fingers."""

from __future__ import annotations

import pytest

from standoff.evaluate import Found, GoldReport, GoldToponym, Score
from standoff.evaluate.scores import MOST_KM, auc, calibration_error
from standoff.model import Place


def place(lat, lon, gid="geonames:1"):
    return Place(
        gid=gid, name="X", lat=lat, lon=lon, country=None, feature="city", extent_m=1000, source="test"
    )


def gold(*toponyms):
    return GoldReport("a", "x" * 100, None, tuple(GoldToponym(*t) for t in toponyms))


def test_names_found_missed_and_too_many():
    score = Score()
    score.add(
        gold((0, 5, 10.0, 10.0, "1"), (10, 20, 0.0, 0.0, "2"), (30, 35, None, None, None)),
        [Found(0, 5, place(10.0, 10.0)), Found(12, 25, None), Found(50, 55, place(0, 0))],
    )
    figures = score.figures
    assert figures["precision"] == pytest.approx(2 / 3)
    assert figures["recall"] == pytest.approx(2 / 3)
    assert figures["F1 exact"] == pytest.approx(1 / 3)
    assert figures["within 161 km"] == 0.5  # of the two with a position: no answer is wrong
    assert figures["answered"] == 0.5
    assert figures["exact id"] == 0.5


def test_a_place_is_right_within_161_km_and_no_further():
    score = Score()
    # A degree of latitude is 110.6 to 111.7 km.
    score.add(gold((0, 5, 0.0, 0.0, None), (10, 15, 0.0, 0.0, None)), [
        Found(0, 5, place(1.45, 0.0)), Found(10, 15, place(1.46, 0.0)),
    ])  # fmt: skip
    assert score.figures["within 161 km"] == 0.5


def test_of_two_names_over_one_marked_the_larger_part_speaks():
    score = Score()
    score.add(gold((0, 10, 0.0, 0.0, None)), [Found(0, 3, place(50, 50)), Found(3, 10, place(0, 0))])
    assert score.figures["within 161 km"] == 1.0


def test_nothing_measured_is_null():
    figures = Score().figures
    assert all(value is None for value in figures.values())


def test_auc_is_0_where_all_is_right_and_1_where_nothing_is_answered():
    assert auc([0.0, 0.0, 0.0]) == 0.0
    assert auc([MOST_KM, MOST_KM]) == pytest.approx(1.0)
    assert 0 < (auc([0.0, 100.0]) or 0) < 1


def test_calibration_counts_the_gap_of_each_bin():
    assert calibration_error([(0.95, True)] * 10) == pytest.approx(0.05)
    assert calibration_error([(0.95, False)] * 5 + [(0.05, False)] * 5) == pytest.approx(0.5)
    assert calibration_error([(1.0, True)]) == 0.0
