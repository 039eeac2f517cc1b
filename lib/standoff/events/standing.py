"""How words that tell an event stand in the report: in the headline, in the background, only asked for, in general."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from standoff.events.triggers import Trigger
from standoff.events.words import FAMILY
from standoff.extract.claims import asks_of, claim_of
from standoff.extract.state import text_of

_ORDINAL = re.compile(r"(?i)^(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th))$")
_ASKED = frozenset(
    (
        "request demand call appeal offer proposal threat warning plea risk fear danger condition "
        "investigation inquiry probe"
    ).split()
)
_ASKING = frozenset("request demand call appeal offer threaten plead".split())
# Above the noun of an event, these say that it may come, not that it came: "liable to attack".
_EXPOSED = frozenset(
    (
        "liable vulnerable prone subject open risk danger fear protect prevent deter avoid guard prepare "
        "stop end threaten resist"
    ).split()
)
_EARLIER = frozenset({"after", "before"})
_FEW = 5  # letters; so few in capitals are an abbreviation
_AGES = frozenset("day week month year decade".split())


def is_background(trigger: Trigger) -> bool:
    """Say whether the words only tell what came long before: "eight days after tremors", "since the attack"."""
    token = trigger.token
    above = token.head if token.dep_ == "xcomp" else token  # "since the rebels began to fire on ships"
    markers = [child for holder in (token, above) for child in holder.children if child.dep_ == "mark"]
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


def _first_line(doc: Doc) -> int:
    """Return where the first line of a document ends, found once."""
    key = "standoff_first_line"
    if key not in doc.user_data:
        end = text_of(doc).find("\n")
        doc.user_data[key] = end if end >= 0 else len(text_of(doc))
    length: int = doc.user_data[key]
    return length


def is_headline(sent: Span) -> bool:
    """Say whether a sentence is the headline: the first one, without a full stop."""
    if sent.start_char < _first_line(sent.doc):
        letters = [c for c in sent.text if c.isalpha()]
        if len(letters) > _FEW and all(c.isupper() for c in letters):
            return True  # "WARNING 041/2022 - BOARDING."
    return sent.start == 0 and not any(
        token.text in ".!?”" for token in sent[max(0, len(sent) - 3) :] if not token.is_space
    )


_UNDONE = frozenset("avert prevent foil thwart postpone cancel".split())


def is_undone(token: Token) -> bool:
    """Say whether an event was called off or prevented: "the attack was averted", "foiled a plot to bomb a market"."""
    for verb in (token.head, *token.ancestors):
        if verb.pos_ not in ("VERB", "NOUN", "ADP", "PART"):
            break
        off = verb.lemma_.lower() == "call" and any(c.lower_ == "off" for c in verb.children)
        if verb.lemma_.lower() in _UNDONE or off:
            return token.dep_ in ("nsubjpass", "dobj", "acl", "xcomp", "pobj", "pcomp")
    return False


def is_asked(token: Token) -> bool:
    """Say whether the event is only asked for, ordered, offered or threatened."""
    if (
        token.dep_ == "dobj"
        and token.head.lemma_.lower() == "order"
        and token.lemma_.lower() not in ("evacuation", "withdrawal")
    ):
        return True
    for ancestor in token.ancestors:
        lemma = ancestor.lemma_.lower()
        if (lemma in _ASKED and ancestor.pos_ == "NOUN") or (lemma in _EXPOSED and ancestor == _above(token)):
            return True
        if ancestor.dep_ in ("ROOT", "relcl", "advcl"):
            return ancestor.lemma_.lower() in _ASKING and (
                lemma != "call" or any(c.lower_ == "for" for c in ancestor.children)
            )
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
        t.lower_ in ("whether", "how", "who", "what", "why") and asks_of(t, token)
        for t in token.doc[token.left_edge.i : token.i]
    )  # fmt: skip


def is_generic(trigger: Trigger) -> bool:
    """Say whether the words speak of events in general: "earthquakes are common there"."""
    token = trigger.token
    if not trigger.is_verb and any(c.lower_ in ("no", "neither") for c in token.lefts):
        return True  # "no attack took place"
    nobody = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "agent")), None)
    if (
        trigger.is_verb
        and trigger.outcome is None
        and nobody is not None
        and nobody.lower_ in ("nobody", "none")
    ):
        return True
    if (
        trigger.is_verb
        and trigger.outcome is None
        and any(
            d.lower_ in ("no", "not", "neither")
            for c in token.children
            if c.dep_ in ("nsubj", "nsubjpass", "dobj")
            for d in c.lefts
        )
    ):
        return True  # "not a shot was fired"
    if trigger.is_verb and token.lemma_.lower() == "hold" and token.dep_ == "acl":
        return True  # "a yacht held by pirates"
    if trigger.is_verb:
        aside = token.dep_ in ("relcl", "advcl", "acl") and FAMILY[trigger.type] == "movement"
        return aside or _is_habit(token)  # "troops who had crossed the river": no event of its own
    if token.tag_ != "NNS" or any(c.dep_ in ("det", "poss", "nummod") for c in token.lefts):
        return False
    clause = token
    while clause.head != clause and clause.pos_ not in ("VERB", "AUX"):
        clause = clause.head
    return clause.tag_ in ("VBP", "VBZ") and token.dep_ == "nsubj" and not is_headline(token.sent)


def _is_habit(verb: Token) -> bool:
    """Say whether a verb tells what is done as a rule: "we strike only extremists"; reports tell events in the past.

    In a headline the present tense tells an event.
    """
    if verb.dep_ == "conj" and verb.tag_ == "VBG" and verb.head.pos_ in ("NOUN", "PROPN"):
        return True  # "a fire and exploding ammunition"
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBG" and "been" in helpers and helpers & {"has", "have"}:
        return True  # "has been fighting jihadists since 2015"
    if helpers & {"do", "does"} and verb.tag_ == "VB" and not helpers & {"did"}:
        return True  # "it does not fire at civilians"
    helped = bool(helpers)
    return (
        verb.tag_ in ("VBP", "VBZ")
        and not helped
        and not is_headline(verb.sent)
        and not any(t.ent_type_ == "DATE" for t in verb.subtree)
    )


_WISHED = frozenset("threaten want hope demand ask call urge beg vow seek fear expect warn".split())
_NOT_YET = frozenset("until unless if lest before".split())


def is_imagined(trigger: Trigger) -> bool:
    """Say whether the words only imagine the event: "that might form", "unless it withdrew", "threatened to blow her up".

    "May have been hit" tells of something that is over, and stays.
    """
    token = trigger.token
    clause = token
    for _ in range(5):
        helpers = {c.lower_ for c in clause.children if c.dep_ == "aux"}
        if helpers & {"may", "might", "could", "would", "can", "should"} and "have" not in helpers:
            return not (
                trigger.is_verb and helpers & {"would"} and clause.dep_ == "ccomp"
            )  # "said that soldiers would go"
        if clause.dep_ == "pcomp" and _is_instead(clause.head):
            return True
        marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
        if marks & (_NOT_YET - {"before"}) or _is_purpose(clause):
            return True
        if clause.head == clause or clause.dep_ in ("ROOT", "conj", "ccomp", "relcl"):
            return False
        if (
            clause.dep_ == "xcomp"
            and clause.head.lemma_.lower() in _WISHED
            and any(c.lower_ == "to" for c in clause.children)
        ):
            return not any(c.dep_ in ("dobj", "nsubjpass") for c in clause.head.children)
        clause = clause.head
    return False


def _is_instead(preposition: Token) -> bool:
    """Say whether what follows did not happen: "instead of withdrawing", "without firing a shot"."""
    before = preposition.nbor(-1).lower_ if preposition.i else ""
    return preposition.lower_ == "without" or (
        preposition.lower_ in ("of", "than") and before in ("instead", "rather", "short")
    )


def _is_purpose(clause: Token) -> bool:
    """Say whether a clause tells what something was for: "so that they could not be taken hostage"."""
    before = clause.doc[max(clause.sent.start, clause.left_edge.i - 2) : clause.left_edge.i + 2].text.lower()
    return clause.dep_ == "advcl" and "so that" in before


def is_before(clause: Token) -> bool:
    """Say whether the clause is in the past perfect: what it tells came before."""
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in clause.children)
