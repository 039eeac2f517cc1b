"""Thousands of events on one page: all there, quick to answer, safe."""

import pandas as pd
import pytest
from playwright.sync_api import expect

import hostile
import map_samples
from standoff import maps
from standoff.ground import shapes

pytestmark = pytest.mark.browser

MAP = "window[Object.keys(window).find((name) => name.startsWith('map_'))]"
SHOWN = f"Object.values({MAP}._layers).filter((each) => each.options && each.options.renderer && each._parts).length"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    events = map_samples.many(5000)
    return maps.save(maps.of_events(events, title="Five thousand"), folder / "many.html")


def test_five_thousand_events_are_all_there(saved, open_page, artifacts):
    assert saved.stat().st_size <= 1_500_000
    opened = open_page(saved)
    page = opened.page
    page.locator(".sd-rows tbody tr").first.wait_for()
    page.screenshot(path=artifacts / "many-desktop.png")
    assert page.evaluate(SHOWN) == 5000
    assert page.locator(".sd-panel header p").inner_text() == "5000 of 5000 in view"
    assert "more in view" in page.locator(".sd-rows tbody tr").last.inner_text()
    assert opened.requests == []
    assert opened.errors == []


def test_the_table_follows_the_view(saved, open_page):
    page = open_page(saved).page
    page.evaluate(f"void {MAP}.setView([39.5, 42.5], 9, {{animate: false}})")
    words = page.locator(".sd-panel header p").inner_text()
    seen = int(words.split(" of ")[0])
    assert 0 <= seen < 200
    assert page.locator(".sd-rows tbody tr").count() == seen


def test_days_and_kinds_sift_the_events(saved, open_page):
    page = open_page(saved).page
    events = map_samples.many(5000)
    page.get_by_role("slider", name="Last day").fill("9")
    days = sorted(events["date_start"].unique())[:10]
    assert page.evaluate(SHOWN) == int(events["date_start"].isin(days).sum())
    page.get_by_role("slider", name="Last day").fill("199")
    page.locator(".sd-layers summary").click()
    box = page.locator(".sd-layers-body")
    box.get_by_label("Clash", exact=True).uncheck()
    assert page.evaluate(SHOWN) == int((events["event_type"] != "clash").sum())
    box.get_by_label("Region", exact=True).uncheck()
    left = (events["event_type"] != "clash") & (events["footprint_shape"] != "region")
    assert page.evaluate(SHOWN) == int(left.sum())


def test_a_row_leads_to_its_shape_and_its_card(saved, open_page):
    page = open_page(saved).page
    row = page.locator(".sd-rows tbody tr").first
    day = row.locator("td").first.inner_text()
    row.get_by_role("button").click()
    page.locator(".sd-card").wait_for()
    assert day in page.locator(".sd-card").inner_text()


def test_a_dot_stands_for_what_is_too_small_to_see(open_page, tmp_path):
    far = {
        "event_id": "far",
        "event_type": "raid",
        "footprint_wkt": "POINT (100 60)",
        "lat": 60.0,
        "lon": 100.0,
    }
    events = pd.concat([map_samples.many(3), pd.DataFrame([far])])
    page = open_page(maps.save(maps.of_events(events), tmp_path / "few.html")).page
    dots = f"Object.values({MAP}._layers).filter((each) => each._small && each._small()).length"
    page.locator(".sd-rows tbody tr").first.wait_for()
    assert page.evaluate(dots) == 4
    page.evaluate(f"void {MAP}.setView([60, 100], 9, {{animate: false}})")
    assert page.locator(".sd-rows tbody tr").count() == 1


def test_hostile_tables_show_as_typed_and_never_run(open_page, tmp_path):
    rows = [
        {
            "event_id": text,
            "event_type": text,
            "sentence": text,
            "report_id": text,
            "footprint_wkt": f"POINT ({n} 0)",
        }
        for n, text in enumerate(hostile.STRINGS)
    ]
    built = maps.of_events(pd.DataFrame(rows), title=hostile.STRINGS[0])
    opened = open_page(maps.save(built, tmp_path / "hostile.html"))
    page = opened.page
    shown = page.locator(".sd-panel").inner_text()
    for text in hostile.STRINGS:
        assert text[1:] in shown  # titles begin with a capital
    for number in range(len(hostile.STRINGS)):
        page.locator(".sd-rows button").nth(number).click()
        page.locator(".sd-card").first.wait_for()
        page.get_by_role("button", name="Show everything").click()
    assert page.evaluate("window.ran") is None
    assert opened.requests == []
    assert opened.errors == []


def test_round_a_pole_the_table_follows_the_view_and_leads_to_shapes(open_page, tmp_path):
    over = {"event_id": "over", "event_type": "raid", "footprint_wkt": shapes.disc(88.0, 40.0, 300_000).wkt}
    over |= {"footprint_shape": "disc", "lat": 88.0, "lon": 40.0}
    south = {
        "event_id": "south",
        "event_type": "clash",
        "footprint_wkt": "POINT (20 60)",
        "lat": 60.0,
        "lon": 20.0,
    }
    built = maps.of_events(pd.DataFrame([over, south]))
    opened = open_page(maps.save(built, tmp_path / "pole.html"))
    page = opened.page
    page.locator(".sd-rows tbody tr").first.wait_for()
    assert page.locator(".sd-panel header p").inner_text() == "2 of 2 in view"
    page.locator(".sd-rows").get_by_role("button", name="Raid").click()
    page.locator(".sd-card").wait_for()
    expect(page.locator(".sd-rows tbody tr")).to_have_count(1)
    assert opened.errors == []
