"""Opening pages in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
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


@contextmanager
def visiting(browser: Any, path: Path, **options: object) -> Iterator[Any]:
    """Open the page at `path`, and fail where it logs an error or asks for anything but itself."""
    context = browser.new_context(**options)
    page = context.new_page()
    troubles: list[str] = []
    address = path.as_uri()
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: request.url.split("#")[0] == address or troubles.append(request.url))
    page.goto(address)
    yield page
    context.close()
    assert troubles == []
