"""Names to places, offline: the index behind geopy's interface, and the shapes of countries and regions."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from standoff.gazetteer.hits import Hit
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.regions import Regions
from standoff.gazetteer.spelling import Suggestion

if TYPE_CHECKING:
    from standoff.gazetteer.geocoder import Gazetteer
    from standoff.gazetteer.layers import Layer, add_layer, list_layers, remove_layer
    from standoff.gazetteer.online import Answer, OnlineGeocoder
    from standoff.gazetteer.own_geocoder import OwnGeocoder

__all__ = [
    "Answer", "Gazetteer", "Hit", "Layer", "OnlineGeocoder", "OwnGeocoder", "Regions", "Suggestion", "add_layer",
    "list_layers", "name_key", "remove_layer",
]  # fmt: skip
_LATER = {
    "Gazetteer": "geocoder", "OnlineGeocoder": "online", "Answer": "online", "OwnGeocoder": "own_geocoder",
    "Layer": "layers", "add_layer": "layers", "list_layers": "layers", "remove_layer": "layers",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import geopy only for those who open a gazetteer or ask online: it takes a tenth of a second."""
    if name in _LATER:
        return getattr(import_module(f"standoff.gazetteer.{_LATER[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
