"""Which time of day an event's own words tell: "at 0430 gunmen boarded the tug", not that of another clause."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from standoff.extract.clock_times import ClockTime
from standoff.extract.state import words_at


def time_of(doc: Doc, token: Token) -> ClockTime | None:
    """Return the time of day in the clause of a word, the nearest where there are more; None where there is none.

    Parameters
    ----------
    doc : Doc
        With a parse and ``doc._.times``.
    token : Token
        As a rule the word that tells an event.
    """
    sent = token.sent
    every: list[ClockTime] = doc._.times  # in text order
    first, last = (bisect_left(every, at, key=lambda t: t.start) for at in (sent.start_char, sent.end_char))
    times = every[first:last]
    clause = _verb_above(token)
    own = [t for t in times if _verb_above(words_at(doc, t.start, t.end).root) == clause]
    return min(own, key=lambda time: abs(time.start - token.idx)) if own else None


def _verb_above(token: Token) -> Token:
    """Return the verb that governs a word, or the head of its sentence."""
    while token.pos_ != "VERB" and token.head != token:
        token = token.head
    return token
