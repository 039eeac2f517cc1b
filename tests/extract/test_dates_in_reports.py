"""What reports say of when: days, spans, times of day, and what is counted from the event told before."""

from __future__ import annotations

from datetime import date

import pytest
import spacy

from standoff.extract import clock_times, dates, lasting, measures  # noqa: F401  measures: a factory
from standoff.extract.clause_times import time_of
from standoff.extract.dates import When, dateline_day, resolved
from standoff.pipeline import annotate
from standoff.report import report_from_text
from standoff.settings import Settings

PUBLISHED = date(2017, 6, 8)  # a Thursday


def told(when: When) -> str:
    """Return the days of a date expression in one line: "2017-06-05/2017-06-07 range"."""
    if when.first is None:
        return "?"
    if when.first == when.last and when.precision == "day":
        return str(when.first)
    return f"{when.first}/{when.last} {when.precision}"


def clock(time: clock_times.ClockTime) -> str:
    """Return a time of day in one line: "08:00-10:30 UTC"."""
    return time.first + (f"-{time.last}" if time.last else "") + (f" {time.zone}" if time.zone else "")


STATED = [
    ("The depot was hit on 2017-06-05.", "2017-06-05"),
    ("The depot was hit on 2017-06-05T14:30Z.", "2017-06-05"),
    ("The depot was hit on 5 June 2017.", "2017-06-05"),
    ("The depot was hit on the 5th of June 2017.", "2017-06-05"),
    ("The depot was hit on June 5, 2017, officials said.", "2017-06-05"),
    ("The depot was hit on June 5th.", "2017-06-05"),
    ("The depot was hit on Sept. 3.", "2016-09-03"),
    ("The depot was hit on Monday, 5 June 2017.", "2017-06-05"),
    ("The depot was hit on Monday, June 5, as it rained.", "2017-06-05"),
    ("The depot was hit on Monday (5 June).", "2017-06-05"),
    ("THE DEPOT WAS HIT ON 5 JUNE 2017.", "2017-06-05"),
    ("The depot was hit on 05-Jun-2017.", "2017-06-05"),
    ("The depot was hit on 5 june.", "2017-06-05"),
    ("05.06.2017: The depot was hit.", "2017-06-05"),
    ("The depot was hit on 5.6.2017.", "2017-06-05"),
    ("The depot was hit on 25/5/2017.", "2017-05-25"),
    ("The depot was hit on 5/25/2017.", "2017-05-25"),
    ("The depot was hit on 6/6/2017.", "2017-06-06"),
    ("The depot was hit on 7/6/2017.", "?"),
    ("The depot was hit on 2017/06/05.", "2017-06-05"),
    ("The depot was hit on the 5th.", "2017-06-05"),
    ("On the 14th, the depot was hit.", "2017-05-14"),
    ("The depot was hit on 20 December.", "2016-12-20"),
    ("The talks begin on 20 July.", "2017-07-20"),
    ("The depot was hit on 29 February.", "2016-02-29"),
    ("The depot was hit on 30 August 1996.", "1996-08-30"),
    ("The depot was hit on 30 August 1884.", "1884-08-30"),
    ("The depot was hit on 3 March last year.", "2016-03-03"),
    ("The depot was hit on May 3 this year.", "2017-05-03"),
    ("The depot was hit (5 June 2017).", "2017-06-05"),
]

