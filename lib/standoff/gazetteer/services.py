"""What each online service answers, read into one form; whatever is not a place is left out.

An answer is hostile until it is read here: every number is checked, every text is text, and
what is missing is None. Names stay as they are; the sinks escape them.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from geopy.exc import GeocoderParseError
from geopy.location import Location

from standoff.gazetteer.features import DEFAULT_EXTENT_M, geonames_feature, osm_feature
from standoff.gazetteer.rows import town_extent_m
from standoff.geodesy import geodesic_m

MOST_ITEMS = 50
MOST_CHARS = 300
MOST_NAMES = 100
LEAST_EXTENT_M = 100.0
_MOST_PEOPLE = 2_000_000_000
_OSM_TYPES = {"N": "node", "W": "way", "R": "relation"}
_ISO_3166_2 = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
Box = tuple[float, float, float, float]  # south, north, west, east


class UnusableAnswerError(GeocoderParseError):  # type: ignore[misc]
    """The service answered this name with nothing that can be a place; others may go well."""


class Found(NamedTuple):
    """A place as a service gives it. ``doubt`` says why it is not to be trusted, if so."""

    gid: str
    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    feature: str
    extent_m: float
    population: int
    doubt: str | None = None


@dataclass(frozen=True)
class Service:
    """How to ask a service and how to read it.

    Attributes
    ----------
    key : str
        Prefix of its identifiers: "nominatim".
    attribution : str
    params : Mapping
        What goes along with each name.
    items : callable
        From the document to the list of results; None where geopy's reading has to do.
    read : callable
        From one result to a place, or None.
    """

    key: str
    attribution: str
    params: Mapping[str, Any] = field(default_factory=dict)
    items: Callable[[Any], list[Any] | None] | None = None
    read: Callable[[Mapping[str, Any]], Found | None] | None = None

    def tidy(self, document: Any) -> Any:
        """Take out of a document what geopy would stumble over, or turn into another place.

        geopy wraps a longitude of 541 round the Earth, reads ``null`` as "not found", and gives
        up a whole list for one bad entry.

        Raises
        ------
        GeocoderParseError
            If the document is not what this service answers.
        UnusableAnswerError
            If it has results, and none can be read.
        """
        if not isinstance(document, dict | list):
            msg = "no list of results"  # null, which some of geopy's readers take for "not found"
            raise GeocoderParseError(msg)
        if self.items is None or self.read is None:
            return document
        items = self.items(document)
        if items is None:  # the service's own word for an error, which geopy knows
            return document
        good = [item for item in items[:MOST_ITEMS] if isinstance(item, dict) and self.read(item)]
        if items and not good:
            msg = f"{len(items)} results, none with a name and a position on the Earth"
            raise UnusableAnswerError(msg)
        items[:] = good
        return document

    def places(self, answer: object) -> list[Found]:
        """Return the places in what geopy gave: None, one location, or a list with holes.

        Raises
        ------
        UnusableAnswerError
            If there were locations and none is a place.
        """
        if answer is None:
            return []
        given = [answer] if isinstance(answer, Location) else list(answer)  # type: ignore[call-overload]
        found = [place for location in given[:MOST_ITEMS] if (place := self._place(location))]
        if given and not found:
            msg = f"{len(given)} results, none with a name and a position on the Earth"
            raise UnusableAnswerError(msg)
        return list({place.gid: place for place in reversed(found)}.values())[::-1]

    def _place(self, location: Any) -> Found | None:
        if not isinstance(location, Location):
            return None
        return self.read(location.raw) if self.read else _any_place(location, self.key)


def service_of(key: str, geopy_name: str) -> Service:
    """Return how to ask and read a service; those that are not known are read as geopy reads them."""
    known = {"nominatim": _NOMINATIM, "photon": _PHOTON, "geonames": _GEONAMES}
    return known.get(key) or Service(key, f"{geopy_name}, under the terms of that service")


def _nominatim_items(document: Any) -> list[Any] | None:
    if isinstance(document, dict) and "error" in document:
        return None
    return _list(document)


def _photon_items(document: Any) -> list[Any] | None:
    return _list(document.get("features") if isinstance(document, dict) else None)


def _geonames_items(document: Any) -> list[Any] | None:
    if isinstance(document, dict) and isinstance(document.get("status"), dict):
        return None
    return _list(document.get("geonames") if isinstance(document, dict) else None)


def _list(items: Any) -> list[Any]:
    if not isinstance(items, list):
        msg = "no list of results"
        raise GeocoderParseError(msg)
    return items


def _nominatim(item: Mapping[str, Any]) -> Found | None:
    position = _position(item.get("lat"), item.get("lon"))
    address, label = _map(item.get("address")), _text(item.get("display_name"))
    kind, number = _text(item.get("osm_type")), _number(item.get("osm_id"), 0, 1e15)
    if position is None or label is None:
        return None
    named = _map(item.get("namedetails"))
    name = _text(item.get("name")) or _text(named.get("name:en")) or _text(named.get("name"))
    name = name or label.split(",")[0].strip()
    if not name:
        return None
    feature = osm_feature(_text(item.get("class")), _text(item.get("type")), _text(item.get("addresstype")))
    people = _people(_map(item.get("extratags")).get("population"))
    # The box of a node is made up by Nominatim from the kind of place.
    box = None if kind == "node" else _box(item.get("boundingbox"), (0, 1, 2, 3))
    extent_m, doubt = _extent(position, box, feature, people)
    identity = f"{kind}/{number:.0f}" if kind and number else _digest(label, *position)
    return Found(
        f"nominatim:{identity}", name, _names(name, *named.values()), *position,
        _country(address.get("country_code")), _region(address.get("ISO3166-2-lvl4")), feature, extent_m,
        people, doubt,
    )  # fmt: skip


def _photon(item: Mapping[str, Any]) -> Found | None:
    facts, geometry = item.get("properties"), _map(item.get("geometry"))
    at = geometry.get("coordinates")
    if not isinstance(facts, dict) or not isinstance(at, list) or len(at) < 2:
        return None
    position = _position(at[1], at[0])
    name = _text(facts.get("name")) or _text(facts.get("street")) or _text(facts.get("city"))
    # geopy joins these to an address and stumbles over a number.
    parts = ("housenumber", "street", "postcode", "city", "state", "country")
    if position is None or name is None or not all(isinstance(facts.get(part, ""), str) for part in parts):
        return None
    feature = osm_feature(
        _text(facts.get("osm_key")), _text(facts.get("osm_value")), _text(facts.get("type"))
    )
    extent_m, doubt = _extent(position, _box(facts.get("extent"), (3, 1, 0, 2)), feature, 0)
    kind, number = _OSM_TYPES.get(str(facts.get("osm_type"))), _number(facts.get("osm_id"), 0, 1e15)
    identity = f"{kind}/{number:.0f}" if kind and number else _digest(name, *position)
    return Found(
        f"photon:{identity}", name, _names(name), *position, _country(facts.get("countrycode")), None, feature,
        extent_m, 0, doubt,
    )  # fmt: skip


def _geonames(item: Mapping[str, Any]) -> Found | None:
    position, name = _position(item.get("lat"), item.get("lng")), _text(item.get("name"))
    number = _number(item.get("geonameId"), 1, 1e12)
    words = (item.get("adminName1") or "", item.get("countryName") or "")
    if position is None or name is None or number is None or not all(isinstance(word, str) for word in words):
        return None
    feature = geonames_feature(_text(item.get("fcl")), _text(item.get("fcode")))
    people = _people(item.get("population"))
    extent_m, doubt = _extent(position, None, feature, people)
    return Found(
        f"geonames:{number:.0f}", name, _names(name, item.get("toponymName")), *position,
        _country(item.get("countryCode")), None, feature, extent_m, people, doubt,
    )  # fmt: skip


def _any_place(location: Location, key: str) -> Found | None:
    """Return what geopy itself knows: an address and a position, and nothing of its kind or size."""
    position = _position(location.latitude, location.longitude)
    label = _text(location.address)
    name = label.split(",")[0].strip() if label else ""
    if position is None or not label or not name:
        return None
    identity = _digest(label, *position)
    extent_m = DEFAULT_EXTENT_M["place"]
    return Found(f"{key}:{identity}", name, (name,), *position, None, None, "place", extent_m, 0)


def _position(lat: object, lon: object) -> tuple[float, float] | None:
    north, east = _number(lat, -90, 90), _number(lon, -180, 180)
    # Nothing that reports name lies at 0, 0; it is what a service says that does not know.
    return None if north is None or east is None or north == east == 0 else (north, east)


def _extent(
    position: tuple[float, float], box: Box | None, feature: str, people: int
) -> tuple[float, str | None]:
    """Return the radius that holds a place, and what is wrong with its box."""
    usual_m = town_extent_m(people) if feature == "city" else DEFAULT_EXTENT_M.get(feature, 1_000.0)
    if box is None:
        return usual_m, None
    (south, north, west, east), (lat, lon) = box, position
    inside = south <= lat <= north and (west <= lon <= east if west <= east else lon >= west or lon <= east)
    if not inside:
        return usual_m, "its position lies outside its own bounding box"
    return max(*(geodesic_m(lat, lon, *corner) for corner in _rim(box)), LEAST_EXTENT_M), None


def _rim(box: Box) -> Iterator[tuple[float, float]]:
    """Yield the corners of a box and the middles of its sides: the farthest of a wide box is one of these."""
    south, north, west, east = box
    middle = (west + east) / 2 if west <= east else (west + east + 360) / 2
    for lat in (south, (south + north) / 2, north):
        for lon in (west, (middle + 180) % 360 - 180, east):
            yield lat, lon


def _box(value: object, order: Sequence[int]) -> Box | None:
    """Return south, north, west, east of a box whose numbers stand in that order."""
    if not isinstance(value, list) or len(value) != 4:
        return None
    south, north = _number(value[order[0]], -90, 90), _number(value[order[1]], -90, 90)
    west, east = _number(value[order[2]], -180, 180), _number(value[order[3]], -180, 180)
    if south is None or north is None or west is None or east is None or south > north:
        return None
    return south, north, west, east


def _number(value: object, low: float, high: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and low <= number <= high else None


def _people(value: object) -> int:
    text = value.replace(",", "").replace(" ", "") if isinstance(value, str) else value
    return int(_number(text, 0, _MOST_PEOPLE) or 0)


def _text(value: object) -> str | None:
    """Return a text as it is, but without halves of surrogate pairs, which no file can hold."""
    if not isinstance(value, str) or not value.strip():
        return None
    return value[:MOST_CHARS].strip().encode("utf-8", "replace").decode("utf-8")


def _names(*values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for value in values[:MOST_NAMES] if (name := _text(value))))


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _country(value: object) -> str | None:
    code = value.upper() if isinstance(value, str) else ""
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def _region(value: object) -> str | None:
    return value if isinstance(value, str) and _ISO_3166_2.fullmatch(value) else None


def _digest(label: str, lat: float, lon: float) -> str:
    return hashlib.sha256(f"{label}|{lat:.5f}|{lon:.5f}".encode()).hexdigest()[:16]


_OSM = "OpenStreetMap contributors, ODbL, through {}"
_NOMINATIM = Service(
    "nominatim",
    _OSM.format("Nominatim"),
    {"language": "en", "addressdetails": True, "namedetails": True, "extratags": True},
    _nominatim_items,
    _nominatim,
)
_PHOTON = Service("photon", _OSM.format("Photon"), {"language": "en"}, _photon_items, _photon)
_GEONAMES = Service("geonames", "GeoNames, CC BY 4.0", {}, _geonames_items, _geonames)
