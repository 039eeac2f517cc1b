"""Tellings -> stories: the tellings of one event put together, those of different events kept apart.

They are merged in reading order by what they share (kind, day, actor, target) and by how
they refer back: "the strike", "that attack", "its own strike".
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date

from standoff.extract import roles
from standoff.extract.dates import When
from standoff.extract.tellings import Telling, is_thing

_ARMED = frozenset({"strike", "attack", "shelling", "bombing", "clash"})


@dataclass
class Story:
    """Tellings that are one event."""

    tellings: list[Telling] = field(default_factory=list)
    first: date | None = None
    last: date | None = None
    when: When | None = None
    basis: str | None = None
    families: set[str] = field(default_factory=set)
    _words: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, telling: Telling) -> None:
        """Add a telling; what the story is known by is kept up, not put together anew at each look."""
        self.tellings.append(telling)
        plain = {t.family for t in self.tellings if t.trigger.outcome is None and not t.refers_back}
        self.families = plain or {t.family for t in self.tellings}
        for side in ("actor", "target"):
            self._words[side] = self.words(side) | getattr(telling, f"{side}_words")

    def words(self, side: str) -> frozenset[str]:
        """Return the words of all phrases for the actor or the target."""
        return self._words.get(side, frozenset())

    @property
    def background(self) -> bool:
        """Whether it is only told as what came long before."""
        return all(telling.background for telling in self.tellings)

    @property
    def latest(self) -> int:
        """Position of the last telling's trigger among the tokens."""
        return self.latest_before(sys.maxsize)

    def latest_before(self, position: int) -> int:
        """Return the position of the last telling before a token; -1 if there is none."""
        return max((t.trigger.token.i for t in self.tellings if t.trigger.token.i < position), default=-1)


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
        if story.first is None and telling.when is None and day is not None and _goes_on(telling):
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
        effect = next((t for t in ordered if _is_when_clause_of(telling, t)), None)
        if effect is None:
            ordered.append(telling)
            continue
        if telling.when is None:
            telling.when = effect.when
        if effect.trigger.outcome:
            ordered.insert(ordered.index(effect), telling)
        else:
            telling.such = True  # one event told twice: "was attacked once before, when a strike killed two"
            ordered.append(telling)
    return ordered


def _is_when_clause_of(telling: Telling, main: Telling) -> bool:
    clause = telling.clause
    if (
        not main.trigger.is_verb
        or clause.dep_ not in ("advcl", "relcl")
        or telling.trigger.outcome not in (None, "hit")
    ):
        return False
    when = any(
        child.lower_ in ("when", "as") for child in clause.children if child.dep_ in ("advmod", "mark")
    )
    return when and telling.sent.start == main.sent.start and main.clause in clause.ancestors


def _same_day(telling: Telling, focus: Story | None) -> date | None:
    """Return the day that "hours later" points to: that of the event told just before."""
    if focus is None or focus.first != focus.last:
        return None
    if telling.when is not None:
        return focus.first if telling.when.same_day else None
    return focus.first if not telling.trigger.is_verb or _goes_on(telling) else None


def _goes_on(telling: Telling) -> bool:
    """Say whether the paragraph goes on with what was just told: "the militia then brought in more men"."""
    position = telling.trigger.token.i
    doc = telling.sent.doc
    while position > 0 and not (doc[position].is_space and "\n\n" in doc[position].text):
        if doc[position].lower_ in ("then", "afterwards", "subsequently"):
            return True
        position -= 1
    return False


def _find(
    stories: list[Story], telling: Telling, local: Story | None, day: date | None, focus: Story | None
) -> Story | None:
    if telling.trigger.outcome and local is not None and _is_outcome_of(telling, local, day):
        return local
    if local is not None and "any" in (local.families | {telling.family}) and _can_be(local, telling, day):
        return local
    if telling.such and focus is not None:
        return focus
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
    if any(t.headline for t in story.tellings) and len(story.tellings) == 1:
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
    if any(t.headline for t in story.tellings) and len(story.tellings) == 1:
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
