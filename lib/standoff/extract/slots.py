"""Where a sentence needs the name of a place: behind "24 miles from", "12 nm NNE of".

A distance is from something. What is named there is a place whatever the model says of the
words and whether or not the gazetteer has it: an anchor that is not known is told of, not lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from standoff.extract.directions import AWAY, DIRECTION, TO_DIRECTION
from standoff.extract.name_rules import NameRules
from standoff.extract.nouns import FEATURE_NOUNS, LEADING_NOUNS
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
    needed = slots(rules.doc)
    if not needed:
        return named
    runs = {token.i: run for run in rules.runs() for token in run}
    more: list[tuple[int, int]] = []
    for token in needed:
        run = runs.get(token.i)
        if run is None:
            continue
        start, end = token.i, min(run.end, token.i + _MOST_TOKENS)
        is_named = any(first < run.end and start < last for first, last in (*named, *more))
        if not is_named and not rules.forbids(start, end) and not _modifies(rules.doc[start:end]):
            more.append((start, end))
    ends = {end for _, end in named}
    for _, end in more:
        more.extend(_holder(rules, end, ends, runs))
    return sorted([*named, *more])


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
