"""The map of candidates in a browser: it asks nobody, says what each place is, and runs nothing of it."""

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

import hostile
from standoff import maps
from standoff.tables import CANDIDATES, NONE, frame

pytestmark = pytest.mark.browser


def table(text: str, why: str) -> pd.DataFrame:
    plain = {"mentions": "p1", "text": text, "feature": "city", "extent_m": 9_000.0, "source": "GeoNames"}
    rows = [
        {"name": text, "gid": "geonames:1", "lat": 32.9, "lon": 13.2, "country": "LY", "probability": 0.6},
        {"name": f"{text}, Greece", "gid": "geonames:2", "lat": 37.5, "lon": 22.4, "probability": 0.2},
        {"name": NONE, "probability": 0.2, "chosen": True, "reason": why},
    ]
    return frame([plain | {"chosen": False} | row for row in rows], CANDIDATES)


def test_a_click_says_what_a_candidate_is(open_page, tmp_path, artifacts):
    saved = maps.save(maps.of_candidates(table("Tripoli", "it is none of them")), tmp_path / "c.html")
    opened = open_page(saved)
    page = opened.page
    assert page.locator(".sd-notice").inner_text() == "Tripoli: none of these. it is none of them"
    page.locator(".leaflet-marker-icon").first.click()
    page.locator(".sd-card").wait_for()
    page.screenshot(path=artifacts / "candidates.png")
    words = page.locator(".sd-card").inner_text()
    assert "geonames:" in words
    assert "within 9.0 km of it" in words
    assert opened.requests == []
    assert opened.errors == []


def test_hostile_names_show_as_typed_and_never_run(open_page, tmp_path):
    for number, text in enumerate(hostile.STRINGS):
        opened = open_page(maps.save(maps.of_candidates(table(text, text)), tmp_path / f"{number}.html"))
        page = opened.page
        assert text in page.locator(".sd-notice").inner_text()
        page.locator(".leaflet-marker-icon").first.click()
        page.locator(".sd-card").wait_for()
        assert text in page.locator(".sd-card").inner_text()
        assert page.evaluate("window.ran") is None
        assert opened.requests == []
        assert opened.errors == []


def test_axe_finds_no_serious_fault(open_page, tmp_path):
    saved = maps.save(maps.of_candidates(table("Tripoli", "why")), tmp_path / "c.html")
    found = Axe().run(open_page(saved, bypass_csp=True).page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []
