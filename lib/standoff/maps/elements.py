"""The pieces of a map, as folium elements that anyone can add to their own ``folium.Map``.

Data goes into the page as one JSON block an element, not through folium's macros: branca
renders the outcome of a macro a second time, as a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from branca.element import Element, MacroElement
from folium.template import Template

from standoff.ground.relations import NONE_ON_LAND
from standoff.maps.basemap import Box, basemap_data
from standoff.maps.escape import json_block, visible
from standoff.maps.items import Item, items_of
from standoff.maps.panel import panel_data
from standoff.maps.styles import CLAIMS, STYLES, meaning
from standoff.model import ReadingRecord, Report

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
