"""The words that tell an event, and the kind of event that they tell.

``FAMILY`` groups kinds that can be one event told twice: "the strike" may be the
airstrike named before, but a ground attack is no airstrike.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from standoff.extract.nouns import BEARINGS

#: Event type -> (family, noun lemmas, verb lemmas).
TYPES: dict[str, tuple[str, str, str]] = {
    "air strike": ("strike", "airstrike air-strike airstrikes", "bomb"),
    "strike": ("strike", "strike", "strike hit"),
    "shelling": ("shelling", "shelling bombardment barrage", "shell bombard"),
    "attack": (
        "attack",
        "attack assault offensive raid ambush incursion",
        "attack ambush raid storm assault",
    ),
    "clash": ("clash", "clash fighting battle skirmish firefight", "clash fight"),
    "bombing": ("bombing", "bombing", "detonate"),
    "sinking": ("sinking", "sinking", "sink torpedo scuttle"),
    "seizure": (
        "seizure",
        "hijacking hijack seizure boarding capture takeover",
        "hijack seize board capture retake",
    ),
    "kidnapping": ("kidnapping", "kidnapping abduction", "kidnap abduct"),
    "interception": ("interception", "interception", "intercept"),
    "shootdown": ("strike", "shootdown", ""),
    "evacuation": ("evacuation", "evacuation", "evacuate"),
    "earthquake": ("earthquake", "earthquake quake tremor epicentre epicenter", "quake"),
    "aftershock": ("aftershock", "aftershock", ""),
    "eruption": ("eruption", "eruption", "erupt"),
    "explosion": ("explosion", "explosion blast", "explode"),
    "flood": ("flood", "flood flooding landslide", "flood inundate"),
    "storm": ("storm", "cyclone hurricane typhoon tornado", ""),
    "fire": ("fire", "wildfire blaze", ""),
    "accident": ("accident", "accident crash collision derailment", "crash collide derail"),
    "outbreak": ("outbreak", "outbreak epidemic", ""),
    "incident": ("any", "incident", ""),
}
FAMILY = {name: row[0] for name, row in TYPES.items()}
_NOUNS = {lemma: name for name, row in TYPES.items() for lemma in row[1].split()}
_VERBS = {lemma: name for name, row in TYPES.items() for lemma in row[2].split()}

#: Verbs of outcome: they tell what came of an event that is told elsewhere, or an attack of their own.
OUTCOMES = {
    "kill": "killed", "wound": "wounded", "injure": "wounded", "hurt": "wounded", "destroy": "destroyed",
    "damage": "damaged", "hit": "hit", "strike": "hit", "die": "killed",
}  # fmt: skip
#: Verbs that lend a subject to the noun of the event: "carried out a strike".
LIGHT_VERBS = frozenset(
    "conduct carry launch undertake perform mount make stage execute deliver begin wage".split()
)
#: Verbs by which an event takes place; what hangs on them says where and when it did.
OCCURRENCE = LIGHT_VERBS | frozenset(
    "take happen occur come break erupt start continue hit strike kill wound injure destroy damage be rage resume "
    "place put locate record register centre center unfold follow leave rock shake jolt tear rip displace flatten "
    "claim target reach go fall".split()
)
_PATIENTS = frozenset("sink explode erupt crash derail collide capsize die".split())
_SHELLS = frozenset("shell mortar".split())
#: What is fired, launched or dropped.
MISSILES = frozenset("shell mortar missile rocket bomb torpedo shot drone".split())
_COMPOUNDS = {
    "air": "air strike", "drone": "strike", "missile": "strike", "rocket": "strike", "artillery": "shelling",
    "mortar": "shelling", "ground": "attack", "bomb": "bombing", "suicide": "bombing", "car": "bombing",
}  # fmt: skip
_NOT_EVENTS = frozenset("hunger labour labor general rail teacher heart panic counter".split())
#: Nouns that only speak of an event told elsewhere.
POINTERS = frozenset({"epicentre", "epicenter"})
_MISREAD = frozenset({"hit"})


@dataclass(frozen=True)
class Trigger:
    """A word that tells an event."""

    token: Token
    type: str
    sub_type: str | None
    is_verb: bool
    outcome: str | None = None


def trigger_of(token: Token) -> Trigger | None:
    """Return the event that a word tells, or None."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound"):
        return _verb(token, lemma)
    # Headlines mislead taggers: "forces strike a village" is tagged as a noun and the reverse.
    # "an incident 54NM southwest of Aden": the parser hangs the noun on the direction
    of_measure = token.head.lower_ in BEARINGS or any(char.isdigit() for char in token.head.text)
    if token.pos_ in ("NOUN", "PROPN") and (token.dep_ not in ("compound", "nmod") or of_measure):
        return _noun(token, lemma)
    return None


