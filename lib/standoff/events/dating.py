"""When an event was: the dates of its tellings put together."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from standoff.events.bundles import Bundle
from standoff.events.lags import dated
from standoff.events.standing import is_before
from standoff.events.story import Story
from standoff.events.tellings import Telling
from standoff.extract.dates import When, resolved
from standoff.extract.state import text_of

_LEAD = 7
_SINCE = re.compile(rf"^.{{0,{_LEAD}}}\bsince\s")


def date_story(story: Story, bundle: Bundle, day: date | None, focus: Story | None) -> None:
    """Date a story by one of its tellings: by its own words, by what it is counted from, by the day of the scene.

    Parameters
    ----------
    story : Story
        Changed where it has no date yet, or a vaguer one.
    bundle : Bundle
        What was added to it.
    day : date or None
        The day that "hours later" points to.
    focus : Story or None
        The event told before.
    """
    main = bundle.main
    before = focus if focus is not story else None
    when = _goes_on(_counted(bundle.when, before, main), main)
    if when is not None and (story.first is None or _is_finer(when, story)):
        if when.first is not None:
            story.first, story.last, story.when, story.basis = when.first, when.last, when, when.basis
        elif story.when is None:
            story.when, story.basis = when, when.basis
    if before is not None and ((when is not None and when.follows) or (main.ordered and main.goes_on)):
        story.follows = story.follows or before
    if story.first is None:
        _date_by_lag(story, bundle, before)
    if when is not None and main.claim == "planned" and story.when is when and story.first is not None:
        story.first, story.last = _to_come(when, story.first, story.last or story.first)
    if story.first is None and when is None and day is not None and main.goes_on:
        story.first = story.last = day
        story.basis = "goes on from the event told before"
    if story.first is None:
        _date_by_scene(story, main, before)
    if story.first is None and story.when is None:
        _date_by_report(story, bundle)


def _one_day(story: Story | None) -> date | None:
    return story.first if story is not None and story.first == story.last else None


def _counted(when: When | None, before: Story | None, main: Telling) -> When | None:
    """Return a date expression with its days, where it counts from the event told before."""
    if when is None or not when.is_anaphoric:
        return when
    told = _one_day(before)
    if when.same_day and told is None and before is not None and None not in (before.first, before.last):
        return replace(when, first=before.first, last=before.last, precision="range", same_day=False)
    base = told or main.day_before
    return resolved(when, base) if base is not None else when


def _goes_on(when: When | None, main: Telling) -> When | None:
    """Return a date with the days until the report, where something "has gone on since" it."""
    doc = main.sent.doc
    if when is None or when.first is None or not doc._.published:
        return when
    lead = text_of(doc)[max(0, when.start - _LEAD) : when.start + _LEAD].lower()
    perfect = any(
        c.dep_ == "aux" and c.lower_ in ("has", "have")
        for c in (*main.clause.children, *main.trigger.token.children)
    )
    published = date.fromisoformat(doc._.published)
    if not perfect or not _SINCE.search(lead) or published <= (when.last or when.first):
        return when
    return replace(when, last=published, precision="range")


def _date_by_lag(story: Story, bundle: Bundle, before: Story | None) -> None:
    """Date what lies a stated time before or after what its sentence is about."""
    telling = next((t for t in bundle.tellings if t.lag is not None), None)
    if telling is None or telling.lag is None:
        return
    base = telling.lag_base or _one_day(before)
    if base is not None:
        story.first, story.last = dated(telling.lag, base)
        story.basis = f"{telling.lag.words!r} counted from {base}"


def _date_by_scene(story: Story, main: Telling, before: Story | None) -> None:
    """Date what is told under a day that the paragraph named before."""
    scene = main.scene
    if scene is None or not (main.is_headed or not is_before(main.clause)):
        return
    base = _one_day(before)
    if scene.is_anaphoric and base is not None:
        scene = resolved(scene, base)
    story.first, story.last = scene.first, scene.last
    story.when, story.basis = scene, "the day told of before in the same paragraph"


def _date_by_report(story: Story, bundle: Bundle) -> None:
    reported = next((t.reported_on for t in bundle.tellings if t.reported_on is not None), None)
    if reported is not None and reported.first is not None:
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
