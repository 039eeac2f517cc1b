"""Tellings -> stories: the tellings of one event put together, those of different events kept apart.

They are merged in reading order by what they share (kind, day, actor, target) and by how
they refer back: "the strike", "that attack", "its own strike".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from standoff.events import words
from standoff.events.bundles import Bundle, bundles_of
from standoff.events.dating import date_story
from standoff.events.story import Story
from standoff.events.tellings import Loose, Telling
from standoff.events.ties import (
    alike,
    can_be,
    continues,
    has_evidence,
    is_bare_outcome,
    is_deed,
    is_outcome_of,
    told_of,
)

#: A telling is held against so many stories, the last ones: who tells of more events makes a list.
_RECALLED = 250


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
        follows = main.paragraph == paragraph + 1 and is_bare_outcome(bundle)
        day = _same_day(bundle, focus)
        local = focus if same_paragraph or follows else None
        story = _find(stories, bundle, local, day, focus)
        if story is None and (main.asked or (bundle.is_outcome and not is_deed(bundle))):
            continue
        if story is None:
            story = Story()
            stories.append(story)
        story.add(bundle)
        dated = focus if focus is None or focus.first is not None else dated_before or focus
        date_story(story, bundle, day, dated)
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
                inside = story.first <= each.when.first and (each.when.last or each.when.first) <= (
                    story.last or story.first
                )
                if (
                    inside
                    and story.first != story.last
                    and each.speaks_of & (story.words("target") | story.words("actor"))
                ):
                    story.first, story.last = each.when.first, each.when.last
                    story.when, story.basis = each.when, f"{each.when.text!r}, told of it after"
            story.blamed = story.blamed or each.blamed


def _lemmas(story: Story) -> AbstractSet[str]:
    """Return the words by which what is denied can be known: those of the parties, the arms and the deeds."""
    told = {t.trigger.token.lemma_.lower() for t in story.tellings}
    arms = {word for t in story.tellings if t.weapon for word in t.weapon.lower().split()}
    return told | arms | story.words("actor") | story.words("target")


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
    if bundle.is_outcome and local is not None and is_outcome_of(bundle, local, day):
        return local
    if local is not None and "any" in (local.families | bundle.families) and can_be(local, bundle, day):
        return local
    if main.such and focus is not None:
        return focus
    bare = bundle.when is None and not bundle.spots
    if main.claim == "denied" and local is not None and bare and alike(bundle.families, local.families):
        return local  # "We have not bombed any place", a spokesman said of it
    if local is not None and continues(bundle, local):
        return local
    stories = stories[-_RECALLED:]
    fits = [story for story in stories if can_be(story, bundle, day)]
    if not fits and bundle.refers_back and bundle.families & words.ARMED:
        fits = [s for s in stories if s.families & words.ARMED and can_be(s, bundle, day, any_arms=True)]
    if not fits:
        return None
    fits.sort(key=lambda story: (not story.background, story.latest))
    if bundle.refers_back:
        return told_of(fits, bundle)
    good = [story for story in fits if has_evidence(story, bundle, day)]
    return max(good, key=lambda story: story.latest) if good else None
