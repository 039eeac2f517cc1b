"""The places that names may mean, on a map: those taken stand out, the others are there to be compared."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pandas as pd

from standoff.errors import SettingError
from standoff.maps.basemap import Box
from standoff.maps.cards import Card, kilometres, position
from standoff.maps.controls import Tools
from standoff.maps.drawn import FootprintShape
from standoff.maps.elements import Attribution, FitView, Legend, Notice, OfflineBasemap
from standoff.maps.escape import visible
from standoff.maps.frame import centre_of, near
from standoff.maps.items import Item, extent_of
from standoff.maps.page import StandoffMap
from standoff.tables import NONE

if TYPE_CHECKING:
    from collections.abc import Hashable

_LEAST_DEG = 6.0
_SHOWN_FIRST = 0.01  # a candidate below this is on the map, but the first view need not reach it
_MOST_NOTICES = 4


def of_candidates(frame: pd.DataFrame) -> StandoffMap:
    """Return a map of the places that names may mean.

    Parameters
    ----------
    frame : DataFrame
        `Reading.candidates`, as a rule the rows of one name: ``reading.candidates.query("text == 'Tripoli'")``.

    Returns
    -------
    StandoffMap
        A ``folium.Map``, without network. A notice tells of names for which none of the places was taken.

    Raises
    ------
    SettingError
        If the frame has no place.
    """
    placed = frame[frame["lat"].notna() & frame["lon"].notna()]
    if placed.empty:
        msg = "candidates: no place to draw; give rows of reading.candidates with a position"
        raise SettingError(msg)
    centre = centre_of([(lon, lon) for lon in placed["lon"]])
    # Last drawn, on top: what was taken.
    rows = sorted(placed.to_dict("records"), key=lambda row: (bool(row["chosen"]), row["probability"]))
    items = [_item(f"c{number}", row, centre) for number, row in enumerate(rows)]
    extent = _roomy(extent_of(items) or (centre, 0.0, centre, 0.0))
    names = ", ".join(dict.fromkeys(placed["text"]))
    built = StandoffMap(
        ((extent[1] + extent[3]) / 2, (extent[0] + extent[2]) / 2), title=f"Candidates: {names}"
    )
    built.add_child(Legend(items))
    built.add_child(Tools())
    built.add_child(OfflineBasemap(extent))
    for item in items:
        built.add_child(FootprintShape(item))
    built.add_child(Attribution(placed["source"].dropna()))
    refused = frame[(frame["name"] == NONE) & frame["chosen"]]
    if not refused.empty:
        lines = [
            f"{row['text']}: {NONE}. {row['reason']}"
            for row in refused.head(_MOST_NOTICES).to_dict("records")
        ]
        built.add_child(Notice(lines, aside=True))
    built.add_child(FitView(extent))
    built.steady(hashlib.sha256(repr(rows).encode("utf-8", "replace")).hexdigest())
    return built


def _roomy(extent: Box) -> Box:
    """Return a box in which one sees what country a place is in."""
    west, south, east, north = extent
    across, up = max(0.0, _LEAST_DEG - (east - west)) / 2, max(0.0, _LEAST_DEG - (north - south)) / 2
    return (west - across, max(south - up, -85.0), east + across, min(north + up, 85.0))


def _item(id_: str, row: dict[Hashable, Any], centre: float) -> Item:
    taken = bool(row["chosen"])
    country = f", {row['country']}" if not pd.isna(row["country"]) else ""
    return Item(
        id=id_,
        kind="taken" if taken else "candidate",
        lat=row["lat"],
        lon=near(row["lon"], centre),
        label=visible(f"{row['name']}{country} · {row['probability']:.0%}"),
        focus=taken or row["probability"] >= _SHOWN_FIRST,
        cards=(_card(row, "taken" if taken else "candidate"),),
    )


def _card(row: dict[Hashable, Any], kind: str) -> Card:
    rows = [
        ("In the report", row["text"]),
        ("Probability", f"{row['probability']:.2f}"),
        ("Kind", row["feature"]),
        ("Country", row["country"]),
        ("Position", position(row["lat"], row["lon"])),
        ("Extent", f"within {kilometres(row['extent_m'])} of it" if row["extent_m"] > 0 else None),
        ("Identifier", row["gid"]),
        ("Place from", row["source"]),
    ]
    why = [] if pd.isna(row["reason"]) else [["Why this place", [visible(row["reason"])]]]
    return {
        "title": visible(str(row["name"])),
        "kind": kind,
        "quotes": [],
        "rows": [[label, visible(str(value))] for label, value in rows if not pd.isna(value)],
        "lists": why,
    }
