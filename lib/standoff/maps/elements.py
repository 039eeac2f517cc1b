"""The pieces of a map, as folium elements that anyone can add to their own ``folium.Map``.

Data goes into the page as one JSON block an element, not through folium's macros: branca
renders the outcome of a macro a second time, as a template.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from branca.element import Element, MacroElement
from folium.template import Template

from standoff.ground import shapes
from standoff.ground.geojson import to_geojson
from standoff.maps.basemap import Box, basemap_data
from standoff.maps.escape import json_block, visible
from standoff.maps.items import Item, item_of, items_of
from standoff.maps.panel import panel_data
from standoff.maps.styles import CLAIMS, STYLES, meaning
from standoff.model import Footprint, ReadingRecord, Report

_ASSETS = Path(__file__).parent / "assets"
_LONGEST_SOURCE = 90
_SCRIPTS = ("core.js", "labels.js", "shapes.js", "basemap.js", "legend.js", "panel.js", "time.js")


class Script(Element):
    """JavaScript, word for word."""

    _template = Template("<script>\n{{ this.code }}\n</script>")

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class Stylesheet(Element):
    """A style sheet, word for word."""

    _template = Template("<style>\n{{ this.code }}\n</style>")

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class DataBlock(Element):
    """JSON for the page's script, under an id; browsers do not run it."""

    _template = Template('<script type="application/json" id="{{ this.dom_id }}">{{ this.json }}</script>')

    def __init__(self, dom_id: str, value: Any) -> None:
        super().__init__()
        self.dom_id = dom_id
        self.json = json_block(value)


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


