"""Online geocoders as a fallback for names that the gazetteer lacks; off unless an analyst asks.

What goes out is a name and nothing else of the report. What comes back is checked, kept on
disk, and asked for again only when it has grown old. See docs/online.md.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args
from unicodedata import category

from geopy.exc import ConfigurationError

from standoff.errors import SettingError
from standoff.gazetteer.answers import AnswerCache, Rows, answer_key, answers_path
from standoff.gazetteer.failures import Failure, failure_of, one_line
from standoff.gazetteer.hits import Hit
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.online_setup import (
    agent,
    check_numbers,
    domains,
    geopy_class,
    options_of,
    secrets_of,
    service_and_options,
    turns_folder,
)
from standoff.gazetteer.regions import Regions
from standoff.gazetteer.rows import NameKind
from standoff.gazetteer.services import Found, service_of
from standoff.gazetteer.trust import doubt_of_country
from standoff.model import Place
from standoff.network import TRIES, Door, Turns

Status: TypeAlias = Literal["found", "not_found", "refused", "unreachable"]
TIMEOUT_S = 10.0
ASKED_FOR = 10  # places a name at least, so that most limits share one cached answer
MOST_ASKED_FOR = 40  # what Nominatim gives at most
MOST_CHARS = 200  # of a name; longer ones are sentences, and sentences do not leave the house
FORMAT = 1  # of what is cached; another number leaves older answers behind


_BREAKS = frozenset({"Cc", "Zl", "Zp"})
_DROPPED = frozenset({"Cf", "Cs", "Cn"})
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Answer:
    """What came of a name.

    Attributes
    ----------
    status : "found", "not_found", "refused" or "unreachable"
        "Not found" is the service's word for it. Where it would not answer (key, quota,
        blocked) it is "refused", where it could not "unreachable": then nothing is known of
        the name.
    hits : tuple of Hit
        The trusted first, each group in the order of the service.
    message : str
        One line for people; empty if there is nothing to say.
    cached : bool
        No request was made for it.
    doubts : tuple of str or None
        For each hit why it is not to be trusted, or None.
    """

    status: Status
    hits: tuple[Hit, ...] = ()
    message: str = ""
    cached: bool = False
    doubts: tuple[str | None, ...] = ()


class OnlineGeocoder:
    """Ask a geocoder of geopy, politely, and remember what it said. Use it from any number of threads.

    Parameters
    ----------
    service : str
        "nominatim", "photon", "geonames", or any geocoder of geopy by its name ("OpenCage").
    contact : str, optional
        Whom the service may write to: an e-mail address or a page; by default $STANDOFF_CONTACT.
        The public servers of Nominatim and Photon are not asked without it.
    user_agent : str, optional
        Instead of "standoff/VERSION (+contact)".
    timeout : float
        Seconds to wait for one answer.
    tries : int
        How often to ask if the service fails, with a growing pause.
    stop_after : int or None
        After so many failures the service is not asked again by this object (a report of a
        hundred names shall not wait a hundred times); None to go on. See `resume`.
    cache_dir : Path, optional
        Where answers are kept; by default with the gazetteer's index.
    turns : Turns, optional
        Who waits for whom; by default one request a second over all processes of this user.
    regions : Regions, optional
        Polygons against which answers are checked.
    **options
        Whatever geopy's geocoder takes: ``domain``, ``scheme``, ``username``, ``api_key``,
        ``proxies`` ... Keys and user names are also read from the environment:
        $STANDOFF_GEONAMES_USERNAME, $STANDOFF_OPENCAGE_API_KEY.

    Raises
    ------
    SettingError
        If there is no such service, or an option is missing or wrong.

    Examples
    --------
    >>> geocoder = OnlineGeocoder("nominatim", contact="desk@example.org")
    >>> geocoder.user_agent.startswith("standoff/"), geocoder.domain
    (True, 'nominatim.openstreetmap.org')
    >>> geocoder.lookup("Deir Hafer").status  # doctest: +SKIP
    'found'
    """

    def __init__(
        self,
        service: str = "nominatim",
        *,
        contact: str | None = None,
        user_agent: str | None = None,
        timeout: float = TIMEOUT_S,
        tries: int = TRIES,
        stop_after: int | None = 1,
        cache_dir: Path | None = None,
        turns: Turns | None = None,
        regions: Regions | None = None,
        **options: Any,
    ) -> None:
        kind = geopy_class(service)
        check_numbers(timeout, tries)
        self.service: str = kind.__name__.lower()
        self._how = service_of(self.service, kind.__name__)
        values = options_of(self.service, kind, options)
        self.domain, usual_domain = domains(kind, values)
        self.user_agent = agent(user_agent, contact, self.domain)
        self._source = self._how.attribution + (f" ({self.domain})" if self.domain != usual_domain else "")
        door = partial(Door, turns=turns or Turns(turns_folder(cache_dir)), tries=tries, tidy=self._how.tidy)
        try:
            self._geocoder = kind(adapter_factory=door, user_agent=self.user_agent, timeout=timeout, **values)
        except (ConfigurationError, TypeError, ValueError, AttributeError) as error:
            msg = f"{self.service} cannot be asked: {one_line(error)}"
            raise SettingError(msg) from None
        self._secrets = secrets_of(values)
        self._takes_limit = "limit" in inspect.signature(kind.geocode).parameters
        self.answers = AnswerCache(answers_path(cache_dir))
        self._regions = regions or Regions.open()
        self._stop_after = stop_after
        self._failures: list[Failure] = []
        self._guard = threading.Lock()

    def __repr__(self) -> str:
        return f"OnlineGeocoder({self.service!r}, domain={self.domain!r})"  # and no keys

    @classmethod
    def of(cls, told: str, **options: Any) -> OnlineGeocoder:
        """Make a geocoder of what the setting ``online`` says: "nominatim", "nominatim@geo.example.org".

        Raises
        ------
        SettingError
            If there is no such service, or it cannot be asked so.
        """
        service, own = service_and_options(told)
        return cls(service, **own, **options)

    def lookup(self, name: str, limit: int = 10) -> Answer:
        """Return what the service says that a name may mean. It never raises for what the service does.

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
        params = self._params(limit)
        key = answer_key(self.service, self.domain, query, {**params, "format": FORMAT})
        known = self._known(key)
        if known is None:
            stopped = self._stopped()
            if stopped:
                message = f"not asked: {self.service} {stopped.reason} earlier in this reading"
                return Answer(stopped.status, message=message)
            known = self._asked(query, params, key)
        hits, doubts = known.hits[: max(limit, 0)], known.doubts[: max(limit, 0)]
        return Answer(known.status, hits, known.message, known.cached, doubts)

    @property
    def stopped(self) -> bool:
        """Whether the service has failed so that it is not asked any more; cached answers still come."""
        return self._stopped() is not None

    def resume(self) -> None:
        """Ask again after failures: call it at the start of a reading that uses the same object."""
        with self._guard:
            self._failures.clear()

    def _stopped(self) -> Failure | None:
        with self._guard:
            enough = self._stop_after is not None and len(self._failures) >= max(self._stop_after, 1)
            return self._failures[-1] if enough else None

    def _params(self, limit: int) -> dict[str, Any]:
        params = dict(self._how.params)
        if self._takes_limit:
            params["limit"] = min(max(limit, ASKED_FOR), MOST_ASKED_FOR)
        return params

    def _known(self, key: str) -> Answer | None:
        stored = self.answers.get(key)
        if stored is None:
            return None
        status, rows = stored
        if status == "not_found":
            return Answer("not_found", message=self._not_found(), cached=True)
        try:
            pairs = [_from_row(row) for row in rows]
        except (ValueError, TypeError, KeyError):  # not as we wrote it: ask again
            return None
        return answer_of(pairs, cached=True) if pairs else None

    def _asked(self, query: str, params: dict[str, Any], key: str) -> Answer:
        try:
            given = self._geocoder.geocode(query, exactly_one=False, **params)
            found = self._how.places(given)
        except Exception as error:  # geopy's readers raise whatever a bad answer makes them stumble over
            failure = failure_of(error, self._secrets)
            if failure.ends:
                with self._guard:
                    self._failures.append(failure)
            return Answer(failure.status, message=f"{self.service} {failure.reason}")
        if not found:
            self.answers.put(key, "not_found", [])
            return Answer("not_found", message=self._not_found())
        pairs = [judged(place, query, self._source, self._regions) for place in found]
        pairs.sort(key=lambda pair: pair[1] is not None)
        self.answers.put(key, "found", _rows(pairs))
        return answer_of(pairs, cached=False)

    def _not_found(self) -> str:
        return f"{self.service} knows no such place"


