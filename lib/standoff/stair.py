"""The whole stair, from a report and what it is read with to the record of the data contract."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standoff.errors import InputError, SettingError, StandoffError, StandoffWarning
from standoff.event_edits.sources import EventEdits
from standoff.made_with import name_of
from standoff.model import ReadingRecord, Report
from standoff.overrides import Overrides
from standoff.settings import Settings

if TYPE_CHECKING:
    from standoff.event_types import EventType
    from standoff.extract.positions import Position
    from standoff.gazetteer import Gazetteer, OnlineGeocoder, Regions
    from standoff.gazetteer.remembered import Asks
    from standoff.model import Event, Measure, PlaceMention, Relation, Zone
    from standoff.resolve import Corrections, Home


@dataclass(frozen=True)
class Original:
    """The bytes of the file that a report was made of, and the suffix of its name."""

    suffix: str
    data: bytes


@dataclass(frozen=True)
class Sources:
    """What a report is read with, besides the settings.

    Attributes
    ----------
    gazetteer : Gazetteer or None
        None opens the embedded one for each reading.
    overrides : Overrides
        The analyst's corrections.
    geocoder : OnlineGeocoder, OwnGeocoder or Remembered, or None
        Who is asked for names that the gazetteer lacks.
    homes : mapping
        Publishers to their homes, as far as reports that are read together tell.
    file : path or None
        Where the report lies; nothing is written over it.
    event_edits : EventEdits
        The analyst's edits to the table of events.
    event_types : tuple of EventType or None
        The rows of the setting ``event_types``, where they are at hand; None reads the file that it names.
    case : Path or None
        The case file that the report came in; nothing is written over it.
    original : Original or None
        The file that the report was made of, where it came in a case file.
    """

    gazetteer: Gazetteer | None = None
    overrides: Overrides = field(default_factory=Overrides)
    geocoder: Asks | None = None
    homes: Mapping[str, Home] = field(default_factory=dict)
    file: str | Path | None = None
    event_edits: EventEdits = field(default_factory=EventEdits)
    event_types: tuple[EventType, ...] | None = None
    case: Path | None = None
    original: Original | None = None


@contextmanager
def opened(gazetteer: Gazetteer | None) -> Iterator[Gazetteer]:
    """Give the gazetteer, or the embedded one, opened for as long as it is needed.

    Raises
    ------
    GazetteerError
        If none is given and the embedded one can be neither opened nor built.
    """
    from standoff.gazetteer import Gazetteer

    if gazetteer is not None:
        yield gazetteer
        return
    with Gazetteer.open() as embedded:
        yield embedded


def record_of(report: Report, settings: Settings, sources: Sources) -> ReadingRecord:
    """Return what a report says of where, by the data contract.

    Raises
    ------
    GazetteerError
        If no gazetteer is given and the embedded one can be neither opened nor built.
    InputError
        If the report's own front matter names a home that cannot be one.
    SettingError
        If a setting does.
    """
    for problem in sources.overrides.problems:
        warnings.warn(problem, StandoffWarning, stacklevel=4)
    with opened(sources.gazetteer) as names:
        return _record(report, settings, sources, names)


def _record(report: Report, settings: Settings, sources: Sources, names: Gazetteer) -> ReadingRecord:
    # Heavy rooms are opened here, so that `import standoff` and `standoff --help` are quick.
    from standoff.checks import Checker
    from standoff.gazetteer import Regions, name_key
    from standoff.ground.footprints import ground
    from standoff.resolve import Corrections

    codes = _codes(settings, sources)
    regions = Regions.open()
    rows = sources.overrides.rows_for(report.id)
    corrections = Corrections.of(rows, names, regions, name_key)
    for problem in corrections.problems:
        warnings.warn(problem, StandoffWarning, stacklevel=5)
    home, home_words = _home(report, settings, sources, names, regions)
    words = _words(report, settings, names, corrections)
    mentions = _places(words, names, home, corrections, sources.geocoder)
    laid = ground(mentions, words.measures, words.relations, words.zones, words.events, regions, settings)
    rejected: list[Event] = []
    if sources.event_edits.sheets:
        from standoff.event_edits.apply import apply
        from standoff.event_types import types_in

        done = apply(sources.event_edits, laid, report, mentions, regions, types_in({"event_codes": codes}))
        laid, rejected = done.laid, done.rejected
        for problem in done.problems:
            warnings.warn(problem, StandoffWarning, stacklevel=5)
    checks = Checker(mentions, words.measures, laid.relations, laid.zones, laid.events, laid.conflicts).all()
    made_with = settings.model_dump(mode="json") | {
        # Names alone: what is handed over tells no folder of this machine.
        "pipeline": name_of(settings.pipeline),
        "event_types": name_of(settings.event_types) if settings.event_types else None,
        "home_taken_as": home_words,
        "overrides": ", ".join(dict.fromkeys(sources.overrides.sources)) or None,
        "event_codes": codes,
        "event_edits": ", ".join(sheet.label for sheet in sources.event_edits.sheets) or None,
    }
    return ReadingRecord(
        report=report.info, places=mentions, measures=words.measures, relations=laid.relations, zones=laid.zones,
        footprints=laid.footprints, events=laid.events, rejected=rejected, checks=checks, settings=made_with,
    )  # fmt: skip


def _codes(settings: Settings, sources: Sources) -> list[dict[str, Any]] | None:
    """Return the analyst's own types of events; read first, for what is wrong with them is told at once."""
    if settings.event_types is None:
        return None
    if sources.event_types is not None:
        return [row.model_dump() for row in sources.event_types]
    from standoff.event_types import types_of

    try:
        return [row.model_dump() for row in types_of(settings.event_types).values()]
    except InputError as error:
        msg = f"setting event_types: {error}"
        raise SettingError(msg) from None


