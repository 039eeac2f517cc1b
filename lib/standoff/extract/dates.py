"""Words -> dates: what the report says of *when*, held against its date of publication.

Absolute dates are read by dateparser; the rules for weekdays and relative expressions
are ours. With no date of publication a relative expression keeps its words and has no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from standoff.extract import numbers
from standoff.extract.state import Taken, set_extension, text_of
from standoff.model import DatePrecision

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ABSOLUTE = re.compile(
    rf"\b(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    rf"|(?P<dmy>\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?:19|20)\d\d)?)"
    rf"|(?P<mdy>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?:19|20)\d\d)?)"
    rf"|(?P<my>{_MONTH}\s+(?:19|20)\d\d)"
    rf"|(?P<year>(?<=\bin )(?:19|20)\d\d))\b"
)
_RELATIVE = re.compile(
    rf"\b(?P<which>last|next|this)?\s*\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
    rf"|\b(?:in|since|last)\s+(?P<month>{_MONTH})(?!\w|\s+\d)"
    r"|\b(?P<yesterday>yesterday)\b|\b(?P<today>today|tonight|overnight|this (?:morning|afternoon|evening))\b"
    r"|\b(?P<period>(?:last|this|the past|recent)\s+(?:weeks?|months?|years?))\b"
    rf"|\b(?P<ago>{numbers.NUMBER})\s+(?P<unit>days?|weeks?|months?|years?)\s+ago\b"
    r"|\b(?P<later>(?:(?:just|some|several|a few|two|three|four|five|six)\s+)?(?:minutes|hours)\s+"
    r"(?:later|after\b|afterwards)"
    r"|an\s+hour\s+later|a short (?:time|while) later|shortly (?:after|afterwards)|(?:the )?same day|that (?:day|night))",
    re.IGNORECASE,
)
_NO_DAY = "outside the years 1 to 9999 of the calendar"
_NUMBERED_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class When:
    """A date expression: its words, and the days it means where that is known.

    ``same_day`` marks an expression that only says "not much after what was just told".
    """

    text: str
    start: int
    end: int
    first: date | None
    last: date | None
    precision: DatePrecision | None
    basis: str
    same_day: bool = False


set_extension("published")
set_extension("dates", list)


@Language.factory("standoff_dates", assigns=["doc._.dates"])
class DateFinder:
    """spaCy component: puts a list of `When` in ``doc._.dates``.

    The date of publication is read from ``doc._.published`` (ISO 8601 text or None).
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add the date expressions of one document, in text order."""
        published = date.fromisoformat(doc._.published) if doc._.published else None
        doc._.dates = sorted(find(text_of(doc), published), key=lambda when: when.start)
        return doc


def find(text: str, published: date | None) -> Iterator[When]:
    """Yield the date expressions of a text.

    Parameters
    ----------
    text : str
        The report's text.
    published : date or None
        The day of publication.

    Examples
    --------
    What the calendar cannot hold keeps its words and has no date.

    >>> [(w.text, w.first) for w in find("built 3000 years ago", date(2017, 6, 8))]
    [('3000 years ago', None)]
    >>> [str(w.first) for w in find("hit on 7 June after Tuesday's raid", date(2017, 6, 8))]
    ['2017-06-07', '2017-06-06']
    """
    taken = Taken(len(text))
    for match in _ABSOLUTE.finditer(text):
        when = _within_calendar(_absolute, match, published)
        if when:
            taken.add(when.start, when.end)
            yield when
    for match in _RELATIVE.finditer(text):
        if not taken.touches(match.start(), match.end()):
            when = _within_calendar(_relative, match, published)
            if when:
                yield when


def _within_calendar(
    read: Callable[[re.Match[str], date | None], When | None], match: re.Match[str], published: date | None
) -> When | None:
    """Return what was read, without days where they would be before year 1 or after 9999."""
    try:
        return read(match, published)
    except (OverflowError, ValueError):
        words = match[0].lstrip()
        start = match.end() - len(words)
        return When(words, start, match.end(), None, None, None, _NO_DAY)


def _absolute(match: re.Match[str], published: date | None) -> When | None:
    words, start, end = match[0].strip(), match.start(), match.end()
    has_year = bool(_NUMBERED_YEAR.search(words))
    if match["year"]:
        year = int(words)
        return When(words, start, end, date(year, 1, 1), date(year, 12, 31), "year", "stated")
    if not has_year and published is None:
        return When(words, start, end, None, None, "day", "no year is stated and no date of publication")
    day = _parse(words, published)
    if day is None:
        return None
    if match["my"]:
        last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return When(words, start, end, day.replace(day=1), last, "month", "stated")
    if has_year:
        return When(words, start, end, day, day, "day", "stated")
    if published and day > published + timedelta(days=60):
        day = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day
    return When(words, start, end, day, day, "day", f"year from publication {published}")


@lru_cache(maxsize=1_024)
def _parse(words: str, published: date | None) -> date | None:
    import dateparser

    clean = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|\bof\b|\.", "", words)
    settings = {"RELATIVE_BASE": _noon(published)} if published else {}
    found = dateparser.parse(clean, languages=["en"], settings={"STRICT_PARSING": False, **settings})
    return found.date() if found else None


def _noon(day: date):  # type: ignore[no-untyped-def]
    from datetime import datetime

    return datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001  dateparser wants a naive base


def _relative(match: re.Match[str], published: date | None) -> When:
    words, start, end = match[0], match.start(), match.end()
    words, start = words.lstrip(), end - len(words.lstrip())
    if match["later"]:
        return When(words, start, end, None, None, None, "after what was just told", same_day=True)
    if published is None:
        return When(words, start, end, None, None, None, "relative, and there is no date of publication")
    basis = f"relative to publication {published}"
    if match["weekday"]:
        day = _weekday(published, match["weekday"].lower(), (match["which"] or "").lower())
        return When(words, start, end, day, day, "day", basis)
    if match["yesterday"]:
        day = published - timedelta(days=1)
        return When(words, start, end, day, day, "day", basis)
    if match["today"]:
        first = published - timedelta(days=1) if match["today"].lower() == "overnight" else published
        return When(words, start, end, first, published, "day" if first == published else "range", basis)
    if match["month"]:
        return _bare_month(match, published)
    first, last, precision = _period(match, published)
    return When(words, start, end, first, last, precision, basis)


def _bare_month(match: re.Match[str], published: date) -> When:
    """Return the latest such month that began by the day of publication: "in April"."""
    number = _MONTHS.index(match["month"][:3].lower()) + 1
    year = published.year if number <= published.month else published.year - 1
    first = date(year, number, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    words, start = match["month"].rstrip("."), match.start("month")  # the full stop is the sentence's
    basis = f"year from publication {published}"
    return When(words, start, start + len(words), first, min(last, published), "month", basis)


def _weekday(published: date, name: str, which: str) -> date:
    """Return the latest such day not after publication; the next one after it for "next"."""
    back = (published.weekday() - _WEEKDAYS.index(name)) % 7
    if which == "next":
        return published + timedelta(days=7 - back)
    if which == "last" and back == 0:
        back = 7
    return published - timedelta(days=back)


def _period(match: re.Match[str], published: date) -> tuple[date, date, DatePrecision]:
    if match["ago"]:
        amount = numbers.parse(match["ago"])
        if amount is None:
            raise OverflowError  # too many digits to be a number
        days = {"d": 1, "w": 7, "m": 30, "y": 365}[match["unit"][0].lower()]
        day = published - timedelta(days=round(amount * days))
        slack = timedelta(days=0 if days == 1 else days // 2)
        return day - slack, min(day + slack, published), "day" if days == 1 else "range"
    words = match["period"].lower()
    monday = published - timedelta(days=published.weekday())
    if words == "last week":
        return monday - timedelta(days=7), monday - timedelta(days=1), "week"
    if words == "this week":
        return monday, published, "week"
    span = {"w": 7, "m": 30, "y": 365}[re.split(r"\s+", words)[-1][0]]
    reach = span * (6 if words.startswith("recent") else 2)
    return published - timedelta(days=reach), published, "range"
