"""Pictures of the page where they cannot be taken: what is missing is said, in one line. With a browser: tests/browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import folium
import pytest

import map_samples
from standoff import maps
from standoff.cli import main
from standoff.errors import ExportError, SettingError
from standoff.maps import browser, pictures
from standoff.reading import Reading

SEED = Path(__file__).parents[2] / "seeds" / "gulf-of-aden-2024.md"


@pytest.fixture(scope="module")
def built():
    return maps.build(*map_samples.at_tanf())


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    """Hide every browser: on the PATH, in its usual place, and playwright's own."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setattr(browser, "_usual_places", list)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))


@pytest.mark.parametrize("name", ["x.map.png", "x.map.pdf"])
def test_without_playwright_it_says_what_to_install(tmp_path, monkeypatch, name):
    monkeypatch.setitem(sys.modules, "playwright", None)
    with pytest.raises(
        ExportError, match=r"needs playwright, .*pip install --editable '\.\[pictures\]'"
    ) as error:
        Reading(*map_samples.at_tanf()).save(tmp_path / name)
    assert ".figure.png" in str(error.value)
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_without_a_browser_it_says_what_to_install(built, tmp_path, no_browser):
    pytest.importorskip("playwright")
    with pytest.raises(ExportError, match="needs Chromium, Chrome or Edge, and none was found") as error:
        maps.picture(built, tmp_path / "x.png")
    for words in ("CHROMIUM", "playwright install chromium", ".figure.png"):
        assert words in str(error.value)
    assert not (tmp_path / "x.png").exists()


def test_on_the_command_line_it_is_one_line_and_status_2(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "playwright", None)
    kinds = "map.png,figure.svg"
    assert main(["export", str(SEED), "-o", str(tmp_path / "out"), "--to", kinds]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "pip install --editable '.[pictures]'" in said.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["gulf-of-aden-2024.figure.svg"]
    assert said.out.strip().endswith("gulf-of-aden-2024.figure.svg")


def test_a_browser_is_looked_for_where_people_have_one(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    edge = tmp_path / r"Microsoft\Edge\Application\msedge.exe"  # one name here; a path on Windows
    edge.touch()
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert browser.installed() == str(edge)
    monkeypatch.setattr(browser.shutil, "which", lambda name: f"/bin/{name}" if "chrome" in name else None)
    assert browser.installed() == "/bin/google-chrome"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert any(path.name == "Google Chrome" for path in browser._usual_places())


def test_a_browser_that_is_named_has_to_be_there(monkeypatch, built, tmp_path):
    pytest.importorskip("playwright")
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))
    with pytest.raises(ExportError, match="where no program is"):
        maps.picture(built, tmp_path / "x.png")


@pytest.mark.skipif(os.name != "posix", reason="needs a program that ends at once")
def test_a_browser_that_does_not_start_is_told_of(monkeypatch, built, tmp_path):
    pytest.importorskip("playwright")
    monkeypatch.setenv("CHROMIUM", "/bin/true")
    with pytest.raises(ExportError, match=r"the browser .*/true does not start") as error:
        maps.picture(built, tmp_path / "x.png")
    assert "\n" not in str(error.value)


def test_only_root_goes_without_the_sandbox(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert browser._may_have_sandbox()
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert not browser._may_have_sandbox()


def test_what_is_no_picture_is_refused(built, tmp_path):
    with pytest.raises(ExportError, match=r"is \.png or \.pdf, not \.gif"):
        maps.picture(built, tmp_path / "x.gif")
    with pytest.raises(ExportError, match=r"a plain folium\.Map loads its scripts from the network"):
        maps.picture(folium.Map(), tmp_path / "x.png")
    for wrong in (
        {"width": 20},
        {"height": "tall"},
        {"scale": 0},
        {"width": 16_000},
        {"limit_s": float("nan")},
    ):
        with pytest.raises(SettingError, match="of a picture is"):
            maps.picture(built, tmp_path / "x.png", **wrong)
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_has_no_date_of_its_making():
    made = b"/CreationDate (D:20261127012235+00'00')\n/ModDate (D:20261127012235+00'00')"
    same = pictures._DATES.sub(rb"\g<1>19700101000000+00'00')", made)
    assert (len(same), same.count(b"19700101000000")) == (len(made), 2)
