"""A reading as tables: fixed columns and types, one row a record, also when there is none.

Lists of ids are written with spaces between them, lists of words with ``" | "``.
Text is ``string``, whole numbers ``Int64``, truth ``boolean`` (all with ``<NA>``), other
numbers ``float64`` (with NaN).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import geopandas as gpd
import pandas as pd

from standoff.event_columns import BETWEEN_WORDS
from standoff.event_types import types_in
from standoff.ground.geojson import from_geojson
from standoff.model import (
    Candidate,
    Count,
    Event,
    Footprint,
    Measure,
    Place,
    PlaceMention,
    ReadingRecord,
    Relation,
    Report,
    Zone,
)

TEXT, WHOLE, NUMBER, TRUTH = "string", "Int64", "float64", "boolean"
#: What the last row of each name says among its candidates.
NONE = "none of these"


def columns(order: str, whole: str = "", number: str = "", truth: str = "") -> dict[str, str]:
    """Make a schema, name to type: the names in order, text unless listed as something else."""
    listed = {WHOLE: whole, NUMBER: number, TRUTH: truth}
    kinds = {name: dtype for dtype, names in listed.items() for name in names.split()}
    return {name: kinds.get(name, TEXT) for name in order.split()}


PLACES = columns(
    "id text start end kind name place_gid place_name lat lon country feature extent_m source population"
    " probability refers_to inside candidates reason override",
    whole="start end population",
    number="lat lon extent_m probability",
)
CANDIDATES = columns(
    "mentions text gid name country feature lat lon extent_m source probability chosen reason",
    number="lat lon extent_m probability",
    truth="chosen",
)
MEASURES = columns(
    "id text start end dimension value low high unit si_value si_unit hedge bound role"
    " second_value second_unit residual reason",
    whole="start end",
    number="value low high si_value second_value residual",
)
RELATIONS = columns(
    "id kind text start end anchors anchor_names measure metres low_m high_m"
    " bearing_deg bearing_halfwidth_deg qualifier figure_text figure_start figure_end"
    " zone claim attributed_to assumed text_kind footprint alternatives reason",
    whole="start end figure_start figure_end",
    number="metres low_m high_m bearing_deg bearing_halfwidth_deg",
)
ZONES = columns(
    "id name text mentions anchor anchor_name lat lon radius_m low_m high_m measure claim attributed_to"
    " valid_from valid_to replaces footprint reason",
    number="lat lon radius_m low_m high_m",
)
EVENTS = columns(
    "event_id report_id event_type sub_event_type acled_type plover"
    " date_start date_end date_precision date_text date_basis"
    " actor actor_role target target_count_low target_count_best target_count_high weapon weapon_count"
    " killed_low killed_best killed_high wounded_low wounded_best wounded_high casualty_claimant losses"
    " location_text anchor_name anchor_id anchor_lat anchor_lon anchor_extent_m relation"
    " distance_value distance_unit distance_m distance_low_m distance_high_m hedge"
    " bearing_deg bearing_halfwidth_deg"
    " footprint_shape footprint_wkt lat lon lat_lon_is coordinate_uncertainty_m coverage"
    " where_prec geo_precision assumptions sentence char_start char_end attributed_to claim"
    " source_url source_date source_reliability info_credibility extractor_version review_status"
    # What is ours, after what is filed everywhere.
    " footprint_id trigger same_as reason anchor_source anchor_override relation_claim"
    " time_start time_end time_zone follows duration_s quotes series corrected override",
    whole="target_count_low target_count_best target_count_high weapon_count"
    " killed_low killed_best killed_high wounded_low wounded_best wounded_high"
    " where_prec geo_precision char_start char_end",
    number="anchor_lat anchor_lon anchor_extent_m distance_value distance_m distance_low_m distance_high_m"
    " bearing_deg bearing_halfwidth_deg lat lon coordinate_uncertainty_m coverage duration_s",
)
CHECKS = columns("kind ok statement refs", truth="ok")
FOOTPRINTS = columns(
    "id shape coverage lat lon lat_lon_is uncertainty_m area_km2 constraints assumptions"
    " relations places zones settings quotes",
    number="coverage lat lon uncertainty_m area_km2",
)


def places(record: ReadingRecord, report: Report) -> pd.DataFrame:  # noqa: ARG001
    """Return a row a place mention; the place is the one meant, also for "the base"."""
    meant = resolved(record)
    return frame([_place_row(each, meant[each.id].place) for each in record.places], PLACES)


def _place_row(mention: PlaceMention, place: Place | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if place is not None:
        found = {"place_gid": place.gid, "place_name": place.name} | place.model_dump(exclude={"gid", "name"})
    candidates = [f"{each.name} ({each.gid}) {each.probability:.2f}" for each in mention.candidates]
    return _flat(mention, "place", "candidates") | found | {"candidates": words(candidates)}


def candidates(record: ReadingRecord, report: Report) -> pd.DataFrame:  # noqa: ARG001
    """Return a row for each place that a name may mean, and one for "none of these", which gets the rest.

    Mentions of one name with the same candidates are one group of rows; what only refers to a name
    ("the base") has none of its own. ``reason`` stands in the row that was chosen.
    """
    groups: dict[tuple[str, str | None, tuple[Candidate, ...]], list[PlaceMention]] = {}
    for each in record.places:
        if each.name is not None and each.refers_to is None and each.kind != "coordinates":
            groups.setdefault((each.text, each.reason, tuple(each.candidates)), []).append(each)
    return frame([row for group in groups.values() for row in _candidate_rows(group)], CANDIDATES)


def _candidate_rows(group: list[PlaceMention]) -> list[dict[str, Any]]:
    first = group[0]
    common = {"mentions": ids(each.id for each in group), "text": first.text}
    taken = first.place.gid if first.place else None
    rows = [common | each.model_dump() | {"chosen": each.gid == taken} for each in first.candidates]
    rest = max(1.0 - sum(each.probability for each in first.candidates), 0.0)
    rows.append(common | {"name": NONE, "probability": round(rest, 4), "chosen": taken is None})
    return [row | ({"reason": first.reason} if row["chosen"] else {}) for row in rows]


def measures(record: ReadingRecord, report: Report) -> pd.DataFrame:  # noqa: ARG001
    """Return a row a measure; ``second_*`` and ``residual`` where it is stated twice."""
    return frame([_measure_row(each) for each in record.measures], MEASURES)


def _measure_row(measure: Measure) -> dict[str, Any]:
    second = measure.stated_twice
    twice = {} if second is None else {
        "second_value": second.value, "second_unit": second.unit, "residual": second.residual,
    }  # fmt: skip
    return _flat(measure, "stated_twice") | twice


def relations(record: ReadingRecord, report: Report) -> pd.DataFrame:  # noqa: ARG001
    """Return a row a relation."""
    meant = resolved(record)
    rows = []
    for each in record.relations:
        figure = (
            {} if each.figure is None else {f"figure_{k}": v for k, v in each.figure.model_dump().items()}
        )
        names = [name for anchor in each.anchors if (name := place_name(meant.get(anchor)))]
        rows.append(
            _flat(each, "figure", "anchors", "alternatives")
            | figure
            | {
                "anchors": ids(each.anchors),
                "anchor_names": words(names),
                "alternatives": words(f"{o.footprint}: {o.gid} {o.weight:.2f}" for o in each.alternatives),
            }
        )
    return frame(rows, RELATIONS)


def zones(record: ReadingRecord, report: Report) -> pd.DataFrame:  # noqa: ARG001
    """Return a row a zone; ``mentions`` as ``start-end``, position that of its anchor."""
    meant = resolved(record)
    rows = []
    for each in record.zones:
        anchor = meant.get(each.anchor or "")
        place = anchor.place if anchor else None
        where = {"anchor_name": place_name(anchor)} | (
            {} if place is None else {"lat": place.lat, "lon": place.lon}
        )
        mentions = ids(f"{start}-{end}" for start, end in each.mentions)
        rows.append(_flat(each, "mentions") | where | {"mentions": mentions})
    return frame(rows, ZONES)


def checks(record: ReadingRecord, report: Report) -> pd.DataFrame:  # noqa: ARG001
    """Return a row a check; ``ok`` is <NA> where it cannot be told."""
    return frame([_flat(each, "refs") | {"refs": ids(each.refs)} for each in record.checks], CHECKS)


def events(record: ReadingRecord, report: Report) -> pd.DataFrame:
    """Return a row an event, in the columns an analyst files; what is not known is null.

    Distance, bearing and anchor come from the one of its relations that says most: with a distance from an
    anchor before all others, then the one with the smallest shape.
    Reliability starts as F6 ("cannot be judged"), which is the analyst's to change. What each column means is
    in data/event_columns.csv.
    """
    common = {
        "report_id": report.id,
        "source_url": report.url,
        "source_date": report.published,
        "extractor_version": _version(),
    }
    lookup = _Lookup(record)
    return frame([_event_row(each, lookup) | common for each in record.events], EVENTS)


class _Lookup:
    """The record's parts by id."""

    def __init__(self, record: ReadingRecord) -> None:
        self.relations: Mapping[str, Relation] = {each.id: each for each in record.relations}
        self.measures: Mapping[str, Measure] = {each.id: each for each in record.measures}
        self.zones: Mapping[str, Zone] = {each.id: each for each in record.zones}
        self.footprints: Mapping[str, Footprint] = {each.id: each for each in record.footprints}
        self.meant = resolved(record)
        self.types = types_in(record.settings)


