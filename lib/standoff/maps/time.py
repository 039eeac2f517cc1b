"""The control that shows what was in an interval of days, and what each shape has to do with time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from standoff.maps.elements import PageElement
from standoff.maps.links import same_ground
from standoff.model import Footprint, ReadingRecord
from standoff.periods import Period, period, period_of_event, period_of_zone

Days = tuple[str | None, str | None]  # first and last, ISO 8601; None where that side is open


class Timeline(PageElement):
    """A control with a slider for the first day and one for the last: what was not in between is hidden.

    A shape shows as long as one of its periods meets the interval; shapes that are not
    listed always do. Where fewer than two things are dated, or all on one day, there is
    nothing to choose, and no control.

    Parameters
    ----------
    shapes : mapping
        From the ids of items (``FootprintShape(...).item.id``) to their periods: pairs of
        ISO 8601 dates, or None for one that is not dated.
    events : mapping, optional
        From the ids of events to their period, for their words in a ``ReportPanel``.

    Examples
    --------
    >>> import folium
    >>> from standoff.maps import Ring
    >>> here = folium.Map((33.5, 38.6), tiles=None)
    >>> rings = [Ring(33.5, 38.6, 1000.0 * n, 2000.0 * n).add_to(here) for n in (1, 2)]
    >>> days = [("2017-06-06", "2017-06-06"), ("2017-06-08", "2017-06-11")]
    >>> control = Timeline({ring.item.id: [on] for ring, on in zip(rings, days)}).add_to(here)
    >>> control.data()["stops"]
    ['2017-06-06', '2017-06-08', '2017-06-11']
    """

    verb = "timeline"

    def __init__(
        self, shapes: Mapping[str, Iterable[Days | None]], events: Mapping[str, Days | None] | None = None
    ) -> None:
        super().__init__()
        self.shapes = {name: [_tidy(days) for days in found] for name, found in shapes.items()}
        self.events = {name: _tidy(days) for name, days in (events or {}).items()}

    @classmethod
    def of(cls, record: ReadingRecord) -> Timeline:
        """Make the control of a reading: its events, and its zones as long as they hold."""
        events = {event.id: _days(period_of_event(event)) for event in record.events}
        return cls(shape_days(record), events)

    @property
    def useful(self) -> bool:
        """Whether there is an interval to choose."""
        told = self.events.values() if self.events else chain.from_iterable(self.shapes.values())
        dated = [days for days in told if days]
        return len(dated) > 1 and len({day for days in dated for day in days if day}) > 1

    def data(self) -> Any:
        """Return the days that the sliders stop at, and the periods of shapes and events."""
        everything = [*self.events.values(), *chain.from_iterable(self.shapes.values())]
        stops = sorted({day for days in everything if days for day in days if day})
        told = list(self.events.values()) or everything
        return {
            "stops": stops if self.useful else [],
            "shapes": self.shapes,
            "events": self.events,
            "undated": told.count(None),
        }


def _days(found: Period | None) -> Days | None:
    if found is None:
        return None
    return str(found.first) if found.first else None, str(found.last) if found.last else None


def _tidy(days: Days | None) -> Days | None:
    return _days(period(*days)) if days else None


def shape_days(record: ReadingRecord) -> dict[str, list[Days | None]]:
    """Return the periods of each item of a map that has any to do with time.

    The shape of an event has the event's period, that of a zone as long as the zone holds,
    and a statement of where the periods of the events that it is part of. A shape that is
    drawn for something without a time as well (a zone that the report sets no dates to, a
    place) is left out: it always shows.
    """
    first = same_ground(record)
    found: dict[str, list[Days | None]] = {}
    always: set[str] = set()
    for footprint in record.footprints:
        item = first[footprint.id]
        periods = _periods(footprint, record)
        if periods is None:
            always.add(item)
        else:
            found.setdefault(item, []).extend(_days(each) for each in periods)
    shown = {item: list(dict.fromkeys(days)) for item, days in found.items() if item not in always}
    for footprint in record.footprints:  # the smaller areas inside a surface are items, too
        if footprint.id in shown:
            inside = [f"{footprint.id}-{contour.coverage * 100:g}" for contour in footprint.contours]
            shown |= dict.fromkeys(inside, shown[footprint.id])
    return shown


def _periods(footprint: Footprint, record: ReadingRecord) -> list[Period | None] | None:
    """Return the periods of what a footprint is drawn for; None where time has no say in it."""
    zones = [period_of_zone(zone) for zone in record.zones if zone.footprint == footprint.id]
    if any(each is None for each in zones):
        return None
    events = [event for event in record.events if event.footprint == footprint.id]
    if not events and not zones:
        made_by = {
            relation.id
            for relation in record.relations
            if footprint.id in (relation.footprint, *(other.footprint for other in relation.alternatives))
        }
        events = [event for event in record.events if made_by.intersection(event.relations)]
    return [*zones, *(period_of_event(event) for event in events)] or None
