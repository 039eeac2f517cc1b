"""The one door to the network: one request at a time, bounded, patient, and shut by default.

Nothing in Standoff opens a connection but `Door`, and a `Door` exists only where an analyst
asked for an online geocoder, or for GeoNames' dumps. It is one of geopy's adapters, so that any geocoder of geopy
speaks through it.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from ssl import SSLCertVerificationError
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, get_retry_after
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

from standoff.download import NOT_SATISFIABLE, Download, NotTheRest
from standoff.turns import Turns

TRIES = 3
BACK_OFF_S = 1.0
LONGEST_PAUSE_S = 30.0
MAX_BYTES = 4_000_000  # fifty full records of Nominatim are some 200 kB
MAX_ERROR_BYTES = 64_000
SLOWEST_BYTES_S = 1_000.0  # a file that comes slower than this is given up
_CHUNK = 65_536
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # HTTP statuses that may be gone a moment later

__all__ = ["Door", "Turns"]

_T = TypeVar("_T")


class _Local(Exception):  # noqa: N818
    """Carries an error of the disk past the handlers of the network's."""


class _NoRedirect(HTTPRedirectHandler):
    """Follow nowhere: another host must not learn the names or the key, and each hop is a request."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Door(BaseSyncAdapter):  # type: ignore[misc]
    """geopy's way out: waits for its turn, reads a bounded answer, tries again where that may help.

    Parameters
    ----------
    proxies : dict or None
        As geopy has it: None for those of the system, {} for none.
    ssl_context : ssl.SSLContext or None
    turns : Turns
    tries : int
        How often at most; only time-outs, broken connections and HTTP 408, 425, 429, 5xx are
        tried again.
    tidy : callable
        What is done with a JSON document before geopy sees it.
    back_off_s : float
        The first pause; it doubles with each further one.
    """

    def __init__(
        self,
        *,
        proxies: dict[str, str] | None,
        ssl_context: Any,
        turns: Turns,
        tries: int = TRIES,
        tidy: Callable[[Any], Any] = lambda document: document,
        back_off_s: float = BACK_OFF_S,
    ) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._opener = build_opener(HTTPSHandler(context=ssl_context), ProxyHandler(proxies), _NoRedirect())
        self._turns, self._tries, self._tidy = turns, max(tries, 1), tidy
        self._back_off_s = back_off_s

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Return the JSON document at an address.

        Raises
        ------
        GeocoderParseError
            If the answer is no JSON; and whatever `get_text` raises.
        """
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            document = json.loads(text.removeprefix("\ufeff"))
        except (ValueError, RecursionError):
            msg = "no JSON"
            raise GeocoderParseError(msg) from None
        return self._tidy(document)

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Return the text at an address.

        Raises
        ------
        AdapterHTTPError
            If the status is not 2xx, when all tries are used up.
        GeocoderTimedOut, GeocoderUnavailable, GeocoderServiceError
            If there is no answer, or none that can be taken.
        NetworkError
            If there is no turn to be had.
        """
        return self._patiently(lambda: self._once(url, timeout, headers))

    def get_file(
        self,
        url: str,
        target: Path,
        *,
        most_bytes: int,
        timeout: float,
        headers: dict[str, str],
        told: Callable[[int, int | None], object],
    ) -> None:
        """Write what is at an address into a file, going on from what an earlier try left of it.

        Parameters
        ----------
        url : str
        target : Path
            It is written in place: give a temporary name. After an error it holds what has come,
            if that can be gone on with (`Download`).
        most_bytes : int
            Give up on a longer file.
        timeout : float
            Seconds without an answer, or at less than a kilobyte a second.
        headers : dict
        told : callable
            Called with the bytes so far, and the bytes in all if they are known.

        Raises
        ------
        AdapterHTTPError, GeocoderTimedOut, GeocoderUnavailable, GeocoderServiceError, NetworkError
            As `get_text`.
        OSError
            If the file cannot be written.
        """
        file = Download(target)
        try:
            self._patiently(lambda: self._piece(url, file, most_bytes, timeout, headers, told))
        except (AdapterHTTPError, GeocoderTimedOut, GeocoderUnavailable):
            if not file.can_go_on:
                file.discard()
            raise
        except GeocoderServiceError:
            file.discard()  # too long, or another host: no try will end well
            raise
        file.done()

    def _piece(
        self,
        url: str,
        file: Download,
        most_bytes: int,
        timeout: float,
        headers: dict[str, str],
        told: Callable[[int, int | None], object],
    ) -> None:
        """Ask for a file, or for what is missing of it, and write what comes."""
        headers = headers | file.wanted(url)
        with self._answer(url, timeout, headers) as page:
            if page.getcode() == NOT_SATISFIABLE:
                _local(file.discard)
                msg = "the file is shorter than what came before"
                raise GeocoderUnavailable(msg)
            _check_status(page)
            try:
                begin, total = _local(file.begin, url, page.getcode(), page.headers, _length(page))
            except NotTheRest as error:
                raise GeocoderUnavailable(str(error)) from None
            if total is not None and total > most_bytes:
                raise _too_long(most_bytes)
            size = _poured(page, file.target, begin, min(total or most_bytes, most_bytes), timeout,
                           lambda done: told(done, total))  # fmt: skip
            if total is not None and size < total:
                msg = "the answer was cut short"
                raise GeocoderUnavailable(msg)

    def _patiently(self, once: Callable[[], _T]) -> _T:
        for done in range(1, self._tries + 1):
            try:
                with self._turns.turn():
                    return once()
            except (AdapterHTTPError, GeocoderTimedOut, GeocoderUnavailable) as error:
                pause_s = self._pause_s(error, done)
                if pause_s is None:
                    raise
            self._turns.sleep(pause_s)
        raise AssertionError  # pragma: no cover

    def _pause_s(self, error: Exception, done: int) -> float | None:
        """Return how long to wait before the next try, or None if there is to be none."""
        if done >= self._tries:
            return None
        jittered: float = self._back_off_s * 2 ** (done - 1) * random.uniform(0.75, 1.25)  # noqa: S311
        if not isinstance(error, AdapterHTTPError):
            return jittered
        if error.status_code not in _PASSING:
            return None
        asked = get_retry_after(error.headers)
        if asked is None:
            return jittered
        # To come back sooner than one was told to is what gets people blocked.
        return max(float(asked), jittered) if asked <= LONGEST_PAUSE_S else None

    def _once(self, url: str, timeout: float, headers: dict[str, str]) -> str:
        deadline = time.monotonic() + timeout
        with self._answer(url, timeout, headers) as page:
            good = _is_good(page)
            body = _body(page, deadline, MAX_BYTES if good else MAX_ERROR_BYTES, whole=good)
            charset = page.headers.get_content_charset() or "utf-8"
            text = _decoded(body, charset)
            _check_status(page, text)
        return text

    @contextmanager
    def _answer(self, url: str, timeout: float, headers: dict[str, str]) -> Iterator[Any]:
        """Open an address; what goes wrong while the answer is read comes as an error of geopy's."""
        try:
            with self._open(Request(url, headers=headers), timeout) as page:  # noqa: S310  geopy: http(s) only
                yield page
        except _Local as error:
            raise error.args[0] from None
        except (AdapterHTTPError, GeocoderServiceError):
            raise  # said already; some of these are OSErrors too
        except URLError as error:
            raise _of_url_error(error) from error
        except TimeoutError as error:
            msg = f"no answer within {timeout:g} s"
            raise GeocoderTimedOut(msg) from error
        except (OSError, HTTPException) as error:
            raise GeocoderUnavailable(_reason(error)) from error
        except UnicodeError as error:
            msg = "the domain is not a valid one"
            raise GeocoderServiceError(msg) from error

    def _open(self, request: Request, timeout: float) -> Any:
        try:
            return self._opener.open(request, timeout=timeout)
        except HTTPError as error:
            return error  # a page like any other; its message would hold the address with the key in it


