"""Words -> days counted from the event told before: "the next day", "two days later", "hours later", "that night".

They have no days of their own: `standoff.extract.when.resolved` gives them, once it is known which event that is.
"""

from __future__ import annotations

import re
from dataclasses import replace

from standoff.extract.date_words import UNIT_DAYS, S, word_before
from standoff.extract.relative_dates import COUNT, NUMBER_STARTS, counted, slack_days
from standoff.extract.when import Rule, When, alone, made

_SAME = "the day of the event told before"
_COUNTED = "counted from the event told before"
_PART = "day|night|morning|afternoon|evening"
# "A day after the attack" counts from what was just told; "a day after Christmas" does not.
_EVENT = (
    r"(?:the|that|this|its|their)\s(?:\w{1,20}\s){0,2}?(?:attacks?|strikes?|airstrikes?|blasts?|explosions?|bombings?|raids?"
    r"|shelling|incidents?|clash(?:es)?|ambush|killings?|kidnappings?|fighting|battle|quake|earthquake|assault|hijacking"
    r"|robbery|shooting|crash|siege|offensive)\b"
)
_END = r"(?=\s*(?:[.,;:!?)–—-]|$))"
_LATER = re.compile(
    rf"(?:(?:just|only|about|around|some|barely){S}){{0,2}}(?:(?P<n>{COUNT})(?:{S}|-))?(?P<unit>minute|hour|moment|second|day|week|fortnight|month|year|decade)s?{S}"
    rf"(?:(?P<later>later|afterwards?|on\b(?={S}from))|(?P<earlier>earlier|previously|beforehand)|(?P<after>after)|(?P<before>before))\b",
    re.IGNORECASE,
)
_AN_EVENT = re.compile(rf"\s{{1,3}}{_EVENT}|{_END}", re.IGNORECASE)
_NEXT = re.compile(
    rf"(?:(?:early|late|later){S}(?:on{S})?)?(?:the{S})?(?P<which>next|following|previous|same){S}(?P<part>{_PART})\b",
    re.IGNORECASE,
)
_NEXT_UNIT = re.compile(
    rf"the{S}(?P<which>next|following|previous|same){S}(?P<unit>week|month|year)\b", re.IGNORECASE
)
_THE_DAY = re.compile(
    rf"the{S}(?P<part>{_PART}|week|month|year){S}(?P<which>before|after)\b(?!{S}yesterday)", re.IGNORECASE
)
_THAT = re.compile(
    rf"(?:(?P<later>later|late){S}|(?P<earlier>earlier|early){S})?(?:on{S})?(?:that{S}same|that){S}(?P<part>{_PART})\b"
    rf"(?!{S}(?:when{S}[a-z]+{S}can|is\b))|(?P<later2>later)(?:{S}on)?{S}(?:in|on|the{S}same){S}(?:the{S})?(?:(?:same{S})?day)\b"
    rf"|(?P<earlier2>earlier){S}(?:in|on){S}the{S}(?:same{S})?day\b",
    re.IGNORECASE,
)
_SHORTLY = re.compile(
    rf"(?:very{S})?(?:shortly|soon|moments|immediately){S}(?:after(?:wards)?|thereafter)\b(?!{S}(?:[0-9]|noon|midnight|midday|dawn|dusk))"
    rf"|a{S}(?:short{S}|little{S})?(?:time|while){S}later\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    rf"then\b(?=,|{S}(?!and\b|an?\b|was\b|were\b|the\b)[a-z])|afterwards?\b|subsequently\b|thereafter\b|later\b(?!{S}(?:than|this|in|on|that))",
    re.IGNORECASE,
)
_SAME_DAY_UNITS = frozenset({"minute", "hour", "moment", "second"})
_SOME = 4  # "days later" are so many, give or take two
_NO_ORDER = frozenset(
    "by since until till before back now even every if was were is are just a an any no or the at much soon".split()
)
_AHEAD = re.compile(rf"\b(?:in|within|over|for|during){S}(?:the{S})?$", re.IGNORECASE)