_NESTED = (
    "killed",
    "wounded",
    "target_count",
    "losses",
    "relations",
    "attributed_to",
    "same_as",
    "mentions",
    "quotes",
    "corrected",
    "read_as",
)


def _event_row(event: Event, lookup: _Lookup) -> dict[str, Any]:
    row = _flat(event, *_NESTED)
    filed = lookup.types.get(event.type)
    related = [lookup.relations[each] for each in event.relations if each in lookup.relations]
    return row | {
        "event_id": event.id,
        "event_type": event.type,
        "sub_event_type": event.sub_type,
        "acled_type": filed.acled_type if filed else None,
        "plover": filed.plover if filed else None,
        "footprint_id": event.footprint,
        "sentence": event.text,
        "char_start": event.start,
        "char_end": event.end,
        "losses": words(event.losses),
        "attributed_to": words(event.attributed_to),
        "same_as": ids(event.same_as),
        "quotes": words(event.quotes),
        "corrected": ids(event.corrected),
        "location_text": words(each.text for each in related),
        **_count("target_count", event.target_count),
        **_count("killed", event.killed),
        **_count("wounded", event.wounded),
        **_where_row(related, lookup),
        **_footprint_row(lookup.footprints.get(event.footprint or "")),
    }


def _count(name: str, count: Count | None) -> dict[str, int | None]:
    return {} if count is None else {f"{name}_{bound}": value for bound, value in count.model_dump().items()}


