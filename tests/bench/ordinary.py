"""What an ordinary grader does, to measure ours against: `python -m pytest -p ordinary SPEC...`, one process a hand-in.

The same specs, with the probes run in pytest's own process on the student's own objects. GRADE_SUBMISSION in the
environment names the folder of the hand-in. Nothing is isolated, copied or limited, which makes it as fast as such a
grader can be, and hostile hand-ins must not be given to it.
"""

from __future__ import annotations

import copy
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.sandbox.inside.child import Names, seed_everything
from grader.seeding import seed_for
from grader.spec import SESSION_FIXTURE


class InProcess:
    """Runs probes in this process."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.module: ModuleType | None = None

    def load(self) -> ModuleType:
        """Return the student's module."""
        path = Path(os.environ["GRADE_SUBMISSION"], f"{self.name}.py")
        spec = importlib.util.spec_from_file_location(self.name, path)
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[self.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def run(self, body: Callable[..., Any], values: dict[str, Any], fresh: bool = False) -> Any:
        """Return what a probe's body gives."""
        if self.module is None or fresh:
            self.module = self.load()
        seed_everything(seed_for(0, self.name, body.__name__))
        return body(Names(self.module, []), **copy.deepcopy(values))


@pytest.fixture(name=SESSION_FIXTURE, scope="module")
def session(request: pytest.FixtureRequest) -> Iterator[InProcess]:
    """The code of the exercise whose spec this is, in a folder of its own."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        yield InProcess(request.path.parent.name)
        os.chdir(before)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers of specs."""
    for line in ("points(weight)", "hint(text)", "limits(probe)", "cuda"):
        config.addinivalue_line("markers", f"{line}: of specs")
