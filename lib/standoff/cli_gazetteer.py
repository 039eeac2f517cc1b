"""The commands ``standoff gazetteer``: what is in it, what a name may mean, and building it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

gazetteer_app = typer.Typer(
    help="Look into the gazetteer, the places that names are looked up in.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
NOT_FOUND = 1
MOST_SUGGESTIONS, WORTH_SHOWING = 5, 0.01


@gazetteer_app.callback(invoke_without_command=True)
def gazetteer(context: typer.Context) -> None:
    """Look into the gazetteer, the places that names are looked up in."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@gazetteer_app.command()
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as a report writes it: 'At Tanf'.")],
    limit: Annotated[int, typer.Option(min=1, help="How many places to show at most.")] = 20,
) -> None:
    """Print the places that a name may mean, the likeliest without context first; near ones if there is none."""
    from rich.console import Console

    from standoff.cli_find import found_table, suggested_table
    from standoff.gazetteer import Gazetteer
    from standoff.summary import safe_text

    with Gazetteer.open(progress=True) as places:
        hits = places.lookup(name, limit)
        near = [] if hits else places.suggest(name, min(limit, MOST_SUGGESTIONS))
        near = [item for item in near if item.score >= WORTH_SHOWING]
    if hits:
        Console().print(found_table(hits))
        return
    question = "; did you mean" if near else ""
    typer.echo(f"standoff: the gazetteer has no place called {safe_text(name).plain}{question}", err=True)
    if near:
        Console().print(suggested_table(near))
    raise typer.Exit(NOT_FOUND)


@gazetteer_app.command()
def info() -> None:
    """Print where the gazetteer lies, what it holds and what it was made from."""
    from standoff.gazetteer import Gazetteer
    from standoff.gazetteer.index import index_path, is_whole
    from standoff.gazetteer.sources import PACKAGES

    path = index_path()
    typer.echo(f"file      {path}")
    typer.echo(f"sources   {', '.join(f'{package} {version(package)}' for package in PACKAGES)}, data/")
    if not is_whole(path):
        typer.echo("built     no; standoff gazetteer build does it, and so does the first reading")
        return
    typer.echo(f"size      {path.stat().st_size / 1e6:,.0f} MB")
    with Gazetteer.open() as places:
        (names,) = places.query("SELECT COUNT(*) FROM names", ())[0]
        kinds = places.query("SELECT feature, COUNT(*) AS n FROM places GROUP BY feature ORDER BY n DESC", ())
    typer.echo(f"names     {names:,}")
    typer.echo(f"places    {sum(count for _, count in kinds):,}")
    for feature, count in kinds:
        typer.echo(f"  {feature:<24}{count:>10,}")


@gazetteer_app.command()
def build() -> None:
    """Build the gazetteer if it is not there yet (a minute or so, once)."""
    from standoff.gazetteer import Gazetteer

    with Gazetteer.open(progress=True) as places:
        typer.echo(f"the gazetteer is ready: {places.path}")
