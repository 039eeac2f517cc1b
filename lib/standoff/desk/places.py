"""The names of a report at the desk: what each was taken to mean, what else it may mean, and who said so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from standoff.model import Candidate, Place, PlaceMention, ReadingRecord
from standoff.overrides import Override, Overrides

_OWN = "override:"


@dataclass(frozen=True)
class NameRow:
    """A name with all its mentions that mean one thing.

    Attributes
    ----------
    id : str
        The first mention's id.
    text : str
        What a correction of it writes into the column ``text``.
    mentions : tuple of str
        Ids, those of words that refer to it ("the base"), too.
    count : int
        How often the name itself stands in the report.
    place : Place or None
    probability : float or None
    candidates : tuple of Candidate
        Places of the gazetteer that it may mean, the likeliest first.
    reason : str or None
    set_by : str or None
        Where the analyst's correction stands.
    """

    id: str
    text: str
    mentions: tuple[str, ...]
    count: int
    place: Place | None
    probability: float | None
    candidates: tuple[Candidate, ...]
    reason: str | None
    set_by: str | None


def name_rows(record: ReadingRecord) -> list[NameRow]:
    """Return the names of a reading that can be corrected, in the order of the text."""
    from standoff.gazetteer import name_key

    by_id = {mention.id: mention for mention in record.places}
    named = [m for m in record.places if m.refers_to is None and m.kind != "coordinates"]
    groups: dict[tuple[str, str], list[PlaceMention]] = defaultdict(list)
    for mention in named:
        holder = by_id.get(mention.inside or "")
        name = mention.name or mention.text
        groups[name_key(name) or name.casefold(), name_key(holder.text) if holder else ""].append(mention)
    names = [key for key, _ in groups]
    rows = []
    for (key, inside), mentions in groups.items():
        first = mentions[0]
        text = first.name or first.text
        if inside and names.count(key) > 1:  # "Athens, Georgia" beside an Athens elsewhere
            text = f"{text}, {by_id[first.inside or ''].text}"
        rows.append(_row(text, mentions, record))
    return rows


def _row(text: str, mentions: list[PlaceMention], record: ReadingRecord) -> NameRow:
    first = next((mention for mention in mentions if mention.place), mentions[0])
    own = {mention.id for mention in mentions}
    ids = [mention.id for mention in record.places if mention.id in own or mention.refers_to in own]
    return NameRow(
        id=mentions[0].id,
        text=text,
        mentions=tuple(ids),
        count=len(mentions),
        place=first.place,
        probability=first.probability,
        candidates=tuple(each for each in first.candidates if not each.gid.startswith(_OWN)),
        reason=first.reason,
        set_by=next((mention.override for mention in mentions if mention.override), None),
    )


def row_of(rows: list[NameRow], mention: str) -> NameRow | None:
    """Return the row that a mention belongs to."""
    return next((row for row in rows if mention in row.mentions), None)


def row_behind(overrides: Overrides, set_by: str) -> Override | None:
    """Return the correction that stands where a mention says, if it stands in the file that is written to."""
    own = [row for row in overrides.rows if row.told == set_by]
    name = overrides.file.name if overrides.file else None
    return next((row for row in reversed(own) if row.origin.startswith(f"{name}, line ")), None)


def place_words(place: Place | Candidate) -> str:
    """Return what a place is called in a list.

    Examples
    --------
    >>> place_words(Place(gid="g", name="Tanf", lat=33.5, lon=38.6, country="SY", feature="base", extent_m=1, source="s"))
    'Tanf, SY (base)'
    """
    country = f", {place.country}" if place.country and place.name != place.country else ""
    feature = f" ({place.feature})" if place.feature else ""
    return f"{place.name}{country}{feature}"


def position_words(lat: float, lon: float) -> str:
    """Return a position as it can be typed again.

    Examples
    --------
    >>> position_words(33.505831, -8.6)
    '33.50583, -8.60000'
    """
    return f"{lat:.5f}, {lon:.5f}"
