"""The data of the time control: which shapes have to do with which days."""

from __future__ import annotations

import json
import re

import map_samples
import records
from standoff import maps
from standoff.maps.time import Timeline, shape_days
from standoff.model import Alternative, Contour


def record(**changes):
    return records.record().model_copy(update=changes)


def dated(record, event, first, last):
    """Return the record with other days of an event."""
    days = {"date_start": first, "date_end": last}
    events = [e.model_copy(update=days) if e.id == event else e for e in record.events]
    return record.model_copy(update={"events": events})


def zone(**days):
    return [each.model_copy(update=days) for each in records.record().zones]


def test_shapes_have_the_days_of_their_events_and_undated_zones_always_show():
    assert shape_days(record()) == {
        "f2": [("2017-06-08", "2017-06-08")],
        "f3": [("2017-06-06", "2017-06-06")],
        "f4": [None],
        "f5": [("2017-06-07", "2017-06-07")],
    }


def test_a_zone_shows_as_long_as_it_holds():
    assert shape_days(record(zones=zone(valid_from="2017-06")))["f1"] == [("2017-06-01", None)]
    held = record(zones=zone(valid_from="2016", valid_to="2017-06-07"))
    assert shape_days(held)["f1"] == [("2016-01-01", "2017-06-07")]
    assert {"2016-01-01", "2017-06-07"} <= set(Timeline.of(held).data()["stops"])


def test_a_shape_of_several_events_has_the_days_of_each():
    events = [e.model_copy(update={"footprint": "f2"}) for e in records.record().events if e.id != "e4"]
    days = shape_days(record(events=events))["f2"]
    assert days == [("2017-06-08",) * 2, ("2017-06-06",) * 2, ("2017-06-07",) * 2]


def test_events_on_the_ground_of_an_undated_zone_do_not_hide_it():
    events = [e.model_copy(update={"footprint": "f1"}) for e in records.record().events]
    assert "f1" not in shape_days(record(events=events))


def test_equal_shapes_are_one_item():
    whole = records.record()
    ring = next(f for f in whole.footprints if f.id == "f2")
    copy = ring.model_copy(update={"id": "f9"})
    events = [e.model_copy(update={"footprint": "f9"}) if e.id == "e3" else e for e in whole.events]
    days = shape_days(record(footprints=[*whole.footprints, copy], events=events))
    assert days["f2"] == [("2017-06-08", "2017-06-08"), ("2017-06-06", "2017-06-06")]
    assert "f9" not in days


def test_parts_alternatives_and_contours_go_with_their_event():
    whole = records.record()
    ring = next(f for f in whole.footprints if f.id == "f2")
    other, part = (
        ring.model_copy(update={"id": name, "geometry": geometry.geometry, "relations": []})
        for name, geometry in zip(("f8", "f9"), whole.footprints[3:], strict=True)
    )
    contours = [Contour(coverage=0.5, geometry=ring.geometry, area_km2=1.0)]
    ring = ring.model_copy(update={"contours": contours})
    moved = [f for f in whole.footprints if f.id not in ("f2", "f4", "f5")]
    alternatives = [Alternative(gid="x", footprint="f8", weight=0.2)]
    relations = [
        r.model_copy(update={"footprint": "f9", "alternatives": alternatives}) if r.id == "r1" else r
        for r in whole.relations
    ]
    days = shape_days(record(footprints=[*moved, ring, other, part], relations=relations))
    for item in ("f2", "f2-50", "f8", "f9"):
        assert days[item] == [("2017-06-08", "2017-06-08")]


def test_there_is_a_control_only_where_there_is_something_to_choose():
    whole = records.record()
    assert Timeline.of(whole).useful
    for number in (0, 1):
        few = Timeline.of(record(events=whole.events[:number]))
        assert not few.useful
        assert few.data()["stops"] == []
    one_day = dated(dated(whole, "e1", "2017-06-06", "2017-06-06"), "e5", "2017-06-06", "2017-06-06")
    assert not Timeline.of(one_day).useful
    assert Timeline.of(dated(one_day, "e3", "2017-06-01", "2017-06-30")).useful


def test_the_page_has_it_unless_it_is_not_wanted():
    report, sample = map_samples.at_tanf()
    assert "standoff.timeline(" in maps.build(report, sample).get_root().render()
    assert "standoff.timeline(" not in maps.build(report, sample, timeline=False).get_root().render()
    undated = sample.model_copy(update={"events": []})
    assert "standoff.timeline(" not in maps.build(report, undated).get_root().render()


def test_only_dates_reach_the_page():
    control = Timeline({"a": [("</script>", "2017-06-06")], "b": [("x", "y")]}, {"e": ("2017-06-31", None)})
    assert control.shapes == {"a": [(None, "2017-06-06")], "b": [None]}
    assert control.events == {"e": None}


def test_words_in_the_panel_know_their_events():
    page = maps.build(records.report(), records.record()).get_root().render()
    block = re.search(r'id="report_panel_\w+_data">(.*?)</script>', page, re.DOTALL)[1]
    data = json.loads(block)
    assert [event["id"] for event in data["events"]] == ["e1", "e2", "e3", "e4", "e5"]
    told = {text: events for text, _, _, _, events in data["pieces"] if events}
    assert told["ambushed"] == ["e3"]
