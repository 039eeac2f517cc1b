"""Who did it: read off the parse round a trigger."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.events.nouns import CLASSES
from standoff.events.syntax import (
    agent,
    antecedent,
    is_passive,
    is_reduced,
    objects,
    own_subject,
    passive_subjects,
    prepositional,
)
from standoff.events.triggers import Trigger, arms_of, is_patient_verb
from standoff.events.words import FAMILY, FORCES, GROUPS, HAZARDS, LIGHT_VERBS, MEANS, MISSILES, NOUNS, PEOPLE
from standoff.model import ActorRole

_OBJECTS = ("dobj", "obj")
# Verbs that hand their subject on to the verb below them.
_BEGIN = frozenset("begin start continue manage fail try attempt help go keep".split())
_FLYING = frozenset("drone jet aircraft plane helicopter missile rocket warplane uav".split())
_DIES = frozenset({"die", "drown", "perish"})
#: Kinds whose verb may tell of its subject what befell it: "the ship went down", "a bomb went off".
_BEFALLS = frozenset(
    {"sinking", "accident", "explosion", "bombing", "fire", "flood", "eruption", "landslide", "storm", "shelling",
     "missile strike", "drone strike", "attack", "strike"}
)  # fmt: skip
#: Words that are neither who did it nor to whom.
NO_PARTY = frozenset(
    "place hours day night morning evening hour report statement number damage control wave series "
    "spate part am pm a.m. p.m. hrs distance alarm way means wire fuse timer remote control road sea "
    "phone "
    "time week month year".split()
)
# What kills and attacks nobody.
_NOBODY = frozenset(
    "virus disease cholera ebola epidemic outbreak fever famine hunger heat cold wave water lava mud "
    "ash gas smoke poison lightning hail "
    "rain wind snow avalanche tree pylon crash wall roof rock boulder current drought pollution shock "
    "quake tremor flood storm fire blaze "
    "flame debris rubble toll number".split()
)
_SENT_BY = frozenset("fire launch drop belong operate plant lay send aim".split())
#: Verbs by which people are seen where they should not be: "three men were seen in the engine room".
SIGHTING = frozenset("see notice spot sight discover find detect observe encounter".split())
_AREAS = ("GPE", "LOC", "FAC")
_CARRIERS = frozenset("car truck vehicle air jet aircraft helicopter ship vessel police".split()) - {"police"}


def clause_of(trigger: Trigger) -> Token:
    """Return the verb that carries the event: the trigger itself, a light verb above a noun, or the verb above."""
    token = trigger.token
    if trigger.is_verb:
        # "they had overrun Mosul" with "overrun" taken for a noun: the sentence hangs on "had"
        return (
            token
            if token.pos_ == "VERB" or token.head.head.lemma_.lower() not in ("have", "be")
            else token.head.head
        )
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def actor_of(trigger: Trigger) -> Token | None:
    """Return the head of the phrase that names who did it; None for what nobody does."""
    if FAMILY[trigger.type] in HAZARDS:
        return None
    if trigger.is_verb and (is_of_mine(trigger.token) or is_of_mine(trigger.token.head)):
        return None
    if trigger.is_verb and trigger.type == "boarding" and trigger.token.lemma_.lower() in SIGHTING:
        return next(iter([*objects(trigger.token), *passive_subjects(trigger.token)]), None)
    found = _actor(trigger) or (
        subject_of(trigger.token) if trigger.is_verb and is_patient_verb(trigger.token) else None
    )
    if found is None:
        return None
    if _actor(trigger) is None and not arms_of(found) & MISSILES:
        return None  # only who sent what fell
    sender = _sender(found)
    if sender is not None:
        return sender
    return found if may_be_party(found) else None


def is_of_mine(verb: Token) -> bool:
    """Say whether a verb tells that somebody came upon a mine: "struck a mine", "ran over an explosive device"."""
    if verb.lemma_.lower() not in ("hit", "strike", "run", "drive", "trigger"):
        return False
    near = [*objects(verb), *prepositional(verb, "over", "onto", "into")]
    return any(n.lemma_.lower() in CLASSES["mine"] for n in near)


def _actor(trigger: Trigger) -> Token | None:
    token = trigger.token
    by = agent(token) or _from(token)
    if by is not None and by.lemma_.lower() not in NO_PARTY:
        return by
    if trigger.is_verb:
        passive = is_passive(token) or is_reduced(token)
        subject = subject_of(token)
        armed = subject is not None and bool(arms_of(subject) & (PEOPLE | FORCES))
        acted = (
            armed and trigger.type in ("attack", "strike", "shelling") and token.lemma_.lower() not in _DIES
        )
        if (
            trigger.type in ("shootdown", "interception")
            and not objects(token)
            and subject is not None
            and arms_of(subject) & _FLYING
        ):
            return None  # a headline: "Turkish drone downed"
        if trigger.type == "seizure" and token.lemma_.lower() == "fall":
            return next(prepositional(token, "to"), None)  # "the town fell to the rebels"
        if trigger.type == "deployment" and passive:
            return next(iter(passive_subjects(token)), None)
        befell = is_patient_verb(token) and trigger.type in _BEFALLS and not acted
        return None if passive or befell else subject
    return _actor_of_noun(trigger)


def _actor_of_noun(trigger: Trigger) -> Token | None:
    token, verb, owner = trigger.token, clause_of(trigger), _owner(trigger.token)
    between = list(prepositional(token, "between"))
    if len(between) > 1 and trigger.type in ("agreement", "clash"):
        return between[0]
    if verb == token or verb.pos_ not in ("VERB", "AUX"):
        return owner
    lemma = verb.lemma_.lower()
    carried = lemma in LIGHT_VERBS or (lemma == "order" and trigger.type == "evacuation")
    if carried and token.dep_ in ("dobj", "obj", "nsubjpass"):
        return agent(verb) or (owner if token.dep_ == "nsubjpass" else subject_of(verb))
    if token.dep_ == "nsubjpass" and agent(verb) is not None and lemma in ("claim", "plan", "order"):
        return agent(verb)
    if token.dep_ == "pobj" and token.head.lower_ == "in" and FAMILY[trigger.type] == "protest":
        return subject_of(verb)
    return owner


def _owner(token: Token) -> Token | None:
    """Return whose deed a noun is: "Israel's strike", "an Israeli air strike", "a Boko Haram attack", "a rebel raid"."""
    for child in token.lefts:
        if child.ent_type_ in ("DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY"):
            continue
        if (
            child.dep_ == "poss"
            and (child.pos_ in ("NOUN", "PROPN") or child.tag_ == "PRP$")
            and child.ent_type_ not in ("LOC", "FAC")
        ):
            return child
        lemma = child.lemma_.lower()
        group = lemma in PEOPLE | FORCES and lemma not in MISSILES | _CARRIERS
        known = any(t.lower_ in GROUPS for t in (child, *child.lefts))
        if child.dep_ in ("amod", "compound", "nmod") and (
            child.ent_type_ in ("NORP", "ORG") or group or known
        ):
            return child
    return None


def _sender(token: Token) -> Token | None:
    """Return who sent what flew: "Russian shells", "two of its missiles", "a missile launched from a jet"."""
    if not arms_of(token) & MISSILES or token.lemma_.lower() in PEOPLE:
        return None
    of = [c for prep in token.children if prep.lower_ == "of" for c in prep.children if c.dep_ == "pobj"]
    for head in [token, *of]:
        for child in head.lefts:
            named = (
                child.dep_ in ("amod", "compound", "nmod")
                and child.ent_type_ in ("NORP", "GPE")
                and child.lower_ not in MEANS
            )
            if (child.dep_ == "poss" or named) and child.ent_type_ not in ("DATE", "TIME"):
                return child
        for child in head.rights:
            if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in _SENT_BY:
                return (
                    agent(child)
                    or _launched_from(child)
                    or (own_subject(child) if child.tag_ != "VBN" else None)
                )
    return None


def _launched_from(verb: Token) -> Token | None:
    """Return the aircraft, ship or force that a missile came from; a place is none."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("from", "to"):
            return next((c for c in child.children if c.dep_ == "pobj" and _shoots(c)), None)
    return None


