"""Nights that are named by the days that they lie between: "the night from Friday to Saturday", "the night to Friday"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from standoff.extract.date_words import WEEKDAY, WEEKDAYS, S, latest_weekday
from standoff.extract.when import Rule, When, made, unanchored

_NIGHT = re.compile(
    rf"(?:the{S})?(?P<part>overnight|night){S}(?:(?:from|of|between){S}(?P<one>{WEEKDAY}){S}(?:to|into|and){S}|(?:to|into){S})"
    rf"(?P<two>{WEEKDAY})\b(?!['’]s)",
    re.IGNORECASE,
)


def _night(match: re.Match[str], published: date | None) -> When | None:
    """Return both days of a night; None where the two days do not follow each other."""
    one, two = match["one"], match["two"]
    if one and (WEEKDAYS.index(one.lower()) + 1) % 7 != WEEKDAYS.index(two.lower()):
        return None
    if published is None:
        return unanchored(match)
    last = latest_weekday(two, published)
    basis = f"relative to publication {published}"
    return made(match, last - timedelta(days=1), last, "range", basis, part=match["part"].lower())


RULES = (Rule(frozenset({"the", "night", "overnight"}), _NIGHT, _night),)
