"""What is worked on: a report, what it is read with, and the corrections, each written down as it is made."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standoff import event_edits as edits_of
from standoff import overrides as corrections_of
from standoff.desk import parameters, places
from standoff.desk.shelf import Shelf
from standoff.errors import InputError, SettingError, StandoffWarning
from standoff.event_edits.sources import COMMON, SUFFIX, EventEdits, Sheet
from standoff.files import is_same, is_there
from standoff.model import Event, Report
from standoff.overrides import FILE_NAME, NO_PLACE, Override, Overrides
from standoff.reading import Reading, read_with
from standoff.report import read_report, report_from_text, slug
from standoff.settings import Settings
from standoff.stair import Sources

if TYPE_CHECKING:
    from standoff.gazetteer import Gazetteer


class Desk:
    """One report at a time; what cannot be done raises a ``StandoffError`` and leaves the last good reading.

    Parameters
    ----------
    folder : path, optional
        Whose reports are offered; see `Shelf`.
    beside : Reading or path, optional
        Whose folder is offered, if no other is given.

    Attributes
    ----------
    reading : Reading or None
        The last that could be read.
    settings : Settings
    overrides_file : str
        Which file of corrections: empty for ``overrides.csv`` beside the report, ``"none"``, or a path.
    notes : tuple of str
        What was passed over at the last reading.
    """

    def __init__(self, folder: str | Path | None = None, *, beside: Reading | Path | None = None) -> None:
        given = _file_of(beside) if isinstance(beside, Reading) else beside
        self.shelf = Shelf(folder, given)
        self.settings = Settings.of()
        self.reading: Reading | None = None
        self.overrides_file = ""
        self.notes: tuple[str, ...] = ()
        self._names: Gazetteer | None = None
        self._sources = Sources()  # what was given with a reading, besides files
        self._rows: tuple[Override, ...] = ()
        self._sheets: tuple[Sheet, ...] = ()
        self._seen: dict[Path, bytes | None] = {}

    # --- which report ---

    @property
    def file(self) -> Path | None:
        """Where the report lies; None for one that is no file yet."""
        return _file_of(self.reading) if self.reading else None

    def open(self, path: str | Path) -> Reading:
        """Read a file."""
        report = read_report(path, max_chars=self.settings.max_chars)
        return self._take(report, Path(path))

    def try_first(self) -> None:
        """Open the first report of the folder that can be read."""
        for path in self.shelf.reports():
            try:
                self.open(path)
            except InputError:
                continue
            return

    def adopt(self, reading: Reading) -> Reading:
        """Go on with a reading: with its settings, its gazetteer, and the corrections that it was given."""
        sources = reading._sources
        file = _file_of(reading)
        self.settings = reading._settings
        self._names = sources.gazetteer
        self._sources = sources
        self._rows, self.overrides_file = _own_rows(sources, file)
        self._sheets = tuple(
            _from_case(sheet, sources.case)
            for sheet in sources.event_edits.sheets
            if not _is_beside(sheet, file)
        )
        file = file or self.shelf.kept(reading.report)
        self.reading = reading
        return self._read(reading.report, file, self.settings)

    def paste(self, text: str, title: str | None = None, published: str | None = None) -> Reading:
        """Read text at hand; it is kept as a file in the workbench's own folder."""
        report = report_from_text(
            text, title=title or None, published=published or None, max_chars=self.settings.max_chars
        )
        return self.open(self.shelf.keep(report))

    def drop(self, name: str, data: bytes) -> Reading:
        """Read a file that was dropped; it is kept in the workbench's own folder."""
        return self.open(self.shelf.keep_file(name, data, self.settings.max_chars))

    def _take(self, report: Report, file: Path) -> Reading:
        """Read another report; what was given for the one before does not hold for it."""
        before = self._rows, self._sheets, self._sources
        settings = self.settings
        if self._sources.event_types is not None:  # the table came in a case: there is no file of that name
            settings = settings.model_copy(update={"event_types": None})
        self._rows, self._sheets = (), ()
        self._sources = Sources(geocoder=self._sources.geocoder, homes=self._sources.homes)
        try:
            return self._read(report, file, settings)
        except Exception:
            self._rows, self._sheets, self._sources = before
            raise

    # --- what it is read with ---

    def change(self, **values: Any) -> Reading | None:
        """Change settings, and read again."""
        settings = parameters.changed(self.settings, values)
        if self.reading is None:
            self.settings = settings
            return None
        return self._read(self.reading.report, self.file, settings)

    def use_overrides(self, file: str) -> Reading | None:
        """Take corrections from another file: empty for the one beside the report, ``"none"``, or a path."""
        before, self.overrides_file = self.overrides_file, file.strip()
        try:
            return self.again()
        except Exception:
            self.overrides_file = before
            raise

    def again(self) -> Reading | None:
        """Read the report again, with what stands in its files now."""
        return None if self.reading is None else self._read(self.reading.report, self.file, self.settings)

    @property
    def overrides_path(self) -> Path | None:
        """Where a correction is written; None if corrections are switched off."""
        if self.overrides_file.lower() == NO_PLACE:
            return None
        if self.overrides_file:
            return Path(self.overrides_file)
        return (self.file.parent if self.file else self.shelf.own) / FILE_NAME

    @property
    def events_path(self) -> Path:
        """Where an edit of an event is written."""
        if self.file is not None:
            return self.file.with_name(self.file.stem + SUFFIX)
        return self.shelf.own / f"{slug(self._now.report.id) or 'report'}{SUFFIX}"  # an id may be a path

    def _read(self, report: Report, file: Path | None, settings: Settings) -> Reading:
        with _told() as notes:
            path = self.overrides_path
            if self.overrides_file and path is not None and not is_there(path):
                warnings.warn(
                    f"{path} is not there yet; the first correction makes it", StandoffWarning, stacklevel=2
                )
            given = self._sources
            if settings.event_types != self.settings.event_types:
                given = replace(given, event_types=None)  # they were those of the other table
            sources = replace(
                given,
                gazetteer=self._opened(),
                overrides=self._overrides(file),
                event_edits=self._edits(file),
                file=file,
            )
            geocoder = sources.geocoder
            if geocoder is not None and settings.online is None:
                sources = replace(sources, geocoder=None)
            reading = read_with(report, settings, sources)
        self.reading, self.settings, self.notes = reading, settings, tuple(notes)
        self._sources = given
        self._seen = {path: _digest(path) for path in self._files()}
        return reading

    def _opened(self) -> Gazetteer:
        """Return the gazetteer, opened once for all readings."""
        if self._names is None:
            from standoff.gazetteer import Gazetteer

            self._names = Gazetteer.open()
        return self._names

    def _overrides(self, file: Path | None) -> Overrides:
        given = self.overrides_file
        if given and given.lower() != NO_PLACE and not is_there(given):
            found = corrections_of.gather(None, file)  # it is made with the first correction
            found = replace(found, file=Path(given))
        else:
            found = corrections_of.gather(given or None, file)
        if not self._rows:
            return found
        # What is written at the desk is newer than what the reading was given, and wins.
        source = self._sources.case.name if self._sources.case else "overrides"
        return replace(found, rows=(*self._rows, *found.rows), sources=(source, *found.sources))

    def _edits(self, file: Path | None) -> EventEdits:
        found = edits_of.gather(None, file)
        return EventEdits((*self._sheets, *found.sheets))  # as for places, what is newer wins

    # --- corrections of places ---

    def names(self) -> list[places.NameRow]:
        """Return the names that can be corrected."""
        return places.name_rows(self.reading.record) if self.reading else []

    def put(self, name: str, lat: float, lon: float, *, note: str = "", here_only: bool = True) -> Reading:
        """Say where a name is.

        Parameters
        ----------
        name : str
            The id of a mention of it.
        lat, lon : float
            WGS84 degrees.
        note : str
            Why; it goes wherever the place goes.
        here_only : bool
            Only in this report, and not in all that lie beside the file.
        """
        return self._override(name, note, here_only, lat=round(lat, 6), lon=round(lon, 6))

    def choose(self, name: str, gid: str, *, note: str = "", here_only: bool = True) -> Reading:
        """Say which of its candidates a name means; see `put`."""
        row = self._name(name)
        candidate = next((each for each in row.candidates if each.gid == gid), None)
        if candidate is None:
            msg = f"{row.text}: {gid!r} is not among its candidates"
            raise SettingError(msg)
        if self._opened().place(gid) is not None:
            return self._override(name, note, here_only, gid=gid)
        # What an online geocoder told is in no gazetteer: its position is kept with it.
        told = {
            "lat": candidate.lat,
            "lon": candidate.lon,
            "name": candidate.name,
            "country": candidate.country,
        }
        more = {"feature": candidate.feature, "extent_m": candidate.extent_m}
        return self._override(name, note, here_only, gid=gid, **told, **more)

    def no_place(self, name: str, *, note: str = "", here_only: bool = True) -> Reading:
        """Say that a name is no place; see `put`."""
        return self._override(name, note, here_only, no_place=True)

    def can_undo(self, row: places.NameRow) -> bool:
        """Say whether what was set for a name stands in the file that is written to."""
        return (
            row.set_by is not None and places.row_behind(self._now._sources.overrides, row.set_by) is not None
        )

    def undo(self, name: str) -> Reading:
        """Take back the correction that decides what a name means."""
        self._renew()
        row = self._name(name)
        overrides = self._now._sources.overrides
        behind = places.row_behind(overrides, row.set_by) if row.set_by else None
        if behind is None or overrides.file is None:
            where = f"it stands in {row.set_by}" if row.set_by else "nothing was set for it"
            msg = f"{row.text}: nothing can be taken back here; {where}"
            raise SettingError(msg)
        corrections_of.remove_row(overrides.file, behind)
        return self._again()

    def _override(self, name: str, note: str, here_only: bool, **columns: Any) -> Reading:
        self._keep()
        row = self._name(name)
        target = self.overrides_path
        if target is None:
            msg = "corrections are switched off (overrides: none); empty that field to make one"
            raise SettingError(msg)
        if here_only:
            columns["report"] = self._now.report.id
        if columns.pop("no_place", False):
            columns["feature"] = NO_PLACE
        corrections_of.add_row(target, {"text": row.text, "note": note.strip() or None, **columns})
        return self._again()

    def _name(self, mention: str) -> places.NameRow:
        row = places.row_of(self.names(), mention)
        if row is None:
            msg = f"this reading has no name {mention!r} that could be corrected"
            raise SettingError(msg)
        return row

    # --- edits of events ---

    def events(self) -> list[Event]:
        """Return the events, those that were rejected among them, in the order of the text."""
        if self.reading is None:
            return []
        record = self.reading.record
        return sorted([*record.events, *record.rejected], key=lambda event: (event.start, event.id))

    def set_event(self, event: str, cells: Mapping[str, str | None]) -> Reading:
        """Set cells of an event; None puts back what was read.

        Parameters
        ----------
        event : str
            Its id.
        cells : mapping
            By columns of the table of events, as typed; an empty one says that there is none.
        """
        from standoff.event_edits.sheet import set_cells

        self._keep()
        self._renew()
        set_cells(self._now.report, self._now.record, self.events_path, event, cells)
        return self._again()

    def accept(self, event: str) -> Reading:
        """Say that an event is read rightly."""
        return self.set_event(event, {"review_status": "accepted"})

    def reject(self, event: str) -> Reading:
        """Take an event out."""
        return self.set_event(event, {"review_status": "rejected"})

    def restore(self, event: str) -> Reading:
        """Put an event back as it was read."""
        from standoff.event_edits.cells import editable

        return self.set_event(event, dict.fromkeys(editable()))

    # --- files ---

    @property
    def _now(self) -> Reading:
        if self.reading is None:
            msg = "there is no report yet: choose one, or paste its text"
            raise SettingError(msg)
        return self.reading

    def _again(self) -> Reading:
        return self._read(self._now.report, self.file, self.settings)

    def _keep(self) -> None:
        """Give a report at hand a file, so that what is said of it is found again."""
        if self.file is None:
            path = self.shelf.keep(self._now.report)
            self._read(read_report(path, max_chars=self.settings.max_chars), path, self.settings)

    def _files(self) -> list[Path]:
        beside = self.file.parent / COMMON if self.file else None
        return [path for path in (self.overrides_path, self.events_path, beside) if path is not None]

    def _renew(self) -> None:
        """Read again, if somebody has changed a file since: lines and cells must be those that are there now."""
        if any(_digest(path) != seen for path, seen in self._seen.items()):
            self._again()


