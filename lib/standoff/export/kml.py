"""A reading as KML, for Google Earth and GIS: styles by kind, dates, quotes."""

from __future__ import annotations

from typing import Any

import fastkml
from fastkml import styles
from fastkml.data import Data, ExtendedData
from fastkml.geometry import create_kml_geometry
from fastkml.times import KmlDateTime, TimeSpan

from standoff import tables
from standoff.export.escape import kml_html, xml_text
from standoff.export.rows import LISTS, Row, footprint_rows, place_rows
from standoff.ground.geojson import DECIMALS
from standoff.model import ReadingRecord, Report
from standoff.periods import first_and_last

# Okabe and Ito's colours, which colour-blind people tell apart; KML writes them aabbggrr.
_COLOURS = {
    "zone": "b27200",
    "event": "005ed5",
    "relation": "739e00",
    "place": "000000",
    "unasserted": "a779cc",
}
_FOLDERS = {"zone": "Zones", "event": "Events", "relation": "Other statements", "place": "Places"}
_FACTS = (
    "event_type", "sub_event_type", "date_start", "date_end", "claim", "coverage", "uncertainty_m",
    "area_km2", "constraints", "assumptions", "note", "place_sources", "overrides",
    "source_title", "source_publisher", "source_url", "source_date",
)  # fmt: skip


def kml(report: Report, record: ReadingRecord) -> bytes:
    """Return a KML document with a folder a kind, an empty one where there is nothing.

    Descriptions are HTML made here. Other text is plain; the balloon shows the description
    alone, so that no viewer takes report text for markup.
    """
    rows = footprint_rows(report, record) + place_rows(report, record)
    folders = [
        fastkml.Folder(name=title, features=[_placemark(row) for row in rows if row.kind == kind])
        for kind, title in _FOLDERS.items()
    ]
    document = fastkml.Document(
        name=xml_text(report.title or report.id),
        styles=[_style(name, colour) for name, colour in _COLOURS.items()],
        features=folders,
    )
    text = fastkml.KML(features=[document]).to_string(precision=DECIMALS)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text.strip()}\n'.encode()


def _placemark(row: Row) -> fastkml.Placemark:
    values = row.values
    draped = None if row.geometry.geom_type == "Point" else True
    asserted = values["claim"] in {None, "asserted"}
    return fastkml.Placemark(
        id=xml_text(values["id"]),
        name=xml_text(values["name"]),
        description=_description(values),
        style_url=styles.StyleUrl(url=f"#{row.kind if asserted else 'unasserted'}"),
        times=_span(values["date_start"], values["date_end"]),
        extended_data=_extended(values),
        kml_geometry=create_kml_geometry(row.geometry, tessellate=draped),
    )


def _description(values: dict[str, Any]) -> str:
    quotes = "".join(f"<blockquote>{kml_html(each)}</blockquote>" for each in values["quotes"])
    facts = [
        f"<tr><td>{kml_html(name.replace('_', ' '))}</td><td>{kml_html(text)}</td></tr>"
        for name in _FACTS
        if (text := _shown(values[name]))
    ]
    return f"<h3>{kml_html(values['name'])}</h3>{quotes}<table>{''.join(facts)}</table>"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return tables.words(value) or ""
    if isinstance(value, float):
        return f"{value:.7g}"
    return "" if value is None else str(value)


def _extended(values: dict[str, Any]) -> ExtendedData:
    flat = {name: tables.words(each) if name in LISTS else each for name, each in values.items()}
    return ExtendedData(
        elements=[
            Data(name=name, value=xml_text(str(each))) for name, each in flat.items() if each is not None
        ]
    )


def _span(start: str | None, end: str | None) -> TimeSpan | None:
    # A record that was stored elsewhere may have words where days belong: they are no time.
    begin, finish = (KmlDateTime.parse(day) if day and first_and_last(day) else None for day in (start, end))
    return TimeSpan(begin=begin, end=finish) if begin or finish else None


def _style(name: str, colour: str) -> styles.Style:
    return styles.Style(
        id=name,
        styles=[
            # No IconStyle: it would need an icon from the network; the viewer has a pin of its own.
            styles.LabelStyle(color=f"ff{colour}", scale=0.9),
            styles.LineStyle(color=f"ff{colour}", width=2.0),
            styles.PolyStyle(color=f"40{colour}"),
            styles.BalloonStyle(text="$[description]"),
        ],
    )
