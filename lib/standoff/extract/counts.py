"""Counted nouns: "four bombs", "more than 60 soldiers", "hundreds of thousands of people".

Any noun can be counted, so these come from the parse; without one, from a list of what reports count.

>>> text = "between 20 and 30 soldiers fled"
>>> [(c.text, c.low, c.high) for c in in_words(text, Numbers(text))]
[('20 and 30 soldiers', 20.0, 30.0)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from standoff.extract import hedges, numbers
from standoff.extract.amounts import Span
from standoff.extract.measure_roles import reason_of
from standoff.extract.quantities import Numbers
from standoff.extract.state import text_of
from standoff.model import Measure
from standoff.units import any_unit_of

_MONTHS = "january february march april may june july august september october november december".split()
_SKIP = frozenset(
    ["%", "°", "o'clock", *"percent per cent degrees degree am pm thirds half magnitude".split(), *_MONTHS]
)
# "the No. 5 reactor" and "Room 101 guests" number one thing, and count none.
_NUMBERED = re.compile(
    r"\b(?:[Nn]os?\.?|[Nn]umbers?|Unit|Room|Flight|Route|Highway|Section|Article|Group|Team|Block|Zone|Sector|District|"
    r"Level|Day|Page|Chapter|Resolution|Order|Building|Gate|Platform|Line|Area|Camp|Boeing|Airbus)\s$"
)
_YEARS = range(1000, 2101)
_NOT_COUNTED = frozenset({"DATE", "TIME", "PERCENT", "MONEY"})
_HINTS = frozenset(("several few").split())
_MANY = frozenset(("couple tens dozens scores hundreds thousands millions handful").split())
# Without a parse: nouns that reports count, with a word or two before them.
_COUNTED = re.compile(
    r"(?P<plus>\+|-plus|-odd|\s+or\s+so)?\s+(?:(?!(?:and|or|of|to|in|on|at|from)\b)[\w-]++\s+){0,2}?"
    r"(?P<noun>people|persons?|soldiers?|fighters?|civilians?|children|women|men|bombs?|missiles?|drones?|rockets?|shells?|"
    r"vehicles?|trucks?|tanks?|aircraft|ships?|vessels?|boats?|houses?|homes?|villages?|families|refugees?|militants?|"
    r"rebels?|insurgents?|policemen|officers?|troops|gunmen|prisoners?|passengers?|crew|sailors?|bodies|strikes?|attacks?|"
    r"raids?|mortars?|mines?|residents?|villagers?|workers?|journalists?|barrels?|buildings?|casualties|deaths?)\b",
    re.IGNORECASE,
)
_IRREGULAR = {"families": "family", "bodies": "body", "casualties": "casualty", "men": "man", "women": "woman",
              "children": "child", "policemen": "policeman", "gunmen": "gunman"}  # fmt: skip


def counts(doc: Doc, found: Numbers) -> Iterator[Measure]:
    """Yield the counts of a document, in no order.

    Parameters
    ----------
    doc : Doc
        With a parse, or without.
    found : Numbers
        The numbers of its text.
    """
    text = text_of(doc)
    if not doc.has_annotation("DEP"):
        yield from in_words(text, found)
        return
    for token in doc:
        head = _counted_by(token)
        if head is None or head.ent_type_ in _NOT_COUNTED or head.text.lower() in _SKIP:
            continue
        span = found.span_at(token.idx)
        if span is not None and not _is_name(text, token, head, span):
            yield _count(text, span, head.idx + len(head), head.lemma_.lower())


def in_words(text: str, found: Numbers) -> Iterator[Measure]:
    """Yield what can be told to be counts by the words alone."""
    for element in found.elements:
        match = _COUNTED.match(text, element.end) if element.unit is None else None
        span = found.span_at(element.start) if match else None
        if match and span is not None and (element.is_free or span.start < element.start):
            noun = match["noun"].lower()
            unit = _IRREGULAR.get(noun) or (noun.removesuffix("s"))
            yield _count(text, span, match.end(), unit)


def _is_name(text: str, token: Token, head: Token, span: Span) -> bool:
    """Say whether a number is the name of what stands behind it: "the 1973 war", "the 9/11 attacks"."""
    if token.idx + len(token) > span.end or len(head) == 1 or any_unit_of(head.text):
        return True
    year = token.text.isdigit() and len(token) == 4 and int(token.text) in _YEARS
    return (year and head.tag_ in ("NN", "NNP")) or bool(
        _NUMBERED.search(text[max(0, span.start - 14) : span.start])
    )


def _counted_by(token: Token) -> Token | None:
    """Return the noun that a number counts."""
    if token.dep_ == "nummod" or (token.lower_ in _HINTS and token.dep_ == "amod"):
        head = token.head
        return head if head.pos_ in ("NOUN", "PROPN") and head.i > token.i else None
    if token.lower_ in _MANY:
        behind = token
        for _ in range(2):  # "hundreds of thousands of people"
            of = next((child for child in behind.rights if child.lower_ == "of"), None)
            noun = (
                next((child for child in of.rights if child.dep_ == "pobj"), None) if of is not None else None
            )
            if noun is None:
                return None
            if noun.lower_ not in ("thousands", "millions"):
                return noun if noun.pos_ in ("NOUN", "PROPN") else None
            behind = noun
    return None


def _count(text: str, span: Span, end: int, unit: str) -> Measure:
    hedge, bound = hedges.before(text, span.start)
    if span.is_range:
        bound = "range"
    elif bound == "range":
        hedge, bound = None, "="
    notes, low, high, value = list(span.notes), span.low, span.high, span.value
    whole = numbers.in_thousands(text[span.start : span.end])
    if whole:
        low, high, value, notes = whole.low, whole.high, whole.value, [str(whole.note)]
    between = text[span.end : end]
    if bound == "=" and re.match(r"\s?\+|-plus\b", between):
        hedge, bound = "+" if "+" in between[:2] else "plus", ">="
    odd = re.match(r"[\s-]odd\b", between)
    if odd:
        high = value + (9 if value < 100 else value / 10)
        notes.append(f"'-odd' is taken as {value:g} to {high:g}")
    if bound == "=" and low != high:
        bound = "~"
    return Measure(
        id="m", text=text[span.start : end], start=span.start, end=end, dimension="count", value=value,
        low=None if bound in ("<", "<=") else low, high=None if bound in (">", ">=") else high,
        unit=unit, si_value=None, si_unit=None, hedge=hedge, bound=bound, reason=reason_of(None, *notes),
    )  # fmt: skip