SPANS = [
    ("Fighting went on 3-5 June.", "2017-06-03/2017-06-05 range"),
    ("Fighting went on from 3 to 5 June 2016.", "2016-06-03/2016-06-05 range"),
    ("Fighting went on June 3-5.", "2017-06-03/2017-06-05 range"),
    ("Fighting went on between 3 and 5 May.", "2017-05-03/2017-05-05 range"),
    ("Fighting went on from 2 April to 6 April.", "2017-04-02/2017-04-06 range"),
    ("Fighting went on from April 2 through April 6, 2017.", "2017-04-02/2017-04-06 range"),
    ("Fighting went on from 30 December to 2 January 2017.", "2016-12-30/2017-01-02 range"),
    ("Fighting went on from Monday to Wednesday.", "2017-06-05/2017-06-07 range"),
    ("Fighting went on between Friday and Sunday.", "2017-06-02/2017-06-04 range"),
    ("Fighting went on from Saturday until Tuesday.", "2017-06-03/2017-06-06 range"),
    ("Shells fell on June 3 and 4.", "2017-06-03/2017-06-04 range"),
    ("Shells fell on 3 and 4 June.", "2017-06-03/2017-06-04 range"),
    ("Shells fell on 3, 4 and 6 June.", "2017-06-03/2017-06-06 range"),
    ("Fighting went on between December 2015 and March 2016.", "2015-12-01/2016-03-31 range"),
    ("Fighting went on from January to March 2016.", "2016-01-01/2016-03-31 range"),
    ("Fighting went on between 2012 and 2015.", "2012-01-01/2015-12-31 range"),
    ("The war of 2012-2015 ended.", "2012-01-01/2015-12-31 range"),
    ("The bridge fell in June 2016.", "2016-06-01/2016-06-30 month"),
    ("The bridge fell in April.", "2017-04-01/2017-04-30 month"),
    ("The bridge fell last October.", "2016-10-01/2016-10-31 month"),
    ("The bridge has been shut since March.", "2017-03-01/2017-03-31 month"),
    ("The bridge fell in mid-May.", "2017-05-11/2017-05-20 range"),
    ("The bridge fell in early March.", "2017-03-01/2017-03-10 range"),
    ("The bridge fell in late March 2016.", "2016-03-21/2016-03-31 range"),
    ("The bridge fell in early 2015.", "2015-01-01/2015-04-30 range"),
    ("The bridge fell late last month.", "2017-05-21/2017-05-31 range"),
    ("The bridge fell at the end of July 2016.", "2016-07-25/2016-07-31 range"),
    ("The bridge fell at the beginning of May.", "2017-05-01/2017-05-07 range"),
    ("The bridge fell in the middle of May.", "2017-05-11/2017-05-20 range"),
    ("The bridge fell in the first week of June.", "2017-06-01/2017-06-07 week"),
    ("The bridge fell in the last week of May.", "2017-05-25/2017-05-31 week"),
    ("The bridge fell in the week of 30 May.", "2017-05-29/2017-06-04 week"),
    ("Report for the week ending 4 June 2017.", "2017-05-29/2017-06-04 week"),
    ("The bridge fell in the winter of 2015-16.", "2015-12-01/2016-02-29 range"),
    ("The bridge fell in the summer of 2014.", "2014-06-01/2014-08-31 range"),
    ("The bridge fell in winter 2014.", "2014-12-01/2015-02-28 range"),
    ("The bridge fell in the 1990s.", "1990-01-01/1999-12-31 range"),
    ("The bridge fell in the early 1990s.", "1990-01-01/1993-12-31 range"),
    ("It was shut between March and May.", "2017-03-01/2017-05-31 range"),
    ("It was shut from April through May.", "2017-04-01/2017-05-31 range"),
    ("It was shut in February last year.", "2016-02-01/2016-02-29 month"),
    ("The bridge fell in 1884.", "1884-01-01/1884-12-31 year"),
    ("It was shut (3-5 June).", "2017-06-03/2017-06-05 range"),
    ("The bridge fell in 1982.", "1982-01-01/1982-12-31 year"),
    ("It has been shut since 2011.", "2011-01-01/2011-12-31 year"),
    ("The camp was full by 2014, they said.", "2014-01-01/2014-12-31 year"),
]

