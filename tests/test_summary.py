"""The summary for a terminal: who did it to whom, what came of it, and what an analyst set."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

import hostile
import records
from standoff.model import Count
from standoff.summary import summary

FIELDS = {
    "actor_role": "suspected",
    "target_count": Count(low=3, best=3, high=3),
    "killed": Count(low=4, best=4, high=None),
    "losses": ["a truck destroyed"],
    "time_start": "14:30",
    "time_zone": "UTC",
    "follows": "e3",
    "review_status": "corrected",
    "override": "r.events.csv, line 2",
    "corrected": ["actor"],
}


def printed(width=80, **fields):
    record = records.record()
    first = record.events[0].model_copy(update=fields)
    record = record.model_copy(update={"events": [first, *record.events[1:]]})
    stream = io.StringIO()
    Console(file=stream, width=width).print(summary(records.report(), record))
    return stream.getvalue()


def test_an_event_says_who_did_it_to_whom_when_and_what_came_of_it():
    shown = printed(300, **FIELDS)
    assert "Coalition jets (suspected) → a convoy (number: 3)" in shown
    assert "killed: at least 4; a truck destroyed" in shown
    for words in (
        "14:30 UTC",
        "after e3",
        "✎ corrected by r.events.csv, line 2: actor",
        "air strike (denied)",
    ):
        assert words in shown


def test_in_80_columns_no_word_is_broken_and_no_line_is_longer():
    shown = printed(80, **FIELDS)
    assert max(cell_len(line) for line in shown.splitlines()) <= 80
    events = shown.partition("Events")[2].partition("Checks")[0]
    for word in ("2017-06-08", "(suspected)", "destroyed", "corrected", "r.events.csv", "interception"):
        assert word in events


@pytest.mark.parametrize("text", hostile.STRINGS[:20])
def test_hostile_words_reach_the_terminal_as_text(text):
    bad = f"\x1b[31m{text}"
    shown = printed(80, actor=bad, target=bad, time_start=bad, date_start=bad, override=bad, corrected=[bad])
    assert "\x1b" not in shown
