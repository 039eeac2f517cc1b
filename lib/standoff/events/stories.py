"""Tellings -> stories: the tellings of one event put together, those of different events kept apart.

They are merged in reading order by what they share (kind, day, actor, target) and by how
they refer back: "the strike", "that attack", "its own strike".
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from standoff.events import roles
from standoff.events.tellings import Telling, is_thing
from standoff.extract.dates import When

_ARMED = frozenset({"strike", "attack", "shelling", "bombing", "clash"})
#: A telling is held against so many stories, the last ones: who tells of more events makes a list.
_RECALLED = 250


@dataclass
class Story:
    """Tellings that are one event.

    ``background`` says whether it is only told as what came long before, ``latest`` the
    position of its last trigger among the tokens.
    """

    tellings: list[Telling] = field(default_factory=list)
    first: date | None = None
    last: date | None = None
    when: When | None = None
    basis: str | None = None
    background: bool = True
    latest: int = -1
    _plain: set[str] = field(default_factory=set)
    _any: set[str] = field(default_factory=set)
    _words: dict[str, set[str]] = field(default_factory=lambda: {"actor": set(), "target": set()})

    def add(self, telling: Telling) -> None:
        """Add a telling; what the story is known by is kept up, not put together anew at each look."""
        self.tellings.append(telling)
        self._any.add(telling.family)
        if telling.trigger.outcome is None and not telling.refers_back:
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
        return len(self.tellings) == 1 and self.tellings[0].headline


def merge(tellings: list[Telling]) -> list[Story]:
    """Put the tellings of one event together, in reading order.

    Parameters
    ----------
    tellings : list of Telling
        In text order, dated.

    Returns
    -------
    list of Story
        In the order of their first telling; what was only asked for is left out.
    """
    stories: list[Story] = []
    focus: Story | None = None
    paragraph = -1
    for telling in _causes_first(tellings):
        same_paragraph = telling.paragraph == paragraph
        follows = telling.paragraph == paragraph + 1 and _is_bare_outcome(telling)
        day = _same_day(telling, focus)
        story = _find(stories, telling, focus if same_paragraph or follows else None, day, focus)
        if story is None and (telling.asked or (telling.trigger.outcome and telling.claim == "denied")):
            continue
        if story is None:
            story = Story()
            stories.append(story)
        story.add(telling)
        _date(story, telling, day)
        if story.first is None and telling.when is None and day is not None and telling.goes_on:
            story.first = story.last = day
            story.basis = "goes on from the event told before"
        if story.first is None and telling.scene is not None:
            story.first, story.last = telling.scene.first, telling.scene.last
            story.when, story.basis = telling.scene, "the day told of before in the same paragraph"
        focus, paragraph = focus if telling.background else story, telling.paragraph
    return stories


def _is_bare_outcome(telling: Telling) -> bool:
    """Say whether the words only tell what came of something: "a tug was damaged"."""
    undated = telling.when is None and telling.scene is None
    nobody = telling.actor is None or is_thing(telling.actor)
    return bool(telling.trigger.outcome) and undated and nobody


def _causes_first(tellings: list[Telling]) -> list[Telling]:
    """Put "a drone struck" before "two died" in "two died on Saturday when a drone struck", on the same day."""
    ordered: list[Telling] = []
    for telling in tellings:
        position = _effect_of(telling, ordered)
        if position is None:
            ordered.append(telling)
            continue
        effect = ordered[position]
        if telling.when is None:
            telling.when = effect.when
        if effect.trigger.outcome:
            ordered.insert(position, telling)
        else:
            telling.such = True  # one event told twice: "was attacked once before, when a strike killed two"
            ordered.append(telling)
    return ordered


def _effect_of(telling: Telling, before: list[Telling]) -> int | None:
    """Return the number of the telling whose "when" clause this one is; both are of one sentence."""
    clause = telling.clause
    if clause.dep_ not in ("advcl", "relcl") or telling.trigger.outcome not in (None, "hit"):
        return None
    if not any(c.lower_ in ("when", "as") for c in clause.children if c.dep_ in ("advmod", "mark")):
        return None
    first = len(before)
    while first and before[first - 1].sent.start == telling.sent.start:
        first -= 1
    above = {ancestor.i for ancestor in clause.ancestors}
    sentence = range(first, len(before))
    return next((i for i in sentence if before[i].trigger.is_verb and before[i].clause.i in above), None)


def _same_day(telling: Telling, focus: Story | None) -> date | None:
    """Return the day that "hours later" points to: that of the event told just before."""
    if focus is None or focus.first != focus.last:
        return None
    if telling.when is not None:
        return focus.first if telling.when.same_day else None
    return focus.first if not telling.trigger.is_verb or telling.goes_on else None


def _find(
    stories: list[Story], telling: Telling, local: Story | None, day: date | None, focus: Story | None
) -> Story | None:
    if telling.trigger.outcome and local is not None and _is_outcome_of(telling, local, day):
        return local
    if local is not None and "any" in (local.families | {telling.family}) and _can_be(local, telling, day):
        return local
    if telling.such and focus is not None:
        return focus
    stories = stories[-_RECALLED:]
    fits = [story for story in stories if _can_be(story, telling, day)]
    if not fits and telling.refers_back and telling.family in _ARMED:
        fits = [s for s in stories if s.families & _ARMED and _can_be(s, telling, day, any_arms=True)]
    if not fits:
        return None
    fits.sort(key=lambda story: (not story.background, story.latest))
    latest = fits[-1]
    if telling.refers_back:
        return latest
    good = [story for story in fits if _has_evidence(story, telling, day)]
    return max(good, key=lambda story: story.latest) if good else None


def _is_outcome_of(telling: Telling, story: Story, day: date | None) -> bool:
    """Say whether "were hit", "killed", "destroyed" tell what came of the event just told in this paragraph."""
    if telling.background:
        return False
    scene = telling.scene.first if telling.scene else None
    explicit = telling.when.first if telling.when else day or scene
    if explicit and story.first and not story.first <= explicit <= (story.last or story.first):
        return False
    actor, known = telling.actor_words, story.words("actor")
    return (
        not actor
        or not known
        or roles.overlap(actor, known)
        or telling.actor is None
        or is_thing(telling.actor)
    )


def _can_be(story: Story, telling: Telling, day: date | None, *, any_arms: bool = False) -> bool:
    vague = any_arms or "any" in (telling.family, *story.families)
    if (
        not vague
        and telling.family not in story.families
        and not (telling.trigger.outcome and story.families & {"strike", "attack"})
    ):
        return False
    first = telling.when.first if telling.when and telling.when.first else day
    if first and story.first:
        last = telling.when.last if telling.when and telling.when.last else first
        if last < story.first or first > (story.last or story.first):
            return False
    if story.is_headline:
        return True
    if telling.fresh:
        return False
    actor, known = telling.actor_words, story.words("actor")
    if actor and known and not roles.overlap(actor, known):
        return False
    target, aimed = telling.target_words, story.words("target")
    agrees = not (target and aimed) or bool(target & aimed) or roles.overlap(actor, known)
    return telling.refers_back or agrees


def _has_evidence(story: Story, telling: Telling, day: date | None) -> bool:
    """Say whether an indefinite telling ("an airstrike", "was attacked") shares enough with a story to be it."""
    if story.is_headline:
        return True
    first = telling.when.first if telling.when and telling.when.first else day
    same_day = first is not None and story.first is not None
    same_actor = roles.overlap(telling.actor_words, story.words("actor"))
    same_target = bool(telling.target_words & story.words("target"))
    if telling.trigger.outcome or telling.trigger.is_verb:
        return same_actor or same_target or same_day
    undated = first is None or story.first is None
    return (same_actor and (same_day or undated)) or (same_target and same_day)


def _date(story: Story, telling: Telling, day: date | None) -> None:
    when = telling.when
    if when is None or (story.first is not None and not _is_finer(when, story)):
        return
    if when.first is not None:
        story.first, story.last, story.when, story.basis = when.first, when.last, when, when.basis
    elif day is not None and when.same_day:
        story.first = story.last = day
        story.when, story.basis = when, f"{when.text!r}: the day of the event told before"
    elif story.when is None:
        story.when, story.basis = when, when.basis


def _is_finer(when: When, story: Story) -> bool:
    return when.precision == "day" and when.first is not None and story.first != story.last
