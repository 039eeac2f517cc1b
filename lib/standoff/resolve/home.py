"""A publisher's home as an analyst writes it: a place, a region, a country, or a position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from standoff.errors import SettingError
from standoff.resolve.publishers import Home

_POSITION = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*")
_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


class Geocoder(Protocol):
    """The gazetteer."""

    def geocode(self, query: str) -> Any:
        """Return the likeliest place of a name, or None."""


class Ground(Protocol):
    """Shapes of countries and regions."""

    def country(self, code: str) -> Any: ...  # noqa: D102
    def country_at(self, lat: float, lon: float) -> str | None: ...  # noqa: D102
    def admin1_at(self, lats: Sequence[float], lons: Sequence[float]) -> list[str | None]: ...  # noqa: D102
    def disc_of_admin1(self, iso_3166_2: str) -> Any: ...  # noqa: D102


@dataclass(frozen=True)
class ToldHome:
    """A home, and in words what it was taken for."""

    home: Home
    words: str


def told_home(text: str, gazetteer: Geocoder, ground: Ground) -> ToldHome:
    """Return the home that a text means.

    Parameters
    ----------
    text : str
        "Athens, Georgia", "US-GA" (ISO 3166-2), "GB" (ISO 3166-1) or "33.96, -83.38".
    gazetteer : Geocoder
        Where names are looked up.
    ground : Ground
        What knows codes and positions.

    Raises
    ------
    SettingError
        If it is none of these.
    """
    text = " ".join(text.split())
    position = _POSITION.fullmatch(text)
    if position:
        return _at(text, float(position[1]), float(position[2]), ground)
    if _CODE.fullmatch(text):
        found = _of_code(text, ground)
        if found is not None:
            return found
    location = gazetteer.geocode(text) if text else None
    if location is None:
        msg = (
            f"home: the gazetteer has no place {_shown(text)!r}; write a place ('Athens, Georgia'), "
            "a code ('US-GA', 'GB') or a position ('33.96, -83.38')"
        )
        raise SettingError(msg)
    place, words = location.raw, str(location.address)
    if place["feature"] == "country":
        # Its middle is nowhere near what most of its papers write about.
        return ToldHome(Home(country=place["country"]), words)
    home = Home(place["country"], lat=location.latitude, lon=location.longitude, admin1=place["admin1"])
    return ToldHome(home, words)


def _at(text: str, lat: float, lon: float, ground: Ground) -> ToldHome:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        msg = f"home: {text!r} is no position on the Earth; write latitude, longitude: '33.96, -83.38'"
        raise SettingError(msg)
    country, admin1 = ground.country_at(lat, lon), ground.admin1_at([lat], [lon])[0]
    where = admin1 or country or "at sea"
    return ToldHome(Home(country, lat=lat, lon=lon, admin1=admin1), f"{lat:g}, {lon:g} ({where})")


def _of_code(code: str, ground: Ground) -> ToldHome | None:
    country, _, region = code.partition("-")
    if not region:
        return ToldHome(Home(code), code) if ground.country(code) is not None else None
    disc = ground.disc_of_admin1(code)
    return ToldHome(Home(country, lat=disc.lat, lon=disc.lon, admin1=code), code) if disc else None


def _shown(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)[:80]
