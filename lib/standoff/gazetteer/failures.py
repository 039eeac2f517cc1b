"""What went wrong with a service, in words for people: refused, or unreachable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from geopy.adapters import AdapterHTTPError
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

from standoff.errors import NetworkError
from standoff.gazetteer.services import UnusableAnswerError


@dataclass(frozen=True)
class Failure:
    """Why there is no answer. ``ends``: it is the service that fails, not this one name."""

    status: Literal["refused", "unreachable"]
    reason: str
    ends: bool = True


def failure_of(error: Exception, secrets: Iterable[str] = ()) -> Failure:
    """Return what an exception of geopy means, with none of the secrets that it may repeat.

    Examples
    --------
    >>> failure_of(GeocoderServiceError("bad key k3y"), ["k3y"]).reason
    'gave no answer that can be used (bad key ***)'
    """
    failure = _failure(error)
    reason = failure.reason
    for secret in secrets:
        reason = reason.replace(secret, "***")
    return replace(failure, reason=reason)


def _failure(error: Exception) -> Failure:
    refused = _refused_by(error)
    if refused:
        return Failure("refused", refused)
    if isinstance(error, NetworkError):
        return Failure("unreachable", f"was not asked: {error}")
    if isinstance(error, UnusableAnswerError):
        return Failure("unreachable", f"gave no answer that can be used: {error}", ends=False)
    cause = error.__cause__
    status = cause.status_code if isinstance(cause, AdapterHTTPError) else None
    if isinstance(error, GeocoderQueryError):
        http = f" (HTTP {status})" if status else ""
        return Failure("refused", f"did not accept this name{http}", ends=False)
    if status is not None:
        return _of_status(status)
    if isinstance(error, GeocoderParseError):
        return Failure(
            "unreachable", "answered with something else than places; is there a login page between?"
        )
    if isinstance(error, GeocoderTimedOut | GeocoderUnavailable):
        return Failure("unreachable", f"could not be reached ({one_line(error)})")
    if isinstance(error, GeocoderServiceError):
        return Failure("unreachable", f"gave no answer that can be used ({one_line(error)})")
    return Failure("unreachable", "gave an answer that cannot be read", ends=False)


def _refused_by(error: Exception) -> str | None:
    if isinstance(error, GeocoderRateLimited):
        pause = f", for {error.retry_after:g} s" if error.retry_after else ""
        return f"asked for a pause{pause} (HTTP 429)"
    reasons: dict[type[Exception], str] = {
        GeocoderQuotaExceeded: "said that the quota is used up",
        GeocoderAuthenticationFailure: "did not accept the key or user name",
        GeocoderInsufficientPrivileges: "refused to answer (HTTP 403, or not allowed to this account)",
    }
    return next((reason for kind, reason in reasons.items() if isinstance(error, kind)), None)


def _of_status(status: int) -> Failure:
    if 300 <= status < 400:
        return Failure("unreachable", f"sent us elsewhere (HTTP {status}); check domain and scheme")
    if status in (404, 410):
        return Failure("unreachable", f"is not there (HTTP {status}); check domain and scheme")
    if 400 <= status < 500 and status != 408:
        return Failure("refused", f"refused to answer (HTTP {status})")
    return Failure("unreachable", f"failed (HTTP {status})")


def one_line(text: object) -> str:
    """Return a text that may come from a stranger as a part of one line."""
    return "".join(char if char.isprintable() else " " for char in str(text))[:120]
