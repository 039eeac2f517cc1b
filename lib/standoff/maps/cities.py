"""Towns for the basemap: as many as a zoom has room for, and none that the report names itself."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from standoff.maps.escape import visible
from standoff.maps.terrain import Box
from standoff.resources import data_path

Named = tuple[str, float, float]  # a label, and where it is: lat, lon

ROOM_PX = 110  # a town is shown when the next larger one is so far off
_EQUATOR_KM_PX = 156.543  # of a pixel at zoom 0
_SAME_SPOT_KM = 5.0
_SAME_NAME_KM = 100.0
_KM_DEG = 111.2


@cache
def _cities() -> dict[str, NDArray[Any]]:
    table = pq.read_table(data_path("basemap/cities.parquet"))
    found = {name: table[name].to_numpy() for name in table.column_names}
    room_px = _EQUATOR_KM_PX * np.cos(np.radians(found["lat"]))
    return found | {"from": np.log2(ROOM_PX * room_px / np.maximum(found["room_km"], 1))}


def cities(tiers: Iterable[tuple[Box, float, int]], named: Iterable[Named]) -> list[list[Any]]:
    """Return towns for the page, the important first.

    Parameters
    ----------
    tiers : iterable of (box, zoom, int)
        Where towns are wanted, down to which zoom, and how many at most; the finest box first.
    named : iterable of (name, lat, lon)
        What the report labels: no town of that name within 100 km, and none within 5 km of such a point.

    Returns
    -------
    list
        Name, lat, lon (within 180 degrees of the middle of the first box), the zoom that it is shown from,
        and 1 for a capital, else 0.
    """
    towns, tiers = _cities(), list(tiers)
    middle = (tiers[0][0][0] + tiers[0][0][2]) / 2
    lat, lon = towns["lat"], towns["lon"] - 360 * np.round((towns["lon"] - middle) / 360)
    chosen: dict[int, None] = {}
    for (west, south, east, north), zoom, most in tiers:
        inside = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east) & (towns["from"] <= zoom)
        free = np.flatnonzero(inside)
        free = free[np.argsort(towns["from"][free], kind="stable")]
        chosen |= dict.fromkeys(free[:most].tolist())
    taken: dict[str, list[tuple[float, float]]] = {
        "": []
    }  # where each name is, and under no name where any is
    for label, *spot in named:
        taken.setdefault(_plain(label), []).append((spot[0], spot[1]))
        taken[""].append((spot[0], spot[1]))
    rows = []
    for index in sorted(chosen, key=lambda each: float(towns["from"][each])):
        name, at = str(towns["name"][index]), (float(lat[index]), float(lon[index]))
        if _near(at, taken.get(_plain(name), []), _SAME_NAME_KM) or _near(at, taken[""], _SAME_SPOT_KM):
            continue
        start = round(float(towns["from"][index]), 1)
        rows.append([visible(name), round(at[0], 3), round(at[1], 3), start, int(towns["capital"][index])])
    return rows


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def _near(at: tuple[float, float], spots: list[tuple[float, float]], km: float) -> bool:
    if not spots:
        return False
    lat, lon = np.array(spots).T
    across = ((at[1] - lon + 180) % 360 - 180) * math.cos(math.radians(at[0]))
    return bool((_KM_DEG * np.hypot(at[0] - lat, across) < km).any())
