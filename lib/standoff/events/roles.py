"""Who did it, to whom, with what, and what came of it: read off the parse round a trigger."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from spacy.tokens import Token

from standoff.events.triggers import LIGHT_VERBS, MISSILES, Trigger, arms_of, is_patient_verb
from standoff.extract import numbers
from standoff.extract.phrases import phrase
from standoff.model import Count, Measure

_WEAPON_VERBS = frozenset(["drop", "fire", "launch", "use", "lob"])
_FIRE = frozenset("fire gunfire shots salvo volley".split())
_IMPACTS = frozenset("hit strike land fall slam crash".split())
_ARMS = frozenset(
    (
        "bomb missile rocket shell mortar drone torpedo grenade mine artillery helicopter aircraft jet bomber "
        "gun rifle warplane tank"
    ).split()
)
#: Arms that do a deed for whoever sent them; an aircraft can stand for its side, a bomb cannot.
PROJECTILES = frozenset("bomb missile rocket shell mortar torpedo grenade mine".split())
_FLYING = PROJECTILES | {"drone"}
_PEOPLE = frozenset(
    (
        "people person civilian soldier fighter man woman child militant troop policeman officer resident "
        "member worker sailor rebel guard passenger crew villager life militiaman combatant jihadist "
        "insurgent"
    ).split()
)
_MANY = frozenset("tens dozens scores hundreds thousands".split())
_STOP = frozenset(
    ("force group fighter troop led backed aligned anti pro own the a an of and several small number").split()
)
_SAME = {
    "american": "us",
    "u.s.": "us",
    "u.s": "us",
    "united": "us",
    "british": "britain",
    "iranian": "iran",
    "jet": "aircraft",
    "jets": "aircraft",
    "warplane": "aircraft",
    "warplanes": "aircraft",
    "plane": "aircraft",
    "planes": "aircraft",
}
_MEANS = frozenset({"aircraft"})


def clause_of(trigger: Trigger) -> Token:
    """Return the verb that carries the event: the trigger itself, a light verb above a noun, or the verb above."""
    token = trigger.token
    if trigger.is_verb:
        return token
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def actor_of(trigger: Trigger) -> Token | None:
    """Return the head of the phrase that names who did it."""
    token = trigger.token
    agent = _by(token) or _from(token)
    if agent is not None:
        return agent
    if trigger.is_verb:
        passive = any(child.dep_ == "auxpass" for child in token.children) or _is_reduced_passive(token)
        if passive or is_patient_verb(token):
            return None
        return _subject(token)
    verb = clause_of(trigger)
    if verb == token or verb.pos_ not in ("VERB", "AUX"):
        return None
    if verb.lemma_.lower() in LIGHT_VERBS and token.dep_ in ("dobj", "obj", "nsubjpass"):
        return _by(verb) or (None if token.dep_ == "nsubjpass" else _subject(verb))
    owners = (
        c for c in token.lefts if c.dep_ == "poss" and c.pos_ in ("NOUN", "PROPN") and c.ent_type_ != "DATE"
    )
    return next(owners, None)


def target_of(trigger: Trigger) -> Token | None:
    """Return the head of the phrase that names whom or what it was done to."""
    token = trigger.token
    if trigger.is_verb:
        for child in token.children:
            shot = child.dep_ in ("dobj", "obj") and (child.lower_ in _FIRE or arms_of(child) & MISSILES)
            if shot:
                return _aimed_at(token)
            if child.dep_ in ("dobj", "obj", "nsubjpass") and not shot:
                return _antecedent(child)
        if is_patient_verb(token):
            return _subject(token)
        return token.head if _is_reduced_passive(token) else None
    return _target_of_noun(trigger)


def _aimed_at(verb: Token) -> Token | None:
    """Return what was shot at: "fired mortar rounds at the camp", "exchanged fire with a speedboat"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("at", "on", "with", "into"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _target_of_noun(trigger: Trigger) -> Token | None:
    token = trigger.token
    for holder in (token, clause_of(trigger)):
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ in ("against", "on", "targeting"):
                found = next((c for c in child.children if c.dep_ == "pobj"), None)
                if found is not None and found.ent_type_ not in ("DATE", "TIME"):
                    return found
    for child in token.children:
        if child.dep_ == "acl" and child.lemma_ in ("target", "hit"):
            return next((c for c in child.children if c.dep_ in ("dobj", "obj")), None)
    if token.head.lower_ == "under" and token.dep_ == "pobj":
        return _subject(clause_of(trigger))
    return None


def weapon_of(sentence: list[Token], measures: list[Measure]) -> tuple[str | None, int | None]:
    """Return the weapon of a sentence and how many of what it dropped, fired or launched."""
    weapon: str | None = None
    count: int | None = None
    for token in sentence:
        if token.lemma_.lower() in _ARMS and token.dep_ in ("pobj", "nsubj", "dobj"):
            above = token.head
            by_or_with = (
                token.dep_ == "pobj" and above.lower_ in ("by", "with", "from") and above.head.pos_ == "VERB"
            )
            flew = token.dep_ == "nsubj" and above.lemma_ in _IMPACTS and token.lemma_.lower() in _FLYING
            if flew or (by_or_with and (above.dep_ == "agent" or above.lower_ == "with")):
                weapon = weapon or phrase(token)
            elif token.dep_ == "dobj" and above.lemma_ in _WEAPON_VERBS:
                counted = next(
                    (m for m in measures if m.dimension == "count" and m.start <= token.idx < m.end), None
                )
                weapon = weapon or phrase(token)
                count = round(counted.value) if counted and not _is_open(counted) else count
    return weapon, count


def people_hit(verb: Token, measures: list[Measure]) -> Count | None:
    """Return how many people a verb of outcome counts: "killed an estimated 10 fighters"."""
    for child in verb.children:
        subject = child.dep_ == "nsubj" and verb.lemma_.lower() == "die"
        if child.dep_ not in ("dobj", "obj", "nsubjpass") and not subject:
            continue
        counted = _count_at(child, measures)
        if counted is not None:
            return counted
        one = any(c.lower_ in ("a", "an") for c in child.lefts) and child.tag_ in ("NN", "NNP")
        if one and child.lemma_.lower() not in ("number", "dozen", "couple", "score", "handful", "total"):
            return Count(low=1, best=1, high=1)
        if child.like_num or child.lower_ in _MANY:
            return _bare_number(child)
    return None


def _count_at(head: Token, measures: list[Measure]) -> Count | None:
    for measure in measures:
        if measure.dimension == "count" and measure.start <= head.idx < measure.end:
            low = round(measure.low) if measure.low is not None else 0
            high = round(measure.high) if measure.high is not None else None
            return Count(low=low, best=None if _is_open(measure) else round(measure.value), high=high)
    return None


def _is_open(measure: Measure) -> bool:
    """Say whether a count is between two numbers, "dozens" or "20 to 30", of which none is the best."""
    return measure.low != measure.high and None not in (measure.low, measure.high)


def _bare_number(token: Token) -> Count | None:
    if token.lower_ in _MANY:
        hinted = numbers.read(f"{token.text} of")  # "dozens were killed": as of people
        return Count(low=round(hinted.low), best=None, high=round(hinted.high)) if hinted else None
    value = numbers.parse(token.text)
    if value is None:
        return None
    before = token.doc[max(0, token.i - 3) : token.i].text.lower()
    at_least = before.endswith(("at least", "more than", "over"))
    return Count(low=round(value), best=round(value), high=None if at_least else round(value))


def losses_of(verb: Token, outcome: str) -> list[str]:
    """Return what a verb destroyed or damaged, each with the outcome: "a tank damaged"."""
    if outcome not in ("destroyed", "damaged"):
        return []
    heads: list[Token] = []
    for child in verb.children:
        if child.dep_ in ("dobj", "obj", "nsubjpass"):
            heads = [child, *_joined(child)]
    out = []
    for head in heads:
        text = phrase(head)
        if text and head.lemma_.lower() not in _PEOPLE:
            first, last = text.split(" ")[0], text
            out.append(f"{last} {outcome}" if first else f"{outcome}")
    return out


def _joined(head: Token) -> list[Token]:
    more = [
        child for child in head.rights if child.dep_ in ("conj", "appos") and child.pos_ in ("NOUN", "PROPN")
    ]
    return [*more, *(inner for child in more for inner in _joined(child))]


def key_words(text: str | None) -> frozenset[str]:
    """Return the words by which two phrases for one party overlap.

    Examples
    --------
    >>> sorted(key_words("the US-led coalition") & key_words("The US"))
    ['us']
    """
    if not text:
        return frozenset()
    words = text.lower().replace("-", " ").replace("’s", "").replace("'s", "").split()
    bare = (_SAME.get(word.strip(".,“”\"'"), word.strip(",“”\"'.")) for word in words)
    return frozenset(
        word.rstrip("s") if len(word) > 3 else word for word in bare if word.rstrip("s") not in _STOP and word
    )


def overlap(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Say whether two parties share a word; that both flew aircraft is not enough when each is named.

    Examples
    --------
    >>> overlap(key_words("Jets"), key_words("Aircraft of the US-led coalition"))
    True
    >>> overlap(key_words("a Syrian warplane"), key_words("Aircraft of the coalition"))
    False
    """
    common = one & other
    if common and common <= _MEANS and one - common and other - common:
        return False
    return bool(common)


def _is_reduced_passive(token: Token) -> bool:
    return token.tag_ == "VBN" and token.dep_ == "acl" and not _governs_object(token)


def _governs_object(token: Token) -> bool:
    """Say whether a participle has an object: the parser took a past tense for one, "aircraft bombed a village"."""
    return any(child.dep_ in ("dobj", "obj") for child in token.children)


def _by(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found = next((c for c in child.children if c.dep_ == "pobj"), None)
            if found is not None and found.ent_type_ not in ("DATE", "TIME") and found.tag_ != "VBG":
                return found
    return None


def _from(token: Token) -> Token | None:
    """Return who "came under attack from"."""
    if token.head.lower_ != "under":
        return None
    for holder in (token, token.head, token.head.head):
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ == "from":
                return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _subject(verb: Token) -> Token | None:
    """Return the subject of a verb, its own or the one that it borrows from the verb above."""
    for _ in range(4):
        for child in verb.children:
            if child.dep_ == "nsubj":
                return _antecedent(child)
        if verb.dep_ in ("acl", "relcl"):
            sender = next(
                (c for c in verb.head.children if c.dep_ == "prep" and c.lower_ in ("from", "by")), None
            )
            if verb.dep_ == "acl" and sender is not None:
                return next((c for c in sender.children if c.dep_ == "pobj"), None)
            return verb.head if verb.dep_ == "relcl" or _governs_object(verb) else None
        if verb.dep_ == "xcomp":
            controlled = next((c for c in verb.head.children if c.dep_ in ("dobj", "obj", "nsubjpass")), None)
            if controlled is not None:
                return controlled
        if verb.head == verb or verb.dep_ not in ("xcomp", "conj"):
            return None
        verb = verb.head
    return None


def _antecedent(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, else the word itself."""
    if token.lower_ in ("who", "which", "that") and token.head.dep_ == "relcl":
        return token.head.head
    return token
