"""Words -> dates: what the report says of *when*, held against its date of publication.

What an expression means is in rooms of its own: `stated_dates`, `date_spans`, `date_groups`, `relative_dates`, and
`told_before` for what counts from the event told before. Here a text is gone through word by word, so that only the
rules that can begin with a word are tried there. With no date of publication a relative expression keeps its words
and has no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc

from standoff.extract import (
    clock_times,
    date_groups,
    date_spans,
    night_dates,
    relative_dates,
    stated_dates,
    told_before,
)
from standoff.extract.clock_times import ClockTime
from standoff.extract.date_joins import is_dateline, joined, tied, with_part
from standoff.extract.state import set_extension, text_of
from standoff.extract.when import Rule, When, by_start, resolved

__all__ = ["ClockTime", "DateFinder", "When", "dateline_day", "find", "resolved"]

_WORD = re.compile(r"[A-Za-z]+|[0-9]+")
_NO_DAY = "outside the years 1 to 9999 of the calendar"
#: The first that reads something at a word has it: groups before days, days before months, those before years.
_RULES = by_start(
    chain(
        night_dates.RULES,
        date_groups.RULES,
        stated_dates.RULES,
        told_before.RULES,
        date_spans.RULES,
        relative_dates.RULES,
    )
)
_HEAD = 1_000
_NARROW, _GROUP = "\u2009\u202f\u00a0", 3  # spaces that part thousands

set_extension("published")
set_extension("dates", list)
set_extension("orders", list)
set_extension("times", list)


@Language.factory("standoff_dates", assigns=["doc._.dates", "doc._.orders", "doc._.times"])
class DateFinder:
    """spaCy component: puts a list of `When` in ``doc._.dates`` and one of `ClockTime` in ``doc._.times``.

    Words that tell of no day and only put an event behind another ("then") are in ``doc._.orders``.
    The date of publication is read from ``doc._.published`` (ISO 8601 text or None).
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add the date expressions and times of one document, in text order."""
        published = date.fromisoformat(doc._.published) if doc._.published else None
        text = text_of(doc)
        doc._.times = list(clock_times.find(text))
        found = _found(text, published, doc._.times)
        doc._.dates = [when for when in found if not when.only_orders]
        doc._.orders = [when for when in found if when.only_orders]
        return doc


def find(text: str, published: date | None) -> Iterator[When]:
    """Yield the date expressions of a text, in text order.

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
    >>> [(w.text, w.part, w.time_start) for w in find("hit early on Monday at 4.30 a.m.", date(2017, 6, 8))]
    [('early on Monday', 'early', '04:30')]
    """
    yield from _found(text, published, list(clock_times.find(text)))


def dateline_day(text: str) -> date | None:
    """Return the day in the dateline of a report, if it has one with a year: "BAMAKO, 4 July 2016 (Reuters) -".

    Examples
    --------
    >>> dateline_day("GOMA, June 3, 2017 - Two soldiers were killed.")
    datetime.date(2017, 6, 3)
    >>> dateline_day("GOMA, June 3 - Two soldiers were killed.") is None
    True
    """
    return next((when.first for when in find(text[:_HEAD], None) if when.dateline), None)


def _found(text: str, published: date | None, times: list[ClockTime]) -> list[When]:
    whens = joined(text, _days(text, published, times))
    return tied(text, [replace(w, dateline=True) if is_dateline(text, w) else w for w in whens], times)


def _days(text: str, published: date | None, times: list[ClockTime]) -> Iterator[When]:
    """Yield what the rules read, with the part of the day beside it; no two touch."""
    end = 0
    clock = {time.start: time.end for time in times}
    for word in _WORD.finditer(text):
        start, letters = word.start(), word[0]
        if start < end:
            continue
        rules = _RULES.get("0" if letters[0] <= "9" else letters.lower())
        if rules is None or (start and _is_inside(text, start, word.end())):
            continue
        if start in clock and "-" not in text[start : clock[start]]:
            continue
        when = _first(rules, text, start, published)
        if when is None:
            continue
        when = with_part(text, when)
        end = max(end, when.end)
        yield when


def _is_inside(text: str, start: int, end: int) -> bool:
    """Say whether a word goes on from a letter or digit, or is one more group of digits of a number: "1,000,000".

    A long number would else be read anew from each of its groups.
    """
    before = text[start - 1]
    if before.isalnum() or before == "_":
        return True
    if start < 2 or not (text[start].isdigit() and text[start - 2].isdigit()):
        return False
    return before in ",." or (before in _NARROW and end - start == _GROUP)


def _first(rules: list[Rule], text: str, start: int, published: date | None) -> When | None:
    """Return what the first rule reads at a place that reads anything."""
    for rule in rules:
        match = rule.pattern.match(text, start)
        if match is None:
            continue
        try:
            when = rule.read(match, published)
        except (OverflowError, ValueError):
            return When(match[0], match.start(), match.end(), None, None, None, _NO_DAY)
        if when is not None:
            return when
    return None