@dataclass(frozen=True)
class _Words:
    """What the words of a report say, before any of it has a place on the Earth."""

    mentions: list[PlaceMention]
    positions: list[Position]
    measures: list[Measure]
    relations: list[Relation]
    zones: list[Zone]
    events: list[Event]


def _words(report: Report, settings: Settings, names: Gazetteer, corrections: Corrections) -> _Words:
    from standoff.pipeline import annotate

    doc = annotate(report, settings.pipeline, names, corrections.names)
    found = doc._
    return _Words(
        found.place_mentions, found.coordinates, found.measures, found.relations, found.zones, found.events
    )


def _places(
    words: _Words,
    names: Gazetteer,
    home: Home,
    corrections: Corrections,
    geocoder: Asks | None,
) -> list[PlaceMention]:
    from standoff.gazetteer import name_key
    from standoff.resolve import resolve
    from standoff.resolve.asked import Asked

    if geocoder is None:
        return resolve(words.mentions, words.positions, names, name_key, home, corrections)
    geocoder.resume()
    fixed = corrections.of_mentions(words.mentions, name_key)
    open_ = [mention for mention in words.mentions if mention.id not in fixed]
    asked = Asked(names, name_key, open_, geocoder.lookup, geocoder.service)
    found = resolve(words.mentions, words.positions, asked, name_key, home, corrections)
    return [asked.told(mention) for mention in found]


def _home(
    report: Report, settings: Settings, sources: Sources, names: Gazetteer, regions: Regions
) -> tuple[Home, str | None]:
    """Return where the report was printed, and in words what the analyst's setting was taken for."""
    from standoff.resolve import home_of
    from standoff.resolve.home import told_home

    own = home_of(report.publisher)
    if settings.home is None and report.home is None:
        pooled = sources.homes.get(report.publisher or "")
        if pooled is None:
            return own, None
        return pooled, f"{pooled.lat:.2f}, {pooled.lon:.2f}, as the reports of {report.publisher} tell"
    try:
        told = told_home(settings.home or report.home or "", names, regions)
    except SettingError as error:
        if settings.home is not None:
            raise
        msg = f"{report.id}: {error}"  # this report's front matter says so: the others can be read
        raise InputError(msg) from None
    return replace(told.home, letters=own.letters), told.words


def homes_of(
    reports: Iterable[Report], gazetteer: Gazetteer | None = None, **settings: Any
) -> dict[str, Home]:
    """Return where publishers are at home, by what their reports name: local papers write of the place next door.

    Parameters
    ----------
    reports : iterable of Report
        Read once more than otherwise, where a publisher has three or more; others tell nothing.
    gazetteer : Gazetteer, optional
        As for `read`.
    **settings
        Any field of `Settings`; with ``home`` there is nothing to find out.

    Returns
    -------
    dict of str to Home
        Those publishers of which the reports agree on a place; for the argument ``homes`` of `read`.
    """
    from standoff.resolve.publishers import LEAST_REPORTS

    chosen = Settings.of(**settings)
    told = [report for report in reports if report.publisher and not report.home and not chosen.home]
    count = Counter(report.publisher for report in told)
    local = [report for report in told if count[report.publisher] >= LEAST_REPORTS]
    if not local:
        return {}
    from standoff.gazetteer import name_key
    from standoff.resolve import homes

    with opened(gazetteer) as names:
        found = homes(_named_in(local, chosen, names), names, name_key)
    return {publisher: home for publisher, home in found.items() if home.lat is not None}


def _named_in(
    reports: Iterable[Report], settings: Settings, names: Gazetteer
) -> Iterator[tuple[str | None, str, list[PlaceMention]]]:
    from standoff.pipeline import annotate

    for number, report in enumerate(reports):
        try:
            mentions = annotate(report, settings.pipeline, names)._.place_mentions
        except StandoffError:
            raise
        except Exception:  # noqa: S112 - it is told of when that report is read itself
            continue
        yield report.publisher, f"{number} {report.id}", mentions


def geocoder_of(settings: Settings) -> OnlineGeocoder | None:
    """Return the online geocoder that the settings name; None if they name none.

    Raises
    ------
    SettingError
        If it cannot be asked so.
    """
    if settings.online is None:
        return None
    from standoff.gazetteer import OnlineGeocoder

    try:
        return OnlineGeocoder.of(settings.online)
    except SettingError as error:
        msg = f"setting online: {error}"
        raise SettingError(msg) from None
