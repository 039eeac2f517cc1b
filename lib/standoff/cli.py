"""The command ``standoff``: read, map and export reports, and look into the gazetteer.

What goes wrong is said in one line on standard error, and the exit status is 2; several reports are
read in order, and a bad one does not stop the others. spaCy, pandas and folium are imported by the
commands that need them, so that help is quick.
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import typer

from standoff import cli_streams
from standoff.cli_case import open_
from standoff.cli_evaluate import evaluate
from standoff.cli_gazetteer import gazetteer_app
from standoff.cli_outputs import Outputs
from standoff.cli_serve import serve
from standoff.errors import ExportError, InputError, StandoffError, StandoffWarning
from standoff.overrides import FILE_NAME
from standoff.saving import PAGES, TABLES, WRITERS, kind_of
from standoff.settings import Settings

if TYPE_CHECKING:
    from standoff.gazetteer import Gazetteer, OnlineGeocoder
    from standoff.model import Report
    from standoff.reading import Reading
    from standoff.resolve import Home

T = TypeVar("T")
EXPORTS = tuple(end[1:] for end in WRITERS if end not in PAGES)
BAD_INPUT = 2
BUG = 70  # EX_SOFTWARE of sysexits.h
STOPPED = 130
PIPE_CLOSED = 141


class Format(StrEnum):
    """How ``standoff read`` prints a reading."""

    summary = "summary"
    json = "json"
    jsonl = "jsonl"


app = typer.Typer(
    help="From a report's words to an honest map.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(gazetteer_app, name="gazetteer")

Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Reports: .txt, .md, .html; - is standard input.")
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Day of publication, where a report does not say: 2017-06-08."),
]
OverridesFile = Annotated[
    str | None,
    typer.Option(
        "--overrides", metavar="FILE",
        help="Your own corrections, on top of overrides.csv beside each report; 'none' leaves those out, too.",
    ),
]  # fmt: skip
EventEditsFile = Annotated[
    str | None,
    typer.Option(
        "--event-edits", metavar="FILE",
        help="Your own edits of events, on top of NAME.events.csv and events.csv beside each report; "
        "'none' leaves those out, too.",
    ),
]  # fmt: skip
Title = Annotated[str | None, typer.Option(metavar="TEXT", help="Title, where a report has none.")]


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command one option for each field of ``Settings``.

    The command takes ``settings``, a dictionary of those that were given, checked. The options are made
    from the model, so that the two cannot drift apart.
    """
    hints = get_type_hints(command, include_extras=True)
    own = [p.replace(annotation=hints[p.name]) for p in inspect.signature(command).parameters.values()]

    @functools.wraps(command)
    def run(**values: Any) -> None:
        given = {name: values.pop(name) for name in Settings.model_fields}
        settings = {name: value for name, value in given.items() if value is not None}
        Settings.of(**settings)
        command(settings=settings, **values)

    options = [_option(name) for name in Settings.model_fields]
    parameters = [*(p for p in own if p.name != "settings"), *options]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def _option(name: str) -> inspect.Parameter:
    field = Settings.model_fields[name]
    kinds = (
        get_args(field.annotation)
        if get_origin(field.annotation) in {Union, UnionType}
        else (field.annotation,)
    )
    kind = next((kind for kind in kinds if kind in {bool, int, float}), str)
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    default = extra.get("unset", "as the report says") if field.default is None else field.default
    if kind is bool:
        default = "yes" if field.default else "no"
    option = typer.Option(
        help=f"{field.description} (default: {default})",
        metavar=None if kind is bool else "TEXT" if kind is str else "NUMBER",
        show_default=False,
    )
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, option]
    )


