"""What several tests need: places, a sandbox or one clear line, and marking through the engine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from grader.catalogue import Assignment, load_assignment
from grader.judge.marking import mark
from grader.results import Result
from grader.sandbox.bubblewrap import why_unavailable
from grader.sandbox.process import Sandbox
from grader.submission import Submission, find_submission

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
SAMPLES = TESTS / "samples"
TINY = SAMPLES / "assignments" / "tiny"
HOSTILE = TESTS / "hostile"


def need_bubblewrap() -> None:
    """Fail with one clear line where there is no sandbox: a skipped test would hide that nothing was tested."""
    reason = why_unavailable()
    if reason is not None:
        pytest.fail(f"these tests need the sandbox: {reason.en}", pytrace=False)


def tiny() -> Assignment:
    """Return the assignment that tests of the engine use."""
    return load_assignment(TINY)


def hand_in(path: Path, assignment: Assignment) -> Submission:
    """Return a folder as a submission of an assignment."""
    names = [exercise.name for exercise in assignment.exercises]
    return find_submission(path, assignment.name, names, names)


def results(assignment: Assignment, sandbox: Sandbox, paths: Iterable[Path], seed: int = 0) -> list[Result]:
    """Return the results of folders marked one after the other."""
    found: list[Result] = []
    submissions = [hand_in(path, assignment) for path in paths]
    mark(assignment, list(assignment.exercises), sandbox, submissions, found.append, seed=seed)
    return found


def grade(
    *arguments: str | Path, env: dict[str, str] | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run the grade command as a person would, with its output piped."""
    command = [sys.executable, "-c", "from grader.cli import main; main()", *map(str, arguments)]
    # Neither the language of the machine nor the CI server under which the tests run may change what is printed.
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GRADE_LANG": "en", "GITHUB_ACTIONS": "", **(env or {})}
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        cwd=cwd,
        timeout=200,
    )