def judged(found: Found, query: str, source: str, regions: Regions) -> tuple[Hit, str | None]:
    """Return a hit, and why it is doubtful; a country that is in doubt is left out, not guessed."""
    doubt = found.doubt or doubt_of_country(found.country, found.lat, found.lon, regions)
    country = None if doubt else found.country or regions.country_at(found.lat, found.lon)
    admin1 = None if doubt else found.admin1
    if country and not admin1:
        (code,) = regions.admin1_at([found.lat], [found.lon])
        admin1 = code if code and code[:2] == country else None
    extent_m = found.extent_m
    if found.feature == "country" and country:
        # The box of a state with islands far away is half the Earth.
        disc = regions.disc_of_country(country)
        extent_m = disc.radius_m if disc else extent_m
    place = Place(
        gid=found.gid, name=found.name, lat=found.lat, lon=found.lon, country=country,
        feature=found.feature, extent_m=extent_m, source=source, population=found.population,
    )  # fmt: skip
    matched, exact = _match(query, found)
    return Hit(place, matched, exact and doubt is None, admin1), doubt


def not_asked(query: str) -> Answer | None:
    """Return the answer to what nobody is asked: no name, or one without end; None for a name that may be asked."""
    if not query:
        return Answer("not_found", message="there is no name to ask for")
    if len(query) > MOST_CHARS:
        return Answer("refused", message=f"not asked: a name of more than {MOST_CHARS} characters")
    return None


