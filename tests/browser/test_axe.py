"""What people who cannot see the page, or use no mouse, meet: axe-core's rules, on every state of the page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

import hostile
import map_samples
import records
from standoff import maps

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}
SAMPLES = {
    "plain": map_samples.at_tanf,
    "wide": lambda: (records.report(), records.record()),
    "empty": lambda: (records.empty_report(), records.empty_record()),
    "hostile": lambda: (hostile.report(), hostile.record()),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("axe")
    return {name: maps.save(maps.build(*make()), folder / f"{name}.html") for name, make in SAMPLES.items()}


def violations(page):
    found = Axe().run(page).response["violations"]
    return [
        (each["id"], each["help"], [node["html"][:160] for node in each["nodes"]][:5])
        for each in found
        if each["impact"] in SERIOUS
    ]


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", SAMPLES)
def test_no_serious_fault_in_any_tab(name, size, saved, open_page):
    # axe is a script of the test's own; the page's policy stays as it is for everything else.
    page = open_page(saved[name], *size, bypass_csp=True).page
    for tab in ("Text", "Events", "Checks", "Basis"):
        page.get_by_role("tab", name=tab).click()
        assert violations(page) == [], tab


@pytest.mark.parametrize("ground", ["Light", "Dark", "None"])
def test_no_serious_fault_with_everything_open(ground, saved, open_page):
    page = open_page(saved["plain"], bypass_csp=True).page
    page.locator(".sd-layers summary").click()
    page.locator(".sd-layers-body").get_by_label(ground, exact=True).check()
    page.locator(".sd-layers-body").get_by_label("Grid of degrees").check()
    page.get_by_role("button", name="Measure a distance").click()
    page.wait_for_timeout(300)
    assert page.locator(".leaflet-popup").count() == 0  # it gave way to the open layers
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("path.sd-shape[data-item='f2']").focus()
    page.keyboard.press("Enter")
    page.locator(".sd-card").first.wait_for()
    assert page.locator(".sd-layers").get_attribute("open") is None
    page.wait_for_function("getComputedStyle(document.querySelector('.leaflet-popup')).opacity === '1'")
    assert violations(page) == []


def test_the_rules_find_a_fault_where_there_is_one(saved, open_page):
    page = open_page(saved["plain"], bypass_csp=True).page
    page.evaluate("document.querySelector('.sd-home a').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('.sd-home a').removeAttribute('title')")
    page.evaluate("document.querySelector('.sd-home a').replaceChildren()")
    assert violations(page) != []
