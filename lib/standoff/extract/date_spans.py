"""Words -> stretches of the calendar that are stated: months, years, decades, seasons and parts of them.

"early" is the first third, "late" the last; "the beginning" and "the end" of a month are a week.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from standoff.extract.date_words import (
    MONTH,
    MONTH_STARTS,
    YEAR,
    S,
    is_month,
    month_before,
    month_days,
    month_number,
    word_before,
    year_days,
)
from standoff.extract.stated_dates import stated_day
from standoff.extract.when import Rule, When, alone, made, unanchored

_PART = rf"(?:early|late|mid|middle|beginning|start|end|first{S}half|second{S}half)"
_MONTH_YEAR = re.compile(
    rf"(?P<month>{MONTH})(?:,?{S}(?:of{S})?|-)(?P<year>{YEAR})(?!\w|-[0-9])", re.IGNORECASE
)
_MONTH_ALONE = re.compile(
    rf"(?P<core>(?P<month>{MONTH})(?:{S}(?:of{S})?(?P<of>last|this){S}year\b)?)(?!\w|-\w|’|'|\s{{1,3}}[0-9])",
    re.IGNORECASE,
)
_AFTER_MONTH = re.compile(rf"\b(?:in|between|during|since|of){S}{MONTH}{S}(?:and|or){S}$", re.IGNORECASE)
_PARTLY = re.compile(
    rf"(?:the{S})?(?:very{S})?(?P<part>{_PART})(?:-|{S})(?:(?:of|in){S})?"
    rf"(?:(?P<month>{MONTH})(?!{S}[0-9]{{1,2}}(?![0-9]))(?:,?{S}(?P<year>{YEAR}))?|(?P<only>{YEAR})(?!s)"
    rf"|(?P<last>last|this){S}(?P<unit>month|year)|(?P<decade>(?:19|20)[0-9]0)s)(?!\w)",
    re.IGNORECASE,
)
_WEEK_OF_MONTH = re.compile(
    rf"(?:the{S})?(?P<which>first|second|third|fourth|last|final){S}week(?:end)?{S}(?:of|in){S}(?P<month>{MONTH})(?:,?{S}(?P<year>{YEAR}))?(?!\w)",
    re.IGNORECASE,
)
_WEEK_OF_DAY = re.compile(
    rf"(?:the{S})?(?P<unit>week|weekend)(?:{S}(?:commencing|beginning|starting|(?P<ending>ending|to)(?:{S}on)?))?{S}(?:of{S})?(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{S}(?P<month>{MONTH})"
    rf"|(?P<month2>{MONTH}){S}(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]))(?:,?{S}(?P<year>{YEAR}))?(?!\w)",
    re.IGNORECASE,
)
_SEASON = re.compile(
    rf"(?:the{S})?(?P<season>spring|summer|autumn|fall|winter){S}(?:of{S})?(?P<year>{YEAR})(?:[-–/][0-9]{{2,4}})?(?!\w)",
    re.IGNORECASE,
)
_LAST_SEASON = re.compile(
    rf"(?P<which>last|this){S}(?P<season>spring|summer|autumn|fall|winter)\b", re.IGNORECASE
)
_DECADE = re.compile(r"(?:the\s{1,9})?(?P<decade>(?:19|20)[0-9]0)['’]?s\b", re.IGNORECASE)
_YEAR = re.compile(rf"(?P<core>(?P<year>{YEAR}))(?![\w°º′%/]|[.,:][0-9]|-\w)")
_YEARS = re.compile(
    rf"(?P<year>{YEAR})(?:[-–—/])(?P<last>{YEAR}|[0-9]{{2}}(?![0-9]))(?![\w°º′%/-]|[.,:][0-9])"
)

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_BEFORE_MONTH = frozenset(
    "in since last during of by until till from between to through throughout before after".split()
)
#: Of these alone a year stands behind: a number behind "by" or "of" may be a count.
_BEFORE_YEAR = frozenset("in since during throughout until till before".split())
_BEFORE_YEAR_OR_COUNT = frozenset("by of from between to after around late early and".split())
_BEFORE_YEARS = _BEFORE_YEAR | _BEFORE_YEAR_OR_COUNT | {"the"}
_ENDS = re.compile(
    r"\s*(?:[.,;:!?)\]–—-]|$|(?:and|or|but|to|until|till|by|when|as|after|before|in|on|at|the|for|with|that|which|while|while"
    r"|war|was|were|is|has|had|it|he|she|they|there|through)\b)"
)
_MODERN = 1900
_UNIT = re.compile(
    r"\s*(?:m|km|metres?|meters?|feet|ft|miles?|kg|tonnes?|tons?|dollars|euros|people|men|women|barrels|hours|hrs|UTC|GMT|LT|Z|votes|acres"
    r"|hectares|homes|cases|degrees)\b"
)
_NAME_BEHIND = re.compile(r"\s[A-Z][a-z]")


def _month_year(match: re.Match[str]) -> When | None:
    if not is_month(match["month"]) or word_before(match.string, match.start()) == "black":
        return None
    return made(match, *month_days(int(match["year"]), month_number(match["month"])), "month", "stated")


def _month_alone(match: re.Match[str], published: date | None) -> When | None:
    """Return the latest such month that began by the day of publication: "in April"."""
    word = word_before(match.string, match.start())
    if word in ("and", "or") and _AFTER_MONTH.search(
        match.string[max(0, match.start() - 40) : match.start()]
    ):
        word = "in"
    if word not in _BEFORE_MONTH or not is_month(match["month"]) or match["month"].endswith("."):
        return None
    # "by June Smith" is a person; "in June Iraqi forces" is not
    if word not in ("in", "since", "last", "during") and _NAME_BEHIND.match(match.string, match.end()):
        return None
    if published is None:
        return unanchored(match)
    if match["of"]:
        year = published.year - (match["of"].lower() == "last")
        (first, last), basis = (
            month_days(year, month_number(match["month"])),
            f"relative to publication {published}",
        )
    else:
        first, last, basis = _latest_month(match["month"], published)
    return made(match, first, max(first, min(last, published)), "month", basis)


def _latest_month(month: str, published: date) -> tuple[date, date, str]:
    number = month_number(month)
    year = published.year if number <= published.month else published.year - 1
    return *month_days(year, number), f"year from publication {published}"


def _partly(match: re.Match[str], published: date | None) -> When | None:
    basis = "stated"
    if match["month"]:
        if not is_month(match["month"]):
            return None
        if match["year"]:
            first, last = month_days(int(match["year"]), month_number(match["month"]))
        elif published is None:
            return unanchored(match)
        else:
            first, last, basis = _latest_month(match["month"], published)
    elif match["only"]:
        first, last = year_days(int(match["only"]))
    elif match["decade"]:
        first, last = date(int(match["decade"]), 1, 1), date(int(match["decade"]) + 9, 12, 31)
    elif published is None:
        return unanchored(match)
    else:
        back = 1 if match["last"].lower() == "last" else 0
        basis = f"relative to publication {published}"
        is_month_unit = match["unit"].lower() == "month"
        first, last = month_before(published, back) if is_month_unit else year_days(published.year - back)
    return made(match, *_part_of(first, last, match["part"].lower()), "range", basis)


def _part_of(first: date, last: date, part: str) -> tuple[date, date]:
    """Return the days of a part of a month, a year or a decade."""
    days = (last - first).days + 1
    if days < 32:
        bounds = {"early": (1, 10), "beginning": (1, 7), "start": (1, 7), "mid": (11, 20), "middle": (11, 20),
                  "late": (21, days), "end": (days - 6, days)}.get(part)  # fmt: skip
        one, other = bounds or ((1, 15) if part.startswith("first") else (16, days))
        return first.replace(day=one), first.replace(day=other)
    if days > 366:
        years = {
            "early": (0, 3),
            "beginning": (0, 2),
            "start": (0, 2),
            "mid": (4, 6),
            "middle": (4, 6),
            "late": (7, 9),
        }
        one, other = years.get(part) or (
            (8, 9) if part == "end" else (0, 4) if part.startswith("first") else (5, 9)
        )
        return first.replace(year=first.year + one), last.replace(year=first.year + other)
    months = 12
    third, half, end = months // 3, months // 2, months // 4
    begin, stop = {
        "early": (0, third), "mid": (third, 2 * third), "middle": (third, 2 * third), "late": (2 * third, months),
        "beginning": (0, end), "start": (0, end), "end": (months - end, months),
    }.get(part) or ((0, half) if part.startswith("first") else (half, months))  # fmt: skip
    return month_before(first, -begin)[0], month_before(first, -(stop - 1))[1]


def _week_of_month(match: re.Match[str], published: date | None) -> When | None:
    if not is_month(match["month"]):
        return None
    if match["year"]:
        (first, last), basis = month_days(int(match["year"]), month_number(match["month"])), "stated"
    elif published is None:
        return unanchored(match)
    else:
        first, last, basis = _latest_month(match["month"], published)
    which = match["which"].lower()
    if which in ("last", "final"):
        return made(match, last - timedelta(days=6), last, "week", basis)
    begin = first + timedelta(days=7 * ("first", "second", "third", "fourth").index(which))
    return made(match, begin, begin + timedelta(days=6), "week", basis)


def _week_of_day(match: re.Match[str], published: date | None) -> When | None:
    day, basis = stated_day(
        match["day"] or match["day2"], match["month"] or match["month2"], match["year"], published
    )
    if day is None:
        return made(match, None, None, None, basis) if basis else None
    monday = day - timedelta(days=day.weekday())
    is_week = match["unit"].lower() == "week"
    if match["ending"]:
        return made(match, day - timedelta(days=6), day, "week", basis)
    first = monday if is_week else monday + timedelta(days=5)
    return made(match, first, monday + timedelta(days=6), "week" if is_week else "range", basis)


def _season_of(match: re.Match[str]) -> When:
    return made(
        match, *_season_days(match["season"], int(match["year"])), "range", "stated; a season of the north"
    )


def _season_days(season: str, year: int) -> tuple[date, date]:
    first = date(year, _SEASONS[season.lower()], 1)
    return first, month_before(first, -2)[1]


def _last_season(match: re.Match[str], published: date | None) -> When | None:
    """Return the latest such season: for "last" the latest that is over."""
    if published is None:
        return unanchored(match)
    is_last = match["which"].lower() == "last"
    for year in range(published.year, published.year - 3, -1):
        first, last = _season_days(match["season"], year)
        if (last if is_last else first) <= published:
            basis = f"relative to publication {published}; a season of the north"
            return made(match, first, min(last, published), "range", basis)
    return None


def _decade_of(match: re.Match[str]) -> When:
    first = int(match["decade"])
    return made(match, date(first, 1, 1), date(first + 9, 12, 31), "range", "stated")


def _year(match: re.Match[str]) -> When | None:
    word = word_before(match.string, match.start())
    if word not in _BEFORE_YEAR | _BEFORE_YEAR_OR_COUNT or _UNIT.match(match.string, match.end()):
        return None
    # "in 1884" is a year, "between 1800 and 2200" are hours as often
    if word in _BEFORE_YEAR_OR_COUNT and int(match["year"]) < _MODERN:
        return None
    if word in _BEFORE_YEAR_OR_COUNT and not _ENDS.match(match.string, match.end()):
        return None
    return made(match, *year_days(int(match["year"])), "year", "stated")


def _years(match: re.Match[str]) -> When | None:
    first = int(match["year"])
    last = int(match["last"]) if len(match["last"]) > 2 else first - first % 100 + int(match["last"])
    word = word_before(match.string, match.start())
    if first >= last or (
        word not in _BEFORE_YEARS and match.string[match.start() - 1 : match.start()] != "("
    ):
        return None
    return made(match, date(first, 1, 1), date(last, 12, 31), "range", "stated")


_DIGITS = frozenset({"0"})
RULES = (
    Rule(
        frozenset("the early late mid middle beginning start end first second very".split()), _PARTLY, _partly
    ),
    Rule(frozenset("the first second third fourth last final".split()), _WEEK_OF_MONTH, _week_of_month),
    Rule(frozenset({"the", "week", "weekend"}), _WEEK_OF_DAY, _week_of_day),
    Rule(frozenset({"the", *_SEASONS}), _SEASON, alone(_season_of)),
    Rule(frozenset({"last", "this"}), _LAST_SEASON, _last_season),
    Rule(MONTH_STARTS, _MONTH_YEAR, alone(_month_year)),
    Rule(MONTH_STARTS, _MONTH_ALONE, _month_alone),
    Rule(_DIGITS | frozenset({"the"}), _DECADE, alone(_decade_of)),
    Rule(_DIGITS, _YEARS, alone(_years)),
    Rule(_DIGITS, _YEAR, alone(_year)),
)
