"""Holds the events of a reading against the rows that a careful reader files, field by field.

Nothing here knows how the reading was made: it looks at the record of the contract alone.
The rows are told in data/gold/README.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from standoff.evaluate.careful import Look, close, plain, same_bearing, says
from standoff.model import Count, Event, Relation

if TYPE_CHECKING:
    from standoff.gazetteer import Gazetteer

Row = dict[str, Any]

#: Types of one family are one event whose kind was missed; of different families they are different events.
FAMILIES = (
    ("air strike", "drone strike", "missile strike", "strike", "shelling", "bombing", "attack", "ground attack", "ambush",
     "assassination", "clash", "explosion", "shootdown", "sinking", "interception"),
    ("boarding", "seizure", "attack", "kidnapping", "arrest"),
    ("deployment", "withdrawal"), ("evacuation",), ("zone",), ("warning",), ("agreement",), ("protest",),
    ("earthquake",), ("eruption",), ("flood", "storm", "landslide"), ("fire", "explosion", "accident", "sinking"),
    ("outbreak",),
)  # fmt: skip
_RANK = ("coordinates", "offset", "distance", "within", "beyond", "between", "zone", "along", "border", "direction", "near",
         "at", "part", "in")  # fmt: skip
_LOOSE = frozenset({"at", "in", "near"})
FIELDS = (
    "type",
    "date",
    "time",
    "actor",
    "target",
    "weapon",
    "killed",
    "wounded",
    "losses",
    "claim",
    "source",
    "footprint",
)


@dataclass
class Tally:
    """Events found and missed, and right and wrong fields of those found."""

    found: int = 0
    missed: int = 0
    extra: int = 0
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Share of the rows that were found."""
        return self.found / max(1, self.found + self.missed)

    @property
    def precision(self) -> float:
        """Share of the events that are rows."""
        return self.found / max(1, self.found + self.extra)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.found / max(1, 2 * self.found + self.missed + self.extra)

    def share(self, name: str) -> float:
        """Share of the events found that have a field right."""
        return self.right[name] / max(1, self.asked[name])

    def add(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        self.found += other.found
        self.missed += other.missed
        self.extra += other.extra
        self.right += other.right
        self.asked += other.asked


def reports(*files: Path) -> list[Row]:
    """Return the reports of some files."""
    return [report for file in files for report in yaml.safe_load(file.read_text(encoding="utf-8"))]


def compare(report: Row, gazetteer: Gazetteer) -> tuple[Tally, list[str]]:
    """Return the counts for one report, and what is amiss, one line each."""
    from standoff.reading import read_text

    reading = read_text(
        report["text"], title=report.get("title"), published=str(report["published"]), gazetteer=gazetteer
    )
    look = Look(reading)
    rows, events = report["events"] or [], list(reading.record.events)
    pairs = _paired(rows, events, look)
    tally, amiss = Tally(), []
    for number, row in enumerate(rows):
        event = pairs.get(number)
        if event is None:
            if not row.get("optional"):
                tally.missed += 1
                amiss.append(f"missed {row['id']}: {_row_told(row)}")
            continue
        if not row.get("optional"):
            tally.found += 1
        for name, good in _fields(row, event, look):
            tally.asked[name] += 1
            tally.right[name] += good
            if not good:
                amiss.append(
                    f"{row['id']} {name}: {_wanted(row, name)}; found {_has(event, name, look)} [{event.trigger}]"
                )
    taken = {event.id for event in pairs.values()}
    for event in events:
        if event.id not in taken:
            tally.extra += 1
            amiss.append(
                f"extra {event.id} {event.type} [{event.trigger}] {event.date_start} "
                f"{event.actor} -> {event.target}: {event.text[:110]!r}"
            )
    return tally, amiss


def _paired(rows: list[Row], events: list[Event], look: Look) -> dict[int, Event]:
    tried = [
        (_likeness(row, event, look), -i, -j) for i, row in enumerate(rows) for j, event in enumerate(events)
    ]
    pairs: dict[int, Event] = {}
    taken: set[int] = set()
    for likeness, i, j in sorted(tried, reverse=True):
        if likeness > 0 and -i not in pairs and -j not in taken:
            pairs[-i] = events[-j]
            taken.add(-j)
    return pairs


def _likeness(row: Row, event: Event, look: Look) -> float:
    """Return how much an event is like a row: above 0 if it may be the one that is meant."""
    if not any(kind in family and event.type in family for kind in row["type"] for family in FAMILIES):
        return 0
    good = dict(_fields(row, event, look))
    weights = {
        "date": 2,
        "actor": 1,
        "target": 1,
        "killed": 1.5,
        "footprint": 1.5,
        "type": 2,
        "claim": 0.5,
        "wounded": 0.5,
    }
    telling = [name for name in ("date", "actor", "target", "killed", "footprint") if _tells(row, name)]
    if telling and not any(good[name] for name in telling):
        return 0
    return sum(weights.get(name, 0.2) * ok for name, ok in good.items())


def _tells(row: Row, name: str) -> bool:
    return bool(row.get("where" if name == "footprint" else name))


def _fields(row: Row, event: Event, look: Look) -> Iterator[tuple[str, bool]]:
    yield "type", event.type in row["type"]
    yield "date", _same_date(row.get("date"), event)
    if row.get("time"):
        yield "time", event.time_start == str(row["time"])
    yield "actor", _words(row.get("actor"), event.actor)
    yield "target", _words(row.get("target"), event.target)
    if row.get("weapon"):
        yield (
            "weapon",
            _words(row["weapon"], " ".join(filter(None, (event.weapon, event.type, event.sub_type)))),
        )
    if "killed" in row:
        yield "killed", _same_count(row["killed"], event.killed)
    if "wounded" in row:
        yield "wounded", _same_count(row["wounded"], event.wounded)
    if row.get("losses"):
        yield "losses", all(any(_has_word(word, loss) for loss in event.losses) for word in row["losses"])
    yield "claim", event.claim == row.get("claim", "asserted")
    if row.get("attributed_to"):
        yield "source", any(_words(row["attributed_to"], name) for name in event.attributed_to)
    if "where" in row:
        yield "footprint", _same_where(row["where"] or [], event, look)


def _same_date(wanted: Any, event: Event) -> bool:
    if wanted is None:
        return event.date_start is None
    first, last = wanted if isinstance(wanted, list) else (wanted, wanted)
    return (event.date_start, event.date_end) == (str(first), str(last))


def _has_word(word: str, words: str) -> bool:
    return plain(str(word)) in plain(words)


def _words(wanted: Any, found: str | None) -> bool:
    if not wanted:
        return found is None
    return found is not None and any(_has_word(word, found) for word in wanted)


def _same_count(wanted: Any, found: Count | None) -> bool:
    if wanted is None:
        return found is None
    if found is None:
        return False
    if not isinstance(wanted, dict):
        return bool(found.best == wanted)
    best = wanted.get("best")
    if best is not None:
        return bool(found.best == best)
    return (found.best, found.low) == (None, wanted.get("low")) or (found.low, found.high) == (
        wanted.get("low"),
        wanted.get("high"),
    )


def _fits(want: Row, relation: Relation, look: Look) -> bool:
    loose = want["kind"] in _LOOSE and relation.kind in _LOOSE
    # "145 km from the Somali border", "off the Libyan coast": our kind is border or near, with the country for its anchor
    line = next((w for w in ("border", "coast") if w in str(want.get("anchor", ""))), None)
    if (
        line is not None
        and want["kind"] in ("distance", "within", "near")
        and relation.kind in ("border", "near", "distance")
    ):
        return "metres" not in want or any(
            close(want["metres"], x, 0.02) for x in (relation.metres, relation.high_m, relation.low_m)
        )
    # "on the western side of the capital": a direction within it
    loose = loose or {want["kind"], relation.kind} == {"part", "direction"}
    if relation.kind != want["kind"] and not loose:
        return False
    if want["kind"] == "zone":
        return bool(relation.zone) and _has_word(
            want.get("zone", ""), look.zone_words(look.zones[relation.zone or ""])
        )
    if want["kind"] == "coordinates":
        places = [look.places[a].place for a in relation.anchors]
        return any(
            p is not None and abs(p.lat - want["lat"]) < 0.02 and abs(p.lon - want["lon"]) < 0.02
            for p in places
        )
    anchors = want.get("anchor") or []
    for name in anchors if isinstance(anchors, list) else [anchors]:
        if not any(look.is_anchor(name, a) or says(look_name(look, a), name) for a in relation.anchors):
            return False
    if "metres" in want and not any(
        close(want["metres"], x, 0.02) for x in (relation.metres, relation.high_m, relation.low_m)
    ):
        return False
    return want.get("bearing") is None or same_bearing(want["bearing"], relation.bearing_deg)


def look_name(look: Look, place_id: str) -> str:
    """Return the gazetteer's name of what a mention means, for a row that names it so."""
    place = look.places[place_id].place
    return place.name if place is not None else "?"


def _same_where(wanted: list[Row], event: Event, look: Look) -> bool:
    """Say whether the most telling statement is there, and no number that is not said."""
    relations = [look.relations[each] for each in event.relations]
    if not wanted:
        return event.footprint is None
    ranked = sorted(wanted, key=lambda want: _RANK.index(want["kind"]))
    if not any(_fits(ranked[0], relation, look) for relation in relations):
        return False
    numbers = [r for r in relations if r.metres is not None or r.kind in ("within", "coordinates")]
    return all(any(_fits(want, relation, look) for want in wanted) for relation in numbers)


def _row_told(row: Row) -> str:
    return f"{row['type'][0]} {row.get('date')} {row.get('actor')} -> {row.get('target')}"


def _wanted(row: Row, name: str) -> Any:
    key = {"footprint": "where", "source": "attributed_to"}.get(name, name)
    return row.get(key)


def _has(event: Event, name: str, look: Look) -> Any:
    if name == "date":
        return event.date_start, event.date_end, event.date_text
    if name == "time":
        return event.time_start
    if name == "footprint":
        return [look.told(look.relations[each]) for each in event.relations]
    return getattr(event, {"source": "attributed_to"}.get(name, name))


def score(every: Iterable[Row], gazetteer: Gazetteer) -> tuple[Tally, dict[str, list[str]]]:
    """Return the counts over some reports, and what is amiss by report."""
    total, amiss = Tally(), {}
    for report in every:
        tally, lines = compare(report, gazetteer)
        total.add(tally)
        amiss[report["id"]] = lines
    return total, amiss
