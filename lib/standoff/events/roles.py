"""Who did it and to whom: read off the parse round a trigger."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from spacy.tokens import Token

from standoff.events.triggers import Trigger, arms_of, is_patient_verb
from standoff.events.words import (
    FAMILY,
    FORCES,
    GUNFIRE,
    HAZARDS,
    LIGHT_VERBS,
    MISSILES,
    NOUNS,
    PEOPLE,
    PROJECTILES,
)
from standoff.model import ActorRole

_STOP = frozenset(
    ("force group fighter troop led backed aligned anti pro own the a an of and several small number").split()
)
_SAME = {
    "american": "us", "u.s.": "us", "u.s": "us", "united": "us", "british": "britain", "iranian": "iran",
    "russian": "russia", "ukrainian": "ukraine", "israeli": "israel", "syrian": "syria", "turkish": "turkey",
    "jet": "aircraft", "jets": "aircraft", "warplane": "aircraft", "warplanes": "aircraft", "plane": "aircraft",
    "planes": "aircraft",
}  # fmt: skip
_MEANS = frozenset({"aircraft"})
_OBJECTS = ("dobj", "obj")
_AT = frozenset("at on upon into against toward towards with".split())
_BEGIN = frozenset("begin start continue manage fail try attempt help go keep".split())
#: Kinds whose verb tells of its subject what befell it: "the ship went down", "a bomb went off".
_BEFALLS = frozenset(
    {
        "sinking",
        "accident",
        "explosion",
        "bombing",
        "fire",
        "flood",
        "eruption",
        "landslide",
        "storm",
        "shelling",
        "missile strike",
        "drone strike",
        "attack",
        "strike",
    }
)
#: A party is no time, no amount and no such word.
_NO_PARTY = frozenset("place hours day days night morning evening report reports statement number damage control wave series "
                      "spate part distance alarm sides".split())  # fmt: skip


def clause_of(trigger: Trigger) -> Token:
    """Return the verb that carries the event: the trigger itself, a light verb above a noun, or the verb above."""
    token = trigger.token
    if trigger.is_verb:
        return token
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def actor_of(trigger: Trigger) -> Token | None:
    """Return the head of the phrase that names who did it; None for what nobody does."""
    if FAMILY[trigger.type] in HAZARDS:
        return None
    found = _actor(trigger)
    if found is None:
        return None
    sender = _sender(found)
    if sender is not None:
        return sender
    return found if may_be_party(found) else None


def _actor(trigger: Trigger) -> Token | None:
    token = trigger.token
    agent = _by(token) or _from(token)
    if agent is not None:
        return agent
    if trigger.is_verb:
        passive = any(c.dep_ == "auxpass" for c in token.children) or _is_reduced_passive(token)
        people = _subject(token)
        acted = (
            people is not None
            and bool(arms_of(people) & (PEOPLE | FORCES))
            and trigger.type in ("attack", "strike", "shelling")
            and token.lemma_.lower() not in ("die", "drown", "perish")
        )
        if passive or (is_patient_verb(token) and trigger.type in _BEFALLS and not acted):
            return None
        return _subject(token)
    verb = clause_of(trigger)
    owner = _owner(token)
    if verb == token or verb.pos_ not in ("VERB", "AUX"):
        return owner
    if verb.lemma_.lower() in LIGHT_VERBS and token.dep_ in ("dobj", "obj", "nsubjpass"):
        return _by(verb) or (owner if token.dep_ == "nsubjpass" else _subject(verb))
    if (
        token.dep_ == "nsubjpass"
        and _by(verb) is not None
        and verb.lemma_.lower() in ("claim", "plan", "order")
    ):
        return _by(verb)
    if token.dep_ == "pobj" and token.head.lower_ == "in" and FAMILY[trigger.type] == "protest":
        return _subject(verb)
    return owner


def _owner(token: Token) -> Token | None:
    """Return whose deed a noun is: "Israel's strike", "an Israeli air strike", "a Boko Haram attack", "a rebel raid"."""
    for child in token.lefts:
        if child.ent_type_ in ("DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY"):
            continue
        if (
            child.dep_ == "poss"
            and (child.pos_ in ("NOUN", "PROPN") or child.tag_ == "PRP$")
            and child.ent_type_ not in ("GPE", "LOC", "FAC")
        ):
            return child
        if child.dep_ == "poss" and child.ent_type_ == "GPE":
            return child
        if child.dep_ in ("amod", "compound", "nmod") and (
            child.ent_type_ in ("NORP", "ORG") or (child.lemma_.lower() in PEOPLE | FORCES and child.lemma_.lower() not in MISSILES | {"car", "truck", "vehicle", "air", "jet", "aircraft", "helicopter"})
        ):  # fmt: skip
            return child
    return None


def _sender(token: Token) -> Token | None:
    """Return who sent what flew: "Russian shells", "two of its missiles", "a missile launched from a jet"."""
    if not arms_of(token) & MISSILES or token.lemma_.lower() in PEOPLE:
        return None
    heads = [token]
    if token.like_num or token.lower_ in ("one", "two", "both", "some", "several", "dozens"):
        heads += [
            c for prep in token.children if prep.lower_ == "of" for c in prep.children if c.dep_ == "pobj"
        ]
    for head in heads:
        for child in head.lefts:
            own = child.dep_ == "poss" or (
                child.dep_ in ("amod", "compound", "nmod") and child.ent_type_ in ("NORP", "GPE", "ORG")
            )
            if own and child.ent_type_ not in ("DATE", "TIME"):
                return child
        for child in head.rights:
            if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in (
                "fire",
                "launch",
                "drop",
                "belong",
                "operate",
                "plant",
                "lay",
                "send",
            ):
                return (
                    _by(child)
                    or _launched_from(child)
                    or (_subject_of(child) if child.tag_ != "VBN" else None)
                )
    return None


def _launched_from(verb: Token) -> Token | None:
    """Return the aircraft or ship that a missile came from; a place is none."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("from", "to"):
            return next(
                (c for c in child.children if c.dep_ == "pobj" and c.ent_type_ not in ("GPE", "LOC", "DATE")),
                None,
            )
    return None


