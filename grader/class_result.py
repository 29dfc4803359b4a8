"""What marking a class gives: frozen data about every student, small enough to hold a thousand of them at once.

A student's whole `Result` stays in the gradebook; here are only the figures that pages and lists of a class need.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from grader.results import ExerciseResult, Result, Status, Text


class Outcome(StrEnum):
    """What became of one student's hand-in."""

    MARKED = "marked"
    NO_SUBMISSION = "no_submission"  # in the roster, and nothing was handed in
    REFUSED = "refused"  # what was handed in cannot be read as a submission
    CRASHED = "crashed"  # marking it ended the grader's worker, twice


@dataclass(frozen=True)
class CheckColumn:
    """One check of an exercise, the same for every student."""

    name: str
    title: Text
    max_score: float


@dataclass(frozen=True)
class ExerciseColumn:
    """One exercise of the assignment, the same for every student."""

    id: str
    name: str
    title: Text
    max_score: float
    checks: tuple[CheckColumn, ...]
    mistakes: tuple[tuple[str, Text], ...] = ()  # name of each known mistake, and what it says happened


@dataclass(frozen=True)
class ExerciseMarks:
    """How one student did in one exercise.

    Args:
        status: of the exercise as a whole.
        score: points earned.
        checks: the status of each check, in the order of the exercise's column.
        diagnoses: names of the known mistakes that fit.
        signs: attempts on the grader that can be told for sure.
    """

    status: Status
    score: float
    checks: tuple[Status, ...]
    diagnoses: tuple[str, ...] = ()
    signs: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One student of the class.

    Args:
        key: unique in the class and safe as the name of a folder; results are in ``DIR/students/KEY``.
        name: as the roster, else the hand-in, has it. Made by a stranger where there is no roster.
        outcome: what became of the hand-in.
        student: the roster's id, or the platform's.
        email: from the roster.
        login: name of the account at the university, from the roster.
        canvas_id: Canvas's number of the student, from the roster.
        matched: whether the roster has this student; true where there is no roster.
        late: whether the platform marked the hand-in as late.
        attempt: number of the hand-in, from 1, where the platform counts resubmissions.
        score: points earned; 0 where nothing was marked.
        complete: false where a check could not be decided: our fault, or something that this machine lacks.
        exercises: marks in the order of the columns; empty where nothing was marked.
        reason: why nothing was marked, in one line.
        notes: other remarks on the hand-in, such as files that were ignored.
        seconds: of wall-clock time that marking took.
    """

    key: str
    name: str
    outcome: Outcome
    student: str = ""
    email: str = ""
    login: str = ""
    canvas_id: str = ""
    matched: bool = True
    late: bool = False
    attempt: int = 1
    score: float = 0.0
    complete: bool = True
    exercises: tuple[ExerciseMarks, ...] = ()
    reason: Text = Text()
    notes: tuple[Text, ...] = ()
    seconds: float = 0.0

    @property
    def has_grader_error(self) -> bool:
        """Whether a check ended by a fault of the grader, so that the score is not the student's last word."""
        return any(marks.status is Status.GRADER_ERROR for marks in self.exercises)


@dataclass(frozen=True)
class ClassResult:
    """The outcome of a class.

    Args:
        assignment: name, such as ``ex5``.
        title: of the assignment.
        max_score: of the assignment.
        exercises: the columns.
        entries: every student, in the order of the gradebook.
        sandbox: ``"bubblewrap"``, or ``"none"``: then every result is untrusted.
        seed: of the marking.
        has_roster: whether there was a roster to match hand-ins with.
        same_code: groups of keys whose hand-ins are the same but for names and layout, by exercise id.
        versions: of the grader, torch and Python.
        created: when, in ISO 8601.
        seconds: wall-clock time of the marking.
    """

    assignment: str
    title: Text
    max_score: float
    exercises: tuple[ExerciseColumn, ...]
    entries: tuple[Entry, ...]
    sandbox: str
    seed: int
    has_roster: bool = False
    same_code: tuple[tuple[str, tuple[str, ...]], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    created: str = ""
    seconds: float = 0.0

    @property
    def trusted(self) -> bool:
        """Whether every hand-in was marked inside the sandbox."""
        return self.sandbox != "none"


def marks_of(result: Result) -> tuple[ExerciseMarks, ...]:
    """Return the figures of a result."""
    return tuple(_marks(exercise) for exercise in result.exercises)


def _marks(exercise: ExerciseResult) -> ExerciseMarks:
    return ExerciseMarks(
        status=exercise.status,
        score=exercise.score,
        checks=tuple(check.status for check in exercise.checks),
        diagnoses=tuple(diagnosis.name for diagnosis in exercise.diagnoses),
        signs=exercise.signs,
    )


def columns_of(results: Iterable[Result]) -> tuple[ExerciseColumn, ...]:
    """Return the columns as the first of some results has them; none without a result."""
    first = next(iter(results), None)
    return tuple(
        ExerciseColumn(
            id=exercise.id,
            name=exercise.name,
            title=exercise.title,
            max_score=exercise.max_score,
            checks=tuple(CheckColumn(check.name, check.title, check.max_score) for check in exercise.checks),
        )
        for exercise in (first.exercises if first else ())
    )
