"""The gazetteer, with geopy's interface: the same calls as any geopy geocoder, no network."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NoReturn, Self, TypeAlias, cast

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderUnavailable
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from standoff.gazetteer import lookup
from standoff.gazetteer.hits import Hit
from standoff.gazetteer.regions import Regions

CANDIDATES = 500
NEAREST = 10
Found: TypeAlias = Location | list[Location] | None


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]
    """geopy's door to the network, walled up: no session is made, and nothing can be asked."""

    def get_json(self, url: str, **_: object) -> NoReturn:
        """Refuse."""
        msg = f"the gazetteer works offline and does not ask {url}"
        raise GeocoderUnavailable(msg)

    get_text = get_json


class Gazetteer(lookup.Gazetteer, Geocoder):  # type: ignore[misc]
    """The places of the world, offline, as a geopy geocoder. Use it from any number of threads.

    A comma states what a place lies in: "Springfield, Illinois". As with every geopy
    geocoder the result is None where nothing is found. Names are taken as they are written;
    for misspelt ones ask `suggest`.

    Examples
    --------
    >>> with Gazetteer.open() as gazetteer:  # doctest: +SKIP
    ...     gazetteer.geocode("Springfield, Illinois").address
    ...     gazetteer.reverse((33.5058, 38.6177)).raw["gid"]
    ...     gazetteer.lookup("At Tanf")[0].place.gid
    'Springfield, Illinois, United States'
    'standoff:at-tanf-garrison'
    'standoff:at-tanf-garrison'
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        lookup.Gazetteer.__init__(self, *args, **kwargs)  # takes what it takes: layers, paths
        Geocoder.__init__(self, adapter_factory=NoNetwork)

    @classmethod
    def open(cls, *args: Any, **kwargs: Any) -> Self:
        """Open the index; build it first if it is not there. See `lookup.Gazetteer.open`."""
        return cast("Self", super().open(*args, **kwargs))

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
            Only in these countries (ISO 3166-1 alpha-2); a string may hold several: "sy,iq".
        featuretype : str, optional
            Only this kind of place: "city", "country", "admin1", "airfield", "base" ...;
            Nominatim's "state" and "settlement" are understood too.

        Raises
        ------
        ValueError
            If the limit is less than 1.
        """
        most = 1 if exactly_one else _checked(limit)
        hits = self.find(query)
        if country_codes:
            codes = country_codes.split(",") if isinstance(country_codes, str) else country_codes
            wanted = {code.strip().upper() for code in codes}
            hits = [hit for hit in hits if hit.place.country in wanted]
        if featuretype:
            hits = [hit for hit in hits if hit.place.feature == _feature(featuretype)]
        return _given([self._location(hit) for hit in hits[:most]], exactly_one)

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

        ``raw["distance_m"]`` is how far each is from the position, ``raw["countries_near"]`` the codes of the
        countries within 2 km of the position: more than one, and the borders are too coarse to tell its side.

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
            If the position cannot be read (geopy's own error), or the limit is less than 1.
        """
        point = Point(query)
        count = 1 if exactly_one else _checked(limit) or NEAREST
        features = (_feature(featuretype),) if featuretype else ()
        pairs = self.nearest(point.latitude, point.longitude, count, features)
        near = Regions.open().countries_near(point.latitude, point.longitude) if pairs else []
        return _given([self._location(hit, metres, near) for hit, metres in pairs], exactly_one)

    def find(self, query: str) -> list[Hit]:
        """Return the places that a name may mean; behind commas may stand what it lies in: "Paris, TX".

        Examples
        --------
        >>> with Gazetteer.open() as gazetteer:  # doctest: +SKIP
        ...     gazetteer.find("Paris, TX")[0].admin1
        'US-TX'
        """
        hits = self.lookup(query, limit=CANDIDATES)
        name, *containers = [part.strip() for part in query.split(",")]
        if hits or not containers:
            return hits
        hits = self.lookup(name, limit=CANDIDATES)
        for container in containers:
            outer = self.lookup(container, limit=CANDIDATES)
            countries = {hit.place.country for hit in outer if hit.place.feature == "country"}
            regions = {hit.admin1 for hit in outer if hit.place.feature == "admin1"}
            hits = [hit for hit in hits if hit.place.country in countries or hit.admin1 in regions]
        return hits

    def _location(self, hit: Hit, metres: float | None = None, near: Sequence[str] = ()) -> Location:
        raw = hit.place.model_dump() | {
            "matched": hit.matched, "exact": hit.exact, "read_as": hit.read_as, "admin1": hit.admin1,
        }  # fmt: skip
        if metres is not None:
            raw |= {"distance_m": round(metres, 1), "countries_near": list(near)}
        address = self.address(hit.place, hit.admin1)
        return Location(address, (hit.place.lat, hit.place.lon), raw)


def _given(locations: list[Location], exactly_one: bool) -> Found:
    if not locations:
        return None
    return locations[0] if exactly_one else locations


def _checked(limit: int | None) -> int | None:
    if limit is not None and limit < 1:
        msg = "Limit cannot be less than 1"  # geopy's own words
        raise ValueError(msg)
    return limit


def _feature(featuretype: str) -> str:
    return {"state": "admin1", "settlement": "city"}.get(featuretype, featuretype)
