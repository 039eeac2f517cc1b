"""How ``standoff gazetteer find`` shows what a name may mean, readable in 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

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


def _table(last: str, rows: Sequence[tuple[Hit, str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("Name", overflow="fold", min_width=14, ratio=3)
    table.add_column("Kind", no_wrap=True)
    table.add_column("In", no_wrap=True)
    table.add_column("Lat, lon", no_wrap=True)
    table.add_column("People", no_wrap=True, justify="right")
    table.add_column("Id", overflow="fold", max_width=16, ratio=2)
    table.add_column(last, overflow="fold", max_width=14, ratio=2)
    for hit, words in rows:
        place = hit.place
        cells = (
            place.name, place.feature, hit.admin1 or place.country or "", f"{place.lat:.3f}, {place.lon:.3f}",
            f"{place.population:,}" if place.population else "", place.gid, words,
        )  # fmt: skip
        table.add_row(*map(safe_text, cells))
    return table


