"""The saved page in a real browser: offline, safe, alive both ways."""

import re

import folium
import pytest
import shapely

import hostile
import map_samples
import records
from standoff import maps

pytestmark = pytest.mark.browser

MAP = "window[Object.keys(window).find((name) => name.startsWith('map_'))]"
DEVICES = {"desktop": (1400, 900), "phone": (390, 844)}
SAMPLES = {
    "plain": map_samples.at_tanf,
    "antimeridian": map_samples.over_antimeridian,
    "pole": map_samples.at_pole,
    "wide": lambda: (records.report(), records.record()),
    "empty": lambda: (records.empty_report(), records.empty_record()),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return a function that gives the path of a sample's page, made once."""
    folder = tmp_path_factory.mktemp("pages")

    def path_of(name):
        path = folder / f"{name}.html"
        if not path.exists():
            sample = SAMPLES[name]() if name in SAMPLES else (hostile.report(), hostile.record())
            maps.save(maps.build(*sample), path)
        return path

    return path_of


def shape(page, item):
    return page.locator(f"path.sd-shape[data-item='{item}']")


def words(page, item):
    return page.locator(f".sd-text mark[data-items~='{item}']")


def lit(locator):
    return [bool(re.search(r"\bsd-lit\b", each.get_attribute("class"))) for each in locator.all()]


def point_at(page, lat, lon):
    """Move the pointer to a position on the map."""
    at = page.evaluate(
        f"([lat, lng]) => {{ const m = {MAP}; const p = m.latLngToContainerPoint([lat, lng]);"
        "const r = m.getContainer().getBoundingClientRect(); return [r.left + p.x, r.top + p.y]; }",
        [lat, lon],
    )
    page.mouse.move(*at)
    return at


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize(("device", "width", "height"), [("desktop", 1400, 900), ("phone", 390, 844)])
def test_the_page_asks_for_nothing_and_says_no_error(
    name, device, width, height, saved, open_page, artifacts
):
    opened = open_page(saved(name), width, height)
    opened.page.wait_for_selector(".sd-panel h1")
    opened.page.wait_for_timeout(300)  # late requests would come now
    opened.page.screenshot(path=artifacts / f"{name}-{device}.png")
    assert opened.requests == []
    assert opened.errors == []
    assert saved(name).stat().st_size <= 400_000
    assert opened.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_all_shapes_are_drawn(saved, open_page):
    page = open_page(saved("plain")).page
    for item in ("f1", "f2", "f4"):
        box = shape(page, item).bounding_box()
        assert box["width"] > 50
    assert page.locator(".sd-glyph[data-item='f3']").count() == 1  # the exact point
    assert page.locator("path.sd-land").count() == 3  # the world, the surrounding, the detail


def test_a_ring_shows_no_strike_point(saved, open_page):
    page = open_page(saved("plain")).page
    assert page.locator(".sd-glyph[data-item='f2']").count() == 0
    glyphs = page.locator(".sd-glyph").evaluate_all("all => all.map((glyph) => glyph.dataset.item)")
    assert sorted(glyphs) == ["at-p1", "at-p4", "f3"]


def test_the_legend_covers_no_shape(saved, open_page):
    page = open_page(saved("plain")).page
    legend = page.locator(".sd-legend").bounding_box()
    for item in ("f1", "f2", "f4"):
        box = shape(page, item).bounding_box()
        beside = legend["x"] + legend["width"] <= box["x"]
        assert beside or box["y"] + box["height"] <= legend["y"]


def test_pointing_at_a_shape_lights_its_words(saved, open_page):
    page = open_page(saved("plain")).page
    assert not any(lit(words(page, "f2")))
    point_at(page, 33.86, 38.61778)  # in the ring's band, north of the garrison
    assert all(lit(words(page, "f2")))
    assert lit(shape(page, "f2")) == [True]
    assert not any(lit(words(page, "f4")))
    page.mouse.move(1200, 880)
    assert not any(lit(words(page, "f2")))


def test_pointing_at_words_lights_their_shape(saved, open_page):
    page = open_page(saved("plain")).page
    page.get_by_text("about 24 miles", exact=True).hover()
    assert lit(shape(page, "f2")) == [True]
    assert lit(shape(page, "f4")) == [False]
    page.get_by_role("heading", level=1).hover()
    assert lit(shape(page, "f2")) == [False]


def test_every_shape_has_words_and_every_live_word_a_shape(saved, open_page):
    page = open_page(saved("wide")).page
    drawn = set(page.locator("[data-item]").evaluate_all("all => all.map((e) => e.dataset.item)"))
    live = page.locator(".sd-text mark[data-items]")
    named = live.evaluate_all("all => all.flatMap((e) => e.dataset.items.split(' '))")
    assert {footprint.id for footprint in records.record().footprints} <= drawn
    assert drawn == set(named)


def test_a_click_on_words_zooms_to_the_shape(saved, open_page):
    page = open_page(saved("wide")).page
    before = page.evaluate(f"{MAP}.getZoom()")
    page.locator(".sd-text").get_by_text("Taveuni", exact=True).click()
    page.wait_for_timeout(600)
    assert page.evaluate(f"{MAP}.getZoom()") > before + 2
    centre = page.evaluate(f"[{MAP}.getCenter().lat, {MAP}.getCenter().lng]")
    assert centre == pytest.approx([-16.85, 179.97], abs=1)


def test_a_click_on_a_shape_tells_the_sentence(saved, open_page):
    page = open_page(saved("plain")).page
    page.mouse.click(*point_at(page, 33.17, 38.61778))
    card = page.locator(".sd-card")
    card.wait_for()
    assert "Coalition jets hit a convoy on Thursday about 24 miles" in card.inner_text()
    assert "about 24 miles = 38.6 km" in card.inner_text()
    assert "people round 24 miles by up to 20 %" in card.inner_text()


def test_the_keyboard_reaches_words_shapes_and_tabs(saved, open_page):
    page = open_page(saved("plain")).page
    page.locator(".sd-text mark[tabindex='0'][data-items~='f2']").first.focus()
    assert lit(shape(page, "f2")) == [True]
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    shape(page, "f2").focus()
    assert all(lit(words(page, "f2")))
    page.keyboard.press("Enter")
    page.locator(".sd-card").wait_for()
    page.get_by_role("tab", name="Text").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tab", name="Events").get_attribute("aria-selected") == "true"
    assert page.locator(".sd-happening").count() == 4
    page.keyboard.press("ArrowRight")
    assert page.locator(".sd-check").evaluate_all("all => all.map((e) => e.dataset.ok)") == [
        "true",
        "false",
        "null",
    ]
    page.keyboard.press("ArrowRight")
    assert "people round 24 miles" in page.locator(".sd-basis").inner_text()


def test_a_shape_over_the_antimeridian_is_drawn_whole(saved, open_page):
    page = open_page(saved("antimeridian")).page
    assert shape(page, "f5").get_attribute("d").count("M") == 1
    box = shape(page, "f5").bounding_box()
    assert box["width"] == pytest.approx(box["height"], rel=0.05)
    assert box["width"] > 300


def test_a_shape_over_the_pole_is_drawn_whole_and_round(saved, open_page):
    page = open_page(saved("pole")).page
    assert shape(page, "f5").get_attribute("d").count("M") == 1
    box = shape(page, "f5").bounding_box()
    assert box["width"] == pytest.approx(box["height"], rel=0.05)
    assert box["width"] > 300
    point_at(page, 90, 0)  # the pole itself lies in it
    assert lit(shape(page, "f5")) == [True]
    page.mouse.move(1200, 880)
    page.locator(".sd-text mark[data-items~='f5']").first.click()
    page.wait_for_timeout(500)
    seen = shape(page, "f5").bounding_box()
    assert 300 < seen["width"] <= 1000


def test_a_shape_too_small_to_see_has_a_stand_in(saved, open_page):
    page = open_page(saved("wide")).page
    assert page.locator(".sd-standin[data-item='f5']").count() == 1
    assert page.get_by_text("Too small to show").is_visible()
    page.locator(".sd-text").get_by_text("Taveuni", exact=True).click()
    page.wait_for_timeout(600)
    assert page.locator(".sd-standin[data-item='f5']").count() == 0


def test_labels_do_not_lie_on_each_other(saved, open_page):
    for name in ("plain", "wide"):
        page = open_page(saved(name)).page
        page.wait_for_timeout(200)
        boxes = page.locator(".sd-label:visible").evaluate_all(
            "all => all.map((e) => e.getBoundingClientRect().toJSON())"
        )
        assert len(boxes) > 3
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                apart_x = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
                assert apart_x or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]