RELATIVE = [
    ("The depot was hit yesterday.", "2017-06-07"),
    ("The depot was hit today.", "2017-06-08"),
    ("The depot was hit this morning.", "2017-06-08"),
    ("The depot was hit last night.", "2017-06-07"),
    ("The depot was hit yesterday evening.", "2017-06-07"),
    ("The depot was hit late yesterday.", "2017-06-07"),
    ("The depot was hit overnight.", "2017-06-07/2017-06-08 range"),
    ("The depot was hit overnight on Saturday.", "2017-06-03"),
    ("The depot was hit overnight Saturday.", "2017-06-03"),
    ("It was hit on the night of 3 June.", "2017-06-03"),
    ("It was hit on Saturday night.", "2017-06-03"),
    ("It was hit early on Monday.", "2017-06-05"),
    ("It was hit early Monday morning.", "2017-06-05"),
    ("It was hit at dawn on Tuesday.", "2017-06-06"),
    ("It was hit in the early hours of Monday.", "2017-06-05"),
    ("It was hit overnight Tuesday into Wednesday.", "2017-06-06/2017-06-07 range"),
    ("It was hit on the night of 3-4 June.", "2017-06-03/2017-06-04 range"),
    ("It was hit before dawn on Tuesday.", "2017-06-06"),
    ("It was hit late on 4 June.", "2017-06-04"),
    ("It was hit the day before yesterday.", "2017-06-06"),
    ("It was hit this week.", "2017-06-05/2017-06-08 week"),
    ("It was hit last week.", "2017-05-29/2017-06-04 week"),
    ("It was hit earlier this week.", "2017-06-05/2017-06-08 week"),
    ("It was hit in the past week.", "2017-06-01/2017-06-08 range"),
    ("It was hit over the weekend.", "2017-06-03/2017-06-04 range"),
    ("It was hit at the weekend.", "2017-06-03/2017-06-04 range"),
    ("It was hit last weekend.", "2017-06-03/2017-06-04 range"),
    ("It was hit earlier this month.", "2017-06-01/2017-06-08 month"),
    ("It was hit last month.", "2017-05-01/2017-05-31 month"),
    ("It was hit last year.", "2016-01-01/2016-12-31 year"),
    ("It was hit this year.", "2017-01-01/2017-06-08 year"),
    ("It was hit in recent days.", "2017-06-02/2017-06-08 range"),
    ("It was hit in recent weeks.", "2017-04-27/2017-06-08 range"),
    ("It was hit in the past three days.", "2017-06-05/2017-06-08 range"),
    ("It was hit over the last week.", "2017-06-01/2017-06-08 range"),
    ("It was hit over the last 48 hours.", "2017-06-06/2017-06-08 range"),
    ("It was hit two days ago.", "2017-06-06"),
    ("It was hit three weeks ago.", "2017-05-15/2017-05-21 range"),
    ("It was hit a week ago.", "2017-05-29/2017-06-04 range"),
    ("It was hit a few hours ago.", "2017-06-07/2017-06-08 range"),
    ("It was hit last Friday.", "2017-06-02"),
    ("It was hit on Thursday.", "2017-06-08"),
    ("It was hit last Thursday.", "2017-06-01"),
    ("They meet this Friday.", "2017-06-09"),
    ("They meet next Tuesday.", "2017-06-13"),
    ("They meet tomorrow.", "2017-06-09"),
    ("They meet next month.", "2017-07-01/2017-07-31 month"),
    ("It was hit on Tuesday last week.", "2017-05-30"),
    ("It was hit on Tuesday of last week.", "2017-05-30"),
    ("It was hit after Friday prayers.", "2017-06-02"),
    ("It was hit on Wednesday afternoon when crews came.", "2017-06-07"),
]

NO_DATE = [
    "The 9/11 attacks changed it all.", "Black September took over.", "Theresa May spoke.",
    "They may march on.", "They march on the capital.", "Bloody Sunday was remembered.",
    "The Sunday Times has the story.", "June Smith, a nurse, wept.", "A force of 2000 men came.",
    "He earned 2011 dollars.", "Room 1982 was empty.", "It fell in 1950 metres of water.",
    "It is the 14th floor.", "He came on the 14th attempt.", "It lies 12/5 away.",
    "Version 3.4.2017.1 is out.", "It met every Friday.", "It hit 17 July Square hard.", "It scored 3-5.",
    "The mayor of Easter Monday was seen.", "He was 20 years old.", "Two weeks of rain came.",
    "They came second.", "It was closed for two days.", "The September 11 attacks changed it all.",
    "The Saturday Evening Post wrote it.", "The March of Dimes gave it.", "Camps last five days.",
    "It falls in the next week or so.", "It falls in the next day or two.",
    "It meets on the first Tuesday of each month.", "It was what was then a record.", "He quit on 31 June.",
    "It was hit by 12 mayors.",
]  # fmt: skip