def may_be_party(token: Token) -> bool:
    """Say whether a word can stand for somebody who does or suffers: no projectile, time or amount."""
    if (
        token.ent_type_ in ("DATE", "TIME", "QUANTITY", "PERCENT", "MONEY")
        or token.lemma_.lower() in _NO_PARTY
    ):
        return False
    if token.lower_ in ("there", "what") or token.lemma_.lower() in NOUNS:
        return False
    return not (arms_of(token) & MISSILES and token.lemma_.lower() not in PEOPLE)


def role_of(token: Token | None) -> ActorRole | None:
    """Return how sure the report is of the doer: "suspected militants", "blamed on the rebels"."""
    if token is None:
        return None
    if any(
        c.lower_ in ("suspected", "alleged", "presumed", "unidentified")
        for c in token.lefts
        if c.lower_ != "unidentified"
    ):
        return "suspected"
    above = token.head.head if token.head.pos_ == "ADP" else token.head
    if above.lemma_.lower() in ("blame", "accuse", "suspect", "attribute"):
        return "accused"
    return "stated"


# ---------------------------------------------------------------------- the target


#: Kinds that can be done to a projectile.
_OF_ARMS = frozenset({"interception", "shootdown", "seizure"})


def target_of(trigger: Trigger) -> Token | None:
    """Return the head of the phrase that names whom or what it was done to; None for a hazard."""
    family = FAMILY[trigger.type]
    if family in HAZARDS and family != "explosion":
        return None
    found = _target(trigger)
    if found is not None and (found.ent_type_ in ("DATE", "TIME") or found.lemma_.lower() in _NO_PARTY):
        return None
    if (
        found is not None
        and trigger.type not in _OF_ARMS
        and arms_of(found) & PROJECTILES
        and found.lemma_.lower() in PROJECTILES
    ):
        return None
    return found


