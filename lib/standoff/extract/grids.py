"""Positions on grids: MGRS, UTM and plus codes.

The conversions stand here because they are small: UTM is pyproj's, MGRS is UTM with letters for the hundred
kilometres (NGA.STND.0037), and the library of plus codes has had no release since 2019.

>>> [(round(p.lat, 4), round(p.lon, 4)) for p in found("the monument, 18S UJ 23480 06470; 87C4VXX7+39")]
[(38.8894, -77.0353), (38.8977, -77.0366)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from standoff.extract.positions import DEGREE_M, Position, Refusal

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")  # of zones whose number leaves 0, 1, 2 when divided by three
_MGRS = re.compile(
    rf"(?<![\w.,-])(?P<zone>\d{{1,2}})\s?(?P<band>[{_BANDS}])\s?(?P<column>[A-HJ-NP-Z])(?P<row>[A-HJ-NP-V])\s?"
    r"(?:(?P<east>\d{1,5})\s(?P<north>\d{1,5})|(?P<digits>\d{2,10}))(?![\w+]|[.,]\d)"
)
_SAID_GRID = re.compile(r"(?i)\b(?:mgrs|grid|usng|grids?\s+ref\w*)\b[^.;]{0,20}$")
_ZONE = r"(?P<zone{0}>\d{{1,2}})\s?(?P<letter{0}>[C-HJ-NP-X])?"
_EAST = r"(?:E\s?(?P<e{0}>\d{{6}}(?:\.\d{{1,3}})?)|(?P<f{0}>\d{{6}}(?:\.\d{{1,3}})?)\s?(?:m\s?)?E)"
_NORTH = r"(?:N\s?(?P<n{0}>\d{{1,8}}(?:\.\d{{1,3}})?)|(?P<o{0}>\d{{1,8}}(?:\.\d{{1,3}})?)\s?(?:m\s?)?N)"
_BARE = (
    r"(?P<e{0}>\d{{6}}(?:\.\d{{1,3}})?)(?:\s?m?E)?[\s,]{{1,3}}(?P<n{0}>\d{{5,8}}(?:\.\d{{1,3}})?)(?:\s?m?N)?"
)
_BEFORE = r"(?:(?i:utm)[\s:,]{1,3}(?:(?i:zone)\s{1,2})?|(?i:zone)\s{1,2})"
_UTM = re.compile(
    rf"(?<![\w.,-]){_BEFORE}{_ZONE.format(1)}[\s,:;]{{1,3}}{_BARE.format(1)}(?![\w]|[.,]\d)"
    rf"|(?<![\w.,-])(?:{_BEFORE}?{_ZONE.format(2)}[\s,:;]{{1,3}})?"
    rf"(?:{_EAST.format(2)}[\s,;/]{{1,3}}{_NORTH.format(2)}|{_NORTH.format(3)}[\s,;/]{{1,3}}{_EAST.format(3)})"
    rf"(?:[\s,;(]{{1,3}}{_BEFORE}{_ZONE.format(3)}(?!\w)\)?)?(?![\w]|[.,]\d)"
)
_ZONE_NEAR = re.compile(r"(?i:\bzone|\butm)\s(?P<zone>\d{1,2})\s?(?P<letter>[C-HJ-NP-X])?(?!\w)")
_PLUS = "23456789CFGHJMPQRVWX"
_PLUS_CODE = re.compile(
    rf"(?<![\w+.-])(?P<whole>[{_PLUS[:9]}][{_PLUS[:18]}](?:[{_PLUS}]{{6}}|[{_PLUS}]{{4}}00|[{_PLUS}]{{2}}0000|000000))\+"
    rf"(?P<rest>[{_PLUS}]{{2,7}})?(?![\w+])|(?<![\w+.-])(?P<short>[{_PLUS}]{{4}}(?:[{_PLUS}]{{2}})?\+[{_PLUS}]{{2,3}})(?![\w+])"
)
_LEAST_EAST, _MOST_EAST, _MOST_NORTH = 100_000.0, 900_000.0, 10_000_000.0
_BARE_DIGITS = 4  # a grid reference of fewer digits needs the word beside it


@cache
def _utm(zone: int, south: bool) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(f"EPSG:32{7 if south else 6}{zone:02d}", "EPSG:4326", always_xy=True)


def found(text: str) -> Iterator[Position]:
    """Yield the positions on grids that a text states."""
    yield from (each for each in look(text) if isinstance(each, Position))


def look(text: str) -> Iterator[Position | Refusal]:
    """Yield positions on grids, and what is written as one and is none."""
    for match in _MGRS.finditer(text):
        digits = len(match["digits"] or match["east"] + match["north"])
        said = _SAID_GRID.search(text[max(0, match.start() - 40) : match.start()])
        if digits >= _BARE_DIGITS or said:
            yield _from_mgrs(match, digits)
    for match in _UTM.finditer(text):
        yield _from_utm(match)
    for match in _PLUS_CODE.finditer(text):
        if match["short"]:
            if re.search("[A-Z]", match["short"]):
                reason = "a short plus code: it is not said near which place it is to be read"
                yield Refusal(match[0], match.start(), match.end(), reason)
        elif re.search("[A-Z]", match[0]):
            yield _from_plus_code(match)


# ---------------------------------------------------------------------------------------------------- MGRS


def _from_mgrs(match: re.Match[str], digits: int) -> Position | Refusal:
    zone, band = int(match["zone"]), match["band"]
    both = match["digits"] or match["east"] + match["north"]
    uneven = match["east"] is not None and len(match["east"]) != len(match["north"])
    if digits % 2 or uneven:
        return _refusal(match, "a grid reference has as many digits for east as for north")
    if not 1 <= zone <= 60:
        return _refusal(match, f"there is no zone {zone}: they end at 60")
    column = _COLUMNS[zone % 3].find(match["column"])
    if column < 0:
        return _refusal(match, f"there is no square {match['column']}{match['row']} in zone {zone}")
    half = digits // 2
    cell_m = 10.0 ** (5 - half)
    east = (column + 1) * 100_000 + int(both[:half]) * cell_m + cell_m / 2
    row = (_ROWS.index(match["row"]) - (5 if zone % 2 == 0 else 0)) % 20
    north = row * 100_000 + int(both[half:]) * cell_m + cell_m / 2
    south = band < "N"
    # Letters of rows come again every 2000 km: the band says which of them is meant.
    bottom = -80 + 8 * _BANDS.index(band)
    top = bottom + (12 if band == "X" else 8)
    for turn in range(5):
        lon, lat = _utm(zone, south).transform(east, north + turn * 2_000_000)
        if bottom - 1 <= lat <= top + 1:
            return _position(match, lat, lon, max(cell_m / 2, 1.0))
    return _refusal(match, f"there is no square {match['column']}{match['row']} in {zone}{band}")


# ---------------------------------------------------------------------------------------------------- UTM


def _from_utm(match: re.Match[str]) -> Position | Refusal:
    zone_text = match["zone1"] or match["zone2"] or match["zone3"]
    letter = match["letter1"] or match["letter2"] or match["letter3"]
    east_text = match["e1"] or match["e2"] or match["f2"] or match["e3"] or match["f3"]
    north_text = match["n1"] or match["n2"] or match["o2"] or match["n3"] or match["o3"]
    east, north = float(east_text), float(north_text)
    if zone_text is None:
        near = (
            match.string[max(0, match.start() - 100) : match.start()],
            match.string[match.end() : match.end() + 40],
        )
        said = [*_ZONE_NEAR.finditer(near[0])][-1:] or [*_ZONE_NEAR.finditer(near[1])][:1]
        zone_text, letter = (said[0]["zone"], said[0]["letter"]) if said else (None, None)
    if zone_text is None:
        return _refusal(match, "an easting and a northing without the zone that they are counted in")
    zone = int(zone_text)
    if not 1 <= zone <= 60:
        return _refusal(match, f"there is no zone {zone}: they end at 60")
    if not (_LEAST_EAST <= east < _MOST_EAST and north <= _MOST_NORTH):
        return _refusal(match, "no zone of UTM reaches so far")
    if letter is None:
        return _refusal(match, f"it is not said whether zone {zone} is north or south of the equator")
    decimals = min(len(text.partition(".")[2]) for text in (east_text, north_text))
    precision_m = max(10.0**-decimals / 2, 1.0)
    south, note = letter < "N", None
    lon, lat = _utm(zone, south).transform(east, north)
    if letter == "S":
        # S is the band of 32° to 40° north, and for many the southern half of the world.
        if 32 <= lat < 40:
            note = f"written in the text; {zone}S is read as band S, 32° to 40° north"
        else:
            lon, lat = _utm(zone, True).transform(east, north)
            note = f"written in the text; {zone}S is read as south of the equator"
    elif letter != "N":
        bottom = -80 + 8 * _BANDS.index(letter)
        if not bottom - 1 <= lat <= bottom + (13 if letter == "X" else 9):
            return _refusal(match, f"the northing is not in the band {letter}")
    return _position(match, lat, lon, precision_m, note)


# ---------------------------------------------------------------------------------------------------- plus codes


def _from_plus_code(match: re.Match[str]) -> Position:
    """Read a full code: five pairs of digits of base 20, then a grid of four columns and five rows a digit."""
    digits = (match["whole"].rstrip("0") + (match["rest"] or "")).upper()
    lat, lon = -90.0, -180.0
    height = width = 20.0
    for i in range(0, min(len(digits), 10), 2):
        height = width = 20.0 ** (1 - i // 2)
        lat += _PLUS.index(digits[i]) * height
        lon += _PLUS.index(digits[i + 1]) * width
    for digit in digits[10:]:
        height, width = height / 5, width / 4
        row, column = divmod(_PLUS.index(digit), 4)
        lat, lon = lat + row * height, lon + column * width
    precision_m = max(max(height, width) * DEGREE_M / 2, 1.0)
    return _position(match, lat + height / 2, lon + width / 2, precision_m)


def _position(
    match: re.Match[str], lat: float, lon: float, precision_m: float, note: str | None = None
) -> Position:
    return Position(match[0], match.start(), match.end(), float(lat), float(lon), precision_m, note)


def _refusal(match: re.Match[str], reason: str) -> Refusal:
    return Refusal(match[0], match.start(), match.end(), reason)
