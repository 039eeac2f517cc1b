"""GeoNames' dumps of countries, fetched for those who have a network and ask for them.

pooch keeps the download apart until it is whole, `standoff.network.Door` is the way out: one
request at a time, with a pause between, a limit of size, and our name on it. What came of a
download that broke off stays for a day, and the next call goes on from there.
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock, Timeout
from geopy.adapters import AdapterHTTPError
from geopy.exc import GeopyError

from standoff.errors import GazetteerError, NetworkError
from standoff.gazetteer.index import cache_folder
from standoff.gazetteer.layers import FETCHING, Layer, add_layer, layers_folder
from standoff.gazetteer.sources import read_csv
from standoff.network import Door, Turns

GEONAMES_URL = "https://download.geonames.org/export/dump/"
URL_VARIABLE = "STANDOFF_GEONAMES_URL"
WORLD = "allCountries"
MAX_BYTES = 1_000_000_000  # allCountries.zip is 400 MB
TIMEOUT_S = 60.0
_NOT_FOUND = 404


def fetch_layers(
    codes: Sequence[str],
    *,
    base_url: str | None = None,
    data_dir: Path | None = None,
    cache_dir: Path | None = None,
    max_bytes: int = MAX_BYTES,
    turns: Turns | None = None,
    progress: bool = False,
    done: Callable[[Layer], object] | None = None,
) -> list[Layer]:
    """Fetch GeoNames' dumps of countries and add them, one layer each: ``geonames-sy``.

    Parameters
    ----------
    codes : sequence of str
        ISO 3166-1 alpha-2 codes, or "allCountries". All are checked before anything is asked for.
    base_url : str, optional
        The folder of the dumps; by default $STANDOFF_GEONAMES_URL or that of GeoNames.
    data_dir, cache_dir : Path, optional
        As `Gazetteer.open` has them.
    max_bytes : int
        Give up on a larger file.
    turns : Turns, optional
        For tests: how to wait.
    progress : bool
        Show bars on the terminal.
    done : callable
        Told of each layer when it is added.

    Raises
    ------
    GazetteerError
        If a code is none of a country, or what came is no dump; layers that were added stay.
    NetworkError
        If a file cannot be fetched.
    """
    wanted = list(dict.fromkeys(_checked(code) for code in codes))
    base = _base(base_url or os.environ.get(URL_VARIABLE) or GEONAMES_URL)
    turns = turns or Turns(cache_folder(cache_dir))
    door = Door(proxies=None, ssl_context=None, turns=turns)
    layers = []
    for code in wanted:
        layer = _fetched(f"{base}{code}.zip", code, door, data_dir, max_bytes, progress=progress)
        if done is not None:
            done(layer)
        layers.append(layer)
    return layers


def _fetched(
    url: str, code: str, door: Door, data_dir: Path | None, max_bytes: int, *, progress: bool
) -> Layer:
    """Fetch one file and add it; what goes wrong is said in a line."""
    folder = layers_folder(data_dir)
    # In the folder of the layers: that is the disk that was chosen to be large enough.
    part = folder / f"{FETCHING}{code}" / f"{code}.zip.part"
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{part.parent}.lock", timeout=0):
            try:
                return _added(url, part, door, data_dir, max_bytes, progress=progress)
            finally:
                with suppress(OSError):
                    part.parent.rmdir()  # if nothing is left in it
    except Timeout:
        msg = f"{url}: another process is fetching it; nothing was changed"
        raise GazetteerError(msg) from None
    except AdapterHTTPError as error:
        why = "there is no such file" if error.status_code == _NOT_FOUND else f"the server says {error}"
        msg = f"{url}: {why}; nothing was changed"
        raise NetworkError(msg) from error
    except GeopyError as error:
        msg = f"{url}: cannot be fetched: {error}; nothing was changed{_rest(part)}"
        raise NetworkError(msg) from error
    except OSError as error:
        msg = f"cannot keep what is fetched in {folder}: {error.strerror or error}"
        raise GazetteerError(msg) from error


def _added(
    url: str, part: Path, door: Door, data_dir: Path | None, max_bytes: int, *, progress: bool
) -> Layer:
    """Fetch one file and add it. The download is not kept: the layer has its hash and address."""
    import pooch

    pooch.get_logger().setLevel("ERROR")  # it would print the address and the hash at each
    with tempfile.TemporaryDirectory(prefix=FETCHING, dir=part.parents[1]) as place:
        file = Path(place, part.stem)
        with _Bar(file.name, shown=progress) as bar:
            fetcher = _fetcher(door, part, max_bytes, bar)
            pooch.retrieve(url, known_hash=None, fname=file.name, path=place, downloader=fetcher)
        if not zipfile.is_zipfile(file):
            msg = f"{url}: what came is no zip archive; is this the folder of GeoNames' dumps?"
            raise GazetteerError(msg)
        name = f"geonames-{file.stem.lower()}"
        return add_layer(file, name, data_dir=data_dir, source=url, progress=progress)


def _rest(part: Path) -> str:
    if not part.is_file():
        return ""
    return f"; {part.stat().st_size / 1e6:.1f} MB are kept for a day, and the same call goes on from there"


def _fetcher(door: Door, part: Path, max_bytes: int, bar: _Bar) -> Callable[..., None]:
    headers = {"User-Agent": f"standoff/{version('standoff')}"}

    def fetch(url: str, output_file: str, _: Any, check_only: bool = False) -> None:
        del check_only  # part of pooch's interface, never asked for
        os.utime(part.parent)  # not a leftover of days ago
        door.get_file(url, part, most_bytes=max_bytes, timeout=TIMEOUT_S, headers=headers, told=bar.tell)
        part.replace(output_file)

    return fetch


class _Bar:
    """A bar for a download, if it is wanted."""

    def __init__(self, label: str, *, shown: bool) -> None:
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(console=Console(stderr=True), transient=True, disable=not shown)
        self._task = self._bar.add_task(f"Fetching {label}", total=None)

    def __enter__(self) -> _Bar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def tell(self, done: int, total: int | None) -> None:
        self._bar.update(self._task, completed=done, total=total)


def _checked(code: str) -> str:
    if code.lower() == WORLD.lower():
        return WORLD
    if code.upper() in {row["iso"] for row in read_csv("countries.csv")}:
        return code.upper()
    msg = f"{code!r} is no country's code of two letters, such as SY, and not {WORLD}"
    raise GazetteerError(msg)


def _base(url: str) -> str:
    if (
        urlsplit(url).scheme not in ("http", "https")
        or not urlsplit(url).hostname
        or re.search(r"[\s?#]", url)
    ):
        msg = f"{url!r} is no address of a folder; give one that begins with https://"
        raise GazetteerError(msg)
    return url.rstrip("/") + "/"
