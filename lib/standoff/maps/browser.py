"""A Chromium that is installed already, driven by playwright: with no network, for a limited time.

Both come with ``pip install --editable '.[pictures]'`` and a browser of the machine's own.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from standoff.errors import ExportError

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Playwright, Route

T = TypeVar("T")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
_WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
# The page is handed over at this address; nothing else is answered, and no name is looked up.
_ADDRESS = "http://standoff.invalid/"
_QUIET = ("--disable-gpu", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND")
_CLOSING_S = 5.0
_WITHOUT = ".figure.png, .figure.pdf and .figure.svg are drawn without a browser"
_NEEDS = "a picture of the page (.map.png, .map.pdf) needs"
_LONGEST = 200


def installed() -> str | None:
    """Return the path of a browser of this machine: what ``CHROMIUM`` names, else one that is found.

    Raises
    ------
    ExportError
        If there is no file where ``CHROMIUM`` says.
    """
    given = os.environ.get("CHROMIUM")
    if given:
        found = shutil.which(given)
        if found is None:
            msg = f"CHROMIUM in the environment is {given}, where no program is; {_WITHOUT}"
            raise ExportError(msg)
        return found
    on_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    return on_path or next((str(path) for path in _usual_places() if path.is_file()), None)


def _usual_places() -> list[Path]:
    if sys.platform == "darwin":
        folders = (Path("/Applications"), Path.home() / "Applications")
        return [folder / f"{name}.app/Contents/MacOS/{name}" for folder in folders for name in _MAC]
    folders = [Path(os.environ[name]) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
               if os.environ.get(name)]  # fmt: skip
    return [folder / name for folder in folders for name in _WINDOWS]


def in_page(html: str, act: Callable[[Page], Awaitable[T]], *, limit_s: float, **options: Any) -> T:
    """Open a page in a browser that reaches no network, and return what is made of it.

    Works where an event loop is running, as in a notebook: the browser is driven from a thread.

    Parameters
    ----------
    html : str
        A self-contained page.
    act : coroutine function
        Is given the page once it is loaded.
    limit_s : float
        Seconds for all of it; then the browser is stopped.
    **options
        Of playwright's ``new_context``: ``viewport``, ``device_scale_factor``.

    Raises
    ------
    ExportError
        If playwright or a browser is missing, the browser does not start, its time is over, or the page's
        script fails.
    """
    try:
        from playwright import async_api
    except ImportError:
        msg = f"{_NEEDS} playwright, which is not installed: pip install --editable '.[pictures]'; {_WITHOUT}"
        raise ExportError(msg) from None

    async def limited() -> T:
        try:
            return await asyncio.wait_for(_opened(async_api.async_playwright, html, act, options), limit_s)
        except TimeoutError:  # of asyncio; playwright's own is another
            msg = f"the browser was not done after {limit_s:g} s and was stopped; {_WITHOUT}"
            raise ExportError(msg) from None
        except async_api.Error as error:
            msg = f"the browser failed ({_first_line(error)}); {_WITHOUT}"
            raise ExportError(msg) from error

    def run() -> T:
        # Jupyter may have chosen a kind of loop for Windows that starts no programs.
        factory: Any = getattr(asyncio, "ProactorEventLoop", None)
        with asyncio.Runner(loop_factory=factory) as runner:
            return runner.run(limited())

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()


async def _opened(
    start: Callable[[], Any], html: str, act: Callable[[Page], Awaitable[T]], options: dict[str, Any]
) -> T:
    async with start() as playwright:
        browser = await _launched(playwright)
        try:
            quiet: dict[str, Any] = {"offline": True, "service_workers": "block", "accept_downloads": False}
            look: dict[str, Any] = {"color_scheme": "light", "reduced_motion": "reduce"}
            context = await browser.new_context(**quiet, **look, **options)
            context.set_default_timeout(0)  # the limit is for all of it
            page = await context.new_page()
            failed: list[str] = []
            page.on("pageerror", lambda error: failed.append(str(error)))
            await context.route("**/*", _answering(html))
            await page.goto(_ADDRESS)
            made = await act(page)
            if failed:
                msg = (
                    f"the page's script failed ({failed[0].strip()[:_LONGEST]}), so there is no picture of it"
                )
                raise ExportError(msg)
            return made
        finally:
            await asyncio.wait_for(browser.close(), _CLOSING_S)


async def _launched(playwright: Playwright) -> Browser:
    from playwright.async_api import Error

    path = _browser(playwright)
    try:
        return await playwright.chromium.launch(
            executable_path=path, args=list(_QUIET), chromium_sandbox=_may_have_sandbox(), timeout=0
        )
    except Error as error:
        reason = _first_line(error)
        if "sandboxing failed" in str(error) or "No usable sandbox" in str(error):
            reason = "its sandbox does not work here; the system has to allow user namespaces"
        msg = f"the browser {path} does not start ({reason}); {_WITHOUT}"
        raise ExportError(msg) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "").strip()[:_LONGEST]


def _browser(playwright: Playwright) -> str:
    own = playwright.chromium.executable_path
    found = installed() or (own if Path(own).is_file() else None)
    if found is None:
        msg = (
            f"{_NEEDS} Chromium, Chrome or Edge, and none was found: install one, name it in the environment as "
            f"CHROMIUM, or run python -m playwright install chromium; {_WITHOUT}"
        )
        raise ExportError(msg)
    return found


def _may_have_sandbox() -> bool:
    """Return whether Chromium keeps its sandbox: it refuses to have one only as root of a Unix system."""
    return not (hasattr(os, "geteuid") and os.geteuid() == 0)


def _answering(html: str) -> Callable[[Route], Awaitable[None]]:
    async def answer(route: Route) -> None:
        if route.request.url == _ADDRESS:
            await route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            await route.abort()

    return answer
