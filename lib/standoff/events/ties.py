"""What makes a telling one of an event told before, and what keeps both apart: kind, day, place, hands, target."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date

from spacy.tokens import Token

from standoff.events import words
from standoff.events.actors import is_somebody, may_be_party
from standoff.events.bundles import Bundle
from standoff.events.likeness import overlap
from standoff.events.parties import PRONOUNS, is_definite, kind_of, may_be_one
from standoff.events.story import Story
from standoff.events.syntax import is_passive

#: What one event can be called: a pirates' attack is a boarding, the blast is the bombing told before.
_ALIKE = (
    frozenset({"strike", "attack", "explosion", "interception"}),
    frozenset({"bombing", "explosion", "attack"}),
    frozenset({"clash", "attack"}),
    frozenset({"boarding", "seizure", "attack", "kidnapping"}),
    frozenset({"seizure", "attack", "clash"}),
    frozenset({"sinking", "strike", "accident", "explosion"}),
    frozenset({"storm", "flood"}),
    frozenset({"fire", "explosion", "accident"}),
    frozenset({"accident", "shootdown"}),
    frozenset({"fire", "strike"}),
    frozenset({"fire", "bombing"}),
    frozenset({"fire", "attack"}),
)


def is_bare_outcome(bundle: Bundle) -> bool:
    """Say whether the words only tell what came of something: "a tug was damaged"."""
    if bundle.when is not None:
        return False
    heard = bundle.families == {"explosion"} and not bundle.main.trigger.is_verb
    if heard:
        return bundle.main.scene is None
    if not bundle.is_outcome:
        return False
    return all(t.scene is None and (t.actor is None or not may_be_party(t.actor)) for t in bundle.tellings)


def is_deed(bundle: Bundle) -> bool:
    """Say whether an outcome told alone is an attack of its own: somebody killed somebody, and it is not denied."""
    main = bundle.main
    if main.claim in ("denied", "hypothetical"):
        return False
    verb = main.trigger.token.lemma_.lower()
    if main.trigger.outcome in ("killed", "wounded") and verb not in ("die", "drown", "perish"):
        placed = bool(bundle.spots) or bundle.when is not None
        return (
            is_somebody(main.doer)
            or main.weapon is not None
            or (main.actor is None and placed and main.trigger.outcome == "killed")
        )
    return is_somebody(main.doer) and main.trigger.outcome in ("destroyed", "damaged")


def told_of(fits: list[Story], bundle: Bundle) -> Story:
    """Return which story "the attack", "Tuesday's strike" means: one of its own kind, or of arms, before any other."""

    def likeness(story: Story) -> tuple[bool, int]:
        kind = 2 if story.families & bundle.families else 1 if story.families & words.ARMED else 0
        return not story.background, kind

    best = max(likeness(story) for story in fits)
    return next(story for story in reversed(fits) if likeness(story) == best)


def is_outcome_of(bundle: Bundle, story: Story, day: date | None) -> bool:
    """Say whether "were hit", "killed", "destroyed" tell what came of the event just told in this paragraph."""
    if bundle.main.background:
        return False
    told = bundle.main.scene
    newer = told is not None and told.start > story.tellings[-1].sent.end_char
    scene = told.first if told is not None and newer else None
    explicit = bundle.when.first if bundle.when else day or scene
    if explicit and story.first and not story.first <= explicit <= (story.last or story.first):
        return False
    actor, known = bundle.actor_words, story.words("actor")
    parties = [t.actor for t in bundle.tellings if t.actor is not None and may_be_party(t.actor)]
    return not actor or not known or overlap(actor, known) or not parties


def _is_elsewhere(bundle: Bundle, story: Story) -> bool:
    """Say whether a telling that does not refer back names other towns than the story."""
    if bundle.refers_back or not bundle.spots or not story.spots:
        return False
    return not bundle.spots & story.spots


def continues(bundle: Bundle, local: Story) -> bool:
    """Say whether a sentence goes on about the event told right before: "two of the vehicles were hit"."""
    main = bundle.main
    if main.fresh or (main.goes_on and main.when is not None):
        return False
    same_hands = overlap(bundle.actor_words, local.words("actor")) and any(
        t.actor is not None and (t.actor.lower_ in PRONOUNS or is_definite(t.actor)) for t in bundle.tellings
    )
    if _is_elsewhere(bundle, local) and not same_hands:
        return False
    if not (bundle.families & local.families or alike(bundle.families, local.families)):
        return False
    if bundle.when is not None and not (bundle.when.first is not None and bundle.when.first == local.first):
        return False
    if bundle.families == {"evacuation"} == local.families:
        return True
    actor, doers = bundle.actor_words, local.words("actor")
    if actor and doers and not overlap(actor, doers) and not _may_be_them(bundle, local):
        return False
    causes = [t for t in bundle.tellings if not t.is_outcome] or bundle.tellings
    if any(t.lag is not None or t.background for t in bundle.tellings):
        return False
    parties = [token for t in causes for token in (t.actor, t.target) if token is not None]
    known = [t for t in parties if t.lower_ in PRONOUNS or is_definite(t) or _is_some_of(t)]
    passive = all(
        t.actor is None and t.trigger.is_verb and is_passive(t.trigger.token) for t in bundle.tellings
    )
    if passive and bundle.when is None and local.tellings[-1].sent.end == main.sent.start:
        return True  # "shells hit the town. A school was struck"
    nobody = all(t.actor is None or not may_be_party(t.actor) for t in bundle.tellings)
    return bool(known) or (nobody and not any(t.target is not None for t in causes))


def _may_be_them(bundle: Bundle, local: Story) -> bool:
    """Say whether doers that share no word with those told of may be theirs: "the attackers", not "the army"."""
    known = {kind for t in local.tellings if t.doer is not None and (kind := kind_of(t.doer))}
    for telling in bundle.tellings:
        if telling.actor is None or not may_be_party(telling.actor):
            continue
        if telling.actor.lower_ not in PRONOUNS and not is_definite(telling.actor):
            return False
        kind = kind_of(telling.doer or telling.actor)
        if telling.actor.lower_ not in PRONOUNS and (
            kind in ("forces", "state") or (kind and known and kind not in known)
        ):
            return False
    return True


def _is_some_of(token: Token) -> bool:
    """Say whether a phrase picks some of those known: "two of the vehicles"."""
    return any(
        is_definite(c) or c.lower_ in PRONOUNS
        for prep in token.children
        if prep.lower_ == "of"
        for c in prep.children
    )


def alike(families: AbstractSet[str], others: AbstractSet[str]) -> bool:
    """Say whether two sets of families share one, or have two that are told in each other's words."""
    return any(
        one == other or any({one, other} <= group for group in _ALIKE) for one in families for other in others
    )