BEFORE = [  # text, days from the event told before, days either side, same day, follows
    ("The next day a second camp was hit.", 1, 0, False, True),
    ("The following day a second camp was hit.", 1, 0, False, True),
    ("A second camp was hit the following morning.", 1, 0, False, True),
    ("A second camp was hit a day later.", 1, 0, False, True),
    ("Two days later a second camp was hit.", 2, 0, False, True),
    ("A second camp was hit the day after.", 1, 0, False, True),
    ("A day after the attack, a second camp was hit.", 1, 0, False, True),
    ("A first camp was hit the previous day.", -1, 0, False, False),
    ("A first camp was hit the day before.", -1, 0, False, False),
    ("A first camp was hit a day earlier.", -1, 0, False, False),
    ("A first camp was hit the night before.", -1, 0, False, False),
    ("A first camp was hit three days earlier.", -3, 0, False, False),
    ("A second camp was hit a week later.", 7, 3, False, True),
    ("A first camp was hit a week earlier.", -7, 3, False, False),
    ("A first camp was hit three months earlier.", -90, 15, False, False),
    ("A second camp was hit days later.", 4, 2, False, True),
    ("Hours later a second camp was hit.", None, 0, True, True),
    ("Minutes later a second camp was hit.", None, 0, True, True),
    ("A second camp was hit two hours later.", None, 0, True, True),
    ("A second camp was hit about 20 minutes later.", None, 0, True, True),
    ("Shortly afterwards a second camp was hit.", None, 0, True, True),
    ("A short time later a second camp was hit.", None, 0, True, True),
    ("Moments later a second camp was hit.", None, 0, True, True),
    ("Soon after, a second camp was hit.", None, 0, True, True),
    ("A second camp was hit the same day.", None, 0, True, False),
    ("A second camp was hit that night.", None, 0, True, False),
    ("Later that day a second camp was hit.", None, 0, True, True),
    ("A second camp was hit later in the day.", None, 0, True, True),
    ("Earlier that day a first camp was hit.", None, 0, True, False),
    ("A first camp was hit hours earlier.", None, 0, True, False),
]

ORDERS = ["Then they fled.", "They subsequently fled.", "They fled afterwards.", "They later fled."]

TIMES = [
    ("It was hit at 04:30.", ["04:30"]),
    ("It was hit at 0430.", ["04:30"]),
    ("It was hit at 6.30 am.", ["06:30"]),
    ("It was hit at 6:30 p.m. on Monday.", ["18:30"]),
    ("It was hit at 3 p.m. local time.", ["15:00 local time"]),
    ("It was hit around 0215 hrs.", ["02:15"]),
    ("It was hit at 1430Z.", ["14:30 Z"]),
    ("It was hit at 22:15 UTC.", ["22:15 UTC"]),
    ("It was hit at 0300 LT.", ["03:00 LT"]),
    ("It was hit at noon.", ["12:00"]),
    ("It was hit around midnight.", ["00:00"]),
    ("It was hit at 12 noon.", ["12:00"]),
    ("It was hit at 12 a.m. and at 12 p.m.", ["00:00", "12:00"]),
    ("It was hit shortly after 5 a.m.", ["05:00"]),
    ("It was hit between 0800 and 1030 UTC.", ["08:00-10:30 UTC"]),
    ("It was hit between 8 and 10 a.m.", ["08:00-10:00"]),
    ("It was hit from 9 a.m. to 4 p.m.", ["09:00-16:00"]),
    ("It is open from 11 am-1 pm.", ["11:00-13:00"]),
    ("It was hit from 11 to 1 p.m.", ["11:00-13:00"]),
    ("It was hit at 6 a.m. (0300 GMT).", ["06:00 local time"]),
    ("It was hit at 10:30 p.m. local time (1930 GMT).", ["22:30 local time"]),
    ("It was hit at 7 a.m. Moscow time.", ["07:00 Moscow time"]),
    ("It was hit at 16:20 UTC+3.", ["16:20 UTC+3"]),
    ("It was hit at 1430 hours.", ["14:30"]),
    ("It was hit at 4am EST.", ["04:00 EST"]),
    ("05.03.2017: 0800 – 1030 UTC: Posn: 06:20.5N - 118:08.0E", ["08:00-10:30 UTC"]),
    ("It was hit at 3 in the morning.", ["03:00"]),
    ("At 0430 gunmen came.", ["04:30"]),
    ("It killed 3 in the morning.", []),
    ("It took 1,200 hours.", []),
    ("It took about 1200 hours of work.", []),
    ("The grid is 37S DV 0430 1200.", []),
    ("About 1430 people fled.", []),
    ("At 1430 metres the hill is bare.", []),
    ("At 2017 prices it is dear.", []),
    ("In 2017 and 1982 it rained.", []),
    ("Flight 0430 was late.", []),
    ("They won 3:1 and read Luke 12:14.", []),
    ("Posn: 01:43.1N – 101:25.8E", []),
    ("He was hit at 25:10 and 0275.", []),
    ("I am 6 and he is 7.", []),
]