def _target(trigger: Trigger) -> Token | None:
    token = trigger.token
    if not trigger.is_verb:
        return _target_of_noun(trigger)
    for child in token.children:
        shot = child.dep_ in (*_OBJECTS, "nsubjpass") and (child.lower_ in GUNFIRE or (arms_of(child) & MISSILES and token.lemma_.lower() in
                                                           ("fire", "launch", "drop", "lob", "use", "throw", "open", "exchange", "trade", "rain")))  # fmt: skip
        if shot:
            return _aimed_at(token)
        if child.dep_ in (*_OBJECTS, "nsubjpass"):
            return _antecedent(child)
    if trigger.type in ("deployment", "withdrawal") and is_patient_verb(token):
        return None
    if trigger.type in ("seizure", "shootdown", "sinking", "accident") and (
        is_patient_verb(token) or token.lemma_.lower() == "fall"
    ):
        return _subject(token)
    if trigger.type in (
        "clash",
        "attack",
        "shelling",
        "missile strike",
        "strike",
        "drone strike",
        "ground attack",
        "boarding",
        "air strike",
        "bombing",
    ):
        aimed = _aimed_at(token) or _beside(token)
        if aimed is not None:
            return aimed
    if is_patient_verb(token) and trigger.type not in (
        "bombing",
        "explosion",
        "clash",
        "missile strike",
        "shelling",
        "drone strike",
    ):
        return _subject(token)
    if _is_reduced_passive(token):
        return token.head
    if (
        token.dep_ == "conj" and token.head.pos_ == "VERB" and token.tag_ in ("VBD", "VBN")
    ):  # "fired on and seized the ships"
        return next((c for c in token.head.children if c.dep_ in (*_OBJECTS, "nsubjpass")), None)
    return None


def _aimed_at(verb: Token) -> Token | None:
    """Return what was shot at: "fired mortar rounds at the camp", "exchanged fire with a speedboat"."""
    holders = [verb, *(c for c in verb.children if c.dep_ in (*_OBJECTS, "advmod", "prt"))]
    for holder in holders:
        for child in holder.children:
            if child.dep_ in ("prep", "advmod") and child.lower_ in _AT | {"between"}:
                found = next((c for c in child.children if c.dep_ == "pobj"), None)
                if (
                    found is not None
                    and found.ent_type_ not in ("DATE", "TIME")
                    and not _is_place_only(found, child)
                ):
                    return found
    return None


def _is_place_only(noun: Token, preposition: Token) -> bool:
    return (
        preposition.lower_ in ("at", "on")
        and noun.ent_type_ in ("GPE", "LOC")
        and preposition.head.lemma_.lower() not in ("fire", "shoot")
    )


def _beside(verb: Token) -> Token | None:
    """Return what a bomb went off beside, or where shells fell: "at the gate of the camp", "near a hotel", "in a market"."""
    if verb.lemma_.lower() not in (
        "go",
        "explode",
        "detonate",
        "blow",
        "land",
        "fall",
        "slam",
        "crash",
        "rain",
        "come",
        "smash",
    ):
        return None
    for child in verb.children:
        if child.dep_ in ("prep", "advmod") and child.lower_ in (
            "in",
            "at",
            "near",
            "outside",
            "inside",
            "beside",
            "into",
            "onto",
            "on",
            "close",
        ):
            below = [child, *(c for c in child.children if c.dep_ == "prep")]
            for prep in below:
                found = next(
                    (c for c in prep.children if c.dep_ == "pobj" and c.ent_type_ not in ("DATE", "TIME")),
                    None,
                )
                if found is not None and found.pos_ == "NOUN":
                    return found
    return None


