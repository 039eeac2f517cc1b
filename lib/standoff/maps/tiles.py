"""Online tiles: backgrounds that need the network, off when a page opens, and none of it in a page that has none.

Servers that ask for a Referer, as OpenStreetMap's do, refuse a page that was opened from disk; such a page
shows its own basemap instead. Served by a web server, the page tells tile servers its origin and no more.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import folium

from standoff.errors import SettingError
from standoff.maps.elements import PageElement
from standoff.maps.escape import html_text, visible

_OSM = '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors'
_CARTO = f'{_OSM} &copy; <a href="https://carto.com/attributions">CARTO</a>'
_CARTO_URL = "https://{s}.basemaps.cartocdn.com/%s/{z}/{x}/{y}{r}.png"
_ESRI = (
    "Tiles &copy; Esri &mdash; Source: Esri, i-cubed, USDA, USGS, AEX, GeoEye, Getmapping, Aerogrid, IGN, IGP, "
    "UPR-EGP, and the GIS User Community"
)
_HOST = re.compile(r"(https?)://([\w*.-]+(?::\d+)?)/")
NOTE = "These need the network, and the server learns what you look at. Some refuse a page that was opened from disk."


@dataclass(frozen=True)
class Tiles:
    """A background from a tile server.

    Parameters
    ----------
    name : str
        What the layer control calls it. Any text is safe.
    url : str
        A template with ``{z}``, ``{x}``, ``{y}``, and where the server has several names ``{s}``.
    attribution : str
        HTML: whom the tiles are owed to.
    dark : bool
        Whether light words are put on it.
    named : bool
        Whether it has borders and names of its own.
    most_zoom : int
        Up to where the server has tiles.
    subdomains : str
        What ``{s}`` stands for, a letter each.
    """

    name: str
    url: str
    attribution: str
    dark: bool = False
    named: bool = True
    most_zoom: int = 19
    subdomains: str = "abc"


PRESETS = (
    Tiles("OpenStreetMap", "https://tile.openstreetmap.org/{z}/{x}/{y}.png", _OSM),
    Tiles("Carto light", _CARTO_URL % "light_all", _CARTO, most_zoom=20, subdomains="abcd"),
    Tiles("Carto dark", _CARTO_URL % "dark_all", _CARTO, dark=True, most_zoom=20, subdomains="abcd"),
    Tiles(
        "Esri World Imagery",
        "https://server.arcgisonline.com/ArcGIS/rest/services/World_Imagery/MapServer/tile/{z}/{y}/{x}",
        _ESRI,
        dark=True,
        named=False,
    ),
)


def tiles_of(wanted: bool | str | Tiles | Iterable[str | Tiles] | None) -> list[Tiles]:
    """Return the tiles that are meant.

    Parameters
    ----------
    wanted : bool, str, Tiles or iterable of them, optional
        True for all of ``PRESETS``; else the name of one, a name that folium knows, or a URL template.

    Raises
    ------
    SettingError
        If it is neither a known name nor a template.

    Examples
    --------
    >>> [tiles.name for tiles in tiles_of(True)]
    ['OpenStreetMap', 'Carto light', 'Carto dark', 'Esri World Imagery']
    >>> tiles_of("https://tiles.example.org/{z}/{x}/{y}.png")[0].name
    'tiles.example.org'
    """
    if wanted is None or wanted is False:
        return []
    if wanted is True:
        return list(PRESETS)
    each = [wanted] if isinstance(wanted, (str, Tiles)) else list(wanted)
    found = [one if isinstance(one, Tiles) else _tiles_of(one) for one in each]
    for one in found:
        origin_of(one.url)
    return found


def _tiles_of(name: str) -> Tiles:
    presets = {tiles.name.casefold(): tiles for tiles in PRESETS}
    if name.casefold() in presets:
        return presets[name.casefold()]
    if "://" in name:
        return Tiles(origin_of(name).partition("://")[2], name, html_text(origin_of(name)), subdomains="abcd")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of keys that a server asks for; the page shows what it answers
            layer = folium.TileLayer(name)
    except ValueError as error:
        known = ", ".join(tiles.name for tiles in PRESETS)
        msg = f"tiles: {name!r} is not known; give {known}, a name that folium knows, or a URL with {{z}}, {{x}}, {{y}}"
        raise SettingError(msg) from error
    options: dict[str, Any] = layer.options
    return Tiles(
        name,
        str(layer.tiles),
        options["attribution"],
        most_zoom=options["max_zoom"],
        subdomains=options["subdomains"],
    )


def origin_of(url: str) -> str:
    """Return the scheme and host of a template, with a star for ``{s}``, as a content security policy has it.

    Raises
    ------
    SettingError
        If the URL has no such host, or no place for zoom, column and row.

    Examples
    --------
    >>> origin_of("https://{s}.example.org/{z}/{x}/{y}.png")
    'https://*.example.org'
    """
    match = _HOST.match(url.replace("{s}", "*"))
    if match is None or not all(part in url for part in ("{z}", "{x}", "{y}")):
        msg = f"tiles: {url!r} is no URL of tiles; write it as https://host/{{z}}/{{x}}/{{y}}.png"
        raise SettingError(msg)
    return f"{match[1]}://{match[2]}"


class OnlineTiles(PageElement):
    """Backgrounds from tile servers in the layer control: all off, one at a time.

    The page may ask these servers for images and nothing else. They get a box of their own on a map that
    has no ``Layers``.

    Parameters
    ----------
    wanted : bool, str, Tiles or iterable of them
        See ``tiles_of``.

    Raises
    ------
    SettingError
        If it is neither a known name nor a template.

    Examples
    --------
    >>> from standoff.maps import StandoffMap
    >>> _ = OnlineTiles(["OpenStreetMap", "Esri World Imagery"]).add_to(StandoffMap((33.5, 38.6)))
    """

    verb = "tiles"
    scripts = ("tiles.js",)

    def __init__(self, wanted: bool | str | Tiles | Iterable[str | Tiles] = True) -> None:
        super().__init__()
        self.tiles = tiles_of(wanted)

    def data(self) -> Any:
        """Return the layers, and words on what they need."""
        return {"layers": [asdict(one) | {"name": visible(one.name)} for one in self.tiles], "note": NOTE}

    def render(self, **kwargs: Any) -> str:
        """Let the page ask the servers, and no others."""
        hosts = getattr(self.get_root(), "online_hosts", [])
        for one in self.tiles:
            if (origin := origin_of(one.url)) not in hosts:
                hosts.append(origin)
        return super().render(**kwargs)
