"""Chromium with no network, and a page that remembers what it asked for and what it said."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

QUIET = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Return the path of a Chromium: from CHROMIUM, else on the PATH."""
    given = os.environ.get("CHROMIUM")
    return given or next((found for name in NAMES if (found := shutil.which(name))), None)


@dataclass
class Opened:
    """A page with its requests (but the file itself), and its errors."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self, own: str) -> None:
        """Note every request but for the page's own address, every error, every dialog."""

        def asked(request):
            if request.url != own:
                self.requests.append(request.url)

        def said(message):
            if message.type == "error":
                self.errors.append(message.text)

        def stopped(dialog):
            self.errors.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        self.page.on("request", asked)
        self.page.on("console", said)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", stopped)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium: install one or name it in CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def open_page(browser):
    """Return a function that opens a file with all network blocked."""
    contexts = []

    def opener(path: Path, width: int = 1400, height: int = 900, **options) -> Opened:
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        opened = Opened(context.new_page())
        opened.listen(path.as_uri())
        opened.page.goto(path.as_uri())
        return opened

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def artifacts(pytestconfig) -> Path:
    """Return where screenshots are kept: STANDOFF_ARTIFACTS, else out/browser in the checkout."""
    folder = Path(os.environ.get("STANDOFF_ARTIFACTS") or pytestconfig.rootpath / "out" / "browser")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
