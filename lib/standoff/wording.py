"""A few words that maps and figures say alike."""

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
    """
    if count.high is None:
        return (
            f"at least {count.low}"
            if count.best in (None, count.low)
            else f"{count.best}, at least {count.low}"
        )
    if count.low == count.high:
        return str(count.low)
    spread = f"{count.low} to {count.high}"
    return spread if count.best is None else f"{count.best} ({spread})"
