"""read(): the whole stair, from a report to a Reading that an analyst can look at, tweak and save."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standoff.model import ReadingRecord, Report
from standoff.report import read_report, report_from_text
from standoff.settings import Settings

if TYPE_CHECKING:
    import folium
    import geopandas
    import pandas as pd

    from standoff.gazetteer import Gazetteer


def read(
    source: str | Path | Report,
    *,
    published: str | None = None,
    title: str | None = None,
    gazetteer: Gazetteer | None = None,
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
    chosen = Settings.of(**settings)
    if isinstance(source, Report):
        report = source
    else:
        report = read_report(source, published=published, title=title, max_chars=chosen.max_chars)
    return _read(report, chosen, gazetteer)


def read_text(
    text: str, *, title: str | None = None, published: str | None = None, **settings: Any
) -> Reading:
    """Read a report that is at hand as text; see `read`."""
    gazetteer = settings.pop("gazetteer", None)
    chosen = Settings.of(**settings)
    return _read(report_from_text(text, title=title, published=published), chosen, gazetteer)


def _read(report: Report, settings: Settings, gazetteer: Gazetteer | None) -> Reading:
    # Heavy rooms are opened here, so that `import standoff` and `standoff --help` are quick.
    from standoff.checks import Checker
    from standoff.extract.pipeline import annotate
    from standoff.gazetteer import Gazetteer, Regions, name_key
    from standoff.ground.footprints import ground
    from standoff.resolve import home_of, resolve

    names = gazetteer or Gazetteer.open()
    try:
        doc = annotate(report, settings.pipeline, names)
        mentions = resolve(
            doc._.place_mentions, doc._.coordinates, names, name_key, home_of(report.publisher)
        )
    finally:
        if gazetteer is None:
            names.close()
    measures = doc._.measures
    laid = ground(mentions, measures, doc._.relations, doc._.zones, doc._.events, Regions.open(), settings)
    checks = Checker(mentions, measures, laid.relations, laid.zones, laid.events, laid.conflicts).all()
    record = ReadingRecord(
        report=report.info, places=mentions, measures=measures, relations=laid.relations, zones=laid.zones,
        footprints=laid.footprints, events=laid.events, checks=checks, settings=settings.model_dump(mode="json"),
    )  # fmt: skip
    return Reading(report, record)


class Reading:
    """What was read in one report.

    Attributes
    ----------
    report : Report
        The report with its text.
    record : ReadingRecord
        The reading as the data contract has it.
    """

    def __init__(self, report: Report, record: ReadingRecord) -> None:
        self.report = report
        self.record = record

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{len(getattr(self.record, name))} {name}"
            for name in ("places", "relations", "zones", "events", "checks")
        )
        return f"<Reading of {self.report.title or self.report.id!r}: {counts}>"

    @cached_property
    def places(self) -> pd.DataFrame:
        """Mentions of places, one a row, with the place that each was taken to mean."""
        return self._table("places")

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

    def map(self, *, tiles: str | None = None) -> folium.Map:
        """Return the map; with ``tiles`` (a folium tile name) it needs the network."""
        from standoff import maps

        return maps.build(self.report, self.record, tiles=tiles)

    def save(self, path: str | Path) -> Path:
        """Write the reading by the suffix: .html (the map), .geojson, .kml, .csv, .parquet, .json.

        Raises
        ------
        ExportError
            If the suffix is not known or the file cannot be written.
        """
        path = Path(path)
        if path.suffix.lower() in (".html", ".htm"):
            from standoff import maps

            maps.save(self.map(), path)
        else:
            from standoff import export

            export.write(self.report, self.record, path)
        return path

    def _repr_html_(self) -> str:
        from standoff import maps

        return maps.side_by_side(self.report, self.record, self.map())
