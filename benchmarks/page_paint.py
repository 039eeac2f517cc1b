"""How soon a saved page is there: first paint, and shapes drawn, in Chromium, against an empty page.

    python benchmarks/page_paint.py [SEED...] [--events 5000] [--runs 5]

Milliseconds from the start of the navigation, medians of several fresh loads of a file from disk with no
network; in brackets the worst. The baseline in the same run is a page that holds one word.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

import standoff
from common import CHECKOUT
from standoff import maps

sys.path.insert(0, str(CHECKOUT / "tests"))

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
# Shapes of one report are there with the page; the rows of a table of events come with its shapes.
DRAWN = (
    "document.querySelector('.sd-rows tbody tr') ? performance.now() : document.querySelector('path.sd-shape, .sd-glyph')"
    " ? performance.timing.loadEventEnd - performance.timing.navigationStart : null"
)


def main() -> None:
    """Print a row a page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seeds", nargs="*", type=Path)
    parser.add_argument("--events", type=int, default=5_000, help="of the synthetic reading; 0 leaves it out")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chosen.chromium, args=list(QUIET))
        print(f"{'page':32} {'kB':>6} {'first paint, ms':>18} {'shapes there, ms':>18} {'of empty':>9}")
        baseline = None
        for name, page in pages(Path(folder), chosen):
            paints, drawn = loads(browser, page, chosen.runs, empty=name == "empty")
            baseline = baseline or statistics.median(paints)
            shapes = f"{statistics.median(drawn):.0f} ({max(drawn):.0f})" if drawn else "-"
            ratio = statistics.median(paints) / baseline
            paint = f"{statistics.median(paints):.0f} ({max(paints):.0f})"
            print(f"{name:32} {page.stat().st_size / 1000:6.0f} {paint:>18} {shapes:>18} {ratio:8.1f}x")
        browser.close()


def pages(folder: Path, chosen: Any) -> Iterator[tuple[str, Path]]:
    """Yield the empty page, one a seed, and one of many events."""
    empty = folder / "empty.html"
    empty.write_text("<!DOCTYPE html><title>Empty</title><p>Empty", encoding="utf-8")
    yield "empty", empty
    for seed in chosen.seeds or sorted((CHECKOUT / "seeds").glob("*.md")):
        yield seed.stem, standoff.read(seed).save(folder / f"{seed.stem}.html")
    if chosen.events:
        import map_samples

        made = maps.of_events(map_samples.many(chosen.events))
        yield f"{chosen.events:,} events", maps.save(made, folder / "many.html")


def loads(browser: Browser, page: Path, runs: int, *, empty: bool) -> tuple[list[float], list[float]]:
    """Return when each load painted first and when its shapes were there; one load before is not counted."""
    paints, drawn = [], []
    for run in range(runs + 1):
        context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
        tab = context.new_page()
        tab.goto(page.as_uri(), wait_until="load")
        paint, shapes = awaited(tab, PAINT), None if empty else awaited(tab, DRAWN)
        if run:
            paints.append(paint)
            drawn += [] if shapes is None else [shapes]
        context.close()
    return paints, drawn


def awaited(tab: Page, expression: str) -> float:
    """Return what an expression gives once it is there: to wait for it in the page is more than its policy allows."""
    while (found := tab.evaluate(expression)) is None:
        tab.wait_for_timeout(10)
    return float(found)


if __name__ == "__main__":
    main()
