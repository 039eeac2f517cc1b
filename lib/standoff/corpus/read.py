"""read_many(): one gazetteer and one pipeline for all reports; what cannot be read is told of and stops nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standoff.corpus.corpus import Corpus, Failure
from standoff.errors import InputError, StandoffError
from standoff.model import Report
from standoff.units import shortened

if TYPE_CHECKING:
    from standoff import event_edits as edits_of
    from standoff.gazetteer import Gazetteer, OnlineGeocoder, OwnGeocoder
    from standoff.overrides import Given
    from standoff.reading import Reading
    from standoff.resolve import Home
    from standoff.settings import Settings

SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".xhtml")
"""What is read of a folder."""
_LONGEST_REASON = 300

Source = str | Path | Report


@dataclass(frozen=True)
class Opened:
    """A report, and the file that it is from; None where it came as a report."""

    report: Report
    file: str | Path | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return str(self.file) if self.file is not None else self.report.id


@dataclass(frozen=True)
class _Shared:
    """What all reports are read with."""

    settings: Settings
    gazetteer: Gazetteer
    geocoder: OnlineGeocoder | OwnGeocoder | None
    homes: Mapping[str, Home]
    overrides: Given
    event_edits: edits_of.Given

    def reading(self, opened: Opened) -> Reading:
        from standoff import event_edits, overrides
        from standoff.reading import read_with
        from standoff.stair import Sources

        found = overrides.gather(self.overrides, opened.file)
        edits = event_edits.gather(self.event_edits, opened.file)
        sources = Sources(self.gazetteer, found, self.geocoder, self.homes, opened.file, edits)
        return read_with(opened.report, self.settings, sources)


def read_many(
    sources: Source | Iterable[Source],
    *,
    published: str | None = None,
    gazetteer: Gazetteer | None = None,
    overrides: Given = None,
    event_edits: edits_of.Given = None,
    online: str | OnlineGeocoder | OwnGeocoder | None = None,
    homes: Mapping[str, Home] | None = None,
    progress: bool = False,
    **settings: Any,
) -> Corpus:
    """Read many reports, each as `standoff.read` does, with one gazetteer and one pipeline for all.

    Publishers of which there are three reports or more are at home where most of what they name lies, as on the
    command line; with ``homes`` or the setting ``home`` nothing is worked out.

    Parameters
    ----------
    sources : path, Report, or iterable of those
        A file, or a folder, of which all .md, .txt and .html files are read in the order of their names.
    published : str, optional
        The day of publication, ISO 8601, of files that do not say.
    gazetteer, overrides, event_edits, online, homes
        As for `standoff.read`, for all reports.
    progress : bool
        Show a bar.
    **settings
        Any field of `Settings`.

    Returns
    -------
    Corpus
        A report that cannot be read is a row of `Corpus.failed`, with the reason.

    Raises
    ------
    InputError
        If a folder holds no report, or the one file or folder that is given is not there.
    SettingError
        If a setting has a value that it cannot have.
    GazetteerError
        If the embedded gazetteer can be neither opened nor built.

    Examples
    --------
    >>> from standoff.report import report_from_text
    >>> texts = ["Shells hit Aleppo on Tuesday.", "A truck was hit 24 miles from Aleppo."]
    >>> corpus = read_many(report_from_text(text, published="2016-05-03") for text in texts)
    >>> len(corpus.reports), len(corpus.events), len(corpus.failed)
    (2, 2, 0)
    """
    from standoff.gazetteer import Gazetteer
    from standoff.reading import chosen_with
    from standoff.report import iso_date
    from standoff.stair import homes_of

    chosen, geocoder = chosen_with(settings, online)
    day = iso_date(published, "published") if published else None
    failures: list[Failure] = []
    opened = list(opened_of(sources, day, chosen.max_chars, failures))
    names = gazetteer or Gazetteer.open()
    try:
        if homes is None:
            homes = homes_of([each.report for each in opened], names, **settings)
        shared = _Shared(chosen, names, geocoder, homes, overrides, event_edits)
        readings = list(_readings(_shown(opened, progress), shared, failures))
    finally:
        if gazetteer is None:
            names.close()
    return Corpus(readings, failures)


def opened_of(
    sources: Source | Iterable[Source], published: str | None, max_chars: int, failures: list[Failure]
) -> Iterator[Opened]:
    """Yield the reports of files, folders and reports; what cannot be opened goes to the failures."""
    from standoff.report import read_report

    for source in _listed(sources):
        if isinstance(source, Report):
            yield Opened(source)
            continue
        try:
            yield Opened(read_report(source, published=published, max_chars=max_chars), source)
        except InputError as error:
            failures.append(_failure(str(source), error))


def _listed(sources: Source | Iterable[Source]) -> Iterator[Source]:
    if isinstance(sources, str | Path) and str(sources) != "-" and not Path(sources).exists():
        msg = f"{sources}: there is no such file or folder"
        raise InputError(msg)
    given = [sources] if isinstance(sources, str | Path | Report) else sources
    for source in given:
        if isinstance(source, Report) or str(source) == "-" or not Path(source).is_dir():
            yield source
            continue
        found = sorted(path for path in Path(source).iterdir() if path.suffix.lower() in SUFFIXES)
        if not found:
            msg = f"{source}: no report in this folder ({', '.join(SUFFIXES)})"
            raise InputError(msg)
        yield from found


def _readings(opened: Iterable[Opened], shared: _Shared, failures: list[Failure]) -> Iterator[Reading]:
    for each in opened:
        try:
            yield shared.reading(each)
        except InputError as error:
            failures.append(_failure(each.name, error))
        except StandoffError:
            raise  # a setting or the gazetteer: the next report would meet it too
        except Exception as error:  # a bug of ours in one report must not cost the others
            failures.append(_failure(each.name, error))


def _failure(name: str, error: Exception) -> Failure:
    words = str(error) if isinstance(error, StandoffError) else f"{type(error).__name__}: {error}"
    return Failure(name, shortened(" ".join(words.split()), _LONGEST_REASON))


def _shown(opened: list[Opened], progress: bool) -> Iterable[Opened]:
    if not progress:
        return opened
    from rich.progress import track

    return track(opened, description="Reading")