TIED = [  # text, the day, the time tied to it
    ("24.05.2017: 2215 UTC: Posn: 01:43.1N - 101:25.8E, off Dumai.", "2017-05-24", "22:15 UTC"),
    ("09.05.2015: 0300 LT: Posn: 01:04N – 103:40E", "2015-05-09", "03:00 LT"),
    ("05.03.2017: 0800 – 1030 UTC: Posn: 06:20.5N", "2017-03-05", "08:00-10:30 UTC"),
    ("24.05.2017: 1400 to 0000 UTC: Posn: 06:20.5N", "2017-05-24", "14:00-00:00 UTC"),
    ("02.05.2017:Apprx 0730 UTC Posn: 09:16.40N", "2017-05-02", "07:30 UTC"),
    ("14.05.2017 : 0130 UTC : Posn: 04:34.70N", "2017-05-14", "01:30 UTC"),
    ("DTG 081430Z JUN 17 SITREP", "2017-06-08", "14:30 Z"),
    ("DTG 190445ZMAR2016 SITREP", "2016-03-19", "04:45 Z"),
    ("1445Z/19 Mar 2016 SITREP", "2016-03-19", "14:45 Z"),
    ("FROM 071200UTC JUN 17 ON", "2017-06-07", "12:00 UTC"),
    ("At 081430C JUN 17 it came.", "2017-06-08", "14:30 C"),
    ("It was hit on Monday at 4:30 a.m.", "2017-06-05", "04:30"),
    ("It was hit at 4:30 a.m. on Monday.", "2017-06-05", "04:30"),
    ("It was hit at 11 p.m. Wednesday.", "2017-06-07", "23:00"),
    ("It was hit on 5 June at around 0215 hrs local time.", "2017-06-05", "02:15 local time"),
    ("It was hit on Tuesday shortly after 5 a.m.", "2017-06-06", "05:00"),
    ("It was hit on 2017-06-05T14:30Z.", "2017-06-05", "14:30 Z"),
    ("It was hit on 2017-06-05 14:30 UTC.", "2017-06-05", "14:30 UTC"),
    ("It was hit at noon on 5 June.", "2017-06-05", "12:00"),
]


@pytest.mark.parametrize(("text", "days"), [*STATED, *SPANS, *RELATIVE])
def test_days(text, days):
    found = list(dates.find(text, PUBLISHED))
    assert [told(when) for when in found] == [days]
    assert all(text[when.start : when.end] == when.text and when.basis for when in found)


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date(text):
    assert [when for when in dates.find(text, PUBLISHED) if not when.only_orders] == []


@pytest.mark.parametrize(("text", "days", "slack", "same_day", "follows"), BEFORE)
def test_what_counts_from_the_event_told_before(text, days, slack, same_day, follows):
    (when,) = dates.find(text, PUBLISHED)
    assert (when.offset_days, when.offset_slack, when.same_day, when.follows) == (
        days,
        slack,
        same_day,
        follows,
    )
    assert when.first is None
    day = resolved(when, date(2017, 1, 31))
    assert day.first is not None
    assert (day.last - day.first).days == 2 * slack
    assert day.precision == ("range" if slack else "day")


@pytest.mark.parametrize("text", ORDERS)
def test_words_that_only_put_one_event_behind_another(text):
    (when,) = dates.find(text, PUBLISHED)
    assert when.only_orders
    assert when.follows


def test_what_is_resolved_says_from_where():
    (when,) = dates.find("Two days later it fell.", None)
    day = resolved(when, date(2017, 2, 27))
    assert told(day) == "2017-03-01"
    assert "2017-02-27" in day.basis
    assert resolved(day, date(2000, 1, 1)) == day


def test_the_end_of_the_calendar_stops_no_resolving():
    (when,) = dates.find("Two days later it fell.", None)
    assert resolved(when, date.max).first is None


@pytest.mark.parametrize(("text", "times"), TIMES)
def test_times_of_day(text, times):
    found = list(clock_times.find(text))
    assert [clock(time) for time in found] == times
    assert all(text[time.start : time.end] == time.text for time in found)


@pytest.mark.parametrize(("text", "day", "time"), TIED)
def test_a_time_belongs_to_the_date_beside_it(text, day, time):
    (when,) = dates.find(text, PUBLISHED)
    assert when.time is not None
    assert (told(when), clock(when.time)) == (day, time)
    assert (when.time_start, when.time_end, when.time_zone) == (
        when.time.first,
        when.time.last,
        when.time.zone,
    )