@pytest.mark.parametrize("device", DEVICES)
def test_no_control_lies_over_an_open_popup_and_all_come_back(device, saved, open_page):
    page = open_page(saved("plain"), *DEVICES[device]).page
    controls = page.locator(".sd-legend, .leaflet-bar, .leaflet-control-scale")
    shown = controls.evaluate_all("all => all.map((e) => getComputedStyle(e).visibility)")
    shape(page, "f2").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(600)  # the map pans to the popup
    box = page.locator(".leaflet-popup").bounding_box()
    for own in [each.bounding_box() for each in controls.all() if each.is_visible()]:
        apart_x = own["x"] + own["width"] <= box["x"] or box["x"] + box["width"] <= own["x"]
        assert apart_x or own["y"] + own["height"] <= box["y"] or box["y"] + box["height"] <= own["y"]
    page.evaluate(f"void {MAP}.closePopup()")
    assert controls.evaluate_all("all => all.map((e) => getComputedStyle(e).visibility)") == shown


def test_hostile_text_shows_as_text_and_never_runs(saved, open_page, artifacts):
    opened = open_page(saved("hostile"))
    page = opened.page
    page.wait_for_timeout(300)
    page.screenshot(path=artifacts / "hostile-desktop.png")
    seen = [
        page.locator("h1").inner_text(),
        page.locator(".sd-text").inner_text(),
        page.locator(".sd-source").inner_text(),
    ]
    assert page.title().startswith("Title </script>")
    for tab in ("Events", "Checks", "Basis"):
        page.get_by_role("tab", name=tab).click()
        seen.append(page.locator("[role=tabpanel]:visible").inner_text())
    for item in ("f1", "f2", "f4", "f5"):
        page.evaluate(f"void {MAP}.closePopup()")
        shape(page, item).focus()
        page.keyboard.press("Enter")
        seen.append(page.locator(".sd-card").first.inner_text())
    for shown in seen[:2] + seen[3:6]:
        for text in hostile.STRINGS:
            assert text in shown
    assert hostile.STRINGS[0] in seen[6]
    assert page.evaluate("window.ran") is None
    assert page.locator(".sd-panel a, .sd-card a, .sd-layout img, .sd-layout svg[onload]").count() == 0
    assert opened.requests == []
    assert opened.errors == []


