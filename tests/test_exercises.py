"""Every exercise is proven: right answers get everything, stubs nothing, each mistake fails what it names."""

from __future__ import annotations

import tomllib

import pytest
from support import ROOT, need_bubblewrap

from grader.catalogue import Assignment, assignment_names, load_assignment
from grader.sandbox.bubblewrap import Bubblewrap
from grader.verify.cases import Author, Kind
from grader.verify.findings import of_seeds
from grader.verify.outcomes import mark_cases
from grader.verify.proof import prove

ASSIGNMENTS = [load_assignment(ROOT / "exercises" / name) for name in assignment_names(ROOT / "exercises")]
EXERCISES = [(assignment, exercise) for assignment in ASSIGNMENTS for exercise in assignment.exercises]


def author(assignment: Assignment) -> Author:
    """Return where the solutions and the stubs of an assignment are."""
    return Author(ROOT / "reference" / assignment.name, ROOT / "student_template" / assignment.name)


@pytest.fixture(scope="module")
def sandbox():
    """One warm sandbox for all exercises."""
    need_bubblewrap()
    box = Bubblewrap([ROOT])
    yield box
    box.close()


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES, ids=lambda value: value.name)
def test_nothing_is_wrong_with_the_exercise(assignment, exercise, sandbox):
    """Solution, variants, stub and mistakes do what they must, in two languages; all but mistakes with two seeds."""
    proof = prove(
        assignment, exercise, author(assignment), sandbox, seeds=1, with_mutants=False, on_step=lambda step: None
    )
    assert proof.findings == ()
    assert {outcome.case.kind for outcome in proof.outcomes} >= {Kind.SOLUTION, Kind.STUB, Kind.MISTAKE}
    right = [outcome for outcome in proof.outcomes if outcome.case.kind is not Kind.MISTAKE]
    again = mark_cases(assignment, exercise, [outcome.case for outcome in right], sandbox, seed=1)
    assert of_seeds(right, again) == []


def test_there_are_two_assignments():
    """The exercises of chapter 5, and the warm-up before them."""
    assert [assignment.name for assignment in ASSIGNMENTS] == ["ex5", "ex5_warmup"]


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda value: value.name)
def test_the_exercises_are_those_of_the_file(assignment):
    """Every entry of assignment.toml is an exercise with its points, in the book's order; no number is there twice."""
    entries = tomllib.loads((assignment.folder / "assignment.toml").read_text(encoding="utf-8"))["exercises"]
    told = [(entry["name"], entry["id"], entry["points"]) for entry in entries]
    assert [(exercise.name, exercise.id, exercise.points) for exercise in assignment.exercises] == told
    numbers = [tuple(map(int, exercise.id.split("."))) for exercise in assignment.exercises]
    assert numbers == sorted(set(numbers))
    assert numbers and all(exercise.points > 0 for exercise in assignment.exercises)


def test_every_folder_is_an_exercise():
    """No folder of an exercise, stub or solution is left out of its assignment."""
    for assignment in ASSIGNMENTS:
        names = {exercise.name for exercise in assignment.exercises}
        assert {path.parent.name for path in assignment.folder.glob("*/spec.py")} == names
        assert {path.stem for path in assignment.stubs.glob("*.py")} == names
        assert {path.parent.name for path in author(assignment).reference.glob("*/solution.py")} == names


def test_no_mistakes_text_gives_the_solution_away():
    """A diagnosis has all its parts in both languages, and none quotes a line of code from the solution."""
    for assignment, exercise in EXERCISES:
        solution = (author(assignment).reference / exercise.name / "solution.py").read_text(encoding="utf-8")
        lines = {line.strip() for line in solution.splitlines() if len(line.strip()) > 30 and "def " not in line}
        table = tomllib.loads((exercise.folder / "mistakes.toml").read_text(encoding="utf-8"))
        for name, entry in table.items():
            for language in ("en", "zh"):
                said = " ".join(entry[language][part] for part in ("happened", "matters", "try"))
                assert not [line for line in lines if line in said and not line.startswith(("#", '"'))], name
