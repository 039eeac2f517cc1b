"""What stands beside a date: the part of the day, a second day to which it goes on, a time of day, a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from standoff.extract.clock_times import ClockTime
from standoff.extract.date_words import S
from standoff.extract.when import When

_PART = r"dawn|daybreak|sunrise|morning|afternoon|dusk|sunset|nightfall|evening|night"
_PART_BEFORE = re.compile(
    rf"\b(?:(?P<side>early|late|earlier|later)(?:{S}on)?(?:{S}the)?"
    rf"|(?:the{S})?(?:(?:early|late){S})?(?P<part>{_PART})(?:{S}(?:of|on|hours{S}of))?(?:{S}the)?"
    rf"|(?:at|before|after|around|by){S}(?P<at>dawn|dusk|daybreak|sunrise|sunset|nightfall)(?:{S}on)?"
    rf"|the{S}(?P<hours>early|small|late){S}hours{S}of(?:{S}the)?"
    rf"|(?P<over>overnight)(?:{S}(?:on|into|from|between))?){S}$",
    re.IGNORECASE,
)
_PART_BEHIND = re.compile(
    rf"{S}(?:(?:at|before|in{S}the){S})?(?:(?P<side>early|late){S})?(?P<part>{_PART}|overnight)\b(?!-)",
    re.IGNORECASE,
)
_ON_TO = re.compile(
    rf"\s{{0,3}}(?P<dash>[-–—])\s{{0,3}}|{S}(?P<word>to|into|and|until|till|through){S}(?:on{S}|the{S})?",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(from|between)\s{1,9}$", re.IGNORECASE)
_WORDS = (
    r"(?:at|on|of|the|around|about|approximately|approx\.?|apprx\.?|circa|nearly|almost|from|between|shortly|just|soon|after|before"
    r"|by|until|since|local|time|hours|hrs|early|late|morning|afternoon|evening|night|in|exactly)"
)
_TIME_BEHIND = re.compile(rf"(?:T|[\s,:;/(–-]{{0,4}}(?:{_WORDS}[\s,]{{1,3}}){{0,4}})", re.IGNORECASE)
_TIME_BEFORE = re.compile(rf"[\s,/)]{{0,3}}(?:{_WORDS}[\s,]{{1,3}}){{0,4}}", re.IGNORECASE)
_GAP = 40
_PLACE = re.compile(
    r"(?P<open>[ \t]*\(?)(?P<name>(?![a-z])[^\W\d_][\w .'’-]{1,30}(?:(?:,\s|/)(?![a-z])[^\W\d_][\w .'’-]{1,30}){0,3}), ?"
)
_AGENCY = re.compile(
    r"(?P<agency> ?\([A-Z][^()\n]{1,30}\))?(?P<close>\))?\s{0,2}(?P<end>-{1,2}|[–—:|])(?=\s)"
)
#: A dateline stands at the head of a report, behind a title at most.
_HEAD = 600


def with_part(text: str, when: When) -> When:
    """Return a day with the part of it that stands before or behind: "early on Monday", "Saturday night"."""
    if when.precision not in ("day", "range") and when.first is not None:
        return when
    # "on the night of 3-4 June" is one night
    is_day = when.precision == "day" or when.first is None
    if not is_day and when.first and when.last and (when.last - when.first).days > 1:
        return when
    behind = _PART_BEHIND.match(text, when.end) if when.part is None and is_day else None
    if behind:
        end, part = behind.end(), (behind["part"] or behind["side"]).lower()
        when = replace(when, end=end, part=part)
    before = _PART_BEFORE.search(text[max(0, when.start - 45) : when.start])
    if before:
        start = when.start - (len(before[0]))
        part_before = before["part"] or before["at"] or before["over"] or before["hours"] or before["side"]
        when = replace(when, start=start, part=when.part or part_before.lower())
    return replace(when, text=text[when.start : when.end]) if before or behind else when


def joined(text: str, whens: Iterable[When]) -> list[When]:
    """Return dates with those made one that say from when to when: "from Monday to Wednesday"."""
    found: list[When] = []
    for when in whens:
        both = _both(text, found[-1], when) if found else None
        if both is not None:
            found[-1] = both
        else:
            found.append(when)
    return found


def _both(text: str, one: When, other: When) -> When | None:
    if other.start - one.end > _GAP or one.is_anaphoric or other.is_anaphoric or one.follows or other.follows:
        return None
    gap = _ON_TO.fullmatch(text, one.end, other.start)
    if gap is None:
        return None
    before = _FROM.search(text[max(0, one.start - 12) : one.start])
    word = (gap["word"] or "").lower()
    # "until" alone may part two statements; "and" joins only behind "between"
    if word == "into" and one.part not in ("overnight", "night", "evening", "late"):
        return None
    needed = {"and": "between", "until": "from", "till": "from", "to": "from"}.get(word)
    if needed and (before is None or (word == "and") != (before[1].lower() == "between")):
        return None
    words = text[one.start : other.end]
    if one.first is None or other.last is None:
        unknown = one if one.first is None else other
        return replace(
            one, text=words, end=other.end, first=None, last=None, precision=None, basis=unknown.basis
        )
    first = one.first
    if first > other.last:
        # Each was dated by itself, as the latest: the first must be one before.
        if "publication" not in one.basis:
            return None
        first = (
            first - timedelta(days=7)
            if one.basis.startswith("relative")
            else first.replace(year=first.year - 1)
        )
    elif one.basis.startswith("year") and other.basis == "stated":
        first = first.replace(year=other.last.year)
        first = first if first <= other.last else first.replace(year=first.year - 1)
    if first > other.last:
        return None
    return replace(
        one, text=words, end=other.end, first=first, last=other.last, precision="range", basis=other.basis
    )


def tied(text: str, whens: Sequence[When], times: Sequence[ClockTime]) -> list[When]:
    """Return dates with the time of day that stands beside each, the nearer first."""
    pairs = sorted(
        (distance, i, j)
        for i, j in _neighbours(whens, times)
        if (distance := _distance(text, whens[i], times[j])) is not None
    )
    dates, used = list(whens), {when.time for when in whens if when.time}
    for _, i, j in pairs:
        if dates[i].time is None and times[j] not in used:
            dates[i] = replace(dates[i], time=times[j])
            used.add(times[j])
    return dates


def _neighbours(whens: Sequence[When], times: Sequence[ClockTime]) -> Iterable[tuple[int, int]]:
    """Yield the dates and times next to each other in the text, both in text order."""
    j = 0
    for i, when in enumerate(whens):
        while j < len(times) and times[j].start < when.start:
            j += 1
        yield from ((i, k) for k in (j - 1, j) if 0 <= k < len(times))


def _distance(text: str, when: When, time: ClockTime) -> int | None:
    if (
        when.first is None
        and not when.is_anaphoric
        and when.precision is None
        and "publication" not in when.basis
    ):
        return None
    if when.precision in ("week", "month", "year") or when.only_orders:
        return None
    start, end, pattern = when.end, time.start, _TIME_BEHIND
    if time.start < when.start:
        start, end, pattern = time.end, when.start, _TIME_BEFORE
    if not 0 <= end - start <= _GAP or pattern.fullmatch(text, start, end) is None:
        return None
    return end - start


def is_dateline(text: str, when: When) -> bool:
    """Say whether a date ends a dateline: "GOMA, June 3 (Reuters) - ..."."""
    if when.start > _HEAD and "(" not in text[when.end : when.end + 3]:
        return False
    behind = _AGENCY.match(text, when.end)
    if behind is None:
        return False
    from_line = max(0, when.start - 80)
    line = text.rfind("\n", from_line, when.start)
    if line < 0 and from_line:
        return False
    before = _PLACE.fullmatch(text, line + 1, when.start)
    if before is None:
        return False
    enclosed = "(" in before["open"] and behind["close"] is not None
    # "Aleppo, 3 June: two killed" is a line of a list of incidents.
    return enclosed or behind["agency"] is not None or (behind["end"] != ":" and when.start <= _HEAD)
