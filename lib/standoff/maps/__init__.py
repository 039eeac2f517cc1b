"""Maps of a reading: folium elements, and one call that composes a self-contained page."""

from standoff.maps.build import build, save, side_by_side
from standoff.maps.elements import (
    FootprintShape,
    GeodesicDisc,
    Legend,
    OfflineBasemap,
    ReportPanel,
    Ring,
    Sector,
)
from standoff.maps.page import StandoffMap
from standoff.maps.text import highlight
from standoff.maps.time import Timeline

__all__ = [
    "FootprintShape",
    "GeodesicDisc",
    "Legend",
    "OfflineBasemap",
    "ReportPanel",
    "Ring",
    "Sector",
    "StandoffMap",
    "Timeline",
    "build",
    "highlight",
    "save",
    "side_by_side",
]
