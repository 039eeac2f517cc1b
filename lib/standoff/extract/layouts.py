"""Names that stand where reports put places: in a dateline, and in a list with a count for each.

Only the form is judged here, and whether a name is known; who decides is the judge of names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from spacy.tokens import Doc

from standoff.extract.evidence import EVERYDAY, GIVEN_NAMES

_WORD = r"(?:(?![a-z])|(?=(?:al|el|ad|ar|as|ash|az|de|la|of|upon|on)\b))[^\W\d_]+"
_NAME = rf"(?![a-z])[^\W\d_]+(?:[ .'’-]{{1,2}}{_WORD}){{0,3}}\.?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DATELINE = re.compile(
    rf"(?P<name>{_NAME})(?:/(?P<second>{_NAME}))?(?:, (?P<holder>{_NAME}))??(?P<date>, {_DAY})?"
    r"(?P<agency> \([^()\n]{2,40}\))?(?P<end> ?: | ?\| | ?(?:—|–|--|-) )(?=\S)"
)
_SPEAKER = re.compile(r"^[ \t]*(?P<name>[A-Z]+(?: [A-Z]+)?): ", re.MULTILINE)
_WORDS = r"(?: [a-z]+){0,3}"
_ITEM = re.compile(rf"(?P<name>{_NAME}) ?(?:\(\d[\d,]*{_WORDS}\)|: \d[\d,]*{_WORDS}(?=[;,.\n]|$))")
_BETWEEN = re.compile(r"(?:[,;.]? |[,;]? and |\n[-*•]? ?)?")
#: Lists of people with numbers (scorers, ages) and speakers bear names of villages, too; of cities they bear few.
_LARGE = 50_000


def laid_out(doc: Doc, senses: Callable[[str], Sequence[Any]]) -> set[int]:
    """Return the tokens at which a known name begins that its layout makes a place.

    Parameters
    ----------
    doc : Doc
    senses : callable
        What the lexicon knows of a name, the best first.
    """
    text = doc.text
    spans = [*_datelines(text, senses), *_lists(text, senses)]
    found = (doc.char_span(start, end) for start, end in spans)
    return {span.start for span in found if span is not None}


def _datelines(text: str, senses: Callable[[str], Sequence[Any]]) -> Iterator[tuple[int, int]]:
    begins = [match.end() for match in re.finditer(r"^[ \t]*", text, re.MULTILINE)]
    found = [match for begin in begins if (match := _DATELINE.match(text, begin))]
    times = Counter(match["name"] for match in found)
    for match in found:
        # Who says "JORDAN: ..." twice is a speaker.
        is_once = times[match["name"]] == 1
        if _is_dateline(match, senses, is_once=is_once):
            yield match.span("name")
            if match["second"] and senses(match["second"]):
                yield match.span("second")


def speakers(doc: Doc, senses: Callable[[str], Sequence[Any]]) -> set[int]:
    """Return the tokens at which names stand that speak: of a line of capitals and a colon, "CLINTON: Thank you".

    Countries do not, unless they do it again and again.
    """
    found = list(_SPEAKER.finditer(doc.text))
    times = Counter(match["name"] for match in found)
    speaking = [match for match in found if times[match["name"]] > 1 or _is_ordinary(match["name"], senses)]
    spans = (doc.char_span(*match.span("name")) for match in speaking)
    return {token.i for span in spans if span is not None for token in span}


def _is_ordinary(name: str, senses: Callable[[str], Sequence[Any]]) -> bool:
    known = senses(name)
    is_country = bool(known) and known[0].place.feature == "country"
    return not is_country and (name.lower() in EVERYDAY or name.lower() in GIVEN_NAMES)


def _is_dateline(match: re.Match[str], senses: Callable[[str], Sequence[Any]], *, is_once: bool) -> bool:
    name = match["name"]
    if not _is_place(senses(name)):
        return False
    if match["agency"] or match["date"] or (match["holder"] and _is_place(senses(match["holder"]))):
        return match["end"].strip() != "-" or match["end"] == " - "
    if match["holder"] or not name.isupper() or len(name) < 4:
        return False
    if ":" not in match["end"]:
        return name.lower() not in EVERYDAY
    ordinary = name.lower() in EVERYDAY or name.lower() in GIVEN_NAMES
    return is_once and not ordinary and _people(senses(name)) >= _LARGE


def _lists(text: str, senses: Callable[[str], Sequence[Any]]) -> Iterator[tuple[int, int]]:
    """Yield the known names of lists with counts, if most of the list are towns: "Mosul (3), Kirkuk (2)"."""
    run: list[re.Match[str]] = []
    for match in _ITEM.finditer(text):
        if run and not _BETWEEN.fullmatch(text[run[-1].end() : match.start()]):
            yield from _of_list(run, senses)
            run = []
        run.append(match)
    yield from _of_list(run, senses)


def _of_list(
    run: Sequence[re.Match[str]], senses: Callable[[str], Sequence[Any]]
) -> Iterator[tuple[int, int]]:
    places = [match for match in run if _is_place(senses(match["name"]))]
    large = [
        match
        for match in places
        if match["name"].lower() not in GIVEN_NAMES and _people(senses(match["name"])) >= _LARGE
    ]
    if len(run) > 1 and 2 * len(large) > len(run):
        yield from (match.span("name") for match in places)


def _is_place(senses: Sequence[Any]) -> bool:
    return bool(senses) and senses[0].matched not in ("demonym", "adjective")


def _people(senses: Sequence[Any]) -> int:
    return max((sense.place.population for sense in senses), default=0)
