"""Which places are capitals: a table of the gazetteer's identifiers."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple, Protocol

from standoff.resources import data_path


class Capital(NamedTuple):
    """The capital of a country."""

    iso: str
    gid: str
    name: str


class _Identified(Protocol):
    @property
    def gid(self) -> str: ...


def capital_of(iso: str | None) -> Capital | None:
    """Return the capital of a country by its ISO 3166-1 code.

    Examples
    --------
    >>> capital_of("TG")
    Capital(iso='TG', gid='geonames:2365267', name='Lomé')
    >>> capital_of(None) is None
    True
    """
    return _by_country().get(iso or "")


def is_capital(place: _Identified) -> bool:
    """Tell whether a place is the capital of a country."""
    return place.gid in _gids()


@cache
def _by_country() -> dict[str, Capital]:
    with data_path("capitals.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso"]: Capital(row["iso"], row["gid"], row["name"]) for row in csv.DictReader(file)}


@cache
def _gids() -> frozenset[str]:
    return frozenset(capital.gid for capital in _by_country().values())
