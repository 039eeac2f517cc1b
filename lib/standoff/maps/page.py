"""A folium map as one self-contained page: no request, online or offline.

Leaflet comes from the installed xstatic package and goes into the page. Whatever a person
adds that needs the network is refused by name, and a content security policy with the
hashes of the page's own scripts is the second wall.
"""

from __future__ import annotations

import base64
import hashlib
import re
import warnings
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.folium import _default_css, _default_js
from folium.template import Template

from standoff.errors import ExportError
from standoff.maps.elements import Script, Stylesheet
from standoff.maps.escape import html_text

# What folium's own map links to and we have: by the name folium gives it.
_OURS = {"leaflet", "leaflet_css", "jquery"}
_URL = re.compile(r"""(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s"'`<>)\\]*""", re.IGNORECASE)
_USES_JQUERY = re.compile(r"(?<![\w$.])(?:\$|jQuery)\s*[(.]")


@cache
def _vendored(package: str, name: str) -> bytes:
    module = import_module(f"xstatic.pkg.{package}")
    return (Path(module.BASE_DIR) / name).read_bytes()


def _data_uri(name: str) -> str:
    return "data:image/png;base64," + base64.b64encode(_vendored("leaflet", name)).decode("ascii")


@cache
def leaflet_js() -> str:
    """Return Leaflet without the pointer to its source map, which tools would ask for."""
    return re.sub(r"\n//# sourceMappingURL=.*", "", _vendored("leaflet", "leaflet.js").decode("utf-8"))


