"""The nouns that every room shares: what a reading is made of.

The classes are the data contract. ``ReadingRecord`` is what ``standoff read`` prints,
and its JSON Schema is made from these definitions. Records are frozen: a later room
fills a field in by ``record.model_copy(update={...})``.

Offsets are character offsets into the report's text as given, so that
``text[start:end]`` is the quote. Distances are metres, angles degrees clockwise from
true north, positions ``lat``, ``lon`` in WGS84 degrees; GeoJSON geometry alone is
(lon, lat).
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MentionKind = Literal["toponym", "demonym", "facility", "coordinates"]
Dimension = Literal[
    "length", "duration", "count", "mass", "speed", "area", "temperature", "money", "calibre", "other"
]
Bound = Literal["=", "<", "<=", ">", ">=", "~", "range"]
Role = Literal["distance", "radius", "depth", "dimension", "travel", "range", "other"]
RelationKind = Literal[
    "at", "in", "near", "distance", "offset", "within", "beyond", "zone", "part",
    "direction", "between", "border", "along", "coordinates",
]  # fmt: skip
Claim = Literal["asserted", "denied", "planned", "hypothetical", "disputed"]
ShapeKind = Literal["point", "disc", "ring", "sector", "region", "corridor", "surface"]
TextKind = Literal["line", "sea", "land", "event"]
ActorRole = Literal["stated", "suspected", "accused", "claimed"]
ReviewStatus = Literal["unreviewed", "accepted", "corrected", "added", "rejected"]
DatePrecision = Literal["day", "week", "month", "year", "range"]


class Record(BaseModel):
    """A frozen record; unknown keys are an error."""

    # Every key is printed, so the published schema may promise every key.
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Span(Record):
    """A stretch of the report's text: ``report.text[start:end] == text``."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class ReportInfo(Record):
    """What identifies a report, without its text."""

    id: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = Field(default=None, description="ISO 8601 date")
    url: str | None = None
    licence: str | None = None
    sha256: str
    chars: int


class Report(Record):
    """A report as it came in.

    ``text`` is what every offset points into. ``title`` is part of the text only where
    the source has it there.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    licence: str | None = None
    home: str | None = Field(default=None, description="where its publisher is at home, as its file says")

    @property
    def info(self) -> ReportInfo:
        """The report without its text, with the text's SHA-256 (of its UTF-8 bytes)."""
        fields = self.model_dump(exclude={"text", "home"})
        digest = hashlib.sha256(self.text.encode("utf-8")).hexdigest()
        return ReportInfo(**fields, sha256=digest, chars=len(self.text))


class Place(Record):
    """An entry of a gazetteer."""

    gid: str = Field(description="identifier with its source, e.g. 'geonames:172344'")
    name: str
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    feature: str = Field(
        description="kind: country, admin1, admin2, city, airfield, base, plant, island, ..."
    )
    extent_m: float = Field(ge=0, description="radius of the disc that holds the place")
    source: str
    population: int = Field(default=0, ge=0)


class Candidate(Record):
    """One of the places that a name may mean."""

    gid: str
    name: str
    lat: float
    lon: float
    probability: float = Field(ge=0, le=1)
    source: str | None = Field(default=None, description="where the place is from, to be named with it")
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2")
    feature: str | None = Field(default=None, description="kind of place, as for a place")
    extent_m: float | None = Field(default=None, ge=0, description="as for a place")


class PlaceMention(Span):
    """Words that name or point to a place, and the place they were taken to mean."""

    id: str
    kind: MentionKind
    name: str | None = Field(default=None, description="the words to look up; null for 'the base'")
    feature_hint: str | None = Field(default=None, description="kind of place that the words state: 'base'")
    inside: str | None = Field(default=None, description="id of the mention of a containing place: 'X, Y'")
    place: Place | None = None
    probability: float | None = Field(default=None, ge=0, le=1)
    candidates: list[Candidate] = []
    refers_to: str | None = Field(default=None, description="id of the mention that names it")
    metonymy: bool = Field(
        default=False, description="the words stand for the government there: 'Washington said'"
    )
    reason: str | None = Field(default=None, description="why there is no place, or why this one")
    override: str | None = Field(
        default=None, description="where the analyst's correction stands that decided it, with its note"
    )


