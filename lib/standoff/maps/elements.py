"""The pieces of a map, as folium elements that anyone can add to their own ``folium.Map``.

Data goes into the page as one JSON block an element, not through folium's macros: branca
renders the outcome of a macro a second time, as a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, MacroElement
from folium.template import Template
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from standoff.errors import SettingError
from standoff.ground import shapes
from standoff.ground.geojson import to_geojson
from standoff.ground.relations import NONE_ON_LAND
from standoff.maps.basemap import Box, basemap_data
from standoff.maps.escape import html_text, json_block, visible
from standoff.maps.items import Item, item_of, items_of
from standoff.maps.panel import panel_data
from standoff.maps.styles import CLAIMS, STYLES, meaning
from standoff.model import Footprint, ReadingRecord, Report

_ASSETS = Path(__file__).parent / "assets"
_LONGEST_SOURCE = 90
_SCRIPTS = (
    "core.js",
    "geo.js",
    "polar.js",
    "labels.js",
    "shapes.js",
    "basemap.js",
    "legend.js",
    "tools.js",
    "layers.js",
    "print.js",
    "panel.js",
    "time.js",
)
_OWN_LINES = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)$", re.MULTILINE | re.DOTALL)
_GREY, _LIGHT_GREY = "#565f6b", "#b9c1ca"


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
    return bare((_ASSETS / name).read_text(encoding="utf-8"))


def bare(source: str) -> str:
    r"""Return a script or a style sheet of ours without comments that have lines of their own, and without indents.

    Line for line, so that a browser's debugger is of use. Nothing of ours has a string over several lines.

    Examples
    --------
    >>> bare("/* What\n   it is. */\nlet a = 1;\n\n  // why\n  a += 1; // kept\n")
    'let a = 1;\na += 1; // kept'
    """
    return "\n".join(line for line in map(str.strip, _OWN_LINES.sub("", source).splitlines()) if line)


class PageElement(MacroElement):
    """An element that hands data to a function of the page's script.

    Subclasses name the function in ``verb`` and return the data from ``data``.
    """

    verb = ""
    scripts: tuple[str, ...] = ()  # more of assets/ than every page has
    _template = Template(  # in one line, as a page may have hundreds
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = standoff.{{ this.verb }}("
        '{{ this._parent.get_name() }}, {{ (this.get_name() + "_data")|tojson }});{% endmacro %}'
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
        for name in (*_SCRIPTS, *self.scripts):
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
        if kind is not None and kind not in STYLES:
            msg = f"{kind!r:.80} is no kind of shape; known are {', '.join(STYLES)}"
            raise SettingError(msg)
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


class Corridor(_Geodesic):
    """All points within a distance of a line: along a road, or between two places.

    Parameters
    ----------
    points : list of (lat, lon)
        Two or more corners of the line, WGS84 degrees, joined by geodesics.
    halfwidth_m : float
        Metres on each side.
    **options
        As of ``GeodesicDisc``.
    """

    _shape = "corridor"

    def __init__(self, points: Sequence[tuple[float, float]], halfwidth_m: float, **options: Any) -> None:
        geometry = shapes.corridor(points, halfwidth_m)
        lat, lon = points[len(points) // 2]
        super().__init__(lat, lon, geometry, **options)


class Surface(folium.FeatureGroup):
    """A likely area: contours that each hold a share of the probability, the largest at the bottom.

    Parameters
    ----------
    contours : list of (share, geometry)
        The share that a contour holds (0.5, 0.9), and its area as shapely geometry in (lon, lat) or as
        GeoJSON.
    title : str, optional
        What its popup and label call it. Any text is safe.
    claim : str
        As of ``FootprintShape``.

    Raises
    ------
    SettingError
        If there are no contours, a share is not between 0 and 1, or an area is none.

    Examples
    --------
    >>> import shapely
    >>> inner, outer = (shapely.box(-d, -d, d, d) for d in (0.1, 0.2))
    >>> len(Surface([(0.9, outer), (0.5, inner)], title="the raid")._children)
    2
    """

    def __init__(
        self, contours: Sequence[tuple[float, Any]], *, title: str | None = None, claim: str = "asserted"
    ) -> None:
        super().__init__(name=html_text(title or "Likely area"))
        if not contours or not all(0 < share < 1 for share, _ in contours):
            msg = f"a surface needs contours, each with a share between 0 and 1, not {contours!r:.80}"
            raise SettingError(msg)
        for number, (share, area) in enumerate(sorted(contours, key=lambda each: -each[0])):
            geometry = _area_of(area)
            middle = geometry.representative_point()
            footprint = Footprint(
                id=f"own-{self._id[:8]}-{share * 100:g}",
                shape="surface",
                geometry=to_geojson(geometry),
                coverage=share,
                lat=middle.y,
                lon=middle.x,
                lat_lon_is="representative",
                uncertainty_m=None,
                area_km2=shapes.area_km2(geometry),
            )
            self.add_child(FootprintShape(footprint, title=title if not number else None, claim=claim))


def _area_of(area: Any) -> BaseGeometry:
    try:
        geometry = shape(area) if isinstance(area, dict) else area
        is_area = geometry.is_valid and geometry.area > 0
    except (AttributeError, KeyError, TypeError, ValueError, ShapelyError):
        is_area = False
    if not is_area:
        msg = f"a contour of a surface is an area, valid and not empty, not {area!r:.80}"
        raise SettingError(msg)
    return geometry


class OfflineBasemap(PageElement):
    """Land, water, borders, countries and towns from Natural Earth and GeoNames, with no network.

    Parameters
    ----------
    extent : (west, south, east, north)
        What the map first shows, degrees; east may exceed 180. It is drawn finely, the
        rest of the world coarsely.
    keep_clear : shapely geometry, optional
        Where names of countries should not stand, if there is other room.
    named : iterable of (name, lat, lon)
        What the map labels otherwise: the basemap leaves those towns out.
    """

    verb = "basemap"

    def __init__(
        self, extent: Box, keep_clear: Any = None, named: Iterable[tuple[str, float, float]] = ()
    ) -> None:
        super().__init__()
        self.extent = extent
        self.keep_clear = keep_clear
        self.named = list(named)
        self._data: dict[str, Any] | None = None

    def data(self) -> Any:
        """Return the basemap cut to the extent, made once."""
        if self._data is None:
            self._data = basemap_data(self.extent, self.keep_clear, self.named)
        return self._data

    def legend(self) -> list[dict[str, Any]]:
        """Return entries for a legend: disputed lines and capitals, where there are any near."""
        near = self.data()["parts"][-1]
        (south, west), (north, east) = near["frame"]
        disputed = any(line["kind"] == "disputed" for line in near["lines"])
        capital = any(
            city[4] and south < city[1] < north and west < city[2] < east for city in self.data()["cities"]
        )
        return basemap_marks(disputed=disputed, capital=capital)


def basemap_marks(*, disputed: bool = True, capital: bool = True) -> list[dict[str, Any]]:
    """Return the entries of a legend for what a basemap has."""
    found = []
    if disputed:
        words = "not agreed on, or a line of control, as Natural Earth has it"
        found.append(_plain("disputed", "Disputed border", words))
    if capital:
        found.append(_plain("capital", "Capital", "for orientation; not from the report"))
    return found


class Legend(PageElement):
    """What each kind of thing on the map means.

    Parameters
    ----------
    items : list of Item
        What is drawn; only its kinds and claims are listed.
    basemap : OfflineBasemap, optional
        Whose marks are explained, too.
    """

    verb = "legend"

    def __init__(self, items: list[Item], basemap: OfflineBasemap | None = None) -> None:
        super().__init__()
        self.items = items
        self.basemap = basemap

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
            if any(coverages) and any(map(_measured_at_sea, drawn)):
                entries.append("measured at sea, not on land")
            if entries:
                found.append(style.as_json() | {"meaning": "; ".join(entries), "dash": None})
        if any(item.rank == "other" for item in self.items):
            found.append(
                _plain("other", "Outline only", "a statement of where, tied to no event", weight=1.4)
            )
        found.append(
            _plain("standin", "Too small to show", "an area here; zoom in to see it", glyph="dashed")
        )
        for claim, look in CLAIMS.items():
            if any(item.claim == claim for item in self.items):
                text = f"the report says it is {claim}, not that it happened"
                found.append(
                    _plain("claim", look["label"], text, glyph="", weight=2, fill=0, dash=look["dash"])
                )
        return found + (self.basemap.legend() if self.basemap else [])


def _measured_at_sea(item: Item) -> bool:
    return any(NONE_ON_LAND in line for card in item.cards for _, lines in card["lists"] for line in lines)


def _plain(kind: str, label: str, words: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "label": label, "meaning": words, "colour": _GREY, "night": _LIGHT_GREY, **more}


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
    """Show a box, or some points, clear of the legend, until the reader moves the map; adds a way back to it."""

    verb = "fitTo"

    def __init__(self, extent: Box, points: list[list[float]] | None = None) -> None:
        super().__init__()
        self.extent = extent
        self.points = points

    def data(self) -> Any:
        """Return the corners as Leaflet has them: lat, lon."""
        if self.points:
            return self.points
        west, south, east, north = self.extent
        return [[south, west], [north, east]]
