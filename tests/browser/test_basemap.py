"""The basemap and the online backgrounds in a real browser."""

import numpy as np
import pytest
import shapely

import letters
import map_samples
from standoff import maps
from standoff.maps.basemap import basemap_data
from standoff.maps.geometry import encode
from standoff.maps.page import StandoffMap

pytestmark = pytest.mark.browser

MAP = "window[Object.keys(window).find((name) => name.startsWith('map_'))]"
EXTENTS = {
    "kashmir": (74.0, 33.0, 78.0, 36.0),
    "persia": (44.0, 25.0, 63.0, 40.0),
    "fiji": (177.5, -19.0, 181.0, -15.0),
    "alert": (-66.0, 81.8, -58.0, 83.2),
}


@pytest.fixture(scope="module")
def grounds(tmp_path_factory):
    """Return a function that gives the path of a map of nothing but an extent's basemap, made once."""
    folder = tmp_path_factory.mktemp("grounds")

    def path_of(name):
        path = folder / f"{name}.html"
        if not path.exists():
            west, south, east, north = EXTENTS[name]
            here = StandoffMap(((south + north) / 2, (west + east) / 2))
            here.add_child(maps.OfflineBasemap(EXTENTS[name]))
            here.fit_bounds([[south, west], [north, east]])
            maps.save(here, path)
        return path

    return path_of


def names(page, kinds=".sd-label-city, .sd-label-capital"):
    """Return the names that are seen, with their boxes."""
    found = page.evaluate(
        "(kinds) => [...document.querySelectorAll(kinds)].filter((e) => e.offsetWidth).map((e) => {"
        "const r = e.getBoundingClientRect(); return [e.textContent, r.left, r.top, r.right, r.bottom]; })",
        kinds,
    )
    return {name: shapely.box(left, top, right, bottom) for name, left, top, right, bottom in found}


def zoom_by(page, steps):
    page.evaluate(f"{MAP}.setZoom({MAP}.getZoom() + {steps}, {{ animate: false }})")
    page.wait_for_timeout(200)


def test_the_script_reads_paths_as_they_were_written(grounds, open_page):
    page = open_page(grounds("persia")).page
    wide = shapely.LineString([(-539.99999, -85.1), (540, 89.99999), (0, 0), (0.00001, 0), (179.5, -45)])
    for path in (
        wide,
        shapely.Point(181, -17).buffer(1).exterior,
        shapely.LineString([(0, 0), (1e-5, -1e-5)]),
    ):
        data = encode(path)
        read = page.evaluate(
            "([letters, scale]) => standoff.path(letters, scale)", [data["lines"][0], data["scale"]]
        )
        written = letters.corners(data["lines"][0], data["scale"])
        assert np.allclose(np.array(read)[:, ::-1], written, atol=1e-9)
        assert np.allclose(written[0], shapely.get_coordinates(path)[0], atol=6e-6)


@pytest.mark.parametrize("name", EXTENTS)
def test_every_extent_is_drawn_and_asks_for_nothing(name, grounds, open_page, artifacts):
    opened = open_page(grounds(name))
    opened.page.wait_for_timeout(300)
    opened.page.screenshot(path=artifacts / f"basemap-{name}.png")
    assert opened.requests == []
    assert opened.errors == []
    drawn = opened.page.evaluate(
        "[...document.querySelectorAll('path.sd-land')].filter((e) => e.getBBox().width > 20).length"
    )
    assert drawn >= 1
    assert names(opened.page, ".sd-label-country")


def test_disputed_lines_are_dashed_and_borders_are_not(grounds, open_page):
    page = open_page(grounds("kashmir")).page
    dashes = "(kind) => [...document.querySelectorAll(kind)].map((e) => getComputedStyle(e).strokeDasharray)"
    assert set(page.evaluate(dashes, "path.sd-border")) == {"none"}
    assert "none" not in page.evaluate(dashes, "path.sd-disputed")


def test_names_do_not_lie_on_each_other_and_come_with_the_zoom(grounds, open_page):
    page = open_page(grounds("persia")).page
    page.wait_for_timeout(300)
    first = names(page)
    assert 5 < len(first) < 60
    boxes = list(names(page, ".sd-label").values())
    assert not [i for i, one in enumerate(boxes) for other in boxes[:i] if one.intersection(other).area > 1]
    zoom_by(page, 1.5)
    assert names(page).keys() - first.keys()  # smaller ones
    zoom_by(page, -3)
    assert len(names(page)) < 30
    assert names(page).keys() <= {row[0] for row in basemap_data(EXTENTS["persia"])["cities"]}


def test_a_dot_is_seen_where_its_name_is_seen_and_capitals_look_otherwise(grounds, open_page):
    page = open_page(grounds("persia")).page
    page.wait_for_timeout(300)
    dots = "[...document.querySelectorAll('.sd-dot')].filter((e) => e.offsetWidth).length"
    assert page.evaluate(dots) == len(names(page)) > 0
    width = "(kind) => Math.max(...[...document.querySelectorAll(kind)].map((e) => e.offsetWidth))"
    assert page.evaluate(width, ".sd-dot-capital") > page.evaluate(width, ".sd-dot-city")


def test_first_level_lines_wait_until_there_is_room(grounds, open_page):
    page = open_page(grounds("kashmir")).page
    seen = "[...document.querySelectorAll('path.sd-admin1')].filter((e) => getComputedStyle(e).display !== 'none').length"
    near = page.evaluate(seen)
    zoom_by(page, -5)
    assert page.evaluate(seen) < near


def test_tiles_are_asked_for_only_when_chosen_and_one_server_at_a_time(open_page, tmp_path):
    opened = open_page(maps.save(maps.build(*map_samples.at_tanf(), tiles=True), tmp_path / "tiles.html"))
    page = opened.page
    page.wait_for_timeout(300)
    assert opened.requests == []
    page.locator(".sd-layers summary").click()
    for name, host in (
        ("OpenStreetMap", "tile.openstreetmap.org/"),
        ("Esri World Imagery", "server.arcgisonline.com/"),
    ):
        opened.requests.clear()
        page.get_by_label(name).check()
        page.wait_for_timeout(300)
        assert opened.requests
        assert all(url.startswith(f"https://{host}") for url in opened.requests)
        assert page.locator(".leaflet-tile-pane .leaflet-layer").count() == 1
    assert "Esri" in page.locator(".leaflet-control-attribution").inner_text()
    assert "OpenStreetMap" not in page.locator(".leaflet-control-attribution").inner_text()
    assert "No tile came" in page.locator(".sd-online [role=status]").inner_text()
    assert not [error for error in opened.errors if "Content Security Policy" in error]
    page.get_by_label("Light", exact=True).check()
    assert page.locator(".leaflet-tile-pane .leaflet-layer").count() == 0
    assert names(page, ".sd-label-country")


def test_without_the_layer_control_tiles_have_a_box_of_their_own(open_page, tmp_path):
    built = maps.build(*map_samples.at_tanf(), tiles="OpenStreetMap", controls=False)
    opened = open_page(maps.save(built, tmp_path / "own.html"))
    opened.page.locator(".sd-layers summary").click()
    opened.page.get_by_label("OpenStreetMap").check()
    opened.page.wait_for_timeout(200)
    assert opened.requests
    opened.page.get_by_label("Offline").check()
    assert opened.page.locator(".leaflet-tile-pane .leaflet-layer").count() == 0
