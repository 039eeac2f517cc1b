"""Words -> tellings: every word that tells an event, with its clause, its parties and its date."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from spacy.tokens import Doc, Span, Token

from standoff.events import roles
from standoff.events.triggers import FAMILY, POINTERS, Trigger, trigger_of
from standoff.extract.claims import claim_of
from standoff.extract.dates import When
from standoff.extract.numbers import NUMBER, parse
from standoff.extract.phrases import phrase
from standoff.extract.speakers import SAYING
from standoff.extract.state import words_at
from standoff.model import Claim

_BACK = frozenset({"the", "that", "this", "those", "these"})
_FRESH = frozenset({"another", "second", "further", "new", "separate", "fresh", "other"})
_ORDINAL = re.compile(r"(?i)^(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th))$")
_ASKED = frozenset("request demand call appeal offer proposal threat warning plea".split())
# Above the noun of an event, these say that it may come, not that it came: "liable to attack".
_EXPOSED = frozenset(
    "liable vulnerable prone subject open risk danger fear protect prevent deter avoid guard prepare".split()
)
_EARLIER = frozenset({"after", "before"})
_ON = frozenset({"then", "afterwards", "subsequently"})
_CASUALTIES = re.compile(
    rf"(?i)\b(?P<number>{NUMBER})\s+(?:\w+\s+){{0,2}}?(?P<what>dead|killed|wounded|injured|hurt)\b"
    rf"|\bloss\s+of\s+(?:at\s+least\s+|some\s+|about\s+)?(?P<lives>{NUMBER})\s+(?:lives|people|men)\b"
)


@dataclass
class Telling:
    """One telling of an event."""

    trigger: Trigger
    sent: Span
    paragraph: int
    paragraph_start: int
    clause: Token
    claim: Claim
    when: When | None = None
    actor: Token | None = None
    target: Token | None = None
    refers_back: bool = False
    fresh: bool = False
    headline: bool = False
    asked: bool = False
    such: bool = False
    background: bool = False
    #: Whether the paragraph went on before it: "the militia then brought in more men".
    goes_on: bool = False
    scene: When | None = None
    casualties: list[tuple[str, int]] = field(default_factory=list)

    @property
    def family(self) -> str:
        """The family of events that the trigger belongs to."""
        return FAMILY[self.trigger.type]

    @cached_property
    def actor_words(self) -> frozenset[str]:
        """The words by which the doer can be known again."""
        return roles.key_words(phrase(self.actor)) if self.actor is not None else frozenset()

    @cached_property
    def target_words(self) -> frozenset[str]:
        """The words by which the target can be known again."""
        return roles.key_words(phrase(self.target)) if self.target is not None else frozenset()


def tellings_of(doc: Doc) -> list[Telling]:
    """Return the tellings of a document in text order, dated, without echoes and questions."""
    found: list[Telling] = []
    paragraph, start, goes_on = 0, 0, False
    for sent in doc.sents:
        for token in sent:
            if token.is_space and "\n\n" in token.text:
                paragraph, start, goes_on = paragraph + 1, token.idx + len(token), False
            goes_on = goes_on or (token.lower_ in _ON and token.i > 0)
            trigger = trigger_of(token)
            if trigger is None:
                continue
            telling = _telling(trigger, sent)
            telling.paragraph, telling.paragraph_start, telling.goes_on = paragraph, start, goes_on
            if not _is_question(telling) and not _is_generic(telling):
                found.append(telling)
    for sent_start, told in groupby(found, key=lambda telling: telling.sent.start):
        _date_and_count(doc, doc[sent_start].sent, list(told))
    _set_scenes(doc, found)
    return _without_echoes(found)


def _date_and_count(doc: Doc, sent: Span, told: list[Telling]) -> None:
    """Give the tellings of one sentence its dates and its dead and wounded."""
    whens: list[When] = doc._.dates
    first, last = (
        bisect_left(whens, at, key=lambda when: when.start) for at in (sent.start_char, sent.end_char)
    )
    for telling in told:
        telling.when = _when(doc, telling, told, whens[first:last])
    told[0].casualties = _casualties(sent)


def _set_scenes(doc: Doc, tellings: list[Telling]) -> None:
    """Give a telling without a date the day that its paragraph named last before it: "Sunday brought ..."."""
    days = [when for when in doc._.dates if tellings and _is_named_day(doc, when)]
    for telling in tellings:
        if (
            telling.when is not None
            or telling.background
            or is_before(telling.clause)
            or telling.claim != "asserted"
        ):
            continue
        before = bisect_left(days, telling.trigger.token.idx, key=lambda when: when.start)
        if before and days[before - 1].start >= telling.paragraph_start:
            telling.scene = days[before - 1]


def _is_named_day(doc: Doc, when: When) -> bool:
    """Say whether a date can be the day of what is told behind it."""
    if when.precision != "day" or not when.first or _is_bound(doc, when):
        return False
    return not dates_speech(words_at(doc, when.start, when.end).root)


def _is_bound(doc: Doc, when: When) -> bool:
    """Say whether a date only begins or ends a time: "since 30 April"."""
    first = words_at(doc, when.start, when.end).start
    return first > 0 and doc[first - 1].lower_ in ("since", "until", "till", "before", "after", "from")


def _is_in_since_clause(token: Token, clause: Token) -> bool:
    """Say whether a date stands in a clause below: "the first to die since the attacks began in November"."""
    for ancestor in token.ancestors:
        if ancestor == clause:
            return False
        if any(c.dep_ == "mark" and c.lower_ in ("since", "until") for c in ancestor.children):
            return True
    return False


def _telling(trigger: Trigger, sent: Span) -> Telling:
    token = trigger.token
    determiners = {child.lower_ for child in token.lefts if child.dep_ in ("det", "poss", "amod", "nummod")}
    dated = any(child.dep_ == "poss" and child.ent_type_ == "DATE" for child in token.lefts)
    counted = any(_ORDINAL.match(child.text) for child in token.lefts)
    definite = not trigger.is_verb and bool(determiners & _BACK or dated or token.lemma_.lower() in POINTERS)
    return Telling(
        trigger=trigger, sent=sent, paragraph=0, paragraph_start=0, clause=roles.clause_of(trigger), claim=claim_of(token),
        actor=roles.actor_of(trigger), target=roles.target_of(trigger),
        refers_back=(definite and not determiners & _FRESH) or (counted and _is_copular(token)),
        fresh=(bool(determiners & _FRESH) and not _is_copular(token)) or _is_one_of(token), headline=_is_headline(sent),
        asked=_is_asked(token),
        background=_is_in_background(trigger), such="such" in determiners,
    )  # fmt: skip


def _casualties(sent: Span) -> list[tuple[str, int]]:
    """Return the dead and wounded counted by nouns: "two dead and 23 wounded"."""
    found = []
    for match in _CASUALTIES.finditer(sent.text):
        number = parse(match["number"] or match["lives"])
        what = "killed" if match["lives"] or match["what"].lower() in ("dead", "killed") else "wounded"
        if number is not None:
            found.append((what, round(number)))
    return found


def _is_in_background(trigger: Trigger) -> bool:
    """Say whether the words only tell what came long before: "eight days after tremors", "since the attack"."""
    token = trigger.token
    markers = [child for child in token.children if child.dep_ == "mark"]
    if not trigger.is_verb:
        for before in reversed(token.doc[max(token.sent.start, token.i - 6) : token.i]):
            if before.is_punct or before.pos_ == "VERB":
                break
            markers.append(before)
    return any(m.lower_ == "since" or (m.lower_ in _EARLIER and _is_timed(m)) for m in markers)


def _is_timed(marker: Token) -> bool:
    """Say whether a length of time stands before "after" or "before": "a month after"."""
    return marker.i > 0 and marker.nbor(-1).lemma_.lower() in ("day", "week", "month", "year", "decade")


def _is_one_of(token: Token) -> bool:
    """Say whether the words pick one of a series: "the first of the three strikes"."""
    above = token.head
    return above.lower_ == "of" and (bool(_ORDINAL.match(above.head.text)) or above.head.like_num)


def _is_copular(token: Token) -> bool:
    """Say whether the words are "this is the third strike": the count of a strike told before."""
    return token.dep_ == "attr" and any(
        c.lower_ in ("this", "it", "that") for c in token.head.children if c.dep_ == "nsubj"
    )


def _is_headline(sent: Span) -> bool:
    return sent.start == 0 and not any(
        token.text in ".!?”" for token in sent[max(0, len(sent) - 3) :] if not token.is_space
    )


def _is_asked(token: Token) -> bool:
    """Say whether the event is only asked for, offered or threatened."""
    for ancestor in token.ancestors:
        lemma = ancestor.lemma_.lower()
        if (lemma in _ASKED and ancestor.pos_ == "NOUN") or (lemma in _EXPOSED and ancestor == _above(token)):
            return True
        if ancestor.dep_ in ("ROOT", "relcl", "advcl"):
            return ancestor.lemma_.lower() in _ASKED
    return False


def _above(token: Token) -> Token:
    """Return the word that governs a word, past prepositions."""
    head = token.head
    while head.pos_ in ("ADP", "PART") and head.head != head:
        head = head.head
    return head


def _is_question(telling: Telling) -> bool:
    """Say whether the words only ask: "it was not clear how many were evacuated"."""
    return telling.trigger.is_verb and telling.claim == "hypothetical" and telling.clause.dep_ == "ccomp"


def _is_generic(telling: Telling) -> bool:
    """Say whether the words speak of events in general: "earthquakes are common there"."""
    token, clause = telling.trigger.token, telling.clause
    bare = not any(child.dep_ in ("det", "poss", "nummod") for child in token.lefts)
    plural = not telling.trigger.is_verb and token.tag_ == "NNS" and bare
    return plural and not telling.headline and clause.tag_ in ("VBP", "VBZ") and token.dep_ == "nsubj"


def _when(doc: Doc, telling: Telling, tellings: list[Telling], dates: list[When]) -> When | None:
    """Return the date expression that dates a telling: in its own clause first, else the sentence's only one.

    ``tellings`` and ``dates`` are those of its sentence.
    """
    if not dates:
        return None
    sent = telling.sent
    own = {t.i for t in telling.clause.subtree} if telling.background else range(sent.start, sent.end)
    near: list[tuple[int, When]] = []
    loose: list[When] = []
    for when in dates:
        span = words_at(doc, when.start, when.end)
        if (
            span.root.i not in own
            or dates_speech(span.root)
            or _is_in_since_clause(span.root, telling.clause)
            or _dates_another(span.root, when, telling, tellings)
        ):
            continue
        steps = _steps(span.root, telling)
        if steps is not None:
            near.append((steps, when))
        else:
            loose.append(when)
    if near:
        return min(near, key=lambda pair: pair[0])[1]
    if len(loose) == 1 and not is_before(telling.clause) and (len(tellings) == 1 or _is_main(loose[0], doc)):
        return loose[0]
    return None


def dates_speech(token: Token) -> bool:
    """Say whether a date is that of a statement: "a spokesman said on Tuesday"."""
    head = token
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return head.lemma_.lower() in SAYING


def _dates_another(token: Token, when: When, telling: Telling, tellings: list[Telling]) -> bool:
    """Say whether a date belongs to another event's noun, or to a series: "the third strike in recent weeks"."""
    nouns = {t.trigger.token.i for t in tellings if not t.trigger.is_verb}
    owner = next((ancestor.i for ancestor in token.ancestors if ancestor.i in nouns), None)
    if owner is None:
        return False
    return owner != telling.trigger.token.i or when.precision in ("week", "month", "year", "range")


