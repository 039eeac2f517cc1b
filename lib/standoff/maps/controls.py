"""What an analyst holds in the hand on a map: layers, measure, coordinates, grid, full screen."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from standoff.maps.elements import PageElement
from standoff.maps.escape import visible
from standoff.maps.event_rows import days, title_of
from standoff.maps.items import Item, items_of
from standoff.maps.links import links, place_points
from standoff.maps.styles import STYLES
from standoff.model import ReadingRecord, Report

MOST_EVENTS = 40
"""So many events have a box of their own; more are boxes by type, for nobody reads a list of thousands."""


class Tools(PageElement):
    """Tools of the map: measure, full screen, the position under the pointer, north.

    Positions are latitude, longitude in degrees and the reference of the military grid (MGRS), lengths
    geodesic on WGS84, in kilometres, statute and nautical miles.

    Parameters
    ----------
    measure, fullscreen, position, north : bool
        Which of them.
    """

    verb = "tools"

    def __init__(
        self, *, measure: bool = True, fullscreen: bool = True, position: bool = True, north: bool = True
    ) -> None:
        super().__init__()
        self.wanted = {"measure": measure, "fullscreen": fullscreen, "position": position, "north": north}

    def data(self) -> Any:
        """Return which tools the page makes."""
        return self.wanted


class Layers(PageElement):
    """The layer control: what is shown, by kind and by event, on which background.

    A shape is hidden with its kind, or when all the events that it belongs to are off. Backgrounds are
    light, dark and none; a grid of degrees and the labels are switched here, too.

    Parameters
    ----------
    items : list of Item
        What is drawn.
    record : ReadingRecord, optional
        The reading, for its events.
    """

    verb = "layers"

    def __init__(self, items: list[Item], record: ReadingRecord | None = None) -> None:
        super().__init__()
        self.items = items
        self.record = record

    @classmethod
    def of(cls, report: Report, record: ReadingRecord) -> Layers:
        """Make the layer control of a reading."""
        return cls(items_of(report, record), record)

    def data(self) -> Any:
        """Return kinds with their names, events with their ids, and for each item the events that it is of."""
        drawn = {item.kind for item in self.items}
        kinds = [[kind, style.label] for kind, style in STYLES.items() if kind in drawn]
        events, of = _events(self.record)
        shown = {item.id for item in self.items}
        return {
            "ground": True,
            "kinds": kinds,
            "events": events,
            "grouped": self.record is not None and len(self.record.events) > MOST_EVENTS,
            "of": {item: ids for item, ids in of.items() if item in shown},
        }


def _events(record: ReadingRecord | None) -> tuple[list[Any], dict[str, list[str]]]:
    """Return rows of words and ids of events, and for each item on the map the events that it is of."""
    if record is None:
        return [], {}
    to_items = links(record, place_points(record))
    of: dict[str, list[str]] = defaultdict(list)
    rows: dict[str, list[str]] = defaultdict(list)
    for event in record.events:
        for item in to_items.get(event.id, ()):
            of[item].append(event.id)
        words = event.type.capitalize()
        if len(record.events) <= MOST_EVENTS:
            words = ", ".join(filter(None, [f"{event.id} {title_of(event)}", days(event)]))
        rows[visible(words)].append(event.id)
    # Contours lie in their surface's shape, and go with it.
    for footprint in record.footprints:
        for contour in footprint.contours:
            if footprint.id in of:
                of[f"{footprint.id}-{contour.coverage * 100:g}"] = of[footprint.id]
    return [[words, ids] for words, ids in rows.items()], dict(of)
