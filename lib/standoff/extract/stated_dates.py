"""Words -> days that are stated: "7 June 2017", "June 7", "2017-06-07", "07.06.2017", "on the 14th", "3-5 June".

Where no year is stated it is that of the latest such day not much after publication. Days and months in digits with
slashes are read only where they can be read in one way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from standoff.extract.date_words import (
    MONTH,
    MONTH_STARTS,
    ORDINAL,
    TO,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    S,
    is_month,
    month_before,
    parsed,
    word_before,
)
from standoff.extract.when import Rule, When, alone, made, on_day, unanchored

#: A report may tell of a day to come: so many days ahead the year is still that of publication.
_AHEAD = timedelta(days=60)
_NO_YEAR = "no year is stated and no date of publication"
_LEAP = 9  # within so many years there is one with a 29 February
# Streets, towns and parties are named for days: "17 July Square", "March 14 alliance".
_NAMED_FOR = (
    r"(?!\s(?:Square|Street|Bridge|City|Hospital|University|Brigade|Movement|Alliance|Avenue|Stadium|Mosque|School"
    r"|District|Camp|Coalition|Airport|Barracks|alliance|coalition)\b)"
)
_NO_COUNT = r"(?!,[0-9]{3}(?![0-9])|[.:][0-9]|\s?%|\spercent\b|\sper\b)"
_BEHIND_DAY = (
    r"(?=\s*(?:[.,;:!?)\]–—-]|$)|\s+(?:at|in|on|when|as|and|or|but|after|before|by|near|around|the|a|an|to|from|with|of"
    r"|for|that|which|while|during|this|last|next|it|he|she|they|we|[12][0-9]{3}|[A-Z]\w*)\b)"
)
_REL = rf"{S}(?:of{S})?(?P<of>last|this){S}year\b"
_YEAR_BEHIND = rf"(?:(?:,\s{{0,9}}|{S}|-)(?P<year>{YEAR})|{_REL})?"
_MORE = rf"(?P<more>(?:,{S}{ORDINAL}){{0,6}}(?:,?{S}and{S}|{TO})(?={ORDINAL}))"
_NAME_OF_DAY = rf"(?:(?P<weekday>{WEEKDAY})(?:,?{S}(?:the{S})?|{S}?\())?"

_ISO = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<sep>[-/])(?P<month>[0-9]{2})(?P=sep)(?P<day>[0-9]{2})(?![0-9-]|\.[0-9])"
)
_DOTTED = re.compile(rf"(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.(?P<year>{YEAR})(?!\.[0-9])")
_SLASHED = re.compile(rf"(?P<one>[0-9]{{1,2}})(?P<sep>[/-])(?P<two>[0-9]{{1,2}})(?P=sep)(?P<year>{YEAR})")
_DMY = re.compile(
    rf"{_NAME_OF_DAY}(?:(?P<one>{ORDINAL}){_MORE})?(?P<day>{ORDINAL})(?:{S}(?:of{S})?|-)(?P<month>{MONTH})"
    rf"{_YEAR_BEHIND}\)?{_NAMED_FOR}(?!\w)",
    re.IGNORECASE,
)
_MDY = re.compile(
    rf"{_NAME_OF_DAY}(?P<month>{MONTH}){S}(?:the{S})?(?P<one>{ORDINAL}){_NO_COUNT}"
    rf"(?:{_MORE}(?P<day>{ORDINAL}){_NO_COUNT}(?=[^\s]|\s*$|{_BEHIND_DAY}))?"
    rf"(?:(?:,?{S}|,)(?P<year>{YEAR})|{_REL})?\)?{_NAMED_FOR}(?!\w)",
    re.IGNORECASE,
)
_ORDINAL_ALONE = re.compile(
    rf"the{S}(?P<day>(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th))\b"
    rf"(?:{S}of{S}(?P<which>this|last){S}month)?(?=\s*[.,;:!?)]|\s*$|\s+(?:at|in|when|as|and|near|the|it|he|she|they)\b)",
    re.IGNORECASE,
)
_BEFORE_ORDINAL = frozenset({"on", "since", "until", "till", "by"})
# "the September 11 attacks" are a name, as "the 9/11 attacks" are.
_A_NAME = re.compile(r"\s+(?:terror\w*\s+)?(?:attacks|hijack\w*)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\s+[a-z]")


def _iso(match: re.Match[str]) -> When | None:
    day = _valid(int(match["year"]), int(match["month"]), int(match["day"]))
    return on_day(match, day, "stated") if day else None


def _dotted(match: re.Match[str]) -> When | None:
    day = _valid(int(match["year"]), int(match["month"]), int(match["day"]))
    return on_day(match, day, "stated") if day else None


def _slashed(match: re.Match[str]) -> When | None:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    first, second = _valid(year, two, one), _valid(year, one, two)
    if first and second and first != second:
        return made(match, None, None, None, f"{one} may be the day or the month")
    day = first or second
    return on_day(match, day, "stated") if day else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dmy(match: re.Match[str], published: date | None) -> When | None:
    if not is_month(match["month"]) and not match["year"]:
        return None
    return _of_month(match, match["one"], match["day"], published)


def _mdy(match: re.Match[str], published: date | None) -> When | None:
    # "In June 20 people died" has no day.
    counted = not match["year"] and word_before(match.string, match.start()) in ("in", "during")
    if not is_month(match["month"]) or (counted and _COUNTED.match(match.string, match.end())):
        return None
    if match["day"]:
        return _of_month(match, match["one"], match["day"], published)
    return _of_month(match, None, match["one"], published)


def _of_month(match: re.Match[str], one: str | None, other: str, published: date | None) -> When | None:
    """Return the day, or the days from the one to the other, of the month that is named."""
    if _is_name(match):
        return None
    year = match["year"]
    if match["of"] and published:
        year = str(published.year - (match["of"].lower() == "last"))
    day, basis = stated_day(other, match["month"], year, published)
    if day is None:
        # Words that could be dated have a basis; what the calendar does not hold has none.
        return made(match, None, None, "day", basis) if basis else None
    if one is None:
        return _checked(on_day(match, day, basis), match["weekday"])
    first, _ = stated_day(one, match["month"], str(day.year), published)
    if first is None or first > day:
        return None
    return _checked(made(match, first, day, "range" if first < day else "day", basis), None)


def _is_name(match: re.Match[str]) -> bool:
    day = match["day"] or match["one"]
    nine_eleven = match["month"][:3].lower() == "sep" and day == "11"
    return nine_eleven and not match["year"] and bool(_A_NAME.match(match.string, match.end()))


def _checked(when: When, weekday: str | None) -> When:
    """Take a bracket that was not opened off the words, and say so where the day of the week is another."""
    if when.text.endswith(")") and "(" not in when.text:
        when = replace(when, text=when.text[:-1], end=when.end - 1)
    if weekday and when.first and when.first.weekday() != WEEKDAYS.index(weekday.lower()):
        return replace(when, basis=f"{when.basis}; that day is no {weekday}")
    return when


def stated_day(day: str, month: str, year: str | None, published: date | None) -> tuple[date | None, str]:
    """Return a day with its basis, its year inferred from publication where none is stated.

    Examples
    --------
    >>> stated_day("12", "December", None, date(2017, 6, 8))
    (datetime.date(2016, 12, 12), 'year from publication 2017-06-08')
    >>> stated_day("31", "June", "2017", None)
    (None, '')
    """
    number = re.sub(r"\D", "", day)
    if year:
        stated = parsed(number, month, int(year))
        return stated, "stated" if stated else ""
    if published is None:
        return None, _NO_YEAR
    latest = published + _AHEAD if published < date.max - _AHEAD else date.max
    years = range(latest.year, max(0, latest.year - _LEAP), -1)
    found = (parsed(number, month, year) for year in years)
    best = next((each for each in found if each and each <= latest), None)
    return best, f"year from publication {published}" if best else ""


def _ordinal(match: re.Match[str], published: date | None) -> When | None:
    if word_before(match.string, match.start()) not in _BEFORE_ORDINAL:
        return None
    if published is None:
        return unanchored(match)
    number = int(re.sub(r"\D", "", match["day"]))
    months = [1] if match["which"] == "last" else [0] if match["which"] else range(4)
    for back in months:
        first, last = month_before(published, back)
        day = first + timedelta(days=number - 1)
        if day <= last and (day <= published or match["which"]):
            return on_day(match, day, f"the latest such day by publication {published}")
    return None


_DIGITS = frozenset({"0"})
RULES = (
    Rule(_DIGITS, _ISO, alone(_iso)),
    Rule(_DIGITS, _DOTTED, alone(_dotted)),
    Rule(_DIGITS, _SLASHED, alone(_slashed)),
    Rule(_DIGITS | frozenset(WEEKDAYS), _DMY, _dmy),
    Rule(MONTH_STARTS | frozenset(WEEKDAYS), _MDY, _mdy),
    Rule(frozenset({"the"}), _ORDINAL_ALONE, _ordinal),
)
