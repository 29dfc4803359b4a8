"""Assignments and exercises as their folders describe them."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import grader
from grader.errors import BrokenError, UserError
from grader.limits import Limits
from grader.results import Diagnosis, Text, address
from grader.translation import either, say, series

MIB = 2**20
# How many exercises are offered in place of one that is not there.
MOST_TRIES = 3


class CatalogueError(BrokenError):
    """An assignment's folder is wrong; the message says where and what."""


class UnknownTargetError(UserError):
    """What was asked for is in no assignment; the message says what there is."""


@dataclass(frozen=True)
class Mistake:
    """A known mistake: the checks that it fails, and what to tell a student who made it."""

    diagnosis: Diagnosis
    fails: frozenset[str]


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Args:
        name: of its folder, and of the module that a student writes.
        id: its number, such as ``5.1.2``.
        title: in both languages.
        points: its share of the assignment.
        book: the section of the book, or its address.
        folder: holds statement, spec and texts.
        limits: for the student's code.
        has_hidden: whether there are checks that only the instructor runs.
        hidden_spec: the pytest file with those, where it is at hand.
    """

    name: str
    id: str
    title: Text
    points: float
    book: str
    folder: Path
    limits: Limits
    has_hidden: bool = False
    hidden_spec: Path | None = None

    @property
    def specs(self) -> tuple[Path, ...]:
        """The pytest files to run: the spec, and the hidden one where it is at hand."""
        return (self.spec,) if self.hidden_spec is None else (self.spec, self.hidden_spec)

    @property
    def spec(self) -> Path:
        """The pytest file with its probes and checks."""
        return self.folder / "spec.py"

    def check_texts(self) -> dict[str, dict[str, str]]:
        """Return the Chinese title and hint of each check, by the check's name."""
        path = self.folder / "checks.zh.toml"
        return _load_toml(path) if path.exists() else {}

    def mistakes(self) -> list[Mistake]:
        """Return the exercise's known mistakes."""
        path = self.folder / "mistakes.toml"
        table = _load_toml(path) if path.exists() else {}
        return [_mistake(name, entry, path) for name, entry in table.items()]


@dataclass(frozen=True)
class Assignment:
    """An assignment: a folder of exercises in their order."""

    name: str
    title: Text
    folder: Path
    exercises: tuple[Exercise, ...]
    book_url: str = ""

    @property
    def stubs(self) -> Path:
        """The folder of what students are given to fill in; it need not be there."""
        return template_folder(self.folder.parent) / self.name


def exercises_root() -> Path:
    """Return the folder that holds all assignments.

    It is in the installed package, or beside it in a checkout; ``GRADE_EXERCISES`` in the environment names another.
    """
    package = Path(grader.__file__).resolve().parent
    installed = package / "exercises"
    if "GRADE_EXERCISES" in os.environ:
        return Path(os.environ["GRADE_EXERCISES"])
    return installed if installed.is_dir() else package.parent / "exercises"


def template_folder(root: Path) -> Path:
    """Return the student's template that belongs to a folder of assignments; it need not be there."""
    return root.parent / "student_template"


def assignment_names(root: Path) -> list[str]:
    """Return the names of the assignments under a folder."""
    return sorted(path.parent.name for path in root.glob("*/assignment.toml"))


