"""The time control in a real browser: what was not in the chosen days is not there."""

import folium
import pytest

import hostile
import map_samples
import records
from standoff import maps
from standoff.maps import Timeline

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return a function that gives the path of a page of a reading, made once."""
    folder = tmp_path_factory.mktemp("time")
    samples = {
        "plain": map_samples.at_tanf,
        "all": lambda: (records.report(), records.record()),
        "hostile": lambda: (hostile.report(), hostile.record()),
        "empty": lambda: (records.empty_report(), records.empty_record()),
    }

    def path_of(name):
        path = folder / f"{name}.html"
        if not path.exists():
            maps.save(maps.build(*samples[name]()), path)
        return path

    return path_of


def item(page, name):
    """Return what is drawn of an item: a path or a marker."""
    return page.locator(f".leaflet-container [data-item='{name}']").first


def shown(page):
    """Return the ids of the items that can be seen."""
    drawn = page.locator(".leaflet-container [data-item]").evaluate_all(
        "all => all.filter((e) => getComputedStyle(e).display !== 'none').map((e) => e.dataset.item)"
    )
    return {name for name in drawn if not name.startswith("at-")}


def dimmed(page):
    return set(page.locator(".sd-text .sd-dim").evaluate_all("all => all.map((e) => e.textContent)"))


def labels(page):
    page.wait_for_timeout(100)  # they are placed in the next frame
    return " | ".join(page.locator(".sd-label:visible").all_inner_texts())


def days(page):
    return page.locator(".sd-days").inner_text()


def first_day(page):
    return page.get_by_role("slider", name="First day")


def last_day(page):
    return page.get_by_role("slider", name="Last day")


def test_the_sliders_hide_and_show_shapes_words_and_labels(saved, open_page):
    opened = open_page(saved("all"), 1280, 800)
    page = opened.page
    assert days(page) == "2017-06-06 to 2017-06-08"
    assert shown(page) == {"f1", "f2", "f3", "f4", "f5"}
    assert dimmed(page) == set()
    first_day(page).fill("1")
    assert days(page) == "2017-06-07 to 2017-06-08"
    assert shown(page) == {"f1", "f2", "f4", "f5"}
    assert {"shot down", "ambushed"} <= dimmed(page)  # the ambush is nowhere on the map
    assert "bombed" not in dimmed(page)
    first_day(page).fill("0")
    assert shown(page) == {"f1", "f2", "f3", "f4", "f5"}
    assert dimmed(page) == set()
    assert opened.requests == []
    assert opened.errors == []


def test_a_label_goes_and_comes_with_its_shape(saved, open_page):
    page = open_page(saved("plain"), 1280, 800).page
    assert "Drone shot down" in labels(page)
    first_day(page).fill("1")
    assert "Drone shot down" not in labels(page)
    first_day(page).fill("0")
    assert "Drone shot down" in labels(page)


def test_places_stay(saved, open_page):
    page = open_page(saved("plain"), 1280, 800).page
    last_day(page).fill("0")
    page.get_by_label("not dated").uncheck()
    assert shown(page) == {"f1", "f3"}
    for name in ("at-p1", "at-p4"):
        assert item(page, name).is_visible()


def test_what_is_not_dated_has_a_box_to_tick(saved, open_page):
    page = open_page(saved("plain"), 1280, 800).page
    box = page.get_by_label("not dated")
    box.uncheck()
    assert "f4" not in shown(page)
    assert "bombed" in dimmed(page)
    box.check()
    assert "f4" in shown(page)


def test_the_keyboard_does_it_all(saved, open_page):
    page = open_page(saved("plain"), 1280, 800).page
    page.get_by_role("button", name="Play, day by day").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.keyboard.press("Space")
    assert "f4" not in shown(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert days(page) == "2017-06-08"
    assert first_day(page).get_attribute("aria-valuetext") == "2017-06-08"
    assert shown(page) == {"f1", "f2"}
    page.keyboard.press("ArrowRight")  # not beyond the last day
    assert days(page) == "2017-06-08"
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    assert days(page) == "2017-06-06"
    assert last_day(page).get_attribute("aria-valuetext") == "2017-06-06"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Last day"


def test_the_first_day_cannot_pass_the_last(saved, open_page):
    page = open_page(saved("all"), 1280, 800).page
    last_day(page).fill("1")
    first_day(page).fill("2")
    assert days(page) == "2017-06-07"
    last_day(page).fill("0")
    assert days(page) == "2017-06-07"


def test_the_mouse_can_take_both_sliders_and_the_map_stays(saved, open_page):
    page = open_page(saved("plain"), 1280, 800).page
    before = item(page, "f1").bounding_box()
    track = page.locator(".sd-track").bounding_box()
    y = track["y"] + 17
    left, right = track["x"] + 9, track["x"] + track["width"] - 9
    page.mouse.move(left, y)
    page.mouse.down()
    page.mouse.move(right, y, steps=5)
    page.mouse.up()
    assert days(page) == "2017-06-08"
    page.mouse.move(right, y)  # both lie here now: the first can be taken back
    page.mouse.down()
    page.mouse.move(left, y, steps=5)
    page.mouse.up()
    assert days(page) == "2017-06-06 to 2017-06-08"
    assert item(page, "f1").bounding_box() == before


def test_play_goes_through_the_days_and_comes_back(saved, open_page):
    page = open_page(saved("all"), 1280, 800).page
    page.clock.install()
    page.get_by_role("button", name="Play, day by day").click()
    seen = []
    for _ in range(3):
        seen.append((days(page), shown(page) - {"f1", "f4"}))
        page.clock.run_for(1300)
    assert seen == [("2017-06-06", {"f3"}), ("2017-06-07", {"f5"}), ("2017-06-08", {"f2"})]
    assert days(page) == "2017-06-06 to 2017-06-08"
    page.get_by_role("button", name="Play, day by day").click()
    page.get_by_role("button", name="Stop").click()
    page.clock.run_for(5000)
    assert days(page) == "2017-06-06"


def test_pointing_at_dimmed_words_shows_their_shape_for_a_while(saved, open_page):
    page = open_page(saved("plain"), 1280, 800).page
    last_day(page).fill("0")
    assert "f2" not in shown(page)
    page.get_by_text("about 24 miles", exact=True).hover()
    assert "f2" in shown(page)
    page.get_by_role("heading", level=1).hover()
    assert "f2" not in shown(page)


def test_showing_everything_brings_all_days_back_and_a_popup_goes_with_its_shape(saved, open_page):
    page = open_page(saved("plain"), 1280, 800).page
    item(page, "f2").focus()
    page.keyboard.press("Enter")
    page.locator(".sd-card").wait_for()
    last_day(page).fill("0")
    page.locator(".sd-card").wait_for(state="detached")
    assert "f2" not in shown(page)
    page.get_by_role("button", name="Show everything").click()
    assert days(page) == "2017-06-06 to 2017-06-08"
    assert "f2" in shown(page)


@pytest.mark.parametrize(("device", "width", "height"), [("desktop", 1280, 800), ("phone", 390, 844)])
def test_it_covers_no_shape_and_fits_the_screen(device, width, height, saved, open_page, artifacts):
    page = open_page(saved("plain"), width, height).page
    control = page.locator(".sd-time").bounding_box()
    assert control["x"] + control["width"] <= width
    for name in ("f1", "f2", "f3", "f4"):
        box = item(page, name).bounding_box()
        beside = box["x"] + box["width"] <= control["x"]
        assert beside or box["y"] >= control["y"] + control["height"]
    last_day(page).fill("0")
    page.screenshot(path=artifacts / f"time-{device}.png")


def test_there_is_none_where_there_is_nothing_to_choose(saved, open_page):
    assert open_page(saved("empty")).page.locator(".sd-time").count() == 0


def test_on_paper_only_a_chosen_interval_is_told(saved, open_page):
    page = open_page(saved("plain"), 1280, 800).page
    page.emulate_media(media="print")
    assert page.locator(".sd-time").is_hidden()
    page.emulate_media(media="screen")
    last_day(page).fill("0")
    page.emulate_media(media="print")
    assert page.locator(".sd-days").is_visible()
    assert page.locator(".sd-play").is_hidden()
    assert page.locator(".sd-track").is_hidden()
    assert "f2" not in shown(page)


def test_hostile_text_shows_as_typed(saved, open_page):
    opened = open_page(saved("hostile"), 1280, 800)
    last_day(opened.page).fill("0")
    assert "ambushed" not in dimmed(opened.page)
    assert "hit" in dimmed(opened.page)
    opened.page.get_by_role("tab", name="Events").click()
    shown_text = opened.page.locator("[role=tabpanel]:visible").inner_text()
    assert all(text in shown_text for text in hostile.STRINGS)
    assert opened.page.evaluate("window.ran") is None
    assert opened.requests == []
    assert opened.errors == []


def test_it_works_with_groups_that_are_switched_off_and_on(open_page, tmp_path):
    own = maps.StandoffMap((33.5, 38.6))
    group = folium.FeatureGroup("shapes").add_to(own)
    ring = maps.Ring(33.50583, 38.61778, 30_900, 46_300, title=hostile.MARKED).add_to(group)
    disc = maps.GeodesicDisc(33.50583, 38.61778, 54_717.696, kind="zone", title="zone").add_to(own)
    both = {ring.item.id: [("2017-06-06", "2017-06-06")], disc.item.id: [("2017-06-08", None), None]}
    Timeline(both).add_to(own)
    folium.LayerControl(collapsed=False).add_to(own)
    opened = open_page(maps.save(own, tmp_path / "own.html"))
    page = opened.page
    assert days(page) == "2017-06-06 to 2017-06-08"
    page.get_by_label("not dated").uncheck()
    last_day(page).fill("0")
    assert shown(page) == {ring.item.id}
    first_day(page).fill("0")
    last_day(page).fill("1")
    first_day(page).fill("1")
    assert shown(page) == {disc.item.id}
    switch = page.locator(".leaflet-control-layers-selector")
    switch.uncheck()
    switch.check()
    assert shown(page) == {disc.item.id}
    first_day(page).fill("0")
    assert shown(page) == {ring.item.id, disc.item.id}
    assert opened.errors == []