def query_of(name: str) -> str:
    """Return a name as it is sent: without control characters and bidi marks, with single spaces.

    The joiners stay: they are letters' business in Persian and in Indian scripts.
    """
    return " ".join("".join(map(_sent, name)).split())


def _sent(char: str) -> str:
    kind = category(char)
    if kind in _BREAKS:
        return " "
    return "" if kind in _DROPPED and char not in _JOINERS else char


def _match(query: str, found: Found) -> tuple[NameKind, bool]:
    """Return what kind of name of the place was asked for; a place of quite another name is an alternate."""
    exact = query.casefold() in {name.casefold() for name in found.names}
    return ("name" if name_key(query) == name_key(found.name) else "alternate"), exact


def answer_of(pairs: list[tuple[Hit, str | None]], *, cached: bool) -> Answer:
    """Return places, each with why it is doubtful or None, as an answer."""
    hits, doubts = tuple(hit for hit, _ in pairs), tuple(doubt for _, doubt in pairs)
    count = sum(doubt is not None for doubt in doubts)
    message = f"{count} of {len(pairs)} places are doubtful: {next(filter(None, doubts))}" if count else ""
    return Answer("found", hits, message, cached, doubts)


def _rows(pairs: Iterable[tuple[Hit, str | None]]) -> Rows:
    return [
        {
            "place": hit.place.model_dump(),
            "matched": hit.matched,
            "exact": hit.exact,
            "admin1": hit.admin1,
            "doubt": doubt,
        }
        for hit, doubt in pairs
    ]


def _from_row(row: Mapping[str, Any]) -> tuple[Hit, str | None]:
    matched, exact, admin1, doubt = row["matched"], row["exact"], row["admin1"], row["doubt"]
    known = matched in get_args(NameKind) and isinstance(exact, bool)
    if not known or not all(text is None or isinstance(text, str) for text in (admin1, doubt)):
        msg = "not a row of this cache"
        raise ValueError(msg)
    return Hit(Place.model_validate(row["place"]), matched, exact, admin1), doubt
