"""Cells on a map in a real browser: drawn, told, reached by keyboard, no request, hostile text as it is."""

import pytest

import hostile
from standoff import maps
from standoff.corpus.density import Counted, density
from standoff.ground.shapes import disc
from standoff.maps import hex_map

pytestmark = pytest.mark.browser


def cells(*shapes):
    return density([Counted(((1.0, shape),), None, frozenset({"r"})) for shape in shapes], 4)


SOME = cells(disc(16.3, 0.0, 3000), disc(16.3, 0.0, 3000), disc(18.4, 1.4, 60_000))


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hexes")

    def saved(found, title="Events to be expected"):
        return maps.save(hex_map(found, title=title), folder / f"{len(list(folder.iterdir()))}.html")

    return saved


def test_every_cell_is_drawn_and_nothing_is_asked_for(open_page, page_of, artifacts):
    opened = open_page(page_of(SOME))
    assert opened.page.locator("path.sd-hex").count() == len(SOME)
    opened.page.screenshot(path=artifacts / "hexes.png")
    assert (opened.requests, opened.errors) == ([], [])


def test_the_list_leads_to_a_cell_by_keyboard(open_page, page_of):
    page = open_page(page_of(SOME)).page
    first = page.locator(".sd-hexes button").first
    assert first.inner_text().startswith("2.00 · 16.")
    before = page.locator("path.sd-hex").first.bounding_box()["width"]
    first.focus()
    assert page.locator("path.sd-hex.sd-lit").count() == 1
    page.keyboard.press("Enter")
    tip = page.locator(".sd-hex-tip")
    tip.wait_for()
    assert "for sure 2, at most 2" in tip.inner_text()
    page.wait_for_function(
        "width => document.querySelector('path.sd-hex').getBoundingClientRect().width > width", arg=before
    )


def test_pointing_at_a_cell_says_its_numbers(open_page, page_of):
    page = open_page(page_of(cells(disc(18.4, 1.4, 60_000)))).page
    page.locator("path.sd-hex").nth(3).hover()
    assert "told by 1 report" in page.locator(".sd-hex-tip").inner_text()


def test_hostile_titles_show_as_typed(open_page, page_of):
    opened = open_page(page_of(SOME, title=hostile.MARKED))
    summary = opened.page.locator(".sd-hexes summary")
    assert hostile.STRINGS[0] in summary.text_content()
    assert opened.page.evaluate("window.ran") is None
    assert opened.errors == []


def test_over_the_antimeridian_cells_lie_side_by_side(open_page, page_of):
    page = open_page(page_of(cells(disc(-17.0, 180.0, 100_000)))).page
    boxes = [box.bounding_box() for box in page.locator("path.sd-hex").all()]
    assert max(b["x"] + b["width"] for b in boxes) - min(b["x"] for b in boxes) < 1400
    assert min(b["width"] for b in boxes) > 20