def _later(match: re.Match[str]) -> When | None:
    unit, follows = match["unit"].lower(), bool(match["later"] or match["after"])
    if unit in _SAME_DAY_UNITS:
        if match["before"] and not _AN_EVENT.match(match.string, match.end()):
            return None
        return _same(match, follows=follows)
    if not match["n"] and (match["after"] or match["before"]):
        return None
    if (match["after"] or match["before"]) and not _AN_EVENT.match(match.string, match.end()):
        return None
    count = counted(match["n"]) if match["n"] else _SOME
    days = round(count * UNIT_DAYS[unit])
    slack = slack_days(match["n"] or "", count, UNIT_DAYS[unit])
    return _offset(match, days if follows else -days, slack)


def _next(match: re.Match[str]) -> When | None:
    which, part = match["which"].lower(), match["part"].lower()
    part_of_day = None if part == "day" else part
    if which == "next" and _is_ahead(match):
        return None
    if which == "same":
        return _same(match, follows=False, part=part_of_day)
    return _offset(match, -1 if which == "previous" else 1, 0, part_of_day)


def _next_unit(match: re.Match[str]) -> When | None:
    which, unit = match["which"].lower(), UNIT_DAYS[match["unit"].lower()]
    if which == "next" and _is_ahead(match):
        return None
    if which == "same":
        return replace(_offset(match, 0, unit // 2), follows=False)
    return _offset(match, -unit if which == "previous" else unit, unit // 2)


def _is_ahead(match: re.Match[str]) -> bool:
    """Say whether the words look ahead from the report: "in the next week or so"."""
    return bool(_AHEAD.search(match.string[max(0, match.start() - 24) : match.start()]))


def _the_day(match: re.Match[str]) -> When | None:
    if not _AN_EVENT.match(match.string, match.end()):
        return None
    part = match["part"].lower()
    days = UNIT_DAYS.get(part, 1)
    part_of_day = part if part not in UNIT_DAYS else None
    slack = days // 2 if days > 1 else 0
    return _offset(match, -days if match["which"].lower() == "before" else days, slack, part_of_day)


def _that(match: re.Match[str]) -> When:
    part = (match["part"] or "day").lower()
    follows = bool(match["later"] or match["later2"])
    return _same(match, follows=follows, part=None if part == "day" else part)


def _shortly(match: re.Match[str]) -> When:
    return _same(match, follows=True)


def _order(match: re.Match[str]) -> When | None:
    if word_before(match.string, match.start()) in _NO_ORDER:
        return None
    return replace(made(match, None, None, None, "behind the event told before"), follows=True)


def _same(match: re.Match[str], *, follows: bool, part: str | None = None) -> When:
    basis = "after what was just told" if follows else _SAME
    return replace(made(match, None, None, None, basis, part=part), same_day=True, follows=follows)


def _offset(match: re.Match[str], days: int, slack: int, part: str | None = None) -> When:
    when = made(match, None, None, None, _COUNTED, part=part)
    return replace(when, offset_days=days, offset_slack=slack, follows=days > 0)


RULES = (
    Rule(
        NUMBER_STARTS
        | frozenset("minutes hours moments seconds days weeks months years about around barely".split()),
        _LATER,
        alone(_later),
    ),
    Rule(frozenset("the next following previous early late later".split()), _NEXT, alone(_next)),
    Rule(frozenset({"the"}), _NEXT_UNIT, alone(_next_unit)),
    Rule(frozenset({"the"}), _THE_DAY, alone(_the_day)),
    Rule(frozenset("that later late earlier early on".split()), _THAT, alone(_that)),
    Rule(frozenset("very shortly soon moments immediately a".split()), _SHORTLY, alone(_shortly)),
    Rule(frozenset("then afterward afterwards subsequently thereafter later".split()), _ORDER, alone(_order)),
)
