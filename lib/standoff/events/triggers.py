"""The words that tell an event, and the kind of event that they tell.

A verb tells one by itself, with somebody to whom it is done, or by its construction
(`constructions`); a noun by itself and by what stands before it ("rocket attack").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from standoff.events import words
from standoff.events.constructions import by_construction
from standoff.events.figures_of_speech import is_figure_of_speech
from standoff.events.nouns import arms_of, lemmas_of
from standoff.events.syntax import (
    is_passive,
    is_squeezed,
    is_verb,
    objects,
    own_subject,
    passive_subjects,
    prepositional,
)
from standoff.extract.nouns import BEARINGS

__all__ = ["Trigger", "arms_of", "is_patient_verb", "trigger_of"]

_GERUNDS = frozenset(
    "fighting shelling bombing shooting flooding boarding sinking killing hijacking kidnapping".split()
)
_MISTAKEN = {"shot": "shoot", "struck": "strike", "captured": "capture", "seized": "seize", "raided": "raid"}
_TRIED = frozenset("attempt try fail seek".split())
_FAILED = frozenset("attempted failed unsuccessful foiled thwarted abortive".split())
_MODIFIED = frozenset({"strike", "attack", "bombing"})
_SHIPPED = frozenset("armed sea ship vessel tanker maritime".split())
_NO_FIRE_VERBS = frozenset(
    "open exchange trade return catch cease hold set come draw light shoot reply".split()
)
_NO_FIRE_BEFORE = frozenset(
    "friendly rifle small enemy hostile gun machine sniper cease covering artillery mortar tank".split()
)
_DISEASES = frozenset(
    "cholera ebola measles plague dengue mpox polio covid-19 covid coronavirus malaria yellow meningitis anthrax marburg "
    "hepatitis flu influenza typhoid diphtheria zika".split()
)
_STRIKERS = frozenset(
    "worker driver teacher nurse doctor union pilot staff employee miner docker clerk lecturer lawyer".split()
)
# What is hit with no blow.
_FIGURES = frozenset(
    (
        "chart charts headline headlines brake brakes jackpot record note market shelf screen milestone "
        "low high ceiling snag air"
    ).split()
)
_DEALT = frozenset(
    (
        "agree sign reach announce declare take begin start broker conclude accept mediate renew extend "
        "collapse agreed strike mark follow"
    ).split()
)
# Nouns that tell an event only where no such word stands before them.
_OF_LAW = frozenset({"of", "for", "with"})
_PATIENT_VERBS = frozenset(
    "sink explode erupt crash derail collide capsize die go drown perish run fall catch detonate "
    "burst blow overturn come leave "
    "plunge collapse overflow".split()
)


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
    found: Trigger | None = None
    gerund = (
        token.tag_ == "VBG"
        and token.pos_ == "VERB"
        and token.dep_ in ("csubj", "nsubj", "pobj", "dobj", "ROOT")
    )
    if gerund and token.lower_ in _GERUNDS and not objects(token):
        found = _noun(token, token.lower_)  # "Fighting in Homs left five dead"
    elif is_verb(token):
        found = _verb(token)
    # Headlines mislead taggers: "forces strike a village" is tagged as a noun and the reverse.
    # "an incident 54NM southwest of Aden": the parser hangs the noun on the direction
    of_measure = token.head.lower_ in BEARINGS or any(char.isdigit() for char in token.head.text)
    if (
        found is None
        and token.pos_ in ("NOUN", "PROPN")
        and (token.dep_ not in ("compound", "nmod") or of_measure)
    ):
        found = _noun(token, token.lemma_.lower())
    if found is not None and is_figure_of_speech(token, verb=found.is_verb):
        return None
    return replace(found, tried=True) if found is not None and _is_tried(token) else found


def is_patient_verb(token: Token) -> bool:
    """Say whether the subject of a verb is what it befell: "the cruiser sank", "the ship went down"."""
    return not objects(token) and token.lemma_.lower() in _PATIENT_VERBS


# ---------------------------------------------------------------------- verbs


def _verb(token: Token) -> Trigger | None:
    lemma = _lemma(token)
    if (token.pos_ == "VERB" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")) or (
        token.dep_ == "conj" and token.head.dep_ == "amod"
    ):
        return None  # "the wounded were taken away": a noun in all but its tag
    outcome = words.OUTCOMES.get(lemma)
    if outcome in (None, "hit") and _is_of_hazard(token):
        return None  # "the earthquake that struck Nepal": the noun tells it
    kind = by_construction(token)
    if kind is None:
        kind = words.VERBS_ALONE.get(lemma)
        if kind is None and lemma in words.VERBS_WITH_OBJECT and _has_patient(token):
            kind = words.VERBS_WITH_OBJECT[lemma]
    if kind is None and outcome is None:
        return None
    if outcome and token.i and token.nbor(-1).like_num:
        return None  # "two dead and 23 wounded"
    if (
        lemma == "hit"
        and kind in (None, "strike", "attack")
        and not is_passive(token)
        and not objects(token)
        and not passive_subjects(token)
    ):
        return None
    if lemma in ("strike", "hit") and kind in ("strike", None) and any(
        c.lower_ in {"deal", "agreement", "balance", "bargain", *_FIGURES} for c in objects(token)
    ):  # fmt: skip
        return None
    return Trigger(token, kind or "attack", None, True, outcome)


def _is_of_hazard(verb: Token) -> bool:
    """Say whether what a verb tells is done by an earthquake, a storm, a blaze."""
    subject = own_subject(verb) or (verb.head if verb.dep_ in ("relcl", "acl") else None)
    for _ in range(3):
        if subject is None:
            return False
        kind = words.NOUNS.get(subject.lemma_.lower())
        if kind is not None and words.FAMILY[kind] in words.HAZARDS - {"explosion"}:
            return True
        subject = subject.head.head if subject.dep_ == "pobj" and subject.head.lower_ == "of" else None
    return False


def _lemma(token: Token) -> str:
    """Return a verb's lemma, also where the tagger took the verb for another word."""
    lemma: str = token.lemma_.lower()
    if token.pos_ == "VERB" or not lemma.endswith(("ed", "shot", "struck")):
        return lemma
    return _MISTAKEN.get(lemma, lemma.removesuffix("ed"))


