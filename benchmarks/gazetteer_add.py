"""Add a generated dump of GeoNames' format to the gazetteer: rows a second, memory, size, opening and lookup.

python benchmarks/gazetteer_add.py --rows 2000000
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from standoff.gazetteer import Gazetteer
from standoff.gazetteer.layers import add_layer

SYLLABLES = "al bar dar kha tel mar sur qam deir jis nab rif san tay zor hum wad ras ain bir".split()
SEED = 7
LOOKUPS = 2_000


def name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(3, 6))).capitalize()


def write_dump(path: Path, rows: int) -> None:
    """Write villages with two other names each, one of them in Arabic letters; a few lines are broken."""
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8") as out:
        for number in range(rows):
            lat, lon = chance.uniform(-60, 75), chance.uniform(-179, 179)
            first, second = name(chance), name(chance)
            arabic = "".join(chr(0x0628 + ord(char) % 20) for char in second)
            people = 0 if number % 3 else chance.randint(1, 50_000)
            out.write(
                f"{20_000_000 + number}\t{first}\t{first}\t{second},{arabic}\t{lat:.5f}\t{lon:.5f}\tP\tPPL\tSY\t\t11\t\t\t\t"
                f"{people}\t\t\tAsia/Damascus\t2024-01-01\n"
            )
            if number % 100_000 == 5:
                out.write("a broken line\n")


def peak_mb() -> float:
    """Return the largest resident memory of this process so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument(
        "--folder", type=Path, help="where to write the file and the layer; by default temporary"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as place:
        dump = Path(place, "generated.txt")
        write_dump(dump, options.rows)
        before = peak_mb()
        begun, busy = time.perf_counter(), time.process_time()
        layer = add_layer(dump, data_dir=Path(place))
        seconds, busy = time.perf_counter() - begun, time.process_time() - busy
        print(
            f"rows         {layer.rows:,} ({layer.skipped} skipped) from {dump.stat().st_size / 1e6:,.0f} MB"
        )
        print(f"adding       {seconds:.1f} s, {layer.rows / seconds:,.0f} rows/s")
        print(f"processor    {busy:.1f} s, {layer.rows / busy:,.0f} rows/s were it ours alone")
        print(f"peak RSS     {peak_mb():,.0f} MB ({before:,.0f} MB before)")
        print(f"layer        {layer.path.stat().st_size / 1e6:,.0f} MB")
        Gazetteer.open(data_dir=Path(place)).close()  # builds the index, if it is not there
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            gazetteer = Gazetteer.open(data_dir=Path(place))
            times.append(time.perf_counter() - begun)
            gazetteer.close()
        print(f"opening      {min(times) * 1e3:.1f} ms")
        for label, data in (("with", Path(place)), ("without", Path(place, "none"))):
            chance = random.Random(SEED)
            with Gazetteer.open(data_dir=data) as gazetteer:
                begun = time.perf_counter()
                for _ in range(LOOKUPS):
                    gazetteer.lookup(name(chance))
                spent = time.perf_counter() - begun
            print(f"lookup       {spent / LOOKUPS * 1e3:.2f} ms {label} the layer, each name once or twice")


if __name__ == "__main__":
    main()