class StatedTwice(Record):
    """A second statement of the same quantity: '12 miles (20 km)'."""

    value: float
    unit: str
    residual: float = Field(description="second minus first, as a share of the first")


class Measure(Span):
    """A quantity with a unit, as the report states it."""

    id: str
    dimension: Dimension
    value: float
    low: float | None = Field(description="null where the words set no lower bound")
    high: float | None = Field(description="null where the words set no upper bound")
    unit: str = Field(description="canonical unit name, e.g. 'mile', 'nautical_mile', 'soldiers'")
    si_value: float | None
    si_unit: str | None
    hedge: str | None = None
    bound: Bound = "="
    role: Role = "other"
    stated_twice: StatedTwice | None = None
    reason: str | None = Field(default=None, description="why the role is this one, or what is unclear")


class Alternative(Record):
    """The shape that a statement of where makes if its anchor is another place."""

    gid: str = Field(description="the other place")
    footprint: str
    weight: float = Field(ge=0, le=1, description="the probability of that place")


class Relation(Span):
    """A statement of where: a figure, relative to one or more anchors."""

    id: str
    kind: RelationKind
    anchors: list[str] = []
    measure: str | None = None
    metres: float | None = None
    low_m: float | None = None
    high_m: float | None = None
    bearing_deg: float | None = None
    bearing_halfwidth_deg: float | None = None
    qualifier: Literal["edge", "outside", "centre", "halfway", "outskirts", "coast"] | None = None
    figure: Span | None = None
    zone: str | None = None
    claim: Claim = "asserted"
    attributed_to: str | None = Field(default=None, description="who says so, in the report's words")
    assumed: str | None = Field(
        default=None,
        description="what the words leave out and the report was taken to mean: the anchor of '25 km away'",
    )
    text_kind: TextKind = Field(
        default="land",
        description="a line of a list, or prose about the sea or about land: how wide it is drawn",
    )
    footprint: str | None = None
    alternatives: list[Alternative] = Field(
        default=[], description="the shapes for other places that the anchor may mean, where one is plausible"
    )
    reason: str | None = Field(default=None, description="why there is no footprint")


class Zone(Record):
    """A zone that the report speaks of, in all its mentions."""

    id: str
    name: str
    text: str
    mentions: list[tuple[int, int]]
    anchor: str | None = Field(default=None, description="id of the place mention at its centre")
    radius_m: float | None = None
    low_m: float | None = None
    high_m: float | None = None
    measure: str | None = None
    claim: Claim = "asserted"
    attributed_to: str | None = Field(default=None, description="who says so, in the report's words")
    valid_from: str | None = Field(
        default=None,
        description="ISO 8601 date since which it holds, as precise as the report says: 2017-06-08, 2017-06, 2017",
    )
    valid_to: str | None = Field(default=None, description="ISO 8601 date until which it holds or held")
    replaces: str | None = Field(default=None, description="id of the zone that it is after a change of size")
    footprint: str | None = None
    reason: str | None = Field(
        default=None, description="why it has no footprint, or how it was put together"
    )


class Contour(Record):
    """The smallest area that holds a share of a probability surface."""

    coverage: float
    geometry: dict[str, Any] = Field(description="GeoJSON geometry, RFC 7946")
    area_km2: float


