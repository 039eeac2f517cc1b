"""What a map figure says in words: what it shows, what its shapes are not, whom it is owed to."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.csv_cells import visible
from standoff.maps.elements import Attribution
from standoff.maps.items import Item
from standoff.maps.links import sources_of
from standoff.maps.styles import STYLES, meaning
from standoff.model import ReadingRecord

_NO_POINT = "A ring, a sector or an area is no point: the report does not say where in it the event was."
_MOST_DESCRIBED = 40
_AREAS = frozenset({"ring", "sector", "inside", "disc", "corridor", "region", "surface"})


def notes(items: Sequence[Item]) -> list[str]:
    """Return what has to be said of the shapes that are drawn."""
    return [_NO_POINT] if any(item.kind in _AREAS for item in items) else []


def attribution(record: ReadingRecord) -> str:
    """Return whom the map is owed to."""
    places = Attribution(sources_of(record)).data()
    return (
        ". ".join(["Basemap: Natural Earth, GeoNames", *([f"Places: {'; '.join(places)}"] if places else [])])
        + "."
    )


def described(items: Sequence[Item], nothing: Sequence[str] = ()) -> str:
    """Return what a map shows, in words, a sentence for each thing.

    Examples
    --------
    >>> described([Item("z1", "zone", 33.5, 38.6, label="The zone")])
    '1 thing on the map. The zone: Zone, about 33.5000, 38.6000 (drawn as the report states it).'
    >>> described([], ["This report names no place."])
    'Nothing is drawn. This report names no place.'
    """
    if not items:
        return " ".join(["Nothing is drawn.", *(visible(words) for words in nothing)])
    count = len(items)
    sentences = [f"{count} thing{'s' if count > 1 else ''} on the map."]
    sentences += [_sentence(item) for item in items[:_MOST_DESCRIBED]]
    if count > _MOST_DESCRIBED:
        sentences.append(f"And {count - _MOST_DESCRIBED:,} more.")
    return " ".join(sentences)


def _sentence(item: Item) -> str:
    style = STYLES[item.kind]
    name = f"{visible(' '.join(item.label.split()))}: " if item.label not in ("", style.label) else ""
    claim = "" if item.claim == "asserted" else f", {item.claim}"
    about = "at" if item.kind in ("exact", "anchor") else "about"
    position = f"{item.lat:.4f}, {(item.lon + 180) % 360 - 180:.4f}"
    return f"{name}{style.label}{claim}, {about} {position} ({meaning(item.kind, item.coverage)})."