def _shoots(token: Token) -> bool:
    """Say whether a missile may come from one: a base or a town is only where it was fired."""
    if token.ent_type_ == "NORP" or arms_of(token) & (PEOPLE | FORCES | _FLYING | _CARRIERS):
        return True
    return (
        token.pos_ == "PROPN"
        and any(c.lower_ == "the" for c in token.lefts)
        and token.ent_type_ not in _AREAS
    )


def may_be_party(token: Token) -> bool:
    """Say whether a word can stand for somebody who does or suffers: no projectile, time or amount."""
    if (
        token.ent_type_ in ("DATE", "TIME", "QUANTITY", "PERCENT", "MONEY")
        or token.lemma_.lower() in NO_PARTY
    ):
        return False
    if token.lower_ in ("there", "what") or token.lemma_.lower() in NOUNS:
        return False
    return not (arms_of(token) & (MISSILES | {"trap", "device"}) and token.lemma_.lower() not in PEOPLE)


def is_somebody(token: Token | None) -> bool:
    """Say whether a doer is people, a force, a state or a craft: a virus and a wave kill, too, but attack nobody."""
    if token is None:
        return False
    if token.pos_ in ("PROPN", "PRON") or token.ent_type_ in ("PERSON", "NORP", "ORG", "GPE"):
        return True
    return token.lemma_.lower() not in _NOBODY


