"""Narratives of attacks on ships against their coded columns: date, time, position, type, and who came to harm.

python benchmarks/events_piracy.py [FOLDER] [--amiss FIELD]

The narratives are read as `standoff.read_text` reads them, as published three days after the coded
day: a day that is only taken over from the publication is then wrong. The halves are by chance
(seed 1): rules are made on the first, the second is only counted.
"""

from __future__ import annotations

import csv
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from common import arguments, need, print_table
from standoff import read_text
from standoff.gazetteer import Gazetteer
from standoff.geodesy import geodesic_m
from standoff.model import Event, Footprint, ReadingRecord

NM = 1852.0
NEAR_M = 2 * NM
LATER = timedelta(days=3)
LABELS = ("Hijacked", "Boarded", "Fired Upon", "Attempted", "Suspicious")
NONE = "nothing"

# type, whether tried, what must stand in the words -> attack_type, and why. The first of LABELS
# that an event of the narrative maps to is its label: who hijacks has boarded, who boards has tried.
# The words are the event's sentence, then "told by:" and every word that tells it, then "target:".
_GUNS = r"(?i)told by:[^:]*\b(?:fired?|firing|opened|shot|shots|shooting|gunfire|exchanged?)\b"
_CREW = r"(?i)target:.*\b(?:crew|crews|watchm[ae]n|officer|oiler|engineer|ab|master|cadet|guard)\b"
_ALONGSIDE = r"(?i)\b(?:suspicious|suspected|approach|chas|follow)"
MAPPING: tuple[tuple[str, bool, str, str, str], ...] = (
    ("seizure", False, "", "Hijacked", "the ship is taken"),
    ("boarding", False, "", "Boarded", "somebody is aboard"),
    ("kidnapping", False, "", "Boarded", "who takes people has come aboard; with the ship it is a seizure, too"),
    ("attack", False, _GUNS, "Fired Upon", "shots at the ship, and nobody aboard"),
    ("clash", False, _GUNS, "Fired Upon", "shots from both sides, and nobody aboard"),
    ("missile strike", False, "", "Fired Upon", "a rocket-propelled grenade"),
    ("boarding", True, _GUNS, "Fired Upon", "shots while they tried to come aboard"),
    ("attack", False, _CREW, "Boarded", "hands laid on the crew, without shots"),
    ("boarding", True, "", "Attempted", "they tried to come aboard"),
    ("seizure", True, "", "Attempted", "they tried to take the ship"),
    ("kidnapping", True, "", "Attempted", "they tried to take the crew"),
    ("attack", True, "", "Attempted", "an attempted attack"),
    ("attack", False, "", "Attempted", "an attack of which neither shots nor boarding are told"),
    ("interception", False, r"(?i)\bsuspicious", "Suspicious", "an approach that the report calls suspicious"),
    ("interception", False, "", "Attempted", "chased or followed, and nothing else is told"),
    ("incident", False, _ALONGSIDE, "Suspicious", "an approach alone"),
)  # fmt: skip
#: Who comes aboard to help is no attacker: "a patrol boarded the freighter to inspect it".
_HELPERS = re.compile(
    r"(?i)\b(?:guards?|navy|naval|polic\w*|authorit\w+|officials?|marines?|troops?|team|inspectors?|commandos?)\b"
)

# The plain checks, without our reader: words that say it, unless a "no" stands shortly before.
_HARM = {
    "killed": r"\b(?:killed|murdered|shot dead|died|dead|fatally)\b",
    "wounded": r"\b(?:injur(?:ed|ing|ies|y)|wound(?:ed|s|ing)?|hurt)\b",
    "taken": r"\b(?:kidnap\w*|abduct\w*|hostages?)\b",
    "shots": r"\b(?:fired|firing|opened fire|gunfire|gunshots?|shot at|shots?)\b",
}
_DENIED = re.compile(r"(?i)\b(?:no|not|nor|without|none|nobody)\b[^.]{0,40}$")
_LINE_DATE = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})")
_LINE_TIME = re.compile(r"\b(\d\d):?(\d\d)\s*(?:LT|UTC)\b")
_LINE_POSITION = re.compile(
    r"(\d{1,2})\s*:\s*(\d{1,2}(?:\.\d+)?)\s*([NS])\W{1,5}(\d{1,3})\s*:\s*(\d{1,2}(?:\.\d+)?)\s*([EW])"
)


