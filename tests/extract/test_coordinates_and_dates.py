"""Positions and dates as reports write them."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.extract import coordinates, dates


@pytest.mark.parametrize(
    ("text", "lat", "lon", "precision_m"),
    [
        ("03:24N – 001:21E", 3.4, 1.35, 927),
        ("01-33.1N 104-47.0E", 1.551667, 104.783333, 93),
        ("33°30'20\"N 38°37'05\"E", 33.505556, 38.618056, 15),
        ("N33 30.3 E38 37.1", 33.505, 38.618333, 93),
        ("at 55°24′S 61°32′W, to the south", -55.4, -61.533333, 927),
        ("33.50583, 38.61778", 33.50583, 38.61778, 1),
        ("12 degrees 30 minutes north, 45 degrees 10 minutes east", 12.5, 45.166667, 927),
    ],
)
def test_positions(text, lat, lon, precision_m):
    (found,) = coordinates.find(text)
    assert (found.lat, found.lon) == (pytest.approx(lat, abs=1e-5), pytest.approx(lon, abs=1e-5))
    assert found.precision_m == pytest.approx(precision_m, rel=0.05)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "91 N 20 E",
        "12 N 200 E",
        "score 3-2, 4-1",
        "call 555-1234 555-9876",
        "on 12-05-2017, 13:30",
        "1.5, 2.5",
        "12 N 12 N",
    ],
)
def test_nonsense_is_refused(text):
    assert list(coordinates.find(text)) == []


PUBLISHED = date(2017, 6, 8)  # a Thursday


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("on Thursday", "2017-06-08", "2017-06-08", "day"),
        ("on Tuesday", "2017-06-06", "2017-06-06", "day"),
        ("last Thursday", "2017-06-01", "2017-06-01", "day"),
        ("on 7 June", "2017-06-07", "2017-06-07", "day"),
        ("on December 12", "2016-12-12", "2016-12-12", "day"),
        ("June 6, 2017", "2017-06-06", "2017-06-06", "day"),
        ("in June 2017", "2017-06-01", "2017-06-30", "month"),
        ("in 1982", "1982-01-01", "1982-12-31", "year"),
        ("yesterday", "2017-06-07", "2017-06-07", "day"),
        ("last week", "2017-05-29", "2017-06-04", "week"),
        ("overnight", "2017-06-07", "2017-06-08", "range"),
    ],
)
def test_dates_against_the_day_of_publication(text, first, last, precision):
    (when,) = dates.find(text, PUBLISHED)
    assert (str(when.first), str(when.last), when.precision) == (first, last, precision)


def test_without_a_day_of_publication_the_words_stay():
    (when,) = dates.find("on Tuesday", None)
    assert (when.text, when.first) == ("Tuesday", None)
    assert "no date of publication" in when.basis


@pytest.mark.parametrize("text", ["he may 3", "in the 1982nd row", "march on", ""])
def test_what_is_no_date(text):
    assert list(dates.find(text, PUBLISHED)) == []


@pytest.mark.parametrize(
    "words",
    [
        "3000 years ago",
        "20,000 years ago",
        "1000000 days ago",
        "99999999999 years ago",
        f"{'9' * 400} days ago",
    ],
    ids=lambda words: words[:20],
)
def test_what_is_before_the_calendar_keeps_its_words_and_says_why(words):
    (found,) = dates.find(f"A drone struck Aleppo {words}.", date(2017, 6, 8))
    assert (found.text, found.first, found.last, found.precision) == (words, None, None, None)
    assert "calendar" in found.basis


@pytest.mark.parametrize("published", [date.min, date.max])
@pytest.mark.parametrize(
    "words",
    "yesterday,overnight,last week,next Monday,last Monday,in December,in January,3 January,31 December,last month,"
    "29 February,this week,recent years,two days ago,in 2017,12 May 2017".split(","),
)
def test_the_ends_of_the_calendar_stop_no_reading(words, published):
    for found in dates.find(f"A drone struck Aleppo {words}.", published):
        assert found.basis
        assert (found.first is None) == (found.last is None)
