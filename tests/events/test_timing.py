"""On which day and at what time an event was; reports here are published on Thursday, 6 May 2021."""

from __future__ import annotations

import pytest

from standoff import read_text
from told_events import only, told, wrong

BOMB = "A bomb exploded in Kirkuk"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (BOMB + " on Monday.", "2021-05-03", "2021-05-03"),
        (BOMB + " on 3 May 2021.", "2021-05-03", "2021-05-03"),
        (BOMB + " yesterday.", "2021-05-05", "2021-05-05"),
        (BOMB + " today.", "2021-05-06", "2021-05-06"),
        (BOMB + " three days ago.", "2021-05-03", "2021-05-03"),
        (BOMB + " late on Tuesday night.", "2021-05-04", "2021-05-04"),
        (BOMB + " in 1982.", "1982-01-01", "1982-12-31"),
        (BOMB + " in March 2019.", "2019-03-01", "2019-03-31"),
        (BOMB + " last week.", "2021-04-26", "2021-05-02"),
        (BOMB + " overnight.", "2021-05-05", "2021-05-06"),
        (BOMB + " at the weekend.", "2021-05-01", "2021-05-02"),
        ("On Saturday and Sunday, the army shelled Homs.", "2021-05-01", "2021-05-02"),
        ("The army shelled Homs between 3 and 5 May.", "2021-05-03", "2021-05-05"),
        ("The army shelled Homs from 3 to 5 May 2021.", "2021-05-03", "2021-05-05"),
        ("081430Z JUN 17: a bomb exploded in Kirkuk.", "2017-06-08", "2017-06-08"),
        ("BAGHDAD, May 5 - A bomb exploded in Kirkuk on Tuesday, police said.", "2021-05-04", "2021-05-04"),
        (BOMB + " on Monday, police said on Wednesday.", "2021-05-03", "2021-05-03"),
        (
            "Police said on Wednesday that a bomb had exploded in Kirkuk on Monday.",
            "2021-05-03",
            "2021-05-03",
        ),
        (
            "The army shelled Homs on Monday, the anniversary of the 1982 massacre in Hama.",
            "2021-05-03",
            "2021-05-03",
        ),
        ("The army will withdraw from Homs on Friday.", "2021-05-07", "2021-05-07"),
        (
            "Gunmen kidnapped two engineers in Kano on Monday. The engineers were freed on Tuesday.",
            "2021-05-03",
            "2021-05-03",
        ),
        ("The army has shelled Homs since Monday.", "2021-05-03", "2021-05-06"),
        wrong(
            "a month that only begins the count of a series dates the event",
            "It was the second such attack in Homs since March.",
            None,
            None,
        ),
        ("The bombing in Homs on Monday was claimed by the rebels.", "2021-05-03", "2021-05-03"),
        (
            "More than 100 people have been killed in attacks in Gao since January.",
            "2021-01-01",
            "2021-05-06",
        ),
        wrong("30 February is read as the month", "On 30 February 2021 the army shelled Homs.", None, None),
    ],
)
def test_on_which_day(text: str, first: str | None, last: str | None) -> None:
    event = only(text)
    assert (event.date_start, event.date_end) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        BOMB + ".",
        "Police said on Wednesday that a bomb had exploded in Kirkuk.",
        "BAGHDAD, May 5 - A bomb exploded in Kirkuk, police said.",
        BOMB + ". The governor will visit on Friday.",
        BOMB + ". The market was built in 1982.",
    ],
)
def test_a_day_that_is_not_the_event_s_is_not_given_to_it(text: str) -> None:
    event = only(text)
    assert (event.date_start, event.date_text, event.date_precision) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (". A day earlier, gunmen had attacked a post in Mosul.", ["2021-05-03", "2021-05-02"]),
        (". The previous day, gunmen had attacked a post in Mosul.", ["2021-05-03", "2021-05-02"]),
        (". Two days later, gunmen attacked a post in Mosul.", ["2021-05-03", "2021-05-05"]),
        (". The next day gunmen attacked a post in Mosul.", ["2021-05-03", "2021-05-04"]),
        (". Hours later, gunmen attacked a post in Mosul.", ["2021-05-03", "2021-05-03"]),
        (". That evening, gunmen attacked a post in Mosul.", ["2021-05-03", "2021-05-03"]),
        (", two days after gunmen attacked a post in Mosul.", ["2021-05-03", "2021-05-01"]),
    ],
)
def test_days_are_counted_from_the_event_told_before(text: str, days: list[str]) -> None:
    assert [event.date_start for event in told(BOMB + " on Monday" + text)] == days


@pytest.mark.xfail(
    strict=True,
    reason="the only day of a sentence stands in the clause that 'after' counts from: lost (timing)",
)
def test_the_day_may_stand_in_the_clause_that_is_counted_from() -> None:
    shelled, stormed = told(
        "The army shelled Homs two days after rebels had stormed a post near Hama on Monday."
    )
    assert (shelled.date_start, stormed.date_start) == ("2021-05-05", "2021-05-03")


def test_a_week_earlier_is_counted_from_the_event_before() -> None:
    shelled, bombed = told(
        "The army shelled Homs on 12 April. A week earlier, a bombing in Hama had killed 30 people."
    )
    assert shelled.date_start == "2021-04-12"
    assert bombed.date_start is not None
    assert bombed.date_start <= "2021-04-05" <= (bombed.date_end or "")


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("Hours later, gunmen attacked a post in Mosul.", True),
        ("Two days later, gunmen attacked a post in Mosul.", True),
        ("On Tuesday, gunmen attacked a post in Mosul.", False),
        ("A day earlier, gunmen had attacked a post in Mosul.", False),
    ],
)
def test_what_the_report_puts_right_behind_an_event_follows_it(text: str, follows: bool) -> None:
    first, second = told(BOMB + " on Monday. " + text)
    assert second.follows == (first.id if follows else None)
    assert first.follows is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        (BOMB + " at 7:30 am local time on Monday.", ("07:30", None, "local time")),
        (BOMB + " on Monday at 1430 UTC.", ("14:30", None, "UTC")),
        ("At 081430Z JUN 17 a drone struck a truck near Tanf.", ("14:30", None, "Z")),
        (
            "Between 0200 and 0300 local time on Monday the army shelled Homs.",
            ("02:00", "03:00", "local time"),
        ),
        ("The army shelled Homs at noon on Monday.", ("12:00", None, None)),
        (BOMB + " on Monday.", (None, None, None)),
        (BOMB + " in the early hours of Monday.", (None, None, None)),
    ],
)
def test_at_what_time(text: str, time: tuple[str | None, str | None, str | None]) -> None:
    event = only(text)
    assert (event.time_start, event.time_end, event.time_zone) == time


@pytest.mark.parametrize(
    "date",
    [
        "on 1 January 0000",
        "on 99 May 2021",
        "in 9999",
        "on 31 December 9999",
        "on 29 February 2021",
        "on 00/00/0000",
        "the day before 1 January 0001",
    ],
)
def test_dates_that_are_none_break_nothing(date: str) -> None:
    events = told(
        f"Rebels attacked a post near Gao {date}. Two weeks later they attacked a school in Ansongo."
    )
    assert {event.type for event in events} == {"attack"}


def test_without_a_day_of_publication_no_weekday_is_guessed() -> None:
    (event,) = read_text(BOMB + " on Monday.").record.events
    assert event.date_start is None
