"""The command ``standoff evaluate``: names and places against what people marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from standoff.evaluate import Evaluation

RECOGNITION = ("precision", "recall", "F1", "F1 exact")
PLACES = (
    "within 161 km", "answered", "exact id", "AUC", "median km", "mean km", "calibration error",
)  # fmt: skip


def evaluate(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Annotated reports: .jsonl, or .xml as LGL has it.")
    ],
    gold_mentions: Annotated[
        bool,
        typer.Option("--gold-mentions", help="Take the marked names as given; measure the places alone."),
    ] = False,
    pipeline: Annotated[str | None, typer.Option(metavar="NAME", help="An installed spaCy pipeline.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score names and places against what people marked, beside a most-populous baseline."""
    from standoff.evaluate import evaluate as score
    from standoff.evaluate import read_gold
    from standoff.gazetteer import Gazetteer
    from standoff.settings import Settings

    settings = Settings.of(**({"pipeline": pipeline} if pipeline else {}))
    reports = read_gold(file)
    with Gazetteer.open(progress=True) as gazetteer:
        result = score(reports, gazetteer, settings, gold_mentions=gold_mentions)
    if as_json:
        _print_json(result)
    else:
        _print_table(file, result)


def _names(result: Evaluation) -> tuple[str, ...]:
    return PLACES if result.gold_mentions else RECOGNITION + PLACES


def _rate(result: Evaluation) -> float:
    return result.ours.reports / max(result.seconds, 1e-9)


def _print_json(result: Evaluation) -> None:
    import json

    names = _names(result)
    body = {
        who: {name: score.figures[name] for name in names}
        for who, score in (("standoff", result.ours), ("most populous", result.baseline))
    }
    counts = {
        "reports": result.ours.reports, "marked": result.ours.marked, "with position": len(result.ours.km),
        "peoples counted": result.counts_peoples, "gold mentions": result.gold_mentions,
        "documents a second": round(_rate(result), 2),
    }  # fmt: skip
    typer.echo(json.dumps(counts | body, indent=2))


def _print_table(file: Path, result: Evaluation) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from standoff.summary import safe_text

    table = Table(box=SIMPLE_HEAD)
    table.add_column("Figure")
    for name in ("Standoff", "Most populous"):
        table.add_column(name, justify="right")
    ours, baseline = result.ours.figures, result.baseline.figures
    for name in _names(result):
        table.add_row(name, _shown(name, ours[name]), _shown(name, baseline[name]))
    console = Console()
    told = f"{file.name}: {result.ours.reports} reports, {result.ours.marked} names marked"
    console.print(safe_text(f"{told}, {len(result.ours.km)} with a position"))
    console.print(table)
    if not result.counts_peoples:
        console.print('The annotators marked no peoples ("Syrian"); neither reader\'s are counted.')
    console.print(f"{_rate(result):.1f} documents a second (the pipeline, names and places)")


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.1f}" if name.endswith("km") and name != "within 161 km" else f"{value:.3f}"
