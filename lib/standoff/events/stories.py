"""Tellings -> stories: the tellings of one event put together, those of different events kept apart.

They are merged in reading order by what they share (kind, day, actor, target) and by how
they refer back: "the strike", "that attack", "its own strike".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from spacy.tokens import Token

from standoff.events import words
from standoff.events.actors import is_somebody, may_be_party
from standoff.events.bundles import Bundle, bundles_of
from standoff.events.lags import dated
from standoff.events.likeness import overlap
from standoff.events.parties import PRONOUNS, is_definite, kind_of, may_be_one
from standoff.events.standing import is_before
from standoff.events.syntax import is_passive
from standoff.events.tellings import Loose, Telling
from standoff.events.tolls import Toll
from standoff.extract.dates import When, resolved
from standoff.model import ActorRole

#: A telling is held against so many stories, the last ones: who tells of more events makes a list.
_RECALLED = 250
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


@dataclass
class Story:
    """Tellings that are one event.

    ``background`` says whether it is only told as what came long before, ``latest`` the
    position of its last trigger among the tokens.
    """

    tellings: list[Telling] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    denied_by: str | None = None
    blamed: tuple[Token, ActorRole] | None = None
    first: date | None = None
    last: date | None = None
    when: When | None = None
    basis: str | None = None
    follows: Story | None = None
    background: bool = True
    latest: int = -1
    spots: set[str] = field(default_factory=set)
    _plain: set[str] = field(default_factory=set)
    _any: set[str] = field(default_factory=set)
    _words: dict[str, set[str]] = field(default_factory=lambda: {"actor": set(), "target": set()})

    def add(self, bundle: Bundle) -> None:
        """Add the tellings of a sentence; what the story is known by is kept up, not put together anew at each look."""
        self.spots |= bundle.spots
        for telling in bundle.tellings:
            self.tellings.append(telling)
            self._any.add(telling.family)
            if not telling.is_outcome and not telling.refers_back:
                self._plain.add(telling.family)
            self._words["actor"] |= telling.actor_words
            self._words["target"] |= telling.target_words
            self.background = self.background and telling.background
            self.latest = max(self.latest, telling.trigger.token.i)

    @property
    def families(self) -> AbstractSet[str]:
        """The families of events that it can be."""
        return self._plain or self._any

    def words(self, side: str) -> AbstractSet[str]:
        """Return the words of all phrases for the actor or the target."""
        return self._words[side]

    @property
    def is_headline(self) -> bool:
        """Whether only the headline has told it."""
        return bool(self.tellings) and all(t.headline for t in self.tellings)


def merge(tellings: Sequence[Telling], loose: Sequence[Loose]) -> list[Story]:
    """Put the tellings of one event together, in reading order.

    Parameters
    ----------
    tellings : sequence of Telling
        In text order, dated.
    loose : sequence of Loose
        What sentences that tell no event say of the one told last before them.

    Returns
    -------
    list of Story
        In the order of their first telling; what was only asked for is left out.
    """
    stories: list[Story] = []
    focus: Story | None = None
    dated_before: Story | None = None
    paragraph = -1
    for bundle in bundles_of(tellings):
        main = bundle.main
        same_paragraph = main.paragraph == paragraph
        follows = main.paragraph == paragraph + 1 and _is_bare_outcome(bundle)
        day = _same_day(bundle, focus)
        local = focus if same_paragraph or follows else None
        story = _find(stories, bundle, local, day, focus)
        if story is None and (main.asked or (bundle.is_outcome and not _is_deed(bundle))):
            continue
        if story is None:
            story = Story()
            stories.append(story)
        story.add(bundle)
        _date(story, bundle, day, focus if focus is None or focus.first is not None else dated_before or focus)
        dated_before = story if story.first is not None else dated_before
        focus, paragraph = focus if main.background and focus is not None else story, main.paragraph
    _share_out(stories, loose)
    for story in stories:
        story.tolls = sorted(
            [*(toll for t in story.tellings for toll in t.tolls), *story.tolls], key=lambda toll: toll.token.i
        )
    return stories


def _share_out(stories: list[Story], loose: Sequence[Loose]) -> None:
    """Give what sentences without an event say to the event told last before, in this paragraph or the one before."""
    told = sorted(
        (t.trigger.token.i, t.paragraph, n)
        for n, s in enumerate(stories)
        for t in s.tellings
        if not t.background
    )
    for each in loose:
        before = bisect_left(told, (each.start, -1, -1))
        if not before or each.paragraph - told[before - 1][1] > 1:
            continue
        story = stories[told[before - 1][2]]
        story.tolls += each.tolls
        if each.paragraph == told[before - 1][1]:
            story.losses += each.losses
            denied = each.denied_by if not each.denied_words or each.denied_words & _lemmas(story) else None
            story.denied_by = story.denied_by or denied
            if each.when is not None and story.first is not None and each.when.first is not None:
                inside = story.first <= each.when.first and (each.when.last or each.when.first) <= (story.last or story.first)
                if inside and story.first != story.last and each.speaks_of & (story.words("target") | story.words("actor")):
                    story.first, story.last = each.when.first, each.when.last
                    story.when, story.basis = each.when, f"{each.when.text!r}, told of it after"
            story.blamed = story.blamed or each.blamed


def _lemmas(story: Story) -> AbstractSet[str]:
    """Return the words by which what is denied can be known: those of the parties, the arms and the deeds."""
    told = {t.trigger.token.lemma_.lower() for t in story.tellings}
    arms = {word for t in story.tellings if t.weapon for word in t.weapon.lower().split()}
    return told | arms | story.words("actor") | story.words("target")


def _is_bare_outcome(bundle: Bundle) -> bool:
    """Say whether the words only tell what came of something: "a tug was damaged"."""
    if bundle.when is not None:
        return False
    heard = bundle.families == {"explosion"} and not bundle.main.trigger.is_verb
    if heard:
        return bundle.main.scene is None
    if not bundle.is_outcome:
        return False
    return all(t.scene is None and (t.actor is None or not may_be_party(t.actor)) for t in bundle.tellings)


def _is_deed(bundle: Bundle) -> bool:
    """Say whether an outcome told alone is an attack of its own: somebody killed somebody, and it is not denied."""
    main = bundle.main
    if main.claim in ("denied", "hypothetical"):
        return False
    verb = main.trigger.token.lemma_.lower()
    if main.trigger.outcome in ("killed", "wounded") and verb not in ("die", "drown", "perish"):
        placed = bool(bundle.spots) or bundle.when is not None
        return is_somebody(main.doer) or main.weapon is not None or (main.actor is None and placed and main.trigger.outcome == "killed")
    return is_somebody(main.doer) and main.trigger.outcome in ("destroyed", "damaged")


def _same_day(bundle: Bundle, focus: Story | None) -> date | None:
    """Return the day that "hours later" points to: that of the event told just before."""
    if focus is None or focus.first != focus.last:
        return None
    if bundle.when is not None:
        return focus.first if bundle.when.same_day else None
    if any(t.lag is not None for t in bundle.tellings):
        return None
    main = bundle.main
    return focus.first if (not main.trigger.is_verb and bundle.refers_back) or main.goes_on else None


def _find(
    stories: list[Story], bundle: Bundle, local: Story | None, day: date | None, focus: Story | None
) -> Story | None:
    main = bundle.main
    if bundle.is_outcome and local is not None and _is_outcome_of(bundle, local, day):
        return local
    if local is not None and "any" in (local.families | bundle.families) and _can_be(local, bundle, day):
        return local
    if main.such and focus is not None:
        return focus
    if main.claim == "denied" and local is not None and bundle.when is None and not bundle.spots:
        if bundle.families & local.families or _alike(bundle.families, local.families):
            return local  # "We have not bombed any place", a spokesman said of it
    if local is not None and _continues(bundle, local, day):
        return local
    stories = stories[-_RECALLED:]
    fits = [story for story in stories if _can_be(story, bundle, day)]
    if not fits and bundle.refers_back and bundle.families & words.ARMED:
        fits = [s for s in stories if s.families & words.ARMED and _can_be(s, bundle, day, any_arms=True)]
    if not fits:
        return None
    fits.sort(key=lambda story: (not story.background, story.latest))
    if bundle.refers_back:
        return _told_of(fits, bundle)
    good = [story for story in fits if _has_evidence(story, bundle, day)]
    return max(good, key=lambda story: story.latest) if good else None


def _told_of(fits: list[Story], bundle: Bundle) -> Story:
    """Return which story "the attack", "Tuesday's strike" means: one of its own kind, or of arms, before any other."""

    def likeness(story: Story) -> tuple[bool, int]:
        kind = 2 if story.families & bundle.families else 1 if story.families & words.ARMED else 0
        return not story.background, kind

    best = max(likeness(story) for story in fits)
    return next(story for story in reversed(fits) if likeness(story) == best)


def _is_outcome_of(bundle: Bundle, story: Story, day: date | None) -> bool:
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


def _continues(bundle: Bundle, local: Story, day: date | None) -> bool:
    """Say whether a sentence goes on about the event told right before: "two of the vehicles were hit", "the driver then fired"."""
    main = bundle.main
    if main.fresh or (main.goes_on and main.when is not None):
        return False
    same_hands = overlap(bundle.actor_words, local.words("actor")) and any(
        t.actor is not None and (t.actor.lower_ in PRONOUNS or is_definite(t.actor)) for t in bundle.tellings
    )
    if _is_elsewhere(bundle, local) and not same_hands:
        return False
    if not (bundle.families & local.families or _alike(bundle.families, local.families)):
        return False
    if bundle.when is not None and not (bundle.when.first is not None and bundle.when.first == local.first):
        return False
    if bundle.families == {"evacuation"} == local.families:
        return True
    actor, doers = bundle.actor_words, local.words("actor")
    if (
        actor
        and doers
        and not overlap(actor, doers)
        and not _may_be_them(bundle, local)
    ):
        return False
    causes = [t for t in bundle.tellings if not t.is_outcome] or bundle.tellings
    if any(t.lag is not None or t.background for t in bundle.tellings):
        return False
    parties = [token for t in causes for token in (t.actor, t.target) if token is not None]
    known = [t for t in parties if t.lower_ in PRONOUNS or is_definite(t) or _is_some_of(t)]
    passive = all(t.actor is None and t.trigger.is_verb and is_passive(t.trigger.token) for t in bundle.tellings)
    if passive and bundle.when is None and local.tellings[-1].sent.end == main.sent.start:
        return True  # "shells hit the town. A school was struck"
    nobody = all(t.actor is None or not may_be_party(t.actor) for t in bundle.tellings)
    return bool(known) or (nobody and not any(t.target is not None for t in causes))


def _may_be_them(bundle: Bundle, local: Story) -> bool:
    """Say whether doers that share no word with those told of may be theirs: "the attackers", "the driver", not "the army"."""
    known = {kind for t in local.tellings if t.doer is not None and (kind := kind_of(t.doer))}
    for telling in bundle.tellings:
        if telling.actor is None or not may_be_party(telling.actor):
            continue
        if telling.actor.lower_ not in PRONOUNS and not is_definite(telling.actor):
            return False
        kind = kind_of(telling.doer or telling.actor)
        if telling.actor.lower_ not in PRONOUNS and (kind in ("forces", "state") or (kind and known and kind not in known)):
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


def _alike(families: AbstractSet[str], others: AbstractSet[str]) -> bool:
    return any(
        one == other or any({one, other} <= group for group in _ALIKE) for one in families for other in others
    )


def _can_be(story: Story, bundle: Bundle, day: date | None, *, any_arms: bool = False) -> bool:
    main = bundle.main
    vague = any_arms or "any" in (bundle.families | story.families)
    same = bool(bundle.families & story.families)
    if not vague and not same:
        outcome = bundle.is_outcome and bool(
            story.families & (words.ARMED | words.HAZARDS | {"sinking", "boarding", "seizure"})
        )
        if not outcome and not (
            _alike(bundle.families, story.families)
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
    """Say whether words of another kind share the target, or the doer and the day, with a story: "a tanker was attacked ... boarded"."""
    first = bundle.when.first if bundle.when and bundle.when.first else day
    same_day = first is None or story.first is None or first == story.first
    same_doer = overlap(bundle.actor_words, story.words("actor")) or _is_named_later(story, bundle)
    definite = any(
        t.target is not None and (t.target.lower_ in PRONOUNS or is_definite(t.target))
        for t in bundle.tellings
    )
    known = definite and not bundle.actor_words
    return same_day and bool(bundle.target_words & story.words("target")) and (same_doer or known)


def _has_evidence(story: Story, bundle: Bundle, day: date | None) -> bool:
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
        return (same_actor and same_target) or ((same_actor or same_target) and close) or (same_day and not bundle.actor_words)
    return (same_actor and (same_day or undated)) or (same_target and same_day)


def _date(story: Story, bundle: Bundle, day: date | None, focus: Story | None) -> None:
    """Date a story by one of its tellings: by its own words, by what it is counted from, by the day of the scene."""
    main, when = bundle.main, bundle.when
    before = focus if focus is not story else None
    if when is not None and when.is_anaphoric:
        told = before.first if before is not None and before.first == before.last else None
        base = told or main.day_before
        if when.same_day and before is not None and before.first is not None and before.last is not None and told is None:
            when = replace(when, first=before.first, last=before.last, precision="range", same_day=False)
        when = resolved(when, base) if base is not None else when
    if when is not None and (story.first is None or _is_finer(when, story)):
        if when.first is not None:
            story.first, story.last, story.when, story.basis = when.first, when.last, when, when.basis
        elif story.when is None:
            story.when, story.basis = when, when.basis
    if before is not None and ((when is not None and when.follows) or (main.ordered and main.goes_on)):
        story.follows = story.follows or before
    lag = next((t for t in bundle.tellings if t.lag is not None), None)
    if story.first is None and lag is not None and lag.lag is not None:
        base = lag.lag_base or (before.first if before is not None and before.first == before.last else None)
        if base is not None:
            story.first, story.last = dated(lag.lag, base)
            story.basis = f"{lag.lag.words!r} counted from {base}"
    if when is not None and main.claim == "planned" and story.when is when and story.first is not None:
        story.first, story.last = _to_come(when, story.first, story.last or story.first)
    if story.first is None and when is None and day is not None and main.goes_on:
        story.first = story.last = day
        story.basis = "goes on from the event told before"
    if story.first is None and main.scene is not None and (main.is_headed or not is_before(main.clause)):
        scene = main.scene
        base = before.first if before is not None and before.first == before.last else None
        if scene.is_anaphoric and base is not None:
            scene = resolved(scene, base)
        story.first, story.last = scene.first, scene.last
        story.when, story.basis = scene, "the day told of before in the same paragraph"
    reported = next((t.reported_on for t in bundle.tellings if t.reported_on is not None), None)
    if story.first is None and story.when is None and reported is not None and reported.first is not None:
        story.first, story.last = reported.first, reported.last
        story.when, story.basis = reported, "the day on which it was reported, as nothing else dates it"


def _to_come(when: When, first: date, last: date) -> tuple[date, date]:
    """Return the days of a plan: "will be sent in October" is the next October, "on Friday" the next Friday."""
    if "publication" not in when.basis:
        return first, last
    published = date.fromisoformat(when.basis.split()[-1]) if when.basis.split()[-1].count("-") == 2 else None
    if published is None or last >= published:
        return first, last
    step = timedelta(days=7) if "relative" in when.basis and (last - first).days < 7 else None
    try:
        if step is not None:
            return first + step, last + step
        return first.replace(year=first.year + 1), last.replace(year=last.year + 1)
    except (ValueError, OverflowError):
        return first, last


def _is_finer(when: When, story: Story) -> bool:
    return when.precision == "day" and when.first is not None and story.first != story.last
