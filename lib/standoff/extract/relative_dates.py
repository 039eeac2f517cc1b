"""Words -> days counted from the day of publication: "Thursday", "yesterday", "last week", "two days ago".

A weekday is the latest one not after publication.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from standoff.extract import numbers
from standoff.extract.date_words import (
    UNIT_DAYS,
    WEEKDAY,
    WEEKDAYS,
    S,
    latest_weekday,
    month_before,
    word_before,
    year_days,
)
from standoff.extract.when import Rule, When, made, on_day, unanchored
from standoff.model import DatePrecision

_PAPERS = (
    r"(?!s\b|\s(?:Times|Telegraph|Mirror|Express|Mail|Independent|Tribune|World|Herald|Post|Standard|Star|Evening\sPost"
    r"|Night\s(?:Live|Football)|Mosque|Market|Club)\b)"
)
_WEEKDAY = re.compile(
    rf"(?:(?P<which>(?i:last|next|this|coming)){S})?(?P<weekday>(?i:{WEEKDAY}))\b{_PAPERS}"
    rf"(?:{S}(?:of{S})?(?P<week>(?i:last|this|next)){S}week\b)?"
)
_NAMES = frozenset(
    "first second third fourth fifth bloody black good easter palm ash super cyber holy sheffield ruby shrove maundy "
    "whit every each any most".split()
)
_YESTERDAY = re.compile(
    rf"the{S}day{S}before{S}(?P<two>yesterday)\b|(?P<yesterday>yesterday)\b|(?P<tomorrow>tomorrow)\b",
    re.IGNORECASE,
)
_TODAY = re.compile(
    rf"(?:earlier{S}today|today)\b|(?P<tonight>tonight)\b|this{S}(?P<part>morning|afternoon|evening)\b",
    re.IGNORECASE,
)
_LAST_NIGHT = re.compile(rf"(?:late{S}|early{S})?last{S}(?P<part>night|evening)\b", re.IGNORECASE)
_OVERNIGHT = re.compile(
    rf"overnight\b(?!{S}(?:(?:on|into|from|between){S})?(?:{WEEKDAY}|[0-9]))", re.IGNORECASE
)
_CALENDAR = re.compile(
    rf"(?:(?P<side>earlier|later){S})?(?P<which>last|this|next|the{S}current){S}(?P<unit>week|month|year)\b(?!-|{S}(?:ago|earlier|later))",
    re.IGNORECASE,
)
_WEEKEND = re.compile(
    rf"(?:(?P<which>last|this|the)(?:{S}past)?{S})?weekend\b(?!{S}(?:of|after|before|when)\b)", re.IGNORECASE
)
COUNT = rf"(?:{numbers.NUMBER}|{numbers.VAGUE}|several|some|few|couple{S}of|an?)"
_UNITS = r"(?P<unit>hour|day|week|fortnight|month|year|decade)s?"
_PAST = re.compile(
    rf"(?:(?P<the>the|these){S})?(?:past|(?P<last>last)|previous(?=\s+[0-9a-z]+\s+(?:hour|day|week))){S}(?:(?P<n>{COUNT}){S})?{_UNITS}\b(?!{S}(?:ago|earlier|later|of)\b)"
    rf"|(?P<recent>recent){S}(?P<units>day|week|month|year)s\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    rf"(?:only{S}|just{S})?(?P<n>{COUNT})(?:{S}|-){_UNITS}{S}ago\b|(?P<some>hour|day|week|month|year)s{S}ago\b",
    re.IGNORECASE,
)
_RECENT = 6  # "recent weeks" are so many
_SOME = 4
NUMBER_STARTS = frozenset(
    "0 a an one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred half several some few couple "
    "dozens just only tens hundreds thousands many".split()
)


def _weekday(match: re.Match[str], published: date | None) -> When | None:
    word = word_before(match.string, match.start())
    if word in _NAMES or (word == "a" and match["which"] is None):
        return None
    if published is None:
        return unanchored(match)
    name, which, week = match["weekday"], (match["which"] or "").lower(), (match["week"] or "").lower()
    basis = f"relative to publication {published}"
    if week or which == "this":
        weeks = {"last": -1, "next": 1}.get(week, 0)
        monday = published - timedelta(days=published.weekday())
        return on_day(match, monday + timedelta(days=7 * weeks + WEEKDAYS.index(name.lower())), basis)
    day = latest_weekday(name, published)
    if which in ("next", "coming") or (which == "last" and day == published):
        day += timedelta(days=7 if which != "last" else -7)
    return on_day(match, day, basis)


def _yesterday(match: re.Match[str], published: date | None) -> When:
    if published is None:
        return unanchored(match)
    days = -2 if match["two"] else -1 if match["yesterday"] else 1
    return on_day(match, published + timedelta(days=days), f"relative to publication {published}")


def _today(match: re.Match[str], published: date | None) -> When:
    if published is None:
        return unanchored(match)
    part = "night" if match["tonight"] else match["part"]
    return on_day(match, published, f"relative to publication {published}", part=part and part.lower())


def _last_night(match: re.Match[str], published: date | None) -> When:
    if published is None:
        return unanchored(match)
    day, basis = published - timedelta(days=1), f"relative to publication {published}"
    return on_day(match, day, basis, part=match["part"].lower())


def _overnight(match: re.Match[str], published: date | None) -> When:
    if published is None:
        return unanchored(match)
    basis = f"relative to publication {published}"
    return made(match, published - timedelta(days=1), published, "range", basis, part="overnight")


def _calendar(match: re.Match[str], published: date | None) -> When | None:
    """Return the week, month or year of the calendar: of "this" one what is over by publication."""
    if word_before(match.string, match.start()) == "the":
        return None
    if published is None:
        return unanchored(match)
    which, unit = match["which"].lower(), match["unit"].lower()
    step = {"last": -1, "next": 1}.get(which, 0)
    precision: DatePrecision
    if unit == "week":
        first = published + timedelta(days=7 * step - published.weekday())
        last, precision = first + timedelta(days=6), "week"
    elif unit == "month":
        (first, last), precision = month_before(published, -step), "month"
    else:
        (first, last), precision = year_days(published.year + step), "year"
    if step == 0:
        is_ahead = (match["side"] or "").lower() == "later"
        first, last = (published, last) if is_ahead else (first, published)
    return made(match, first, last, precision, f"relative to publication {published}")


def _weekend(match: re.Match[str], published: date | None) -> When | None:
    which = (match["which"] or "").lower()
    if not which:
        return None
    if published is None:
        return unanchored(match)
    first = latest_weekday("saturday", published)
    if which == "last" and (published - first).days < 2:
        first -= timedelta(days=7)
    last = min(first + timedelta(days=1), published)
    return made(
        match, first, last, "range" if first < last else "day", f"relative to publication {published}"
    )


def _past(match: re.Match[str], published: date | None) -> When | None:
    """Return the days up to publication: "the past week", "recent months", "the last 48 hours"."""
    unit = (match["unit"] or match["units"]).lower()
    bare = match["n"] is None and match["recent"] is None
    # "the last week" is the past one, "last week" that of the calendar, and rooms "last five days"
    if match["unit"] and match["last"] and not match["the"]:
        return None
    if published is None:
        return unanchored(match)
    count = counted(match["n"]) if match["n"] else 1.0
    if match["recent"] or (bare and match[0].lower().endswith("s")):
        count = _RECENT
    days = max(1, -(-round(count) // 24)) if unit == "hour" else round(count * UNIT_DAYS[unit])
    return made(
        match, published - timedelta(days=days), published, "range", f"relative to publication {published}"
    )


def _ago(match: re.Match[str], published: date | None) -> When:
    if published is None:
        return unanchored(match)
    unit = (match["unit"] or match["some"]).lower()
    count = counted(match["n"]) if match["n"] else _SOME
    basis = f"relative to publication {published}"
    if unit == "hour":
        days = max(1, round(count / 24))
        return made(match, published - timedelta(days=days), published, "range", basis)
    day = published - timedelta(days=round(count * UNIT_DAYS[unit]))
    slack = timedelta(days=slack_days(match["n"] or "", count, UNIT_DAYS[unit]))
    return made(match, day - slack, min(day + slack, published), "range" if slack else "day", basis)


def slack_days(words: str, count: float, unit: int) -> int:
    """Return how many days either side words may mean: half a unit, a day for days that are only hinted at.

    Examples
    --------
    >>> slack_days("two", 2, 1), slack_days("a", 1, 7), slack_days("several", 6, 1)
    (0, 3, 3)
    """
    if words.lower() in ("a", "an") or (words and numbers.parse(words) is not None):
        return 0 if unit == 1 else unit // 2
    return round(count * unit / 2)


def counted(words: str) -> float:
    """Return the number that words state or hint at.

    Raises
    ------
    OverflowError
        If they have too many digits to be a number.
    """
    plain = {"some": "several", "few": "a few", "a": "one", "an": "one"}.get(words.lower(), words)
    number = numbers.read(plain)
    if number is None:
        raise OverflowError
    return number.value


RULES = (
    Rule(frozenset({*WEEKDAYS, "last", "next", "this", "coming"}), _WEEKDAY, _weekday),
    Rule(frozenset({"the", "yesterday", "tomorrow"}), _YESTERDAY, _yesterday),
    Rule(frozenset({"today", "tonight", "this", "earlier"}), _TODAY, _today),
    Rule(frozenset({"last", "late", "early"}), _LAST_NIGHT, _last_night),
    Rule(frozenset({"overnight"}), _OVERNIGHT, _overnight),
    Rule(frozenset({"earlier", "later", "last", "this", "next", "the"}), _CALENDAR, _calendar),
    Rule(frozenset({"last", "this", "the"}), _WEEKEND, _weekend),
    Rule(frozenset({"the", "these", "past", "last", "previous", "recent"}), _PAST, _past),
    Rule(NUMBER_STARTS | frozenset("hours days weeks months years".split()), _AGO, _ago),
)
