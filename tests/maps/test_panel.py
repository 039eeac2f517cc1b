import records
from standoff.maps.panel import panel_data, safe_link


def test_panel_lists_events_checks_and_basis():
    data = panel_data(records.report(), records.record())
    assert [event["title"] for event in data["events"]][:3] == ["Air strike", "Drone shot down", "Ambush"]
    assert data["events"][2]["where"] == "Not on the map: the report does not say where"
    assert [check["ok"] for check in data["checks"]] == [True, False, None]
    sections = {section["title"]: [line for line, _ in section["lines"]] for section in data["basis"]}
    assert sections["Assumed"] == ["people round 24 miles by up to 20 %"]
    assert sections["Not drawn"] == ["“Coalition”: names no place of the gazetteer"]
    assert "near: 20 km" in sections["Settings"]


def test_every_event_says_when_and_where_or_why_not():
    record = records.record()
    undated = record.events[0].model_copy(update={"date_start": None, "date_end": None, "date_text": None})
    record = record.model_copy(update={"events": [undated, *record.events[1:]]})
    events = panel_data(records.report(), record)["events"]
    assert dict(events[0]["rows"])["When"] == "not stated"
    for event, told in zip(record.events, events, strict=True):
        where = dict(told["rows"]).get("Where")
        assert bool(where) != bool(told["where"])
        assert (event.footprint is None) == (where is None)
    assert dict(events[0]["rows"])["Where"].startswith("Ring: distance without direction, ")


def test_checks_point_at_what_they_compare():
    assert panel_data(records.report(), records.record())["checks"][0]["items"] == ["f2", "f1"]


def test_only_web_addresses_are_links():
    assert safe_link("https://example.org/x?y=1") == "https://example.org/x?y=1"
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https:// a",
        "http://[",
        None,
        "",
    ):
        assert safe_link(url) is None