def _file_of(reading: Reading | None) -> Path | None:
    source = reading._sources.file if reading is not None else None
    return None if source is None or str(source) == "-" else Path(source)


def _own_rows(sources: Sources, file: Path | None) -> tuple[tuple[Override, ...], str]:
    """Return the corrections that were given as a table or came in a case file, and which file the others are from."""
    overrides = sources.overrides
    if sources.case is not None:  # they stand in no file of this machine, whatever their lines say
        case = sources.case.name
        came = (row.model_copy(update={"origin": f"{case}: {row.origin}"}) for row in overrides.rows)
        return tuple(came), ""
    beside = file.parent / FILE_NAME if file else None
    rows = tuple(row for row in overrides.rows if row.origin.startswith("overrides, row "))
    if overrides.file is None:
        return rows, NO_PLACE if file is not None else ""
    return rows, "" if beside is not None and is_same(overrides.file, beside) else str(overrides.file)


def _from_case(sheet: Sheet, case: Path | None) -> Sheet:
    """Return a table of edits; one of a case file with where its rows stand: not in a file of that name here."""
    if case is None:
        return sheet
    rows = tuple(replace(row, origin=f"{case.name}: {row.origin}") for row in sheet.rows)
    return replace(sheet, label=f"{case.name}: {sheet.label}", rows=rows)


def _is_beside(sheet: Sheet, file: Path | None) -> bool:
    if sheet.file is None or file is None:
        return False
    return any(is_same(sheet.file, file.with_name(name)) for name in (COMMON, file.stem + SUFFIX))


def _digest(path: Path) -> bytes | None:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except (OSError, ValueError):
        return None


@contextmanager
def _told() -> Iterator[list[str]]:
    """Gather what is told as a warning, each once."""
    notes: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", StandoffWarning)
        yield notes
    notes += dict.fromkeys(str(each.message) for each in caught if issubclass(each.category, StandoffWarning))