def _steps(token: Token, telling: Telling) -> int | None:
    """Return how far up the parse the date hangs on the telling; None if it does not."""
    chain = {telling.trigger.token.i: 0, telling.clause.i: 1}
    clause = telling.clause
    if clause.dep_ == "xcomp" and not is_before(clause):
        chain.setdefault(clause.head.i, 2)
    for ancestor in token.ancestors:
        if ancestor.i in chain:
            return chain[ancestor.i]
        if ancestor.pos_ in ("VERB", "AUX"):
            return None
    return None


def is_before(clause: Token) -> bool:
    """Say whether the clause is in the past perfect: what it tells came before."""
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in clause.children)


def _is_main(when: When, doc: Doc) -> bool:
    """Say whether a date hangs on the sentence's main clause, and so dates all of it."""
    span = words_at(doc, when.start, when.end)
    head = span.root
    while head.head != head and head.pos_ not in ("VERB", "AUX"):
        head = head.head
    return head.dep_ == "ROOT"


def _without_echoes(tellings: list[Telling]) -> list[Telling]:
    """Drop the verb whose subject already tells the event: "an earthquake struck", not "killed"."""
    subjects = {t.clause.i for t in tellings if not t.trigger.is_verb and t.trigger.token.dep_ == "nsubj"}
    return [
        t for t in tellings
        if not t.trigger.is_verb or t.clause.i not in subjects or t.trigger.outcome not in (None, "hit")
    ]  # fmt: skip


def is_thing(token: Token) -> bool:
    """Say whether the doer is the event itself or its weapon: "the blast killed", "bombs that killed"."""
    return token.lemma_.lower() in roles.PROJECTILES or trigger_of(token) is not None
