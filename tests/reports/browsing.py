"""Opening pages in a real browser, and looking at them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python import sync_playwright as axe
from playwright import sync_api as playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

# In a container there is neither a user namespace nor a GPU for it; the rest keeps it from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE, DESKTOP = {"width": 360, "height": 800}, {"width": 1280, "height": 900}


@contextmanager
def started() -> Iterator[Any]:
    """A browser, closed at the end; without one, a failure in one clear line rather than tests that tested nothing."""
    if CHROMIUM is None:
        pytest.fail("these tests need Chromium (Debian: apt install chromium)", pytrace=False)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Tabs:
    """A browser's tabs, kept from page to page, which takes a fifth of the time of new ones.

    Args:
        browser: where they are opened.
    """

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        # One in which pages may run scripts, one in which not; nothing else cannot be changed in an open tab.
        self._open: dict[bool, Any] = {}

    @contextmanager
    def visiting(
        self,
        path: Path,
        viewport: dict[str, int] = DESKTOP,
        color_scheme: str = "light",
        reduced_motion: str = "no-preference",
        java_script_enabled: bool = True,
    ) -> Iterator[Any]:
        """Open the page at `path`, and fail where it logs an error or asks for anything but itself."""
        page = self._open.pop(java_script_enabled, None)
        if page is None:
            page = self._browser.new_context(java_script_enabled=java_script_enabled).new_page()
        page.set_viewport_size(viewport)
        page.emulate_media(media="null", color_scheme=color_scheme, reduced_motion=reduced_motion)
        # Where it points at nothing.
        page.mouse.move(-1, -1)
        troubles: list[str] = []
        address = path.as_uri()
        watchers = {
            "console": lambda message: troubles.append(message.text),
            "pageerror": lambda error: troubles.append(str(error)),
            "request": lambda request: request.url.split("#")[0] == address or troubles.append(request.url),
            "popup": lambda other: troubles.append(f"a window: {other.url}"),
        }
        for event, watcher in watchers.items():
            page.on(event, watcher)
        done = False
        try:
            page.goto(address)
            yield page
            # What was logged until now arrives before this.
            page.goto("about:blank")
            done = True
        finally:
            for event, watcher in watchers.items():
                page.remove_listener(event, watcher)
            if done:
                self._open[java_script_enabled] = page
            else:
                page.context.close()
        assert troubles == [], troubles


def show(page: Any, name: str, **options: object) -> None:
    """Picture a page for a person to look at, in the folder that GRADER_SHOTS names; do nothing where it names none."""
    shots = os.environ.get("GRADER_SHOTS")
    if shots:
        page.screenshot(path=str(Path(shots, f"{name}.png")), **options)


def check_accessible(page: Any) -> None:
    """Fail where axe finds something in a page as it is shown now."""
    report = axe.Axe().run(page)
    assert report.violations_count == 0, report.generate_report()
