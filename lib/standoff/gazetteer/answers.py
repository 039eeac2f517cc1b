"""What online geocoders answered, kept on disk: SQLite and plain JSON, no pickle.

"Found" and "not found" are kept for a while. A failure never is: an outage must not look
like a place that does not exist.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock

from standoff.gazetteer.index import cache_folder

FILE_NAME = "online-answers.sqlite"
DAY_S = 86_400.0
LIFETIME_S = {"found": 30 * DAY_S, "not_found": 7 * DAY_S}
MAX_BYTES = 20_000_000
KEPT_SHARE = 0.9  # of the cap, when it is reached: not every answer shall have to make room
BUSY_S = 5.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, status TEXT NOT NULL,
    payload TEXT NOT NULL, stored REAL NOT NULL, bytes INTEGER NOT NULL
);
"""
_GET = "SELECT status, payload, stored FROM answers WHERE key = ?"
_PUT = "INSERT OR REPLACE INTO answers (key, status, payload, stored, bytes) VALUES (?, ?, ?, ?, ?)"
# The newest whose sizes add up to no more than the room; by number, as a clock may have been wrong.
_EVICT = """
DELETE FROM answers WHERE number IN (
    SELECT number FROM (SELECT number, SUM(bytes) OVER (ORDER BY number DESC) AS so_far FROM answers)
    WHERE so_far > ?
)
"""
_COLUMNS = ["number", "key", "status", "payload", "stored", "bytes"]
_ROW_BYTES = 200  # of a row without its payload
Rows = list[dict[str, Any]]


def answers_path(cache_dir: Path | None = None) -> Path:
    """Return where the answers lie: in the folder of the gazetteer's index."""
    return cache_folder(cache_dir) / FILE_NAME


def answer_key(service: str, domain: str, query: str, params: Mapping[str, Any]) -> str:
    """Return the key of a question; case and spaces of the name do not count.

    Examples
    --------
    >>> one, other = (answer_key("photon", "", name, {}) for name in ("Deir  Hafer", "deir hafer"))
    >>> one == other
    True
    """
    asked = [service, domain, " ".join(query.split()).casefold(), dict(params)]
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


class AnswerCache:
    """Answers by key, for any number of threads and processes.

    Each call opens the file and closes it: a question that goes to the network takes a second
    anyway. Whatever is wrong with the file, the worst that happens is a question asked again.

    Parameters
    ----------
    path : Path
    max_bytes : int
        When the answers need more, the oldest go.
    now : callable
        The clock, for tests.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cache = AnswerCache(Path(folder, "answers.sqlite"))
    ...     cache.put("key", "not_found", [])
    ...     cache.get("key"), cache.get("other"), cache.clear()
    (('not_found', []), None, 1)
    """

    def __init__(
        self, path: Path, *, max_bytes: int = MAX_BYTES, now: Callable[[], float] = time.time
    ) -> None:
        self.path = path
        self._max_bytes = max_bytes
        self._now = now

    def get(self, key: str) -> tuple[str, Rows] | None:
        """Return status and rows of an answer that is still good, or None."""
        if not self.path.exists():
            return None
        found = self._run(lambda db: db.execute(_GET, (key,)).fetchone())
        if found is None:
            return None
        status, payload, stored = found
        rows = _rows(payload)
        # Both ways: an answer that was stored while the clock stood in 2099 must not live until then.
        fresh = isinstance(stored, float) and abs(self._now() - stored) <= LIFETIME_S.get(status, -1.0)
        return (status, rows) if fresh and rows is not None else None

    def put(self, key: str, status: str, rows: Rows) -> None:
        """Keep an answer.

        Raises
        ------
        ValueError
            If it is a failure: these are not kept.
        """
        if status not in LIFETIME_S:
            msg = f"an answer that is {status!r} is not kept"
            raise ValueError(msg)
        payload = json.dumps(rows)
        size = len(payload) + _ROW_BYTES

        def store(db: sqlite3.Connection) -> None:
            db.execute(_PUT, (key, status, payload, float(self._now()), size))
            (total,) = db.execute("SELECT SUM(bytes) FROM answers").fetchone()
            if total > self._max_bytes:
                db.execute(_EVICT, (int(self._max_bytes * KEPT_SHARE),))

        self._run(store)

    def clear(self) -> int:
        """Forget every answer; return how many there were."""
        if not self.path.exists():
            return 0
        count = self._run(lambda db: db.execute("DELETE FROM answers").rowcount) or 0
        with suppress(sqlite3.Error, OSError), self._opened() as db:
            db.execute("VACUUM")  # a deleted name is else still in the file
        return int(count)

    def _run(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        try:
            with self._opened() as db, db:
                return work(db)
        except sqlite3.DatabaseError as error:
            if _passes(error):
                warnings.warn(f"the answers in {self.path} cannot be used now ({error})", stacklevel=3)
            else:
                self._set_aside(error)
        except OSError as error:
            warnings.warn(f"answers cannot be kept in {self.path} ({error.strerror})", stacklevel=3)
        return None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # The names that a person asked for are that person's business.
            self.path.touch(mode=0o600)
        with closing(sqlite3.connect(self.path, timeout=BUSY_S)) as db:
            db.execute(_SCHEMA)
            yield db

    def _set_aside(self, error: sqlite3.DatabaseError) -> None:
        damaged = self.path.with_name(f"{self.path.name}.damaged")
        with suppress(OSError), FileLock(f"{self.path}.lock", timeout=BUSY_S):
            if not self._is_damaged():
                return  # another process has made it anew in the meantime
            self.path.replace(damaged)
            for suffix in ("-journal", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        msg = f"the answers in {self.path} were damaged ({error}); they are in {damaged.name}, new ones begin"
        warnings.warn(msg, stacklevel=4)

    def _is_damaged(self) -> bool:
        try:
            with self._opened() as db:
                columns = [row[1] for row in db.execute("PRAGMA table_info(answers)")]
                return columns != _COLUMNS or db.execute("PRAGMA quick_check").fetchone() != ("ok",)
        except sqlite3.DatabaseError as error:
            return not _passes(error)
        except OSError:
            return False


def _passes(error: sqlite3.DatabaseError) -> bool:
    """Tell a file that is locked, full or read-only from one that is damaged or not ours."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return isinstance(error, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR


def _rows(payload: object) -> Rows | None:
    try:
        rows = json.loads(payload) if isinstance(payload, str) else None
    except (ValueError, RecursionError):
        return None
    return rows if isinstance(rows, list) and all(isinstance(row, dict) for row in rows) else None
