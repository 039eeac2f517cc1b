"""The gazetteer behind geopy's interface: the same calls as any geopy geocoder, no network."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, TypeAlias

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from standoff.gazetteer.lookup import Gazetteer, Hit

CANDIDATES = 500
NEAREST = 10
Found: TypeAlias = Location | list[Location] | None


class OfflineGeocoder(Geocoder):  # type: ignore[misc]
    """Geocode with the embedded gazetteer.

    A comma states what a place lies in: "Springfield, Illinois". As with every geopy
    geocoder the result is None where nothing is found.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        An open gazetteer; by default it is opened (and built) in ``cache_dir``.
    cache_dir : Path, optional
        See `Gazetteer.open`.

    Examples
    --------
    >>> geocoder = OfflineGeocoder()  # doctest: +SKIP
    >>> geocoder.geocode("Springfield, Illinois").address  # doctest: +SKIP
    'Springfield, Illinois, United States'
    """

    def __init__(self, gazetteer: Gazetteer | None = None, *, cache_dir: Path | None = None) -> None:
        super().__init__()
        self.gazetteer = gazetteer or Gazetteer.open(cache_dir)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  part of geopy's interface
        limit: int | None = None,
        country_codes: str | Collection[str] | None = None,
        featuretype: str | None = None,
    ) -> Found:
        """Return where a name is.

        Parameters
        ----------
        query : str
            A name, or a name and what it lies in after commas.
        exactly_one : bool
            Return one `geopy.Location`, or a list of them, best first.
        timeout : float
            Not used: nothing is waited for.
        limit : int, optional
            Length of that list at most.
        country_codes : str or collection of str, optional
            Only in these countries (ISO 3166-1 alpha-2).
        featuretype : str, optional
            Only this kind of place: "city", "country", "admin1", "airfield", "base" ...
        """
        hits = self._matching(query)
        if country_codes:
            codes = [country_codes] if isinstance(country_codes, str) else country_codes
            wanted = {code.upper() for code in codes}
            hits = [hit for hit in hits if hit.place.country in wanted]
        if featuretype:
            hits = [hit for hit in hits if hit.place.feature == featuretype]
        return _given([self._location(hit) for hit in hits[: 1 if exactly_one else limit]], exactly_one)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  part of geopy's interface
        limit: int | None = None,
        featuretype: str | None = None,
    ) -> Found:
        """Return the places nearest to a position, nearest first.

        Parameters
        ----------
        query : geopy.Point, str or (lat, lon)
        exactly_one : bool
            Return one `geopy.Location`, or a list of them.
        timeout : float
            Not used: nothing is waited for.
        limit : int, optional
            Length of that list at most; by default 10.
        featuretype : str, optional
            Only this kind of place; by default no countries and regions.

        Raises
        ------
        ValueError
            If the position cannot be read (geopy's own error).
        """
        point = Point(query)
        count = 1 if exactly_one else limit or NEAREST
        features = (featuretype,) if featuretype else ()
        pairs = self.gazetteer.nearest(point.latitude, point.longitude, count, features)
        return _given([self._location(hit, metres) for hit, metres in pairs], exactly_one)

    def _matching(self, query: str) -> list[Hit]:
        hits = self.gazetteer.lookup(query, limit=CANDIDATES)
        name, *containers = [part.strip() for part in query.split(",")]
        if hits or not containers:
            return hits
        hits = self.gazetteer.lookup(name, limit=CANDIDATES)
        for container in containers:
            outer = self.gazetteer.lookup(container, limit=CANDIDATES)
            countries = {hit.place.country for hit in outer if hit.place.feature == "country"}
            regions = {hit.admin1 for hit in outer if hit.place.feature == "admin1"}
            hits = [hit for hit in hits if hit.place.country in countries or hit.admin1 in regions]
        return hits

    def _location(self, hit: Hit, metres: float | None = None) -> Location:
        raw = hit.place.model_dump() | {"matched": hit.matched, "exact": hit.exact, "admin1": hit.admin1}
        if metres is not None:
            raw["distance_m"] = round(metres, 1)
        address = self.gazetteer.address(hit.place, hit.admin1)
        return Location(address, (hit.place.lat, hit.place.lon), raw)


def _given(locations: list[Location], exactly_one: bool) -> Found:
    if not locations:
        return None
    return locations[0] if exactly_one else locations
