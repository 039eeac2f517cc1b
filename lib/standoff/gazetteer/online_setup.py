"""How an online geocoder is made from what an analyst typed: geopy's class, its options, who asks."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geopy.geocoders import SERVICE_TO_GEOCODER
from platformdirs import user_cache_dir

from standoff.errors import SettingError
from standoff.gazetteer.failures import one_line
from standoff.gazetteer.index import cache_folder

CONTACT_VARIABLE = "STANDOFF_CONTACT"
MOST_HEADER_CHARS = 200
LONGEST_TIMEOUT_S = 600
MOST_TRIES = 10
PUBLIC = frozenset({"nominatim.openstreetmap.org", "photon.komoot.io"})
# Options of geopy's geocoders that are ours to give.
_OURS = frozenset({"self", "adapter_factory", "user_agent", "timeout"})
_NOT_FROM_ENVIRONMENT = frozenset({"scheme", "domain", "proxies", "ssl_context"})


def service_and_options(text: str) -> tuple[str, dict[str, Any]]:
    """Return the service that a text names, and the options for a server of one's own behind an "@".

    Examples
    --------
    >>> service_and_options("nominatim")
    ('nominatim', {})
    >>> service_and_options("nominatim@http://localhost:8080/")
    ('nominatim', {'domain': 'localhost:8080', 'scheme': 'http'})
    """
    service, _, address = text.strip().partition("@")
    if not address:
        return service.strip(), {}
    scheme, _, host = address.strip().rpartition("://")
    return service.strip(), {"domain": host.rstrip("/"), "scheme": scheme or "https"}


def turns_folder(cache_dir: Path | None = None) -> Path:
    """Return where the processes of this user wait for each other.

    That is the same for all of them, whichever cache folder each was given; only where the
    user's own cache folder cannot be written it is that one.
    """
    own = Path(user_cache_dir("standoff"))
    there = next((folder for folder in (own, *own.parents) if folder.exists()), own)
    return own if os.access(there, os.W_OK) else cache_folder(cache_dir)


def secrets_of(values: Mapping[str, Any]) -> list[str]:
    """Return the options that no message may repeat, though a service may: keys and user names."""
    texts = {name: value for name, value in values.items() if isinstance(value, str) and value}
    return [value for name, value in texts.items() if name not in _NOT_FROM_ENVIRONMENT]


def geopy_class(service: str) -> Any:
    """Return geopy's geocoder of a name, as geopy or Python spells it, in any case.

    Raises
    ------
    SettingError
        If there is none.
    """
    wanted = service.strip().lower()
    by_name = {kind.__name__.lower(): kind for kind in SERVICE_TO_GEOCODER.values()}
    kind = SERVICE_TO_GEOCODER.get(wanted) or by_name.get(wanted)
    if kind is None:
        names = ", ".join(sorted(SERVICE_TO_GEOCODER))
        msg = f"there is no online geocoder {one_line(service)!r} (there are: {names})"
        raise SettingError(msg)
    return kind


def options_of(service: str, kind: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what geopy's geocoder is made with: the options given, then keys from the environment.

    Raises
    ------
    SettingError
        If an option is unknown, or one that is needed is missing.
    """
    taken = {
        name: parameter
        for name, parameter in inspect.signature(kind.__init__).parameters.items()
        if name not in _OURS
    }
    unknown = sorted(set(given) - set(taken))
    if unknown:
        msg = f"{service} has no option {unknown[0]!r} (options: {', '.join(taken)})"
        raise SettingError(msg)
    values = {name: value for name, value in given.items() if value is not None or name == "proxies"}
    for name, parameter in taken.items():
        variable = f"STANDOFF_{service}_{name}".upper()
        if name not in values and name not in _NOT_FROM_ENVIRONMENT and os.environ.get(variable):
            values[name] = os.environ[variable]
        if name not in values and parameter.default is inspect.Parameter.empty:
            msg = f"{service} needs {name}: give it as an option, or set {variable}"
            raise SettingError(msg)
    return values


def domains(kind: Any, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return the domain that is asked and the one that geopy would ask by itself; "" if it has none.

    Raises
    ------
    SettingError
        If it is no host.
    """
    parameter = inspect.signature(kind.__init__).parameters.get("domain")
    usual = parameter.default if parameter and isinstance(parameter.default, str) else ""
    text = str(values.get("domain", usual)).strip("/")
    if "://" in text or "@" in text or not text.isascii() or any(not "!" <= char <= "~" for char in text):
        msg = f"setting domain: {one_line(text)!r} is not a host; write 'geo.example.org' and scheme='https'"
        raise SettingError(msg)
    return text, usual


def agent(user_agent: str | None, contact: str | None, domain: str) -> str:
    """Return who asks, as the header says it.

    Raises
    ------
    SettingError
        If a public server is to be asked by nobody, or the text cannot be sent.

    Examples
    --------
    >>> agent("desk/2.1 (+https://desk.example.org)", None, "")
    'desk/2.1 (+https://desk.example.org)'
    """
    contact = (contact or os.environ.get(CONTACT_VARIABLE) or "").strip()
    if not (user_agent or contact) and domain in PUBLIC:
        msg = f"{domain} asks who uses it: give contact='you@example.org' or a page of yours, or set {CONTACT_VARIABLE}"
        raise SettingError(msg)
    own = f"standoff/{version('standoff')}"
    text = user_agent or (f"{own} (+{contact})" if contact else own)
    if not text.isascii() or not text.isprintable() or len(text) > MOST_HEADER_CHARS:
        msg = f"setting contact: {one_line(text)!r} cannot be sent; use plain letters, one line"
        raise SettingError(msg)
    return text


def check_numbers(timeout: float, tries: int) -> None:
    """Refuse what would wait for ever, or never ask.

    Raises
    ------
    SettingError
    """
    if not 0 < timeout <= LONGEST_TIMEOUT_S:
        msg = f"setting timeout: {timeout!r} is not between 0 and {LONGEST_TIMEOUT_S} seconds"
        raise SettingError(msg)
    if not 1 <= tries <= MOST_TRIES:
        msg = f"setting tries: {tries!r} is not between 1 and {MOST_TRIES}"
        raise SettingError(msg)
