"""What is read in annotated sentences: precision and recall by kind of statement, and drawings of what has no place.

The sets are those of tests/extract (sentences*.yaml); more files of their form can be given. A
wanted relation is found when one fits in all that the annotation says: kind, anchor, numbers,
direction, zone. A relation with a number is right when it fits a wanted one.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from common import CHECKOUT, print_table

sys.path.insert(0, str(CHECKOUT / "tests"))
from careful import THURSDAY, Look, differences, reading_of

Case = dict[str, Any]


def first_kind(wanted: Case) -> str:
    """Return the kind of a wanted relation, the first where several would do."""
    kind = wanted["kind"]
    return str(kind[0] if isinstance(kind, list) else kind)


class Tally:
    """Counts over the cases of one file."""

    def __init__(self) -> None:
        self.wanted: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.cases: Counter[str] = Counter()
        self.passed: Counter[str] = Counter()
        self.drawn_without_place = 0

    def add(self, case: Case) -> None:
        """Count one case."""
        reading = reading_of(case["text"], case.get("published", THURSDAY))
        look = Look(reading)
        relations = case.get("relations", [])
        for wanted in relations:
            self.wanted[first_kind(wanted)] += 1
            self.found[first_kind(wanted)] += not look.best(wanted, look.record.relations)[1]
        for relation in look.metric():
            self.given[relation.kind] += 1
            fits = (not look.misfits({**wanted, "kind": [relation.kind]}, relation) for wanted in relations)
            self.right[relation.kind] += any(fits)
            if case["group"] == "negative" and not relations and relation.footprint:
                self.drawn_without_place += 1
        self.cases[case["group"]] += 1
        self.passed[case["group"]] += not differences(case, reading)


def share(part: int, whole: int) -> str:
    """Return a share, or a dash of nothing."""
    return f"{part / whole:.3f}" if whole else "-"


def measure(path: Path) -> None:
    """Print the figures of one file."""
    cases: list[Case] = yaml.safe_load(path.read_text(encoding="utf-8"))
    tally = Tally()
    for case in cases:
        tally.add(case)
    print(f"## {path.name}: {len(cases)} cases, {sum(tally.passed.values())} read in full\n")
    kinds = sorted({*tally.wanted, *tally.given})
    rows = [
        (
            k,
            tally.wanted[k],
            share(tally.found[k], tally.wanted[k]),
            tally.given[k],
            share(tally.right[k], tally.given[k]),
        )
        for k in kinds
    ]
    total = [sum(counts.values()) for counts in (tally.wanted, tally.found, tally.given, tally.right)]
    rows.append(("all", total[0], share(total[1], total[0]), total[2], share(total[3], total[2])))
    print_table("kind | wanted | recall | with a number | precision of those", rows)
    print("read in full, by group:", ", ".join(f"{g} {tally.passed[g]}/{n}" for g, n in tally.cases.items()))
    print(f"shapes drawn for distances without a place: {tally.drawn_without_place}\n")


def main() -> None:
    """Measure the sets of the tests, or the files given."""
    given = [Path(each) for each in sys.argv[1:]]
    for path in given or sorted((CHECKOUT / "tests" / "extract").glob("sentences*.yaml")):
        measure(path)


if __name__ == "__main__":
    main()
