"""What the page in the frame may say, held against what it can mean: the page shows hostile text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_MOST_IDS = 500
_LONGEST_ID = 100
_FARTHEST = 1e6  # degrees: a map that was dragged round and round


class Clicked(NamedTuple):
    """A click on the map while a place is being picked, WGS84 degrees."""

    lat: float
    lon: float


class Chosen(NamedTuple):
    """Things on the map, or a mention in the text, that were chosen."""

    items: tuple[str, ...] = ()
    mention: str | None = None


def message_of(content: object) -> Clicked | Chosen | None:
    """Return what a message says; None for one that says nothing that is known.

    Examples
    --------
    >>> message_of({"kind": "click", "lat": 33.5, "lon": 398.6})
    Clicked(lat=33.5, lon=38.6)
    >>> message_of({"kind": "click", "lat": "33.5", "lon": 38.6}) is None
    True
    """
    if not isinstance(content, Mapping):
        return None
    if content.get("kind") == "click":
        return _click(content.get("lat"), content.get("lon"))
    if content.get("kind") == "chose":
        items, mention = content.get("items"), content.get("mention")
        ids = [each for each in items if _is_id(each)][:_MOST_IDS] if isinstance(items, list) else []
        return Chosen(tuple(ids), mention if _is_id(mention) else None)
    return None


def _click(lat: object, lon: object) -> Clicked | None:
    if not (_is_number(lat) and _is_number(lon)):
        return None
    if not -90 <= lat <= 90:  # type: ignore[operator]
        return None
    turned = (float(lon) + 180) % 360 - 180  # type: ignore[arg-type]
    return Clicked(round(float(lat), 6), round(turned, 6))  # type: ignore[arg-type]


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= _FARTHEST  # not so for nan


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_ID
