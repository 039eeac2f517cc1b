"""A reading as tables: columns, types, and the words behind each row."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import records
from standoff import tables
from standoff.model import Count, PlaceMention

TABLES = {
    "places": (tables.places, tables.PLACES, 6),
    "measures": (tables.measures, tables.MEASURES, 4),
    "relations": (tables.relations, tables.RELATIONS, 6),
    "zones": (tables.zones, tables.ZONES, 1),
    "events": (tables.events, tables.EVENTS, 5),
    "checks": (tables.checks, tables.CHECKS, 3),
}

# The columns of the events table as they are filed, in this order; ours follow.
FILED = """event_id report_id event_type sub_event_type acled_type plover date_start date_end date_precision
date_text date_basis actor actor_role target target_count_low target_count_best target_count_high
weapon weapon_count killed_low killed_best killed_high wounded_low wounded_best wounded_high
casualty_claimant losses location_text anchor_name anchor_id anchor_lat anchor_lon anchor_extent_m
relation distance_value distance_unit distance_m distance_low_m distance_high_m hedge bearing_deg
bearing_halfwidth_deg footprint_shape footprint_wkt lat lon lat_lon_is coordinate_uncertainty_m
coverage where_prec geo_precision assumptions sentence char_start char_end attributed_to claim
source_url source_date source_reliability info_credibility extractor_version review_status""".split()


@pytest.fixture
def record():
    return records.record()


@pytest.fixture
def report():
    return records.report()


@pytest.mark.parametrize("name", TABLES)
def test_columns_and_types_are_the_same_with_rows_and_without(name, record, report):
    make, schema, rows = TABLES[name]
    full = make(record, report)
    empty = make(records.empty_record(), records.empty_report())
    assert len(full) == rows
    assert len(empty) == 0
    assert list(full.columns) == list(schema) == list(empty.columns)
    assert full.dtypes.astype(str).to_dict() == empty.dtypes.astype(str).to_dict()
    assert full.dtypes.astype(str).to_dict() == schema


@pytest.mark.parametrize("name", ["places", "measures", "relations"])
def test_offsets_point_to_the_words(name, record, report):
    frame = TABLES[name][0](record, report)
    assert [report.text[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == list(
        frame["text"]
    )


def test_places_are_flat(record, report):
    frame = tables.places(record, report).set_index("id")
    assert frame.loc["p1", "place_gid"] == "standoff:at-tanf-garrison"
    assert frame.loc["p1", "place_name"] == "At Tanf garrison"
    assert frame.loc["p1", ["lat", "lon"]].to_list() == [33.50583, 38.61778]
    assert frame.loc["p1", "name"] == "At Tanf"
    assert frame.loc["p1", "candidates"] == (
        "At Tanf garrison (standoff:at-tanf-garrison) 0.97 | At Tanf (geonames:172344) 0.02"
    )
    assert pd.isna(frame.loc["p6", "place_gid"])
    assert pd.isna(frame.loc["p6", "lat"])
    assert frame.loc["p6", "reason"] == "names no place of the gazetteer"


def test_a_mention_without_a_place_takes_the_one_it_refers_to(record, report):
    bare = PlaceMention(id="p9", **records.span("the garrison"), kind="facility", refers_to="p2")
    stray = PlaceMention(id="p10", **records.span("convoy"), kind="facility", refers_to="p10")
    frame = tables.places(record.model_copy(update={"places": [*record.places, bare, stray]}), report)
    assert frame.set_index("id").loc["p9", "place_name"] == "At Tanf garrison"
    assert pd.isna(frame.set_index("id").loc["p10", "place_name"])


def test_relations_name_anchors_and_figure(record, report):
    frame = tables.relations(record, report).set_index("id")
    assert frame.loc["r1", "anchors"] == "p1"
    assert frame.loc["r1", "anchor_names"] == "At Tanf garrison"
    assert frame.loc["r1", "figure_text"] == "convoy"
    assert report.text[frame.loc["r1", "figure_start"] : frame.loc["r1", "figure_end"]] == "convoy"
    assert pd.isna(frame.loc["r6", "anchors"])
    assert pd.isna(frame.loc["r6", "metres"])


def test_zones_stand_at_their_anchor(record, report):
    row = tables.zones(record, report).iloc[0]
    assert (row["lat"], row["lon"], row["anchor_name"]) == (33.50583, 38.61778, "At Tanf garrison")
    first = row["mentions"].split()[0].split("-")
    assert report.text[int(first[0]) : int(first[1])] == "a 34-mile zone"


def test_checks_may_be_undecided(record, report):
    assert tables.checks(record, report)["ok"].isna().to_list() == [False, False, True]


def test_events_have_the_filed_columns_first():
    assert list(tables.EVENTS)[: len(FILED)] == FILED


def test_an_event_says_where_when_and_from_which_words(record, report):
    frame = tables.events(record, report).set_index("event_id")
    strike = frame.loc["e1"]
    assert strike["event_type"] == "air strike"
    assert strike["date_start"] == "2017-06-08"
    assert strike["anchor_id"] == "standoff:at-tanf-garrison"
    assert strike["relation"] == "distance"
    assert (strike["distance_value"], strike["distance_unit"]) == (24.0, "mile")
    assert strike["distance_m"] == pytest.approx(24 * 1609.344)
    assert strike["hedge"] == "about"
    assert strike["location_text"] == "about 24 miles from the At Tanf base | inside the zone"
    assert strike["footprint_shape"] == "ring"
    assert strike["coverage"] == 0.9
    assert strike["lat_lon_is"] == "representative"
    assert shapely.from_wkt(strike["footprint_wkt"]).covers(shapely.Point(strike["lon"], strike["lat"]))
    assert report.text[strike["char_start"] : strike["char_end"]] == strike["sentence"]
    assert frame.loc["e3", "killed_best"] == 10
    assert frame.loc["e2", "wounded_low"] == 2
    assert pd.isna(frame.loc["e2", "wounded_best"])
    assert frame.loc["e4", ["claim", "attributed_to"]].to_list() == ["denied", "The ministry"]


def test_an_event_is_filed_as_elsewhere(record, report):
    frame = tables.events(record, report).set_index("event_id")
    assert frame.loc["e1", ["acled_type", "plover"]].to_list() == [
        "Explosions/Remote violence: Air/drone strike", "ASSAULT/heavy-weapons",
    ]  # fmt: skip
    assert pd.isna(frame.loc["e5", "acled_type"])  # a warning


def test_every_field_of_an_event_is_in_its_row(record, report):
    event = record.events[0].model_copy(
        update={
            "actor_role": "claimed", "target_count": Count(low=2, best=3, high=None), "casualty_claimant": "a doctor",
            "where_prec": 5, "geo_precision": 3, "source_reliability": "B", "info_credibility": "2",
            "review_status": "accepted", "time_start": "14:30", "time_end": "15:00", "time_zone": "UTC",
            "follows": "e2", "duration_s": 1800.0, "quotes": ["We heard it", "It shook"], "series": "third strike",
            "same_as": ["e3"],
        }
    )  # fmt: skip
    row = tables.events(record.model_copy(update={"events": [event]}), report).iloc[0]
    wanted = {
        "actor_role": "claimed", "target_count_low": 2, "target_count_best": 3, "casualty_claimant": "a doctor",
        "where_prec": 5, "geo_precision": 3, "source_reliability": "B", "info_credibility": "2",
        "review_status": "accepted", "time_start": "14:30", "time_end": "15:00", "time_zone": "UTC",
        "follows": "e2", "duration_s": 1800.0, "quotes": "We heard it | It shook", "series": "third strike",
        "same_as": "e3", "relation_claim": "asserted",
    }  # fmt: skip
    assert row[list(wanted)].to_dict() == wanted
    assert pd.isna(row["target_count_high"])


def test_what_is_not_known_of_an_event_is_null(record, report):
    row = tables.events(record, report).set_index("event_id").loc["e3"]
    unknown = [
        "lat",
        "lon",
        "footprint_wkt",
        "footprint_shape",
        "anchor_name",
        "distance_m",
        "casualty_claimant",
    ]
    unknown += ["coordinate_uncertainty_m", "coverage", "where_prec", "weapon"]
    assert row[unknown].isna().all()
    assert row["reason"] == "the report does not say where"


def test_an_event_in_a_zone_is_anchored_where_the_zone_is(record, report):
    event = record.events[0].model_copy(update={"relations": ["r6"]})
    row = tables.events(record.model_copy(update={"events": [event]}), report).iloc[0]
    assert (row["relation"], row["anchor_name"]) == ("in", "At Tanf garrison")


def test_source_and_reliability(record, report):
    row = tables.events(record, report).iloc[0]
    assert row["source_url"] == "https://example.org/at-tanf"
    assert (row["source_reliability"], row["info_credibility"]) == ("F", "6")
    assert row["extractor_version"].startswith("standoff")
    assert row["report_id"] == report.id


def test_footprints_are_a_geodataframe_also_when_empty(record):
    full, empty = tables.footprints(record), tables.footprints(records.empty_record())
    for frame in (full, empty):
        assert isinstance(frame, gpd.GeoDataFrame)
        assert frame.crs.to_epsg() == 4326
        assert list(frame.columns) == [*tables.FOOTPRINTS, "geometry"]
        assert frame.geometry.name == "geometry"
    assert len(full) == 5
    assert len(empty) == 0
    assert full.geometry.is_valid.all()
    assert full.set_index("id").loc["f5", "geometry"].geom_type == "MultiPolygon"
    assert {name: str(full[name].dtype) for name in tables.FOOTPRINTS} == tables.FOOTPRINTS


def test_every_footprint_has_its_words(record, report):
    frame = tables.footprints(record).set_index("id")
    for quote in " | ".join(frame["quotes"]).split(" | "):
        assert quote in report.text
    # The event's sentence holds its relations' words; the zone that cuts it has its own.
    assert frame.loc["f2", "quotes"].split(" | ") == [
        records.line("Coalition jets")["text"],
        "a 34-mile zone around the garrison",
    ]
    assert frame.loc["f1", "quotes"] == "a 34-mile zone around the garrison"
    assert frame.loc["f2", ["constraints", "relations"]].to_list() == ["inside the zone z1", "r1 r6"]
