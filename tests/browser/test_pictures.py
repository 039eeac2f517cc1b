"""Pictures of the page, taken by a real browser: their size, what is on them, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

import hostile
import map_samples
from standoff import maps
from standoff.cli import main
from standoff.errors import ExportError
from standoff.maps import browser
from standoff.maps.styles import STYLES
from standoff.reading import Reading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser.installed() is None, reason="no Chromium: install one or name it in CHROMIUM"),
]
SEED = Path(__file__).parents[2] / "seeds" / "gulf-of-aden-2024.md"
SMALL = {"width": 900, "height": 600, "scale": 1}


@pytest.fixture(scope="module")
def built():
    return maps.build(*map_samples.at_tanf())


def colours(picture: Path) -> set[tuple[int, ...]]:
    with Image.open(picture) as image:
        return set(map(tuple, np.asarray(image.convert("RGB")).reshape(-1, 3).tolist()))


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def test_a_png_has_the_size_that_was_asked_for_and_the_map(built, tmp_path, artifacts):
    taken = maps.picture(built, tmp_path / "x.png", width=900, height=600, scale=2)
    with Image.open(taken) as image:
        assert (image.format, image.size) == ("PNG", (1800, 1200))
        image.save(artifacts / "picture.png")
    found = colours(taken)
    assert rgb(STYLES["anchor"].colour) in found
    assert rgb(STYLES["exact"].colour) in found  # its symbol, on the map and in the legend
    assert not (tmp_path / "x.html").exists()


def test_the_panel_is_on_it_only_when_asked_for(built, tmp_path):
    without = maps.picture(built, tmp_path / "a.png", **SMALL)
    with_panel = maps.picture(built, tmp_path / "b.png", panel=True, **SMALL)
    link = rgb("#0062a8")
    edges = []
    for path in (without, with_panel):
        with Image.open(path) as image:
            edges.append(np.asarray(image.convert("RGB"))[:300, -250:])
    assert (edges[0] == 255).all(axis=2).mean() < 0.2  # the map is not white
    assert (edges[1] == 255).all(axis=2).mean() > 0.5
    assert link in colours(with_panel)


def test_nothing_for_the_hand_is_on_it_and_the_legend_is_open(built):
    async def controls(page):
        from standoff.maps.pictures import _LAY_OUT

        await page.evaluate(_LAY_OUT, {"name": built.get_name(), "panel": False})
        return await page.evaluate(
            """() => [...document.querySelectorAll(".leaflet-control")]
                 .filter((control) => control.checkVisibility())
                 .map((control) => control.className)"""
        )

    view = {"width": 500, "height": 800}
    shown = " ".join(browser.in_page(built.get_root().render(), controls, limit_s=60, viewport=view))
    assert "sd-legend" in shown
    assert "leaflet-control-scale" in shown
    assert "leaflet-control-attribution" in shown
    assert not {"sd-home", "leaflet-control-zoom", "sd-time"} & set(shown.split())


def test_the_same_map_is_the_same_picture(built, tmp_path):
    for kind in ("png", "pdf"):
        files = [maps.picture(built, tmp_path / f"{n}.{kind}", **SMALL) for n in range(2)]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_a_pdf_is_one_page_of_a4_on_its_side(tmp_path):
    read = PdfReader(Reading(*map_samples.at_tanf()).save(tmp_path / "x.map.pdf"))
    assert len(read.pages) == 1
    sides = [float(side) / 72 * 25.4 for side in read.pages[0].mediabox[2:]]
    assert sides == pytest.approx([297, 210], abs=0.5)
    words = " ".join(read.pages[0].extract_text().split())
    assert "At Tanf garrison" in words
    assert "Legend" in words


def test_a_map_of_ones_own_is_taken_too(tmp_path):
    own = maps.StandoffMap((33.5, 38.6), title="mine", zoom_start=8)
    own.add_child(maps.Ring(33.5, 38.6, 20_000, 40_000, title="<b>mine</b>"))
    blank = maps.picture(maps.StandoffMap((33.5, 38.6), zoom_start=8), tmp_path / "blank.png", **SMALL)
    drawn = maps.picture(own, tmp_path / "x.png", **SMALL)
    with Image.open(blank) as one, Image.open(drawn) as other:
        differing = np.asarray(one.convert("L"), int) != np.asarray(other.convert("L"), int)
    assert 0.005 < differing.mean() < 0.2
    assert len(PdfReader(maps.picture(own, tmp_path / "x.pdf")).pages) == 1


def test_it_is_taken_where_an_event_loop_runs_as_in_a_notebook(built, tmp_path):
    async def cell() -> Path:
        return maps.picture(built, tmp_path / "x.png", **SMALL)

    # In a thread of its own, as the browser of the other tests has a loop running in this one.
    with ThreadPoolExecutor() as pool:
        assert pool.submit(lambda: asyncio.run(cell())).result().stat().st_size > 10_000


def test_hostile_text_does_not_run_and_reaches_nothing(tmp_path):
    async def ran(page):
        return await page.evaluate("window.ran || 0")

    hostile_map = maps.build(hostile.report(), hostile.record())
    assert browser.in_page(hostile_map.get_root().render(), ran, limit_s=60) == 0


def test_the_page_has_no_network():
    async def asks(page):
        return await page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'answered', () => 'refused')")

    assert browser.in_page("<p>words</p>", asks, limit_s=60) == "refused"


def test_a_page_that_fails_is_no_picture():
    async def nothing(page):
        return b""

    with pytest.raises(ExportError, match=r"the page's script failed \(.*broken"):
        browser.in_page("<script>throw new Error('broken')</script>", nothing, limit_s=60)


def test_what_takes_too_long_is_stopped_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = set(threading.enumerate())

    async def never(page):
        await page.evaluate("() => { for (;;); }")

    with pytest.raises(ExportError, match="was not done after 5 s and was stopped"):
        browser.in_page("<p>words</p>", never, limit_s=5)
    assert list(tmp_path.iterdir()) == []
    assert not any(
        "asyncio" in thread.name or "ThreadPool" in thread.name
        for thread in set(threading.enumerate()) - before
    )


def test_the_command_line_takes_pictures(tmp_path, capsys):
    assert main(["export", str(SEED), "-o", str(tmp_path / "aden.map.png")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "aden.map.png")
    with Image.open(tmp_path / "aden.map.png") as image:
        assert image.size == (3200, 2000)
