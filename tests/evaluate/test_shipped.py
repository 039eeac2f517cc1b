"""The evaluation on gold that ships: gold in step with its marks, scores one by one, intervals, chances."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from standoff.evaluate import gold_events, gold_places, reliability, score_events, score_places
from standoff.evaluate.event_rows import Tally
from standoff.evaluate.event_scores import EventScores
from standoff.evaluate.intervals import ratio_interval, wilson
from standoff.evaluate.scores import MOST_KM, NEAR_KM
from standoff.gazetteer import Gazetteer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def places():
    return score_places()


def test_the_gold_of_places_is_what_its_marks_make(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "data" / "scripts"), *sys.path])
    import make_gold_places

    with Gazetteer.open() as gazetteer:
        made = make_gold_places.reports(gazetteer)
    lines = (ROOT / "data" / "gold" / "places.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == made


def test_there_is_gold_enough_of_varied_kinds():
    reports = gold_places()
    kinds = [toponym.kind for report in reports for toponym in report.toponyms]
    assert len(reports) >= 15
    assert len(kinds) >= 60
    assert {"town", "ambiguous", "demonym", "facility", "country", "region", "natural"} <= set(kinds)
    assert sum(len(report.no_places) for report in reports) >= 8
    assert len({report.id for report in reports}) == len(reports)


def test_each_marked_name_is_a_row(places):
    with_position = [t for report in gold_places() for t in report.toponyms if t.lat is not None]
    names = places.names
    assert len(names) == len(with_position)
    assert (names["ours_near"] == (names["ours_km"] <= NEAR_KM)).all()
    assert (names["place"] == "none").equals(names["ours_km"] == MOST_KM)
    assert all(words in sentence for words, sentence in zip(names["words"], names["sentence"], strict=True))


def test_ours_is_better_than_the_baseline_where_names_are_shared(places):
    ambiguous = places.by_kind().loc["ambiguous"]
    assert ambiguous["ours_near"] >= 0.85
    assert ambiguous["baseline_near"] < 0.6
    assert places.summary.loc["right place", ("ours", "share")] >= 0.93


def test_what_is_wrong_is_listed(places):
    assert len(places.wrong()) == (~places.names["ours_near"]).sum()
    assert set(places.extra["words"]) & {"Lima", "Lincoln", "Victoria Lake", "Chief Savannah Hill"}
    assert places.extra["decoy"].any()


def test_chances_are_those_of_all_candidates(places):
    chances = places.chances
    assert len(chances) > 2 * len(places.names)
    assert chances["probability"].between(0, 1).all()
    sure = chances[chances["probability"] > 0.9]
    unsure = chances[chances["probability"] < 0.1]
    assert sure["right"].mean() > 0.9 > 0.1 > unsure["right"].mean()


def test_some_of_the_events_can_be_scored():
    found = score_events(gold_events(4))
    assert len(found.tallies) == 4
    assert found.total.found + found.total.missed > 5
    assert found.figures.loc["recall", "share"] == pytest.approx(found.total.recall, abs=1e-3)
    assert found.figures.loc["precision", "share"] == pytest.approx(found.total.precision, abs=1e-3)
    assert (found.amiss["what"] == "missed").sum() == found.total.missed
    assert (found.amiss["what"] == "extra").sum() == found.total.extra


def test_counts_of_fields_are_those_of_the_tallies():
    tally = Tally(found=3, missed=1, extra=2)
    tally.asked["date"], tally.right["date"] = 3, 2
    figures = EventScores({"a": tally, "b": Tally()}, {"a": ["e1 date: x; found y [hit]"], "b": []}).figures
    assert figures.loc["F1", "share"] == pytest.approx(6 / 9, abs=1e-3)
    assert figures.loc["date"].tolist()[::3] == [0.667, 3.0]
    assert "killed" not in figures.index


def test_an_interval_holds_the_share_as_often_as_it_says():
    generator = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        right = generator.random((40, 5)) < 0.8
        low, high = ratio_interval([(int(row.sum()), 5) for row in right], draws=300)
        held += low <= 0.8 <= high
    assert 0.86 <= held / 200 <= 0.99


def test_intervals_of_nothing():
    assert all(math.isnan(bound) for bound in (*ratio_interval([]), *ratio_interval([(0, 0)]), *wilson(0, 0)))


def test_reports_are_drawn_and_not_names():
    together = [(10, 10)] * 5 + [(0, 10)] * 5
    apart = [(1, 1)] * 50 + [(0, 1)] * 50
    wide, narrow = (high - low for low, high in (ratio_interval(together), ratio_interval(apart)))
    assert wide > 2 * narrow


def test_bins_hold_all_answers():
    table = reliability([0.0, 0.05, 0.5, 1.0], [False, True, True, True], bins=4)
    assert table["answers"].tolist() == [2, 1, 1]
    assert table["right"].tolist() == [0.5, 1.0, 1.0]
    assert table["high"].tolist() == [0.25, 0.75, 1.0]
