"""The command ``standoff serve``: the workbench in a browser, for the reports of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standoff.errors import InputError
from standoff.files import is_folder


def serve(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="The folder of reports.", show_default=False)
    ] = Path(),
    port: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            max=65535,
            help="Port to listen on; 8866 or the next free one by default, 0: any.",
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open the page; print where it is.")
    ] = False,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Address to listen on; others than this machine's own let others in."
        ),
    ] = "127.0.0.1",
) -> None:
    """Open the workbench in a browser for the reports of a folder, until Ctrl-C."""
    if not is_folder(folder):
        msg = f"{folder}: there is no such folder; give the one that the reports lie in"
        raise InputError(msg)
    from standoff.desk.server import serve as run

    run(folder, host=host, port=port, browser=not no_browser, say=typer.echo)