class PageElement(MacroElement):
    """An element that hands data to a function of the page's script.

    Subclasses name the function in ``verb`` and return the data from ``data``.
    """

    verb = ""
    more_scripts: tuple[str, ...] = ()  # of the assets, besides those that every page has
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = standoff.{{ this.verb }}(
                {{ this._parent.get_name() }}, {{ (this.get_name() + "_data")|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__

    def data(self) -> Any:
        """Return what the page's script gets, as JSON has it."""
        raise NotImplementedError

    def render(self, **kwargs: Any) -> str:
        """Put the assets, once a page, and the data into the figure."""
        figure: Any = self.get_root()
        figure.header.add_child(Stylesheet(_asset("standoff.css")), name="standoff_css")
        for name in (*_SCRIPTS, *self.more_scripts):
            figure.header.add_child(Script(_asset(name)), name=f"standoff_{name}")
        block = DataBlock(f"{self.get_name()}_data", self.data())
        figure.html.add_child(block, name=f"{self.get_name()}_data")
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


class FootprintShape(PageElement):
    """A footprint, drawn as its kind is drawn, with a label and a popup.

    Parameters
    ----------
    footprint : Footprint or Item
        What to draw. A geometry split at the antimeridian is re-joined.
    kind : str, optional
        A key of ``standoff.maps.styles.STYLES``; the footprint's own shape by default.
    title : str, optional
        What its popup and label call it. Any text is safe.
    claim : str
        ``"asserted"``, ``"planned"``, ``"denied"``, ``"hypothetical"`` or ``"disputed"``.

    Examples
    --------
    >>> import folium
    >>> here = folium.Map((33.5, 38.6), tiles=None)
    >>> _ = Ring(33.50583, 38.61778, 30_900, 46_300, title="the strike").add_to(here)
    """

    verb = "shape"

    def __init__(
        self,
        footprint: Footprint | Item,
        *,
        kind: str | None = None,
        title: str | None = None,
        claim: str = "asserted",
    ) -> None:
        super().__init__()
        if isinstance(footprint, Item):
            self.item = footprint
        else:
            self.item = item_of(
                footprint, kind, label=visible(title or ""), claim=claim, cards=_own_card(footprint, title)
            )

    def data(self) -> Any:
        """Return the shape with its style, label and cards."""
        return self.item.as_json()

    def _get_self_bounds(self) -> list[list[float | None]]:
        west, south, east, north = self.item.bounds
        return [[south, west], [north, east]]


def _own_card(footprint: Footprint, title: str | None) -> tuple[dict[str, Any], ...]:
    if title is None:
        return ()
    rows = [["Area", f"{footprint.area_km2:,.0f} km²"]] if footprint.area_km2 else []
    lists = [["Kept to", footprint.constraints], ["Assumed", footprint.assumptions]]
    lines = [[label, [visible(line) for line in found]] for label, found in lists if found]
    return ({"title": visible(title), "kind": footprint.shape, "quotes": [], "rows": rows, "lists": lines},)


class _Geodesic(FootprintShape):
    """A shape made of lengths in metres and bearings in degrees."""

    _shape: Any = None

    def __init__(self, lat: float, lon: float, geometry: Any, **options: Any) -> None:
        coverage = options.pop("coverage", None)
        footprint = Footprint(
            id=f"own-{self._generate_id()[:8]}",
            shape=self._shape,
            geometry=to_geojson(geometry),
            coverage=coverage,
            lat=lat,
            lon=lon,
            lat_lon_is="representative",
            uncertainty_m=None,
            area_km2=shapes.area_km2(geometry),
        )
        super().__init__(footprint, **options)


class GeodesicDisc(_Geodesic):
    """All points within a distance of a point, geodesic on WGS84.

    Parameters
    ----------
    lat, lon : float
        Centre, WGS84 degrees.
    radius_m : float
        Metres.
    **options
        ``kind`` (``"zone"`` draws it as one), ``title``, ``claim``, ``coverage``.
    """

    _shape = "disc"

    def __init__(self, lat: float, lon: float, radius_m: float, **options: Any) -> None:
        super().__init__(lat, lon, shapes.disc(lat, lon, radius_m), **options)


class Ring(_Geodesic):
    """All points whose distance from a point lies between two lengths, in metres; see ``GeodesicDisc``."""

    _shape = "ring"

    def __init__(self, lat: float, lon: float, inner_m: float, outer_m: float, **options: Any) -> None:
        super().__init__(lat, lon, shapes.ring(lat, lon, inner_m, outer_m), **options)


class Sector(_Geodesic):
    """The part of a ring about a bearing, degrees clockwise from true north; see ``GeodesicDisc``."""

    _shape = "sector"

    def __init__(
        self,
        lat: float,
        lon: float,
        inner_m: float,
        outer_m: float,
        bearing_deg: float,
        halfwidth_deg: float,
        **options: Any,
    ) -> None:
        geometry = shapes.sector(lat, lon, inner_m, outer_m, bearing_deg, halfwidth_deg)
        super().__init__(lat, lon, geometry, **options)


class OfflineBasemap(PageElement):
    """Land, borders and names of countries from Natural Earth, with no network.

    Parameters
    ----------
    extent : (west, south, east, north)
        What the map first shows, degrees; east may exceed 180. It is drawn finely, the
        rest of the world coarsely.
    keep_clear : shapely geometry, optional
        Where names of countries should not stand, if there is other room.
    """

    verb = "basemap"

    def __init__(self, extent: Box, keep_clear: Any = None) -> None:
        super().__init__()
        self.extent = extent
        self.keep_clear = keep_clear
        self._data: dict[str, Any] | None = None

    def data(self) -> Any:
        """Return the basemap cut to the extent, made once."""
        if self._data is None:
            self._data = basemap_data(self.extent, self.keep_clear)
        return self._data


class Legend(PageElement):
    """What each kind of thing on the map means.

    Parameters
    ----------
    items : list of Item
        What is drawn; only its kinds and claims are listed.
    """

    verb = "legend"

    def __init__(self, items: list[Item]) -> None:
        super().__init__()
        self.items = items

    @classmethod
    def of(cls, report: Report, record: ReadingRecord) -> Legend:
        """Make the legend of a reading."""
        return cls(items_of(report, record))

    def data(self) -> Any:
        """Return one entry a kind, and one a claim that is not asserted."""
        found = []
        for kind, style in STYLES.items():
            drawn = [item for item in self.items if item.kind == kind and item.rank != "part"]
            coverages = {item.coverage for item in drawn}
            entries = sorted({meaning(kind, coverage) for coverage in coverages})
            if entries:
                found.append(style.as_json() | {"meaning": "; ".join(entries), "dash": None})
        if any(item.rank == "other" for item in self.items):
            found.append({"kind": "other", "label": "Outline only", "colour": "#565f6b", "weight": 1.4})
            found[-1]["meaning"] = "a statement of where, tied to no event"
        found.append({"kind": "standin", "label": "Too small to show", "glyph": "dashed"})
        found[-1]["colour"] = "#565f6b"
        found[-1]["meaning"] = "an area here; zoom in to see it"
        for claim, look in CLAIMS.items():
            if any(item.claim == claim for item in self.items):
                text = f"the report says it is {claim}, not that it happened"
                found.append(
                    {"kind": "claim", "colour": "#565f6b", "glyph": "", "weight": 2, "fill": 0, **look}
                )
                found[-1] |= {"meaning": text}
        return found


class ReportPanel(PageElement):
    """The report's text beside the map, its events, checks, assumptions and settings.

    Pointing at words lights their shapes and the reverse; a click on words zooms to them.
    """

    verb = "panel"

    def __init__(self, report: Report, record: ReadingRecord) -> None:
        super().__init__()
        self.report = report
        self.record = record

    def data(self) -> Any:
        """Return the panel's contents."""
        return panel_data(self.report, self.record)


class Notice(PageElement):
    """Words on the map: the first line strong; in the middle, or aside at the top where there is something to see."""

    verb = "notice"

    def __init__(self, lines: list[str], *, aside: bool = False) -> None:
        super().__init__()
        self.lines = lines
        self.aside = aside

    def data(self) -> Any:
        """Return the lines and their side."""
        return {"lines": [visible(line) for line in self.lines], "aside": self.aside}


class Attribution(PageElement):
    """Whom the places on the map are owed to, in its corner.

    Parameters
    ----------
    sources : iterable of str
        As the places have them; where a copy was read is told in the panel.
    """

    verb = "attribution"

    def __init__(self, sources: Iterable[str]) -> None:
        super().__init__()
        self.sources = list(sources)

    def data(self) -> Any:
        """Return each source once, without what stands in brackets."""
        short = [
            source.partition(" (")[0].partition(", read at")[0][:_LONGEST_SOURCE] for source in self.sources
        ]
        return list(dict.fromkeys(visible(line) for line in short))


class FitView(PageElement):
    """Show a box, clear of the legend, until the reader moves the map; adds a way back to it."""

    verb = "fitTo"

    def __init__(self, extent: Box) -> None:
        super().__init__()
        self.extent = extent

    def data(self) -> Any:
        """Return the corners as Leaflet has them: lat, lon."""
        west, south, east, north = self.extent
        return [[south, west], [north, east]]
