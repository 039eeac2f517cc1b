"""Which date expression dates which telling: by the parse, by the sentence, by the paragraph's last named day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date as date_type
from itertools import groupby

from spacy.tokens import Doc, Token

from standoff.events.lags import base_day, lag_of
from standoff.events.standing import is_before
from standoff.events.syntax import is_passive
from standoff.events.tellings import Telling
from standoff.events.words import NOUNS
from standoff.extract.clause_times import time_of
from standoff.extract.dates import When
from standoff.extract.speakers import SAYING
from standoff.extract.state import text_of, words_at

# A heading begins so many characters into a paragraph, at most: "SUSPICIOUS: ... 14.05.2020: 0130 UTC".
_HEADING = 200
_SAID_SO = frozenset(
    "deny reject dismiss accuse write tweet insist acknowledge admit warn dispute blame condemn".split()
)
_BOUND = frozenset("since until till before after from".split())


def date(doc: Doc, tellings: Sequence[Telling]) -> None:
    """Give the tellings of a document, in text order, the dates that are theirs."""
    whens: list[When] = [when for when in doc._.dates if not when.dateline]
    orders = sorted(order.start for order in doc._.orders)
    published = date_type.fromisoformat(doc._.published) if doc._.published else None
    for sent_start, group in groupby(tellings, key=lambda telling: telling.sent.start):
        told, sent = list(group), doc[sent_start].sent
        first, last = (
            bisect_left(whens, at, key=lambda when: when.start) for at in (sent.start_char, sent.end_char)
        )
        for telling in told:
            telling.reported_on = _reported(doc, telling, whens[first:last])
            telling.only_date = _only(doc, whens[first:last])
            telling.lag = lag_of(telling.trigger.token, telling.clause)
            telling.lag_base = (
                base_day(doc, telling.lag, whens[first:last], published) if telling.lag else None
            )
            telling.time = time_of(doc, telling.trigger.token)
            next_order = bisect_left(orders, sent.start_char)
            telling.ordered = next_order < len(orders) and orders[next_order] < telling.trigger.token.idx
            telling.when = None if telling.lag else _when(doc, telling, told, whens[first:last])
            telling.day_before = _day_before(whens, telling.when)
    _set_scenes(doc, tellings)


def _reported(doc: Doc, telling: Telling, whens: Sequence[When]) -> When | None:
    """Return the date on which something was reported, where that verb stands over the telling."""
    over = {t.i for t in telling.clause.ancestors if t.lemma_.lower() == "report"}
    for when in whens:
        root = words_at(doc, when.start, when.end).root
        if any(t.i in over for t in root.ancestors) and when.first is not None:
            return when
    return None


def _day_before(whens: Sequence[When], when: When | None) -> date_type | None:
    """Return the day that is named last before a date expression that counts from another."""
    if when is None or not when.is_anaphoric:
        return None
    for each in reversed(whens[: bisect_left(whens, when.start, key=lambda w: w.start)]):
        if each.first is not None and each.first == each.last:
            return each.first
    return None


def _only(doc: Doc, whens: Sequence[When]) -> When | None:
    """Return the one date of a sentence that does not date a speech or bound a time; None where there are more."""
    found = [
        w
        for w in whens
        if not w.only_orders
        and not _is_bound(doc, w)
        and not dates_speech(words_at(doc, w.start, w.end).root)
    ]
    return found[0] if len(found) == 1 else None


def _set_scenes(doc: Doc, tellings: Sequence[Telling]) -> None:
    """Give a telling without a date the day that its paragraph named last before it: "Sunday brought ..."."""
    days = [when for when in doc._.dates if tellings and _is_named_day(doc, when)]
    told = {telling.sent.start for telling in tellings}
    for telling in tellings:
        if (
            telling.when is not None
            or telling.lag is not None
            or telling.background
            or telling.claim in ("planned", "hypothetical")
        ):
            continue
        before = bisect_left(days, telling.trigger.token.idx, key=lambda when: when.start)
        if before and days[before - 1].start >= telling.paragraph_start:
            scene = days[before - 1]
            sentence = words_at(doc, scene.start, scene.end).sent
            heads = sentence.start not in told and sentence.start_char <= telling.paragraph_start + _HEADING
            if heads or not is_before(telling.clause):
                telling.scene, telling.is_headed = scene, heads


def _is_named_day(doc: Doc, when: When) -> bool:
    """Say whether a date can be the day of what is told behind it."""
    if when.is_anaphoric and when.offset_days:
        return not dates_speech(words_at(doc, when.start, when.end).root)
    if when.precision != "day" or not when.first or when.dateline or _is_bound(doc, when):
        return False
    return not dates_speech(words_at(doc, when.start, when.end).root)


def _is_bound(doc: Doc, when: When) -> bool:
    """Say whether a date only begins or ends a time: "since 30 April"."""
    first = words_at(doc, when.start, when.end).start
    return first > 0 and doc[first - 1].lower_ in _BOUND


def _when(doc: Doc, telling: Telling, tellings: Sequence[Telling], dates: Sequence[When]) -> When | None:
    """Return the date expression that dates a telling: in its own clause first, else the sentence's only one.

    ``tellings`` and ``dates`` are those of its sentence.
    """
    if not dates:
        return None
    sent = telling.sent
    own = {t.i for t in telling.clause.subtree} if telling.background else range(sent.start, sent.end)
    near: list[tuple[int, int, When]] = []
    loose: list[When] = []
    for when in dates:
        root = words_at(doc, when.start, when.end).root
        if (
            root.i not in own
            or (dates_speech(root) and _verb_over(root) != telling.clause)
            or _is_in_since_clause(root, telling.clause)
            or _dates_another(root, when, telling, tellings)
        ):
            continue
        steps = _steps(root, telling)
        if steps is not None:
            near.append((steps, abs(root.i - telling.trigger.token.i), when))
        else:
            loose.append(when)
    if near:
        best = min(near, key=lambda pair: pair[:2])[2]
        return _with_next(doc, best, dates)
    if (
        len(loose) == 1
        and not (telling.refers_back and not telling.trigger.is_verb)
        and not is_before(telling.clause)
        and (len(tellings) == 1 or _is_main(loose[0], doc))
    ):
        return loose[0]
    return None


def _with_next(doc: Doc, when: When, dates: Sequence[When]) -> When:
    """Return both days of "on Saturday and Sunday" as one span."""
    text = text_of(doc)
    for other in dates:
        first, then = sorted((when, other), key=lambda w: w.start)
        joined = text[first.end : then.start].strip() in ("and", "and on", "and again on", "&")
        if (
            other is not when
            and joined
            and first.precision == then.precision == "month"
            and None not in (first.first, then.last)
        ):
            year = then.last.year if then.last else 0
            start = first.first.replace(year=year) if first.first else None
            return replace(
                first,
                text=text[first.start : then.end],
                end=then.end,
                first=start,
                last=then.last,
                precision="range",
            )
        if (
            other is not when
            and joined
            and None not in (first.first, then.last)
            and first.precision == then.precision == "day"
        ):
            return replace(
                first, text=text[first.start : then.end], end=then.end, last=then.last, precision="range"
            )
    return when


def _verb_over(token: Token) -> Token:
    head = token
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return head


def dates_speech(token: Token) -> bool:
    """Say whether a date is that of a statement: "a spokesman said on Tuesday"."""
    head = token
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    if head.lemma_.lower() == "report" and is_passive(head):
        subject = next((c for c in head.children if c.dep_ == "nsubjpass"), None)
        if subject is not None and subject.lemma_.lower() in NOUNS:
            return False  # "two incidents were reported off Batam on 19 December"
    return head.lemma_.lower() in SAYING | _SAID_SO


def _is_in_since_clause(token: Token, clause: Token) -> bool:
    """Say whether a date stands in a clause below: "the first to die since the attacks began in November"."""
    for ancestor in token.ancestors:
        if ancestor == clause:
            return False
        if any(c.dep_ == "mark" and c.lower_ in ("since", "until") for c in ancestor.children):
            return True
    return False


def _dates_another(token: Token, when: When, telling: Telling, tellings: Sequence[Telling]) -> bool:
    """Say whether a date belongs to another event's noun, or to a series: "the third strike in recent weeks"."""
    nouns = {t.trigger.token.i for t in tellings if not t.trigger.is_verb}
    owner = next((ancestor.i for ancestor in token.ancestors if ancestor.i in nouns), None)
    if owner is None:
        return False
    return owner != telling.trigger.token.i or (
        when.precision in ("week", "month", "year", "range")
        and ("relative" in when.basis or when.precision == "range")
    )


def _steps(token: Token, telling: Telling) -> int | None:
    """Return how far up the parse the date hangs on the telling; None if it does not."""
    chain = {telling.trigger.token.i: 0, telling.clause.i: 1}
    if not telling.trigger.is_verb:  # "the earthquake that struck Nepal on Saturday killed"
        chain |= {
            t.i: 1
            for t in telling.trigger.token.subtree
            if t.dep_ in ("relcl", "acl") and t.pos_ == "VERB" and not is_before(t)
        }
    clause = telling.clause
    if clause.dep_ == "xcomp" and not is_before(clause):
        chain.setdefault(clause.head.i, 2)
    for ancestor in token.ancestors:
        if ancestor.i in chain:
            return chain[ancestor.i]
        if ancestor.pos_ in ("VERB", "AUX"):
            return None
    return None


def _is_main(when: When, doc: Doc) -> bool:
    """Say whether a date hangs on the sentence's main clause, and so dates all of it."""
    head = words_at(doc, when.start, when.end).root
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return bool(head.dep_ == "ROOT")
