"""Events of short reports against the rows of a careful reader: precision, recall, accuracy by field.

python benchmarks/events.py                      # data/gold/events_*.yaml
python benchmarks/events.py FILE.yaml ... [-v]   # others in the same format
"""

from __future__ import annotations

import sys
from pathlib import Path

from standoff.evaluate import gold_events
from standoff.evaluate.event_rows import FIELDS, reports, score
from standoff.gazetteer import Gazetteer


def main(arguments: list[str]) -> None:
    """Print the figures; with -v what is amiss, too."""
    files = [Path(each) for each in arguments if not each.startswith("-")]
    every = reports(*files) if files else gold_events()
    with Gazetteer.open() as gazetteer:
        total, amiss = score(every, gazetteer)
    if "-v" in arguments:
        for name, lines in amiss.items():
            print(f"== {name}")
            print(*(f"   {line}" for line in lines), sep="\n")
    print(f"{len(every)} reports, {total.found + total.missed} events")
    print(f"events: recall {total.recall:.3f}, precision {total.precision:.3f}, F1 {total.f1:.3f}")
    for name in FIELDS:
        if total.asked[name]:
            print(f"{name:10s} {total.share(name):.3f} of {total.asked[name]}")


if __name__ == "__main__":
    main(sys.argv[1:])
