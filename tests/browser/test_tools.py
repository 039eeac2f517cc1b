"""The tools and the layer control of the page, in a real browser."""

import itertools
import random

import pytest
from pyproj import Geod

import map_samples
import records
from standoff import maps
from standoff.extract import grids

pytestmark = pytest.mark.browser

MAP = "window[Object.keys(window).find((name) => name.startsWith('map_'))]"
GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return a function that gives the path of a sample's page, made once."""
    folder = tmp_path_factory.mktemp("tools")
    samples = {"plain": map_samples.at_tanf, "wide": lambda: (records.report(), records.record())}

    def path_of(name):
        path = folder / f"{name}.html"
        return path if path.exists() else maps.save(maps.build(*samples[name]()), path)

    return path_of


@pytest.fixture
def page(saved, open_page):
    opened = open_page(saved("plain"))
    yield opened.page
    assert opened.errors == []


def pixel(page, lat, lon):
    return page.evaluate(
        f"([lat, lng]) => {{ const p = {MAP}.latLngToContainerPoint([lat, lng]);"
        f"const r = {MAP}.getContainer().getBoundingClientRect(); return [r.left + p.x, r.top + p.y]; }}",
        [lat, lon],
    )


def layers(page):
    page.locator(".sd-layers summary").click()
    return page.locator(".sd-layers-body")


def hidden(page, item):
    return page.locator(f"path.sd-shape[data-item='{item}']").evaluate(
        "path => getComputedStyle(path).display === 'none'"
    )


# ------------------------------------------------------------------------------------------- geodesy


def points(seed, count=400):
    chance = random.Random(seed)
    return [(chance.uniform(-89.9, 89.9), chance.uniform(-180, 180)) for _ in range(count)]


def test_distances_are_those_of_the_ellipsoid(page):
    pairs = list(zip(points(1), points(2), strict=True))
    pairs += [((0, 0), (0, 90)), ((0, 0), (90, 0)), ((33.5, 38.6), (33.5, 38.6)), ((10, 179.9), (10, -179.9))]
    found = page.evaluate("pairs => pairs.map(([a, b]) => standoff.inverse(a, b))", pairs)
    for ((lat1, lon1), (lat2, lon2)), got in zip(pairs, found, strict=True):
        bearing, _, metres = GEOD.inv(lon1, lat1, lon2, lat2)
        assert got["metres"] == pytest.approx(metres, abs=0.01)
        if metres > 1:
            assert abs((got["bearing"] - bearing + 180) % 360 - 180) < 1e-4


def test_nearly_opposite_points_have_a_distance_too(page):
    got = page.evaluate("standoff.inverse([0.2, 0], [0.1, 179.9])")["metres"]
    assert got == pytest.approx(GEOD.inv(0, 0.2, 179.9, 0.1)[2], rel=0.006)


def test_grid_references_lead_back_to_the_position(page):
    """Our own reader of grid references is the judge; it rests on pyproj."""
    where = [(lat, lon) for lat, lon in points(3) if -80 <= lat <= 84]
    where += [
        (60.0, 4.5),
        (75.0, 8.9),
        (75.0, 9.1),
        (75.0, 21.5),
        (78.2, 40),
        (83.99, 20),
        (-79.9, 0),
        (0.0, 0.0),
    ]
    references = page.evaluate("points => points.map(([lat, lng]) => standoff.mgrs(lat, lng))", where)
    for (lat, lon), reference in zip(where, references, strict=True):
        read = list(grids.found(f"grid {reference}"))
        assert len(read) == 1, reference
        assert GEOD.inv(lon, lat, read[0].lon, read[0].lat)[2] < 2


def test_there_is_no_grid_reference_at_the_poles(page):
    assert (
        page.evaluate("[standoff.mgrs(84.1, 0), standoff.mgrs(-80.1, 0), standoff.mgrs(89, 10)]")
        == [None] * 3
    )


def test_a_way_is_the_shortest_and_runs_on_over_the_antimeridian(page):
    way = page.evaluate("standoff.shortest([35, 139], [37, -122])")
    assert max(lat for lat, _ in way) > 45  # the rhumb line stays below 37
    assert all(abs(b - a) < 10 for (_, a), (_, b) in itertools.pairwise(way))
    assert way[-1] == pytest.approx([37, 238])


# --------------------------------------------------------------------------------------------- tools