def load_assignment(folder: Path) -> Assignment:
    """Read an assignment's ``assignment.toml``.

    Raises:
        CatalogueError: if it is missing or wrong.
    """
    path = folder / "assignment.toml"
    table = _load_toml(path)
    try:
        common = table.get("limits", {})
        exercises = tuple(
            Exercise(
                name=entry["name"],
                id=str(entry["id"]),
                title=_text(entry["title"]),
                points=float(entry["points"]),
                book=str(entry.get("book", "")),
                folder=folder / entry["name"],
                limits=_limits(common | entry.get("limits", {})),
                has_hidden=bool(entry.get("hidden", False)),
            )
            for entry in table["exercises"]
        )
        assignment = Assignment(
            name=folder.name,
            title=_text(table["title"]),
            folder=folder,
            exercises=exercises,
            book_url=str(table.get("book_url", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CatalogueError(f"{path}: missing or wrong entry: {error}") from error
    for exercise in exercises:
        if not exercise.spec.is_file():
            raise CatalogueError(f"{path}: {exercise.name} has no {exercise.spec}")
    return assignment


def with_hidden(exercises: Iterable[Exercise], folder: Path) -> list[Exercise]:
    """Return exercises with their hidden checks.

    Args:
        exercises: of one assignment.
        folder: holds ``EXERCISE/hidden.py`` for each exercise that has hidden checks.

    Raises:
        UserError: if one is not there.
    """
    found = []
    for exercise in exercises:
        path = folder / exercise.name / "hidden.py"
        if exercise.has_hidden and not path.is_file():
            raise UserError(
                say(
                    "{id} has hidden checks, but there is no {path}. Name their folder with --hidden.",
                    id=exercise.id,
                    path=path,
                )
            )
        found.append(replace(exercise, hidden_spec=path) if exercise.has_hidden else exercise)
    return found


def find(target: str, root: Path) -> tuple[Assignment, list[Exercise]]:
    """Return the assignment and the exercises that a target on the command line means.

    A target is an assignment (``ex5``), a section (``ex5.1``), an exercise by number (``ex5.1.2``, ``5.1.2``) or
    an exercise by name (``ex5_1_2_parallel``). Of an assignment whose name does not end in its number, the number
    follows the name: ``ex5_warmup.1.2``.

    Raises:
        UnknownTargetError: if it means nothing, or a number that several assignments have.
        CatalogueError: if an assignment is wrong.
    """
    names = assignment_names(root)
    if not names:
        raise UnknownTargetError(say("There are no assignments in {root}.", root=root))
    if target in names:
        assignment = load_assignment(root / target)
        return assignment, list(assignment.exercises)
    assignments = []
    stem = target.removesuffix(".py")
    for name in names:
        assignment = load_assignment(root / name)
        assignments.append(assignment)
        found = [exercise for exercise in assignment.exercises if stem == exercise.name]
        found = found or [e for e in assignment.exercises if _is_in(address(assignment.name, e.id), target)]
        if found:
            return assignment, found
    numbered = [(a, [e for e in a.exercises if _is_in(e.id, target)]) for a in assignments]
    numbered = [(assignment, found) for assignment, found in numbered if found]
    if len(numbered) == 1:
        return numbered[0]
    if numbered:
        which = either(address(assignment.name, target) for assignment, _ in numbered)
        raise UnknownTargetError(say("{target} is in several assignments. Say {which}.", target=target, which=which))
    raise UnknownTargetError(
        say(
            "There is no exercise {target}. Try one of: {names}.",
            target=target,
            names=series(_tries(target, assignments)),
        )
    )


def _tries(target: str, assignments: Iterable[Assignment]) -> list[str]:
    """Return what somebody may have meant: exercises that are written alike, and the assignments with an example."""
    known = {
        word: address(assignment.name, exercise.id)
        for assignment in assignments
        for exercise in assignment.exercises
        for word in (exercise.name, address(assignment.name, exercise.id))
    }
    near = [known[word] for word in get_close_matches(target, known, MOST_TRIES)]
    usual = [word for a in assignments for word in (a.name, *(address(a.name, e.id) for e in a.exercises[:1]))]
    return list(dict.fromkeys([*near, *usual]))


def _is_in(number: str, part: str) -> bool:
    """Whether a number is another one or begins with it: 5.1.2 is in 5.1."""
    return f"{number}.".startswith(f"{part}.")


def _load_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"There is no {path}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: {error}") from error


def _text(entry: dict[str, str] | str) -> Text:
    return Text(en=entry) if isinstance(entry, str) else Text(en=entry["en"], zh=entry.get("zh", ""))


def _limits(table: dict[str, Any]) -> Limits:
    default = Limits()
    return Limits(
        probe_seconds=float(table.get("probe_seconds", default.probe_seconds)),
        exercise_seconds=float(table.get("exercise_seconds", default.exercise_seconds)),
        memory=int(table.get("memory_mib", default.memory // MIB)) * MIB,
        reply=int(table.get("reply_mib", default.reply // MIB)) * MIB,
        scratch=int(table.get("scratch_mib", default.scratch // MIB)) * MIB,
        file_size=int(table.get("file_mib", default.file_size // MIB)) * MIB,
        processes=int(table.get("processes", default.processes)),
        open_files=int(table.get("open_files", default.open_files)),
    )


def _mistake(name: str, entry: dict[str, Any], path: Path) -> Mistake:
    try:
        en, zh = entry["en"], entry.get("zh", {})
        happened, matters, advice = (Text(en[key], zh.get(key, "")) for key in ("happened", "matters", "try"))
        diagnosis = Diagnosis(name, happened, matters, advice, book=str(entry.get("book", "")))
        return Mistake(diagnosis, frozenset(entry["fails"]))
    except (KeyError, TypeError) as error:
        raise CatalogueError(f"{path}: [{name}]: missing or wrong entry: {error}") from error
