"""Where a text needs the name of a place: behind "24 miles from", in a line that is nothing but a place.

The judge of `recogniser` has learnt from the sentences of newspapers. But a distance is from
something: what is named there is a place whatever the model says of the words and whether or not
the gazetteer has it. An anchor that is not known is told of, not lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Doc, Span, Token

from standoff.extract.directions import AWAY, DIRECTION, TO_DIRECTION
from standoff.extract.evidence import GIVEN_NAMES, TITLES, is_name_like
from standoff.extract.name_rules import NameRules
from standoff.extract.nouns import (
    BEARINGS,
    CENTRE_WORDS,
    FEATURE_MODIFIERS,
    FEATURE_NOUNS,
    LEADING_NOUNS,
    PART_WORDS,
)
from standoff.extract.place_lines import lines_without_verb
from standoff.extract.state import text_of, words_at
from standoff.model import Measure

_ARTICLE = r"(?:(?i:the|its|their)\s+)?"
_NOUNS = "|".join(
    sorted({*FEATURE_NOUNS, *("coast outskirts centre center tip mouth end".split())}, key=len, reverse=True)
)
_NOUN = rf"(?:(?i:{_NOUNS})\s+(?i:of)\s+{_ARTICLE})?"
#: Behind a length, up to where a name must begin.
_BEHIND = re.compile(
    (
        rf"\s*[,)]?\s*{AWAY}(?:(?:{TO_DIRECTION}[\s,]+)?(?i:from|of|off|short\s+of|outside(?:\s+of)?)\s+{_ARTICLE}{_NOUN}"
        rf"|{DIRECTION}\s+|\s*(?i:offshore)\s+)(?=[^\W\d_a-z])"
    ).replace("?P<dir>", "?:")
)
_MOST_TOKENS = 5
# Words of a line that may stand round a name: "Northern Gulf of Bothnia", "Peru-Chile border region".
_ROUND_NAMES = frozenset(
    {*FEATURE_NOUNS, *LEADING_NOUNS, *FEATURE_MODIFIERS, *PART_WORDS, *CENTRE_WORDS}
    | set("upper lower inner outer coast shore roads road berth jetty wharf pier buoy limits bar".split())
)

# Of those, what opens a line before a name, and what closes it and is no part of it.
_LEADING = frozenset({*PART_WORDS, *CENTRE_WORDS, *("inner outer off near berth jetty wharf pier".split())})
_TRAILING = _ROUND_NAMES - FEATURE_NOUNS.keys() - LEADING_NOUNS.keys()


def slots(doc: Doc) -> list[Token]:
    """Return the tokens with which the name of a place must begin, in text order.

    Parameters
    ----------
    doc : Doc
        With measures.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("standoff_measures")
    >>> slots(nlp("Robbers boarded 12 nm NNE of Tanjung Berakit, 3 km long."))
    [Tanjung]
    """
    text = text_of(doc)
    measures: list[Measure] = [
        m for m in doc._.measures if m.dimension == "length" and m.role in ("other", "distance", "radius")
    ]
    found = (_BEHIND.match(text, measure.end) for measure in measures)
    return [words_at(doc, match.end(), match.end() + 1)[0] for match in found if match]


def filled(rules: NameRules, named: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans that name places, and with them the names in slots that none of them touches.

    Parameters
    ----------
    rules : NameRules
        Of the document.
    named : list of (start, end)
        Tokens that are judged to name places.
    """
    named = _in_lines(rules, named)
    needed = slots(rules.doc)
    if not needed:
        return named
    runs = {token.i: run for run in rules.runs() for token in run}
    more: list[tuple[int, int]] = []
    taken = {i for span in named for i in range(*span)}
    for token in needed:
        run = runs.get(token.i)
        if run is None:
            continue
        start, end = token.i, min(run.end, token.i + _MOST_TOKENS)
        is_named = any(i in taken for i in range(start, run.end))
        if token.lower_ in TITLES:
            continue
        if not is_named and not rules.forbids(start, end) and not _modifies(rules.doc[start:end]):
            more.append((start, end))
            taken.update(range(start, end))
    ends = {end for _, end in named}
    for _, end in more:
        more.extend(_holder(rules, end, ends, runs))
    return sorted([*named, *more])


