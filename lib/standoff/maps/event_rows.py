"""What popups and the side panel say of one event, as rows of a label and words.

Nothing here is escaped: ``visible`` is applied where the rows become part of a page.
"""

from __future__ import annotations

from standoff.model import Event, ReadingRecord
from standoff.wording import (
    actor_words,
    clock_words,
    count_words,
    duration_words,
    name_of_event,
    review_words,
    target_words,
    weapon_words,
)

Rows = list[tuple[str, str]]
MARK = "✎"  # of what an analyst set


def title_of(event: Event) -> str:
    """Return what an event is called, marked where an analyst set something of it."""
    return f"{name_of_event(event)} {MARK}" if event.corrected else name_of_event(event)


def period(event: Event) -> str | None:
    """Return when an event was: ISO dates, time of day, and the report's own words for them.

    Examples
    --------
    >>> day = {"date_start": "2017-06-06", "date_end": "2017-06-06", "date_text": "Tuesday"}
    >>> period(Event(id="e", type="raid", trigger="", text="", start=0, end=0, time_start="09:05", **day))
    '2017-06-06, 09:05 – “Tuesday”'
    """
    dates = " to ".join(dict.fromkeys(day for day in (event.date_start, event.date_end) if day))
    if dates and event.date_precision not in (None, "day", "range"):
        dates += f" ({event.date_precision})"
    stamp = ", ".join(word for word in (dates, clock_words(event)) if word)
    words = f"“{event.date_text}”" if event.date_text else ""
    return f"{stamp} – {words}" if stamp and words else stamp or words or None


def days(event: Event) -> str | None:
    """Return the days of an event in as few characters as say how precise they are.

    Examples
    --------
    >>> june = {"date_start": "2022-06-01", "date_end": "2022-06-30", "date_precision": "month"}
    >>> days(Event(id="e", type="raid", trigger="", text="", start=0, end=0, **june))
    '2022-06'
    """
    first, last = event.date_start, event.date_end
    kept = {"year": 4, "month": 7}.get(event.date_precision or "", 0)
    if first and last and kept and first[:kept] == last[:kept]:
        return first[:kept]
    return " to ".join(dict.fromkeys(day for day in (first, last) if day)) or None


def when_rows(event: Event, record: ReadingRecord) -> Rows:
    """Return when it was, what the report puts it right after, and how long it lasted."""
    when = period(event)
    before = next((other for other in record.events if other.id == event.follows), None)
    if before is not None:
        after = f"after {_named(before)}"
        when = f"{when}; {after}" if when else after
    return _told(
        ("When", when), ("Lasted", None if event.duration_s is None else duration_words(event.duration_s))
    )


def what_rows(event: Event, record: ReadingRecord) -> Rows:
    """Return who did what to whom by what, what came of it, and who says so."""
    finer = event.sub_type is not None and event.sub_type != event.type
    perhaps = [other for other in record.events if other.id in event.same_as]
    return _told(
        ("Type", f"{event.type}: {event.sub_type}" if finer else None),
        ("By", actor_words(event)),
        ("Target", target_words(event)),
        ("Weapon", weapon_words(event)),
        *_toll_rows(event),
        ("Losses", "; ".join(event.losses)),
        ("Counted as", event.series),
        ("According to", ", ".join(event.attributed_to)),
        ("May be the same as", "; ".join(_named(other) for other in perhaps)),
    )


def filed_rows(event: Event) -> Rows:
    """Return the codes of precision, the Admiralty code where an analyst set it, and the state of review."""
    codes = [("where_prec", event.where_prec), ("geo_precision", event.geo_precision)]
    rated = event.source_reliability + event.info_credibility
    return _told(
        ("Precision", ", ".join(f"{name} {code}" for name, code in codes if code is not None)),
        ("Rated", f"{rated} (Admiralty)" if rated != "F6" else None),
        ("Review", f"{MARK} {review_words(event)}" if event.override else event.review_status),
    )


def read_lines(event: Event) -> list[str]:
    """Return what was read for each column that an analyst set."""
    return [f"{column}: {value or 'nothing'}" for column, value in event.read_as.items()]


def _toll_rows(event: Event) -> list[tuple[str, str | None]]:
    rows: list[tuple[str, str | None]] = []
    for label, count in (("Killed", event.killed), ("Wounded", event.wounded)):
        rows.append((label, None if count is None else count_words(count)))
    if event.killed or event.wounded:
        rows.append(("Toll given by", event.casualty_claimant))
    return rows


def _named(event: Event) -> str:
    dated = f", {event.date_start}" if event.date_start else ""
    return f"{event.id} ({name_of_event(event).lower()}{dated})"


def _told(*rows: tuple[str, str | None]) -> Rows:
    return [(label, value) for label, value in rows if value]