@app.callback(invoke_without_command=True)
def standoff(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """From a report's words to an honest map."""
    if version:
        from importlib.metadata import version as version_of

        typer.echo(f"standoff {version_of('standoff')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
@with_settings
def read(
    files: Files,
    format: Annotated[  # noqa: A002 - the name of the option
        Format,
        typer.Option("--format", help="A summary for people, or the record: json for one, jsonl for many."),
    ] = Format.summary,
    published: Published = None,
    title: Title = None,
    overrides: OverridesFile = None,
    event_edits: EventEditsFile = None,
    settings: dict[str, Any] = {},  # noqa: B006 - never written to; with_settings fills it
) -> None:
    """Read reports and print what they claim about where."""
    if format is Format.json and len(files) > 1:
        msg = "--format json is for one report; use --format jsonl for several"
        raise InputError(msg)
    with _Batch(files, published, title, (overrides, event_edits), settings) as batch:
        for reading, _ in batch:
            if format is Format.summary:
                _print_summary(reading)
            else:
                typer.echo(reading.record.model_dump_json(indent=2 if format is Format.json else None))


@app.command("map")
@with_settings
def map_(
    files: Files,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FOLDER|FILE.html", help="Where to write the maps.")
    ] = "out",
    tiles: Annotated[
        bool,
        typer.Option(
            "--tiles", help="Offer online backgrounds in the page, off until chosen (OSM, Carto, Esri)."
        ),
    ] = False,
    summary: Annotated[bool, typer.Option("--summary", help="Print the summary too.")] = False,
    published: Published = None,
    title: Title = None,
    overrides: OverridesFile = None,
    event_edits: EventEditsFile = None,
    settings: dict[str, Any] = {},  # noqa: B006
) -> None:
    """Draw reports: one offline page each, and its shapes as GeoJSON."""
    outputs = Outputs(output, files, (*PAGES[:1], ".geojson"), PAGES, _read_too(files, overrides, settings))
    with _Batch(files, published, title, (overrides, event_edits), settings, outputs) as batch:
        for reading, (page, shapes) in batch:
            if summary:
                _print_summary(reading)
            batch.write(_save_page, reading, page, tiles)
            batch.write(reading.save, shapes)


@app.command()
@with_settings
def export(
    files: Files,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FOLDER|FILE", help="A folder, or for one report a file."),
    ] = "out",
    to: Annotated[
        str | None, typer.Option(metavar="KINDS", help=f"What to write into the folder: {','.join(EXPORTS)}.")
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with a byte order mark, which spreadsheets want.")
    ] = False,
    published: Published = None,
    title: Title = None,
    overrides: OverridesFile = None,
    event_edits: EventEditsFile = None,
    settings: dict[str, Any] = {},  # noqa: B006
) -> None:
    """Write readings as files for other programs, their maps and timelines as pictures, or all of it as case files."""
    kinds = [Path(output).suffix] if to is None else [f".{kind}" for kind in _kinds(to)]
    suffixes = [f".{kind}" for kind in EXPORTS] if to is None else []
    if bom and not set(kinds) & set(TABLES):
        msg = "--bom is for CSV: give -o FILE.csv or --to csv with it"
        raise ExportError(msg)
    outputs = Outputs(output, files, kinds, suffixes, _read_too(files, overrides, settings))
    if to is None and outputs.file is None:
        msg = f"say what to write: -o FILE.kml for one report, or --to KINDS into the folder {output}: {','.join(EXPORTS)}"
        raise ExportError(msg)
    with _Batch(files, published, title, (overrides, event_edits), settings, outputs) as batch:
        for reading, paths in batch:
            for path in paths:
                has_mark = bom and kind_of(path) in TABLES
                batch.write(functools.partial(reading.save, bom=True) if has_mark else reading.save, path)


app.command("open")(open_)
app.command()(evaluate)
app.command()(serve)


@app.command()
def schema() -> None:
    """Print the JSON Schema of what read --format jsonl prints."""
    import json

    from standoff.schema import reading_schema

    typer.echo(json.dumps(reading_schema(), indent=2, ensure_ascii=False))


class _Batch:
    """Readings of several reports; a report that cannot be read is told of and passed over."""

    def __init__(
        self,
        files: list[str],
        published: str | None,
        title: str | None,
        corrections: tuple[str | None, str | None],
        settings: dict[str, Any],
        outputs: Outputs | None = None,
    ) -> None:
        self.files, self.published, self.title, self.settings = files, published, title, settings
        (self.overrides, self.event_edits), self.outputs = corrections, outputs
        self.status = 0
        self.gazetteer: Gazetteer | None = None  # opened once for all of them
        self.geocoder: OnlineGeocoder | None = None
        self.homes: dict[str, Home] = {}

    def __enter__(self) -> _Batch:
        if self.published is not None:
            from standoff.report import iso_date

            self.published = iso_date(self.published, "the command line")
        if self.outputs:
            self.outputs.make_folder()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self.gazetteer is not None:
            self.gazetteer.close()
        if kind is None and self.status:
            raise typer.Exit(self.status)

    def __iter__(self) -> Iterator[tuple[Reading, list[Path]]]:
        """Yield readings, each with the files that it is to be written to."""
        reports = [(file, report) for file in self.files if (report := self._tried(file, self._report, file))]
        if len(reports) > 1:
            self.homes = self._homes([report for _, report in reports])
        for file, report in reports:
            paths = self._tried(file, self.outputs.of, report.id) if self.outputs else []
            reading = None if paths is None else self._tried(file, self._reading, file, report)
            if reading is not None and paths is not None:
                yield reading, paths

    def write(self, write: Callable[..., Path], *arguments: Any) -> None:
        """Write a file and print where it is; what cannot be written is told of, and the next one tried."""
        path = self._tried("", write, *arguments)
        if path is not None:
            typer.echo(str(path))

    def _tried(self, file: str, step: Callable[..., T], *arguments: Any) -> T | None:
        """Return what a step makes of a report; None if it cannot be read, which is said."""
        try:
            return step(*arguments)
        except (InputError, ExportError) as error:
            self.status = max(self.status, BAD_INPUT)
            _say(str(error))
        except StandoffError:
            raise  # a setting or the gazetteer: the next report would meet it too
        except Exception as error:
            self.status = BUG
            _say_bug(error, f"{file}: " if file else "")
        return None

    def _report(self, file: str) -> Report:
        from standoff.report import read_report

        limit = {"max_chars": self.settings["max_chars"]} if "max_chars" in self.settings else {}
        return read_report(file, self.published, self.title, **limit)

    def _homes(self, reports: list[Report]) -> dict[str, Home]:
        """Return where publishers are at home, as far as several reports of theirs tell."""
        if not any(report.publisher for report in reports):
            return {}
        from standoff.stair import homes_of

        return homes_of(reports, self._opened(), **self.settings)

    def _reading(self, file: str, report: Report) -> Reading:
        from standoff.event_edits import gather as edits_of
        from standoff.overrides import gather
        from standoff.reading import read_with
        from standoff.stair import Sources

        geocoder = self._geocoder() if "online" in self.settings else None
        given = self.settings | ({"online": geocoder.service} if geocoder else {})
        corrections = gather(self.overrides, file), edits_of(self.event_edits, file)
        where = None if file == "-" else file
        sources = Sources(self._opened(), corrections[0], geocoder, self.homes, where, corrections[1])
        return read_with(report, Settings.of(**given), sources)

    def _opened(self) -> Gazetteer:
        from standoff.gazetteer import Gazetteer  # and what reading needs: only for a good report

        if self.gazetteer is None:
            self.gazetteer = Gazetteer.open(progress=sys.stderr.isatty())
        return self.gazetteer

    def _geocoder(self) -> OnlineGeocoder | None:
        if self.geocoder is None:  # one for all: it asks no name twice
            from standoff.stair import geocoder_of

            self.geocoder = geocoder_of(Settings.of(online=self.settings["online"]))
        return self.geocoder


