"""One marking as it was asked for: what to mark, of whom, and in which words to tell."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader import state
from grader.catalogue import Assignment, Exercise, exercises_root, find
from grader.commands.outputs import Outputs
from grader.results import Result
from grader.submission import Submission, find_work

if TYPE_CHECKING:
    from types import ModuleType


@dataclass(frozen=True)
class Task:
    """One marking as it was asked for.

    Args:
        assignment: to which the exercises belong.
        exercises: to mark, in their order.
        path: of the submission: a folder or one file.
        seed: of all random inputs.
        language: of the texts.
        verbose: whether to list passed checks and printed output too.
        outputs: files for the result.
    """

    assignment: Assignment
    exercises: tuple[Exercise, ...]
    path: Path
    seed: int = 0
    language: str = "en"
    verbose: bool = False
    outputs: Outputs = Outputs()

    def read(self) -> Submission:
        """Read the submission as it is now.

        Raises:
            SubmissionError: if nothing there can be one.
        """
        return find_work(self.path, self.assignment, [exercise.name for exercise in self.exercises])

    @property
    def base(self) -> Path:
        """The folder from which the files of a result are named."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def folder(self) -> Path:
        """The folder that holds the files of the exercises."""
        return work_folder(self.path, self.assignment.name)

    def remember(self, submission: Submission, result: Result, names: Iterable[str]) -> None:
        """Remember how the exercises called `names` ended, where that is possible."""
        kept = state.load(self.folder)
        for exercise in result.exercises:
            if exercise.name in set(names):
                kept = kept.with_marked(exercise, submission.sources[exercise.name].data)
        state.save(self.folder, kept)


def work_folder(path: Path, assignment: str) -> Path:
    """Return the folder of a submission that holds the files of the exercises, whether it exists or not."""
    base = path if path.is_dir() else path.parent
    return base / assignment if path.is_dir() and (base / assignment).is_dir() else base


def choose_exercises(target: str, path: Path) -> tuple[Assignment, tuple[Exercise, ...]]:
    """Return what a target means for a submission: where this is one exercise's file, that exercise alone.

    Raises:
        UnknownTargetError: if it means nothing.
        CatalogueError: if an assignment is wrong.
    """
    assignment, exercises = find(target, exercises_root())
    named = [exercise for exercise in exercises if path.suffix == ".py" and exercise.name == path.stem]
    return assignment, tuple(named or exercises)


def import_judge() -> ModuleType:
    """Return `grader.judge.marking`, imported as fast as it can be."""
    # What is imported stays: the garbage collector need not look through it, now or later.
    gc.disable()
    try:
        from grader.judge import marking

        gc.freeze()
    finally:
        gc.enable()
    return marking