@dataclass(frozen=True)
class Narrative:
    """A narrative with its coded columns and what was read in it."""

    row: dict[str, str]
    record: ReadingRecord
    half: int

    @property
    def text(self) -> str:
        """The words."""
        return self.row["attack_description"]

    @property
    def events(self) -> list[Event]:
        """The events that attackers did or that may be theirs, in order."""
        return [e for e in self.record.events if not _HELPERS.search(e.actor or "")]

    @property
    def label(self) -> str:
        """The attack_type that the events say."""
        return min((self.label_of(e) for e in self.events), key=(*LABELS, NONE).index, default=NONE)

    def label_of(self, event: Event) -> str:
        """Return the attack_type that one event maps to by `MAPPING`, the first line that fits."""
        tried = (event.sub_type or "").startswith("attempted")
        told_by = " ".join(self.text[start:end] for start, end in event.mentions)
        told = f"{event.text} told by: {told_by} target: {event.target or ''}"
        for kind, wanted, words, label, _ in MAPPING:
            if event.type == kind and tried == wanted and re.search(words, told):
                return label
        return NONE

    @property
    def main(self) -> Event | None:
        """The event that says the type, the first one of all if none does."""
        first = self.record.events[0] if self.record.events else None
        return next((e for e in self.events if self.label_of(e) == self.label != NONE), first)

    @property
    def position(self) -> Footprint | None:
        """The main event's footprint."""
        by_id = {footprint.id: footprint for footprint in self.record.footprints}
        return by_id.get(self.main.footprint or "") if self.main else None

    def is_near(self, lat: float, lon: float) -> bool:
        """Say whether a position lies within 2 nm of the coded one."""
        return geodesic_m(lat, lon, float(self.row["latitude"]), float(self.row["longitude"])) <= NEAR_M


# ---------------------------------------------------------------------- field by field


def _date(n: Narrative) -> bool:
    return n.main is not None and n.main.date_start == n.row["date"]


def _time(n: Narrative) -> bool:
    return n.main is not None and n.row["time"][:5] in (n.main.time_start, n.main.time_end)


def _position(n: Narrative) -> bool:
    return n.position is not None and n.is_near(n.position.lat, n.position.lon)


def _type(n: Narrative) -> bool:
    return n.label == n.row["attack_type"]


def _date_by_pattern(n: Narrative) -> bool:
    found = _LINE_DATE.search(n.text)
    return found is not None and "-".join(reversed(found.groups())) == n.row["date"]


def _time_by_pattern(n: Narrative) -> bool:
    found = _LINE_TIME.search(n.text)
    return found is not None and ":".join(found.groups()) == n.row["time"][:5]


def _position_by_pattern(n: Narrative) -> bool:
    found = _LINE_POSITION.search(n.text)
    if found is None:
        return False
    d, m, ns, dd, mm, ew = found.groups()
    lat, lon = float(d) + float(m) / 60, float(dd) + float(mm) / 60
    return n.is_near(-lat if ns == "S" else lat, -lon if ew == "W" else lon)


def _position_anywhere(n: Narrative) -> bool:
    return any(f.lat_lon_is == "exact" and n.is_near(f.lat, f.lon) for f in n.record.footprints)


def _always(label: str) -> Callable[[Narrative], bool]:
    return lambda n: n.row["attack_type"] == label


def fields(narratives: list[Narrative]) -> Iterable[tuple[str, Callable[[Narrative], bool]]]:
    """Yield what is measured, with the baselines beside it."""
    common = Counter(n.row["attack_type"] for n in narratives).most_common(1)[0][0]
    yield "at least one event", lambda n: bool(n.record.events)
    yield "exactly one event", lambda n: len(n.record.events) == 1
    yield "exactly one, helpers aside", lambda n: len(n.events) == 1
    yield "date", _date
    yield "date: baseline, first DD.MM.YYYY", _date_by_pattern
    yield "time (start or end)", _time
    yield "time: baseline, first HHMM LT or UTC", _time_by_pattern
    yield "position (within 2 nm)", _position
    yield "position: anywhere in the reading", _position_anywhere
    yield "position: baseline, first DD:MM N - DDD:MM E", _position_by_pattern
    yield "type", _type
    yield f"type: baseline, always {common}", _always(common)