def can_be(story: Story, bundle: Bundle, day: date | None, *, any_arms: bool = False) -> bool:
    """Say whether a bundle may tell a story: its kind, day, place, doer and target do not speak against it."""
    main = bundle.main
    vague = any_arms or "any" in (bundle.families | story.families)
    same = bool(bundle.families & story.families)
    if not vague and not same:
        outcome = bundle.is_outcome and bool(
            story.families & (words.ARMED | words.HAZARDS | {"sinking", "boarding", "seizure"})
        )
        if not outcome and not (
            alike(bundle.families, story.families)
            and (bundle.refers_back or story.is_headline or _hinted(story, bundle, day))
        ):
            return False
    first = bundle.when.first if bundle.when and bundle.when.first else day
    if first and story.first:
        last = bundle.when.last if bundle.when and bundle.when.last else first
        if last < story.first or first > (story.last or story.first):
            return False
    if story.is_headline:
        return True
    if main.fresh or _is_elsewhere(bundle, story):
        return False
    actor, known = bundle.actor_words, story.words("actor")
    if actor and known and not overlap(actor, known) and not _is_named_later(story, bundle):
        return False
    target, aimed = bundle.target_words, story.words("target")
    agrees = not (target and aimed) or bool(target & aimed) or overlap(actor, known)
    return bundle.refers_back or agrees


def _is_named_later(story: Story, bundle: Bundle) -> bool:
    """Say whether the doer of a story gets a name: "a British submarine ... HMS Conqueror", on the same target."""
    doers = [t.doer for t in story.tellings if t.doer is not None]
    others = [t.doer for t in bundle.tellings if t.doer is not None]
    return bool(story.words("target") & bundle.target_words) and any(
        may_be_one(a, b) for a in doers for b in others
    )


def _hinted(story: Story, bundle: Bundle, day: date | None) -> bool:
    """Say whether words of another kind share the target, or the doer and the day, with a story.

    "A tanker was attacked ... the tanker was boarded".
    """
    first = bundle.when.first if bundle.when and bundle.when.first else day
    same_day = first is None or story.first is None or first == story.first
    same_doer = overlap(bundle.actor_words, story.words("actor")) or _is_named_later(story, bundle)
    definite = any(
        t.target is not None and (t.target.lower_ in PRONOUNS or is_definite(t.target))
        for t in bundle.tellings
    )
    known = definite and not bundle.actor_words
    return same_day and bool(bundle.target_words & story.words("target")) and (same_doer or known)


def has_evidence(story: Story, bundle: Bundle, day: date | None) -> bool:
    """Say whether an indefinite telling ("an airstrike", "was attacked") shares enough with a story to be it."""
    if story.is_headline:
        return True
    main = bundle.main
    first = bundle.when.first if bundle.when and bundle.when.first else day
    same_day = first is not None and story.first is not None
    same_actor = overlap(bundle.actor_words, story.words("actor"))
    same_target = bool(bundle.target_words & story.words("target"))
    if not same_target and bundle.target_words and story.words("target") and main.lag is not None:
        return False  # "hours after they had taken another ship"
    undated = first is None or story.first is None
    if bundle.is_outcome or main.trigger.is_verb:
        close = same_day or first is None or (same_target and undated)
        return (
            (same_actor and same_target)
            or ((same_actor or same_target) and close)
            or (same_day and not bundle.actor_words)
        )
    return (same_actor and (same_day or undated)) or (same_target and same_day)