def _where_row(related: list[Relation], lookup: _Lookup) -> dict[str, Any]:
    if not related:
        return {}
    relation = min(related, key=lambda each: _vagueness(each, lookup))  # of two alike the first in the text
    zone = lookup.zones.get(relation.zone or "")
    anchor_id = next(iter(relation.anchors), zone.anchor if zone else None)
    anchor = lookup.meant.get(anchor_id or "")
    measure = lookup.measures.get(relation.measure or "")
    row = {
        "relation": relation.kind,
        "relation_claim": relation.claim,
        "distance_m": relation.metres,
        "distance_low_m": relation.low_m,
        "distance_high_m": relation.high_m,
        "bearing_deg": relation.bearing_deg,
        "bearing_halfwidth_deg": relation.bearing_halfwidth_deg,
        "anchor_name": place_name(anchor),
    }
    if measure is not None:
        row |= {"distance_value": measure.value, "distance_unit": measure.unit, "hedge": measure.hedge}
    if anchor is not None and anchor.place is not None:
        place = anchor.place
        row |= {
            "anchor_id": place.gid, "anchor_lat": place.lat, "anchor_lon": place.lon,
            "anchor_extent_m": place.extent_m, "anchor_source": place.source, "anchor_override": anchor.override,
        }  # fmt: skip
    return row


def _vagueness(relation: Relation, lookup: _Lookup) -> tuple[bool, bool, float]:
    """Return what sorts relations from the one that says most of where: a distance from an anchor, a small shape."""
    measured = relation.metres is not None and bool(relation.measure) and bool(relation.anchors)
    shape = lookup.footprints.get(relation.footprint or "")
    area = float("inf") if shape is None or shape.area_km2 is None else shape.area_km2
    return not measured, not relation.anchors, area


