"""How ``standoff gazetteer find`` shows what a name may mean, readable in 80 columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.table import Table

from standoff.gazetteer.hits import Hit
from standoff.gazetteer.spelling import Suggestion
from standoff.summary import safe_text


def found_table(hits: Sequence[Hit]) -> Table:
    """Return the places of a name, and how each was met."""
    return _table("Matched", [(hit, how(hit)) for hit in hits])


def suggested_table(suggestions: Sequence[Suggestion]) -> Table:
    """Return what a misspelt name may mean, and how likely each is."""
    return _table("Likely", [(item.hit, f"{item.score:.2f}") for item in suggestions])


def near_table(pairs: Sequence[tuple[Hit, float]]) -> Table:
    """Return the places round a position, and how far off each is."""
    return _table("Away", [(hit, f"{metres / 1000:.1f} km") for hit, metres in pairs])


def position_of(text: str) -> tuple[float, float] | None:
    """Return the latitude and longitude that a text is; None if it is a name.

    Examples
    --------
    >>> position_of("33.5, 38.6"), position_of("-1.28 36.8"), position_of("Route 66, 5"), position_of("95, 38")
    ((33.5, 38.6), (-1.28, 36.8), None, None)
    """
    match = re.fullmatch(r"\s*([+-]?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*", text)
    if match is None or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
        return None
    return float(match[1]), float(match[2])


def side_of_border(lat: float, lon: float) -> str:
    """Say in which country a position is, or that the borders are too coarse to tell."""
    from standoff.gazetteer.regions import Regions

    regions = Regions.open()
    inside, near = regions.country_at(lat, lon), regions.countries_near(lat, lon)
    if len(near) > 1:
        return f"{' or '.join(near)}: within 2 km of a border, and the borders are generalised"
    if inside is None and near:
        return f"{near[0]}, or at sea: within 2 km of the coast"
    return inside or "at sea"


def how(hit: Hit) -> str:
    """Say in words how a name was met.

    Examples
    --------
    >>> from standoff.model import Place
    >>> place = Place(gid="x:1", name="Korea", lat=0, lon=0, feature="country", extent_m=1, source="x")
    >>> how(Hit(place, "name", True, None)), how(Hit(place, "alternate", False, None, "umlaut"))
    ('name', 'alternate: umlaut')
    >>> how(Hit(place, "adjective", False, None))
    'adjective, spelt otherwise'
    """
    if hit.read_as:
        return f"{hit.matched}: {hit.read_as}"
    return hit.matched if hit.exact else f"{hit.matched}, spelt otherwise"


def people(number: int) -> str:
    """Return a population in a few letters; nothing where it is not known.

    Examples
    --------
    >>> people(2_098_210), people(553_629), people(3_149), people(0)
    ('2.1M', '554k', '3,149', '')
    """
    if number >= 1_000_000:
        return f"{number / 1e6:.1f}M"
    return f"{number / 1e3:.0f}k" if number >= 10_000 else f"{number:,}" if number else ""


def _table(last: str, rows: Sequence[tuple[Hit, str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    # Those that fold share what the others leave; a least width would push the table off the screen.
    for column in ("Name", "Kind", "In", "Lat, lon", "People", last, "Id"):
        folds = column in ("Name", "Matched", "Id")
        justify: Literal["left", "right"] = "right" if column == "People" else "left"
        table.add_column(column, overflow="fold", no_wrap=not folds, justify=justify)
    for hit, words in rows:
        place = hit.place
        cells = (
            place.name, place.feature, hit.admin1 or place.country or "", f"{place.lat:.4f}, {place.lon:.4f}",
            people(place.population), words, place.gid,
        )  # fmt: skip
        table.add_row(*map(safe_text, cells))
    return table
