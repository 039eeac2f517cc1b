"""What is in a case file: the names of its files, and the form of those that Standoff reads again."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from standoff.event_columns import event_columns
from standoff.event_edits.cells import Order
from standoff.event_edits.sources import EditRow, EventEdits, Sheet
from standoff.event_types import EventType
from standoff.gazetteer.rows import NameKind
from standoff.made_with import MadeWith
from standoff.model import Place, Record, Report, ReportInfo
from standoff.overrides import Override, Overrides

FORMAT = "standoff case file"
VERSION = 1
MANIFEST, SUMS, README = "manifest.json", "SHA256SUMS", "README.txt"
TEXT, REPORT, READING, SETTINGS, CORRECTIONS = (
    "report.txt", "report.json", "reading.json", "settings.json", "corrections.json",
)  # fmt: skip
ANSWERS = "answers.json"
NEEDED = (TEXT, REPORT, READING, SETTINGS, CORRECTIONS)
"""Those from which a reading is made again; the others are for people and other programs."""
ORIGINAL = "original"
ORIGINAL_SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml")
OTHERS = {
    "map.html": "the map, a page that opens offline in any browser",
    "reading.geojson": "the shapes and places, GeoJSON (RFC 7946)",
    "reading.kml": "the shapes and places, for Google Earth",
    "reading.gpkg": "shapes, events, places and statements, a GeoPackage for QGIS",
    "reading.parquet": "the shapes, GeoParquet",
    "reading.csv": "the events, a table in UTF-8 with a byte order mark",
}
WHAT = {
    README: "what this is, in words",
    TEXT: "the report's text as it was read, UTF-8; its SHA-256 is the one in report.json",
    REPORT: "what the report says of itself: title, publisher, day",
    SETTINGS: "what it was read with: all settings, and the versions of what read it",
    CORRECTIONS: "the analyst's own corrections that held for it",
    ANSWERS: "what an online geocoder had said of names",
    READING: "the reading, by the published JSON Schema",
    **OTHERS,
}


def is_known(name: str) -> bool:
    """Say whether a file may be in a case.

    Examples
    --------
    >>> is_known("reading.json"), is_known("original.md"), is_known("../original.md")
    (True, True, False)
    """
    return name in WHAT or name in (MANIFEST, SUMS) or is_original(name)


def is_original(name: str) -> bool:
    """Say whether a file is the one that the report was made of."""
    return name in (ORIGINAL, *(ORIGINAL + suffix for suffix in ORIGINAL_SUFFIXES))


class Packed(Record):
    """A file of the case."""

    name: str
    bytes: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    what: str


class NotPacked(Record):
    """What the reading rests on and the case does not hold."""

    kind: Literal["gazetteer layer", "pipeline"]
    name: str
    version: str | None = None
    sha256: str | None = None


class Manifest(Record):
    """What a case file holds."""

    format: str
    version: int
    report: ReportInfo
    files: list[Packed]
    not_packed: list[NotPacked]


class ReportPart(Record):
    """A report without its text."""

    id: str = Field(min_length=1, max_length=500)
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    licence: str | None = None
    home: str | None = None
    sha256: str
    chars: int

    @classmethod
    def of(cls, report: Report) -> ReportPart:
        """Return what is kept of a report beside its text."""
        return cls(**report.info.model_dump(), home=report.home)

    def with_text(self, text: str) -> Report:
        """Return the report."""
        return Report(text=text, **self.model_dump(exclude={"sha256", "chars"}))


class SettingsPart(Record):
    """Settings, and what they were used by; ``settings`` are checked as those that an analyst types."""

    settings: dict[str, Any]
    made_with: MadeWith | None


class RowPart(Record):
    """A row of edits."""

    origin: str
    cells: dict[str, str]
    machine: dict[str, str] | None = None


class SheetPart(Record):
    """A table of edits, as far as it holds for the report."""

    label: str
    order: Order | None = None
    is_of_report: bool
    rows: list[RowPart]

    @classmethod
    def of(cls, sheet: Sheet, report_id: str) -> SheetPart:
        """Return what holds for a report: no rows of others, and no columns of the analyst's own."""
        known = {*event_columns(), "report_id"}
        rows = [
            RowPart(
                origin=row.origin,
                cells={name: text for name, text in row.cells.items() if name in known},
                machine=None if row.machine is None else dict(row.machine),
            )
            for row in sheet.rows_for(report_id)
        ]
        return cls(label=sheet.label, order=sheet.order, is_of_report=sheet.is_of_report, rows=rows)

    def sheet(self) -> Sheet:
        """Return the table."""
        rows = tuple(EditRow(row.origin, row.cells, row.machine) for row in self.rows)
        return Sheet(self.label, rows, None, self.order, self.is_of_report)


class HomePart(Record):
    """Where a publisher is at home, as its other reports told; not in this case."""

    country: str | None = None
    letters: str = ""
    lat: float | None = Field(default=None, ge=-90, le=90, allow_inf_nan=False)
    lon: float | None = Field(default=None, ge=-180, le=180, allow_inf_nan=False)
    admin1: str | None = None


class OverridesPart(Record):
    """Corrections of places, and what they were read from."""

    rows: list[Override]
    sources: list[str]

    @classmethod
    def of(cls, overrides: Overrides, report_id: str) -> OverridesPart:
        """Return those that hold for a report."""
        return cls(rows=overrides.rows_for(report_id), sources=list(overrides.sources))

    def overrides(self) -> Overrides:
        """Return the corrections."""
        return Overrides(tuple(self.rows), (), tuple(self.sources))


class Corrections(Record):
    """What an analyst brought to the reading, exactly what held for its report."""

    overrides: OverridesPart
    event_edits: list[SheetPart]
    event_types: list[EventType] | None = None
    homes: dict[str, HomePart]

    def edits(self) -> EventEdits:
        """Return the edits of events."""
        return EventEdits(tuple(part.sheet() for part in self.event_edits))


class HitPart(Record):
    """A place that an online geocoder gave for a name."""

    place: Place
    matched: NameKind
    exact: bool
    admin1: str | None = None
    doubt: str | None = None


class AnswerPart(Record):
    """What came of a name."""

    status: Literal["found", "not_found", "refused", "unreachable"]
    message: str = ""
    hits: list[HitPart]


class AnswersPart(Record):
    """What an online geocoder said of names."""

    service: str
    answers: dict[str, AnswerPart]