CHECKS: dict[str, Callable[[Narrative], bool]] = {
    "date": _date,
    "time": _time,
    "position": _position,
    "type": _type,
    "event": lambda n: bool(n.record.events),
    "one": lambda n: len(n.events) == 1,
}


# ---------------------------------------------------------------------- who came to harm


def said(n: Narrative, what: str) -> bool:
    """Say whether the words of a narrative tell it, by a plain pattern."""
    pattern = re.compile(_HARM[what], re.IGNORECASE)
    return any(not _DENIED.search(n.text[: m.start()][-60:]) for m in pattern.finditer(n.text))


def read(n: Narrative, what: str) -> bool:
    """Say whether an event of the reading tells it."""
    if what == "killed":
        return any(e.killed is not None and e.killed.low > 0 for e in n.record.events)
    if what == "wounded":
        return any(e.wounded is not None and e.wounded.low > 0 for e in n.record.events)
    if what == "taken":
        return any(e.type == "kidnapping" for e in n.record.events)
    return any(n.label_of(e) == "Fired Upon" for e in n.record.events)


def harm(narratives: list[Narrative]) -> None:
    """Print what is told of harm by plain patterns against what is read of it."""
    print_table(
        "harm | said | read | both | recall of said | precision of read",
        (_harm_line(narratives, what) for what in _HARM),
    )


def _harm_line(narratives: list[Narrative], what: str) -> tuple[object, ...]:
    pairs = Counter((said(n, what), read(n, what)) for n in narratives)
    both, one, other = pairs[True, True], pairs[True, False], pairs[False, True]
    return (what, both + one, both + other, both, _share(both, both + one), _share(both, both + other))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


# ---------------------------------------------------------------------- printing


def narratives_of(folder: Path) -> list[Narrative]:
    """Read every narrative."""
    with need(folder / "piracy_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["attack_description"].strip()]
    order = list(range(len(rows)))
    random.Random(1).shuffle(order)
    first = set(order[: len(rows) // 2])
    with Gazetteer.open() as gazetteer:
        return [_narrative(row, 1 if i in first else 2, gazetteer) for i, row in enumerate(rows)]


def _narrative(row: dict[str, str], half: int, gazetteer: Gazetteer) -> Narrative:
    published = (date.fromisoformat(row["date"]) + LATER).isoformat()
    reading = read_text(row["attack_description"], published=published, gazetteer=gazetteer)
    return Narrative(row, reading.record, half)


def confusion(narratives: list[Narrative]) -> None:
    """Print how coded types (rows) were read (columns)."""
    counts = Counter((n.row["attack_type"], n.label) for n in narratives)
    print_table(
        "coded \\ read | " + " | ".join((*LABELS, NONE)),
        ([label, *(counts[label, told] for told in (*LABELS, NONE))] for label in LABELS),
    )


def main() -> None:
    """Print the figures; with --amiss the narratives of the first half in which a field is wrong."""
    wanted = arguments(
        "Narratives of attacks on ships against their coded columns.",
        amiss={"choices": list(CHECKS), "help": "print where this is wrong, first half only"},
    )
    begun = time.perf_counter()
    every = narratives_of(wanted.folder)
    halves = [every, [n for n in every if n.half == 1], [n for n in every if n.half == 2]]
    print(f"{len(every)} narratives in {time.perf_counter() - begun:.0f} s\n")
    print_table(
        f"share of the narratives | all ({len(every)}) | first half ({len(halves[1])}) | second half ({len(halves[2])})",
        (
            (name, *(_share(sum(holds(n) for n in part), len(part)) for part in halves))
            for name, holds in fields(every)
        ),
    )
    for name, part in zip(("All", "First half", "Second half"), halves, strict=True):
        print(f"{name}: coded types in rows, read ones in columns\n")
        confusion(part)
    harm(every)
    if wanted.amiss:
        for n in (n for n in halves[1] if not CHECKS[wanted.amiss](n)):
            told = [(e.type, e.sub_type, e.trigger, e.actor) for e in n.record.events]
            print(
                f"== {n.row['attack_type']} {n.row['date']} {n.row['time']}: read {n.label} {told}\n{n.text}"
            )


if __name__ == "__main__":
    main()
