"""Lookups a second beside a bare SQLite select; size and opening of the index; misspelt names.

Needs no outside data. Seconds are those of the processor, so that other work on the machine
counts little; opening is by the clock, in new processes, the best of three.

A misspelling is the name of a city with one letter left out, added, changed or swapped with
the next, anywhere in it. One that is itself a name is left out: it is looked up, and no
misspelling. The baseline compares with every key there is, and takes the largest place of the nearest.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import string
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from common import print_table
from standoff.gazetteer import Gazetteer, name_key
from standoff.gazetteer.index import connect, ensure_index

NAMES, UNKNOWN, TRIES, SHOWN = 20_000, 5_000, 3, 5
LEAST_PEOPLE, SCANNED = 50_000, 100
_SELECT = (
    "SELECT kind, text, gid, name, lat, lon, country, feature, extent_m, source, population, admin1, curated "
    "FROM names JOIN places ON id = place WHERE key = ?"
)
_OPEN = """
import time
from standoff.gazetteer import Gazetteer, name_key
begun = time.perf_counter()
with Gazetteer.open() as places:
    opened = time.perf_counter()
    places.lookup("Mosul")
    print((opened - begun) * 1000, (time.perf_counter() - opened) * 1000)
"""


@dataclass(frozen=True)
class Misspelt:
    """A name with one edit, the city it was made of, and the kind of edit."""

    text: str
    gid: str
    kind: str


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that a piece of work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def lookups(names: Sequence[str]) -> None:
    """Print lookups a second: names never asked before, the same again, names that are unknown."""
    path = ensure_index()
    keys = [name_key(name) for name in names]
    db = connect(path)
    for key in keys:  # so that the file is in memory for both
        db.execute(_SELECT, (key,)).fetchall()
    bare = seconds(lambda: [db.execute(_SELECT, (key,)).fetchall() and None for key in keys])
    db.close()
    with Gazetteer.open() as places:
        fresh = seconds(lambda: [places.lookup(name) and None for name in names])
        begun = time.perf_counter()
        with Gazetteer.open() as other:
            other.lookup("Mosul")
            begun = time.perf_counter()
            for name in names:
                other.lookup(name)
            by_clock = time.perf_counter() - begun
        cached = seconds(lambda: [places.lookup(name) and None for name in names])
        wrong = [f"{name}qz" for name in names[:UNKNOWN]]
        unknown = seconds(lambda: [places.lookup(name) for name in wrong])
    rows = [
        ("bare select by key", bare, len(names)), ("distinct names, each once", fresh, len(names)),
        ("the same by the clock", by_clock, len(names)), ("the same names again", cached, len(names)),
        ("unknown names (all ways to read them)", unknown, len(wrong)),
    ]  # fmt: skip
    print_table(
        "lookups | a second | us each | of the bare select's rate",
        [
            (
                what,
                f"{count / took:,.0f}",
                f"{took / count * 1e6:.1f}",
                f"{bare / len(names) * count / took:.2f}",
            )
            for what, took, count in rows
        ],
    )


def index_facts() -> None:
    """Print the size of the file and of its parts, and how long opening takes."""
    path = ensure_index()
    command = [sys.executable, "-c", _OPEN]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(TRIES)]
    opening, first = (min(float(run.split()[column]) for run in runs) for column in (0, 1))
    print(f"Index {path.stat().st_size / 1e6:.0f} MB; opening {opening:.0f} ms, first lookup {first:.1f} ms.")
    db = connect(path)
    try:
        parts = db.execute("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    except sqlite3.OperationalError:
        return  # a SQLite without it
    finally:
        db.close()
    print("Of it: " + ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in parts if size > 1e6) + ".")


def misspelt(name: str, gid: str, chance: random.Random) -> Misspelt:
    """Return a name with one letter left out, added, changed or swapped with the next."""
    at = chance.randrange(len(name) - 1)
    letter = chance.choice(string.ascii_lowercase)
    kind, text = chance.choice([
        ("left out", name[:at] + name[at + 1 :]),
        ("added", name[:at] + letter + name[at:]),
        ("changed", name[:at] + letter + name[at + 1 :]),
        ("swapped", name[:at] + name[at + 1] + name[at] + name[at + 2 :]),
    ])  # fmt: skip
    return Misspelt(text, gid, kind)


def spelling(count: int) -> None:
    """Print how often the right city is among the suggestions for its misspelt name, and how long that takes."""
    chance = random.Random(20240229)
    with Gazetteer.open() as places:
        cities = places.query(
            "SELECT name, gid FROM places WHERE feature = 'city' AND population >= ?", (LEAST_PEOPLE,)
        )
        made = [misspelt(name, gid, chance) for name, gid in chance.sample(cities, min(count, len(cities)))]
        asked = [item for item in made if name_key(item.text) and not places.knows(item.text)]
        print(
            f"{len(made)} misspelt cities of {LEAST_PEOPLE:,} people or more; {len(made) - len(asked)} are names themselves."
        )
        ranks, times = [], []
        for item in asked:
            begun = time.process_time()
            found = [each.hit.place.gid for each in places.suggest(item.text, SHOWN)]
            times.append(time.process_time() - begun)
            ranks.append(found.index(item.gid) if item.gid in found else SHOWN)
        rows = []
        for kind in ("left out", "added", "changed", "swapped", "all"):
            own = [rank for rank, item in zip(ranks, asked, strict=True) if kind in (item.kind, "all")]
            rows.append((kind, len(own), f"{_share(own, 1):.3f}", f"{_share(own, SHOWN):.3f}"))
        print_table(f"one letter | names | first | among {SHOWN}", rows)
        times.sort()
        mean, late = sum(times) / len(times) * 1000, times[int(len(times) * 0.95)] * 1000
        _scan(places, asked[:SCANNED], ranks[:SCANNED], mean, late)


def _share(ranks: Sequence[int], within: int) -> float:
    return sum(rank < within for rank in ranks) / max(len(ranks), 1)


def _scan(
    places: Gazetteer, asked: Sequence[Misspelt], ranks: Sequence[int], mean: float, late: float
) -> None:
    """Print the same for a comparison with every key, on fewer names."""
    keys = [key for (key,) in places.query("SELECT DISTINCT key FROM skeletons", ())]
    found = 0
    begun = time.process_time()
    for item in asked:
        near = extract(name_key(item.text), keys, scorer=OSA.distance, score_cutoff=2, limit=50)
        hits = [
            (distance, -hit.place.population, hit.place.gid)
            for key, distance, _ in near
            for hit in places.lookup(key)
        ]
        found += item.gid in list(dict.fromkeys(gid for *_, gid in sorted(hits)))[:SHOWN]
    scan = (time.process_time() - begun) / len(asked) * 1000
    print(
        f"A suggestion: {mean:.1f} ms (95 %: {late:.1f}); all {len(keys):,} keys compared {scan / mean:.0f} times that."
        f"\nAmong {SHOWN} on the first {len(asked)}: {_share(ranks, SHOWN):.2f}, by comparison {found / len(asked):.2f}."
    )


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(
        description="How fast the gazetteer is, and what it makes of misspelt names."
    )
    parser.add_argument("--misspelt", type=int, default=2_000, help="how many misspelt names to try")
    count = parser.parse_args().misspelt
    index_facts()
    with Gazetteer.open() as places:
        texts = [text for (text,) in places.query("SELECT DISTINCT text FROM names WHERE kind < 2", ())]
    names = random.Random(7).sample(texts, NAMES)
    del texts
    lookups(names)
    spelling(count)


if __name__ == "__main__":
    main()