def _verb(token: Token, lemma: str) -> Trigger | None:
    if token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") or (
        token.dep_ == "conj" and token.head.dep_ == "amod"
    ):
        return None  # "the wounded were taken away": a noun in all but its tag
    kind = _VERBS.get(lemma)
    outcome = OUTCOMES.get(lemma)
    if lemma == "shoot" and any(child.lower_ == "down" for child in token.children):
        kind = "shootdown"
    down = any(child.lower_ == "down" and child.dep_ in ("prt", "advmod") for child in token.children)
    if lemma == "go" and down:
        kind = "sinking"
    kind = _by_what_flew(token, lemma) or kind
    if kind is None and outcome is None:
        return None
    if outcome and token.i and token.nbor(-1).like_num:
        return None  # "two dead and 23 wounded"
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in token.children)
    if (
        lemma in _MISREAD
        and not passive
        and not any(child.dep_ in ("dobj", "obj") for child in token.children)
    ):
        return None
    if (
        lemma in ("board", "capture", "seize", "retake", "bomb", "shell")
        and not passive
        and not _has_object(token)
    ):
        return None
    return Trigger(token, kind or "attack", None, True, outcome)


def _by_what_flew(token: Token, lemma: str) -> str | None:
    """Return the event of "shells landed in", "fired mortar rounds at", "dropped four bombs on", "exchanged fire"."""
    objects = [c for c in token.children if c.dep_ in ("dobj", "obj")]
    if lemma in ("exchange", "trade") and any(c.lower_ in ("fire", "gunfire") for c in objects):
        return "clash"
    if lemma in ("land", "fall"):
        fell = [c for c in token.children if c.dep_ == "nsubj"]
        left = token.nbor(-1) if token.i else None
        fell += [left] if left is not None and left.pos_ == "NOUN" else []
        if any(arms_of(c) & _SHELLS for c in fell):
            return "shelling"
        return "strike" if any(arms_of(c) & MISSILES for c in fell) else None
    if lemma not in ("fire", "launch", "drop") or not any(arms_of(c) & MISSILES for c in objects):
        return None
    if lemma == "drop":
        return "air strike"
    return "shelling" if any(arms_of(c) & _SHELLS for c in objects) else "strike"


def arms_of(token: Token) -> set[str]:
    """Return the lemmas of a noun and of what stands before it as one: "mortar rounds"."""
    return {token.lemma_.lower(), *(c.lemma_.lower() for c in token.lefts if c.dep_ in ("compound", "nmod"))}


def is_patient_verb(token: Token) -> bool:
    """Say whether the subject of a verb is what it befell: "the cruiser sank", "the ship went down"."""
    has_object = any(child.dep_ in ("dobj", "obj") for child in token.children)
    return not has_object and (token.lemma_.lower() in _PATIENTS or token.lemma_.lower() == "go")


def _has_object(token: Token) -> bool:
    return any(child.dep_ in ("dobj", "obj") for child in token.children) or token.dep_ in (
        "acl",
        "relcl",
        "conj",
    )


def _noun(token: Token, lemma: str) -> Trigger | None:
    kind = _NOUNS.get(lemma)
    if kind is None:
        return None
    modifiers = [child.lower_ for child in token.lefts if child.dep_ in ("compound", "amod", "nmod")]
    if any(word in _NOT_EVENTS for word in modifiers) or (
        token.i and token.nbor(-1).lower_ == "on" and lemma == "strike"
    ):
        return None
    for word in reversed(modifiers):
        if word in _COMPOUNDS and FAMILY[kind] in ("strike", "attack", "shelling", "bombing"):
            return Trigger(token, _COMPOUNDS[word], f"{word} {lemma}", False)
    return Trigger(token, kind, None if kind == lemma else lemma, False)
