"""Where a report was printed, as far as its publisher's name tells: local papers mean the place next door."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np

from standoff.geodesy import EARTH_RADIUS_KM, unit_vectors
from standoff.model import Place
from standoff.resources import data_path

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
_ROWS_AT_ONCE = 500  # of distances between places: a large paper names thousands
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
    ending = match["tld"].lower()
    code = _CODES.get(ending, ending.upper())
    return Home(code if ending not in _GENERIC and code in _countries() else None, letters)


@cache
def _countries() -> frozenset[str]:
    with data_path("countries.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["iso"] for row in csv.DictReader(file))


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
    voices: dict[str, float] = defaultdict(float)
    for item in told:
        voices[item.report] += item.weight
    heard: dict[str, float] = defaultdict(float)
    for item in told:
        abroad = home.country is not None and item.place.country != home.country
        heard[item.place.gid] += item.weight / max(voices[item.report], 1e-9) * (_ABROAD if abroad else 1.0)
    places = {item.place.gid: item for item in told}
    items = [places[gid] for gid in heard]
    weights = np.array(list(heard.values()))
    vectors = unit_vectors([item.place.lat for item in items], [item.place.lon for item in items])
    support = np.concatenate([
        np.exp(-np.arccos(np.clip(rows @ vectors.T, -1.0, 1.0)) * (EARTH_RADIUS_KM / _BEAT_KM)) @ weights
        for rows in np.array_split(vectors, len(items) // _ROWS_AT_ONCE + 1)
    ])  # fmt: skip
    best = int(np.argmax(support))
    if support[best] < _LEAST_SHARE * weights.sum():
        return home
    there = items[best]
    return replace(
        home, lat=there.place.lat, lon=there.place.lon, admin1=there.admin1, country=there.place.country
    )