def test_hedges_and_second_tellings_of_a_time_stay():
    (time,) = clock_times.find("It was hit shortly after 6 a.m. (0300 GMT).")
    assert (time.hedge, time.other) == ("shortly after", "03:00 GMT")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("early on Monday", "early"),
        ("on Monday morning", "morning"),
        ("on the night of 3 June", "night"),
        ("at dawn on Tuesday", "dawn"),
        ("overnight on Saturday", "overnight"),
        ("the night before", "night"),
        ("last night", "night"),
        ("on Monday", None),
    ],
)
def test_the_part_of_the_day_is_kept(text, part):
    (when,) = dates.find(text, PUBLISHED)
    assert when.part == part


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("in 1982", "1982-01-01"),
        ("on 7 June 2017", "2017-06-07"),
        ("in the 1990s", "1990-01-01"),
        ("from 3 to 5 June 2016", "2016-06-03"),
        ("in early 2015", "2015-01-01"),
        ("in the first week of June 2016", "2016-06-01"),
        ("on 7 June", None),
        ("yesterday", None),
        ("last week", None),
        ("two days ago", None),
        ("in mid-May", None),
        ("over the weekend", None),
        ("from Monday to Wednesday", None),
    ],
)
def test_without_a_day_of_publication_only_years_that_are_stated_help(text, first):
    found = list(dates.find(text, None))
    assert [str(when.first) if when.first else None for when in found] == (
        [first] if first else [None] * len(found)
    )
    assert found
    assert first or all("no date of publication" in when.basis for when in found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("BAMAKO, 4 July 2016 (Reuters) - Two soldiers were killed on Friday.", "2016-07-04"),
        ("GOMA, June 3, 2017 - Two soldiers were killed on Friday.", "2017-06-03"),
        ("Big blast\n\nGoma/Bukavu, 3 June 2017 – Two soldiers were killed.", "2017-06-03"),
        ("(Nairobi, 12 May 2017): Two camps were closed.", "2017-05-12"),
        ("GOMA, June 3 - Two soldiers were killed.", None),
        ("Two soldiers were killed on 3 June 2017 - the army said.", None),
        ("Aleppo, 3 June 2017: two killed.", None),
    ],
)
def test_the_day_of_a_dateline(text, day):
    found = dateline_day(text)
    assert (str(found) if found else None) == day


def test_the_date_of_a_dateline_is_marked():
    text = "GOMA, June 3 (Reuters) - Two soldiers were killed on Friday, 2 June."
    assert [(when.text, when.dateline) for when in dates.find(text, PUBLISHED)] == [
        ("June 3", True),
        ("Friday, 2 June", False),
    ]


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("They fought for two hours.", True),
        ("It lasted 40 minutes.", True),
        ("A three-hour battle followed.", True),
        ("They have fought for three days.", True),
        ("Shells fell over a period of about six hours.", True),
        ("After two hours of shelling they fled.", True),
        ("They fought for the past three days.", True),
        ("It burnt throughout a 12-hour siege.", True),
        ("It fell two hours later.", False),
        ("It fell two hours ago.", False),
        ("Two hours after the raid it fell.", False),
        ("It is a two-hour drive from here.", False),
        ("It was hit in the past 24 hours.", False),
        ("They got a 48-hour deadline.", False),
        ("He is 20 years old.", False),
        ("It fell within two hours.", False),
    ],
)
def test_how_long_something_lasted(text, long):
    nlp = spacy.blank("en")
    nlp.add_pipe("standoff_measures")
    assert bool(lasting.durations(nlp(text))) is long


@pytest.mark.parametrize(
    "piece",
    ["the ", "1 ", "12 ", "June ", "1 June ", "Monday ", "from Monday to ", "at 4 ", "the night of ", "a ", "1990 ",
     "12:", "0430 ", "\n", "A, ", "early ", "last ", "two ", "-", "1,", "3, ", "May 1 and ", " ", "(0430 GMT) ",
     "overnight ", "000,", "000\u00a0"],
)  # fmt: skip
def test_hostile_text_is_read_in_time_in_proportion(piece):
    # A quadratic reading of so much would take minutes.
    text = piece * (60_000 // len(piece))
    assert len(list(dates.find(text, PUBLISHED))) <= len(text)


@pytest.mark.parametrize(
    ("text", "word", "time"),
    [
        ("At 0430 gunmen boarded the tug.", "boarded", "04:30"),
        ("Gunmen boarded the tug at 0430 and fled at 0500.", "boarded", "04:30"),
        ("Gunmen boarded the tug at 0430 and fled at 0500.", "fled", "05:00"),
        ("Police said at 9 p.m. that gunmen had boarded the tug.", "boarded", None),
    ],
)
def test_the_time_of_a_clause(text, word, time):
    doc = annotate(report_from_text(text), Settings.of().pipeline, None)
    found = time_of(doc, next(token for token in doc if token.text == word))
    assert (found and found.first) == time
