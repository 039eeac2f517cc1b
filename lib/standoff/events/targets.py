"""To whom or what it was done: read off the parse round a trigger."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.events.actors import NO_PARTY, SIGHTING, clause_of, is_of_mine, subject_of
from standoff.events.parties import kind_of
from standoff.events.syntax import objects, particle, passive_subjects, prepositional
from standoff.events.triggers import Trigger, arms_of, is_patient_verb
from standoff.events.words import DEALS, FAMILY, GUNFIRE, HAZARDS, MISSILES, PROJECTILES, ZONE_NOUNS

#: What a zone, a deal or a warning is, not whom it is for.
_NO_AIMS = ZONE_NOUNS | DEALS | {"warning", "alert", "level"}
#: Kinds that can be done to a projectile.
_OF_ARMS = frozenset({"interception", "shootdown", "seizure"})
_USED = frozenset("fire launch drop lob use throw hurl open exchange trade rain send lay set".split())
_FELL = frozenset("go explode detonate blow land fall slam crash rain come smash".split())
# Where a bomb goes off or a shell falls, there is its target.
_PLACES = tuple("in at near outside inside beside into onto on close against under".split())
_TIMES = frozenset("minute hour day week month year moment utc gmt lt lmt hrs".split())
_SIDES = frozenset("front middle centre center vicinity side heart outskirts edge direction part".split())
_BLAMELESS = frozenset({"deployment", "withdrawal", "agreement", "warning", "protest", "zone"})
_BEFALLS = frozenset(
    {"bombing", "explosion", "clash", "missile strike", "shelling", "drone strike", "protest"}
)
_OF_THEM = frozenset(
    "seizure hijacking hijack capture takeover boarding kidnapping abduction bombing shelling "
    "bombardment assassination killing "
    "murder evacuation interception shootdown downing sinking arrest massacre recapture kidnap".split()
)
_THROWN = frozenset("round stone rock bottle gas canister bullet".split())
_DRIVES = frozenset("drive walk run ride fall head sail stumble".split())
_HITS = frozenset("hit target strike destroy kill damage".split())
_BLASTS = frozenset("explosion blast bomb bombing detonation".split())
_LADDERS = frozenset("ladder hook grapnel chain rope".split())


def target_of(trigger: Trigger) -> Token | None:
    """Return the head of the phrase that names whom or what it was done to; None for a hazard."""
    family = FAMILY[trigger.type]
    if family in HAZARDS:
        return None
    found = _target(trigger) if trigger.is_verb else _target_of_noun(trigger)
    if found is None or found.ent_type_ in ("DATE", "TIME") or found.lemma_.lower() in NO_PARTY:
        return None
    if trigger.type not in _OF_ARMS and arms_of(found) & PROJECTILES and found.lemma_.lower() in PROJECTILES:
        return None
    if family in ("zone", "agreement", "warning") and found.lemma_.lower() in _NO_AIMS:
        return None
    return found


def _target(trigger: Trigger) -> Token | None:
    verb = trigger.token
    if trigger.type in ("deployment", "withdrawal"):
        return None
    done_to = [t for t in (*passive_subjects(verb), *objects(verb)) if not _is_time(t)]
    if _befalls_subject(verb):
        return subject_of(verb)
    special = _of_construction(trigger, done_to)
    if special is not None:
        return special
    if done_to:
        return _of_object(verb, done_to[0])
    return _of_kind(trigger)


def _befalls_subject(verb: Token) -> bool:
    """Say whether a verb tells what befell its subject: who died, came under fire, ran over a mine."""
    lemma = verb.lemma_.lower()
    under_fire = lemma == "come" and any(n.lower_ in GUNFIRE for n in prepositional(verb, "under"))
    return lemma in ("die", "drown", "perish") or under_fire or is_of_mine(verb)


def _of_construction(trigger: Trigger, done_to: list[Token]) -> Token | None:
    """Return the target of a verb whose object is none: "hooked a ladder to the rail", "set fire to a shop"."""
    verb = trigger.token
    lemma = verb.lemma_.lower()
    first = done_to[0] if done_to else None
    if lemma in ("agree", "sign") or trigger.type == "agreement":
        return _other_side(verb)
    if trigger.type == "boarding" and (lemma in SIGHTING or not any(kind_of(t) == "ship" for t in done_to)):
        ship = _ship_near(verb)
        if ship is not None or first is None or first.lemma_.lower() not in _LADDERS:
            return ship
        return next(
            iter([*prepositional(first, "to", "of", "on"), *prepositional(verb, "to", "onto", "of")]), None
        )
    if lemma == "make" and particle(verb, "off"):
        return next(prepositional(verb, "with"), None)
    if lemma == "set" and first is not None and first.lower_ == "fire":
        return next(iter([*prepositional(verb, "to"), *prepositional(first, "to")]), None)
    return None


def _of_object(verb: Token, first: Token) -> Token | None:
    """Return what an object is aimed at where it is a weapon, else the object: "fired shells at the camp"."""
    if first.lemma_.lower() in _SIDES:
        first = next(prepositional(first, "of"), first)
    arm = bool(arms_of(first) & (MISSILES | _THROWN)) or first.lower_ in GUNFIRE
    return _aimed_at(verb, first) if arm and verb.lemma_.lower() in _USED else first


def _of_kind(trigger: Trigger) -> Token | None:
    """Return the target of a verb without an object."""
    verb = trigger.token
    lemma = verb.lemma_.lower()
    if trigger.type == "clash":
        return _aimed_at(verb, None) or _other_side(verb) or subject_of(verb)
    if trigger.type == "protest":
        near = prepositional(verb, "against", "outside", "at")
        return next((n for n in near if n.ent_type_ not in ("DATE", "TIME")), None)
    befell = is_patient_verb(verb) or lemma == "fall"
    if trigger.type in ("shootdown", "interception") or (trigger.type in ("seizure", "sinking") and befell):
        return subject_of(verb)
    aimed = _aimed_at(verb, None) or (_beside(verb) if lemma in _FELL else None)
    if aimed is not None:
        return aimed
    if is_patient_verb(verb) and trigger.type not in _BEFALLS:
        return subject_of(verb)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.tag_ in ("VBD", "VBN"):
        return next(
            iter([*objects(verb.head), *passive_subjects(verb.head)]), None
        )  # "fired on and seized the ships"
    return None


def _ship_near(verb: Token) -> Token | None:
    """Return the ship that a sentence of a boarding speaks of, other than the robbers' boat."""
    small = frozenset("boat skiff speedboat dinghy canoe sampan".split())
    ships = [
        t
        for t in verb.sent
        if t.pos_ in ("NOUN", "PROPN") and t.dep_ not in ("compound", "nmod", "amod") and kind_of(t) == "ship"
    ]
    return next((t for t in ships if t.lemma_.lower() not in small), None)


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME") or token.lemma_.lower() in _TIMES


