"""The workbench in a real JupyterLab and behind `standoff serve`, driven as an analyst would."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Frame, Page, expect

from notebook_servers import jupyterlab, serving, write_notebook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(importlib.util.find_spec(name) for name in ("jupyterlab", "voila", "anywidget")),
        reason="no JupyterLab, Voila and anywidget: pip install --editable '.[notebooks]'",
    ),
]

SEED = Path(__file__).parents[2] / "seeds" / "at-tanf-2017-06-08.md"
MAP = "window[Object.keys(window).find((name) => name.startsWith('map_'))]"
# West, south, east and north of what is drawn as a zone, degrees.
ZONE = f"""() => {{
  const id = document.querySelector(".sd-shape-zone").dataset.item;
  const bounds = L.latLngBounds(standoff.state({MAP}).items.get(id)[0].points());
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}}"""
ANCHOR = "() => [...document.querySelectorAll('.sd-glyph[data-item]')].map((mark) => mark.getAttribute('aria-label'))"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    shutil.copy(SEED, folder)
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@contextmanager
def opened(browser: Browser, url: str) -> Iterator[tuple[Page, list[str]]]:
    """Yield a page, and what it asked of anybody but its own server."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(60_000)
    page = context.new_page()
    own = re.match(r"http://[^/]+/", url)[0]
    others: list[str] = []
    for scheme in ("request", "websocket"):
        page.on(scheme, lambda asked: others.append(asked.url))
    try:
        page.goto(url)
        yield page, others
    finally:
        context.close()
    inside = (own, own.replace("http:", "ws:"), "data:", "blob:", "about:")
    assert [url for url in others if not url.startswith(inside)] == []


def shown(page: Page, times: int = 1) -> Frame:
    """Return the frame of the map, once its page has been there so many times."""
    expect(page.locator(".sdw-map")).to_have_attribute("data-loaded", str(times), timeout=60_000)
    frame = page.locator("iframe.sdw-frame:not(.sdw-coming)").element_handle().content_frame()
    assert frame is not None
    return frame


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=re.compile(rf"^{name}\b")).last.click()


def test_in_jupyterlab_another_radius_makes_another_map(
    browser: Browser, reports: Path, home: Path, artifacts: Path
) -> None:
    write_notebook(reports, f"import standoff\nstandoff.workbench(standoff.read({SEED.name!r}))")
    with jupyterlab(reports, home) as (_, url), opened(browser, url) as (page, _):
        expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
        page.locator(".jp-Notebook .jp-Cell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        west, south, east, north = shown(page).evaluate(ZONE)
        radius = page.locator(".sdw-radius")
        radius.get_by_text("Zone radius").click()
        frame = shown(page, 2)
        assert frame.evaluate(ZONE) == pytest.approx(
            [west, south, east, north]
        )  # the report's own, as it was
        radius.locator("input[type=number]").fill("51")
        page.keyboard.press("Tab")
        wide = shown(page, 3).evaluate(ZONE)
        assert (wide[3] - wide[1]) / (north - south) == pytest.approx(51 / 34, rel=0.01)
        assert wide[0] < west and wide[2] > east
        page.screenshot(path=artifacts / "workbench-jupyterlab.png")

        radius.locator("input[type=number]").fill("0")
        page.keyboard.press("Tab")
        expect(page.locator(".sdw-control .sdw-problem").first).to_contain_text(
            "is not between 1 m and 19,900 km"
        )
        assert shown(page, 3).evaluate(ZONE) == wide  # the last good one stays


def test_behind_serve_what_was_corrected_stays_after_a_restart(
    browser: Browser, reports: Path, home: Path, artifacts: Path
) -> None:
    with serving(reports, home) as (server, url):
        assert_shut(url)
        with opened(browser, url) as (page, _):
            shown(page)
            tab(page, "Places")
            row = page.locator(".sdw-table tr", has_text="At Tanf")
            row.click()
            page.get_by_role("button", name="Pick on the map").click()
            where = click_on_map(page)
            frame = shown(page, 2)
            expect(page.locator(".sdw-table tr", has_text="At Tanf").first).to_contain_text("✎")
            moved = zone_centre(frame)
            assert moved == pytest.approx(where, abs=0.01)
            page.screenshot(path=artifacts / "workbench-voila.png")
            assert serious(page) == []
            tab(page, "Events")
            page.get_by_role("button", name="Reject: e6").click()
            shown(page, 3)
            expect(page.locator("tr[data-id=e6]")).to_have_attribute("data-status", "rejected")
        assert server.interrupt() == 0
        assert "Traceback" not in "".join(server.lines)
    with serving(reports, home) as (_, url), opened(browser, url) as (page, _):
        assert zone_centre(shown(page)) == pytest.approx(moved, abs=1e-6)
        tab(page, "Places")
        expect(page.locator(".sdw-table tr", has_text="At Tanf").first).to_contain_text("✎")
        tab(page, "Events")
        expect(page.locator("tr[data-id=e6]")).to_have_attribute("data-status", "rejected")


def assert_shut(url: str) -> None:
    """Nobody gets in without the token, nor a page elsewhere that gives this machine a name of its own."""
    found = urlsplit(url)

    def ask(path: str, host: str) -> tuple[int, str]:
        connection = HTTPConnection(found.hostname, found.port, timeout=30)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read().decode() + str(answer.headers)

    own = f"127.0.0.1:{found.port}"
    status, told = ask("/", own)
    assert (status, "standoff.workbench" in told) == (302, False)
    assert "/login" in told
    assert ask("/?token=wrong", own)[0] == 302
    assert ask("/voila/api/shutdown/x", own)[0] in (403, 404, 405)
    assert ask(f"/?{found.query}", "evil.example")[0] == 403


def serious(page: Page) -> list[str]:
    """Return what axe-core finds seriously wrong in the workbench, whichever tab is open."""
    wrong = []
    for name in ("Parameters", "Events", "Save", "Places"):
        tab(page, name)
        found = Axe().run(page, context=".sdw").response["violations"]
        wrong += [
            f"{name}: {each['id']}: {each['nodes'][0]['html'][:200]}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
    return wrong


def zone_centre(frame: Frame) -> list[float]:
    west, south, east, north = frame.evaluate(ZONE)
    return [(south + north) / 2, (west + east) / 2]


def click_on_map(page: Page) -> list[float]:
    """Click on the map, off its middle and on a shape; return the latitude and longitude that are there."""
    frame = page.locator("iframe.sdw-frame").element_handle().content_frame()
    expect(frame.locator(".leaflet-container.sd-picking")).to_be_visible()
    box = frame.locator(".leaflet-container").bounding_box()
    at = {"x": box["width"] * 0.6, "y": box["height"] * 0.6}
    on = "(at) => document.elementFromPoint(at.x, at.y).closest('.leaflet-control') === null"
    assert frame.evaluate(on, at), "a control lies over the place of the click"
    where = frame.evaluate(f"(at) => {MAP}.containerPointToLatLng([at.x, at.y])", at)
    frame.locator(".leaflet-container").click(position=at)
    return [where["lat"], where["lng"]]
