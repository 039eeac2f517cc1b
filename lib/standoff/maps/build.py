"""One call that composes the map of a reading, one that saves it."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any

import folium
import shapely
from branca.element import Element

from standoff import files
from standoff.errors import StandoffWarning
from standoff.maps.basemap import Box
from standoff.maps.bounds import bounded
from standoff.maps.elements import (
    Attribution,
    FitView,
    FootprintShape,
    Legend,
    Notice,
    OfflineBasemap,
    ReportPanel,
)
from standoff.maps.escape import html_text
from standoff.maps.host import HostBridge
from standoff.maps.items import extent_of, items_of
from standoff.maps.links import sources_of
from standoff.maps.page import StandoffMap, host_of
from standoff.maps.text import highlight
from standoff.maps.time import Timeline
from standoff.model import ReadingRecord, Report

_WORLD: Box = (-170.0, -56.0, 190.0, 75.0)
_NAMES_NO_PLACE = "This report names no place that could be drawn."


def build(
    report: Report,
    record: ReadingRecord,
    *,
    tiles: str | None = None,
    panel: bool = True,
    legend: bool = True,
    basemap: bool = True,
    timeline: bool = True,
    host: bool = False,
) -> StandoffMap:
    """Return the map of a reading.

    Parameters
    ----------
    report, record
        The report with its text, and what was read in it.
    tiles : str, optional
        Online tiles to offer, by a name that folium knows or as a URL template. They are
        off when the page opens, and the only host the page may ask.
    panel, legend, basemap, timeline : bool
        Whether to add the text beside the map, the legend, the offline basemap, and where
        events are on several days, the control that chooses among them.
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
    extent = extent_of(items)
    shown = extent or _WORLD
    middle = ((shown[1] + shown[3]) / 2, (shown[0] + shown[2]) / 2)
    built = StandoffMap(middle, title=report.title or report.id)
    if panel:
        built.add_child(ReportPanel(report, record))
    if legend and items:
        built.add_child(Legend(items))
    time = Timeline.of(record)
    if timeline and time.useful:
        built.add_child(time)
    if basemap:
        shapes = [
            item.geometry
            for item in items
            if item.geometry is not None and item.focus and item.kind != "region"
        ]
        built.add_child(OfflineBasemap(shown, shapely.union_all(shapes) if shapes else None))
    for item in items:
        built.add_child(FootprintShape(item))
    if items:
        built.add_child(Attribution(sources_of(record)))
    if tiles:
        _offer_tiles(built, tiles)
    if extent is None:
        built.add_child(Notice(_why_nothing(record)))
    if left_out is not None:
        warnings.warn(f"{report.id}: {left_out}", StandoffWarning, stacklevel=3)
        built.add_child(Notice([left_out], aside=True))
    _add_last(built, FitView(shown), HostBridge(report, record) if host else None)
    _steady_ids(built, record.report.sha256)
    return built


def _add_last(built: StandoffMap, view: FitView, bridge: HostBridge | None) -> None:
    built.add_child(view)
    if bridge is not None:
        built.add_child(bridge)


def _offer_tiles(built: StandoffMap, tiles: str) -> None:
    name = html_text(f"{tiles} (online)")
    layer = folium.TileLayer(tiles, name=name, overlay=True, show=False)
    built.figure.online_hosts.append(host_of(layer.tiles))
    built.add_child(layer)
    built.add_child(folium.LayerControl(collapsed=False))


def _why_nothing(record: ReadingRecord) -> list[str]:
    reasons = [f"“{mention.text}”: {mention.reason}" for mention in record.places if mention.reason]
    return [_NAMES_NO_PLACE, *dict.fromkeys(reasons[:4])]


def _steady_ids(element: Element, seed: str) -> None:
    """Give elements ids that are the same each time, so that the page is, too."""
    queue: list[Any] = [element]
    for number, child in enumerate(queue):
        child._id = f"{seed[:12]}{number:04d}"
        queue.extend(child._children.values())


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
