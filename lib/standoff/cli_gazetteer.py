"""The commands ``standoff gazetteer``: what is in it, what a name may mean, building it, and adding to it."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from standoff.gazetteer.layers import Layer

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
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="A name as a report writes it, 'At Tanf', or a position, '33.5, 38.6'."
        ),
    ],
    limit: Annotated[int, typer.Option(min=1, help="How many places to show at most.")] = 20,
) -> None:
    """Print the places that a name may mean, the likeliest without context first, or those round a position."""
    from rich.console import Console

    from standoff.cli_find import found_table, near_table, position_of, side_of_border, suggested_table
    from standoff.errors import InputError
    from standoff.gazetteer import Gazetteer
    from standoff.summary import safe_text

    if not safe_text(name).plain.strip():
        msg = "the name is empty; give one as a report writes it: standoff gazetteer find 'At Tanf'"
        raise InputError(msg)
    position = position_of(name)
    if position is not None:
        with Gazetteer.open(progress=True) as places:
            near_places = places.nearest(*position, limit)
        typer.echo(side_of_border(*position))
        Console().print(near_table(near_places))
        return
    with Gazetteer.open(progress=True) as places:
        hits = places.find(name)[:limit]
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
    """Print where the gazetteer lies, what it holds and what it was made from, and the layers that were added."""
    from standoff.gazetteer.index import index_path, is_whole
    from standoff.gazetteer.layers import layers_folder, list_layers
    from standoff.gazetteer.sources import PACKAGES

    path = index_path()
    typer.echo(f"file      {path}")
    typer.echo(f"sources   {', '.join(f'{package} {version(package)}' for package in PACKAGES)}, data/")
    if not is_whole(path):
        typer.echo("built     no; standoff gazetteer build does it, and so does the first reading")
    else:
        _print_index(path)
    layers = list_layers()
    typer.echo(f"layers    {len(layers) or 'none'} in {layers_folder()}")
    for layer in layers:
        _print_layer(layer)


def _print_index(path: Path) -> None:
    from standoff.gazetteer import Gazetteer

    typer.echo(f"size      {path.stat().st_size / 1e6:,.0f} MB")
    with Gazetteer(path) as places:
        (names,) = places.query("SELECT COUNT(*) FROM names", ())[0]
        kinds = places.query("SELECT feature, COUNT(*) AS n FROM places GROUP BY feature ORDER BY n DESC", ())
    typer.echo(f"names     {names:,}")
    typer.echo(f"places    {sum(count for _, count in kinds):,}")
    for feature, count in kinds:
        typer.echo(f"  {feature:<24}{count:>10,}")


@gazetteer_app.command()
def build() -> None:
    """Build the gazetteer if it is not there yet (a minute or so, once), and bring layers up to date."""
    from standoff.gazetteer import Gazetteer

    with Gazetteer.open(progress=True) as places:
        typer.echo(f"the gazetteer is ready: {places.path}")


@gazetteer_app.command()
def add(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A dump of GeoNames (SY.txt, SY.zip), GeoJSON, or a CSV with the columns name, lat, lon.",
        ),
    ],
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="What to call the layer (default: as the file); replaces one so called."
        ),
    ] = None,
) -> None:
    """Add a file of places: one's own sites, which come first, or more of GeoNames."""
    from standoff.gazetteer.layers import add_layer

    _print_added(add_layer(file, name, progress=True))


@gazetteer_app.command()
def remove(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The layer, as standoff gazetteer info lists it.")
    ],
) -> None:
    """Remove a layer that was added."""
    from standoff.gazetteer.layers import remove_layer

    typer.echo(f"removed {name}: {remove_layer(name)}")


@gazetteer_app.command()
def fetch(
    codes: Annotated[
        list[str],
        typer.Argument(metavar="CODE...", help="Countries by their codes: SY IQ; allCountries is the world."),
    ],
    base_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="The folder of the dumps (default: GeoNames' own, or $STANDOFF_GEONAMES_URL)."
        ),
    ] = None,
) -> None:
    """Fetch GeoNames' dumps of countries over the network and add them."""
    import sys

    from standoff.gazetteer.fetch import fetch_layers

    fetch_layers(codes, base_url=base_url, progress=sys.stderr.isatty(), done=_print_added)


def _print_added(layer: Layer) -> None:
    typer.echo(f"added {layer.name}: {layer.rows:,} places{_left(layer)}")
    _print_skipped(layer)


def _print_layer(layer: Layer) -> None:
    from standoff.summary import safe_text

    if layer.fault:
        typer.echo(f"  {layer.name}: {layer.fault}; add its file again, or remove it ({layer.path})")
        return
    kind = "own sites" if layer.kind == "sites" else "GeoNames"
    typer.echo(f"  {layer.name}: {kind}, {layer.rows:,} places{_left(layer)}")
    typer.echo(f"    from {safe_text(layer.source).plain}, added {layer.added}, sha256 {layer.sha256[:16]}")
    _print_skipped(layer)


def _left(layer: Layer) -> str:
    left_out = f"; {layer.left_out:,} rows left out (roads, hotels, schools)" if layer.left_out else ""
    return left_out + (f"; {layer.skipped:,} rows could not be read" if layer.skipped else "")


def _print_skipped(layer: Layer) -> None:
    from standoff.summary import safe_text

    for where, reason in layer.first_skipped:
        typer.echo(f"    {where}: {safe_text(reason).plain}")
    if layer.skipped > len(layer.first_skipped):
        typer.echo(f"    and {layer.skipped - len(layer.first_skipped):,} more")
