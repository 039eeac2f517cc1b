"""Where a report was printed, as far as its publisher's name tells: local papers mean the place next door."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[a-z0-9.-]+\.(?P<tld>[a-z]{2,}))(?:[/:?#].*)?", re.IGNORECASE)
_LETTERS = re.compile(r"[^a-z]+")
#: Two-letter domains that say nothing of a country: sold to everyone.
_GENERIC = frozenset({"tv", "me", "io", "co", "fm", "cc", "ws", "am", "ai", "ly", "to", "eu", "gg", "la", "is"})
_CODES = {"uk": "GB"}
_LEAST_LETTERS = 5


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
