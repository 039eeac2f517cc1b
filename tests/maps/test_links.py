import records
from standoff.maps.links import links, place_points, resolved, same_ground
from standoff.model import Event


def test_words_lead_to_the_shapes_they_made():
    record = records.record()
    found = links(record, place_points(record))
    assert found["r1"] == ("f2",)
    assert found["m1"] == ("f2",)
    assert found["e1"] == ("f2",)
    assert found["z1"] == ("f1",)
    assert found["m2"] == ("f1",)
    assert "e3" not in found  # nobody said where


def test_the_garrison_leads_to_what_it_refers_to():
    record = records.record()
    assert resolved(record)["p2"].id == "p1"
    assert "at-p1" in links(record, place_points(record))["p2"]


def test_references_in_a_circle_end():
    record = records.record()
    first, second, *rest = record.places
    circle = [first.model_copy(update={"refers_to": "p2"}), second, *rest]
    assert set(resolved(record.model_copy(update={"places": circle}))) == {p.id for p in record.places}


def test_anchors_are_points_once_a_place():
    points = {point.place.name: point.kind for point in place_points(records.record())}
    assert points["At Tanf garrison"] == "anchor"
    assert points["Taveuni"] == "anchor"
    assert len([name for name in points if name == "At Tanf garrison"]) == 1


def test_a_country_gets_no_point_where_shapes_are_drawn():
    record = records.record()
    country = records.GARRISON.model_copy(update={"gid": "iso:SY", "name": "Syria", "feature": "country"})
    named = record.places[0].model_copy(update={"id": "p9", "place": country, "candidates": []})
    with_country = record.model_copy(update={"places": [*record.places, named]})
    assert "Syria" not in {point.place.name for point in place_points(with_country)}
    alone = record.model_copy(update={"places": [named], "footprints": [], "relations": [], "zones": []})
    assert [point.place.name for point in place_points(alone)] == ["Syria"]


def test_events_on_the_same_ground_share_one_shape():
    record = records.record()
    twin = record.footprints[1].model_copy(update={"id": "f9"})
    event = Event(**{**record.events[0].model_dump(), "id": "e9", "footprint": "f9"})
    both = record.model_copy(
        update={"footprints": [*record.footprints, twin], "events": [*record.events, event]}
    )
    assert same_ground(both)["f9"] == "f2"
    assert links(both, place_points(both))["e9"] == ("f2",)


def test_a_denied_shape_does_not_hide_under_an_asserted_one():
    record = records.record()
    denied = record.footprints[3]
    twin = denied.model_copy(update={"id": "f9", "relations": []})
    event = record.events[0].model_copy(update={"id": "e9", "footprint": "f9"})
    both = record.model_copy(
        update={"footprints": [*record.footprints, twin], "events": [*record.events, event]}
    )
    assert same_ground(both)["f9"] == "f9"
