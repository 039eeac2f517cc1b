"""Maps of a reading: folium elements, and one call that composes a self-contained page."""

from standoff.maps.build import build, save, side_by_side
from standoff.maps.choices import of_candidates
from standoff.maps.controls import Layers, Tools
from standoff.maps.drawn import Corridor, FootprintShape, GeodesicDisc, Ring, Sector, Surface
from standoff.maps.elements import Legend, OfflineBasemap, ReportPanel
from standoff.maps.hexes import HexLayer, hex_map
from standoff.maps.many import EventLayer, of_events
from standoff.maps.page import StandoffMap
from standoff.maps.pictures import picture
from standoff.maps.text import highlight
from standoff.maps.tiles import OnlineTiles, Tiles
from standoff.maps.time import Timeline

__all__ = [
    "Corridor",
    "EventLayer",
    "FootprintShape",
    "GeodesicDisc",
    "HexLayer",
    "Layers",
    "Legend",
    "OfflineBasemap",
    "OnlineTiles",
    "ReportPanel",
    "Ring",
    "Sector",
    "StandoffMap",
    "Surface",
    "Tiles",
    "Timeline",
    "Tools",
    "build",
    "hex_map",
    "highlight",
    "of_candidates",
    "of_events",
    "picture",
    "save",
    "side_by_side",
]
