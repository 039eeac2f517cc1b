"""The index file: every place and name in one read-only SQLite file, built once.

A build writes a temporary file beside the final name and moves it there when it is whole,
so that no reader sees half a file; a lock keeps two builders apart.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from importlib.metadata import version
from itertools import islice
from pathlib import Path, PurePath
from urllib.parse import quote_from_bytes

from filelock import FileLock, Timeout
from platformdirs import user_cache_dir

from standoff.errors import GazetteerError
from standoff.files import make_folder
from standoff.gazetteer.normalise import name_key
from standoff.gazetteer.rows import NAME_KINDS, PlaceName, PlaceRow
from standoff.gazetteer.skeletons import skeleton
from standoff.gazetteer.sources import DATA_FILES, PACKAGES, all_places
from standoff.resources import data_path

SCHEMA_VERSION = 2
CACHE_VARIABLE = "STANDOFF_CACHE"
LOCK_SECONDS = 600
CHUNK = 10_000
MAPPED_BYTES = 2**30
# Those that decide under which keys a name is found: layers follow them.
KEY_MODULES = ("normalise.py", "skeletons.py")
MODULES = ("normalise.py", "skeletons.py", "rows.py", "sources.py", "regions.py", "features.py", "index.py")
DAY_S = 86_400.0
OLD_DAYS = 7.0  # an index that nobody has opened for so long is not missed
_FAST = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; PRAGMA temp_store = {};
PRAGMA cache_size = -64000;
"""
_SCHEMA = """
CREATE TABLE places (
    id INTEGER PRIMARY KEY, gid TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    country TEXT, admin1 TEXT, feature TEXT NOT NULL, population INTEGER NOT NULL, extent_m REAL NOT NULL,
    source TEXT NOT NULL, curated INTEGER NOT NULL
);
CREATE TABLE names (
    key TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (key, place, kind, text)
) WITHOUT ROWID;
CREATE TABLE skeletons (skeleton TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (skeleton, key)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TEMP TABLE unsorted (key TEXT, place INTEGER, kind INTEGER, text TEXT);
"""
_INSERT_PLACE = "INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_NAME = "INSERT INTO unsorted VALUES (?, ?, ?, ?)"
_FINISH = """
INSERT OR IGNORE INTO names SELECT * FROM unsorted ORDER BY key, place, kind, text;
DROP TABLE unsorted;
CREATE UNIQUE INDEX places_gid ON places (gid);
CREATE INDEX places_position ON places (lat, lon);
CREATE INDEX places_country ON places (country) WHERE feature = 'country';
CREATE INDEX places_region ON places (admin1) WHERE feature = 'admin1';
"""
# A key without a skeleton is null, which the column refuses and OR IGNORE leaves out: a WHERE would work each out twice.
_INSERT_SKELETONS = """
INSERT OR IGNORE INTO skeletons SELECT nullif(skeleton(key), '') AS bones, key
    FROM (SELECT DISTINCT key FROM names WHERE kind <> ?) ORDER BY bones, key
"""
_HEADER = b"SQLite format 3\x00"
NameRow = tuple[str, int, int, str]


def cache_folder(cache_dir: Path | None = None) -> Path:
    """Return the folder of the index: the one given, $STANDOFF_CACHE, or the user's cache."""
    chosen = cache_dir or os.environ.get(CACHE_VARIABLE) or user_cache_dir("standoff")
    return Path(chosen)


def fingerprint() -> str:
    """Return a hash of all that an index is made from: packages, data, and the modules that read them."""
    digest = hashlib.sha256(f"schema {SCHEMA_VERSION}".encode())
    for module in MODULES:
        digest.update(Path(__file__).with_name(module).read_bytes())
    for package in PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    for name in DATA_FILES:
        digest.update(hashlib.sha256(data_path(name).read_bytes()).digest())
    return digest.hexdigest()[:16]


def index_path(cache_dir: Path | None = None) -> Path:
    """Return where the index for the installed data is, whether it is built or not."""
    return cache_folder(cache_dir) / f"gazetteer-{fingerprint()}.sqlite"


def ensure_index(cache_dir: Path | None = None, *, progress: bool = False) -> Path:
    """Return the path of a whole index; build it if there is none, or a damaged one.

    Raises
    ------
    GazetteerError
        If the folder cannot be written or the build fails.
    """
    path = index_path(cache_dir)
    if is_whole(path):
        _mark_as_used(path)
        return path
    try:
        make_folder(path.parent)
        with FileLock(f"{path}.lock", timeout=LOCK_SECONDS):
            if not is_whole(path):
                build_index(path, all_places(), progress=progress)
                _remove_old(path)
    except (OSError, sqlite3.Error, TimeoutError) as error:
        advice = f"set {CACHE_VARIABLE} to a folder with 400 MB free"
        msg = f"cannot build the gazetteer in {path.parent}: {error}; {advice}"
        raise GazetteerError(msg) from error
    return path


