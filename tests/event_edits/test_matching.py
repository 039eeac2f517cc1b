"""Which event a row is about: by its words, and where they say it twice by the place in the text."""

from __future__ import annotations

import pytest

from standoff.event_edits.matching import match
from standoff.event_edits.sources import EditRow
from standoff.event_types import known_types
from standoff.model import Event

SENTENCE = "Two rockets hit the market of the town on Monday."


def event(
    number: int, start: int, text: str = SENTENCE, trigger: str = "hit", type_: str = "strike"
) -> Event:
    return Event(id=f"e{number}", type=type_, text=text, start=start, end=start + len(text), trigger=trigger)


def row(start: int | None, text: str | None = SENTENCE, trigger: str | None = "hit", **cells) -> EditRow:
    given = {
        "sentence": text,
        "trigger": trigger,
        "char_start": None if start is None else str(start),
        **cells,
    }
    return EditRow("line", {name: value for name, value in given.items() if value}, {"event_type": "strike"})


def found(rows, events):
    return match(rows, events, known_types()).found


@pytest.mark.parametrize("shift", [0, 100, 300, 1000])
def test_what_is_said_twice_keeps_its_order_however_far_it_moved(shift):
    rows = [row(100), row(200), row(400)]
    events = [event(1, 100 + shift), event(2, 200 + shift), event(3, 400 + shift)]
    assert found(rows, events) == {0: 0, 1: 1, 2: 2}


def test_a_row_whose_event_is_sure_tells_how_far_its_neighbours_moved():
    other = "Fighters ambushed a patrol in the hills."
    rows = [row(100), row(200), row(260, other, "ambushed")]
    events = [event(1, 300), event(2, 360, other, "ambushed", "ambush")]  # the first of the two is gone
    assert found(rows, events) == {1: 0, 2: 1}


def test_events_of_one_sentence_keep_their_order():
    rows = [row(100), row(100), row(100, trigger="wounded")]
    events = [event(1, 150), event(2, 150), event(3, 150, trigger="wounded")]
    assert found(rows, events) == {0: 0, 1: 1, 2: 2}


def test_another_trigger_needs_a_type_of_the_same_family():
    assert found([row(0)], [event(1, 0, trigger="struck", type_="air strike")]) == {0: 0}
    assert found([row(0)], [event(1, 0, trigger="protested", type_="protest")]) == {}


def test_a_sentence_that_changed_a_little_is_still_it_and_another_is_not():
    assert found([row(0)], [event(1, 0, SENTENCE.replace("Two", "Three"))]) == {0: 0}
    assert found([row(0)], [event(1, 0, "Nobody knows who hit the bridge over the river.")]) == {}


@pytest.mark.parametrize("text", ["الغارة الجوية أصابت السوق", "空袭击中了市场", "…"])
def test_sentences_in_any_script_are_known_again(text):
    assert found([row(0, text)], [event(1, 0, text)]) == {0: 0}


@pytest.mark.parametrize("place", ["", "here", "nan", "1e999", "-5"])
def test_a_place_that_is_none_does_no_harm(place):
    given = row(None, SENTENCE, "hit", char_start=place)
    assert found([given], [event(1, 0)]) == {0: 0}


def test_many_rows_of_one_sentence_are_tied_one_by_one():
    count = 1500
    rows, events = [row(10 * i) for i in range(count)], [event(i + 1, 10 * i + 7) for i in range(count)]
    assert found(rows, events) == {i: i for i in range(count)}
