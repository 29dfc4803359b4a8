"""Tiny assignments, and the judge that marks them with a real sandbox."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, need_bubblewrap

from grader.catalogue import Assignment, load_assignment
from grader.judge.marking import mark
from grader.results import CheckResult, Result, Text
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.process import Sandbox
from grader.submission import Source, Submission

PRELUDE = """
import pytest
import torch
from torch.testing import assert_close
from grader.spec import error_of, probe
"""
NUMBERS = count(1)


class Course:
    """Makes assignments and marks submissions."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.folder = folder
        self.sandbox = sandbox

    def assignment(self, specs: str | dict[str, str], seconds: float = 5, **files: str) -> Assignment:
        """Write an assignment; specs go by name, or there is one alone, which gets a name of its own."""
        number = next(NUMBERS)
        if isinstance(specs, str):
            specs = {f"only_{number}": specs}
        folder = self.folder / f"assignment_{number}"
        lines = ['title = { en = "A", zh = "作业" }\n']
        for place, (name, text) in enumerate(specs.items(), 1):
            (folder / name).mkdir(parents=True)
            (folder / name / "spec.py").write_text(PRELUDE + textwrap.dedent(text), encoding="utf-8")
            for file, content in files.items():
                path = folder / name / file.replace("__", ".")
                path.write_text(textwrap.dedent(content), encoding="utf-8")
            lines.append(
                f'[[exercises]]\nname = "{name}"\nid = "1.{place}"\npoints = 10\ntitle = "T{place}"\n'
                f"limits = {{ probe_seconds = {seconds}, exercise_seconds = {4 * seconds} }}\n"
            )
        (folder / "assignment.toml").write_text("\n".join(lines), encoding="utf-8")
        return load_assignment(folder)

    def mark(self, assignment: Assignment, *works: Any, order: int = 1, **options: Any) -> list[Result]:
        """Mark works one after the other: each a text for every exercise, or texts by exercise; None is no file."""
        names = [exercise.name for exercise in assignment.exercises]
        submissions = []
        for place, work in enumerate(works):
            texts = work if isinstance(work, dict) else dict.fromkeys(names, work)
            sources = {}
            for name in names:
                text = texts.get(name)
                data = None if text is None else textwrap.dedent(text).encode()
                sources[name] = Source(name, f"{name}.py", data, Text() if data is not None else Text("no file"))
            submissions.append(Submission(f"student {place}", sources))
        found: list[Result] = []
        mark(assignment, list(assignment.exercises)[::order], self.sandbox, submissions, found.append, **options)
        return found

    def checks(self, spec: str, work: str | None, **options: Any) -> dict[str, CheckResult]:
        """Mark one work against one spec; return the checks by name."""
        (result,) = self.mark(self.assignment(spec, **options), work)
        return {check.name: check for check in result.exercises[0].checks}


@pytest.fixture(scope="module")
def box() -> Iterator[Bubblewrap]:
    """A sandbox that the tests of a file share."""
    need_bubblewrap()
    sandbox = Bubblewrap([ROOT], full=False)
    yield sandbox
    sandbox.close()


@pytest.fixture
def course(tmp_path, box, monkeypatch) -> Course:
    """Assignments in a folder of the test's own; what pytest keeps of their specs stays there too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Course(tmp_path, box)
