"""Seconds to import, to read first and to read again, beside the bare spaCy pipeline; memory; sizes of pages; hard inputs.

Each figure is from a process of its own, so that nothing is warm; the gazetteer's index must
be built before (`standoff gazetteer build`). Times on a shared machine vary: the best of three.
Hard inputs (`hard_inputs.py`) are read at a size and at twice that size: a ratio near 2 is linear, near 4 quadratic.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from common import CHECKOUT, print_table
from hard_inputs import HARD

TRIES, ROUNDS = 3, 5
SEEDS = CHECKOUT / "seeds"

_IMPORT = """
import json, resource, sys, time
begun = time.perf_counter()
import standoff
took = time.perf_counter() - begun
print(json.dumps({"import_s": took}))
"""
_READ = """
import json, resource, sys, tempfile, time
from pathlib import Path
begun = time.perf_counter()
import standoff
files = sorted(Path(sys.argv[1]).glob("*.md"))
first = standoff.read(files[0])
first_s = time.perf_counter() - begun
begun = time.perf_counter()
first.save(Path(tempfile.mkdtemp()) / "map.html")
map_s = time.perf_counter() - begun
rounds, pages, sizes = [], {}, {}
for _ in range(int(sys.argv[2])):
    for file in files:
        begun = time.perf_counter()
        reading = standoff.read(file)
        sizes.setdefault(file.name, []).append(time.perf_counter() - begun)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
folder = Path(tempfile.mkdtemp())
for file in files:
    begun = time.perf_counter()
    page = standoff.read(file).save(folder / f"{file.stem}.html")
    pages[file.name] = [page.stat().st_size, time.perf_counter() - begun]
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"first_s": first_s, "map_s": map_s, "each_s": {n: min(t) for n, t in sizes.items()},
                  "slowest_s": {n: max(t) for n, t in sizes.items()}, "pages": pages,
                  "read_peak_kb": peak, "map_peak_kb": after}))
"""
_BARE = """
import json, resource, sys, time
from pathlib import Path
begun = time.perf_counter()
import spacy
from standoff.report import read_report
from standoff.settings import Settings
nlp = spacy.load(Settings.of().pipeline)
texts = {f.name: read_report(f).text for f in sorted(Path(sys.argv[1]).glob("*.md"))}
nlp(next(iter(texts.values())))
first_s = time.perf_counter() - begun
each, tokens = {}, {}
for _ in range(int(sys.argv[2])):
    for name, text in texts.items():
        begun = time.perf_counter()
        tokens[name] = len(nlp(text))
        each.setdefault(name, []).append(time.perf_counter() - begun)
print(json.dumps({"first_s": first_s, "each_s": {n: min(t) for n, t in each.items()}, "tokens": tokens,
                  "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


_HARD = """
import json, sys, tempfile, time, warnings
from pathlib import Path
import standoff
warnings.simplefilter("ignore")
page = Path(tempfile.mkdtemp()) / "map.html"
standoff.read_text("A truck was hit 24 miles from Aleppo on Tuesday.").save(page)
for text in json.load(sys.stdin):
    begun = time.perf_counter()
    reading = standoff.read_text(text)
    read_s = time.perf_counter() - begun
    reading.save(page)
    print(json.dumps([len(text), read_s, time.perf_counter() - begun - read_s]), flush=True)
"""


def hard_rows(limit_s: float) -> Iterator[tuple[object, ...]]:
    """Yield a row for each hard input, read at two sizes in a process of its own."""
    for name, (make, size) in HARD.items():
        texts = json.dumps([make(size), make(2 * size)])
        command = [sys.executable, "-c", _HARD]
        try:
            output = subprocess.run(
                command, input=texts, check=True, capture_output=True, text=True, timeout=limit_s
            ).stdout
        except subprocess.TimeoutExpired:
            yield (name, f"over {limit_s:.0f} s", "", "", "", "", "")
            continue
        (chars, first, drawn), (more, second, redrawn) = map(json.loads, output.splitlines())
        yield (
            name, chars, f"{first:.2f}", f"{first / chars * 1e4:.2f}", f"{second / more * 1e4:.2f}",
            f"{second / first:.1f}", f"{drawn:.2f}, {redrawn:.2f}",
        )  # fmt: skip


def run(code: str, seeds: Path) -> list[dict[str, object]]:
    """Run a script in new processes; return what each printed."""
    command = [sys.executable, "-c", code, str(seeds), str(ROUNDS)]
    outputs = (
        subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(TRIES)
    )
    return [json.loads(output.splitlines()[-1]) for output in outputs]


def best(runs: list[dict[str, object]], key: str) -> float:
    """Return the smallest of one figure over the tries."""
    return min(float(str(each[key])) for each in runs)


def main() -> None:
    """Measure what was asked for, print the tables."""
    parser = argparse.ArgumentParser(description="How long reading takes.")
    parser.add_argument("seeds", type=Path, nargs="?", default=SEEDS, help="a folder of .md reports")
    parser.add_argument("--hard", action="store_true", help="hard inputs alone")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds for a hard input at both sizes")
    chosen = parser.parse_args()
    seeds = chosen.seeds
    if not chosen.hard:
        ordinary(seeds)
    print_table(
        "hard input | characters | read s | s per 10 kB | the same, twice the size | ratio | page s, both",
        list(hard_rows(chosen.limit)),
    )


def ordinary(seeds: Path) -> None:
    """Measure imports, first and later readings of ordinary reports; print the tables."""
    if not list(seeds.glob("*.md")):
        sys.exit(f"there are no .md reports in {seeds}: give their folder as the first argument")
    imports, reads, bares = run(_IMPORT, seeds), run(_READ, seeds), run(_BARE, seeds)
    print_table(
        "what | seconds, best of 3 | worst of 3",
        [
            ("import standoff", *_both(imports, "import_s")),
            ("import and first reading", *_both(reads, "first_s")),
            ("its map, saved (first)", *_both(reads, "map_s")),
            ("bare pipeline: import, load, first text", *_both(bares, "first_s")),
        ],
    )
    rows, ours, theirs = [], 0.0, 0.0
    for name, tokens in dict(bares[0]["tokens"]).items():  # type: ignore[call-overload]
        read = min(each["each_s"][name] for each in reads)  # type: ignore[index]
        slow = max(each["slowest_s"][name] for each in reads)  # type: ignore[index]
        bare = min(each["each_s"][name] for each in bares)  # type: ignore[index]
        size, drawn = reads[0]["pages"][name]  # type: ignore[index]
        ours, theirs = ours + read, theirs + bare
        rows.append((
            name, tokens, f"{read:.3f}", f"{slow:.3f}", f"{bare:.3f}", f"{read / bare:.1f}", f"{size / 1000:.0f}",
            f"{drawn:.2f}",
        ))  # fmt: skip
    print_table("report | tokens | read s | slowest s | bare s | ratio | page kB | read and page s", rows)
    print(
        f"All: {ours:.2f} s against {theirs:.2f} s of the bare pipeline, {ours / theirs:.1f} times as long."
    )
    print(
        f"Peak memory: {best(reads, 'read_peak_kb') / 1000:.0f} MB reading, {best(reads, 'map_peak_kb') / 1000:.0f} MB"
        f" with all maps, {best(bares, 'peak_kb') / 1000:.0f} MB bare pipeline."
    )


def _both(runs: list[dict[str, object]], key: str) -> tuple[str, str]:
    values = [float(str(each[key])) for each in runs]
    return f"{min(values):.2f}", f"{max(values):.2f}"


if __name__ == "__main__":
    main()
