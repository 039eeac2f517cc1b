"""How words that tell an event stand in the report: in the headline, in the background, only asked for, in general."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from standoff.events.triggers import Trigger
from standoff.extract.claims import claim_of

_ORDINAL = re.compile(r"(?i)^(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th))$")
_ASKED = frozenset(
    "request demand call appeal offer proposal threat warning plea risk fear danger condition investigation inquiry probe".split()
)
# Above the noun of an event, these say that it may come, not that it came: "liable to attack".
_EXPOSED = frozenset(
    "liable vulnerable prone subject open risk danger fear protect prevent deter avoid guard prepare stop end threaten resist".split()
)
_EARLIER = frozenset({"after", "before"})
_AGES = frozenset("day week month year decade".split())


def is_background(trigger: Trigger) -> bool:
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
    return marker.i > 0 and marker.nbor(-1).lemma_.lower() in _AGES


def is_one_of(token: Token) -> bool:
    """Say whether the words pick one of a series: "the first of the three strikes"."""
    above = token.head
    return above.lower_ == "of" and (bool(_ORDINAL.match(above.head.text)) or above.head.like_num)


def is_copular(token: Token) -> bool:
    """Say whether the words are "this is the third strike": the count of a strike told before."""
    return token.dep_ == "attr" and any(
        c.lower_ in ("this", "it", "that") for c in token.head.children if c.dep_ == "nsubj"
    )


def is_headline(sent: Span) -> bool:
    """Say whether a sentence is the headline: the first one, without a full stop."""
    return sent.start == 0 and not any(
        token.text in ".!?”" for token in sent[max(0, len(sent) - 3) :] if not token.is_space
    )


def is_asked(token: Token) -> bool:
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


def is_question(trigger: Trigger) -> bool:
    """Say whether the words only ask: "it was not clear how many were evacuated"."""
    token = trigger.token
    return trigger.is_verb and token.dep_ == "ccomp" and claim_of(token) == "hypothetical" and any(
        t.lower_ in ("whether", "how", "who", "what", "why") for t in token.doc[token.left_edge.i : token.i]
    )  # fmt: skip


def is_generic(trigger: Trigger) -> bool:
    """Say whether the words speak of events in general: "earthquakes are common there"."""
    token = trigger.token
    if (
        trigger.is_verb
        or token.tag_ != "NNS"
        or any(c.dep_ in ("det", "poss", "nummod") for c in token.lefts)
    ):
        return False
    clause = token
    while clause.head != clause and clause.pos_ not in ("VERB", "AUX"):
        clause = clause.head
    return clause.tag_ in ("VBP", "VBZ") and token.dep_ == "nsubj" and not is_headline(token.sent)


def is_before(clause: Token) -> bool:
    """Say whether the clause is in the past perfect: what it tells came before."""
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in clause.children)
