"""Names to places, offline: the index, the shapes of countries and regions, geopy's interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from standoff.gazetteer.lookup import Gazetteer, Hit
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.regions import Regions

if TYPE_CHECKING:
    from standoff.gazetteer.geocoder import OfflineGeocoder
    from standoff.gazetteer.online import Answer, OnlineGeocoder

__all__ = ["Answer", "Gazetteer", "Hit", "OfflineGeocoder", "OnlineGeocoder", "Regions", "name_key"]


def __getattr__(name: str) -> Any:
    """Import geopy only for those who ask: it takes a fifth of a second."""
    if name == "OfflineGeocoder":
        from standoff.gazetteer.geocoder import OfflineGeocoder

        return OfflineGeocoder
    if name in ("OnlineGeocoder", "Answer"):
        from standoff.gazetteer import online

        return getattr(online, name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
