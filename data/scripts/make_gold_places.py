"""Makes data/gold/places.jsonl: marked reports with positions from the gazetteer, for `standoff evaluate`.

python data/scripts/make_gold_places.py

The marks in places.txt say which place is meant by its country and kind. Where the gazetteer has several of that name,
country and kind, the most populous one is taken, and printed for a reader to see.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from standoff.gazetteer import Gazetteer
from standoff.model import Place

GOLD = Path(__file__).parents[1] / "gold"
_MARK = re.compile(r"\[([^|\]]+)\|([a-z]+)(?:\|([^\]]+))?\]")
_HEAD = re.compile(r"== (\S+) \|(.*)")


def place_of(words: str, which: str, gazetteer: Gazetteer) -> Place | None:
    """Return the place that a mark means; None where it gives no position."""
    country, _, feature = which.partition(" ")
    if which == "*":
        return None
    if not feature:
        return next(hit.place for hit in gazetteer.lookup(words, 500) if hit.place.gid == which)
    found = [
        hit.place for hit in gazetteer.lookup(words, 500)
        if hit.place.feature == feature and country in ("*", hit.place.country)
    ]  # fmt: skip
    if not found:
        others = [
            (hit.place.name, hit.place.country, hit.place.feature) for hit in gazetteer.lookup(words, 6)
        ]
        msg = f"{words}: no {which} of that name; there are {others}"
        raise SystemExit(msg)
    best = max(found, key=lambda place: place.population)
    if len(found) > 1:
        sys.stderr.write(f"{words}: {best.gid} of {[(p.gid, p.name, p.population) for p in found]}\n")
    return best


def report_of(name: str, publisher: str, marked: str, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return a report as the JSON lines have it."""
    text, toponyms, others, end = "", [], [], 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        words, kind, which = mark.groups()
        span = {"start": len(text), "end": len(text) + len(words)}
        if kind == "none":
            others.append(span)
        else:
            place = place_of(words, which, gazetteer)
            where = {"lat": place.lat, "lon": place.lon} if place else {"lat": None, "lon": None}
            gid = place.gid.removeprefix("geonames:") if place and place.gid.startswith("geonames:") else None
            toponyms.append(span | {"kind": kind} | where | {"geonameid": gid})
        text += words
        end = mark.end()
    text += marked[end:]
    return {
        "id": name,
        "publisher": publisher or None,
        "text": text,
        "toponyms": toponyms,
        "no_places": others,
    }


def reports(gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Return all reports of places.txt."""
    found = []
    for block in (GOLD / "places.txt").read_text(encoding="utf-8").split("\n\n"):
        head, _, body = block.strip().partition("\n")
        match = _HEAD.fullmatch(head)
        if match:
            found.append(report_of(match[1], match[2].strip(), body.strip(), gazetteer))
    return found


def main() -> None:
    """Write the file."""
    with Gazetteer.open() as gazetteer:
        lines = [json.dumps(report, ensure_ascii=False) for report in reports(gazetteer)]
    (GOLD / "places.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
