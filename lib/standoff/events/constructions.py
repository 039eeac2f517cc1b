"""What a verb tells by its construction: by its particle, by what it is done with, by whom and to whom.

Each rule looks at one verb and returns the type of event that it tells, or None. They are asked in
the order of `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from standoff.events import words
from standoff.events.syntax import (
    agent,
    is_passive,
    is_squeezed,
    objects,
    own_subject,
    particle,
    passive_subjects,
    prepositional,
)

_SHIPS = frozenset(
    "ship vessel tanker carrier boat tug freighter trawler dhow ferry barge yacht bulker containership submarine warship "
    "frigate destroyer cruiser steamer craft skiff supertanker cutter dinghy launch schooner".split()
)
_FLYING = frozenset(
    "drone jet aircraft plane helicopter missile rocket warplane uav balloon bomber fighter f-16 mirage".split()
)
_AIRCRAFT = frozenset("plane aircraft jet helicopter airliner glider bomber airplane".split())
_TAKEN = frozenset(
    "town city village base airport bridge hill port district post checkpoint control outpost headquarters capital "
    "neighbourhood island position stronghold crossing building".split()
)
_CROWD = frozenset(
    "protester demonstrator crowd resident people villager student driver neighbour neighbor marcher worker supporter activist "
    "farmer striker hundred thousand dozen mob youth".split()
)
_CIVIL = frozenset(
    "people resident civilian villager family inhabitant tourist worker passenger patient child woman islander citizen guest "
    "household person everybody everyone population crew staff employee person pupil national foreigner holidaymaker".split()
)
_POLICE = frozenset(
    "police officer soldier troop agent force authority guard policeman marine army gendarme detective".split()
)
_GROUND = frozenset(
    {"rock", "reef", "iceberg", "sandbank", "tree", "wall", "bridge", "pylon", "lorry", "truck", "bus", "car"}
)
_BY_TRUCK = frozenset(
    "fly ferry airlift bus move take carry bring transfer relocate ship lift transport".split()
)
_HELD = frozenset("hold take capture seize carry".split())
_CAPTORS = frozenset(
    "gunman militant rebel separatist pirate kidnapper insurgent fighter jihadist guerrilla bandit hijacker".split()
)
_IMPACTS = frozenset(
    "hit strike destroy damage demolish cripple wreck kill wound injure tear rip blast set shatter flatten sink target hole "
    "pierce rock level raze penetrate".split()
)
_ON_FIRE = frozenset({"ablaze", "alight", "afire"})
_ALIVE = words.PEOPLE | _CIVIL
# Who goes aboard as a rule, and what is boarded every day.
_TRAVELLERS = frozenset(
    "passenger tourist traveller traveler evacuee refugee migrant child pupil commuter pilot doctor medic paramedic "
    "surveyor inspector family holidaymaker".split()
)
_TRANSPORT = frozenset("train bus coach plane flight aircraft airliner helicopter jet airplane taxi".split())
_AUTHORITIES = _POLICE | frozenset(
    "navy coastguard personnel team authority guard official commando personnel frigate warship".split()
)
_INTRUDERS = frozenset("robber intruder thief perpetrator burglar stowaway".split())
_SIGHTING = frozenset("see notice spot sight discover find detect observe encounter".split())
_ON_WATCH = frozenset(
    "crew ab oiler engineer watchman watchkeeper officer cadet bosun lookout fitter wiper".split()
)
_SHIP_PARTS = frozenset(
    "deck room forecastle bridge board store poop stern hold ladder chain hawse storeroom locker accommodation cabin "
    "workshop funnel bow engine".split()
)
#: Rockets that only light up or call for help.
_SIGNALS = frozenset("parachute flare signal distress".split())
_SMALL_CRAFT = frozenset("boat skiff speedboat dinghy craft canoe".split())
# What makes an approach only the beginning of a deed, and what shows that it was taken for one.
_WORSE = frozenset(
    "board hijack attack fire shoot seize kidnap abduct steal rob overpower access gain".split()
)
_ALARM = frozenset("alarm evasive abort suspicious masked mask armed pirate robber".split())
_SHIP_GOODS = frozenset("store spare cargo bunker crew property equipment belonging fuel oil cash".split())
_BOARDING_SOON = frozenset("board attempt try approach climb come follow chase".split())
_SEEN_FROM_OFF = frozenset("stern bow ladder chain hawse board".split())
_OFF_SHIP = frozenset("boat skiff dinghy canoe craft jetty wharf quay pier water sea".split())
# So many words back it is looked for what was told before: about a paragraph.
_TOLD_BEFORE = 150
_AFTERMATH = frozenset(
    "investigate investigation inspect inspection assist assistance treat rescue help check free enquire inquire".split()
)


def arms_of(token: Token) -> set[str]:
    """Return the lemmas of a noun and of what stands before it as one: "mortar rounds"."""
    before = {
        part
        for c in token.lefts
        if c.dep_ in ("compound", "nmod", "amod")
        for part in (c.lemma_.lower(), *c.lower_.split("-"))
    }
    return {_plain(token), *token.lower_.split("-"), *before}


def _plain(token: Token) -> str:
    lemma: str = token.lemma_.lower()
    return lemma if token.pos_ != "PROPN" or lemma in words.MEANS else lemma.removesuffix("s")


def _lemmas(tokens: list[Token]) -> set[str]:
    return {each for token in tokens for t in (token, *token.conjuncts) for each in arms_of(t)}


def _patients(verb: Token) -> list[Token]:
    return [*objects(verb), *passive_subjects(verb)]


def _subject_arms(verb: Token) -> set[str]:
    subject = own_subject(verb)
    return arms_of(subject) if subject is not None else set()


def _doers(verb: Token) -> list[Token]:
    """Return what hit: the subject, the agent, what stands behind "with"."""
    subject = own_subject(verb)
    found = [] if subject is None else [subject, *subject.conjuncts]
    by = agent(verb)
    found += [] if by is None else [by, *by.conjuncts]
    found += list(prepositional(verb, "with", "from", "using"))
    if verb.dep_ in ("relcl", "acl") and verb.tag_ != "VBN" and subject is None:
        found.append(verb.head)
    return found


def _first(kinds: set[str]) -> str | None:
    """Return one of some kinds, always the same: what flies on its own before what it carries."""
    order = ("drone strike", "missile strike", "shelling", "air strike", "bombing")
    return next((kind for kind in order if kind in kinds), None)


def _kinds(arms: set[str]) -> set[str]:
    return {words.MEANS[arm] for arm in arms if arm in words.MEANS}


# ---------------------------------------------------------------------- arms


def _shot_down(verb: Token, lemma: str) -> str | None:
    """Read "shot down", "brought down a drone"."""
    if lemma == "shoot" and particle(verb, "down") or lemma == "down":
        people = _lemmas(_patients(verb)) & words.PEOPLE and not _lemmas(_patients(verb)) & _FLYING
        return "attack" if people else "shootdown"
    brought = lemma in ("bring", "take") and particle(verb, "down")
    if brought and _lemmas(_patients(verb)) & (_FLYING | {"mi-8", "su-27", "mig-29"}):
        return "shootdown"
    flying = {n.lemma_.lower() for n in _patients(verb)} & (_FLYING - _AIRCRAFT)
    if lemma in ("intercept", "neutralise", "neutralize") and flying:
        return "interception"
    return "shootdown" if lemma == "destroy" and flying & {"drone", "uav", "rocket", "missile"} else None


def _shot(verb: Token, lemma: str) -> str | None:
    """Read "opened fire on", "shot at", "gunned down", "fired upon", "exchanged fire"."""
    shot_with = {c.lower_ for c in objects(verb)}
    if lemma in ("exchange", "trade") and (
        shot_with & words.GUNFIRE or _lemmas(objects(verb)) & words.MISSILES
    ):
        return "clash"
    if lemma == "open" and "fire" in shot_with:
        return "attack"
    if lemma in ("gun", "mow") and particle(verb, "down"):
        return "attack"
    if lemma == "come" and any(n.lower_ in words.GUNFIRE for n in prepositional(verb, "under")):
        return (
            "shelling"
            if _lemmas(list(prepositional(verb, "under"))) & {"artillery", "mortar", "shell"}
            else "attack"
        )
    if lemma not in ("fire", "shoot"):
        return None
    aimed = list(prepositional(verb, "at", "on", "upon", "into", "towards", "toward", "over"))
    if any(n.lower_ == "other" and any(c.lower_ == "each" for c in n.children) for n in aimed):
        return "clash"
    if _lemmas(objects(verb)) & words.MISSILES:
        return None
    if lemma == "fire":
        near = bool(aimed) or particle(verb, "at", "on", "upon")
        return "attack" if near or shot_with & (words.GUNFIRE | {"shots"}) else None
    return "attack" if aimed else None


def _launched(verb: Token, lemma: str) -> str | None:
    """Read "fired mortar rounds at", "dropped four bombs on", "sent drones against", "shells landed in"."""
    if lemma in ("land", "fall", "slam", "rain", "crash", "smash", "come"):
        arms = _subject_arms(verb)
        left = verb.nbor(-1) if verb.i else None
        if own_subject(verb) is None and left is not None and left.pos_ == "NOUN":
            arms = arms_of(left)
        if not arms & (words.MISSILES | {"round"}) or (lemma == "come" and not particle(verb, "down")):
            return None
        return _first(_kinds(arms & words.MISSILES) - {"bombing"}) or (
            "bombing" if "explosive" in arms else "shelling"
        )
    if lemma == "lay" or lemma not in ("fire", "launch", "drop", "lob", "use", "send", "hurl", "throw"):
        return None
    arms = _lemmas(_patients(verb))
    if not arms & (words.MISSILES | {"round"}) or arms & _SIGNALS:
        return None
    if (
        lemma in ("use", "send")
        and not list(prepositional(verb, "against", "on", "at", "into", "towards"))
        and verb.dep_ != "acl"
    ):
        return None
    if lemma in ("throw", "hurl", "lob"):
        return "bombing" if arms & {"grenade", "bomb", "explosive"} else None
    if lemma == "drop":
        return "air strike"
    if "shot" in arms:
        return "attack"
    return _first(_kinds(arms) - {"bombing"}) or (
        "shelling" if "round" in arms else "attack" if lemma == "use" else "strike"
    )


def _hit_by(verb: Token, lemma: str) -> str | None:
    """Read by what hit: "jets hit", "was struck by a missile", "targeted by drones", "a missile demolished a house"."""
    on_fire = lemma == "set" and (_sets_alight(verb))
    if lemma in _IMPACTS | {"attack", "pound", "bomb", "pummel", "torpedo"} and (lemma != "set" or on_fire):
        arms = _lemmas(_doers(verb))
        kinds = _kinds(arms)
        ran_over = lemma in ("hit", "strike") and _lemmas(objects(verb)) & {"mine", "ied", "landmine"}
        if ran_over:
            return "bombing"
        if lemma in ("hit", "strike") and not kinds and (arms & (_SHIPS | {"train", "bus", "car"}) and not _patients_alive(verb)
                                                          or _lemmas(objects(verb)) & {"rock", "reef", "iceberg", "sandbank"}):  # fmt: skip
            return "accident"
        if lemma == "bomb":
            return _first(kinds - {"bombing"})
        flew = arms & (words.MISSILES | {"bullet", "round"}) or lemma in (
            "hit",
            "strike",
            "target",
            "attack",
            "pound",
            "pummel",
            "set",
        )
        if (
            kinds
            and (flew or kinds & {"air strike", "drone strike"})
            and not (lemma == "attack" and not arms & words.MISSILES and "air strike" not in kinds)
        ):
            return _first(kinds)
        if arms & {"bullet", "gunfire"}:
            return "attack"
        if lemma == "attack" and any(n.lower_ == "air" for n in prepositional(verb, "from")):
            return "air strike"
        return "strike" if lemma in ("target", "pound", "pummel") and _patients(verb) else None
    if lemma == "run" and any(
        n.lemma_.lower() in ("mine", "landmine", "ied", "device")
        for n in prepositional(verb, "over", "onto", "into")
    ):
        return "bombing"
    return None


def _patients_alive(verb: Token) -> bool:
    return bool(_lemmas(objects(verb)) & _ALIVE)


def _sets_alight(verb: Token) -> bool:
    return any(c.lower_ in _ON_FIRE for c in verb.subtree) or any(
        n.lower_ == "fire" for n in prepositional(verb, "on")
    )


def _went_off(verb: Token, lemma: str) -> str | None:
    """Read "a bomb went off", "a car blew up", "set off a bomb", "blew up their bus"."""
    arms = _subject_arms(verb) | _lemmas(_patients(verb))
    armed = bool(
        arms
        & {"bomb", "ied", "mine", "landmine", "grenade", "explosive", "device", "bomber", "vest", "booby"}
    )
    if (lemma == "go" and particle(verb, "off")) or lemma in ("explode", "detonate"):
        return "bombing" if armed or lemma == "detonate" else ("explosion" if lemma == "explode" else None)
    if lemma == "set" and particle(verb, "off") and armed:
        return "bombing"
    if lemma == "blow" and particle(verb, "up"):
        own = _subject_arms(verb)
        by_hand = any(c.lower_ in ("himself", "herself", "themselves", "itself") for c in objects(verb))
        return "bombing" if by_hand or armed or is_passive(verb) or (objects(verb) and own) else "explosion"
    return None


def _attacked(verb: Token, lemma: str) -> str | None:
    """Read "rebels fell on a school", "troops came ashore", "stormed", "paratroopers landed"."""
    people = _subject_arms(verb) & (words.FORCES | _CAPTORS | {"rebel", "fighter", "men", "man"})
    if (
        lemma == "fall"
        and people
        and any(n.ent_type_ not in ("DATE", "TIME") for n in prepositional(verb, "on", "upon"))
    ):
        return "attack"
    if lemma in ("come", "land", "go") and people and (any(c.lower_ == "ashore" for c in verb.children) or
                                                        (lemma == "land" and _subject_arms(verb) & (words.FORCES - {"aircraft", "jet", "helicopter", "ship", "vessel", "bomber"}))):  # fmt: skip
        return "ground attack"
    if lemma in ("set", "burn") and lemma == "burn" and particle(verb, "down") and people:
        return "attack"
    return None


# ---------------------------------------------------------------------- taking


def _taken(verb: Token, lemma: str) -> str | None:
    """Read "took control of", "took the town", "taken hostage", "fell to the rebels", "made off with 15 of the crew"."""
    patients = _patients(verb)
    after = {t.lower_ for t in verb.doc[verb.i + 1 : min(verb.i + 12, verb.sent.end)]}
    alive = _lemmas(patients) & (_ALIVE | {"captive"})
    if lemma in ("take", "hold") and after & {"hostage", "hostages", "captive", "prisoner"}:
        return "kidnapping"
    if lemma == "make" and particle(verb, "off") and _lemmas(list(prepositional(verb, "with"))) & _ALIVE:
        return "kidnapping"
    if (
        lemma in ("carry", "lead", "drag", "take")
        and particle(verb, "off", "away")
        and alive
        and not _by_hand_of(verb, _POLICE)
    ):
        return "kidnapping" if lemma == "carry" or _by_hand_of(verb, _CAPTORS) else None
    if lemma == "hold" and alive and _by_hand_of(verb, _CAPTORS):
        return "kidnapping"
    if lemma in ("take", "hold", "seize", "capture") and _lemmas(patients) & _SHIPS and not _is_carried(verb):
        return "seizure"
    if lemma == "take":
        if _lemmas(patients) & _TAKEN and not after & {"place"} and not _is_carried(verb):
            return "seizure"
        if _by_hand_of(verb, _CAPTORS) and objects(verb):
            return (
                "kidnapping"
                if alive
                else "seizure"
                if any(o.ent_type_ == "GPE" or o.lower_ in ("her", "it") for o in objects(verb))
                else None
            )
        return (
            "seizure"
            if particle(verb, "over") and objects(verb) and _lemmas(objects(verb)) & (_TAKEN | _SHIPS)
            else None
        )
    if lemma in ("fall", "pass") and any(
        n.ent_type_ not in ("DATE", "TIME") for n in prepositional(verb, "to", "into")
    ):
        subject = own_subject(verb)
        place = subject is not None and (
            subject.ent_type_ in ("GPE", "LOC", "FAC") or arms_of(subject) & _TAKEN
        )
        into = {n.lower_ for n in prepositional(verb, "to", "into")}
        people = any(
            arms_of(n) & (words.FORCES | _CAPTORS | {"rebel"}) or n.ent_type_ in ("ORG", "NORP")
            for n in prepositional(verb, "to")
        )
        return "seizure" if place and lemma == "fall" and (people or into & {"hands"}) else None
    if lemma == "occupy" and (_subject_arms(verb) | _lemmas(_doers(verb))) & (
        words.FORCES | _CAPTORS | {"rebel", "fighter"}
    ):
        return "seizure"
    return None


def _by_hand_of(verb: Token, who: frozenset[str]) -> bool:
    return bool(_lemmas(_doers(verb)) & who)


def _is_carried(verb: Token) -> bool:
    """Say whether somebody or something is only brought somewhere: "was taken to the base"."""
    return bool(list(prepositional(verb, "to", "into", "off", "from", "out"))) or particle(
        verb, "away", "off", "in"
    )


def _boarded(verb: Token, lemma: str) -> str | None:
    """Read "climbed aboard", "got on board", "hook a ladder to the rail of a tanker"."""
    if lemma in ("climb", "come", "get", "clamber", "go", "storm", "swarm", "scramble", "step"):
        aboard = any(c.lower_ == "aboard" for c in verb.subtree) or any(
            n.lower_ == "board" for n in prepositional(verb, "on")
        ) or bool(_lemmas(list(prepositional(verb, "onto", "aboard"))) & (_SHIPS | _SHIP_PARTS))  # fmt: skip
        return (
            "boarding"
            if aboard
            and own_subject(verb) is not None
            or aboard
            and verb.dep_ in ("xcomp", "advcl", "conj", "relcl", "acl")
            else None
        )
    if lemma in _SIGHTING and _is_on_ship(verb):
        return "boarding"
    if lemma == "climb" and any(
        o.lemma_.lower() in ("chain", "rope", "cable", "side", "rail") for o in objects(verb)
    ):
        return "boarding"
    if (
        verb.head.lower_ not in ("unable", "failed")
        and lemma in ("hook", "throw", "place", "put", "attach")
        and any(o.lemma_.lower() in ("ladder", "hook", "grapnel") for o in objects(verb))
    ):
        return "boarding"
    return None


def _came_aboard(verb: Token, lemma: str) -> str | None:
    """Read "boarded"; who travels boards, too, and who comes to investigate is no part of the deed.

    It stands here and not among the plain verbs for what must be left out.
    """
    if lemma != "board" or not _is_done_to(verb):
        return None
    doers = _lemmas(_doers(verb)) | {n.lemma_.lower() for n in _subjects_above(verb)}
    if doers & _TRAVELLERS or (_lemmas(objects(verb)) & _TRANSPORT and not doers & (_CAPTORS | _AUTHORITIES)):
        return None
    return None if doers & _AUTHORITIES and _comes_after(verb) else "boarding"


def _is_done_to(verb: Token) -> bool:
    """Say whether a verb has an object, or a place in the sentence where its object may be left out."""
    if objects(verb) or is_passive(verb) or is_squeezed(verb):
        return True
    return verb.tag_ in ("VBN", "VBD", "VBG", "VB") and verb.dep_ in (
        "acl", "relcl", "conj", "xcomp", "advcl", "pcomp",
    )  # fmt: skip


def _subjects_above(verb: Token) -> list[Token]:
    """Return the subject that a verb shares with the one it is joined to: "marines came, boarded the dhow"."""
    above = verb
    while above.dep_ in ("conj", "xcomp") and own_subject(above) is None and above.head != above:
        above = above.head
    subject = own_subject(above)
    return [] if subject is None or above == verb else [subject]


def _comes_after(verb: Token) -> bool:
    """Say whether it was done for what had happened: "boarded the freighter for an inspection", "and freed its men"."""
    purposes = {n.lemma_.lower() for n in prepositional(verb, "for")}
    purposes |= {c.lemma_.lower() for c in verb.children if c.dep_ in ("xcomp", "advcl", "conj", "acl")}
    purposes |= {
        c.lemma_.lower() for o in objects(verb) for c in o.children if c.dep_ in ("acl", "relcl")
    } | {n.lemma_.lower() for o in objects(verb) for n in prepositional(o, "for")}
    return bool(purposes & _AFTERMATH)


def _is_on_ship(verb: Token) -> bool:
    """Say whether people were seen where only the crew should be: "noticed four robbers in the engine room".

    Not where a verb below tells what they did ("saw two men board", "trying to board"), where nobody was
    found, and not where the ones seen were told to have boarded before.
    """
    patients = _patients(verb)
    seen = _lemmas(patients)
    if not seen & (_CAPTORS | words.PEOPLE | _INTRUDERS) or _are_elsewhere(verb):
        return False
    if any(c.lower_ in ("no", "any") for p in patients for c in p.lefts):
        return False
    if any(c.lower_ == "the" for p in patients for c in p.lefts) and _was_boarded(verb):
        return False
    near = [
        n
        for holder in (verb, *patients)
        for n in prepositional(holder, "in", "on", "at", "inside", "onboard", "aboard", "near")
    ]
    near += [
        n
        for holder in (verb, *patients)
        for c in holder.children
        if c.dep_ in ("xcomp", "acl", "advcl", "relcl")
        for n in (
            *prepositional(c, "in", "on", "aboard", "near", "inside", "into"),
            *(far for with_ in prepositional(c, "with") for far in prepositional(with_, "in", "on")),
        )
    ]
    if _lemmas(near) & (_SHIP_PARTS | _SHIPS) or any(
        c.lower_ in ("aboard", "onboard") for p in patients for c in p.subtree
    ):
        return True
    strange = bool(seen & (_INTRUDERS | {"unauthorised", "unauthorized", "unknown"}))
    return strange and bool(_lemmas(_doers(verb)) & _ON_WATCH)


def _are_elsewhere(verb: Token) -> bool:
    """Say whether those seen did what another verb tells, or were not on the ship yet: "in a boat", "on the jetty"."""
    holders = (verb, *_patients(verb))
    below = [
        c for holder in holders for c in holder.children
        if c.dep_ in ("acl", "relcl", "xcomp", "ccomp", "advcl") and c.i > verb.i
    ]  # fmt: skip
    soon = [c for c in below if c.lemma_.lower() in _BOARDING_SOON]
    if soon:  # "trying to get into the engine room" is done aboard
        return not any(t.lower_ in ("room", "accommodation", "store") for c in soon for t in c.subtree)
    near = {
        n.lemma_.lower()
        for holder in (*holders, *below)
        for n in prepositional(holder, "in", "on", "at", "near", "with", "from")
    }
    return bool(near & _OFF_SHIP) and not near & (_SHIP_PARTS - _SEEN_FROM_OFF)


def _was_boarded(verb: Token) -> bool:
    """Say whether the report has told before that somebody boarded."""
    doc, first = verb.doc, max(0, verb.i - _TOLD_BEFORE)
    return any(t.lemma_.lower() == "board" and t.pos_ == "VERB" for t in doc[first : verb.i])


def _sought_access(verb: Token, lemma: str) -> str | None:
    """Read "gained access to the freighter over its anchor", "tried to get alongside", "attempting to access the vessel"."""
    tried = verb.head.lemma_.lower() in ("attempt", "try")
    if lemma == "gain":
        told = any(o.lemma_.lower() in ("access", "entry") for o in objects(verb))
    elif lemma == "access":
        told = tried and bool(_lemmas(objects(verb)) & _SHIPS)
    else:
        told = tried and lemma in ("get", "come", "go") and any(t.lower_ == "alongside" for t in verb.subtree)
    return "boarding" if told and _speaks_of_ship(verb) and not _was_told_aboard(verb) else None


def _neared(verb: Token, lemma: str) -> str | None:
    """Read "chased by two skiffs", "skiffs approached a tanker" that took alarm, where that is all they did.

    Before a boarding or shots the approach is only their beginning.
    """
    if lemma not in ("chase", "approach", "follow"):
        return None
    doers = _lemmas([*_doers(verb), *_subjects_above(verb)])
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        doers |= arms_of(verb.head)
    if not doers & (_SMALL_CRAFT | _CAPTORS | _INTRUDERS) or not _lemmas(_patients(verb)) & (
        _SHIPS | {"underway"}
    ):
        return None
    around = verb.doc[max(0, verb.i - _TOLD_BEFORE) : verb.i + _TOLD_BEFORE]
    if any((t.pos_ == "VERB" and t.lemma_.lower() in _WORSE) or t.lower_ == "alongside" for t in around):
        return None
    if any(t.i < verb.i and t.pos_ == "VERB" and t.lemma_.lower() in ("chase", "approach") for t in around):
        return None  # told already
    alarm = any(t.lemma_.lower() in _ALARM for t in around)
    return "interception" if lemma == "chase" or alarm else None


def _left_traces(verb: Token, lemma: str) -> str | None:
    """Read what only somebody aboard can do: "stole the ship's stores", "tied up the watchman".

    Only where nothing before it tells that they are aboard.
    """
    return "boarding" if _is_trace(verb, lemma) and not _was_told_aboard(verb) else None


def _is_trace(verb: Token, lemma: str) -> bool:
    patients = _patients(verb)
    done_to = {t.lemma_.lower() for p in patients for t in p.subtree}
    if any(c.lower_ in ("no", "nothing", "not") or c.dep_ == "neg" for c in (*patients, *verb.children)):
        return False
    by_intruders = bool(_lemmas([*_doers(verb), *_subjects_above(verb)]) & (_INTRUDERS | _CAPTORS))
    if lemma in ("steal", "ransack", "loot"):
        return bool(done_to & (_SHIPS | _SHIP_GOODS)) and _speaks_of_ship(verb)
    if lemma == "break":
        opened = done_to | {n.lemma_.lower() for n in prepositional(verb, "into")}
        opened |= _lemmas(passive_subjects(verb.head)) if verb.dep_ in ("xcomp", "oprd", "acl") else set()
        return bool(opened & (_SHIP_PARTS | {"padlock", "lock"}) - {"board"}) and _speaks_of_ship(verb)
    if lemma == "jump":
        return by_intruders and any(c.lower_ == "overboard" for c in verb.children)
    if (
        lemma == "overpower"
        or (lemma == "tie" and particle(verb, "up"))
        or (lemma == "threaten" and by_intruders)
    ):
        return bool(done_to & _ON_WATCH) and _speaks_of_ship(verb)
    return False


def _speaks_of_ship(verb: Token) -> bool:
    """Say whether a ship is told of shortly before, or in the sentence."""
    around = verb.doc[max(0, verb.i - _TOLD_BEFORE) : verb.sent.end]
    return any(t.lemma_.lower() in _SHIPS or t.lower_ in ("onboard", "aboard") for t in around)


def _was_told_aboard(verb: Token) -> bool:
    """Say whether the report has told before that they came aboard or took the ship, in so many words or by a trace."""
    for token in reversed(verb.doc[max(0, verb.i - _TOLD_BEFORE) : verb.i]):
        if token.pos_ != "VERB":
            continue
        lemma = token.lemma_.lower()
        tried = token.head.lemma_.lower() in ("attempt", "try")
        if lemma in ("board", "hijack", "seize", "kidnap", "abduct") and not tried:
            return True
        if _boarded(token, lemma) or _is_trace(token, lemma):
            return True
    return False


def _arrested(verb: Token, lemma: str) -> str | None:
    """Read "police picked up six people", "police are holding five men", "a suspect was taken into custody"."""
    if any(n.lower_ == "custody" for n in prepositional(verb, "into", "in")) and lemma in (
        "take",
        "be",
        "hold",
        "remain",
    ):
        return "arrest" if lemma != "be" else None
    by_police = _by_hand_of(verb, frozenset({"police", "policeman", "detective", "officer"}))
    if by_police and lemma == "pick" and particle(verb, "up"):
        return "arrest"
    return (
        "arrest"
        if by_police and lemma in ("hold", "catch", "question") and _lemmas(_patients(verb)) & _ALIVE
        else None
    )


def _intercepted(verb: Token, lemma: str) -> str | None:
    """Read "the coastguard stopped a dinghy", "jets identified and escorted two fighters"."""
    if lemma in ("stop", "halt", "turn") and (lemma != "turn" or particle(verb, "back", "away")):
        guards = _lemmas(_doers(verb)) & {
            "coastguard",
            "guard",
            "navy",
            "frigate",
            "patrol",
            "warship",
            "cutter",
            "destroyer",
            "marine",
        }
        return "interception" if guards and _lemmas(_patients(verb)) & _SHIPS else None
    if lemma in ("escort", "shadow", "identify") and _lemmas(_patients(verb)) & (_FLYING | _SHIPS) and _lemmas(_doers(verb)) & (
        _FLYING | words.FORCES | {"pair", "patrol"}
    ):  # fmt: skip
        return "interception"
    return None


# ---------------------------------------------------------------------- moving


def _sent(verb: Token, lemma: str) -> str | None:
    """Read "sent 200 soldiers to", "troops moved into", "pulled its forces out of", "the carrier sailed for"."""
    moved = _lemmas(_patients(verb))
    subject = own_subject(verb)
    subjects = _subject_arms(verb) if subject is not None else set()
    military = subjects & (
        words.FORCES
        - {"vehicle", "truck", "ship", "vessel", "aircraft", "fighter", "company", "jet", "helicopter"}
    )
    goes_to = bool(
        list(prepositional(verb, "to", "into", "towards", "toward", "in", "onto", "for", "across"))
    )
    if lemma in words.SENDING and (moved & words.FORCES or (lemma == "deploy" and subjects & words.FORCES)):
        return "deployment"
    if lemma == "bring" and particle(verb, "in") and moved & words.FORCES:
        return "deployment"
    if (
        lemma in ("move", "advance", "march", "roll", "cross", "enter", "sail")
        and military
        and not {o.lemma_.lower() for o in [*objects(verb), *prepositional(verb, "into")]} & words.ZONE_NOUNS
        and (goes_to or objects(verb))
    ):
        return "deployment"
    if lemma == "go" and military and list(prepositional(verb, "to", "into")):
        return "deployment"
    if lemma == "move" and moved & words.FORCES and goes_to:
        return "deployment"
    if lemma == "pull" and particle(verb, "out", "back"):
        return "withdrawal"
    if lemma == "retreat" and subjects & (words.FORCES | _CAPTORS):
        return "withdrawal"
    return "withdrawal" if lemma in ("leave", "quit", "abandon") and military and objects(verb) else None


def _evacuated(verb: Token, lemma: str) -> str | None:
    """Read "families were taken by road from", "flew 15 workers out of", "residents were told to leave"."""
    patients = _lemmas(_patients(verb))
    if lemma in ("tell", "order", "urge", "ask", "advise", "instruct"):
        leaves = any(
            c.dep_ in ("xcomp", "ccomp") and c.lemma_.lower() in ("leave", "evacuate", "flee", "go")
            for c in verb.children
        )
        return (
            "evacuation" if leaves and lemma in ("tell", "order", "instruct") and patients & _CIVIL else None
        )
    if lemma in ("leave", "depart"):
        return (
            "evacuation"
            if _subject_arms(verb) & _CIVIL
            and list(prepositional(verb, "for"))
            and list(prepositional(verb, "by"))
            else None
        )
    if lemma not in _BY_TRUCK or not patients & _CIVIL or _by_hand_of(verb, _CAPTORS):
        return None
    to = {n.lower_ for n in prepositional(verb, "to", "into")}
    away = list(prepositional(verb, "from", "out", "off", "ashore")) or particle(verb, "out", "off")
    safe = to & {"safety", "shelters", "shelter", "centres", "centers", "camps", "schools", "evacuation"}
    if to & {"hospital", "hospitals", "court", "custody"}:
        return None
    many = any(
        p.tag_ == "NNS" or p.lemma_.lower() in ("people", "population", "everybody") for p in _patients(verb)
    )
    return (
        "evacuation"
        if many and (away or safe or (to and lemma in ("fly", "ferry", "airlift", "bus", "carry")))
        else None
    )


# ---------------------------------------------------------------------- words that bind


def _zoned(verb: Token, lemma: str) -> str | None:
    """Read "declared an exclusion zone", "the zone was widened to", "closed its airspace"."""
    if lemma not in words.ZONE_VERBS:
        return None
    near = {c.lemma_.lower() for c in _patients(verb)}
    if lemma in ("announce", "set", "close", "reopen", "double", "shut"):
        return "zone" if near & {"zone", "airspace", "cordon", "border", "crossing"} else None
    return "zone" if near & words.ZONE_NOUNS else None


def _agreed(verb: Token, lemma: str) -> str | None:
    """Read "agreed to a truce", "signed a deal", "struck an agreement", "the ceasefire that both agreed"."""
    if lemma not in ("agree", "sign", "strike", "broker", "reach"):
        return None
    near = {n.lemma_.lower() for n in [*_patients(verb), *prepositional(verb, "to", "on", "upon")]}
    return "agreement" if near & (words.DEALS - ({"agreement"} if lemma == "strike" else set())) or (
        lemma == "strike" and near & {"agreement"}
    ) else None  # fmt: skip


def _warned(verb: Token, lemma: str) -> str | None:
    """Read "warned residents to leave", "a warning was issued"; "officials warned that" only says something."""
    if lemma == "warn" and _patients(verb):
        to = any(
            g.lower_ in ("to", "not")
            for c in verb.children
            if c.dep_ in ("xcomp", "ccomp")
            for g in c.children
        )
        return "warning" if to or list(prepositional(verb, "against", "off", "away")) else None
    if lemma in ("issue", "raise"):
        near = {n.lemma_.lower() for n in _patients(verb)}
        return "warning" if near & ({"warning", "alert"} if lemma == "issue" else {"alert"}) else None
    return None


def _protested(verb: Token, lemma: str) -> str | None:
    """Read "crowds blocked the road", "2,000 people marched against", "protesters threw stones at"."""
    subject = _subject_arms(verb) | (arms_of(by) if (by := agent(verb)) is not None else set())
    if not subject & _CROWD:
        return None
    if lemma in ("block", "blockade", "barricade"):
        return (
            "protest"
            if {n.lemma_.lower() for n in _patients(verb)}
            & {"road", "street", "highway", "bridge", "route", "railway"}
            else None
        )
    if lemma in ("throw", "hurl", "pelt", "stone"):
        thrown = {n.lemma_.lower() for n in _patients(verb)}
        return (
            "protest"
            if thrown & {"stone", "rock", "bottle", "molotov", "egg"} or lemma in ("pelt", "stone")
            else None
        )
    if lemma in ("march", "rally", "gather"):
        return "protest" if lemma != "gather" or list(prepositional(verb, "against")) else None
    return None


# ---------------------------------------------------------------------- what befalls


def _befell(verb: Token, lemma: str) -> str | None:
    """Read "went down", "ran aground", "overturned", "left the rails", "went up in flames", "burst its banks"."""
    arms = _subject_arms(verb) | _lemmas(passive_subjects(verb))
    near = {o.lemma_.lower() for o in objects(verb)}
    craft = arms & (
        _SHIPS | _AIRCRAFT | {"train", "bus", "car", "lorry", "truck", "express", "tram", "coach", "van"}
    )
    if lemma == "go" and particle(verb, "down") and arms & (_SHIPS | _AIRCRAFT):
        return "sinking" if not arms & _AIRCRAFT else "accident"
    if (
        lemma == "go"
        and particle(verb, "up")
        and any(n.lower_ in ("flames", "smoke") for n in prepositional(verb, "in", "up"))
    ):
        return "fire"
    if lemma == "run" and any(c.lower_ == "aground" for c in verb.children):
        return "accident"
    if lemma in ("overturn", "capsize", "derail", "collide") and (craft or lemma != "overturn"):
        return "accident"
    if (
        lemma in ("come", "crash", "plunge")
        and craft
        and (lemma != "come" or particle(verb, "down") and arms & _AIRCRAFT)
    ):
        return "accident"
    if lemma in ("leave", "jump") and craft and near & {"rail", "track", "road"}:
        return "accident"
    if lemma == "catch" and near & {"fire"}:
        return "fire"
    if lemma in ("burst", "break", "overflow") and near & {"bank"}:
        return "flood"
    if lemma == "collapse" and arms & {"hillside", "slope", "hill", "mountainside"}:
        return "landslide"
    if (near | arms) & {"ash", "lava", "steam", "smoke", "plume"} and arms & {
        "volcano",
        "crater",
        "steam",
        "lava",
        "mount",
    }:
        return (
            "eruption"
            if lemma in ("throw", "spew", "belch", "eject", "send", "shoot", "burst", "blow", "emit")
            else None
        )
    return "storm" if lemma == "make" and near & {"landfall"} else None


RULES: tuple[Callable[[Token, str], str | None], ...] = (
    _shot_down, _shot, _launched, _hit_by, _went_off, _taken,
    _came_aboard, _boarded, _sought_access, _left_traces, _neared, _arrested, _intercepted, _attacked, _evacuated, _sent,
    _zoned, _agreed, _warned, _protested, _befell,
)  # fmt: skip


def by_construction(verb: Token) -> str | None:
    """Return the type of event that a verb tells by its construction, or None."""
    lemma = verb.lemma_.lower()
    return next((kind for rule in RULES if (kind := rule(verb, lemma))), None)