def test_the_position_under_the_pointer_is_told_with_its_grid_reference(page):
    page.mouse.move(*pixel(page, 33.50583, 38.61778))
    lat, lon = map(float, page.locator(".sd-position bdi").first.inner_text().split(", "))
    assert GEOD.inv(lon, lat, 38.61778, 33.50583)[2] < 300  # a pixel
    (read,) = grids.found(f"grid {page.locator('.sd-position bdi').last.inner_text()}")
    assert GEOD.inv(lon, lat, read.lon, read.lat)[2] < 3


def test_without_a_pointer_it_is_that_of_the_middle(page):
    page.evaluate(f"void {MAP}.setView([10.5, -20.25], 8, {{animate: false}})")
    assert page.locator(".sd-position bdi").first.inner_text() == "10.50000, -20.25000"


def test_two_clicks_measure_though_a_shape_lies_under_them(page):
    page.get_by_role("button", name="Measure a distance").click()
    page.mouse.click(*pixel(page, 33.50583, 38.61778))
    page.mouse.click(*pixel(page, 33.85, 38.61778))
    metres = GEOD.inv(38.61778, 33.50583, 38.61778, 33.85)[2]
    words = page.locator(".sd-measured").inner_text()
    km, mi, nm = (float(part.split()[0]) for part in words.split(",")[0].split(" · "))
    assert km == pytest.approx(metres / 1000, rel=0.01)
    assert mi == pytest.approx(metres / 1609.344, rel=0.01)
    assert nm == pytest.approx(metres / 1852, rel=0.01)
    assert words.split(", ")[1] in ("000°", "359°", "001°")
    assert page.locator(".leaflet-popup").count() == 0
    assert page.locator("path.sd-way").count() == 1


def test_the_keyboard_measures_under_the_cross_and_takes_back(page):
    page.get_by_role("button", name="Measure a distance").press("Enter")
    assert page.locator(".sd-cross").is_visible()
    start = page.evaluate(f"[{MAP}.getCenter().lng, {MAP}.getCenter().lat]")
    page.keyboard.press("Enter")
    page.evaluate(f"void {MAP}.panBy([200, 0], {{animate: false}})")
    end = page.evaluate(f"[{MAP}.getCenter().lng, {MAP}.getCenter().lat]")
    page.keyboard.press("Enter")
    told = page.locator(".sd-measured").inner_text()
    assert float(told.split()[0]) == pytest.approx(GEOD.inv(*start, *end)[2] / 1000, rel=0.01)
    page.keyboard.press("Backspace")
    assert "Click two points" in page.locator(".sd-measured").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".sd-measured").count() == 0


def test_what_was_measured_stays_until_the_tool_is_used_again(page):
    tool = page.get_by_role("button", name="Measure a distance")
    tool.click()
    page.mouse.click(*pixel(page, 33.5, 38.6))
    page.mouse.click(*pixel(page, 33.6, 38.7))
    page.keyboard.press("Escape")
    assert page.locator("path.sd-way").count() == 1
    page.mouse.click(*pixel(page, 33.17, 38.61778))  # shapes answer again
    page.locator(".sd-card").first.wait_for()
    tool.click()
    assert page.locator("path.sd-way").count() == 0


# -------------------------------------------------------------------------------------------- layers


def test_a_kind_is_switched_off_and_its_words_dimmed(page):
    box = layers(page)
    box.get_by_label("Ring: distance without direction").uncheck()
    assert hidden(page, "f2")
    assert not hidden(page, "f1")
    dim = page.locator(".sd-text .sd-dim").all_inner_texts()
    assert "about 24 miles" in dim
    box.get_by_label("Ring: distance without direction").check()
    assert not hidden(page, "f2")
    assert page.locator(".sd-text .sd-dim").count() == 0


def test_a_shape_goes_with_the_last_of_its_events(saved, open_page):
    page = open_page(saved("plain")).page
    record = map_samples.at_tanf()[1]
    (event,) = [each for each in record.events if each.footprint == "f2"]
    box = layers(page)
    box.locator("label", has_text=event.id).locator("input").uncheck()
    assert hidden(page, "f2")
    assert not hidden(page, "f1")


def test_what_time_hides_layers_do_not_bring_back(page):
    page.get_by_role("slider", name="Last day").fill("0")
    assert hidden(page, "f2")
    ring = layers(page).get_by_label("Ring: distance without direction")
    ring.uncheck()
    ring.check()
    assert hidden(page, "f2")
    page.get_by_role("button", name="Show everything").click()
    assert not hidden(page, "f2")


