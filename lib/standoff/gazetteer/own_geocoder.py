"""Somebody's own geocoder behind the gazetteer: any object with geopy's ``geocode``, on this machine or in the house."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from geopy.location import Location

from standoff.errors import SettingError
from standoff.gazetteer.failures import Failure, failure_of, one_line
from standoff.gazetteer.online import Answer, answer_of, judged, not_asked, query_of
from standoff.gazetteer.regions import Regions
from standoff.gazetteer.services import Found, service_of
from standoff.model import Place


class OwnGeocoder:
    """Ask a geocoder of one's own for names that the gazetteer lacks.

    Answers are checked as those of online services are, and compete with a probability below 0.9. Nothing is
    kept on disk, and nobody is waited for: that is the geocoder's own business.

    Parameters
    ----------
    geocoder : object
        With a method ``geocode(name)`` that returns a `geopy.Location`, a list of them, or None. If it takes
        ``exactly_one``, as geopy's do, it is asked for all.
    service : str, optional
        What to call it in reasons; by default the name of its class.
    source : str, optional
        Whom its places are owed to; by default what it is called.
    regions : Regions, optional
        Polygons against which answers are checked.

    Raises
    ------
    SettingError
        If the object has no such method.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> posts = {"Point Zulu": Location("Point Zulu, Syria", (33.61, 38.70), {})}
    >>> desk = OwnGeocoder(SimpleNamespace(geocode=posts.get), "our list of posts")
    >>> desk.lookup("Point Zulu").hits[0].place.country, desk.lookup("Point Yankee").status
    ('SY', 'not_found')
    """

    def __init__(
        self,
        geocoder: Any,
        service: str | None = None,
        *,
        source: str | None = None,
        regions: Regions | None = None,
    ) -> None:
        if not callable(getattr(geocoder, "geocode", None)):
            msg = f"a geocoder has a method geocode(name); {type(geocoder).__name__} has none"
            raise SettingError(msg)
        self.service = one_line(service or type(geocoder).__name__).strip()
        if not self.service:
            msg = "service: a geocoder of your own needs a name"
            raise SettingError(msg)
        self._source = source or self.service
        self._ask = geocoder.geocode
        self._options = _options(geocoder.geocode)
        self._regions = regions or Regions.open()
        self._failure: Failure | None = None

    def __repr__(self) -> str:
        return f"OwnGeocoder({self.service!r})"

    def lookup(self, name: str, limit: int = 10) -> Answer:
        """Return what the geocoder says that a name may mean. It never raises for what the geocoder does.

        Parameters
        ----------
        name : str
            Nothing but the name.
        limit : int
            How many places at most.
        """
        query = query_of(name)
        if (unasked := not_asked(query)) is not None:
            return unasked
        if self._failure is not None:
            return Answer(
                self._failure.status,
                message=f"not asked: {self.service} {self._failure.reason} earlier in this reading",
            )
        try:
            found = _places(self._ask(query, **self._options), self._source)
            if not found:
                return Answer("not_found", message=f"{self.service} knows no such place")
            pairs = [judged(place, query, source, self._regions) for place, source in found]
        except Exception as error:  # a stranger's code raises whatever it stumbles over
            failure = failure_of(error)
            self._failure = failure if failure.ends else None
            return Answer(failure.status, message=f"{self.service} {failure.reason}")
        pairs.sort(key=lambda pair: pair[1] is not None)
        return answer_of(pairs[: max(limit, 0)], cached=False)

    def resume(self) -> None:
        """Ask again after a failure; a reading begins with it."""
        self._failure = None


def _options(geocode: Any) -> dict[str, Any]:
    """Return what to call the method with: all answers, where it can be told so."""
    try:
        taken = inspect.signature(geocode).parameters
    except (TypeError, ValueError):  # built in, and says nothing of itself
        return {}
    return {"exactly_one": False} if "exactly_one" in taken else {}


def _places(given: Any, source: str) -> list[tuple[Found, str]]:
    """Return the places of an answer, and whom each is owed to; of a gazetteer of ours all that it knows."""
    if given is None:
        return []
    locations = [given] if isinstance(given, Location) else list(given)
    known = service_of("own", source)
    found: list[tuple[Found, str]] = []
    for location in locations:
        if _is_ours(location):
            found.append((_ours(location), str(location.raw.get("source") or source)))
        else:
            found += [(place, source) for place in known.places(location)]
    return found


def _is_ours(location: Any) -> bool:
    raw = getattr(location, "raw", None)
    return isinstance(raw, Mapping) and {"gid", "feature", "extent_m"} <= set(raw)


def _ours(location: Location) -> Found:
    place = Place.model_validate(
        {name: location.raw[name] for name in Place.model_fields if name in location.raw}
    )
    names = (place.name,)
    return Found(
        place.gid, place.name, names, place.lat, place.lon, place.country, location.raw.get("admin1"), place.feature,
        place.extent_m, place.population,
    )  # fmt: skip