def role_of(token: Token | None) -> ActorRole | None:
    """Return how sure the report is of the doer: "suspected militants", "blamed on the rebels"."""
    if token is None:
        return None
    if any(c.lower_ in ("suspected", "alleged", "presumed") for c in token.lefts):
        return "suspected"
    above = token.head.head if token.head.pos_ == "ADP" else token.head
    return "accused" if above.lemma_.lower() in ("blame", "accuse", "suspect", "attribute") else "stated"


def _from(token: Token) -> Token | None:
    """Return who "came under attack from"."""
    if token.head.lower_ != "under":
        return None
    for holder in (token, token.head, token.head.head):
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ == "from":
                return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def subject_of(verb: Token) -> Token | None:
    """Return the subject of a verb, its own or the one that it borrows from the verb above."""
    for _ in range(4):
        own = own_subject(verb)
        if own is not None:
            return own
        if verb.dep_ in ("acl", "relcl"):
            return _of_participle(verb)
        lent = _lent(verb)
        if lent is not None:
            return lent
        if verb.dep_ == "pcomp" and verb.head.head != verb.head:  # "by shelling", "before opening fire"
            verb = verb.head.head
        elif verb.dep_ in ("xcomp", "conj") or (verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VB")):
            verb = verb.head
        else:
            return None
    return None


def _of_participle(verb: Token) -> Token | None:
    """Return the noun that a participle or a relative clause is about, where it did the deed."""
    sender = next((c for c in verb.head.children if c.dep_ == "prep" and c.lower_ in ("from", "by")), None)
    if verb.dep_ == "acl" and sender is not None:
        return next((c for c in sender.children if c.dep_ == "pobj"), None)
    did = verb.dep_ == "relcl" or bool(objects(verb)) or verb.tag_ == "VBG"
    return antecedent(verb.head) if did else None


def _lent(verb: Token) -> Token | None:
    """Return the object of the verb above that does the deed: "accused the rebels of shelling"."""
    above = verb.head
    if verb.dep_ == "xcomp" and above.lemma_.lower() not in _BEGIN:
        return next((c for c in above.children if c.dep_ in (*_OBJECTS, "nsubjpass")), None)
    if verb.dep_ == "pcomp" and above.lower_ == "of" and above.head.lemma_.lower() in ("accuse", "suspect"):
        return next(iter([*objects(above.head), *passive_subjects(above.head)]), None)
    return None