class Footprint(Record):
    """A shape on the ground with the share of such statements whose truth it holds."""

    id: str
    shape: ShapeKind
    geometry: dict[str, Any] = Field(description="GeoJSON geometry, RFC 7946")
    coverage: float | None = Field(description="null for a shape that is drawn as stated: a zone, a place")
    lat: float
    lon: float
    lat_lon_is: Literal["exact", "representative"]
    uncertainty_m: float | None
    area_km2: float
    contours: list[Contour] = Field(
        default=[], description="of a surface: smaller areas inside its geometry, which holds its coverage"
    )
    constraints: list[str] = []
    assumptions: list[str] = []
    relations: list[str] = Field(default=[], description="ids of the relations that made it")
    places: list[str] = Field(default=[], description="ids of the place mentions that made it")
    zones: list[str] = Field(default=[], description="ids of the zones that made it")
    settings: list[str] = Field(default=[], description="names of the settings that made it")


class Count(Record):
    """People counted, as low, best and high."""

    low: int
    best: int | None
    high: int | None


class Event(Span):
    """Who did what to whom, when and where, according to whom."""

    id: str
    type: str
    sub_type: str | None = None
    trigger: str
    date_start: str | None = None
    date_end: str | None = None
    date_precision: DatePrecision | None = None
    date_text: str | None = None
    date_basis: str | None = None
    time_start: str | None = Field(default=None, description="clock time, HH:MM, in time_zone; never guessed")
    time_end: str | None = None
    time_zone: str | None = Field(
        default=None,
        description="as the report says: 'UTC', 'Z', 'LT', 'local time'; null if it does not say",
    )
    follows: str | None = Field(
        default=None, description="id of the event that the report puts right before it: 'a short time later'"
    )
    duration_s: float | None = Field(default=None, description="how long it lasted, as stated, seconds")
    actor: str | None = None
    actor_role: ActorRole | None = Field(default=None, description="how sure the report is of the actor")
    target: str | None = None
    target_count: Count | None = Field(
        default=None, description="how many of the target: 'two of the vehicles'"
    )
    weapon: str | None = None
    weapon_count: int | None = None
    killed: Count | None = None
    wounded: Count | None = None
    casualty_claimant: str | None = Field(
        default=None, description="who gives the number of dead and wounded"
    )
    losses: list[str] = []
    relations: list[str] = []
    footprint: str | None = None
    claim: Claim = "asserted"
    attributed_to: list[str] = []
    quotes: list[str] = Field(default=[], description="direct speech about it, as quoted")
    series: str | None = Field(
        default=None, description="the words that count it: 'third strike in recent weeks'"
    )
    same_as: list[str] = []
    mentions: list[tuple[int, int]] = Field(default=[], description="spans of every trigger of this event")
    where_prec: int | None = Field(
        default=None, ge=1, le=7, description="UCDP GED's code of spatial precision"
    )
    geo_precision: int | None = Field(
        default=None, ge=1, le=3, description="ACLED's code of spatial precision"
    )
    source_reliability: str = Field(
        default="F", pattern="^[A-F]$", description="Admiralty code, set by the analyst"
    )
    info_credibility: str = Field(
        default="6", pattern="^[1-6]$", description="Admiralty code, set by the analyst"
    )
    review_status: ReviewStatus = "unreviewed"
    corrected: list[str] = Field(
        default=[], description="columns of the table of events that the analyst set"
    )
    read_as: dict[str, str] = Field(
        default={},
        description="what was read for those columns, as the table has it; empty where nothing was",
    )
    override: str | None = Field(default=None, description="where the analyst's edits stand: file and line")
    at_sea: bool = Field(default=False, description="its words speak of ships")
    reason: str | None = Field(default=None, description="why it has no footprint, or how it got one")


class Check(Record):
    """Two claims held against each other; ``ok`` is null where it cannot be told."""

    kind: str
    ok: bool | None
    statement: str
    refs: list[str] = []


class ReadingRecord(Record):
    """One reading of one report: the object that ``standoff read`` prints."""

    report: ReportInfo
    places: list[PlaceMention] = []
    measures: list[Measure] = []
    relations: list[Relation] = []
    zones: list[Zone] = []
    footprints: list[Footprint] = []
    events: list[Event] = []
    rejected: list[Event] = Field(default=[], description="events that the analyst took out")
    checks: list[Check] = []
    settings: dict[str, Any] = {}
