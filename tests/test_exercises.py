"""Every exercise is proven: right answers get everything, stubs nothing, each mistake fails what it names."""

from __future__ import annotations

import tomllib

import pytest
from support import ROOT, need_bubblewrap

from grader.catalogue import load_assignment
from grader.sandbox.bubblewrap import Bubblewrap
from grader.verify.cases import Author
from grader.verify.proof import prove

ASSIGNMENT = load_assignment(ROOT / "exercises" / "ex5")
AUTHOR = Author(ROOT / "reference" / "ex5", ROOT / "student_template" / "ex5")


@pytest.fixture(scope="module")
def sandbox():
    """One warm sandbox for all exercises."""
    need_bubblewrap()
    box = Bubblewrap([ROOT])
    yield box
    box.close()


@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises, ids=lambda exercise: exercise.name)
def test_nothing_is_wrong_with_the_exercise(exercise, sandbox):
    """Solution, variants, stub and mistakes of an exercise do what they must, with two seeds and in two languages."""
    proof = prove(ASSIGNMENT, exercise, AUTHOR, sandbox, seeds=2, with_mutants=False, on_step=lambda step: None)
    assert proof.findings == ()
    assert len(proof.outcomes) > 5


def test_points_are_those_of_the_catalogue():
    """The nineteen exercises are in the book's order and their points sum to 100."""
    numbers = [exercise.id for exercise in ASSIGNMENT.exercises]
    assert numbers == sorted(numbers)
    assert len(numbers) == 19
    assert sum(exercise.points for exercise in ASSIGNMENT.exercises) == 100


def test_no_mistakes_text_gives_the_solution_away():
    """A diagnosis has all its parts in both languages, and none quotes a line of code from the solution."""
    for exercise in ASSIGNMENT.exercises:
        solution = (AUTHOR.reference / exercise.name / "solution.py").read_text(encoding="utf-8")
        lines = {line.strip() for line in solution.splitlines() if len(line.strip()) > 30 and "def " not in line}
        table = tomllib.loads((exercise.folder / "mistakes.toml").read_text(encoding="utf-8"))
        for name, entry in table.items():
            for language in ("en", "zh"):
                said = " ".join(entry[language][part] for part in ("happened", "matters", "try"))
                assert not [line for line in lines if line in said and not line.startswith(("#", '"'))], name
