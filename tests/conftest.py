"""What holds for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT, need_bubblewrap

from grader.sandbox.bubblewrap import Bubblewrap

TESTS = Path(__file__).resolve().parent
# Files, or folders, whose tests start sandboxes, browsers or other processes, or try very many inputs, the slowest
# first: they begin first, so that no worker is left alone with one of them at the end. `make unit` leaves them out.
SLOW = (
    "test_exercises.py",
    "commands/test_batch.py",
    "batch/test_hostile.py",
    "sandbox/test_hostile.py",
    "commands/test_watch.py",
    "reports/test_hostile_texts.py",
    "test_notebooks.py",
    "batch/test_run.py",
    "docs",
    "test_class.py",
    "commands/test_doctor.py",
    "test_warmup.py",
    "test_cli.py",
    "test_wheel.py",
    "reports/test_class_browser.py",
    "reports/test_browser.py",
    "reports/test_result_schema.py",
    "sandbox",
    "judge",
    "verify",
    "batch",
    "fuzz",
    "commands",
    "template",
    "test_contributing.py",
    "test_hints.py",
    "test_pretend_devices.py",
    "test_readme.py",
    "test_seeding.py",
    "test_translation.py",
    "reports/test_class_page.py",
    "notebooks/test_jupyter_fuzz.py",
    "notebooks/test_markdown_fuzz.py",
    "handins/test_archives_fuzz.py",
    "handins/test_roster_fuzz.py",
)
# Quick ones in these folders.
QUICK = (
    "batch/test_gradebook.py",
    "batch/test_identity.py",
    "batch/test_recall.py",
    "judge/test_describe.py",
    "judge/test_explain.py",
    "sandbox/test_session.py",
    "sandbox/test_cells.py",
    "sandbox/test_users.py",
)


@pytest.fixture(scope="module")
def box() -> Iterator[Bubblewrap]:
    """A warm sandbox for all that the tests of a file mark in their own process."""
    need_bubblewrap()
    sandbox = Bubblewrap([ROOT])
    yield sandbox
    sandbox.close()


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line("markers", "slow: starts other processes, or tries very many inputs")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name bytes by their number: archives have the time in them, and all workers must find the same names."""
    return f"{len(val)} bytes" if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark slow tests and put them first."""
    ranks = {item: rank_of(item.path.relative_to(TESTS).as_posix()) for item in items}
    for item, rank in ranks.items():
        if rank < len(SLOW):
            item.add_marker("slow")
    items.sort(key=ranks.__getitem__)


def rank_of(file: str) -> int:
    """Return the place of a test's file among the slow ones; their number if it is quick."""
    if file in QUICK:
        return len(SLOW)
    fits = [place for place, slow in enumerate(SLOW) if file == slow or file.startswith(f"{slow}/")]
    return min(fits, default=len(SLOW))