def _in_lines(rules: NameRules, named: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Add what a line of names names: there is no sentence round them that could tell a place from a person."""
    doc = rules.doc
    runs = rules.runs()
    more: list[tuple[int, int]] = []
    for line in lines_without_verb(doc):
        if any(rules.evidence.parts_headline(token) for token in line):
            continue
        for run in islice(runs, bisect_left(runs, line.start, key=lambda run: run.start), None):
            if run.end > line.end:
                break
            if not _is_remark(run, line.start):
                more += _named_in(rules, run)
    if not more:
        return named
    at = {token: span for span in more for token in range(*span)}
    kept, longer = [], []
    for start, end in named:
        over = {at[token] for token in range(start, end) if token in at}
        if not over:
            kept.append((start, end))
        elif any(start <= s and e <= end for s, e in over) and _means_something(rules, start, end):
            longer.append((start, end))
    held = {token for span in longer for token in range(*span)}
    return sorted({*kept, *longer, *(span for span in more if span[0] not in held)})


def _named_in(rules: NameRules, run: Span) -> list[tuple[int, int]]:
    """Return the known names of a run that are all of it but for words of every line; else all of an unknown name."""
    known = list(_known_in(rules, run))
    covered = {i for start, end in known for i in range(start, end)}
    spoken_for = all(t.i in covered or not t.is_alpha or t.lower_ in _ROUND_NAMES for t in run)
    if known and spoken_for:
        return known
    bare = _bare(run) if _is_held(rules, run.end) else None
    return [bare] if bare else []


def _means_something(rules: NameRules, start: int, end: int) -> bool:
    span = rules.doc[start:end]
    return bool(rules.senses(rules.given(span, span.text).name))


def _bare(run: Span) -> tuple[int, int] | None:
    """Return the tokens of an unknown name without the words round it: "At Esbjerg Roads", "Southern Qarzum"."""
    start, end = run.start, run.end
    while start < end and (run.doc[start].lower_ in _LEADING or run.doc[start].is_stop):
        start += 1
    while end > start and run.doc[end - 1].lower_ in _TRAILING:
        end -= 1
    return (start, min(end, start + _MOST_TOKENS)) if end > start else None


def _is_remark(run: Span, line_start: int) -> bool:
    """Say whether a run is but a part of what stands in brackets: "(position taken from an earlier report)"."""
    before = run.doc[run.start - 1].text if run.start else ""
    behind = run.doc[run.end].text if run.end < len(run.doc) else ""
    opened = sum((t.text == "(") - (t.text == ")") for t in run.doc[line_start : run.start])
    return opened > 0 and (before, behind) != ("(", ")")


def _known_in(rules: NameRules, run: Span) -> Iterator[tuple[int, int]]:
    """Yield the known names of a run from left to right, the longest at each place."""
    doc, start = rules.doc, run.start
    if len(run) == 2 and run[0].lower_ in GIVEN_NAMES and run[1].lower_ not in _ROUND_NAMES:
        return  # "Paris Hilton"
    while start < run.end:
        end = None
        if is_name_like(doc[start]) and doc[start].lower_ not in BEARINGS:
            ends = (
                e for e in range(min(run.end, start + _MOST_TOKENS), start, -1) if is_name_like(doc[e - 1])
            )
            end = next((e for e in ends if _is_known(rules, start, e)), None)
        if end is not None and not rules.forbids(start, end):
            yield start, end
        start = end or start + 1


def _is_known(rules: NameRules, start: int, end: int) -> bool:
    word = rules.doc[start]
    if end - start == 1 and (word.lower_ in _ROUND_NAMES or word.is_stop):
        return False
    return bool(rules.senses(rules.doc[start:end].text))


def _is_held(rules: NameRules, end: int) -> bool:
    """Say whether a country or region follows behind a comma: "Hyundai Wharf, Kenya"."""
    doc = rules.doc
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    ends = range(min(len(doc), end + 5), end + 1, -1)
    return any(
        sense.place.feature in ("country", "admin1")
        for e in ends
        for sense in rules.senses(doc[end + 1 : e].text)[:1]
    )


def _holder(rules: NameRules, end: int, known: set[int], runs: dict[int, Span]) -> Iterator[tuple[int, int]]:
    """Yield the place that a comma puts a name in, where it is one: "Tanjung Berakit, Pulau Bintan"."""
    doc = rules.doc
    run = runs.get(end + 1)
    if run is None or doc[end].text != "," or run.start != end + 1 or run.end in known:
        return
    leads = len(run) > 1 and run[0].lower_ in LEADING_NOUNS
    if (leads or rules.senses(run.text)) and not rules.forbids(run.start, run.end):
        yield run.start, run.end


def _modifies(name: Span) -> bool:
    """Say whether a name only says whose or which: "3 km from Hezbollah positions"."""
    if name.end >= len(name.doc):
        return False
    behind = name.doc[name.end]
    return behind.pos_ == "NOUN" and behind.is_lower and behind.lower_ not in FEATURE_NOUNS
