import pytest

import hostile
import records
from standoff.maps.event_rows import days, filed_rows, period, title_of, what_rows, when_rows
from standoff.maps.items import items_of
from standoff.maps.panel import panel_data
from standoff.model import Count, Event

FULL = {
    "sub_type": "drone",
    "actor_role": "accused",
    "target_count": Count(low=2, best=2, high=2),
    "weapon": "bombs",
    "weapon_count": 4,
    "killed": Count(low=5, best=7, high=9),
    "wounded": Count(low=0, best=None, high=12),
    "casualty_claimant": "a hospital",
    "losses": ["two guns destroyed", "a tank damaged"],
    "attributed_to": ["officials", "residents"],
    "series": "third strike in recent weeks",
    "time_start": "14:30",
    "time_end": "15:10",
    "time_zone": "UTC",
    "duration_s": 2400.0,
    "follows": "e3",
    "same_as": ["e5"],
    "claim": "disputed",
    "where_prec": 5,
    "geo_precision": 3,
    "source_reliability": "B",
    "info_credibility": "2",
    "review_status": "corrected",
    "override": "r.events.csv, line 3",
    "corrected": ["actor", "weapon"],
    "read_as": {"actor": "the army", "weapon": ""},
}
JUNE = {"date_start": "2017-06-01", "date_end": "2017-06-30"}
TOLD = {
    "When": "2017-06-08, 14:30 to 15:10 UTC – “Thursday”; after e3 (ambush, 2017-06-06)",
    "Lasted": "40 minutes",
    "Type": "air strike: drone",
    "By": "Coalition jets (accused)",
    "Target": "a convoy (number: 2)",
    "Weapon": "bombs (number: 4)",
    "Killed": "7 (5 to 9)",
    "Wounded": "up to 12",
    "Toll given by": "a hospital",
    "Losses": "two guns destroyed; a tank damaged",
    "Counted as": "third strike in recent weeks",
    "According to": "officials, residents",
    "May be the same as": "e5 (warning shots, 2017-06-07)",
    "Precision": "where_prec 5, geo_precision 3",
    "Rated": "B2 (Admiralty)",
    "Review": "✎ corrected by r.events.csv, line 3: actor, weapon",
}


def changed(**fields):
    """Return the record of the tests with fields of its first event, the ring, set."""
    record = records.record()
    first = record.events[0].model_copy(update=fields)
    return record.model_copy(update={"events": [first, *record.events[1:]]})


def card_of(record, item="f2"):
    return next(each for each in items_of(records.report(), record) if each.id == item).cards[0]


def test_popup_and_panel_say_all_that_is_known_of_an_event():
    record = changed(**FULL)
    event = panel_data(records.report(), record)["events"][0]
    assert event["title"] == "Drone ✎"
    assert (event["id"], event["claim"]) == ("e1", "disputed")
    assert dict(event["rows"]).items() >= TOLD.items()
    assert dict(event["rows"])["Read as"] == "actor: the army; weapon: nothing"
    card = card_of(record)
    assert card["title"] == "Drone ✎"
    assert dict(card["rows"]).items() >= TOLD.items()
    assert dict(card["lists"])["Read as, before it was set"] == ["actor: the army", "weapon: nothing"]
    assert dict(card["lists"])["Why this day"] == ["the latest Thursday not after publication"]


def test_what_is_not_known_has_no_row():
    bare = Event(id="e9", type="clash", trigger="clashed", text="clashed", start=0, end=7)
    record = records.record()
    assert when_rows(bare, record) == []
    assert what_rows(bare, record) == []
    assert filed_rows(bare) == [("Review", "unreviewed")]
    assert title_of(bare) == "Clash"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({**JUNE, "date_precision": "month"}, "2017-06-01 to 2017-06-30 (month)"),
        ({"date_text": "hours later"}, "“hours later”"),
        ({"time_start": "08:40", "time_zone": "LT"}, "08:40 LT"),
        ({"date_start": "2017-06-01", "date_end": "2017-06-01", "time_zone": "UTC"}, "2017-06-01"),
        ({}, None),
    ],
)  # fmt: skip
def test_when_is_as_precise_as_the_report(fields, told):
    assert period(Event(id="e", type="clash", trigger="", text="", start=0, end=0, **fields)) == told


def test_a_label_does_not_make_a_month_or_a_range_a_day():
    assert days(changed(**JUNE, date_precision="month").events[0]) == "2017-06"
    assert days(changed(**JUNE, date_precision="range").events[0]) == "2017-06-01 to 2017-06-30"
    assert days(changed(date_start="2017-06-02", date_end="2017-06-02").events[0]) == "2017-06-02"
    assert days(changed(date_start="2016-12-01", date_end="2017-02-28", date_precision="year").events[0]) == (
        "2016-12-01 to 2017-02-28"
    )
    labels = [item.label for item in items_of(records.report(), changed(**JUNE, date_precision="month"))]
    assert any(label.endswith("· 2017-06") for label in labels)


def test_the_panel_quotes_the_words_for_where():
    event = panel_data(records.report(), records.record())["events"][0]
    assert dict(event["rows"])["Where"].endswith(
        "km² – “about 24 miles from the At Tanf base”, “inside the zone”"
    )


def test_an_accepted_event_says_by_which_file_but_bears_no_mark():
    event = (
        records.record()
        .events[0]
        .model_copy(update={"review_status": "accepted", "override": "r.events.csv, line 2"})
    )
    assert title_of(event) == "Air strike"
    assert filed_rows(event)[-1] == ("Review", "✎ accepted by r.events.csv, line 2")


def test_a_footprint_of_two_events_tells_them_apart():
    record = records.record()
    second = record.events[3].model_copy(update={"footprint": "f2"})
    record = record.model_copy(update={"events": [record.events[0], second]})
    rows = card_of(record)["rows"]
    assert [value for label, value in rows if label == "Event"] == ["e1 (Air strike)", "e4 (Air strike)"]
    assert ["Claim", "denied"] in rows


@pytest.mark.parametrize("text", hostile.STRINGS[:20])
def test_every_word_goes_through_the_one_escape(text):
    bad = text + "\u202e"
    words = dict.fromkeys(
        ("sub_type", "actor", "target", "weapon", "casualty_claimant", "series", "time_start", "time_zone",
         "date_text", "date_basis", "override", "reason"), bad
    )  # fmt: skip
    lists = {name: [bad] for name in ("losses", "attributed_to", "corrected")}
    record = changed(**{**FULL, **words, **lists, "read_as": {"actor": bad}})
    card, event = card_of(record), panel_data(records.report(), record)["events"][0]
    shown = [value for _, value in (*card["rows"], *event["rows"])]
    shown += [line for _, lines in card["lists"] for line in lines]
    shown += [card["title"], event["title"], event["quote"]]
    assert not [value for value in shown if "\u202e" in value]
    assert sum("⟨U+202E⟩" in value for value in shown) >= 20
