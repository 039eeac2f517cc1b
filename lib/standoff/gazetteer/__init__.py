"""Names to places, offline: the index behind geopy's interface, and the shapes of countries and regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from standoff.gazetteer.hits import Hit
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.regions import Regions
from standoff.gazetteer.spelling import Suggestion

if TYPE_CHECKING:
    from standoff.gazetteer.geocoder import Gazetteer
    from standoff.gazetteer.online import Answer, OnlineGeocoder

__all__ = ["Answer", "Gazetteer", "Hit", "OnlineGeocoder", "Regions", "Suggestion", "name_key"]


def __getattr__(name: str) -> Any:
    """Import geopy only for those who open a gazetteer or ask online: it takes a tenth of a second."""
    if name == "Gazetteer":
        from standoff.gazetteer.geocoder import Gazetteer

        return Gazetteer
    if name in ("OnlineGeocoder", "Answer"):
        from standoff.gazetteer import online

        return getattr(online, name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
