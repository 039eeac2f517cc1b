r"""Latitudes and longitudes in degrees, in all the ways they are written and put side by side.

One angle is read at a time, with the letter or the word that says which way it runs; two neighbours of which one runs
north or south and the other east or west are a position, whichever comes first.

>>> [(round(p.lat, 3), round(p.lon, 3)) for p in pairs("38°37'05\"E, 33°30'20\"N or 3330N 03837E")]
[(33.506, 38.618), (33.5, 38.617)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from standoff.extract.positions import DEGREE_M, Position, Refusal

_DEG = r"(?:\s?[°º˚⁰]|d(?=\d)|\s?(?i:deg(?:rees?)?)\b\.?)"
_MIN = r"(?:\s?(?:['’′`´‘ʹ](?!['’′])|(?i:min(?:utes?)?)\b\.?))"
_SEC = r"(?:\s?(?:[\"”″“ʺ]|''|’’|′′|(?i:sec(?:onds?)?)\b\.?))"
_TAIL = r"(?:[.,]\d{1,10})?(?!\d)"
_SIXTY = (
    rf"(?P<d>\d{{1,3}})(?!\d)(?:(?:{_DEG}\s{{0,2}}|[\s:-])(?P<m>\d{{1,2}}{_TAIL})"
    rf"(?:(?:{_MIN}\s{{0,2}}|[\s:-])(?P<s>\d{{1,2}}{_TAIL}){_SEC}?)?{_MIN}?|{_DEG})?"
)
_BODY = rf"(?:(?P<c>\d{{4,7}}(?:\.\d{{1,6}})?)(?!\d)|(?P<dd>\d{{1,3}}[.,]\d{{1,12}})(?!\d){_DEG}?|{_SIXTY})"
_LEFT = r"(?:(?<![\w.:/°-])(?<!\d,)|(?<=\d[NSEW]))"


def _named(pattern: str, suffix: str) -> str:
    return re.sub(r"\?P<(\w+)>", rf"?P<\g<1>{suffix}>", pattern)


_ANGLE = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<h1>[NSEW])\s?{_named(_BODY, '1')}(?![\w°]|[.,]\d|\s?[\d°])"
    rf"|{_LEFT}{_named(_BODY, '2')}\s?(?P<h2>[NSEW](?![A-Za-z])|[nsew](?!\w)|(?i:north|south|east|west)(?!\w))"
    r"(?:\s(?i:latitude|longitude)\b)?"
)
_GAP = re.compile(
    r"[\s,;/–—-]{0,5}(?:(?:and|by|x)\s+)?(?:(?i:longitude|latitude|long|lon|lat)\b\.?\s?[:=]?\s{0,3})?(?:of\s)?"
)
_LABEL = r"(?i:\b{}\b\.?)\s?(?:[:=]|of|is)?\s{{0,3}}"
_SIGNED = rf"(?P<sign>[+−-]?){_BODY}\s?(?P<h>[NSEWnsew](?!\w)|(?i:north|south|east|west)(?!\w))?"
_LABELS = re.compile(
    rf"(?P<lat>{_LABEL.format('lat(?:itude)?')}{_named(_SIGNED, '1')})[\s,;/]{{1,4}}(?:and\s)?"
    rf"(?P<lon>{_LABEL.format('lon(?:g(?:itude)?)?')}{_named(_SIGNED, '2')})"
    rf"|(?P<lon_first>{_LABEL.format('lon(?:g(?:itude)?)?')}{_named(_SIGNED, '3')})[\s,;/]{{1,4}}(?:and\s)?"
    rf"(?P<lat_last>{_LABEL.format('lat(?:itude)?')}{_named(_SIGNED, '4')})"
)
_MOST = {"latitude": 90.0, "longitude": 180.0}
_SIXTIETHS = 60.0


@dataclass(frozen=True)
class Angle:
    """One angle: signed degrees, the step of its last digit in degrees, and what is wrong with it if anything is."""

    start: int
    end: int
    kind: str
    degrees: float
    step: float
    wrong: str | None


def pairs(text: str) -> Iterator[Position]:
    """Yield the positions that a text states in degrees with letters, words or labels."""
    yield from (found for found in look(text) if isinstance(found, Position))


def refused(text: str) -> Iterator[Refusal]:
    """Yield what is written as such a position and can be none, with the reason."""
    yield from (found for found in look(text) if isinstance(found, Refusal))


def look(text: str) -> Iterator[Position | Refusal]:
    """Yield positions, and what is written as one and is none."""
    for match in _LABELS.finditer(text):
        suffixes = ("1", "2") if match["lat"] else ("4", "3")
        lat = _angle(match, suffixes[0], "latitude", match[f"h{suffixes[0]}"])
        lon = _angle(match, suffixes[1], "longitude", match[f"h{suffixes[1]}"])
        if lat and lon:
            yield _put_together(text, match.start(), match.end(), lat, lon)
    angles = [angle for match in _ANGLE.finditer(text) if (angle := _lettered(match))]
    used = -1
    for first, second in pairwise(angles):
        if first.start < used or {first.kind, second.kind} != set(_MOST):
            continue
        if not _GAP.fullmatch(text, first.end, second.start):
            continue
        used = second.end
        lat, lon = (first, second) if first.kind == "latitude" else (second, first)
        yield _put_together(text, first.start, second.end, lat, lon)


def _lettered(match: re.Match[str]) -> Angle | None:
    suffix = "1" if match["h1"] else "2"
    letter = match[f"h{suffix}"]
    return _angle(match, suffix, "latitude" if letter[0].upper() in "NS" else "longitude", letter)


def _put_together(text: str, start: int, end: int, lat: Angle, lon: Angle) -> Position | Refusal:
    end = start + len(text[start:end].rstrip())
    wrong = lat.wrong or lon.wrong
    if wrong:
        return Refusal(text[start:end], start, end, wrong)
    precision_m = max(max(lat.step, lon.step) * DEGREE_M / 2, 1.0)
    return Position(text[start:end], start, end, lat.degrees, lon.degrees, precision_m)


def _angle(match: re.Match[str], suffix: str, kind: str, letter: str | None) -> Angle | None:
    """Read degrees from the groups of a match; None for digits that are no such number at all."""
    parts = _parts(match, suffix, kind)
    if parts is None or (letter and (letter[0].upper() in "NS") != (kind == "latitude")):
        return None
    value, step, wrong = 0.0, 1.0, None
    for number, (digits, scale) in enumerate(zip(parts, (1.0, 60.0, 3600.0), strict=False)):
        amount = float(digits.replace(",", "."))
        if number and amount >= _SIXTIETHS:
            what = "minutes" if number == 1 else "seconds"
            wrong = f"{amount:g} {what} are none: there are 60 of them"
        value += amount / scale
        step = 10.0 ** -len(re.split(r"[.,]", digits)[1] if re.search(r"[.,]", digits) else "") / scale
    if value > _MOST[kind]:
        wrong = f"{value:g}° is no {kind}: they end at {_MOST[kind]:g}°"
    groups = match.re.groupindex
    sign = match[f"sign{suffix}"] if f"sign{suffix}" in groups else ""
    if (letter and letter[0].upper() in "SW") or sign in ("-", "−"):
        value = -value
    return Angle(match.start(), match.end(), kind, value, step, wrong)


def _parts(match: re.Match[str], suffix: str, kind: str) -> list[str] | None:
    compact = match[f"c{suffix}"]
    if compact:
        whole = compact.split(".")[0]
        wide = len(whole) % 2 + 2  # 03837: three digits of degrees where the number of digits is odd
        if (wide == 3 and kind == "latitude") or len(whole) > 5 + wide - 1:
            return None
        cuts = [whole[:wide], *(whole[i : i + 2] for i in range(wide, len(whole), 2))]
        cuts[-1] += compact[len(whole) :]
        return cuts
    if match[f"dd{suffix}"]:
        return [match[f"dd{suffix}"]]
    return [match[f"{name}{suffix}"] for name in "dms" if match[f"{name}{suffix}"]]