def _is_good(page: Any) -> bool:
    return 200 <= int(page.getcode()) < 300


def _check_status(page: Any, text: str = "") -> None:
    if not _is_good(page):
        status = int(page.getcode())
        msg = f"HTTP {status}"
        raise AdapterHTTPError(msg, status_code=status, headers=_retry_after(page.headers), text=text)


def _body(page: Any, deadline: float, most: int, *, whole: bool) -> bytes:
    """Return the body; give up when it is too long or only trickles in.

    `read1` returns what is there: a server that sends a byte a second must not hold the turn.
    """
    length = _length(page)
    parts: list[bytes] = []
    size = 0
    while length is None or size < length:
        chunk = page.read1(_CHUNK)
        if not chunk:
            break
        size += len(chunk)
        if size > most:
            if not whole:
                break
            raise _too_long(MAX_BYTES)
        parts.append(chunk)
        if time.monotonic() > deadline:
            msg = "the answer did not end in time"
            raise GeocoderTimedOut(msg)
    if whole and length is not None and size < length:
        msg = "the answer was cut short"
        raise GeocoderUnavailable(msg)
    return b"".join(parts)


def _poured(
    page: Any, target: Path, size: int, most: int, timeout: float, told: Callable[[int], object]
) -> int:
    """Append an answer to a file that has ``size`` bytes; return how many it has then."""
    begun, begin = time.monotonic(), size
    with _local(target.open, "ab") as file:
        while chunk := page.read1(_CHUNK):
            size += len(chunk)
            if size > most:
                raise _too_long(most)
            _local(file.write, chunk)
            told(size)
            if time.monotonic() - begun > timeout + (size - begin) / SLOWEST_BYTES_S:
                msg = "the answer only trickled in"
                raise GeocoderTimedOut(msg)
    return size


def _local(act: Callable[..., _T], *values: Any) -> _T:
    """Do something with the disk; an error of it is none of the network's."""
    try:
        return act(*values)
    except OSError as error:
        raise _Local(error) from error


def _length(page: Any) -> int | None:
    declared = page.headers.get("Content-Length") or ""
    return int(declared) if declared.isascii() and declared.isdecimal() and len(declared) < 19 else None


def _too_long(most: int) -> GeocoderServiceError:
    return GeocoderServiceError(f"the answer is longer than {most / 1_000_000:g} MB")


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, errors="replace")
    except LookupError:
        return body.decode("utf-8", errors="replace")


def _retry_after(headers: Any) -> dict[str, str]:
    """Return the one header that geopy reads, if it can be read: a date of the year 99999 cannot."""
    with suppress(ValueError, OverflowError, TypeError):
        seconds = get_retry_after({"retry-after": headers.get("Retry-After")})
        if seconds is not None and math.isfinite(seconds):
            return {"retry-after": str(math.ceil(seconds))}
    return {}


def _of_url_error(error: URLError) -> GeocoderServiceError:
    if isinstance(error.reason, TimeoutError):
        return GeocoderTimedOut("no connection in time")
    if isinstance(error.reason, SSLCertVerificationError):
        return GeocoderServiceError("its certificate is not valid")
    return GeocoderUnavailable(_reason(error.reason))


def _reason(error: object) -> str:
    """Return what happened, in a few words; never more of a server's own words than one line."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return "".join(char for char in str(text) if char.isprintable())[:120]
