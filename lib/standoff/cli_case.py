"""The command ``standoff open``: a case file read again, compared, and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli_outputs import Outputs
from standoff.saving import PAGES
from standoff.settings import MOST_CHARS, Settings

if TYPE_CHECKING:
    from standoff.reading import Reading

NOT_THE_SAME = 1
_LIMIT = Settings.model_fields["max_chars"].default


def open_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A case file, as standoff export wrote it.")],
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FOLDER|FILE.html", help="Write its map and shapes there."),
    ] = None,
    stored: Annotated[
        bool, typer.Option("--stored", help="Take the reading as it is stored; read nothing again.")
    ] = False,
    pipeline: Annotated[
        str | None, typer.Option(metavar="NAME", help="Its spaCy pipeline, where that has another name here.")
    ] = None,
    max_chars: Annotated[
        int,
        typer.Option(
            metavar="NUMBER", min=1, max=MOST_CHARS, help="Longest report that is read again, in characters."
        ),
    ] = _LIMIT,
) -> None:
    """Open a case file: read its report again and say whether that gives the stored reading."""
    outputs = None
    if output is not None:
        outputs = Outputs(output, [file], (*PAGES[:1], ".geojson"), PAGES)
        outputs.make_folder()
    from standoff.cases import opened_case

    found = opened_case(file, stored=stored, pipeline=pipeline, max_chars=max_chars)
    _print_summary(found.reading)
    typer.echo(f"{Path(found.case.name).name}: {found.told}")
    if outputs is not None:
        _write(found.reading, outputs)
    if found.is_same is False:
        raise typer.Exit(NOT_THE_SAME)


def _write(reading: Reading, outputs: Outputs) -> None:
    from standoff.report import slug

    # Whoever made the case chose the id: it may be a path.
    for path in outputs.of(slug(reading.report.id) or "report"):
        typer.echo(str(reading.save(path)))


def _print_summary(reading: Reading) -> None:
    from rich.console import Console

    from standoff.summary import summary

    Console().print(summary(reading.report, reading.record))