def _other_side(verb: Token) -> Token | None:
    """Return the second of two parties: "Armenia and Azerbaijan agreed", "a truce between X and Y"."""
    subject = subject_of(verb)
    return next(iter(subject.conjuncts), None) if subject is not None else None


def _aimed_at(verb: Token, shot: Token | None) -> Token | None:
    """Return what was shot at: "fired mortar rounds at the camp", "exchanged fire with a speedboat"."""
    holders = [
        verb,
        *([shot] if shot is not None else []),
        *(c for c in verb.children if c.dep_ in ("advmod", "prt")),
    ]
    for holder in holders:
        for noun in prepositional(
            holder, "at", "on", "upon", "against", "toward", "towards", "with", "into", "between"
        ):
            if _is_time(noun) or noun.lower_ == "other":
                continue
            of_place = (
                noun.head.lower_ in ("at", "on")
                and noun.ent_type_ in ("GPE", "LOC")
                and verb.lemma_.lower() not in ("fire", "shoot")
            )
            arm = noun.head.lower_ == "with" and arms_of(noun) & (
                MISSILES | {"round", "gun", "rifle", "machete", "knife"}
            )
            if not of_place and not arm and noun.lower_ not in ("range", "board", "fire"):
                return noun
    return None


def _beside(verb: Token) -> Token | None:
    """Return what a bomb went off beside, or where shells fell: "at the gate of the camp", "near a hotel", "in a market"."""
    for near in prepositional(verb, *_PLACES):
        noun = next(prepositional(near, "of"), near) if near.lemma_.lower() in _SIDES else near
        if (
            noun.pos_ == "NOUN"
            and noun.ent_type_ not in ("DATE", "TIME")
            and noun.lemma_.lower() not in NO_PARTY
        ):
            return noun
    # "a missile came down about 400 metres from a second ship"
    for child in verb.children:
        if child.dep_ in ("npadvmod", "advmod", "prep") and any(c.lower_ == "from" for c in child.children):
            return next(prepositional(child, "from"), None)
    return next(prepositional(verb, "from"), None) if verb.lemma_.lower() == "come" else None


def _target_of_noun(trigger: Trigger) -> Token | None:
    token, clause = trigger.token, clause_of(trigger)
    between = list(prepositional(token, "between"))
    if len(between) > 1 and trigger.type in ("agreement", "clash"):
        return between[1]
    own = _behind_noun(token)
    if own is not None:
        return own
    if trigger.type == "agreement":
        return _other_side(clause)
    return _of_clause(trigger, clause) if clause != token else None


def _behind_noun(token: Token) -> Token | None:
    """Return the target that hangs on the noun itself: "an attack on the camp", "the seizure of the ship"."""
    for noun in prepositional(token, "against", "on", "targeting", "at", "near", "between", "with"):
        at = noun.head.lower_ == "at" and noun.ent_type_ in ("GPE", "LOC")
        # a blast near a hotel is aimed at it, an ambush near a village is not
        near = noun.head.lower_ == "near" and not (noun.pos_ == "NOUN" and token.lemma_.lower() in _BLASTS)
        if not (at or near or _is_time(noun)):
            return noun
    if token.lemma_.lower() in _OF_THEM:
        of = next(prepositional(token, "of"), None)
        if of is not None:
            return of
    for child in token.children:
        if child.dep_ in ("acl", "relcl") and child.lemma_ in ("target", "hit", "strike"):
            return next(iter(objects(child)), None)
    return None


def _of_clause(trigger: Trigger, clause: Token) -> Token | None:
    """Return the target that the verb over the noun tells: "came under attack", "the strike was aimed at the depot"."""
    token, lemma = trigger.token, clause.lemma_.lower()
    for noun in prepositional(clause, "against", "on", *(("at",) if lemma == "aim" else ())):
        if noun.ent_type_ not in ("DATE", "TIME") and FAMILY[trigger.type] not in _BLAMELESS:
            return noun
    into = token.head.lower_ == "into" and lemma in _DRIVES
    if token.dep_ == "pobj" and (token.head.lower_ == "under" or into):
        return subject_of(clause)
    return next(iter(objects(clause)), None) if token.dep_ == "nsubj" and lemma in _HITS else None
