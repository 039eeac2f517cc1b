"""What an online geocoder said during one reading, kept so that the reading can be made again without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from standoff.gazetteer.hits import Hit

Status = Literal["found", "not_found", "refused", "unreachable"]


@dataclass(frozen=True)
class Said:
    """What came of a name; as the online geocoder's `Answer`, but for whether it was kept on disk."""

    status: Status
    hits: tuple[Hit, ...] = ()
    message: str = ""
    doubts: tuple[str | None, ...] = ()


class Answered(Protocol):
    """An online geocoder's `Answer`, or what is kept of it."""

    @property
    def status(self) -> Status: ...  # noqa: D102
    @property
    def hits(self) -> tuple[Hit, ...]: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102
    @property
    def doubts(self) -> tuple[str | None, ...]: ...  # noqa: D102


class Asks(Protocol):
    """An `OnlineGeocoder`, or what stands in for one."""

    service: str

    def lookup(self, name: str) -> Answered:
        """Return what the service says that a name may mean."""

    def resume(self) -> None:
        """Ask again after failures."""


class Remembered:
    """An online geocoder whose answers are kept; or the answers alone, and nobody is asked.

    Parameters
    ----------
    service : str
        What the geocoder is called.
    asks : OnlineGeocoder, optional
        Who is asked for names that are not among those kept.
    said : mapping, optional
        What is known already.

    Examples
    --------
    >>> Remembered("nominatim", said={"Tall X": Said("not_found")}).lookup("Tall Y").message
    'not asked: nominatim is asked only at the first reading'
    """

    def __init__(
        self, service: str, asks: Asks | None = None, said: Mapping[str, Said] | None = None
    ) -> None:
        self.service = service
        self.asks = asks
        self.said = dict(said or {})

    def lookup(self, name: str) -> Said:
        """Return what the service said of a name."""
        if name not in self.said:
            self.said[name] = self._asked(name)
        return self.said[name]

    def resume(self) -> None:
        """Ask again after failures."""
        if self.asks is not None:
            self.asks.resume()

    def _asked(self, name: str) -> Said:
        if self.asks is None:
            message = f"not asked: {self.service} is asked only at the first reading"
            return Said("unreachable", message=message)
        answer = self.asks.lookup(name)
        return Said(answer.status, tuple(answer.hits), answer.message, tuple(answer.doubts))