def _footprint_row(footprint: Footprint | None) -> dict[str, Any]:
    if footprint is None:
        return {}
    return {
        "footprint_shape": footprint.shape,
        "footprint_wkt": from_geojson(footprint.geometry).wkt,
        "lat": footprint.lat,
        "lon": footprint.lon,
        "lat_lon_is": footprint.lat_lon_is,
        "coordinate_uncertainty_m": footprint.uncertainty_m,
        "coverage": footprint.coverage,
        "assumptions": words(footprint.assumptions),
    }


def footprints(record: ReadingRecord) -> gpd.GeoDataFrame:
    """Return a row a footprint, with its geometry in EPSG:4326.

    ``quotes`` are the words it came from: those of its events, relations and zones, or
    else those of its places.
    """
    rows = [
        _flat(each, "geometry", "constraints", "assumptions", "relations", "places", "zones", "settings")
        | {"constraints": words(each.constraints), "assumptions": words(each.assumptions)}
        | {name: ids(getattr(each, name)) for name in ("relations", "places", "zones", "settings")}
        | {"quotes": words(quotes(record, each))}
        for each in record.footprints
    ]
    geometry = gpd.GeoSeries([from_geojson(each.geometry) for each in record.footprints], crs="EPSG:4326")
    return gpd.GeoDataFrame(frame(rows, FOOTPRINTS), geometry=geometry, crs="EPSG:4326")


def quotes(record: ReadingRecord, footprint: Footprint) -> list[str]:
    """Return the words a footprint came from, each once, none that another one holds."""
    spoken = [each.text for each in record.events if each.footprint == footprint.id]
    spoken += [each.text for each in record.relations if each.id in footprint.relations]
    spoken += [each.text for each in record.zones if each.id in footprint.zones]
    if not spoken:
        spoken = [each.text for each in record.places if each.id in footprint.places]
    kept = dict.fromkeys(spoken)
    return [each for each in kept if not any(each != other and each in other for other in kept)]


def resolved(record: ReadingRecord) -> dict[str, PlaceMention]:
    """Return, by id, each place mention or, where it has no place itself, the one it refers to."""
    by_id = {each.id: each for each in record.places}
    found = {}
    for mention in record.places:
        current, seen = mention, {mention.id}
        while current.place is None and current.refers_to in by_id and current.refers_to not in seen:
            seen.add(current.refers_to)
            current = by_id[current.refers_to]
        found[mention.id] = current if current.place is not None else mention
    return found


def place_name(mention: PlaceMention | None) -> str | None:
    """Return what to call a mention's place: the gazetteer's name, or else the report's words."""
    if mention is None:
        return None
    return mention.place.name if mention.place is not None else mention.name or mention.text


def ids(values: Iterable[str]) -> str | None:
    """Join ids; None where there are none.

    Examples
    --------
    >>> ids(["r1", "r2"]), ids([])
    ('r1 r2', None)
    """
    return " ".join(values) or None


def words(values: Iterable[str]) -> str | None:
    """Join stretches of text; None where there are none.

    Examples
    --------
    >>> words(["inside the zone", "in Syria"])
    'inside the zone | in Syria'
    """
    return BETWEEN_WORDS.join(values) or None


def _flat(record: Any, *nested: str) -> dict[str, Any]:
    flat: dict[str, Any] = record.model_dump(exclude=set(nested))
    return flat


def frame(rows: list[dict[str, Any]], schema: Mapping[str, str]) -> pd.DataFrame:
    """Make a table of a schema's columns and types; keys that it does not name are left out."""
    values = {name: [row.get(name) for row in rows] for name in schema}
    series = {name: pd.Series(values[name], dtype=dtype_of(schema[name])) for name in schema}
    return pd.DataFrame(series, columns=list(schema))


def dtype_of(name: str) -> Any:
    """Return a type of a schema as pandas has it."""
    # Python storage, so that the type is the same with and without pyarrow's strings.
    return pd.StringDtype("python") if name == TEXT else name


def _version() -> str:
    try:
        return f"standoff {version('standoff')}"
    except PackageNotFoundError:
        return "standoff"
