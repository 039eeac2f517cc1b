"""Layers: files of places that people add to the gazetteer.

Each is one read-only SQLite file of the same tables as the index, in the user's data folder,
since it cannot be made again from what is installed. It is written under another name and moved
into place when it is whole; a lock keeps two writers of one layer apart.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from platformdirs import user_data_dir

from standoff.errors import GazetteerError
from standoff.files import make_folder
from standoff.gazetteer import index
from standoff.gazetteer.incoming import Incoming, Skipped, Tally, opened
from standoff.gazetteer.rows import NAME_KINDS, PlaceName, PlaceRow

DATA_VARIABLE = "STANDOFF_DATA"
LOCK_SECONDS = 3_600.0  # GeoNames' whole world takes a quarter of an hour
SITES, GEONAMES = "sites", "geonames"  # the kinds of layers
#: What stands in the column ``curated``: 0 and 1 are those of the index.
OWN, DUMP = 2, -1
_HASHED = 1 << 62  # above every number of GeoNames
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_SUFFIX = ".sqlite"
FETCHING = ".fetch-"  # how the folders of downloads begin
_EVERY = 20_000  # rows between two looks at the progress


@dataclass(frozen=True)
class Layer:
    """A file of places that was added to the gazetteer.

    Attributes
    ----------
    name : str
    path : Path
    kind : str
        "sites", an analyst's own, which come first, or "geonames".
    rows : int
        Places in it.
    source : str
        The file it was made from, or the address.
    sha256 : str
        Of that file.
    added : str
        When, ISO 8601, UTC.
    left_out : int
        Rows of no use here: roads, hotels.
    skipped : int
        Rows that could not be read.
    first_skipped : tuple of Skipped
        The first of them, with line and reason.
    fault : str or None
        Why it cannot be used, if it cannot.
    """

    name: str
    path: Path
    kind: str = ""
    rows: int = 0
    source: str = ""
    sha256: str = ""
    added: str = ""
    left_out: int = 0
    skipped: int = 0
    first_skipped: tuple[Skipped, ...] = ()
    fault: str | None = None


def layers_folder(data_dir: Path | None = None) -> Path:
    """Return the folder of the layers: in the folder given, in $STANDOFF_DATA, or in the user's data."""
    chosen = data_dir or os.environ.get(DATA_VARIABLE) or user_data_dir("standoff")
    return Path(chosen) / "layers"


def list_layers(data_dir: Path | None = None) -> list[Layer]:
    """Return all layers by name, damaged ones too."""
    with suppress(FileNotFoundError, NotADirectoryError):
        found = sorted(layers_folder(data_dir).glob(f"*{_SUFFIX}"))
        return [_layer(path) for path in found if _NAME.fullmatch(path.stem)]
    return []


def open_layers(data_dir: Path | None = None, *, progress: bool = False) -> tuple[Layer, ...]:
    """Return the layers, fit to be looked up in; an analyst's own sites first.

    Raises
    ------
    GazetteerError
        If a layer is damaged: its places would be missing without a word.
    """
    layers = list_layers(data_dir)
    for layer in layers:
        if layer.fault:
            msg = f"the layer {layer.name} ({layer.path}) {layer.fault}; {_advice(layer.name)}"
            raise GazetteerError(msg)
        if _meta(layer.path).get("keys") != _keys():
            _make_keys_again(layer, progress=progress)
    return tuple(sorted(layers, key=lambda layer: (layer.kind != SITES, layer.name)))


def add_layer(
    file: Path,
    name: str | None = None,
    *,
    data_dir: Path | None = None,
    source: str | None = None,
    progress: bool = False,
) -> Layer:
    """Add a file of places to the gazetteer, or replace the layer that was made from it.

    Parameters
    ----------
    file : Path
        A dump of GeoNames, GeoJSON, or a CSV with the columns name, lat, lon; also in a zip archive.
    name : str, optional
        What to call the layer; by default as the file, in small letters.
    data_dir : Path, optional
        By default $STANDOFF_DATA or the user's data folder.
    source : str, optional
        What to write down as its origin; by default the path.
    progress : bool
        Show a bar on the terminal.

    Returns
    -------
    Layer
        With the number of rows that could not be read, and why the first of them could not.

    Raises
    ------
    GazetteerError
        If the file cannot be read, or no row of it; if another file's layer has the name, and it
        was not asked for by name; if the folder cannot be written. Earlier layers are then untouched.
    """
    chosen = _checked(name) if name else _name_of(file)
    path = layers_folder(data_dir) / f"{chosen}{_SUFFIX}"
    origin = source or str(file.absolute())
    with opened(file) as incoming, _locked(path, chosen):
        if name is None and path.exists():
            _check_same_origin(path, chosen, origin)
        _remove_leftovers(path.parent)
        tally = Tally()
        kind, rows = _rows(incoming, tally, file)
        facts = {
            "kind": kind, "source": origin, "sha256": _sha256(file), "keys": _keys(),
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
        }  # fmt: skip
        shown = _shown(rows, incoming, progress=progress)
        index.write_whole(path, lambda db: _fill(db, shown, facts, tally, incoming))
        return _layer(path)


