"""The page of a map as a picture: PNG of the map, PDF of one sheet of paper, by a Chromium without a network."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium

from standoff.errors import ExportError, SettingError
from standoff.files import export_bytes
from standoff.maps import browser
from standoff.maps.build import build
from standoff.maps.page import OfflineFigure
from standoff.model import ReadingRecord, Report

if TYPE_CHECKING:
    from playwright.async_api import Page

WIDTH, HEIGHT, SCALE = 1600, 1000, 2
LIMIT_S = 60.0
_LEAST_PX, _MOST_PX = 200, 16_384
_PAPER = {"width": 1123, "height": 794}  # A4 on its side, CSS pixels
# Of the file itself, not of what it shows: the same map, the same bytes.
_DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}[^)]*\)")

# What is only for a hand goes; the legend opens; the map fills the room, and its labels find theirs.
_LAY_OUT = """
async ({name, panel}) => {
  const map = window[name];
  const box = map.getContainer();
  const set = (element, styles) => {
    for (const [key, value] of Object.entries(styles)) element.style.setProperty(key, value, "important");
  };
  const layout = box.closest(".sd-layout");
  if (layout && !panel) {
    for (const other of layout.children) if (other !== box) set(other, {display: "none"});
    set(layout, {display: "block", height: "100%"});
    set(box, {height: "100%"});
  }
  for (const control of box.querySelectorAll(".leaflet-control")) {
    const handled = control.querySelector("a[role=button], button, input, select");
    if (handled && !control.matches(".sd-legend")) set(control, {display: "none"});
  }
  for (const other of box.querySelectorAll(".sd-position, .sd-cross")) set(other, {display: "none"});
  for (const legend of box.querySelectorAll("details.sd-legend")) {
    if (!panel) legend.open = true;
    set(legend, {"max-height": "none"});
  }
  await document.fonts.ready;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  map.invalidateSize({animate: false, pan: false});
  const state = window.standoff && window.standoff.state && window.standoff.state(map);
  if (state && state.home) state.home();
  for (let left = 3; left > 0; left--) await frame();
}
"""


def picture(
    built: folium.Map,
    path: str | os.PathLike[str],
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
    scale: float = SCALE,
    panel: bool = False,
    limit_s: float = LIMIT_S,
) -> Path:
    """Write a map as a picture: by the end of the name ``.png``, or as ``.pdf`` the page as it prints, A4.

    It is taken by a Chromium, Chrome or Edge that is installed, through playwright
    (``pip install --editable '.[pictures]'``); the browser reaches no network.

    Parameters
    ----------
    built : folium.Map
        From ``Reading.map`` or ``standoff.maps.build``, or a ``StandoffMap`` of your own.
    path : path
        Where to write.
    width, height : int
        Of a PNG, in pixels of the page.
    scale : float
        Pixels of a PNG to one of the page: 2 is as sharp as paper needs.
    panel : bool
        Whether a PNG shows what stands beside the map. A PDF has the page's own lists for paper.
    limit_s : float
        Seconds after which the browser is stopped.

    Returns
    -------
    Path
        The path as given.

    Raises
    ------
    ExportError
        If playwright or a browser is missing, which it says, the picture cannot be taken or the file cannot
        be written.
    SettingError
        If a size or the limit is none.

    Examples
    --------
    >>> picture(reading.map(), "strike.png", width=1200, height=800)  # doctest: +SKIP
    """
    kind = Path(path).suffix.lower()
    if kind == ".pdf":
        return export_bytes(path, _printed(built, limit_s))
    if kind == ".png":
        return export_bytes(path, _taken(built, width, height, scale, panel, limit_s))
    msg = f"{path}: a picture of the page is .png or .pdf, not {kind or 'without a suffix'}"
    raise ExportError(msg)


def png(report: Report, record: ReadingRecord) -> bytes:
    """Return the map of a reading with its legend as PNG; see ``picture``."""
    built = build(report, record, panel=False, timeline=False)
    return _taken(built, WIDTH, HEIGHT, SCALE, panel=False, limit_s=LIMIT_S)


def pdf(report: Report, record: ReadingRecord) -> bytes:
    """Return the page of a reading as PDF, one sheet of A4; see ``picture``."""
    return _printed(build(report, record), LIMIT_S)


def _taken(built: folium.Map, width: int, height: int, scale: float, panel: bool, limit_s: float) -> bytes:
    _check("scale", scale, 0.5, 8)
    for name, value in (("width", width), ("height", height)):
        _check(name, value, _LEAST_PX, _MOST_PX / scale)

    async def act(page: Page) -> bytes:
        await page.evaluate(_LAY_OUT, {"name": built.get_name(), "panel": panel})
        return await page.screenshot(type="png", animations="disabled", caret="hide")

    view = {"width": int(width), "height": int(height)}
    return _made(built, act, limit_s, viewport=view, device_scale_factor=scale)


def _printed(built: folium.Map, limit_s: float) -> bytes:
    async def act(page: Page) -> bytes:
        await page.evaluate("document.fonts.ready.then(() => undefined)")
        return await page.pdf(format="A4", landscape=True, prefer_css_page_size=True, print_background=True)

    return _DATES.sub(rb"\g<1>19700101000000+00'00')", _made(built, act, limit_s, viewport=_PAPER))


def _made(built: folium.Map, act: Any, limit_s: float, **options: Any) -> bytes:
    _check("limit_s", limit_s, 0.1, 86_400)
    figure = built.get_root()
    if not isinstance(figure, OfflineFigure):
        msg = "a plain folium.Map loads its scripts from the network, and the picture is taken without one; "
        msg += "draw on a standoff.maps.StandoffMap"
        raise ExportError(msg)
    made: bytes = browser.in_page(figure.render(), act, limit_s=limit_s, **options)
    return made


def _check(name: str, value: Any, least: float, most: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        msg = f"{name} of a picture is {least:g} to {most:g}, not {value!r}"
        raise SettingError(msg)
