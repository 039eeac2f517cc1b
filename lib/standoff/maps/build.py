"""One call that composes the map of a reading, one that saves it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import folium
import shapely

from standoff import files
from standoff.errors import StandoffWarning
from standoff.maps.basemap import Box
from standoff.maps.bounds import bounded
from standoff.maps.controls import Layers, Tools
from standoff.maps.drawn import FootprintShape
from standoff.maps.elements import (
    Attribution,
    FitView,
    Legend,
    Notice,
    OfflineBasemap,
    PageElement,
    ReportPanel,
)
from standoff.maps.escape import html_text
from standoff.maps.host import HostBridge
from standoff.maps.items import Item, extent_of, items_of
from standoff.maps.links import sources_of
from standoff.maps.page import StandoffMap
from standoff.maps.polar import Polar, PolarBasemap
from standoff.maps.text import highlight
from standoff.maps.tiles import OnlineTiles
from standoff.maps.time import Timeline
from standoff.model import ReadingRecord, Report

_WORLD: Box = (-170.0, -56.0, 190.0, 75.0)
_NAMES_NO_PLACE = "This report names no place that could be drawn."


def build(
    report: Report,
    record: ReadingRecord,
    *,
    tiles: bool | str | Iterable[str] | None = None,
    panel: bool = True,
    legend: bool = True,
    basemap: bool = True,
    timeline: bool = True,
    controls: bool = True,
    host: bool = False,
) -> StandoffMap:
    """Return the map of a reading.

    Parameters
    ----------
    report, record
        The report with its text, and what was read in it.
    tiles : bool, str or iterable of str, optional
        Online backgrounds to offer: True for OpenStreetMap, Carto light and dark, and Esri World
        Imagery; else names of those or of folium's, or URL templates (a tile server of your own). All are off
        when the page opens, one is on at a time, and the page may ask no other host. OpenStreetMap's
        server refuses a page that is opened from disk, as it has no Referer; Carto may ask for a key:
        give its template with the key in it.
    panel, legend, basemap, timeline, controls : bool
        Whether to add the text beside the map, the legend, the offline basemap, where
        events are on several days the control that chooses among them, and the layer control
        with the tools (see ``Layers`` and ``Tools``).
    host : bool
        Whether the page talks with the one that it is shown in: the workbench.

    Returns
    -------
    StandoffMap
        A ``folium.Map``; anything may be added to it. Of a reading with more than a page can
        show it has the most telling part, and a notice and a warning that say so.
    """
    record, left_out = bounded(record)
    items = items_of(report, record)
    polar = Polar.of(items)
    if polar:
        items = polar.items(items)
    extent = extent_of(items)
    shown = extent or _WORLD
    middle = ((shown[1] + shown[3]) / 2, (shown[0] + shown[2]) / 2)
    projection = polar.crs if polar else None
    built = StandoffMap(middle, title=report.title or report.id, projection=projection)
    ground = _basemap(items, shown, polar) if basemap else None
    wanted = {"panel": panel, "legend": legend, "timeline": timeline, "controls": controls}
    for element in _furniture(report, record, items, ground, {name for name, on in wanted.items() if on}):
        built.add_child(element)
    if ground:
        built.add_child(ground)
    for item in items:
        built.add_child(FootprintShape(item))
    if items:
        built.add_child(Attribution(sources_of(record)))
    if tiles:
        _offer_tiles(built, tiles, report, polar)
    _give_notices(built, record, left_out, nothing=extent is None)
    built.add_child(FitView(shown, polar.points(items) if polar else None))
    if host:
        built.add_child(HostBridge(report, record))
    built.steady(record.report.sha256)
    return built


def _offer_tiles(built: StandoffMap, tiles: Any, report: Report, polar: Polar | None) -> None:
    if polar is None:
        built.add_child(OnlineTiles(tiles))
        return
    msg = f"{report.id}: online tiles end at 85 degrees, and this map lies round a pole: they are left out"
    warnings.warn(msg, StandoffWarning, stacklevel=4)


def _give_notices(built: StandoffMap, record: ReadingRecord, left_out: str | None, *, nothing: bool) -> None:
    """Say on the map that there is nothing to draw, or that not all of it is drawn."""
    if nothing:
        built.add_child(Notice(why_nothing(record)))
    if left_out is not None:
        warnings.warn(f"{record.report.id}: {left_out}", StandoffWarning, stacklevel=4)
        built.add_child(Notice([left_out], aside=True))


def _basemap(items: list[Item], shown: Box, polar: Polar | None) -> OfflineBasemap:
    """Return the basemap under items, without the towns that they name."""
    named = [(item.label, item.lat, item.lon) for item in items if item.label]
    if polar:
        return PolarBasemap(polar, named)
    shapes = [
        item.geometry for item in items if item.geometry is not None and item.focus and item.kind != "region"
    ]
    return OfflineBasemap(shown, shapely.union_all(shapes) if shapes else None, named)


def _furniture(
    report: Report, record: ReadingRecord, items: list[Item], ground: OfflineBasemap | None, wanted: set[str]
) -> Iterator[PageElement]:
    """Yield what stands beside and on the map, of what is wanted and has something to show."""
    if "panel" in wanted:
        yield ReportPanel(report, record)
    if "legend" in wanted and items:
        yield Legend(items, ground)
    time = Timeline.of(record)
    if "timeline" in wanted and time.useful:
        yield time
    if "controls" in wanted:
        if items:
            yield Layers(items, record)
        yield Tools()


def why_nothing(record: ReadingRecord) -> list[str]:
    """Return what to say where a reading has nothing to draw, and why: the first line is the gist."""
    reasons = [f"“{mention.text}”: {mention.reason}" for mention in record.places if mention.reason]
    return [_NAMES_NO_PLACE, *dict.fromkeys(reasons[:4])]


def save(built: folium.Map, path: str | os.PathLike[str]) -> Path:
    """Write a map's page to a file, whole or not at all.

    Raises
    ------
    ExportError
        If the map needs assets from the network or the file cannot be written; it is left as it was.
    """
    return files.export_bytes(path, built.get_root().render().encode("utf-8"))


def side_by_side(report: Report, record: ReadingRecord, built: folium.Map) -> str:
    """Return HTML for a notebook: the text with its mentions marked, beside the map.

    A map that has its own panel is shown as it is: the text is in it, and lights up.
    """
    frame = built._repr_html_()
    if any(isinstance(child, ReportPanel) for child in built._children.values()):
        return str(frame)
    title = html_text(report.title or report.id)
    return (
        f"<style>{_SIDE_CSS}</style>"
        f'<div class="sd-side"><div class="sd-side-text" dir="auto"><strong>{title}</strong>\n\n'
        f"{highlight(report, record)}</div><div>{frame}</div></div>"
    )


_SIDE_CSS = (
    ".sd-side{display:flex;gap:16px;flex-wrap:wrap}.sd-side>div{flex:2 1 420px;min-width:0}"
    ".sd-side>.sd-side-text{flex:1 1 280px;max-height:620px;overflow:auto;white-space:pre-wrap;"
    "background:#fff;color:#1d2430;font:15px/1.55 Georgia,serif;padding:0 8px}"
    ".sd-side mark{color:inherit;background:none;border-bottom:1px solid #a3abb5}"
    ".sd-side mark.sd-event{background:#f7e1e7}.sd-side mark.sd-zone{background:#e4eaf7}"
    ".sd-side mark.sd-measure{background:#fcead2}.sd-side mark.sd-place{background:#ddeee6}"
)