def remove_layer(name: str, data_dir: Path | None = None) -> Path:
    """Remove a layer, and return where it was.

    Raises
    ------
    GazetteerError
        If there is none of the name, or it cannot be removed.
    """
    path = layers_folder(data_dir) / f"{_checked(name)}{_SUFFIX}"
    if not path.exists():
        there = ", ".join(layer.name for layer in list_layers(data_dir)) or "none"
        msg = f"there is no layer {name}; there are: {there}"
        raise GazetteerError(msg)
    with _locked(path, name):
        path.unlink(missing_ok=True)
    return path


def row_number(gid: str) -> int:
    """Return the number of a place in a layer: GeoNames' own, or one made from its identifier.

    It needs no memory of the places before, so that a layer may be larger than the memory.

    Examples
    --------
    >>> row_number("geonames:172344")
    172344
    >>> row_number("own:post-7") == row_number("own:post-7") > 2**62
    True
    """
    source, _, number = gid.partition(":")
    if source == "geonames" and number.isascii() and number.isdecimal() and len(number) <= 15:
        return int(number)
    return _HASHED | int.from_bytes(hashlib.sha256(gid.encode()).digest()[:8]) >> 2


def _fill(
    db: sqlite3.Connection, rows: Iterable[PlaceRow], facts: dict[str, str], tally: Tally, incoming: Incoming
) -> None:
    index.start(db, large=True)
    index.insert(db, rows, row_number, OWN if facts["kind"] == SITES else DUMP)
    if db.execute("SELECT 1 FROM places LIMIT 1").fetchone() is None:
        why = "; ".join(f"{where}: {reason}" for where, reason in tally.first[:2])
        msg = f"{incoming.label}: no row that can be read ({why or 'it is empty'}); nothing was added"
        raise GazetteerError(msg)
    counted = {"left_out": str(tally.left_out), "skipped": str(tally.skipped)}
    index.finish(db, (facts | counted | {"first": json.dumps(tally.first)}).items())


def _rows(incoming: Incoming, tally: Tally, file: Path) -> tuple[str, Iterator[PlaceRow]]:
    """Return what kind of layer a file makes, and its places."""
    from standoff.gazetteer import geonames_dump
    from standoff.gazetteer.own_sites import SiteReader
    from standoff.gazetteer.regions import Regions
    from standoff.gazetteer.sources import with_admin1

    regions = Regions.open()
    if geonames_dump.is_dump(incoming.head):
        day = datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()
        codes = regions.iso_of_geonames_code()
        found = geonames_dump.places(incoming, tally, f"GeoNames ({incoming.label}, {day})", codes)
        return GEONAMES, with_admin1(found, regions)
    reader = SiteReader.of(incoming.label, regions)
    text = incoming.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    found = reader.geojson(incoming, tally) if text[:1] in (b"{", b"[") else reader.csv(incoming, tally)
    return SITES, with_admin1(found, regions)


def _make_keys_again(layer: Layer, *, progress: bool) -> None:
    """Bring a layer of an earlier version to this version's way of writing the keys of names."""
    keys = _keys()

    def write(db: sqlite3.Connection) -> None:
        index.start(db, large=True)
        db.execute("ATTACH ? AS old", (str(layer.path),))
        db.execute("INSERT INTO main.places SELECT * FROM old.places")
        reading = db.cursor()
        names = reading.execute("SELECT DISTINCT place, kind, text FROM old.names")
        while chunk := names.fetchmany(index.CHUNK):
            rows = (
                row
                for place, kind, text in chunk
                for row in index.name_rows(place, [PlaceName(text, NAME_KINDS[kind])])
            )
            db.executemany(index.INSERT_NAME, rows)
        db.commit()
        reading.close()
        kept = [
            (key, value)
            for key, value in _meta(layer.path).items()
            if key not in ("rows", "schema", "complete")
        ]
        db.execute("DETACH old")
        index.finish(db, (dict(kept) | {"keys": keys}).items())

    if progress and sys.stderr.isatty():
        sys.stderr.write(f"Bringing the layer {layer.name} up to date (once)\n")
    try:
        with _locked(layer.path, layer.name):
            if _meta(layer.path).get("keys") != keys:
                index.write_whole(layer.path, write)
    except (GazetteerError, sqlite3.Error, OSError) as error:
        msg = f"the layer {layer.name} is of an earlier version, and some of its names may not be found: {error}"
        warnings.warn(msg, stacklevel=2)


