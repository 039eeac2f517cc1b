"""The words that tell an event, and the kind of event that they tell, by how they are used.

A verb tells one by its construction ("fired mortar rounds at", "opened fire on", "took the
town", "was hit by a missile"), a noun by what stands before it ("rocket attack").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from standoff.events import words
from standoff.extract.nouns import BEARINGS

_OBJECTS = ("dobj", "obj")
_MISREAD = frozenset({"hit"})
_TRIED = frozenset("attempt try fail manage".split())
_SHIPS = frozenset(
    (
        "ship vessel tanker carrier boat tug freighter trawler dhow ferry barge yacht bulker container cargo "
        "containership submarine warship frigate destroyer cruiser steamer craft skiff"
    ).split()
)
_FLYING = frozenset(
    "drone jet aircraft plane helicopter missile rocket warplane airliner uav balloon".split()
)
_TAKEN = frozenset(
    "town city village base airport bridge hill port district area post checkpoint control outpost".split()
)
_ATTACKS = frozenset({"strike", "attack", "bombing"})


@dataclass(frozen=True)
class Trigger:
    """A word that tells an event.

    ``outcome`` is what came of it where the verb says that ("killed", "damaged"); ``tried``
    whether it was only attempted.
    """

    token: Token
    type: str
    sub_type: str | None
    is_verb: bool
    outcome: str | None = None
    tried: bool = False


def trigger_of(token: Token) -> Trigger | None:
    """Return the event that a word tells, or None."""
    lemma = token.lemma_.lower()
    found: Trigger | None = None
    if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound"):
        found = _verb(token, lemma)
    # Headlines mislead taggers: "forces strike a village" is tagged as a noun and the reverse.
    # "an incident 54NM southwest of Aden": the parser hangs the noun on the direction
    of_measure = token.head.lower_ in BEARINGS or any(char.isdigit() for char in token.head.text)
    if token.pos_ in ("NOUN", "PROPN") and (token.dep_ not in ("compound", "nmod") or of_measure):
        found = _noun(token, lemma)
    return replace(found, tried=True) if found is not None and _is_tried(token) else found


# ---------------------------------------------------------------------- verbs


def _verb(token: Token, lemma: str) -> Trigger | None:
    if token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") or (
        token.dep_ == "conj" and token.head.dep_ == "amod"
    ):
        return None  # "the wounded were taken away": a noun in all but its tag
    outcome = words.OUTCOMES.get(lemma)
    kind = _by_construction(token, lemma)
    if kind is None:
        kind = words.VERBS_ALONE.get(lemma)
        if kind is None and lemma in words.VERBS_WITH_OBJECT and _has_patient(token):
            kind = words.VERBS_WITH_OBJECT[lemma]
    if kind is None and outcome is None:
        return None
    if outcome and token.i and token.nbor(-1).like_num:
        return None  # "two dead and 23 wounded"
    if lemma in _MISREAD and not _is_passive(token) and not _objects(token):
        return None
    if lemma == "strike" and any(
        c.lower_ in ("deal", "agreement", "balance", "bargain") for c in _objects(token)
    ):
        return Trigger(token, "agreement", None, True) if _dealt(token) else None
    return Trigger(token, kind or "attack", None, True, outcome)


def _by_construction(token: Token, lemma: str) -> str | None:
    for rule in (_shot, _flew, _hit_by, _taken, _brought_down, _sent, _zoned, _agreed, _went_off, _warned):
        if kind := rule(token, lemma):
            return kind
    return None


def _shot(token: Token, lemma: str) -> str | None:
    """Read "opened fire on", "shot at", "shot dead", "gunned down", "fired upon", "exchanged fire"."""
    objects = _objects(token)
    if lemma in ("exchange", "trade") and any(c.lower_ in words.GUNFIRE for c in objects):
        return "clash"
    if lemma == "open" and any(c.lower_ == "fire" for c in objects):
        return "attack"
    if lemma in ("gun", "mow") and _particle(token, "down"):
        return "attack"
    if lemma == "come" and any(
        c.lower_ == "under" and any(o.lower_ in words.GUNFIRE for o in c.children) for c in token.children
    ):
        return "attack"
    if lemma in ("fire", "shoot") and not any(arms_of(c) & words.MISSILES for c in objects):
        at = any(c.lower_ in ("at", "on", "upon", "into", "towards", "toward") and c.dep_ in ("prep", "prt", "advmod")
                 for c in token.children)  # fmt: skip
        fired_on = lemma == "fire" and (at or any(c.lower_ in words.GUNFIRE | {"shots"} for c in objects))
        return "attack" if fired_on or (lemma == "shoot" and at) else None
    return None


def _flew(token: Token, lemma: str) -> str | None:
    """Read "shells landed in", "fired mortar rounds at", "dropped four bombs on", "a drone crashed into"."""
    if lemma in ("land", "fall", "slam", "rain", "crash", "smash"):
        fell = [c for c in token.children if c.dep_ == "nsubj"]
        left = token.nbor(-1) if token.i else None
        fell += [left] if left is not None and left.pos_ == "NOUN" and not fell else []
        kinds = {
            words.MEANS[arm]
            for c in fell
            for arm in arms_of(c)
            if arm in words.MEANS and arm in words.MISSILES
        }
        kinds |= {"shelling" for c in fell if "round" in arms_of(c)}
        return _first(kinds - {"bombing"}) or ("shelling" if kinds else None)
    if lemma not in ("fire", "launch", "drop", "lob", "use"):
        return None
    arms = {arm for c in _with_joined(_objects(token)) for arm in arms_of(c)}
    if not arms & words.MISSILES or (lemma == "use" and not _has_patient_verb(token)):
        return None
    if lemma == "drop":
        return "air strike"
    kinds = {words.MEANS[arm] for arm in arms if arm in words.MEANS}
    return _first(kinds - {"bombing"}) or (
        "shelling" if "round" in arms else "attack" if "shot" in arms else "strike"
    )


def _hit_by(token: Token, lemma: str) -> str | None:
    """Read by what was hit: "jets hit", "was struck by a missile", "targeted by drones", "hit with rockets"."""
    if lemma not in (
        "hit",
        "strike",
        "target",
        "attack",
        "pound",
        "bomb",
        "destroy",
        "sink",
        "damage",
        "pummel",
        "blast",
    ):
        return None
    if lemma == "target" and not _has_patient(token):
        return None
    means = {arm for c in _doers(token) for arm in arms_of(c)}
    if lemma in ("hit", "strike") and any(c.lemma_.lower() in ("mine", "ied") for c in _objects(token)):
        return "bombing"
    kinds = {words.MEANS[arm] for arm in means if arm in words.MEANS}
    if lemma == "bomb":
        return _first(kinds - {"bombing"})
    if lemma in ("destroy", "damage"):
        return _first(kinds)
    ships = means & _SHIPS
    if lemma in ("hit", "strike") and (
        ships or any(c.lemma_.lower() in ("rock", "reef", "iceberg", "sandbank") for c in _objects(token))
    ):
        return "accident" if not kinds else _first(kinds)
    return _first(kinds) or ("strike" if lemma in ("target", "pound", "pummel") else None)


def _taken(token: Token, lemma: str) -> str | None:
    """Read "took control of", "took the town", "taken hostage", "fell to the rebels", "climbed aboard"."""
    if lemma == "take":
        after = {c.lower_ for c in token.subtree if token.i < c.i <= token.i + 6}
        if after & {"hostage", "hostages", "captive"}:
            return "kidnapping"
        if any(
            c.lemma_.lower() in _TAKEN for c in [*_objects(token), *_passive_subjects(token)]
        ) and not after & {"place"}:
            return "seizure" if not _is_carried(token) else None
        return "seizure" if _particle(token, "over") and _objects(token) else None
    if lemma == "fall" and any(c.lower_ == "to" and c.dep_ == "prep" for c in token.children):
        return (
            "seizure"
            if any(c.lemma_.lower() in _TAKEN or c.ent_type_ == "GPE" for c in token.children)
            else None
        )
    if lemma in ("climb", "come", "get", "clamber", "go", "storm") and any(
        c.lower_ == "aboard" for c in token.children
    ):
        return "boarding"
    return None


def _brought_down(token: Token, lemma: str) -> str | None:
    """Read "shot down", "brought down a drone", "downed", "went down"."""
    down = _particle(token, "down")
    if lemma == "shoot" and down:
        return "shootdown"
    if (
        lemma == "bring"
        and down
        and any(arms_of(c) & _FLYING for c in [*_objects(token), *_passive_subjects(token)])
    ):
        return "shootdown"
    if lemma in ("destroy", "intercept") and any(
        arms_of(c) & (_FLYING - {"plane", "airliner"}) for c in [*_objects(token), *_passive_subjects(token)]
    ):
        return "interception" if lemma == "intercept" else None
    if lemma == "go" and down:
        return "sinking"
    return "accident" if lemma == "run" and any(c.lower_ == "aground" for c in token.children) else None


def _sent(token: Token, lemma: str) -> str | None:
    """Read "sent 200 soldiers to", "troops entered", "pulled its forces out of", "advanced on the town"."""
    moved = {arm for c in [*_objects(token), *_passive_subjects(token)] for arm in arms_of(c)}
    subjects = {arm for c in token.children if c.dep_ == "nsubj" for arm in arms_of(c)}
    if lemma in words.SENDING and (moved & words.FORCES or (lemma == "deploy" and subjects & words.FORCES)):
        return "deployment"
    if lemma == "bring" and _particle(token, "in") and moved & words.FORCES:
        return "deployment"
    if lemma == "move" and (moved | subjects) & words.FORCES and _goes_to(token):
        return "deployment"
    if lemma == "pull" and any(_particle(token, p) for p in ("out", "back")):
        return "withdrawal"
    if lemma == "retreat" and subjects & words.FORCES:
        return "withdrawal"
    return None


def _goes_to(token: Token) -> bool:
    return any(
        c.lower_ in ("to", "into", "towards", "toward", "in", "onto") and c.dep_ == "prep"
        for c in token.children
    )


def _zoned(token: Token, lemma: str) -> str | None:
    """Read "declared an exclusion zone", "the zone was widened to", "closed its airspace"."""
    if lemma not in words.ZONE_VERBS:
        return None
    objects = [*_objects(token), *_passive_subjects(token)]
    zoned = any(c.lemma_.lower() in words.ZONE_NOUNS for c in objects)
    if lemma in ("announce", "set", "close", "reopen", "double"):
        zoned = any(c.lemma_.lower() in ("zone", "airspace", "cordon") for c in objects)
    return "zone" if zoned else None


def _agreed(token: Token, lemma: str) -> str | None:
    return "agreement" if lemma in ("agree", "sign") and _dealt(token) else None


def _dealt(token: Token) -> bool:
    near = [
        *_objects(token),
        *_passive_subjects(token),
        *(g for c in token.children if c.dep_ == "prep" for g in c.children),
    ]
    return any(c.lemma_.lower() in words.DEALS for c in near)


def _went_off(token: Token, lemma: str) -> str | None:
    """Read "a bomb went off", "a car blew up", "set off a bomb", "caught fire", "burst its banks"."""
    subjects = {arm for c in token.children if c.dep_ in ("nsubj", "nsubjpass") for arm in arms_of(c)}
    objects = _objects(token)
    armed = bool(
        {words.MEANS.get(arm) for arm in subjects | {a for c in objects for a in arms_of(c)}} & {"bombing"}
    )
    if (lemma == "go" and _particle(token, "off")) or lemma in ("explode", "detonate"):
        return "bombing" if armed or lemma == "detonate" else ("explosion" if lemma == "explode" else None)
    if lemma == "set" and _particle(token, "off") and armed:
        return "bombing"
    if lemma == "blow" and _particle(token, "up"):
        if any(c.lower_ in ("himself", "herself", "themselves", "itself") for c in objects):
            return "bombing"
        return "bombing" if objects or _is_passive(token) else "explosion"
    if lemma == "catch" and any(c.lower_ == "fire" for c in objects):
        return "fire"
    if lemma in ("burst", "break") and any(c.lower_ == "banks" for c in objects):
        return "flood"
    return "storm" if lemma == "make" and any(c.lower_ == "landfall" for c in objects) else None


def _warned(token: Token, lemma: str) -> str | None:
    """Read "warned residents to leave", "a warning was issued"; "officials warned that" only says something."""
    if (
        lemma == "warn"
        and _has_patient(token)
        and any(c.dep_ in ("xcomp", "ccomp", "prep") and c.lower_ != "by" for c in token.children)
    ):
        to = any(
            g.lower_ in ("to", "not")
            for c in token.children
            if c.dep_ in ("xcomp", "ccomp")
            for g in c.children
        )
        return (
            "warning" if to or any(c.lower_ in ("against", "off", "away") for c in token.children) else None
        )
    if lemma == "issue":
        return (
            "warning"
            if any(
                c.lemma_.lower() in ("warning", "alert")
                for c in [*_objects(token), *_passive_subjects(token)]
            )
            else None
        )
    return None


# ---------------------------------------------------------------------- nouns


def _noun(token: Token, lemma: str) -> Trigger | None:
    kind = words.NOUNS.get(lemma)
    if kind is None:
        return None
    modifiers = [
        child.lower_ for child in token.lefts if child.dep_ in ("compound", "amod", "nmod", "punct", "nummod")
    ]
    if any(word in words.NOT_ARMED for word in modifiers) or not _is_event_noun(token, lemma, modifiers):
        return None
    family = words.FAMILY[kind]
    if family in _ATTACKS or kind == "shelling" or (lemma in ("fire", "explosion", "blast")):
        for word in reversed([part for m in modifiers for part in m.split("-")]):
            if word in words.BEFORE:
                return Trigger(token, words.BEFORE[word], f"{word} {lemma}", False)
    if lemma == "fire":
        return _fire_noun(token, modifiers)
    return Trigger(token, kind, None if kind == lemma else lemma, False)


def _fire_noun(token: Token, modifiers: list[str]) -> Trigger | None:
    """Return what "fire" tells: one that burns, not one that is opened, exchanged or ceased."""
    verb = token.head
    if verb.lemma_.lower() in (
        "open",
        "exchange",
        "trade",
        "return",
        "catch",
        "cease",
        "hold",
        "set",
        "come",
        "draw",
        "light",
    ):
        return None
    if verb.lower_ in ("under", "on", "of", "by", "with", "from") or set(modifiers) & {
        "friendly",
        "rifle",
        "small",
        "enemy",
        "hostile",
    }:
        return None
    if any(word in ("gun", "gunfire", "machine") for word in modifiers):
        return None
    return Trigger(token, "fire", None, False)


def _is_event_noun(token: Token, lemma: str, modifiers: list[str]) -> bool:
    if token.i and token.nbor(-1).lower_ == "on" and lemma == "strike":
        return False
    if (
        lemma == "raid"
        and "air" in modifiers
        and token.i + 1 < len(token.doc)
        and token.nbor(1).lower_ in ("siren", "sirens")
    ):
        return False
    if lemma in ("capture", "arrest", "killing", "murder", "collapse", "rally", "battle", "agreement", "deployment",
                 "boarding", "downing", "crash", "storm", "withdrawal"):  # fmt: skip
        before = token.nbor(-1).lower_ if token.i else ""
        after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
        if before in ("of", "for") and lemma in ("killing", "murder", "arrest", "rally"):
            return False  # "accused of murder", "a warrant for arrest"
        if lemma == "boarding" and after in ("school", "pass", "house"):
            return False
    return not (lemma == "robbery" and not any(word in _SHIPS | {"armed", "sea"} for word in modifiers))


# ---------------------------------------------------------------------- the parse


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
    lemma = token.lemma_.lower()
    return lemma if token.pos_ != "PROPN" or lemma in words.MEANS else lemma.removesuffix("s")


def is_patient_verb(token: Token) -> bool:
    """Say whether the subject of a verb is what it befell: "the cruiser sank", "the ship went down"."""
    if _objects(token):
        return False
    return token.lemma_.lower() in ("sink", "explode", "erupt", "crash", "derail", "collide", "capsize", "die", "go", "drown",
                                    "perish", "run", "fall", "catch", "detonate", "burst", "withdraw", "blow")  # fmt: skip


def _objects(token: Token) -> list[Token]:
    return [c for c in token.children if c.dep_ in _OBJECTS]


def _with_joined(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *token.conjuncts)]


def _passive_subjects(token: Token) -> list[Token]:
    found = [c for c in token.children if c.dep_ == "nsubjpass"]
    return found or ([token.head] if token.tag_ == "VBN" and token.dep_ == "acl" else [])


def _is_passive(token: Token) -> bool:
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)


def _has_patient(token: Token) -> bool:
    """Say whether a verb has somebody to whom it is done."""
    if _objects(token) or _is_passive(token):
        return True
    return token.dep_ in ("acl", "relcl", "conj", "xcomp", "advcl") and token.tag_ in (
        "VBN",
        "VBD",
        "VBG",
        "VB",
    )


def _has_patient_verb(token: Token) -> bool:
    return any(c.dep_ == "xcomp" for c in token.children)


def _particle(token: Token, word: str) -> bool:
    return any(c.lower_ == word and c.dep_ in ("prt", "advmod", "prep", "advcl") for c in token.children)


def _doers(token: Token) -> Iterator[Token]:
    """Yield what hit: the subject, the agent, what stands behind "with"."""
    for child in token.children:
        if child.dep_ == "nsubj":
            yield from (child, *child.conjuncts)
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ in ("by", "with", "from")):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    yield from (noun, *noun.conjuncts)
    if token.dep_ in ("relcl", "acl") and token.tag_ != "VBN":
        yield token.head


def _is_carried(token: Token) -> bool:
    """Say whether somebody is only brought somewhere: "was taken to the base"."""
    return _is_passive(token) and any(c.lower_ == "to" and c.dep_ == "prep" for c in token.children)


def _is_tried(token: Token) -> bool:
    """Say whether the deed was only attempted: "tried to board", "an attempted hijacking", "a failed attack"."""
    if any(c.lower_ in ("attempted", "failed", "unsuccessful", "foiled", "thwarted") for c in token.lefts):
        return True
    if any(c.lower_ == "unsuccessfully" for c in token.children):
        return True
    above = token.head
    if token.dep_ in ("xcomp", "advcl", "acl", "pcomp", "conj", "pobj") and above != token:
        above = above.head if above.pos_ == "ADP" else above
        return above.lemma_.lower() in _TRIED - {"manage"}
    return False


def _first(kinds: set[str]) -> str | None:
    """Return one of some kinds, always the same: what flies on its own before what it carries."""
    order = ("drone strike", "missile strike", "shelling", "air strike", "bombing")
    return next((kind for kind in order if kind in kinds), None)
