"""Date-time groups of signals: "081430Z JUN 17", "190445ZMAR2016", "071200UTC JUN 17"; "19 MAR 16" beside a time."""

from __future__ import annotations

import re
from datetime import date

from standoff.extract.clock_times import ClockTime
from standoff.extract.date_words import month_before, parsed
from standoff.extract.when import Rule, When, made, on_day

_MON = r"(?P<month>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)[A-Z]{0,6}"
_GROUP = re.compile(
    rf"(?P<day>[0-3][0-9])(?P<hour>[0-2][0-9])(?P<minute>[0-5][0-9])\s?(?P<zone>UTC|GMT|[A-Z])\s?{_MON}\s?(?P<year>(?:19|20)?[0-9]{{2}})(?![0-9])"
)
_BARE = re.compile(
    r"(?P<day>[0-3][0-9])(?P<hour>[0-2][0-9])(?P<minute>[0-5][0-9])(?P<zone>Z|UTC)(?![A-Za-z0-9])"
)
_SHORT = re.compile(
    rf"(?P<day>[0-3]?[0-9])\s?{_MON}\s?(?P<year>(?:19|20)[0-9]{{2}}|[0-9]{{2}})(?![0-9]|[.,:][0-9])"
)
_CENTURY = 100
_DEFAULT_YEAR = 2060  # without a day of publication "60" is 1960


def _group(match: re.Match[str], published: date | None) -> When | None:
    day = parsed(match["day"], match["month"], _year(match["year"], published))
    return _timed(match, day, "stated") if day else None


def _bare(match: re.Match[str], published: date | None) -> When | None:
    """Return the latest such day by publication: "081430Z" with no month."""
    if published is None:
        return made(match, None, None, None, "no month is stated and no date of publication")
    for back in range(3):
        first, last = month_before(published, back)
        number = int(match["day"])
        if 1 <= number <= last.day and first.replace(day=number) <= published:
            basis = f"the latest such day by publication {published}"
            return _timed(match, first.replace(day=number), basis)
    return None


def _short(match: re.Match[str], published: date | None) -> When | None:
    day = parsed(match["day"], match["month"], _year(match["year"], published))
    return on_day(match, day, "stated") if day else None


def _year(digits: str, published: date | None) -> int:
    """Return the year of two or four digits: of two, the latest not after the year of publication."""
    if len(digits) > 2:
        return int(digits)
    latest = published.year + 1 if published else _DEFAULT_YEAR
    year = latest - latest % _CENTURY + int(digits)
    return year if year <= latest else year - _CENTURY


def _timed(match: re.Match[str], day: date, basis: str) -> When | None:
    hour, minute = match["hour"], match["minute"]
    if int(hour) > 23:
        return None
    time = ClockTime(match[0], match.start(), match.end(), f"{hour}:{minute}", None, match["zone"])
    return made(match, day, day, "day", basis, time=time)


_DIGITS = frozenset({"0"})
RULES = (Rule(_DIGITS, _GROUP, _group), Rule(_DIGITS, _BARE, _bare), Rule(_DIGITS, _SHORT, _short))
