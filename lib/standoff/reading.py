"""read(): from a report to a Reading that an analyst can look at, tweak and save."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standoff import event_edits as edits_of
from standoff import overrides as corrections_of
from standoff.errors import SettingError
from standoff.made_with import MadeWith
from standoff.model import ReadingRecord, Report
from standoff.overrides import Given
from standoff.report import read_report, report_from_text
from standoff.settings import Settings
from standoff.stair import Sources, geocoder_of, opened, record_of
from standoff.units import shortened

if TYPE_CHECKING:
    import folium
    import geopandas
    import pandas as pd

    from standoff.figures.drawing import TimelineFigure
    from standoff.figures.map_drawing import MapFigure
    from standoff.gazetteer import Gazetteer, OnlineGeocoder, OwnGeocoder
    from standoff.gazetteer.remembered import Asks, Remembered
    from standoff.resolve import Home

_SOURCES = ("gazetteer", "overrides", "online", "homes", "event_edits")


def read(
    source: str | Path | Report,
    *,
    published: str | None = None,
    title: str | None = None,
    gazetteer: Gazetteer | None = None,
    overrides: Given = None,
    online: str | OnlineGeocoder | OwnGeocoder | Any = None,
    homes: Mapping[str, Home] | None = None,
    event_edits: edits_of.Given = None,
    **settings: Any,
) -> Reading:
    """Read one report.

    Parameters
    ----------
    source : str, Path or Report
        A .txt, .md or .html file (``"-"`` for standard input), or a `Report`.
    published : str, optional
        The day of publication, ISO 8601, where the file does not say.
    title : str, optional
        The title, where the file does not say.
    gazetteer : Gazetteer, optional
        What names are looked up in; by default the embedded one, built on first use.
    overrides : path, DataFrame or list of dicts, optional
        Your own corrections, on top of ``overrides.csv`` beside the report; see
        docs/overrides.md. False leaves that file out, too.
    online : str, OnlineGeocoder, OwnGeocoder or any geocoder of geopy's kind, optional
        Who is asked for names that the gazetteer lacks; by default nobody. See docs/online.md.
    homes : mapping, optional
        Publishers to where they are at home, from `homes_of`.
    event_edits : path, DataFrame or list of dicts, optional
        Your own edits to the table of events, on top of ``<report>.events.csv`` and ``events.csv`` beside the
        report; see docs/event_corrections.md. False leaves those files out, too.
    **settings
        Any field of `Settings`: ``zone_radius="34 mi"``, ``coverage=0.95``.

    Returns
    -------
    Reading

    Raises
    ------
    InputError
        If the file cannot be read as a report.
    SettingError
        If a setting has a value that it cannot have.

    Examples
    --------
    >>> report = report_from_text("A truck was hit 24 miles from Aleppo on Tuesday.", published="2017-06-08")
    >>> reading = read(report)
    >>> reading.relations[["kind", "metres"]].values.tolist()
    [['distance', 38624.256]]
    """
    chosen, geocoder = chosen_with(settings, online)
    if gazetteer is not None and not hasattr(gazetteer, "lookup"):
        msg = f"gazetteer is a Gazetteer, not {type(gazetteer).__name__}: {shortened(repr(gazetteer))}"
        raise SettingError(msg)
    if homes is not None and not hasattr(homes, "get"):
        msg = f"homes is what homes_of returns, not {type(homes).__name__}: {shortened(repr(homes))}"
        raise SettingError(msg)
    if isinstance(source, Report):
        report, file = source, None
    else:
        report = read_report(source, published=published, title=title, max_chars=chosen.max_chars)
        file = source
    found = corrections_of.gather(overrides, file)
    edits = edits_of.gather(event_edits, file)
    return read_with(report, chosen, Sources(gazetteer, found, geocoder, homes or {}, file, edits))


def read_text(
    text: str, *, title: str | None = None, published: str | None = None, **settings: Any
) -> Reading:
    """Read a report that is at hand as text; see `read`.

    Examples
    --------
    >>> read_text("A truck was hit 24 miles from Aleppo.", max_chars=5)
    Traceback (most recent call last):
    ...
    standoff.errors.InputError: the text: 37 characters is more than the limit of 5; raise it with max_chars
    """
    sources = {name: settings.pop(name, None) for name in _SOURCES}
    chosen, _ = chosen_with(settings, None)
    report = report_from_text(text, title=title, published=published, max_chars=chosen.max_chars)
    return read(report, **sources, **settings)


def chosen_with(
    settings: dict[str, Any], online: Any
) -> tuple[Settings, OnlineGeocoder | OwnGeocoder | None]:
    """Return the settings, checked, and who is asked online.

    Raises
    ------
    SettingError
        If a setting has a value that it cannot have.
    """
    if online is None or isinstance(online, str):
        chosen = Settings.of(online=online, **settings)
        return chosen, geocoder_of(chosen)
    if not hasattr(online, "lookup") or not hasattr(online, "service"):
        if not hasattr(online, "geocode"):
            msg = f"setting online: {online!r} is neither the name of a service nor a geocoder"
            raise SettingError(msg)
        from standoff.gazetteer import OwnGeocoder

        online = OwnGeocoder(online)
    return Settings.of(online=online.service, **settings), online


def read_with(report: Report, settings: Settings, sources: Sources) -> Reading:
    """Read a report with everything at hand; `read` gathers it."""
    sources = replace(sources, geocoder=_remembering(sources.geocoder))
    with opened(sources.gazetteer) as gazetteer:
        record = record_of(report, settings, replace(sources, gazetteer=gazetteer))
        return Reading(report, record, settings, sources, MadeWith.of(settings.pipeline, gazetteer))


def _remembering(geocoder: Asks | None) -> Remembered | None:
    """Return a geocoder that keeps what was said in this reading, for its case file."""
    if geocoder is None:
        return None
    from standoff.gazetteer.remembered import Remembered

    if isinstance(geocoder, Remembered):
        known = {} if geocoder.asks is not None else geocoder.said
        return Remembered(geocoder.service, geocoder.asks, known)
    return Remembered(geocoder.service, geocoder)


class Reading:
    """What was read in one report.

    Attributes
    ----------
    report : Report
        The report with its text.
    record : ReadingRecord
        The reading as the data contract has it.
    made_with : MadeWith or None
        The versions of what read it; None where it was not read but put together.
    """

    def __init__(
        self,
        report: Report,
        record: ReadingRecord,
        settings: Settings | None = None,
        sources: Sources | None = None,
        made_with: MadeWith | None = None,
    ) -> None:
        self.report = report
        self.record = record
        self._settings = settings or Settings.of()
        self._sources = sources or Sources()
        self.made_with = made_with

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(getattr(self.record, name))} {name}"
            for name in ("places", "relations", "zones", "events", "checks")
        )
        return f"<Reading of {self.report.title or self.report.id!r}: {counts}>"

    @property
    def settings(self) -> Settings:
        """What it was read with."""
        return self._settings

    @property
    def sources(self) -> Sources:
        """What else it was read with: corrections, who was asked, where it lies."""
        return self._sources

    @property
    def gazetteer(self) -> Gazetteer | None:
        """The gazetteer that was given, if one was."""
        return self._sources.gazetteer

    @cached_property
    def places(self) -> pd.DataFrame:
        """Mentions of places, one a row, with the place that each was taken to mean."""
        return self._table("places")

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """What each name may mean, one place a row, with "none of these" as the last of each name."""
        return self._table("candidates")

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Quantities, one a row, as stated and in SI units."""
        return self._table("measures")

    @cached_property
    def relations(self) -> pd.DataFrame:
        """Statements of where, one a row."""
        return self._table("relations")

    @cached_property
    def zones(self) -> pd.DataFrame:
        """Zones, one a row."""
        return self._table("zones")

    @cached_property
    def events(self) -> pd.DataFrame:
        """Events, one a row."""
        return self._table("events")

    @cached_property
    def checks(self) -> pd.DataFrame:
        """Claims held against each other, one a row."""
        return self._table("checks")

    @cached_property
    def footprints(self) -> geopandas.GeoDataFrame:
        """Shapes, one a row, in EPSG:4326."""
        from standoff import tables

        return tables.footprints(self.record)

    def _table(self, name: str) -> pd.DataFrame:
        from standoff import tables

        table: pd.DataFrame = getattr(tables, name)(self.record, self.report)
        return table

    def with_settings(self, *, gazetteer: Gazetteer | None = None, **settings: Any) -> Reading:
        """Read the report again with some settings changed and all else as it was.

        Parameters
        ----------
        gazetteer : Gazetteer, optional
            Instead of the one it was read with.
        **settings
            Any field of `Settings`; None puts one back to its default where that is None.

        Returns
        -------
        Reading
            A new one; this one stays as it is.

        Raises
        ------
        SettingError
            If a setting has a value that it cannot have.

        Examples
        --------
        >>> reading = read_text("A truck was hit 24 miles from Aleppo on Tuesday.")
        >>> wider = reading.with_settings(coverage=0.95)
        >>> bool(wider.footprints["area_km2"].max() > reading.footprints["area_km2"].max())
        True
        """
        chosen = Settings.of(**{**self._settings.model_dump(), **settings})
        same = chosen.online == self._settings.online
        sources = replace(
            self._sources,
            gazetteer=gazetteer or self._sources.gazetteer,
            geocoder=self._sources.geocoder if same else geocoder_of(chosen),
            event_types=self._sources.event_types
            if chosen.event_types == self._settings.event_types
            else None,
        )
        return read_with(self.report, chosen, sources)

    def override(
        self,
        text: str | None = None,
        lat: float | None = None,
        lon: float | None = None,
        *,
        gid: str | None = None,
        no_place: bool = False,
        file: str | Path | None = None,
        **columns: Any,
    ) -> Reading:
        """Write a correction into ``overrides.csv`` and read the report again.

        Parameters
        ----------
        text : str, optional
            The name as the report has it: "Tanf".
        lat, lon : float, optional
            Where it is, WGS84 degrees.
        gid : str, optional
            The place of the gazetteer that it is, or that is to be moved.
        no_place : bool
            The words are no place.
        file : path, optional
            Where to write; by default the file that was given, or the one beside the report.
        **columns
            ``note``, ``name``, ``extent_m``, ``country``, ``feature``, ``report``.

        Returns
        -------
        Reading
            A new one; this one stays as it is.

        Raises
        ------
        SettingError
            If the correction cannot be one, or there is no file to write it to.

        Examples
        --------
        >>> reading = read("seeds/at-tanf-2017-06-08.md")  # doctest: +SKIP
        >>> reading = reading.override("Tanf", 33.5058, 38.6178, note="imagery")  # doctest: +SKIP
        """
        before = self.sources.overrides
        target = Path(file) if file is not None else before.file
        if target is None:
            msg = "override: this report has no file, so none lies beside it; give file='overrides.csv'"
            raise SettingError(msg)
        unknown = set(columns) - set(corrections_of.COLUMNS)
        if unknown:
            msg = f"override: unknown column {min(unknown)!r} (columns: {', '.join(corrections_of.COLUMNS)})"
            raise SettingError(msg)
        if no_place:
            columns["feature"] = corrections_of.NO_PLACE
        corrections_of.add_row(target, {"text": text, "gid": gid, "lat": lat, "lon": lon, **columns})
        newest = corrections_of.read_file(target).rows[-1]
        merged = replace(
            before,
            rows=(*before.rows, newest),
            sources=tuple(dict.fromkeys([*before.sources, target.name])),
            file=target,
        )
        return read_with(self.report, self._settings, replace(self._sources, overrides=merged))

    def map(self, *, tiles: bool | str | Iterable[str] | None = None) -> folium.Map:
        """Return the map.

        Parameters
        ----------
        tiles : bool, str or iterable of str, optional
            Online backgrounds to offer, off until chosen: True for all, or names or URL templates; see
            ``standoff.maps.build``. The map needs no network without them, and none until one is chosen.
        """
        from standoff import maps

        return maps.build(self.report, self.record, tiles=tiles)

    def figure(self, **size: float) -> MapFigure:
        """Return the map as a Matplotlib figure, drawn with no browser.

        Parameters
        ----------
        **size
            ``width`` and ``height`` in inches; A4 on its side by default.

        Raises
        ------
        SettingError
            If a size is too small or too large for a map.
        """
        from standoff import figures

        return figures.map_figure(self.report, self.record, **size)

    def timeline(self) -> TimelineFigure:
        """Return the events in order of time as a Matplotlib figure; those without a date below a line."""
        from standoff import figures

        return figures.timeline(self.report, self.record)

    def save(self, path: str | Path, *, bom: bool = False) -> Path:
        """Write the reading by the suffix: .html (the map), .geojson, .kml, .csv, .parquet, .gpkg, .json.

        As .svg, .png and .pdf its timeline is written, as .figure.svg, .figure.png and .figure.pdf its map,
        as .map.png and .map.pdf a picture of the map's page, for which a browser is needed: see docs/pictures.md.
        As .zip a case file: what the reading is in every form, with what it was read from, see
        docs/case_files.md. A name that ends in .events.csv is a table of the events to edit: what was edited in
        the file that is there stays, see docs/event_corrections.md.

        Parameters
        ----------
        path : str or Path
            Missing folders are made; the file appears whole or not at all.
        bom : bool
            Begin a .csv with a byte order mark, by which spreadsheets know that it is UTF-8.

        Raises
        ------
        ExportError
            If the suffix is not known, the file cannot be written, or it is the report or the corrections
            that were read.
        """
        from standoff import saving

        return saving.save(self, Path(path), bom=bom)

    def _repr_html_(self) -> str:
        from standoff import maps

        return maps.side_by_side(self.report, self.record, self.map())
