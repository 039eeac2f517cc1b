"""What a length is the length of, by the words beside it: a radius, the size of a thing, a calibre, a journey.

>>> role_of("a 100-kilometre-deep buffer zone", 2, 15, None)
('depth', 'the depth of a strip')
"""

from __future__ import annotations

import re

from standoff.extract import hedges
from standoff.model import Measure, Role

# A word with up to two hyphens in it: there are few ways to read a long row of hyphens as such words.
_WORD = r"[\w“”\"'‘’]++(?:-[\w“”\"'‘’]++){0,2}"
_GUN = (
    r"(?:guns?|shells?|mortars?|rockets?|cannons?|calib(?:re|er)s?|rounds?|howitzers?|artillery|ammunition|ammo|bullets?|"
    r"pistols?|handguns?|rifles?|cartridges?|casings?|projectiles?|autocannons?|launchers?|grenades?|mlrs|parabellum|"
    r"recoilless|munitions?|gunfire|gunboats?|anti-aircraft|submachine)"
)
_NOT_BETWEEN = r"(?!(?:of|from|and|or|to|in|on|at|with|was|were|is|are|by|the|away|thick|wide|long|north|south|east|west)\b)"
#: What stands behind a number of millimetres or inches that is a calibre.
_MORE = r"(?:-?\s*(?:,|and|or|to|-|/)\s*\d{1,3}(?:\.\d{1,2})?(?:[\s-]?(?:mm|millimet(?:re|er)s?|inch))?)"
CALIBRE = re.compile(rf"{_MORE}{{0,3}}[\s-]++(?:{_NOT_BETWEEN}{_WORD}[\s-]++){{0,3}}?{_GUN}\b", re.IGNORECASE)
_CALIBRE_OF = re.compile(
    rf"\b(?:calib(?:re|er)|bore|{_GUN})\s+(?:of|in|is|was)\s+(?:\w+\s+)?$", re.IGNORECASE
)
# What stands right after a length says what it is the length of.
_AFTER: tuple[tuple[str, Role, str], ...] = (
    ((r"[\s-]+(?:long|wide|tall|high|thick|across(?!\s+(?:the|an?|its|their)\b)|"
      r"in\s+(?:length|width|height|diameter|size))\b"), "dimension", "the size of a thing"),
    ((r"[\s-]+(?:stretch|section|segment|wall|fence|bridge|tunnel|pipeline|convoy|column|march|race|run|marathon|drive|"
     r"trek|journey|trip|walk|swim|ride|flight)\b"), "dimension", "the length of a thing or a journey"),
    (r"\s+(?:above|below|beneath|underground|deep\s+underground|into\s+the\s+(?:air|sky))\b", "dimension",
     "a height or a depth"),
    (r"[\s-]+(?:range|ranged)\b", "range", "the range of a weapon or a vehicle"),
    (rf"[\s-]++(?:{_WORD}[\s-]++){{0,4}}?(?:radius|zone|perimeter|cordon|exclusion|circle|limit)\b", "radius",
     "the radius of a zone"),
)  # fmt: skip
_BEFORE: tuple[tuple[str, Role, str], ...] = (
    (r"\b(?:range|ranges|reach)\s+(?:of|is|was|exceeds)\s+$", "range", "the range of a weapon or a vehicle"),
    (r"\b(?:depth|depths)\s+(?:of|was|is|at)\s+$", "dimension", "a depth below the ground"),
    (r"\b(?:radius|perimeter|cordon|circle)\s+(?:of|to|is|was)\s+$", "radius", "the radius of a zone"),
    ((r"\b(?:length|width|height|altitude|elevation|diameter|wingspan|span|beam|draught|draft|girth|circumference|thickness|"
     r"stature|waves?|swells?|surges?|seas|crests?|tides?|snow|drifts?|craters?|holes?)\s+of\s+$"), "dimension",
     "the size of a thing"),
    ((r"\b(?:(?:ran|run|runs|running)(?!\s+aground)|walk|walked|walking|march|marched|drive|drove|driven|driving|travel|travell?ed|"
     r"swam|rowed|paddled|rode|cycled|hiked|flew|sailed|advanced|fled|trekked|covered|moved)\s+(?:\w+\s+)?$"),
     "travel", "a distance travelled"),
)  # fmt: skip
_AFTER_RES = [(re.compile(pattern, re.IGNORECASE), role, why) for pattern, role, why in _AFTER]
_BEFORE_RES = [(re.compile(pattern, re.IGNORECASE), role, why) for pattern, role, why in _BEFORE]
_DEEP = re.compile(
    r"[\s-]+deep\b(?P<strip>[\s-]++(?:[\w-]++\s++){0,2}(?:zone|strip|belt|buffer|area))?", re.IGNORECASE
)
_DEPTH_OF = re.compile(r"\bdepth\s+of\s+$", re.IGNORECASE)
_FROM_LINE = re.compile(r"\s+(?:from|along|inside|into|on)\b", re.IGNORECASE)
_WINDOW = 60  # characters before a measure in which a clue can stand
_BETWEEN_REASONS = "; "


def is_calibre(text: str, start: int, end: int) -> bool:
    """Say whether millimetres or inches between two offsets are those of a gun.

    Examples
    --------
    >>> is_calibre("a 155 mm self-propelled gun", 2, 8), is_calibre("20 mm of rain", 0, 5)
    (True, False)
    """
    return bool(CALIBRE.match(text, end) or _CALIBRE_OF.search(text[max(0, start - _WINDOW) : start]))


def role_of(text: str, start: int, end: int, hedge: str | None) -> tuple[Role, str | None]:
    """Return the role that the words beside a length give it, and why; ("other", None) where they give none.

    Parameters
    ----------
    text : str
        The report.
    start, end : int
        Where the length stands.
    hedge : str or None
        The hedge before it, which is looked past.
    """
    before = text[max(0, start - _WINDOW) : start]
    if hedge:
        before = hedges.without(hedge, before)
    deep = _DEEP.match(text, end)
    if deep:
        return (
            ("depth", "the depth of a strip") if deep["strip"] else ("dimension", "a depth below the ground")
        )
    for pattern, role, why in _AFTER_RES:
        if pattern.match(text, end):
            return role, why
    if _DEPTH_OF.search(before) and _FROM_LINE.match(text, end):
        return "depth", "the depth of a strip"
    for pattern, role, why in _BEFORE_RES:
        if pattern.search(before):
            return role, why
    return "other", None


def reason_of(why: str | None, *doubts: str) -> str | None:
    """Put together why a measure has its role and what is not clear about its number."""
    return _BETWEEN_REASONS.join(part for part in (why, *doubts) if part) or None


def with_role(measure: Measure, role: Role, why: str) -> Measure:
    """Return a measure in the role that a later room has found; its doubts stay.

    Examples
    --------
    >>> m = Measure(id="m1", text="12 nm", start=0, end=5, dimension="length", value=12, low=12, high=12,
    ...     unit="nautical_mile", si_value=22224, si_unit="m", reason="'nm' is a guess")
    >>> with_role(m, "distance", "a distance from a place").reason
    "a distance from a place; 'nm' is a guess"
    """
    said = (measure.reason or "").split(_BETWEEN_REASONS)
    doubts = [part for part in said if part and part != why]
    if measure.role != "other":
        doubts = doubts[1:]  # the first was why it had the role that it loses
    return measure.model_copy(update={"role": role, "reason": reason_of(why, *doubts)})
