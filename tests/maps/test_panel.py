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
