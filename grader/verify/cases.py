"""The files that an exercise is proved with: its solution, its variants, its stub, its known mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grader.catalogue import CatalogueError, Exercise
from grader.results import Text
from grader.submission import Source, Submission
from grader.submission.contract import Contract, contract


class Kind(StrEnum):
    """What a case must do: earn everything, nothing, or fail the checks that it names."""

    SOLUTION = "solution"
    VARIANT = "variant"
    STUB = "stub"
    MISTAKE = "mistake"
    MUTANT = "mutant"


@dataclass(frozen=True)
class Case:
    """One file to be marked, and why it exists."""

    exercise: Exercise
    kind: Kind
    name: str
    code: bytes

    @property
    def label(self) -> str:
        """The case's name among those of its exercise."""
        return self.kind.value if self.kind in (Kind.SOLUTION, Kind.STUB) else f"{self.kind.value}/{self.name}"

    def submission(self, exercises: list[Exercise]) -> Submission:
        """Return the case as a hand-in of this one exercise; the others have no file."""
        sources = {
            exercise.name: Source(exercise.name, f"{exercise.name}.py", None, Text("not part of this case"))
            for exercise in exercises
        }
        name = self.exercise.name
        sources[name] = Source(name, f"{name}.py", self.code)
        return Submission(f"{name}/{self.label}", sources)


@dataclass(frozen=True)
class Author:
    """Where a course author keeps what students do not get.

    Args:
        reference: folder of solutions, variants and mistakes, one folder for each exercise.
        stubs: folder of stubs.
    """

    reference: Path
    stubs: Path

    def cases(self, exercise: Exercise) -> list[Case]:
        """Return an exercise's cases: solution first, then variants, stub, mistakes.

        Raises:
            CatalogueError: if the solution or the stub is missing.
        """
        folder = self.reference / exercise.name
        return [
            Case(exercise, Kind.SOLUTION, "solution", _read(folder / "solution.py")),
            *(Case(exercise, Kind.VARIANT, path.stem, _read(path)) for path in _files(folder / "variants")),
            Case(exercise, Kind.STUB, "stub", _read(self.stubs / f"{exercise.name}.py")),
            *(Case(exercise, Kind.MISTAKE, path.stem, _read(path)) for path in _files(folder / "mistakes")),
        ]

    def names(self, exercise: Exercise) -> Contract:
        """Return the names in an exercise's stub; none if there is no stub, or one that is not Python."""
        try:
            return contract(exercise.name, exercise.id, self.stubs)
        except SyntaxError:
            return Contract(exercise.name, ())


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.py"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CatalogueError(f"There is no {path}; an exercise needs it. See CONTRIBUTING.md.") from error
