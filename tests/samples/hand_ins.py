"""The hand-ins of `class/`, for the demo and for the tests that mark them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.catalogue import Assignment, Exercise, exercises_root, load_assignment
from grader.submission import Submission, find_submission

CLASS = Path(__file__).resolve().parent / "class"


@dataclass(frozen=True)
class HandIn:
    """What one student handed in: `expected` says, by exercise id, how it has to be marked."""

    name: str
    folder: Path
    why: str
    expected: dict[str, dict[str, Any]]

    def submission(self, assignment: Assignment, exercises: list[Exercise]) -> Submission:
        """Return it as the `grade` command would find it."""
        names = [exercise.name for exercise in exercises]
        known = [exercise.name for exercise in assignment.exercises]
        return find_submission(self.folder, assignment.name, names, known)


def asked() -> tuple[str, list[str]]:
    """Return the assignment and the ids of the exercises that the class was asked to do."""
    table = tomllib.loads((CLASS / "class.toml").read_text(encoding="utf-8"))
    return table["assignment"], table["exercises"]


def load_exercises() -> tuple[Assignment, list[Exercise]]:
    """Return the assignment, and of its exercises those that the class was asked to do."""
    name, ids = asked()
    assignment = load_assignment(exercises_root() / name)
    return assignment, [exercise for exercise in assignment.exercises if exercise.id in ids]


def load_class() -> list[HandIn]:
    """Return all hand-ins by name."""
    return [_load(path.parent) for path in sorted(CLASS.glob("*/expected.toml"))]


def _load(folder: Path) -> HandIn:
    table = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    return HandIn(folder.name, folder, table["why"], table["exercises"])
