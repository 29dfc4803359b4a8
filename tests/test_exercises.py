"""Every exercise is proven: right answers get everything, stubs nothing, each mistake fails what it names."""

from __future__ import annotations

import tomllib

import pytest
from support import ROOT, need_bubblewrap

from grader.catalogue import Assignment, assignment_names, load_assignment
from grader.sandbox.bubblewrap import Bubblewrap
from grader.submission.contract import contract
from grader.verify.cases import Author
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
    """Solution, variants, stub and mistakes of an exercise do what they must, with two seeds and in two languages."""
    proof = prove(
        assignment, exercise, author(assignment), sandbox, seeds=2, with_mutants=False, on_step=lambda step: None
    )
    assert proof.findings == ()
    assert len(proof.outcomes) > 5


def test_there_are_two_assignments():
    """The exercises of chapter 5, and the warm-up before them."""
    assert [assignment.name for assignment in ASSIGNMENTS] == ["ex5", "ex5_warmup"]


@pytest.mark.parametrize(("assignment", "count", "points"), list(zip(ASSIGNMENTS, (19, 12), (100, 50), strict=True)))
def test_points_are_those_of_the_catalogue(assignment, count, points):
    """The exercises are all there, in the book's order, and their points sum to 100 and to 50."""
    numbers = [exercise.id for exercise in assignment.exercises]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == count
    assert sum(exercise.points for exercise in assignment.exercises) == points


def test_every_folder_is_an_exercise():
    """No folder of an exercise, stub or solution is left out of its assignment."""
    for assignment in ASSIGNMENTS:
        names = {exercise.name for exercise in assignment.exercises}
        assert {path.parent.name for path in assignment.folder.glob("*/spec.py")} == names
        assert {path.stem for path in assignment.stubs.glob("*.py")} == names
        assert {path.parent.name for path in author(assignment).reference.glob("*/solution.py")} == names


def test_no_name_is_asked_for_twice():
    """No two exercises of the same assignment ask for the same name, so that notebooks can hold them all."""
    for assignment in ASSIGNMENTS:
        wanted = [name for e in assignment.exercises for name in contract(e.name, e.id, assignment.stubs).wanted]
        assert sorted(wanted) == sorted(set(wanted))


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
