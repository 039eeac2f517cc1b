"""Positions in addresses: geo: URIs (RFC 5870) and links to maps.

>>> [(p.lat, p.lon, round(p.precision_m)) for p in found("geo:33.5,38.6;u=35 https://maps.google.com/?q=33.505,38.617")]
[(33.5, 38.6, 35), (33.505, 38.617, 56)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.extract.positions import DEGREE_M, Position, Refusal

_N = r"[+-]?\d{1,3}(?:\.\d{1,15})?"
_LAT, _LON = rf"(?P<lat>{_N})", rf"(?P<lon>{_N})"
_C = r"(?:,|%2[Cc])(?:\+|%20)?"
_GEO = re.compile(
    rf"\b(?i:geo):{_LAT},{_LON}(?:,{_N})?(?P<more>(?:;[\w-]{{1,20}}=[\w.%-]{{1,40}}){{0,6}})(?:\?[^\s<>\"']{{0,80}})?(?![\w]|[.,]\d)"
)
_UNCERTAIN = re.compile(r"(?i);u=(\d{1,7}(?:\.\d{1,6})?)")
_CRS = re.compile(r"(?i);crs=(?!wgs84\b)([\w-]+)")
_LINK = re.compile(r"(?i)\b(?:https?://|www\.|(?:maps|goo|google|openstreetmap|osm|bing)\.)[^\s<>\"]{4,2000}")
_END = re.compile(r"[.,;:!?)\]}'’*_]+$")
_MIDDLE = "written in the text, as the middle of the map that a link shows"
_WRITTEN = "written in the text, in a link to a map"
# Host -> where the position is in its links; what marks a place comes before what only turns the map there.
_FORMS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (r"google\.|goo\.gl", (
        (rf"!3d{_LAT}!4d{_LON}", _WRITTEN),
        (rf"[?&](?:q|query|destination|daddr|ll|center|viewpoint|cbll|sll)=(?:loc:)?{_LAT}{_C}{_LON}", _WRITTEN),
        (rf"/maps/(?:place|search|dir/[^/]{{0,80}})/{_LAT}{_C}{_LON}", _WRITTEN),
        (rf"@{_LAT},{_LON}(?:,\d+(?:\.\d+)?[zmay])?", _MIDDLE),
    )),
    (r"openstreetmap\.|osm\.", (
        (rf"[?&]mlat={_LAT}&(?:amp;)?mlon={_LON}", _WRITTEN),
        (rf"[?&]lat={_LAT}&(?:amp;)?lon={_LON}", _WRITTEN),
        (rf"#map=\d{{1,2}}(?:\.\d+)?/{_LAT}/{_LON}", _MIDDLE),
    )),
    (r"bing\.", ((rf"[?&](?:sp=(?:point|Point)\.){_LAT}_{_LON}", _WRITTEN), (rf"[?&]cp={_LAT}(?:~|%7[Ee]){_LON}", _MIDDLE))),
    (r"maps\.apple\.", ((rf"[?&](?:ll|q|coordinate|daddr|sll)={_LAT}{_C}{_LON}", _WRITTEN),)),
    (r"yandex\.", ((rf"[?&](?:pt|whatshere\[point\])={_LON}{_C}{_LAT}", _WRITTEN), (rf"[?&]ll={_LON}{_C}{_LAT}", _MIDDLE))),
    (r"waze\.|wikimapia\.|here\.|satellites\.pro|what3words", (
        (rf"[?&](?:ll|latlng|map)={_LAT}{_C}{_LON}", _WRITTEN), (rf"[?&#]lat={_LAT}&(?:amp;)?lon={_LON}", _MIDDLE),
    )),
)  # fmt: skip
_HOSTS = [
    (
        re.compile(rf"(?i)^(?:https?://)?(?:[\w-]{{1,63}}\.){{0,4}}(?:{host})"),
        [(re.compile(form), note) for form, note in forms],
    )
    for host, forms in _FORMS
]


def found(text: str) -> Iterator[Position]:
    """Yield the positions in the addresses of a text."""
    yield from (each for each in look(text) if isinstance(each, Position))


def look(text: str) -> Iterator[Position | Refusal]:
    """Yield positions in addresses, and those that no place on Earth has."""
    for match in _GEO.finditer(text):
        crs = _CRS.search(match["more"])
        if crs:
            reason = f"it is in {crs[1]}, which is not WGS84"
            yield Refusal(match[0], match.start(), match.end(), reason)
            continue
        stated = _UNCERTAIN.search(match["more"])
        yield _made(
            match,
            match[0],
            match.start(),
            "written in the text, as a geo: URI",
            float(stated[1]) if stated else None,
        )
    for link in _LINK.finditer(text):
        address = _END.sub("", link[0])
        for host, forms in _HOSTS:
            if host.match(address):
                hits = ((form.search(address), note) for form, note in forms)
                hit = next(((match, note) for match, note in hits if match), None)
                if hit:
                    yield _made(hit[0], address, link.start(), hit[1], None)
                break


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses stand: no number in them is a position of its own."""
    for link in _LINK.finditer(text):
        yield link.span()


def _made(
    match: re.Match[str], words: str, start: int, note: str, stated_m: float | None
) -> Position | Refusal:
    lat, lon = float(match["lat"]), float(match["lon"])
    if abs(lat) > 90 or abs(lon) > 180:
        wrong = (
            f"{lat:g}° is no latitude: they end at 90°"
            if abs(lat) > 90
            else f"{lon:g}° is no longitude: they end at 180°"
        )
        return Refusal(words, start, start + len(words), wrong)
    shown = min(len(match[name].partition(".")[2]) for name in ("lat", "lon"))
    precision_m = max(stated_m if stated_m is not None else 10.0**-shown * DEGREE_M / 2, 1.0)
    return Position(words, start, start + len(words), lat, lon, precision_m, note)
