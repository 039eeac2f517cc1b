"""Run something once, a little after the last of several changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Later:
    """What is to be run when nothing more has changed for a while; at once, where no event loop runs.

    Parameters
    ----------
    run : callable
    seconds : float
    """

    def __init__(self, run: Callable[[], object], seconds: float = 0.25) -> None:
        self.run, self.seconds = run, seconds
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to wait, again if somebody waits already."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.run()
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_later(self.seconds, self.now)

    def now(self) -> None:
        """Run it, if it is waited for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self.run()
