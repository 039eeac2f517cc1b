"""The standard streams, as a shell may hand them over: closed, full, or gone."""

from __future__ import annotations

import contextlib
import os
import sys

from standoff.errors import ExportError


def prepare() -> None:
    """Make the standard streams fit to be used.

    A descriptor that came closed goes to the null device: the next file opened would else be taken for
    the terminal by whatever writes there.

    Raises
    ------
    ExportError
        If there is no standard output.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest one that is free, which is this one
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the process ends
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdout is None:
        msg = "standard output is closed: nothing can be printed"
        raise ExportError(msg)


def give_up(stream: object) -> None:
    """Send what is left of a stream to the null device, or Python would complain when it flushes at exit."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[attr-defined]
