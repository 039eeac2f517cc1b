"""The tolls that a report gives of one event -> one count as low, best and high, and who gives it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from standoff.events.syntax import own_subject
from standoff.events.toll_words import What
from standoff.events.tolls import Toll
from standoff.extract.phrases import phrase
from standoff.extract.speakers import speaker_of
from standoff.model import Count

# "The governor gives ten dead", "local sources speak of 160".
_GIVES = frozenset("give put count speak report list confirm cite".split())


def counted(tolls: Sequence[Toll], what: What) -> tuple[Count | None, str | None]:
    """Return the number of dead or wounded, and who gives it.

    Parameters
    ----------
    tolls : sequence of Toll
        All that the report says of one event, in text order, those of the headline last.
    what : str
        "killed" or "wounded".

    Notes
    -----
    A later number takes the place of an earlier one where the words say so ("the toll rose to") or
    where the earlier one was vague; "two more" is added; two sources that differ leave both as bounds,
    with no best number. That somebody is safe, or nobody hurt, counts only where no number is told.
    """
    count: Count | None = None
    claimant: str | None = None
    ours = [toll for toll in tolls if toll.what == what]
    for toll in [t for t in ours if not t.weak] or ours:
        speaker = giver_of(toll.token)
        if count is None or toll.updates or (_is_none(count) and not _is_none(toll.count)):
            count, claimant = toll.count, speaker
        elif toll.count == count or _is_none(toll.count):
            continue
        elif toll.adds:
            count = _plus(count, toll.count)
        elif speaker and claimant and speaker != claimant:
            count, claimant = _between(count, toll.count), f"{claimant}; {speaker}"
        elif count.best is None and toll.count.best is not None:
            count, claimant = toll.count, speaker or claimant
    return count, claimant


def giver_of(token: Token) -> str | None:
    """Return who gives a number: who says so, or the subject of "gives", "puts at", "speak of"."""
    said = speaker_of(token)
    if said:
        return said
    for verb in (token, *token.ancestors):
        if verb.pos_ == "VERB" and verb.lemma_.lower() in _GIVES and verb != token:
            subject = own_subject(verb)
            return phrase(subject) if subject is not None else None
    return None


def _is_none(count: Count) -> bool:
    return count.best == 0


def _plus(one: Count, other: Count) -> Count:
    high = None if None in (one.high, other.high) else (one.high or 0) + (other.high or 0)
    best = None if None in (one.best, other.best) else (one.best or 0) + (other.best or 0)
    return Count(low=one.low + other.low, best=best, high=high)


def _between(one: Count, other: Count) -> Count:
    high = None if None in (one.high, other.high) else max(one.high or 0, other.high or 0)
    return Count(low=min(one.low, other.low), best=None, high=high)
