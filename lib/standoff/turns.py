"""Turns at the network: one request at a time and a pause after it, over all processes of a user."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from standoff.errors import NetworkError

INTERVAL_S = 1.0
PATIENCE_S = 120.0  # for other processes of the user: each may hold the turn for one time-out


class Turns:
    """At most one request at a time, and a pause after it, over all processes that share a folder.

    A turn lasts until its request is answered: were only the starts a second apart, a slow
    connection and a quick one could still reach the service in the same instant.

    Parameters
    ----------
    folder : Path
        Where the lock and the time of the last request lie; it is made if missing.
    interval_s : float
        Seconds from the end of one request to the start of the next.
    patience_s : float
        Give up if no turn has come by then.
    now, monotonic, sleep : callable
        The clocks and the pause, for tests; a `Door` pauses by it too.
    """

    def __init__(
        self,
        folder: Path,
        interval_s: float = INTERVAL_S,
        *,
        patience_s: float = PATIENCE_S,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.folder = folder
        self.interval_s = interval_s
        self.patience_s = patience_s
        self._now, self._monotonic, self.sleep = now, monotonic, sleep
        self._own_last = -math.inf

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the turn and hold it while the block runs.

        Raises
        ------
        NetworkError
            If the folder cannot be written, or others held the turn for too long: without a
            turn there is no promise to the service, and so no request.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / "online.lock", timeout=self.patience_s)
            lock.acquire()
        except Timeout:
            msg = f"no turn at the network within {self.patience_s:.0f} s: other processes are asking"
            raise NetworkError(msg) from None
        except OSError as error:
            raise NetworkError(self._unwritable(error)) from error
        try:
            self.sleep(self._due_s())
            self._stamp()  # should this process be killed before the answer
            try:
                yield
            finally:
                self._stamp()
        finally:
            lock.release()

    def _due_s(self) -> float:
        """Return the seconds still to wait; a clock that was set back costs one interval at most."""
        own = self._own_last + self.interval_s - self._monotonic()
        others = self._last() + self.interval_s - self._now()
        return min(max(own, others, 0.0), self.interval_s)

    def _last(self) -> float:
        try:
            last = float((self.folder / "online.time").read_text(encoding="ascii"))
        except FileNotFoundError:
            return -math.inf
        except (OSError, ValueError):
            return math.inf  # not readable: as if it were just now
        return math.inf if math.isnan(last) else last

    def _stamp(self) -> None:
        self._own_last = self._monotonic()
        try:
            # In place: the lock is held, and half a number costs the next one a second.
            (self.folder / "online.time").write_text(f"{self._now():.6f}", encoding="ascii")
        except OSError as error:
            raise NetworkError(self._unwritable(error)) from error

    def _unwritable(self, error: OSError) -> str:
        reason = error.strerror or type(error).__name__
        return f"cannot keep to one request a second: {self.folder} cannot be written ({reason})"
