"""Six maps as pictures: kept to be looked at, and held against how they looked when somebody did.

A perceptual hash tells whether a picture looks the same at a glance: fonts and rounding move a few of its
256 bits, a shape that is gone or in another place moves many. After a change that is meant to be seen, look at the
pictures in out/browser/, then write the new hashes: STANDOFF_SCREENS=write pytest tests/browser/test_screens.py
"""

import io
import json
import os
from pathlib import Path

import imagehash
import pytest
from PIL import Image

import map_samples
from standoff import maps

pytestmark = pytest.mark.browser

HASHES = Path(__file__).with_name("screens.json")
MOST_BITS = 20  # of 256; of the same page again 0 to 4, without its shapes 28 and more
DESKTOP, PHONE = (1200, 800), (390, 844)
SCREENS = {
    "plain": (map_samples.at_tanf, DESKTOP, "light"),
    "dark": (map_samples.at_tanf, DESKTOP, "dark"),
    "phone": (map_samples.at_tanf, PHONE, "light"),
    "antimeridian": (map_samples.over_antimeridian, DESKTOP, "light"),
    "pole": (map_samples.at_pole, DESKTOP, "light"),
    "many": (None, DESKTOP, "light"),
}
MAP = "window[Object.keys(window).find((name) => name.startsWith('map_'))]"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("screens")
    made = {}
    for name, (sample, _, _) in SCREENS.items():
        built = maps.build(*sample()) if sample else maps.of_events(map_samples.many(5000), title="Many")
        made[name] = maps.save(built, folder / f"{name}.html")
    return made


def picture(page, change=""):
    """Return the page, and the map in it: the hash is of the map, which a page of text would drown."""
    page.wait_for_timeout(400)  # labels and transitions settle
    if change:
        page.evaluate(change)
        page.wait_for_timeout(200)
    return Image.open(io.BytesIO(page.screenshot())), Image.open(
        io.BytesIO(page.locator(".leaflet-container").screenshot())
    )


def look(name, pages, open_page, change=""):
    _, size, ground = SCREENS[name]
    page = open_page(pages[name], *size, reduced_motion="reduce").page
    page.locator(".sd-legend").wait_for()
    return picture(page, f"standoff.ground({MAP}, '{ground}');" + change)


def bits(image, known):
    return imagehash.phash(image, hash_size=16) - imagehash.hex_to_hash(known)


@pytest.mark.parametrize("name", SCREENS)
def test_it_looks_as_it_did(name, pages, open_page, artifacts):
    whole, image = look(name, pages, open_page)
    whole.save(artifacts / f"screen-{name}.png")
    known = json.loads(HASHES.read_text()) if HASHES.exists() else {}
    if os.environ.get("STANDOFF_SCREENS") == "write":
        known[name] = str(imagehash.phash(image, hash_size=16))
        HASHES.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")
    assert bits(image, known[name]) <= MOST_BITS


@pytest.mark.parametrize("name", ["plain", "antimeridian", "pole", "phone"])
def test_a_map_without_its_shapes_would_be_noticed(name, pages, open_page):
    gone = "document.querySelectorAll('path.sd-shape').forEach((path) => path.remove());"
    _, image = look(name, pages, open_page, gone)
    assert bits(image, json.loads(HASHES.read_text())[name]) > MOST_BITS