@cache
def leaflet_css() -> str:
    """Return Leaflet's style sheet with its images inside, and no rule that only old browsers read."""
    css = _vendored("leaflet", "leaflet.css").decode("utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"[^{}]*\{[^{}]*(?:marker-icon\.png|#default#VML)[^{}]*\}", "", css)
    css = re.sub(r"url\((images/[\w-]+\.png)\)", lambda match: f"url({_data_uri(match[1])})", css)
    return re.sub(r"\s*\n\s*", "\n", css).strip()


def _marker_js() -> str:
    """Return what gives Leaflet's default pin its pictures without a request."""
    pictures = {
        "iconUrl": "images/marker-icon.png",
        "iconRetinaUrl": "images/marker-icon-2x.png",
        "shadowUrl": "images/marker-shadow.png",
    }
    options = ",".join(f'{name}:"{_data_uri(path)}"' for name, path in pictures.items())
    return f'L.Icon.Default.imagePath=" ";L.Icon.Default.mergeOptions({{{options}}});'


class _Scripts(HTMLParser):
    """Collects inline scripts and styles as the browser sees them, and what they link to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.links: list[str] = []
        self.inline_styles = False
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.inline_styles |= "style" in found
        self._into = None
        if (
            tag == "script"
            and found.get("type", "text/javascript") != "application/json"
            and "src" not in found
        ):
            self._into = self.scripts
        elif tag == "style":
            self._into = self.styles
        if self._into is not None:
            self._into.append("")
        asks = [found.get("src"), found.get("data") if tag == "object" else None]
        asks.append(found.get("href") if tag in ("link", "image", "use") else None)
        self.links += [url for url in asks if url and not url.startswith(("data:", "#"))]

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._into = None


def _hashes(codes: list[str]) -> list[str]:
    digests = [
        base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii") for code in codes
    ]
    return [f"'sha256-{digest}'" for digest in dict.fromkeys(digests)]


class OfflineFigure(Figure):
    """A branca Figure that renders as one self-contained page.

    Parameters
    ----------
    title : str, optional
        The page's title. Any text is safe.
    height : str
        Of the frame in a notebook.
    """

    _template = Template(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{{ kwargs.policy }}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        "<title>{{ kwargs.title }}</title>\n{{ kwargs.head }}\n</head>\n<body>\n{{ kwargs.body }}\n"
        "<script>\n{{ kwargs.script }}\n</script>\n</body>\n</html>\n"
    )

    def __init__(self, title: str | None = None, height: str = "620px") -> None:
        super().__init__(height=height)
        self.title = title
        self.online_hosts: list[str] = []
        self.header._children.pop("meta_http", None)

    def render(self, **kwargs: Any) -> str:
        """Return the page.

        Raises
        ------
        ExportError
            If something on the map needs a script or a style sheet from the network: its
            URLs are named.
        """
        for child in self._children.values():
            child.render(**kwargs)
        parts = {
            "head": "\n".join(element.render() for element in self._offline_head()),
            "body": self.html.render(),
            "script": self.script.render().replace("\r", ""),
            "title": html_text(self.title or "Map"),
        }
        page = str(self._template.render(this=self, kwargs={**parts, "policy": ""}))
        seen = _Scripts()
        seen.feed(page)
        self._warn_of_requests(seen, parts["script"])
        return str(
            self._template.render(this=self, kwargs={**parts, "policy": self._policy(seen, parts["script"])})
        )

    def _offline_head(self) -> Iterator[Element]:
        """Yield the head's elements: Leaflet, jQuery where needed, then everything that is no link."""
        script = self.script.render()
        links = [e for e in self.header._children.values() if isinstance(e, (JavascriptLink, CssLink))]
        ours = {url for name, url in _default_js + _default_css if name in _OURS}
        missing = [link.url for link in links if link.url not in ours]
        if "L.AwesomeMarkers" in script:  # what folium.Icon needs, and folium's own map links to
            missing += [url for name, url in _default_js + _default_css if name not in _OURS]
        if missing:
            msg = (
                f"the map needs the network for {len(missing)} assets and would not open offline: "
                f"{', '.join(missing)}; leave out what uses them, or draw on a plain folium.Map"
            )
            raise ExportError(msg)
        yield Stylesheet(leaflet_css())
        yield Script(leaflet_js())
        if _USES_JQUERY.search(script):  # a person's own folium.Popup
            yield Script(_vendored("jquery", "jquery.min.js").decode("utf-8"))
        if "L.marker(" in script:
            yield Script(_marker_js())
        yield from (e for e in self.header._children.values() if e not in links)

    def _warn_of_requests(self, seen: _Scripts, script: str) -> None:
        code = re.sub(r"""href\s*=\s*\\?["'][^"']*""", "", script)
        wanted = [*seen.links, *_URL.findall(code.replace("http://www.w3.org/", ""))]
        online = {host_of(host) for host in self.online_hosts}
        blocked = [url for url in dict.fromkeys(wanted) if host_of(url) not in online]
        if blocked:
            msg = f"the saved page stays offline and will not load: {', '.join(blocked)}"
            warnings.warn(msg, stacklevel=4)

    def _policy(self, seen: _Scripts, script: str) -> str:
        inline = seen.inline_styles or re.search(r"style\s*=", script)
        styles = ["'unsafe-inline'"] if inline else _hashes(seen.styles)
        rules = {
            "default-src": ["'none'"],
            "script-src": _hashes(seen.scripts),
            "style-src": styles,
            "img-src": ["data:", *self.online_hosts],
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
        }
        return "; ".join(f"{rule} {' '.join(sources)}" for rule, sources in rules.items())


def host_of(url: str) -> str:
    """Return the host of a tile address, with a star for Leaflet's ``{s}``.

    Examples
    --------
    >>> host_of("https://{s}.tile.example.org/{z}/{x}/{y}.png")
    '*.tile.example.org'
    """
    host = url.split("//", 1)[-1].split("/", 1)[0]
    return host.replace("{s}", "*")


class StandoffMap(folium.Map):
    """A ``folium.Map`` whose page needs no network and lets readers zoom on a phone.

    Anything folium can add works if its assets are part of the page; see
    ``OfflineFigure.render``.

    Parameters
    ----------
    location : (lat, lon), optional
        Where the map opens, degrees.
    title : str, optional
        The page's title.
    projection : str, optional
        Of the page, as JavaScript that returns one of Leaflet's; the web's own by default.
    **options
        What ``folium.Map`` takes. There are no tiles unless asked for.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 -- folium's own type
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>
            html, body { width: 100%; height: 100%; margin: 0; }
            #{{ this.get_name() }} { position: relative; width: 100%; height: 100%; }
            .leaflet-container { font-size: 1rem; }
            </style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id="{{ this.get_name() }}" role="region" aria-label="Map"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }},
                crs: {{ this.projection or "L.CRS." ~ this.crs }},
                ...{{ this.options|tojavascript }}
            });
            {{ this.get_name() }}.attributionControl.setPrefix("Leaflet");
            L.control.scale({position: "bottomright", maxWidth: 140}).addTo({{ this.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        location: tuple[float, float] | None = None,
        title: str | None = None,
        projection: str | None = None,
        **options: Any,
    ) -> None:
        self.projection = projection
        settings = {
            "tiles": None,
            "zoom_snap": 0.25,
            "min_zoom": 1,
            "max_zoom": 18,
            "zoom_start": 2,
        } | options
        super().__init__(location=location or (20, 0), **settings)
        self.options.update(min_zoom=settings["min_zoom"], max_zoom=settings["max_zoom"])
        self.figure = OfflineFigure(title=title)
        self.figure.add_child(self)

    def steady(self, seed: str) -> None:
        """Give all elements ids that are the same each time, so that the page is, too.

        Parameters
        ----------
        seed : str
            Hexadecimal digits, as of a hash of what is drawn: two maps in one notebook need different ids.
        """
        queue: list[Any] = [self]
        for number, child in enumerate(queue):
            child._id = f"{seed[:12]}{number:04d}"
            queue.extend(child._children.values())
