"""Words -> times of day: "at 04:30", "1430Z", "around 0215 hrs", "6 a.m. (0300 GMT)", "between 0800 and 1030 UTC".

Four digits are a time only where something says so: a zone, "hrs", "at" before them. A year, a grid reference, a
count, a coordinate and a flight have none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_ZONE = (
    r"(?:(?:UTC|GMT)(?:\s?[+−-]\s?[0-9]{1,2}(?::?[0-9]{2})?)?|Z(?:ulu|ULU)?|zulu|LT|LMT|(?:[Ll]ocal|LOCAL)(?:\s(?:[Tt]ime|TIME))?"
    r"|[A-Z][a-z]{2,12}\s(?:(?:[Ss]tandard|[Dd]aylight|[Ss]ummer)\s)?[Tt]ime|CES?T|EES?T|WES?T|[ECMP][SD]T|ET|BST|IST|MSK|SAST|EAT|WAT|CAT"
    r"|AST|PKT|AFT|TRT|JST|KST|WIB|SGT|HKT|PHT|AES?T)\b"
)
_AMPM = r"(?:[AaPp]\.\s?[Mm]\.?(?![A-Za-z])|[AaPp][Mm]\b|in\sthe\s(?:morning|afternoon|evening)\b)"
_HOURS = r"(?:hrs?\b\.?|HRS?\b|hours\b|HOURS\b|h\b)"
_WORD = r"(?:noon|midnight|midday|Noon|Midnight|Midday|NOON|MIDNIGHT)\b"


def _clock(n: int) -> str:
    """Return the pattern of one time with its suffixes; groups are numbered by ``n``."""
    return (
        rf"(?:(?P<mil{n}>[0-2][0-9][0-5][0-9])(?![0-9])|(?P<h{n}>[0-9]{{1,2}})(?:(?P<sep{n}>[:.])(?P<m{n}>[0-5][0-9])(?![0-9])"
        rf"(?::[0-5][0-9](?![0-9]))?)?(?:\s(?=noon|midnight))?(?P<after{n}>(?:noon|midnight)\b)?|(?P<word{n}>{_WORD}))"
        rf"(?:\s?(?P<ap{n}>{_AMPM}))?(?:\s?(?P<hrs{n}>{_HOURS}))?(?:,?\s?\(?(?P<zone{n}>{_ZONE})\)?)?"
    )


_NO_MORE = r"(?![0-9]|[.:,][0-9]|\s?[°º'′’\"]|\s?[NSEW]\b|\s?%|[A-Za-z])"
_SEP = r"(?P<sep>\s?[-–—]\s?|\s(?:to|until|till|and)\s)"
_ONE = re.compile(_clock(1) + _NO_MORE)
_TWO = re.compile(_clock(1) + _SEP + _clock(2) + _NO_MORE)
_TWICE = re.compile(r"\s?[(\[/,]\s?(?P<second>" + _clock(1) + r")[)\]]?" + _NO_MORE)
_START = re.compile(rf"(?<![0-9A-Za-z.,:$€£#'′°-])[0-9]{{1,4}}(?=[^0-9])|(?<![0-9A-Za-z.,:$€£#'′°-])[0-9]{{1,4}}$|\b{_WORD}|"
                    r"(?<=[a-z0-9]:)[0-9]{4}(?=\s?[UGZL])|(?<=[0-9]T)[0-9]{2}(?=:[0-9]{2})")  # fmt: skip
_HEDGE = re.compile(
    r"\b((?:(?:shortly|just|soon|minutes|moments|sometime)\s(?:after|before)|about|around|approximately|approx\.?|apprx\.?"
    r"|circa|roughly|nearly|almost|before|after|by|until|since))\s{1,3}$",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?P<at>at|between|from|since|until|till|by|before|after|@|and)\s{1,3}(?:(?:about|around|approximately|approx\.?|"
    r"apprx\.?|exactly|just|shortly|soon|nearly|roughly)\s{1,3}){0,2}(?:before\s{1,3}|after\s{1,3})?$|\b(?:around|about|"
    r"approximately|approx\.?|apprx\.?|circa)\s{1,3}$|(?:\b[0-9]{4}|[a-z]{3}\s[0-9]{1,2})\s?[:,]\s?$|[0-9]T$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(?!(?i:at|on|by|time|from|about|around|after|before|since|until|and|dtg|between)\b)[A-Z][a-z]+\s$"
)
_BLANKS = re.compile(
    r"\s*(?:[.,;:!?)\]–—-]|$|(?:on|in|at|when|as|and|local|the|a|an|near|by|before|after|[A-Z])\b)"
)
_OF = re.compile(r"\s(?:of|per|worth)\b|\s(?:a|each|every)\s(?:day|week|month|year)\b")
_YEARS = range(1900, 2060)


@dataclass(frozen=True)
class ClockTime:
    """A time of day, or two between which something was.

    Attributes
    ----------
    text, start, end
        The words and where they stand.
    first, last : str
        "HH:MM" by the clock of ``zone``; ``last`` is None where one time is told.
    zone : str or None
        In the report's words: "UTC", "Z", "LT", "local time"; None where it says none.
    hedge : str or None
        "around", "shortly after".
    other : str or None
        The same time told again by another clock: "03:00 GMT".
    """

    text: str
    start: int
    end: int
    first: str
    last: str | None = None
    zone: str | None = None
    hedge: str | None = None
    other: str | None = None


def find(text: str) -> Iterator[ClockTime]:
    """Yield the times of day that a text tells, in text order.

    Examples
    --------
    >>> [(t.first, t.last, t.zone) for t in find("at 4.30 p.m. on Monday; 0800 - 1030 UTC; about 1430 people")]
    [('16:30', None, None), ('08:00', '10:30', 'UTC')]
    """
    end = 0
    for start in _START.finditer(text):
        if start.start() < end:
            continue
        found = _read_two(text, start.start()) or _read_one(text, start.start())
        if found is not None:
            end = found.end
            yield found


def _read_one(text: str, start: int) -> ClockTime | None:
    match = _ONE.match(text, start)
    if match is None:
        return None
    first = _value(match, 1, match["ap1"])
    if first is None or not _is_time(match, 1, text):
        return None
    time = ClockTime(match[0], start, match.end(), first, None, match["zone1"], _hedge(text, start))
    return _told_twice(time, text)


def _read_two(text: str, start: int) -> ClockTime | None:
    match = _TWO.match(text, start)
    if match is None:
        return None
    before = text[max(0, start - 30) : start]
    if match["sep"].strip() == "and" and not re.search(r"(?i)\bbetween\s(?:about\s|around\s)?$", before):
        return None
    zone = match["zone2"] or match["zone1"]
    last = _value(match, 2, match["ap2"])
    # "11 to 1 p.m." begins before noon: the half of the day goes over to the first time unless it would come later.
    first = _value(match, 1, match["ap1"] or match["ap2"])
    if first and last and match["ap2"] and not match["ap1"] and first > last:
        first = _value(match, 1, "am" if _is_afternoon(match["ap2"]) else "pm")
    if first is None or last is None or not _is_time(match, 2, text):
        return None
    if not (_has_shape(match, 1) or match["ap2"]):
        return None
    return ClockTime(match[0], start, match.end(), first, last, zone, _hedge(text, start))


def _value(match: re.Match[str], n: int, half: str | None) -> str | None:
    """Return "HH:MM", or None for what no clock shows."""
    word = match[f"word{n}"] or match[f"after{n}"]
    if word:
        return "00:00" if word.lower() == "midnight" else "12:00"
    digits = match[f"mil{n}"]
    hour, minute = (
        (int(digits[:2]), int(digits[2:])) if digits else (int(match[f"h{n}"]), int(match[f"m{n}"] or 0))
    )
    if half and not digits:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if _is_afternoon(half) else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 or (hour == 24 and minute == 0) else None


def _is_afternoon(half: str) -> bool:
    return half[0].lower() == "p" or half.endswith(("afternoon", "evening"))


def _has_shape(match: re.Match[str], n: int) -> bool:
    """Say whether it looks like a time of day by itself, not like a bare number."""
    return bool(
        match[f"mil{n}"] or match[f"m{n}"] or match[f"word{n}"] or match[f"after{n}"] or match[f"ap{n}"]
    )


def _is_time(match: re.Match[str], n: int, text: str) -> bool:
    """Say whether something makes a time of the digits; ``n`` is the one whose suffixes count."""
    half = match[f"ap{n}"]
    if match[f"after{n}"] or (half and not half.startswith("in")):
        return True
    start = match.start()
    before = text[max(0, start - 40) : start]
    at = _AT.search(before)
    if half:
        return at is not None  # "killed 3 in the morning"
    if match[f"word{n}"]:
        return match[f"word{n}"].islower() or at is not None
    shaped = _has_shape(match, n)
    if match[f"zone{n}"]:
        return shaped or (at is not None and at["at"] is not None)
    digits = match[f"mil{n}"]
    if match[f"hrs{n}"]:
        sure = bool(digits and digits[0] == "0") or match[f"hrs{n}"][1:2] != "o"
        return shaped and (sure or at is not None) and not _OF.match(text, match.end())
    if digits:
        return _is_bare_time(digits, at, text[match.end() : match.end() + 20])
    if match[f"sep{n}"] == ":":
        return at is not None or (len(match[f"h{n}"]) == 2 and not _NAME.search(before))
    return False


def _is_bare_time(digits: str, at: re.Match[str] | None, behind: str) -> bool:
    """Say whether four digits without a suffix are a time: "at 0430", "at 1430 on Monday"."""
    if at is None or int(digits) in _YEARS:
        return False
    is_led_in = (at["at"] or "").lower() in ("at", "between", "@")
    return digits[0] == "0" or (is_led_in and _BLANKS.match(behind) is not None)


def _hedge(text: str, start: int) -> str | None:
    found = _HEDGE.search(text[max(0, start - 30) : start])
    return " ".join(found[1].lower().split()) if found else None


def _told_twice(time: ClockTime, text: str) -> ClockTime:
    """Take "(0300 GMT)" behind "6 a.m." as the same time by another clock; the first is then the local one."""
    again = _TWICE.match(text, time.end)
    if again is None or again["zone1"] is None or not _has_shape(again, 1):
        return time
    value = _value(again, 1, again["ap1"])
    if value is None or again["zone1"] == time.zone:
        return time
    is_local = again["zone1"].lower().startswith(("l", "local"))
    return replace(
        time, text=text[time.start : again.end()], end=again.end(), zone=time.zone or (None if is_local else "local time"),
        other=f"{value} {again['zone1']}",
    )  # fmt: skip
