"""The workbench outside a notebook: Voila on a notebook of one cell, for this machine alone."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from standoff.desk import NEEDS
from standoff.errors import StandoffError

PORT = 8866
LOCAL = ("127.0.0.1", "localhost", "::1")
_SHARE = Path(__file__).parent / "share"
_KERNEL = "standoff"
_PING_MS = (
    30_000  # as often as the page is asked whether it is there; Jupyter's own figure makes tornado complain
)
_IDLE_S = 3600  # a kernel whose page is gone, and that nobody has come back to


class ServerError(StandoffError, RuntimeError):
    """The server cannot be started."""


def serve(
    folder: Path,
    *,
    host: str = LOCAL[0],
    port: int | None = None,
    browser: bool = True,
    say: Callable[[str], object] = print,
) -> None:
    """Show the workbench for the reports of a folder in a browser, until it is stopped.

    Parameters
    ----------
    folder : Path
    host : str
        The address to listen on.
    port : int, optional
        By default 8866, or the next one that is free.
    browser : bool
        Whether to open the page in the browser.
    say : callable
        Called with the line that says where the page is.

    Raises
    ------
    ServerError
        If Voila is not installed, or the port is taken.
    """
    try:
        from tornado.ioloop import IOLoop
        from traitlets.config import Config
        from voila.app import Voila
    except ModuleNotFoundError as error:
        msg = f"standoff serve has no server ({error.name} is missing); {NEEDS}"
        raise ServerError(msg) from None
    chosen = free_port(host, port)
    token = secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="standoff-") as scratch:
        notebook = prepare(Path(scratch), folder.resolve())
        config = Config(_options(host, chosen, token, notebook, browser=browser))
        os.environ["JUPYTER_PATH"] = os.pathsep.join(
            filter(None, [scratch, str(_SHARE), os.environ.get("JUPYTER_PATH")])
        )
        app = Voila(
            config=config, config_file_paths=[]
        )  # nobody's files: one of them in this folder would be run
        app.initialize([])
        shown = f"[{host}]" if ":" in host else host
        words = f"The workbench for {folder} is at http://{shown}:{chosen}/?token={token} (Ctrl-C stops it)"
        IOLoop.current().add_callback(say, words)  # once it listens
        app.start()


def prepare(scratch: Path, folder: Path) -> Path:
    r"""Write the notebook, and the kernel that runs this very Python, into a folder; return the notebook.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as scratch:
    ...     page = json.loads(prepare(Path(scratch), Path("reports")).read_text())
    >>> page["cells"][0]["source"]
    "import standoff\n\nstandoff.workbench(folder='reports')"
    """
    kernel = scratch / "kernels" / _KERNEL / "kernel.json"
    kernel.parent.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=40"]
    kernel.write_text(json.dumps({"argv": command, "display_name": "Standoff", "language": "python"}))
    code = f"import standoff\n\nstandoff.workbench(folder={str(folder)!r})"
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "workbench",
        "metadata": {},
        "source": code,
        "outputs": [],
        "execution_count": None,
    }
    about = {"kernelspec": {"name": _KERNEL, "display_name": "Standoff", "language": "python"}}
    notebook = scratch / "Standoff.ipynb"
    whole = {"cells": [cell], "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    notebook.write_text(json.dumps(whole), encoding="utf-8")
    return notebook


def _options(host: str, port: int, token: str, notebook: Path, *, browser: bool) -> dict[str, Any]:
    return {
        "Voila": {
            "notebook_path": str(notebook),
            "ip": host,
            "port": port,
            "port_retries": 0,
            "token": token,
            "open_browser": browser,
            "log_level": "ERROR",
            # Voila takes any name for this machine; on this machine alone, a page elsewhere could then speak to it.
            "tornado_settings": {"allow_remote_access": host not in LOCAL, "ws_ping_timeout": _PING_MS},
        },
        "VoilaConfiguration": {
            "template": "standoff",
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "theme": "light",
            "file_allowlist": [],
            "show_tracebacks": False,
        },
        "MappingKernelManager": {"cull_idle_timeout": _IDLE_S, "cull_interval": 300},
    }


def free_port(host: str, port: int | None) -> int:
    """Return a port that is free: the one that is asked for, else 8866 or one of the next.

    Raises
    ------
    ServerError
        If it is taken, or nobody can listen there.
    """
    tried = [port] if port is not None else [*range(PORT, PORT + 20)]
    problem = ""
    for each in tried:
        try:
            family, *_, address = socket.getaddrinfo(host, each, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, socket.SOCK_STREAM) as trial:
                if os.name == "posix":
                    trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind(address)
                return int(trial.getsockname()[1])
        except (OSError, OverflowError) as error:
            problem = getattr(error, "strerror", None) or str(error)
    ports = str(port) if port is not None else f"{PORT} to {PORT + 19}"
    msg = f"{host}, port {ports}: it cannot be listened on ({problem}); give another --port"
    raise ServerError(msg)
