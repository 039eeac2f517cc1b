"""Short reports against the rows that a careful reader files: what must not get worse.

The figures themselves are printed by benchmarks/events.py; here they have floors, a little below what was seen, so that
a change that breaks a kind of sentence fails.
"""

from __future__ import annotations

import pytest

from standoff.evaluate import gold_events
from standoff.evaluate.event_rows import Tally, score
from standoff.gazetteer import Gazetteer

FLOORS = {
    "type": 0.92,
    "date": 0.85,
    "actor": 0.82,
    "target": 0.82,
    "killed": 0.88,
    "wounded": 0.92,
    "claim": 0.91,
    "footprint": 0.75,
}


@pytest.fixture(scope="module")
def total() -> Tally:
    with Gazetteer.open() as gazetteer:
        return score(gold_events(), gazetteer)[0]


def test_there_are_reports_enough():
    every = gold_events()
    assert len(every) >= 40
    assert len({report["id"] for report in every}) == len(every)


def test_events_are_found_and_none_made_up(total: Tally):
    assert total.recall >= 0.84
    assert total.precision >= 0.88


@pytest.mark.parametrize("name", FLOORS)
def test_their_fields_are_right(total: Tally, name: str):
    assert total.asked[name] > 50
    assert total.share(name) >= FLOORS[name]
