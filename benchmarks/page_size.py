"""How large a saved page is, part by part: each seed's, one of thousands of events, one of a long report.

    python benchmarks/page_size.py [SEED...] [--events 5000] [--statements 2000]

Kilobytes of the file, uncompressed, and of the whole as gzip would send it. Our scripts and styles and Leaflet's
are the same on every page; the basemap, the shapes (with what their popups say) and the panel are the report's.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import standoff
from standoff import maps
from standoff.maps.page import leaflet_css, leaflet_js

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

PARTS = ("Leaflet", "scripts", "styles", "basemap", "shapes", "panel", "other")
_BLOCK = re.compile(r"<(script|style)([^>]*)>\n?(.*?)\n?</\1>", re.DOTALL)
_DATA = re.compile(r'id="([a-z_]+?)_[0-9a-f]+_data"')
_OF = {
    "offline_basemap": "basemap",
    "footprint_shape": "shapes",
    "event_layer": "shapes",
    "report_panel": "panel",
}


def parts_of(page: str) -> Counter[str]:
    """Return the bytes of each part of a page."""
    sizes: Counter[str] = Counter()
    for tag, attributes, content in _BLOCK.findall(page):
        data = _DATA.search(attributes)
        if content.strip() in (leaflet_js().strip(), leaflet_css().strip()):
            part = "Leaflet"
        elif data:
            part = _OF.get(data[1], "other")
        else:
            part = "styles" if tag == "style" else "scripts"
        sizes[part] += len(content.encode("utf-8"))
    sizes["other"] += len(page.encode("utf-8")) - sizes.total()
    return sizes


def pages(chosen: Any) -> Iterator[tuple[str, str]]:
    """Yield each page with its name."""
    for seed in chosen.seeds or sorted((ROOT / "seeds").glob("*.md")):
        yield seed.stem, standoff.read(seed).map().get_root().render()
    if chosen.events:
        import map_samples

        yield f"{chosen.events:,} events", maps.of_events(map_samples.many(chosen.events)).get_root().render()
    if chosen.statements:
        import map_samples

        report, record = map_samples.long_report(chosen.statements)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the page leaves out; the page says it, too
            yield f"report of {chosen.statements:,} events", maps.build(report, record).get_root().render()


def main() -> None:
    """Print a row a page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seeds", nargs="*", type=Path)
    parser.add_argument("--events", type=int, default=5_000, help="of a table of events; 0 leaves it out")
    parser.add_argument("--statements", type=int, default=2_000, help="of one report; 0 leaves it out")
    chosen = parser.parse_args()
    print(f"{'page':26} {'kB':>7} {'gzip':>6}  " + " ".join(f"{part:>8}" for part in PARTS))
    for name, page in pages(chosen):
        sizes, whole = parts_of(page), page.encode("utf-8")
        row = " ".join(f"{sizes[part] / 1000:8.1f}" for part in PARTS)
        print(f"{name:26} {len(whole) / 1000:7.1f} {len(gzip.compress(whole, mtime=0)) / 1000:6.1f}  {row}")


if __name__ == "__main__":
    main()
