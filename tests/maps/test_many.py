"""A map of a table of events: what goes into the page, said once, and rightly placed."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

import hostile
import map_samples
from standoff import maps
from standoff.errors import ExportError
from standoff.ground import shapes
from standoff.ground.geojson import to_geojson
from standoff.maps.many import LONGEST_QUOTE, EventLayer, marks_of

POINT = {"event_id": "e1", "event_type": "shelling", "footprint_wkt": "POINT (37.1 36.2)"}


def layer(*rows):
    marks, unplaced = marks_of(pd.DataFrame(list(rows)))
    return EventLayer(marks, unplaced=unplaced)


def test_every_event_with_a_place_is_a_mark():
    events = map_samples.many(60)
    events.loc[:9, "footprint_wkt"] = None
    marks, unplaced = marks_of(events)
    assert (len(marks), unplaced) == (50, 10)
    assert {mark.kind for mark in marks} <= {"disc", "ring", "sector", "region", "representative"}
    assert {mark.claim for mark in marks} == {"asserted", "denied"}


def test_large_shapes_lie_below_small_ones():
    sizes = [
        mark.geometry.area if mark.geometry else 0
        for mark in EventLayer(marks_of(map_samples.many(60))[0]).marks
    ]
    assert sizes == sorted(sizes, reverse=True)


def test_a_circle_keeps_its_size_with_few_corners():
    disc = shapes.disc(36.2, 37.1, 30_000)
    data = layer(POINT | {"footprint_wkt": disc.wkt, "footprint_shape": "disc"}).data()
    (mark,) = marks_of(pd.DataFrame([POINT | {"footprint_wkt": disc.wkt}]))[0]
    assert mark.geometry.equals(disc)
    assert data["rows"][0][6]
    from standoff.maps.many import _coarse

    thin = shapely.Polygon(_coarse(disc.exterior))
    assert shapely.get_num_coordinates(thin) <= 30
    assert thin.area == pytest.approx(disc.area, rel=0.06)


def test_a_ring_keeps_its_hole():
    ring = shapes.ring(36.2, 37.1, 4_000, 30_000)
    data = layer(POINT | {"footprint_wkt": ring.wkt, "footprint_shape": "ring"}).data()
    assert len(data["rows"][0][6][0]) == 2


def test_days_are_counted_from_the_first():
    first = POINT | {"date_start": "2017-06-06", "date_end": "2017-06-06"}
    second = POINT | {"event_id": "e2", "date_start": "2017-06-08", "date_end": "2017-06-11"}
    data = layer(first, second, POINT | {"event_id": "e3"}).data()
    assert data["origin"] == "2017-06-06"
    assert {row[0]: row[4] for row in data["rows"]} == {"e1": [0], "e2": [2, 5], "e3": None}


def test_what_is_shared_is_said_once():
    data = EventLayer(marks_of(map_samples.many(200))[0]).data()
    assert len(data["titles"]) == 4
    assert len(data["looks"]) <= 10


def test_shapes_on_both_sides_of_the_antimeridian_lie_together():
    near = [
        POINT
        | {
            "event_id": f"e{lon}",
            "footprint_wkt": shapely.Point(lon, -17).wkt,
            "lat": -17.0,
            "lon": float(lon),
        }
        for lon in (179, -179)
    ]
    crossing = shapely.from_geojson(str(to_geojson(shapes.disc(-17, 180, 60_000))).replace("'", '"'))
    near.append(POINT | {"event_id": "c", "footprint_wkt": crossing.wkt, "lat": -17.0, "lon": 180.0})
    marks, _ = marks_of(pd.DataFrame(near))
    lons = [mark.lon % 360 for mark in marks]
    assert max(mark.bounds[2] for mark in marks) - min(mark.bounds[0] for mark in marks) < 4
    assert sorted(lons) == [179, 180, 181]


def test_long_sentences_are_cut_at_a_word():
    data = layer(POINT | {"sentence": "word " * 100}).data()
    quote = data["rows"][0][5]
    assert len(quote) <= LONGEST_QUOTE + 2
    assert quote.endswith("word …")


def test_a_table_without_its_columns_is_refused_by_name():
    with pytest.raises(ExportError, match="no column 'footprint_wkt'"):
        maps.of_events(pd.DataFrame({"event_id": ["e1"], "event_type": ["raid"]}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"event_id": None}, "a row with no event_id"),
        ({"event_type": None}, "event_id 'e1' and no event_type"),
        ({"footprint_wkt": "POINT (1"}, "'e1' whose footprint_wkt is neither"),
        ({"footprint_wkt": "POLYGON EMPTY"}, "'e1' whose footprint_wkt is neither"),
        ({"footprint_wkt": "LINESTRING (1 2, 3 4)"}, "'e1' whose footprint_wkt is neither"),
        ({"footprint_wkt": "POINT (nan nan)"}, "'e1' whose footprint_wkt is n"),
        ({"footprint_wkt": "POINT (36.2 137.1)"}, "'e1' whose footprint_wkt is not on the Earth"),
        ({"footprint_wkt": "POLYGON ((0 0, 1e308 0, 1e308 80, 0 0))"}, "'e1' whose footprint_wkt is not on"),
        ({"footprint_wkt": "POLYGON ((0 0, inf 0, 1 1, 0 0))"}, "'e1' whose footprint_wkt is not on"),
    ],
)
def test_a_row_that_cannot_be_drawn_is_refused_by_name(change, words):
    with pytest.raises(ExportError, match=words):
        maps.of_events(pd.DataFrame([POINT | change]))


def test_a_position_or_a_share_that_is_none_gives_way_to_the_shape():
    """Cells of a table that a spreadsheet has been through."""
    change = {"lat": "36,2", "lon": float("inf"), "coverage": ["0.9"]}
    (mark,), _ = marks_of(pd.DataFrame([POINT | change]))
    assert (mark.lat, mark.lon, mark.coverage) == (36.2, 37.1, None)
    assert maps.of_events(pd.DataFrame([POINT | change])).get_root().render()


def test_an_empty_table_makes_a_page_that_says_so():
    page = maps.of_events(pd.DataFrame([POINT | {"footprint_wkt": None}])).get_root().render()
    assert "None of these events has a place" in page


def test_hostile_text_is_data_only(tmp_path):
    rows = [
        POINT
        | {"event_id": text, "event_type": text, "sentence": text, "report_id": text, "source_date": text}
        for text in hostile.STRINGS
    ]
    page = maps.save(
        maps.of_events(pd.DataFrame(rows), title=hostile.STRINGS[0]), tmp_path / "many.html"
    ).read_text()
    for text in hostile.STRINGS:
        assert f"<b>{text}" not in page
    assert "<script>alert" not in page


def test_the_events_of_a_reading_fit(tmp_path):
    report, record = map_samples.at_tanf()
    from standoff import tables

    marks, unplaced = marks_of(tables.events(record, report))
    assert len(marks) + unplaced == len(record.events)
    assert marks


def test_the_same_table_gives_the_same_page():
    first, second = (maps.of_events(map_samples.many(50), title="x").get_root().render() for _ in range(2))
    assert first == second


def test_a_table_with_a_shape_over_the_pole_is_drawn_round_it():
    disc = shapes.disc(88.0, 40.0, 400_000)
    rows = [POINT | {"footprint_wkt": disc.wkt, "footprint_shape": "disc", "lat": 88.0, "lon": 40.0}, POINT]
    page = maps.of_events(pd.DataFrame(rows)).get_root().render()
    assert "standoff.polarCRS(1, " in page.rsplit("<script>", 1)[1]
    assert (
        "standoff.polarCRS(1, "
        not in maps.of_events(pd.DataFrame([POINT])).get_root().render().rsplit("<script>", 1)[1]
    )


def test_few_events_keep_round_shapes_and_many_do_not():
    disc = POINT | {"footprint_wkt": shapes.disc(36.2, 37.1, 30_000).wkt, "footprint_shape": "disc"}
    few = layer(disc).data()["rows"][0][6]
    many = layer(*(disc | {"event_id": f"e{n}"} for n in range(400))).data()["rows"][0][6]
    assert len(str(few)) > 3 * len(str(many))


def test_what_the_report_puts_inside_a_zone_is_no_distance():
    ring = POINT | {"footprint_wkt": shapes.ring(36.2, 37.1, 20_000, 30_000).wkt, "footprint_shape": "ring"}
    inside = ring | {"event_id": "e2", "relation": "zone", "coverage": None}
    declared = inside | {"event_id": "e3", "event_type": "zone"}
    measured = ring | {"event_id": "e4", "relation": "distance", "coverage": 0.9}
    marks, _ = marks_of(pd.DataFrame([inside, declared, measured]))
    assert [mark.kind for mark in marks] == ["inside", "zone", "ring"]