def test_show_everything_checks_every_box_again(page):
    box = layers(page)
    box.get_by_label("Zone", exact=True).uncheck()
    box.get_by_label("Grid of degrees").check()
    page.get_by_role("button", name="Show everything").click()
    assert not hidden(page, "f1")
    assert page.locator("path.sd-graticule").count() == 0
    assert box.get_by_label("Zone", exact=True).is_checked()


def test_the_grid_follows_the_view_and_says_its_degrees(page):
    layers(page).get_by_label("Grid of degrees").check()
    assert page.locator(".sd-edge", has_text="33.50°N").count() == 1
    page.evaluate(f"void {MAP}.setView([-17, 180], 5, {{animate: false}})")
    words = page.locator(".sd-edge").all_inner_texts()
    assert "180°" in words
    assert any(word.endswith("W") for word in words)
    assert any(word.endswith("E") for word in words)
    assert any(word.endswith("S") for word in words)


def luminance(colour):
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["Light", "Dark", "None"])
def test_outlines_stand_out_from_every_background(ground, page, artifacts):
    """3:1 is what WCAG 2.1 (1.4.11) asks of graphics, 4.5:1 (1.4.3) of text."""
    box = layers(page)
    box.get_by_label(ground, exact=True).check()
    page.keyboard.press("Escape")
    page.screenshot(path=artifacts / f"ground-{ground.lower()}.png")
    colour = "(e, name) => getComputedStyle(e).getPropertyValue(name)"
    land = page.locator("path.sd-land").first.evaluate(colour, "fill")
    if ground == "None":
        assert not page.locator("path.sd-land").first.is_visible()
        land = page.locator(".leaflet-container").evaluate(colour, "background-color")
    for item in ("f1", "f2", "f4"):
        stroke = page.locator(f"path.sd-shape[data-item='{item}']").evaluate(colour, "stroke")
        assert contrast(stroke, land) >= 3, item
    for label in page.locator(".sd-label:visible").all():
        assert contrast(label.evaluate(colour, "color"), land) >= 4.5, label.inner_text()


def test_the_layer_control_works_by_keyboard_alone(page):
    page.locator(".sd-layers summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert "sd-dark" in page.locator(".leaflet-container").get_attribute("class")
    page.keyboard.press("Escape")
    assert page.locator(".sd-layers").get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


# ------------------------------------------------------------------------------------- table of events


def test_the_table_of_events_leads_to_cards_and_sorts(page):
    page.get_by_role("tab", name="Events").click()
    events = map_samples.at_tanf()[1].events
    rows = page.locator(".sd-table tbody tr")
    assert rows.evaluate_all("all => all.map((e) => e.dataset.events)") == [event.id for event in events]
    page.locator(".sd-table th").get_by_text("When").click()
    dates = [text for text in rows.locator("td:nth-child(2)").all_inner_texts() if text]
    assert dates == sorted(dates)
    page.locator(".sd-table th").get_by_text("When").click()
    dates = [text for text in rows.locator("td:nth-child(2)").all_inner_texts() if text]
    assert dates == sorted(dates, reverse=True)
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.locator(".sd-table th").get_by_text("When").click()
    assert rows.evaluate_all("all => all.map((e) => e.dataset.events)") == [event.id for event in events]
    page.get_by_role("button", name=f"Show event {events[0].id}").click()
    assert page.evaluate("document.activeElement.dataset.events") == events[0].id


# ---------------------------------------------------------------------------------------------- paper


def test_it_prints_as_one_page_of_a4(saved, open_page, tmp_path):
    import io

    from pypdf import PdfReader

    page = open_page(saved("wide"), 1100, 700).page
    before = page.evaluate(f"[{MAP}.getZoom(), {MAP}.getCenter()]")
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(pdf.pages) == 1
    width, height = (float(side) / 72 * 25.4 for side in pdf.pages[0].mediabox[2:])
    assert (width, height) == pytest.approx((297, 210), abs=1)
    words = pdf.pages[0].extract_text()
    assert records.report().title.split()[0] in words
    assert f"Events ({len(records.record().events)})" in words
    assert "Legend" in words
    assert page.evaluate(f"[{MAP}.getZoom(), {MAP}.getCenter()]") == before
    assert page.locator(".sd-panel").is_visible()


def test_paper_of_a_phone_is_the_same_page(saved, open_page):
    import io

    from pypdf import PdfReader

    page = open_page(saved("plain"), 390, 844).page
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(pdf.pages) == 1
    assert "Legend" in pdf.pages[0].extract_text()
