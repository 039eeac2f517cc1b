"""JupyterLab and `standoff serve` as processes of their own, which touch nothing of the user's and are stopped for sure."""

from __future__ import annotations

import json
import os
import queue
import re
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import standoff
from standoff.desk.server import free_port
from standoff.gazetteer.index import cache_folder

START_S, STOP_S = 60, 30


class Server:
    """A process of which all lines are kept."""

    def __init__(self, command: list[str], folder: Path, home: Path) -> None:
        self.lines: list[str] = []
        self._queue: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            command, cwd=folder, env=_environment(home), text=True, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.append(line)
            self._queue.put(line)
        self._queue.put(None)

    def url(self, pattern: str) -> str:
        """Return the address in the first line that has one like this."""
        while True:
            line = self._queue.get(timeout=START_S)
            assert line is not None, f"the server stopped: {''.join(self.lines)}"
            if found := re.search(pattern, line):
                return found[0]

    def interrupt(self) -> int:
        """Stop it as Ctrl-C does, and return its exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(STOP_S)
        self._reader.join(STOP_S)
        return status

    def end(self) -> None:
        """Stop it and what it started, whatever state they are in."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(STOP_S)


def _environment(home: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "XDG_", "IPYTHON"))
    }
    return kept | {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": str(Path(standoff.__file__).parents[1]),
        "STANDOFF_CACHE": str(cache_folder()),  # it lies under the home that is not used here
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def serving(reports: Path, home: Path) -> Iterator[tuple[Server, str]]:
    """Run `standoff serve` on a port that is free."""
    command = [sys.executable, "-m", "standoff", "serve", str(reports), "--no-browser", "--port", "0"]
    server = Server(command, home, home)
    try:
        yield server, server.url(r"http://127\.0\.0\.1:\d+/\?token=[\w-]+")
    finally:
        server.end()


@contextmanager
def jupyterlab(folder: Path, home: Path) -> Iterator[tuple[Server, str]]:
    """Run JupyterLab in a folder; the address has its token."""
    token = secrets.token_hex(16)
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": str(free_port("127.0.0.1", 0)),
        "IdentityProvider.token": token,
        "ServerApp.root_dir": str(folder),
        "ServerApp.allow_root": "True",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    server = Server([sys.executable, "-m", "jupyterlab", "--no-browser", *words], home, home)
    try:
        base = server.url(r"http://127\.0\.0\.1:\d+/lab")
        yield server, f"{base}/tree/desk.ipynb?token={token}"
    finally:
        server.end()


def write_notebook(folder: Path, code: str) -> None:
    """Write a notebook of one cell, for JupyterLab's own kernel."""
    cell = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "source": code,
        "outputs": [],
        "execution_count": None,
    }
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    whole = {"cells": [cell], "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    (folder / "desk.ipynb").write_text(json.dumps(whole), encoding="utf-8")