def _has_patient(token: Token) -> bool:
    """Say whether a verb has somebody to whom it is done."""
    if objects(token) or is_passive(token) or is_squeezed(token):
        return True
    return token.dep_ in ("acl", "relcl", "conj", "xcomp", "advcl", "pcomp") and token.tag_ in (
        "VBN",
        "VBD",
        "VBG",
        "VB",
    )


def _is_tried(token: Token) -> bool:
    """Say whether the deed was only attempted: "tried to board", "an attempted hijacking", "a failed attack"."""
    if any(c.lower_ in _FAILED for c in token.lefts) or any(
        c.lower_ == "unsuccessfully" for c in token.children
    ):
        return True
    above = token.head
    if token.dep_ in ("xcomp", "advcl", "acl", "pcomp", "conj", "pobj") and above != token:
        above = above.head if above.pos_ == "ADP" else above
        return above.lemma_.lower() in _TRIED
    return False


# ---------------------------------------------------------------------- nouns


def _noun(token: Token, lemma: str) -> Trigger | None:
    kind = words.NOUNS.get(lemma)
    modifiers = [
        child.lower_ for child in token.lefts if child.dep_ in ("compound", "amod", "nmod", "punct", "nummod")
    ]
    if lemma == "case" and _is_of_disease(token):
        return Trigger(token, "outbreak", None, False)
    if lemma == "exchange" and any(
        g.lower_ in words.GUNFIRE for c in token.children if c.lower_ == "of" for g in c.children
    ):
        return Trigger(token, "clash", "exchange of fire", False)
    if lemma in ("fire", "fires") and _follows_cease(token):
        return (
            Trigger(token, "agreement", "ceasefire", False)
            if _is_event_noun(token, "ceasefire", modifiers)
            else None
        )
    if (
        kind is None
        or any(word in words.NOT_ARMED for word in modifiers)
        or not _is_event_noun(token, lemma, modifiers)
    ):
        return None
    if words.FAMILY[kind] in _MODIFIED or kind == "shelling" or lemma in ("fire", "explosion", "blast"):
        for word in reversed([part for m in modifiers for part in m.split("-")]):
            if word in words.BEFORE and not (
                lemma == "fire" and word in ("artillery", "mortar", "tank", "rocket", "ground", "car")
            ):
                return Trigger(token, words.BEFORE[word], f"{word} {lemma}", False)
    if lemma == "fire" and not _burns(token, modifiers):
        return None
    return Trigger(token, kind, None if kind == lemma else lemma, False)


def _follows_cease(token: Token) -> bool:
    before = token.doc[max(token.sent.start, token.i - 2) : token.i].text.lower()
    return before.endswith(("cease-", "cease -", "cease"))


def _is_of_disease(token: Token) -> bool:
    """Say whether cases of an illness are told of: "five cases of cholera", "a measles case"."""
    below = {
        t.lower_
        for c in token.children
        if c.lower_ == "of" or c.dep_ in ("compound", "amod")
        for t in c.subtree
    }
    return bool(below & _DISEASES) and token.dep_ in ("nsubjpass", "nsubj", "dobj")


def _burns(token: Token, modifiers: list[str]) -> bool:
    """Say whether a fire is one that burns, not one that is opened, exchanged or ceased."""
    verb = token.head
    if verb.lemma_.lower() in _NO_FIRE_VERBS or verb.lower_ in ("under", "on", "of", "by", "with", "from"):
        return False
    before = token.nbor(-1).lemma_.lower() if token.i else ""
    return before not in _NO_FIRE_VERBS and not set(modifiers) & _NO_FIRE_BEFORE


def _is_dealt(token: Token) -> bool:
    """Say whether a ceasefire is made or begins, and is not only spoken of: "a truce is closer than it was"."""
    verb = token.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    into_force = verb.lemma_.lower() in ("come", "go", "enter") and any(
        t.lower_ in ("force", "effect") for t in verb.subtree
    )
    return into_force or verb.lemma_.lower() in _DEALT


def _is_event_noun(token: Token, lemma: str, modifiers: list[str]) -> bool:
    before = token.nbor(-1).lower_ if token.i else ""
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    if lemma == "strike" and (
        before == "on" or lemmas_of(prepositional(token, "by", "of", "among")) & _STRIKERS
    ):
        return False  # "on strike", "a strike by bus drivers"
    if lemma == "raid" and after in ("siren", "sirens"):
        return False
    if before in _OF_LAW and lemma in (
        "killing",
        "murder",
        "arrest",
        "rally",
        "robbery",
        "protest",
        "assassination",
        "kidnapping",
    ):
        return False  # "accused of murder", "a warrant for arrest", "in protest"
    if lemma == "march":
        return (
            token.lower_ == "march"
            and token.tag_ == "NN"
            and any(c.dep_ in ("det", "amod", "poss") for c in token.lefts)
        )
    if lemma == "incident" and token.tag_ == "NNS":
        return False  # "three incidents were reported"
    if lemma == "boarding" and after in ("school", "pass", "house"):
        return False
    if lemma == "robbery":
        return any(word in _SHIPPED for word in modifiers)
    if lemma in words.DEALS:
        return _is_dealt(token)
    return True
