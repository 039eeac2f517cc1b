"""What was read in many reports, as tables of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from standoff.errors import SettingError

if TYPE_CHECKING:
    from pathlib import Path

    import folium
    import geopandas
    import pandas as pd

    from standoff.corpus.incidents import Found
    from standoff.corpus.shared_out import Step
    from standoff.corpus.telling import Telling
    from standoff.reading import Reading

HAPPENED = ("asserted", "disputed")
"""Claims that are counted: what is denied by all, planned or only feared did not happen."""
What = Literal["events", "incidents"]


@dataclass(frozen=True)
class Failure:
    """A report that could not be read."""

    source: str
    reason: str


class Corpus:
    """Readings of many reports, and tables of all of them together.

    Each table is that of `standoff.Reading`, with ``report_id`` to tell reports apart. Two reports of one name
    get numbers: "kivu", "kivu-2".

    Parameters
    ----------
    readings : iterable of Reading
    failures : sequence of Failure
        What could not be read.

    Attributes
    ----------
    readings : dict of str to Reading
        By the id of the report within the corpus.
    """

    def __init__(self, readings: Iterable[Reading], failures: Sequence[Failure] = ()) -> None:
        self.readings: dict[str, Reading] = _named(readings)
        self._failures = list(failures)

    def __repr__(self) -> str:
        failed = f", {len(self._failures)} failed" if self._failures else ""
        events = sum(len(reading.record.events) for reading in self.readings.values())
        return f"<Corpus of {len(self.readings)} reports: {events} events{failed}>"

    @cached_property
    def failed(self) -> pd.DataFrame:
        """What could not be read, one report a row, with the reason."""
        import pandas as pd

        rows = [(each.source, each.reason) for each in self._failures]
        return pd.DataFrame(rows, columns=["source", "reason"], dtype="string")

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The reports, one a row, with how many places, events and shapes were read in each."""
        import pandas as pd

        names = ("title", "publisher", "published", "url", "licence", "sha256", "chars")
        rows = []
        for name, reading in self.readings.items():
            info = reading.record.report
            counts = {part: len(getattr(reading.record, part)) for part in ("places", "events", "footprints")}
            rows.append({"report_id": name} | {key: getattr(info, key) for key in names} | counts)
        table = pd.DataFrame(rows, columns=["report_id", *names, "places", "events", "footprints"])
        return table.astype(dict.fromkeys(["report_id", *names[:-1]], "string"))

    @cached_property
    def places(self) -> pd.DataFrame:
        """Mentions of places of all reports."""
        return self._table("places")

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Quantities of all reports."""
        return self._table("measures")

    @cached_property
    def relations(self) -> pd.DataFrame:
        """Statements of where of all reports."""
        return self._table("relations")

    @cached_property
    def zones(self) -> pd.DataFrame:
        """Zones of all reports."""
        return self._table("zones")

    @cached_property
    def events(self) -> pd.DataFrame:
        """Events of all reports; those that several reports tell are as many rows. See `incidents`."""
        return self._table("events")

    @cached_property
    def checks(self) -> pd.DataFrame:
        """Claims held against each other, each within its report."""
        return self._table("checks")

    @cached_property
    def footprints(self) -> geopandas.GeoDataFrame:
        """Shapes of all reports, in EPSG:4326."""
        return self._all("footprints")

    def _table(self, name: str) -> pd.DataFrame:
        table: pd.DataFrame = self._all(name)
        return table

    def _all(self, name: str) -> Any:
        import pandas as pd

        from standoff import tables
        from standoff.model import ReadingRecord, Report, ReportInfo

        found = []
        for report, reading in self.readings.items():
            table = getattr(reading, name).drop(columns="report_id", errors="ignore")
            position = list(table.columns).index("event_id") + 1 if name == "events" else 0
            table.insert(
                position, "report_id", pd.Series([report] * len(table), dtype=tables.dtype_of("string"))
            )
            found.append(table)
        if found:
            return pd.concat(found, ignore_index=True)
        empty = ReadingRecord(report=ReportInfo(id="none", sha256="", chars=0))
        if name == "footprints":
            return tables.footprints(empty).assign(report_id=pd.Series(dtype="string"))
        table = getattr(tables, name)(empty, Report(id="none", text=""))
        return table if name == "events" else table.assign(report_id=pd.Series(dtype="string"))

    @cached_property
    def tellings(self) -> list[Telling]:
        """The events as counting and comparing take them."""
        from standoff.corpus.telling import tellings

        return [each for name, reading in self.readings.items() for each in tellings(reading.record, name)]

    def density(
        self,
        resolution: int | None = None,
        what: What = "events",
        by: Step | None = None,
        *,
        claims: Collection[str] = HAPPENED,
        events: pd.DataFrame | None = None,
    ) -> geopandas.GeoDataFrame:
        """Return how many events are to be expected in each H3 cell, each spread over all of where it may have been.

        An event in a province is a little in each of its cells; one in a town is all in its cell. The sum of
        ``expected`` is the number of events that have a place.

        Parameters
        ----------
        resolution : int, optional
            H3's, 0 to 15; by default such that a cell is as large as the median shape, or coarser.
        what : "events" or "incidents"
            Each telling, or what several reports tell once: see `incidents`.
        by : "week" or "month", optional
            A row a cell and week or month.
        claims : collection of str
            Which claims are counted; what is only denied, planned or feared is not.
        events : DataFrame, optional
            A selection of the rows of `events`: those alone are counted.

        Returns
        -------
        GeoDataFrame
            ``cell``, ``period`` (with ``by``), ``expected``, ``least`` and ``most`` (how many lie in the cell for
            sure, and how many may), ``reports``, geometry. See `standoff.corpus.density.density`.

        Raises
        ------
        SettingError
            If the resolution takes too many cells, or an argument is none of those.
        """
        from standoff.corpus.density import density
        from standoff.corpus.shared_out import STEPS

        if what not in ("events", "incidents"):
            msg = f"density: what is 'events' or 'incidents', not {what!r}"
            raise SettingError(msg)
        if by is not None and by not in STEPS:
            msg = f"density: by is 'week' or 'month', not {by!r}"
            raise SettingError(msg)
        chosen = self._chosen(claims, events)
        counted = self._counted(what, chosen)
        found = density(counted, resolution, by)
        found.attrs["what"] = what
        return found

    def naive_density(
        self, resolution: int, *, claims: Collection[str] = HAPPENED, events: pd.DataFrame | None = None
    ) -> geopandas.GeoDataFrame:
        """Return how many representative points lie in each H3 cell, to be compared with `density`."""
        from standoff.corpus.density import naive_density

        placed = [each.footprint for each in self._chosen(claims, events) if each.footprint]
        return naive_density([(each.lat, each.lon) for each in placed], resolution)

    def _chosen(self, claims: Collection[str], events: pd.DataFrame | None) -> list[Telling]:
        kept = [each for each in self.tellings if each.event.claim in claims]
        if events is None:
            return kept
        ids = set(zip(events["report_id"], events["event_id"], strict=True))
        return [each for each in kept if (each.report, each.event.id) in ids]

    def _counted(self, what: What, chosen: list[Telling]) -> list[Any]:
        from standoff.corpus.density import Counted
        from standoff.corpus.incidents import counted_of

        if what == "incidents":
            ids = {each.id for each in chosen}
            return [found for each in self._found.incidents if (found := counted_of(each, ids))]
        return [Counted(each.layers, each.period, frozenset({each.report})) for each in chosen]

    @cached_property
    def _found(self) -> Found:
        from standoff.corpus.incidents import find_incidents

        reports = {
            name: (reading.report.publisher, reading.report.text) for name, reading in self.readings.items()
        }
        return find_incidents(self.tellings, reports)

    def incidents(self) -> geopandas.GeoDataFrame:
        """Return what was told, each once: events of several reports that are the same are one row.

        Nothing is taken out of the readings. ``contradictions`` says in words where the reports do not agree.

        Returns
        -------
        GeoDataFrame
            See docs/corpus.md for the columns. EPSG:4326; the geometry is what the reports' shapes have in common.
        """
        return self._incidents.copy()

    @cached_property
    def _incidents(self) -> geopandas.GeoDataFrame:
        from standoff.corpus.incident_table import incident_table

        return incident_table(self._found)

    @property
    def links(self) -> pd.DataFrame:
        """Pairs of events of two reports that were held against each other, with what speaks for and against.

        ``same`` says whether they are one incident; the parts of ``score`` and ``reasons`` say why.
        """
        from standoff.corpus.incident_table import link_table

        return link_table(self._found)

    @cached_property
    def copies(self) -> pd.DataFrame:
        """Pairs of reports that are near-copies of each other, with the share of words in a row that they share."""
        import pandas as pd

        columns = ["report_a", "report_b", "shared"]
        return pd.DataFrame(self._found.sources.copies, columns=columns)

    def save(self, folder: str | Path, kind: str = "parquet") -> list[Path]:
        """Write all tables into a folder: events, places, relations, zones, checks, footprints, incidents, links.

        ``reports`` and ``failed`` say what was read and what was not. Files of these names are written over.

        Parameters
        ----------
        folder : path
            Made, where it is not there.
        kind : "parquet" or "csv"
            GeoParquet with all types, or CSV with shapes as WKT, whose cells no spreadsheet takes for a formula.

        Returns
        -------
        list of Path

        Raises
        ------
        ExportError
            If the folder or a file cannot be written.
        """
        from standoff.corpus.files import save

        return save(self, folder, kind)

    def map(self, found: geopandas.GeoDataFrame | None = None, **options: Any) -> folium.Map:
        """Return a map of a density; of all events, where none is given. Options: `standoff.maps.hex_map`."""
        from standoff import maps

        return maps.hex_map(self.density() if found is None else found, **options)


def _named(readings: Iterable[Reading]) -> dict[str, Reading]:
    """Return readings by the id of their report, with a number where that is taken."""
    found: dict[str, Reading] = {}
    seen: Counter[str] = Counter()
    for reading in readings:
        name = reading.report.id
        while name in found:
            seen[reading.report.id] += 1
            name = f"{reading.report.id}-{seen[reading.report.id] + 1}"
        found[name] = reading
    return found
