"""How many sentences a second the reading of where takes on top of the spaCy pipeline, component by component.

Seconds of the processor, so that other work on the machine counts less. Documents are those of
the toponym sets; without them, the seeds.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from common import CHECKOUT, arguments, print_table
from standoff.gazetteer import Gazetteer
from standoff.model import Report
from standoff.pipeline import COMPONENTS, _pipeline, parse
from standoff.report import read_report, report_from_text
from standoff.settings import Settings

WARM = 3  # documents read before the clock starts


def documents(folder: Path) -> list[Report]:
    """Return the reports to read."""
    files = sorted(folder.glob("toponyms_*.jsonl"))
    if files:
        return [
            report_from_text(json.loads(line)["text"])
            for file in files
            for line in file.open(encoding="utf-8")
        ]
    return [read_report(path) for path in sorted((CHECKOUT / "seeds").glob("*.md"))]


def main() -> None:
    """Time the components."""
    wanted = arguments(
        "Sentences a second.", documents={"type": int, "default": 100, "help": "how many, evenly taken"}
    )
    every = documents(wanted.folder)
    chosen = every[:: max(len(every) // wanted.documents, 1)][: wanted.documents]
    if not chosen:
        sys.exit("there is nothing to read")
    name = Settings.of().pipeline
    nlp = _pipeline(name)
    spent: dict[str, float] = dict.fromkeys(["spaCy", *COMPONENTS], 0.0)
    sentences = 0
    with Gazetteer.open() as gazetteer:
        for number, report in enumerate([*chosen[:WARM], *chosen]):
            begun = time.process_time()
            doc = parse(report, name, gazetteer)
            marks = [("spaCy", time.process_time() - begun)]
            for component in COMPONENTS:
                begun = time.process_time()
                doc = nlp.get_pipe(component)(doc)
                marks.append((component, time.process_time() - begun))
            if number >= WARM:
                sentences += len(list(doc.sents))
                for what, seconds in marks:
                    spent[what] += seconds
    ours = sum(spent.values()) - spent["spaCy"]
    rows = [
        (what, f"{s:.2f}", f"{sentences / s:,.0f}" if s else "-", f"{s / spent['spaCy']:.2f}")
        for what, s in spent.items()
    ]
    rows.append(("all of ours", f"{ours:.2f}", f"{sentences / ours:,.0f}", f"{ours / spent['spaCy']:.2f}"))
    print(f"{len(chosen)} documents, {sentences} sentences; seconds of the processor.\n")
    print_table("component | seconds | sentences a second | of spaCy's time", rows)


if __name__ == "__main__":
    main()