def _mark_as_used(path: Path) -> None:
    """Set the time of an index, once a day: access times are switched off on many disks."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > DAY_S:
            os.utime(path)


def _remove_old(current: Path) -> None:
    """Remove the indexes of other versions that have not been opened for a week, with their locks."""
    for path in current.parent.glob("gazetteer-*.sqlite"):
        lock = path.with_name(f"{path.name}.lock")
        # Not ours to remove, in use, or held by a builder: left for the next time.
        with suppress(OSError, Timeout):
            if path != current and time.time() - path.stat().st_mtime > OLD_DAYS * DAY_S:
                with FileLock(lock, timeout=0):
                    path.unlink()
                lock.unlink(missing_ok=True)


def connect(path: Path) -> sqlite3.Connection:
    """Open an index read-only. The file never changes in place, so SQLite need not lock it."""
    uri = f"{_sqlite_uri(path.absolute())}?mode=ro&immutable=1"
    db = sqlite3.connect(uri, uri=True, check_same_thread=False)
    db.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")  # pages of the file as they are, without a copy
    return db


def _sqlite_uri(path: PurePath) -> str:
    """Return the URI of an absolute path for SQLite, which refuses the host that ``as_uri`` makes of a share."""
    plain = path.as_posix()
    root = "" if plain.startswith("/") else "/"
    return f"file://{root}{quote_from_bytes(os.fsencode(plain), safe='/:')}"


def is_whole(path: Path) -> bool:
    """Tell whether a file is an index that was built to its end and has not been cut since.

    The header, the length and one probe of each table are read, not every page: a page damaged
    in the middle is noticed when it is used (`Gazetteer` then removes the file).
    """
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
        if header[:16] != _HEADER:
            return False
        page_bytes = int.from_bytes(header[16:18], "big") or 1
        page_bytes = 65_536 if page_bytes == 1 else page_bytes
        if path.stat().st_size != page_bytes * int.from_bytes(header[28:32], "big"):
            return False
        with closing(connect(path)) as db:
            complete = db.execute("SELECT value FROM meta WHERE key = 'complete'").fetchone()
            db.execute("SELECT * FROM names WHERE key = 'a' LIMIT 1").fetchone()
            db.execute("SELECT * FROM places LIMIT 1").fetchone()
    except (OSError, sqlite3.Error):
        return False
    return bool(complete == ("yes",))


def build_index(path: Path, rows: Iterable[PlaceRow], *, progress: bool = False) -> None:
    """Write an index of the given places; on return the file is whole and on disk.

    Where two sources have the same identifier the first one's place stands, under the names of both.
    Call it with the lock of ``path`` held.
    """
    numbers: dict[str, int] = {}

    def number(gid: str) -> int:
        return numbers.setdefault(gid, len(numbers) + 1)

    write_whole(path, lambda db: fill(db, _shown(rows, progress=progress), number))


def write_whole(path: Path, write: Callable[[sqlite3.Connection], None]) -> None:
    """Make a file with the tables of an index; it gets its name when it is whole and on disk.

    Call it with the lock of ``path`` held.
    """
    for left in path.parent.glob(f"{path.name}.*.tmp"):
        left.unlink(missing_ok=True)  # of a builder that was killed: the lock is ours now
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with closing(sqlite3.connect(temporary)) as db:
            write(db)
        with temporary.open("r+b") as stream:
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def start(db: sqlite3.Connection, *, large: bool = False) -> None:
    """Make the tables of an index; where it may be large what is sorted on the way goes to the disk."""
    # Safe to switch off: the file is not visible under its name until it is whole.
    db.executescript(_FAST.format("FILE" if large else "MEMORY") + _SCHEMA)
    db.create_function("skeleton", 1, skeleton, deterministic=True)


def insert(
    db: sqlite3.Connection, rows: Iterable[PlaceRow], number: Callable[[str], int], curated: int | None = None
) -> None:
    """Add places and their names.

    ``number`` gives an identifier its number, always the same; ``curated`` stands for that of the rows.
    """
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        db.executemany(
            _INSERT_PLACE,
            ((number(row.gid), *row[:-2], row.curated if curated is None else curated) for row in chunk),
        )
        db.executemany(INSERT_NAME, (name for row in chunk for name in name_rows(number(row.gid), row.names)))


def finish(db: sqlite3.Connection, meta: Iterable[tuple[str, str]] = ()) -> None:
    """Sort the names, make the indexes, count the places, and mark the file as complete."""
    db.executescript(_FINISH)
    db.execute(_INSERT_SKELETONS, (NAME_KINDS.index("abbreviation"),))
    (rows,) = db.execute("SELECT COUNT(*) FROM places").fetchone()
    marks = [*meta, ("rows", str(rows)), ("schema", str(SCHEMA_VERSION)), ("complete", "yes")]
    db.executemany("INSERT INTO meta VALUES (?, ?)", marks)
    db.commit()


def fill(db: sqlite3.Connection, rows: Iterable[PlaceRow], number: Callable[[str], int]) -> None:
    """Write all tables of an index."""
    start(db)
    insert(db, rows, number)
    finish(db)


def name_rows(number: int, names: Iterable[PlaceName]) -> Iterator[NameRow]:
    """Return the rows under which the names of a place are found."""
    best: dict[tuple[str, str], int] = {}
    for name in names:
        entry = (name_key(name.text), name.text if name.kind == "abbreviation" else name.text.casefold())
        best.setdefault(entry, NAME_KINDS.index(name.kind))
    return ((key, number, kind, text) for (key, text), kind in best.items() if key)


def _shown(rows: Iterable[PlaceRow], *, progress: bool) -> Iterable[PlaceRow]:
    if not progress:
        return rows
    from rich.console import Console
    from rich.progress import track

    console = Console(file=sys.stderr)
    return (
        track(rows, "Building the gazetteer (once)", total=270_000, console=console)
        if console.is_terminal
        else rows
    )