def _read_too(files: list[str], overrides: str | None, settings: dict[str, Any]) -> list[str]:
    """Return what may be read besides the reports: nothing is written over it."""
    beside = [str(Path(file).parent / FILE_NAME) for file in files if file != "-"]
    return [*dict.fromkeys(beside), *filter(None, [overrides, settings.get("event_types")])]


def _kinds(words: str) -> list[str]:
    kinds = [kind.strip().lower().lstrip(".") for kind in words.split(",")]
    for kind in kinds:
        if kind not in EXPORTS:
            msg = f"{kind or 'nothing'} is no kind of export; give -o FILE.kml or --to {','.join(EXPORTS)}"
            raise ExportError(msg)
    return kinds


def _save_page(reading: Reading, path: Path, tiles: bool) -> Path:
    if not tiles:
        return reading.save(path)
    from standoff import maps

    return maps.save(reading.map(tiles=True), path)


def _print_summary(reading: Reading) -> None:
    from rich.console import Console

    from standoff.summary import summary

    Console().print(summary(reading.report, reading.record))


class _Warned:
    """Says our own warnings in one line, each once however many reports it concerns; others as Python does."""

    def __init__(self) -> None:
        self.usual = warnings.showwarning
        self.said: set[str] = set()

    def __call__(self, message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if not issubclass(category, StandoffWarning):
            self.usual(message, category, *where, **more)
        elif str(message) not in self.said:
            self.said.add(str(message))
            _say(str(message))


def _say(message: str) -> None:
    line = "".join(char if char.isprintable() else " " for char in message)
    try:
        typer.echo(f"standoff: {' '.join(line.split())}", err=True)
    except OSError:
        cli_streams.give_up(sys.stderr)  # nobody is left to be told; the exit status still says it


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : list of str, optional
        What was typed after ``standoff``; by default that of this process.

    Returns
    -------
    int
        The exit status: 0, or 2 after bad input, of which one line on standard error tells.
    """
    try:
        cli_streams.prepare()
        with warnings.catch_warnings():
            warnings.showwarning = _Warned()
            status = app(args=arguments, prog_name="standoff", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        _say("stopped")
        return STOPPED
    except BrokenPipeError:
        cli_streams.give_up(sys.stdout)  # the reader has gone
        return PIPE_CLOSED
    except StandoffError as error:
        _say(str(error))
        return BAD_INPUT
    except Exception as error:
        return _last_word(error)
    return status if isinstance(status, int) else 0


def _last_word(error: Exception) -> int:
    # Typer's own errors, whichever click it carries: a wrong option, a missing argument.
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):
        context = getattr(error, "ctx", None)
        _say(f"{error.format_message()} (see {context.command_path if context else 'standoff'} --help)")
        return BAD_INPUT
    if isinstance(error, OSError) and error.filename is None:
        cli_streams.give_up(sys.stdout)  # files say their name; this is a full disk behind standard output
        _say(f"standard output cannot be written ({error.strerror or error})")
        return BAD_INPUT
    _say_bug(error)
    return BUG


def _say_bug(error: Exception, where: str = "") -> None:
    if os.environ.get("STANDOFF_DEBUG"):
        traceback.print_exception(error)
    _say(f"{where}a fault of standoff itself: {type(error).__name__}: {error} (STANDOFF_DEBUG=1 shows where)")
