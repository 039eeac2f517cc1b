"""A few words that maps, figures and the summary say alike."""

from __future__ import annotations

from standoff.model import Count, Event


def name_of_event(event: Event) -> str:
    """Return what an event is called: its finest type, in words.

    Examples
    --------
    >>> name_of_event(Event(id="e", type="air_strike", trigger="hit", text="hit", start=0, end=3))
    'Air strike'
    """
    return (event.sub_type or event.type).replace("_", " ").strip().capitalize()


def count_words(count: Count) -> str:
    """Return a count as people say it.

    Examples
    --------
    >>> count_words(Count(low=10, best=10, high=10)), count_words(Count(low=2, best=None, high=None))
    ('10', 'at least 2')
    >>> count_words(Count(low=0, best=None, high=12)), count_words(Count(low=5, best=7, high=9))
    ('up to 12', '7 (5 to 9)')
    """
    if count.high is None:
        return (
            f"at least {count.low}"
            if count.best in (None, count.low)
            else f"{count.best}, at least {count.low}"
        )
    if count.low == count.high:
        return str(count.low)
    if count.low == 0 and count.best is None:
        return f"up to {count.high}"
    spread = f"{count.low} to {count.high}"
    return spread if count.best is None else f"{count.best} ({spread})"


def actor_words(event: Event) -> str | None:
    """Return who did it, with a mark where the report is not sure of that.

    Examples
    --------
    >>> actor_words(Event(id="e", type="fire", trigger="", text="", start=0, end=0, actor="a crew", actor_role="accused"))
    'a crew (accused)'
    """
    if event.actor and event.actor_role not in (None, "stated"):
        return f"{event.actor} ({event.actor_role})"
    return event.actor


def target_words(event: Event) -> str | None:
    """Return whom it was done to, with the number that the report gives of them.

    Examples
    --------
    >>> hit = Event(id="e", type="strike", trigger="", text="", start=0, end=0, target="the convoy",
    ...             target_count={"low": 2, "best": 2, "high": 2})
    >>> target_words(hit)
    'the convoy (number: 2)'
    """
    return _counted(event.target, count_words(event.target_count) if event.target_count else None)


def weapon_words(event: Event) -> str | None:
    """Return by what it was done, with the number that the report gives of it."""
    return _counted(event.weapon, None if event.weapon_count is None else str(event.weapon_count))


def _counted(words: str | None, number: str | None) -> str | None:
    if number is None:
        return words
    return f"{words} (number: {number})" if words else f"number: {number}"


def sides_of_event(event: Event) -> str:
    """Return who did it to whom.

    Examples
    --------
    >>> sides_of_event(Event(id="e", type="raid", trigger="", text="", start=0, end=0, actor="rebels", target="a base"))
    'rebels → a base'
    """
    actor, target = actor_words(event) or "", target_words(event)
    return f"{actor} → {target}".strip() if target else actor


def clock_words(event: Event) -> str | None:
    """Return the time of day in 24 hours, with its zone where the report gives one.

    Examples
    --------
    >>> clock_words(Event(id="e", type="raid", trigger="", text="", start=0, end=0, time_start="08:40", time_zone="UTC"))
    '08:40 UTC'
    """
    clocks = " to ".join(dict.fromkeys(clock for clock in (event.time_start, event.time_end) if clock))
    return " ".join(word for word in (clocks, event.time_zone) if word) if clocks else None


_UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def duration_words(seconds: float) -> str:
    """Return a duration in the largest unit that it fills.

    Examples
    --------
    >>> duration_words(172800), duration_words(5400), duration_words(60)
    ('2 days', '1.5 hours', '1 minute')
    """
    size, unit = next((each for each in _UNITS if seconds >= each[0]), _UNITS[-1])
    number = f"{seconds / size:.3g}"
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"


def review_words(event: Event) -> str:
    """Return what became of an event in review: its status, where the edits stand, the columns that were set.

    Examples
    --------
    >>> review_words(Event(id="e", type="raid", trigger="", text="", start=0, end=0, review_status="corrected",
    ...                    override="r.events.csv, line 3", corrected=["actor"]))
    'corrected by r.events.csv, line 3: actor'
    """
    words = f"{event.review_status} by {event.override}" if event.override else event.review_status
    return f"{words}: {', '.join(event.corrected)}" if event.corrected else words