@contextmanager
def _locked(path: Path, name: str) -> Iterator[None]:
    """Hold the lock of a layer while it is written; say what the disk says in a line."""
    try:
        make_folder(path.parent)
        with FileLock(f"{path}.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout:
        msg = f"another process has been writing the layer {name} for an hour; try again when it is done"
        raise GazetteerError(msg) from None
    except (OSError, sqlite3.Error) as error:
        advice = f"{DATA_VARIABLE} chooses another folder, SQLITE_TMPDIR a larger one for what is sorted on the way"
        msg = f"cannot write the layer {name} in {path.parent}: {error}; {advice}"
        raise GazetteerError(msg) from error


def _remove_leftovers(folder: Path) -> None:
    """Remove what those left who were killed while they wrote or fetched, a day ago or more."""
    for left in (*folder.glob(f"*{_SUFFIX}.*.tmp"), *folder.glob(f"{FETCHING}*")):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > index.DAY_S:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def _layer(path: Path) -> Layer:
    if not index.is_whole(path):
        return Layer(path.stem, path, fault="is damaged")
    meta = _meta(path)
    try:
        return Layer(
            path.stem, path, meta["kind"], int(meta["rows"]), meta["source"], meta["sha256"], meta["added"],
            int(meta["left_out"]), int(meta["skipped"]),
            tuple(Skipped(where, reason) for where, reason in json.loads(meta["first"])),
        )  # fmt: skip
    except (KeyError, ValueError, TypeError):
        return Layer(path.stem, path, fault="is damaged")


def _meta(path: Path) -> dict[str, str]:
    with closing(index.connect(path)) as db:
        return dict(db.execute("SELECT key, value FROM meta"))


def _keys() -> str:
    """Return a hash of what decides under which keys a layer's names are found."""
    digest = hashlib.sha256(f"schema {index.SCHEMA_VERSION}".encode())
    for module in index.KEY_MODULES:
        digest.update(Path(index.__file__).with_name(module).read_bytes())
    return digest.hexdigest()[:16]


def _name_of(file: Path) -> str:
    plain = re.sub(r"[^a-z0-9_-]+", "-", file.name.split(".")[0].lower()).strip("-_")
    if not plain:
        msg = f"{file}: no layer can be called so; give it a name: --name sites"
        raise GazetteerError(msg)
    return plain[:60]


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        msg = f"{name!r} cannot be the name of a layer: small letters, digits, - and _, 60 at most"
        raise GazetteerError(msg)
    return name


def _check_same_origin(path: Path, name: str, origin: str) -> None:
    before = _layer(path)
    if before.source and before.source != origin:
        msg = (
            f"there is a layer {name} from {before.source} already; --name {name} replaces it, "
            "another name keeps both"
        )
        raise GazetteerError(msg)


def _advice(name: str) -> str:
    return f"add its file again, or remove it: standoff gazetteer remove {name}"


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _shown(rows: Iterable[PlaceRow], incoming: Incoming, *, progress: bool) -> Iterable[PlaceRow]:
    if not progress or not sys.stderr.isatty():
        return rows
    return _with_bar(rows, incoming)


def _with_bar(rows: Iterable[PlaceRow], incoming: Incoming) -> Iterator[PlaceRow]:
    from rich.console import Console
    from rich.progress import Progress

    tell: Callable[[], Any] = incoming.stream.tell
    with Progress(console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(f"Reading {incoming.label}", total=incoming.size)
        for number, row in enumerate(rows):
            if number % _EVERY == 0:
                with suppress(OSError, ValueError):  # a text wrapper has taken the stream over
                    bar.update(task, completed=tell())
            yield row
        bar.update(task, completed=incoming.size, description=f"Sorting the names of {incoming.label}")