def test_a_persons_own_marker_and_popup_work_offline(open_page, tmp_path):
    built = maps.build(*map_samples.at_tanf())
    folium.Marker((33.9, 38.2), popup=folium.Popup("<i>mine</i>", show=True)).add_to(built)
    opened = open_page(maps.save(built, tmp_path / "own.html"))
    opened.page.get_by_text("mine").wait_for()
    assert opened.page.locator("img.leaflet-marker-icon").evaluate("image => image.naturalWidth") > 0
    assert [url for url in opened.requests if not url.startswith("data:")] == []
    assert opened.errors == []


def test_the_map_lives_in_a_notebooks_frame(open_page, tmp_path):
    report, record = map_samples.at_tanf()
    shown = maps.side_by_side(report, record, maps.build(report, record))
    cell = tmp_path / "cell.html"
    cell.write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{shown}", encoding="utf-8")
    opened = open_page(cell)
    frame = opened.page.frame_locator("iframe")
    frame.locator("path.sd-shape[data-item='f2']").wait_for()
    frame.get_by_text("about 24 miles", exact=True).hover()
    assert "sd-lit" in frame.locator("path.sd-shape[data-item='f2']").get_attribute("class")
    assert [url for url in opened.requests if not url.startswith("about:")] == []
    assert opened.errors == []