def _target_of_noun(trigger: Trigger) -> Token | None:
    token = trigger.token
    for holder in (token, clause_of(trigger)):
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ in (
                "against",
                "on",
                "targeting",
                "at",
                "of",
                "near",
                "between",
                "with",
            ):
                if child.lower_ in ("at", "near", "with") and holder is not token:
                    continue
                if child.lower_ == "of" and token.lemma_.lower() not in _OF_THEM:
                    continue
                found = next((c for c in child.children if c.dep_ == "pobj"), None)
                if found is None or found.ent_type_ in ("DATE", "TIME"):
                    continue
                if child.lower_ in ("at", "near") and found.ent_type_ in ("GPE", "LOC"):
                    continue
                return found
    for child in token.children:
        if child.dep_ in ("acl", "relcl") and child.lemma_ in ("target", "hit", "strike"):
            return next((c for c in child.children if c.dep_ in _OBJECTS), None)
    if token.head.lower_ == "under" and token.dep_ == "pobj":
        return _subject(clause_of(trigger))
    verb = clause_of(trigger)
    if (
        verb != token
        and token.dep_ == "nsubj"
        and verb.lemma_.lower() in ("hit", "target", "strike", "destroy", "kill", "damage")
    ):
        return next((c for c in verb.children if c.dep_ in _OBJECTS), None)
    return None


_OF_THEM = frozenset(
    "seizure hijacking hijack capture takeover boarding kidnapping abduction bombing shelling bombardment assassination killing murder evacuation "
    "withdrawal deployment interception shootdown downing sinking arrest massacre recapture kidnap".split()
)


# ---------------------------------------------------------------------- words for one party


def key_words(text: str | None) -> frozenset[str]:
    """Return the words by which two phrases for one party overlap.

    Examples
    --------
    >>> sorted(key_words("the US-led coalition") & key_words("The US"))
    ['us']
    """
    if not text:
        return frozenset()
    found = text.lower().replace("-", " ").replace("’s", "").replace("'s", "").split()
    bare = (_SAME.get(word.strip(".,“”\"'"), word.strip(",“”\"'.")) for word in found)
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


# ---------------------------------------------------------------------- the parse


def _is_reduced_passive(token: Token) -> bool:
    return token.tag_ == "VBN" and token.dep_ == "acl" and not _governs_object(token)


def _governs_object(token: Token) -> bool:
    """Say whether a participle has an object: the parser took a past tense for one, "aircraft bombed a village"."""
    return any(child.dep_ in _OBJECTS for child in token.children)


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


def _subject_of(verb: Token) -> Token | None:
    return next((_antecedent(child) for child in verb.children if child.dep_ == "nsubj"), None)


def _subject(verb: Token) -> Token | None:
    """Return the subject of a verb, its own or the one that it borrows from the verb above."""
    for _ in range(4):
        own = _subject_of(verb)
        if own is not None:
            return own
        if verb.dep_ in ("acl", "relcl"):
            sender = next(
                (c for c in verb.head.children if c.dep_ == "prep" and c.lower_ in ("from", "by")), None
            )
            if verb.dep_ == "acl" and sender is not None:
                return next((c for c in sender.children if c.dep_ == "pobj"), None)
            return verb.head if verb.dep_ == "relcl" or _governs_object(verb) or verb.tag_ == "VBG" else None
        if verb.dep_ == "xcomp":
            if verb.head.lemma_.lower() not in _BEGIN:
                controlled = next((c for c in verb.head.children if c.dep_ in (*_OBJECTS, "nsubjpass")), None)
                if controlled is not None:
                    return controlled
        elif verb.dep_ == "pcomp" and verb.head.head != verb.head:  # "by shelling", "before opening fire"
            verb = verb.head.head
            continue
        if verb.head == verb or verb.dep_ not in ("xcomp", "conj", "advcl", "pcomp"):
            return None
        if verb.dep_ == "advcl" and verb.tag_ not in ("VBG", "VB"):
            return None
        verb = verb.head
    return None


def _antecedent(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, else the word itself."""
    if token.lower_ in ("who", "which", "that") and token.head.dep_ == "relcl":
        return token.head.head
    return token
