"""Where a report was printed, as far as its publisher's name tells: local papers mean the place next door."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from standoff.geodesy import EARTH_RADIUS_KM, unit_vectors
from standoff.model import Place

_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<host>[a-z0-9.-]+\.(?P<tld>[a-z]{2,}))(?:[/:?#].*)?", re.IGNORECASE
)
_LETTERS = re.compile(r"[^a-z]+")
#: Two-letter domains that say nothing of a country: sold to everyone.
_GENERIC = frozenset(
    {"tv", "me", "io", "co", "fm", "cc", "ws", "am", "ai", "ly", "to", "eu", "gg", "la", "is"}
)
_CODES = {"uk": "GB"}
_LEAST_LETTERS = 5
#: How far round its home a local paper reports, how many reports tell, and what share of their places lies there.
_BEAT_KM, LEAST_REPORTS, _LEAST_SHARE = 60.0, 3, 0.2
_ABROAD = 0.2  # of a voice: a place outside the country of the publisher's domain


@dataclass(frozen=True)
class Home:
    """Where a report was printed.

    Attributes
    ----------
    country : str or None
        ISO 3166-1 alpha-2.
    letters : str
        The publisher's name, its letters alone.
    lat, lon : float or None
        Where most of its reports are set (WGS84 degrees).
    admin1 : str or None
        The region of that place, ISO 3166-2.
    """

    country: str | None = None
    letters: str = ""
    lat: float | None = None
    lon: float | None = None
    admin1: str | None = None

    def is_named_after(self, name: str) -> bool:
        """Say whether the publisher bears a place's name: "gainesvilletimes.com".

        Examples
        --------
        >>> Home(letters="gainesvilletimes").is_named_after("Gainesville")
        True
        """
        letters = _LETTERS.sub("", name.lower())
        return len(letters) >= _LEAST_LETTERS and letters in self.letters


def home_of(publisher: str | None) -> Home:
    """Return what a publisher's name tells: of a web domain, the country and the words in it.

    Examples
    --------
    >>> home_of("cambridge-news.co.uk")
    Home(country='GB', letters='cambridgenewscouk', lat=None, lon=None, admin1=None)
    >>> home_of("The Athens Review").letters
    'theathensreview'
    """
    if not publisher:
        return Home()
    letters = _LETTERS.sub("", publisher.lower())
    match = _DOMAIN.fullmatch(publisher.strip())
    if match is None:
        return Home(letters=letters)
    code = match["tld"].lower()
    is_country = len(code) == 2 and code not in _GENERIC
    return Home(_CODES.get(code, code.upper()) if is_country else None, letters)


class Told(NamedTuple):
    """A place that a report of a publisher names, with how sure that is; ``report`` tells reports apart."""

    report: str
    place: Place
    admin1: str | None
    weight: float


def pooled(home: Home, told: Sequence[Told]) -> Home:
    """Return a publisher's home, found as the spot round which most of its reports' places lie.

    Parameters
    ----------
    home : Home
        What its name tells.
    told : sequence of Told
        Towns, counties and sites of its reports; wide areas say nothing.

    Returns
    -------
    Home
        With a point where at least three reports agree on one, otherwise as given.
    """
    reports = {item.report for item in told}
    if len(reports) < LEAST_REPORTS:
        return home
    # Every report has one voice, however many places it names.
    voices = {report: sum(item.weight for item in told if item.report == report) for report in reports}
    weights = np.array([item.weight / max(voices[item.report], 1e-9) for item in told])
    vectors = unit_vectors([item.place.lat for item in told], [item.place.lon for item in told])
    km = EARTH_RADIUS_KM * np.arccos(np.clip(vectors @ vectors.T, -1.0, 1.0))
    abroad = np.array([home.country is not None and item.place.country != home.country for item in told])
    weights = np.where(abroad, _ABROAD * weights, weights)
    support = np.exp(-km / _BEAT_KM) @ weights
    best = int(np.argmax(support))
    if support[best] < _LEAST_SHARE * weights.sum():
        return home
    there = told[best]
    return replace(
        home, lat=there.place.lat, lon=there.place.lon, admin1=there.admin1, country=there.place.country
    )
