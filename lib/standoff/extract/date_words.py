"""The words and small reckonings that all dates are made of."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: All that the name of a month can look like, in small letters: where a rule begins with one.
MONTH_STARTS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# An abbreviation keeps its full stop; that behind "June" ends the sentence.
_SHORT_MONTH = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
MONTH = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    rf"|{_SHORT_MONTH}(?:\.|\b))"
)
WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
YEAR = r"(?:1[5-9]|20)[0-9]{2}(?![0-9])"
#: White space within an expression; bounded, so that no pattern runs over a sea of it twice.
S = r"\s{1,9}"
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
ORDINAL = rf"(?:{DAY}|(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th))\b"
TO = r"(?:\s{0,3}[-–—/]\s{0,3}|\s{1,9}(?:to|and|or|until|till|through)\s{1,9})"
#: Days in one of a unit of time, by its first letters.
UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
# Small letters make a verb of some: "they march on", "he may".
_VERBS = frozenset({"may", "march", "mar", "dec", "sep", "jan", "oct", "jun", "nov"})
_BEFORE = re.compile(r"([^\W\d_]+)[\s(]{1,9}$")


def word_before(text: str, start: int) -> str:
    """Return the word right before a place in a text, in small letters; "" where there is none.

    Examples
    --------
    >>> word_before("it fell in 1982", 11), word_before("1982", 0)
    ('in', '')
    """
    found = _BEFORE.search(text[max(0, start - 30) : start])
    return found[1].lower() if found else ""


def month_number(word: str) -> int:
    """Return 1 to 12 for the name of a month.

    Examples
    --------
    >>> month_number("Sept."), month_number("may")
    (9, 5)
    """
    return _MONTHS.index(word[:3].lower()) + 1


def is_month(word: str) -> bool:
    """Say whether the word is written as a month is: "March", not "march".

    Examples
    --------
    >>> is_month("march"), is_month("March"), is_month("june")
    (False, True, True)
    """
    return word.rstrip(".") not in _VERBS


def month_days(year: int, month: int) -> tuple[date, date]:
    """Return the first and the last day of a month.

    Examples
    --------
    >>> [str(day) for day in month_days(2016, 2)]
    ['2016-02-01', '2016-02-29']
    """
    first = date(year, month, 1)
    if first.year == date.max.year and month == len(_MONTHS):
        return first, date.max
    return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def month_before(day: date, months: int = 1) -> tuple[date, date]:
    """Return the first and last day of the month so many before that of a day; after it, if negative.

    Raises
    ------
    ValueError
        Outside the calendar.
    """
    count = day.year * 12 + day.month - 1 - months
    return month_days(count // 12, count % 12 + 1)


def year_days(year: int) -> tuple[date, date]:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def latest_weekday(name: str, published: date) -> date:
    """Return the latest such day not after publication.

    Examples
    --------
    >>> str(latest_weekday("Friday", date(2017, 6, 8)))
    '2017-06-02'
    """
    return published - timedelta(days=(published.weekday() - WEEKDAYS.index(name.lower())) % 7)


@lru_cache(maxsize=4_096)
def parsed(day: str, month: str, year: int) -> date | None:
    """Return the day that words mean, read by dateparser; None where the calendar has no such day.

    Examples
    --------
    >>> str(parsed("7", "Sept.", 2017)), parsed("31", "June", 2017)
    ('2017-09-07', None)
    """
    import dateparser

    found = dateparser.parse(f"{day} {month.rstrip('.')} {year:04d}", languages=["en"])
    return found.date() if found and found.day == int(day) else None