def test_elements_work_in_a_plain_folium_map(browser, tmp_path):
    own = folium.Map((33.5, 38.6), zoom_start=8, tiles=None)
    report, record = map_samples.at_tanf()
    group = folium.FeatureGroup("shapes").add_to(own)
    maps.Ring(33.50583, 38.61778, 30_900, 46_300, title=hostile.MARKED).add_to(group)
    maps.GeodesicDisc(33.50583, 38.61778, 54_717.696, kind="zone", title="zone").add_to(own)
    maps.OfflineBasemap((38.0, 33.0, 39.2, 34.0)).add_to(own)
    maps.Legend.of(report, record).add_to(own)
    maps.ReportPanel(report, record).add_to(own)
    maps.Timeline.of(record).add_to(own)
    maps.Corridor([(33.4, 38.2), (33.5, 38.6), (33.9, 38.9)], 5_000, title="the road").add_to(own)
    contours = [(0.5, shapely.box(38.3, 33.2, 38.4, 33.3)), (0.9, shapely.box(38.2, 33.1, 38.5, 33.4))]
    maps.Surface(contours, title=hostile.MARKED).add_to(own)
    maps.Layers.of(report, record).add_to(own)
    maps.Tools().add_to(own)
    own.save(tmp_path / "folium.html")
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/*", _leaflet_from_disk)
    page.goto((tmp_path / "folium.html").as_uri())
    page.locator("path.sd-shape-ring").wait_for()
    assert page.locator("path.sd-shape-zone").count() == 1
    assert page.locator("path.sd-shape-corridor").count() == 1
    outer, inner = page.locator("path.sd-shape-surface").all()  # the smaller lies on the larger
    assert outer.bounding_box()["width"] > 2 * inner.bounding_box()["width"]
    page.locator(".sd-layers summary").click()
    page.locator(".sd-layers-body").get_by_label("Ring: distance without direction").uncheck()
    assert not page.locator("path.sd-shape-ring").is_visible()
    page.locator(".sd-layers-body").get_by_label("Ring: distance without direction").check()
    assert page.get_by_role("button", name="Measure a distance").is_visible()
    assert page.locator(".sd-panel h1").inner_text() == report.title
    page.get_by_role("slider", name="Last day").fill("0")
    assert page.locator(".sd-text .sd-dim").first.inner_text() == "hit"
    assert page.evaluate("window.ran") is None
    assert errors == []
    context.close()


def _leaflet_from_disk(route):
    """Serve what folium links to from the installed packages, and nothing else."""
    from standoff.maps.page import leaflet_css, leaflet_js

    url = route.request.url
    if url.startswith("file:"):
        route.continue_()
    elif url.endswith("leaflet.js"):
        route.fulfill(body=leaflet_js(), content_type="text/javascript")
    elif url.endswith("leaflet.css"):
        route.fulfill(body=leaflet_css(), content_type="text/css")
    else:
        route.abort()


@pytest.mark.parametrize(
    "url", ["https://example.org:99999/", "https://exa<b>.org/", "https://a%zz.org/", "https://256.1.1.1/"]
)
def test_an_address_that_the_browser_takes_for_none_is_shown_as_text(url, open_page, tmp_path):
    report, record = map_samples.at_tanf()
    page = maps.save(maps.build(report.model_copy(update={"url": url}), record), tmp_path / "page.html")
    opened = open_page(page)
    assert url in opened.page.locator(".sd-source").inner_text()
    assert opened.page.locator(".sd-source a").count() == 0
    assert opened.page.locator("path.sd-shape").count() > 0
    assert opened.errors == []
