"""Names to places, offline: the index, the shapes of countries and regions, geopy's interface."""

from standoff.gazetteer.lookup import Gazetteer, Hit
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.regions import Regions

__all__ = ["Gazetteer", "Hit", "Regions", "name_key"]
