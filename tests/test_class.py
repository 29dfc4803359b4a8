"""A class of real hand-ins, marked by the real sandbox and judge."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples.hand_ins import CLASS, HandIn, asked, load_class, load_exercises
from support import ROOT, need_bubblewrap

from grader.catalogue import Exercise
from grader.judge.marking import mark
from grader.results import ExerciseResult, Result, Status, to_json
from grader.sandbox.bubblewrap import Bubblewrap

HAND_INS = {hand_in.name: hand_in for hand_in in load_class()}
KEYS = {"status", "score", "fails", "diagnosis", "says", "line", "printed", "source"}


def with_less_patience(exercise: Exercise) -> Exercise:
    """Return the exercise in which a hand-in never ends with shorter time-outs: waiting proves nothing."""
    if all(hand_in.expected[exercise.id]["status"] != "timeout" for hand_in in HAND_INS.values()):
        return exercise
    return replace(exercise, limits=replace(exercise.limits, probe_seconds=3, exercise_seconds=9))


@pytest.fixture(scope="module")
def marked() -> dict[str, list[Result]]:
    """Every hand-in marked twice in one session: the class in its order, then all again from last to first."""
    need_bubblewrap()
    assignment, exercises = load_exercises()
    exercises = [with_less_patience(exercise) for exercise in exercises]
    there = [hand_in.submission(assignment, exercises) for hand_in in HAND_INS.values()]
    found: dict[str, list[Result]] = {name: [] for name in HAND_INS}
    box = Bubblewrap([CLASS], True)
    try:
        mark(
            assignment,
            exercises,
            box,
            [*there, *reversed(there)],
            lambda result: found[result.submission].append(result),
            seed=7,
        )
    finally:
        box.close()
    return found


def open_checks(exercise: ExerciseResult) -> dict[str, Status]:
    """Return how the checks ended that did not pass, though they ran."""
    return {c.name: c.status for c in exercise.checks if c.status not in (Status.PASSED, Status.NOT_RUN)}


def untimed(result: Result) -> str:
    """Return result.json without what depends on the clock."""
    exercises = tuple(
        replace(exercise, seconds=0.0, checks=tuple(replace(check, seconds=0.0) for check in exercise.checks))
        for exercise in result.exercises
    )
    return to_json(replace(result, exercises=exercises, seconds=0.0, created=""))


def assert_as_expected(exercise: ExerciseResult, expected: dict[str, object]) -> None:
    """Compare one exercise with what the hand-in's expected.toml says of it."""
    found = open_checks(exercise)
    # One value, so that a failure shows the checks and their statuses beside the unexpected one.
    assert (exercise.status, found) == (Status(str(expected["status"])), found)
    if "score" in expected:
        assert exercise.score == expected["score"]
    if "fails" in expected:
        assert sorted(found) == sorted(expected["fails"])  # type: ignore[call-overload]
    if "diagnosis" in expected:
        assert expected["diagnosis"] in [diagnosis.name for diagnosis in exercise.diagnoses], found
    worst = [check for check in exercise.checks if check.status is exercise.status]
    if "says" in expected:
        assert all(str(expected["says"]) in check.message.en for check in worst[:1]), worst[0].message
    if "line" in expected:
        assert worst[0].location is not None
        assert worst[0].location.line == expected["line"]
    if "source" in expected:
        shown = [line.text for check in worst if check.location for line in check.location.source]
        assert any(str(expected["source"]) in line for line in shown), shown
    if "printed" in expected:
        assert str(expected["printed"]) in exercise.output


@pytest.mark.parametrize("hand_in", HAND_INS.values(), ids=HAND_INS)
def test_a_hand_in_is_marked_as_expected(hand_in: HandIn, marked: dict[str, list[Result]]) -> None:
    """Statuses, scores, failed checks and diagnoses are those of the hand-in's expected.toml."""
    result, _ = marked[hand_in.name]
    assert [exercise.id for exercise in result.exercises] == asked()[1], "an exercise is not in assignment.toml"
    assert sorted(hand_in.expected) == sorted(asked()[1])
    for exercise in result.exercises:
        assert_as_expected(exercise, hand_in.expected[exercise.id])
    assert result.score == pytest.approx(sum(exercise.score for exercise in result.exercises), abs=1e-3)
    assert not result.has_grader_error


@pytest.mark.parametrize("name", HAND_INS)
def test_neighbours_and_order_change_nothing(name: str, marked: dict[str, list[Result]]) -> None:
    """Marked again, between other neighbours and with the same seed, a hand-in gets the same bytes of result."""
    first, second = (untimed(result) for result in marked[name])
    assert first == second


def test_only_the_end_of_what_was_printed_is_kept(marked: dict[str, list[Result]]) -> None:
    """Of a hand-in that prints without end, every result holds the last 64 KiB, in whole characters."""
    outputs = [exercise.output for exercise in marked["wang_lei"][0].exercises]
    assert max(len(output.encode()) for output in outputs) <= 64 * 2**10
    assert max(len(output.encode()) for output in outputs) > 48 * 2**10, "nobody prints more than is kept"
    assert "最后的损失" not in "".join(outputs), "printed at import, before all that the checks made it print"


def test_all_right_is_full_marks(marked: dict[str, list[Result]]) -> None:
    """Hand-ins in which everything is expected to pass get all points, and no note of anything else."""
    right = [h for h in HAND_INS.values() if all(e["status"] == "passed" for e in h.expected.values())]
    assert len(right) >= 2, "two styles of right answers belong to the class"
    for hand_in in right:
        result = marked[hand_in.name][0]
        assert result.passed
        assert result.score == result.max_score


def test_the_untouched_hand_in_is_the_stub(marked: dict[str, list[Result]]) -> None:
    """The hand-in of somebody who has not begun equals the stubs, byte for byte."""
    untouched = HAND_INS["lena"]
    for exercise in marked["lena"][0].exercises:
        stub, copy = ROOT / "student_template" / exercise.file, untouched.folder / exercise.file
        assert copy.read_bytes() == stub.read_bytes(), f"after a change to the stub: cp {stub} {copy}"


def test_the_class_holds_what_it_is_there_for() -> None:
    """Expectations are well formed, and together the hand-ins show every status that a student can cause."""
    seen = {entry["status"] for hand_in in HAND_INS.values() for entry in hand_in.expected.values()}
    assert seen >= {"passed", "failed", "error", "timeout", "crashed", "missing", "not_attempted"}
    assert all(set(entry) <= KEYS for hand_in in HAND_INS.values() for entry in hand_in.expected.values())
    assert all(hand_in.why for hand_in in HAND_INS.values())
    sources = [path.read_bytes() for hand_in in HAND_INS.values() for path in hand_in.folder.glob("ex5/*.py")]
    assert any(b"coding: gbk" in source for source in sources)
    assert any(b"\r\n\t" in source for source in sources)
    assert any(source.startswith(b"\xef\xbb\xbf") for source in sources)
