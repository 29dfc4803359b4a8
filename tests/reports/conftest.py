"""What the tests of pages share: one browser, and a way to open the pages of a test file in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from .browsing import Tabs, started


@pytest.fixture(scope="package")
def tabs() -> Iterator[Tabs]:
    """One browser for all tests of this folder that one worker runs in a row; none is left when others begin."""
    with started() as browser:
        yield Tabs(browser)


@pytest.fixture(scope="module")
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a test file, as its table PAGES makes them, as files."""
    path = tmp_path_factory.mktemp("pages")
    for name, page in request.module.PAGES.items():
        (path / f"{name}.html").write_text(page(), encoding="utf-8")
    return path


@pytest.fixture
def visit(tabs: Tabs, folder: Path) -> Callable[..., AbstractContextManager[Any]]:
    """Opens one of the pages on a desktop or as asked, and fails where it logs an error or asks for anything."""
    return lambda name, **options: tabs.visiting(folder / f"{name}.html", **options)
