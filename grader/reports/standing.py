"""Where a student of a class stands: the score that may be counted, and why there is none."""

from __future__ import annotations

from grader.class_result import ClassResult, Entry, ExerciseColumn, ExerciseMarks, Outcome
from grader.reports.export_words import both, in_language
from grader.reports.outline import points
from grader.reports.words import STATUS
from grader.results import Status, Text
from grader.translation import say, series

# Nothing was marked, and whether that means no points is for a person to say: the grader may have been at fault.
_FOR_A_PERSON = frozenset({Outcome.REFUSED, Outcome.CRASHED})


def undecided(column: ExerciseColumn, marks: ExerciseMarks) -> Status | None:
    """Return what keeps an exercise's score open: ``GRADER_ERROR``, ``NOT_RUN`` or None.

    Checks without points keep nothing open, unless the grader failed on them.
    """
    if marks.status is Status.GRADER_ERROR or Status.GRADER_ERROR in marks.checks:
        return Status.GRADER_ERROR
    if not marks.checks:
        return Status.NOT_RUN if marks.status is Status.NOT_RUN and column.max_score > 0 else None
    if len(marks.checks) != len(column.checks):
        return Status.NOT_RUN if Status.NOT_RUN in marks.checks else None
    pairs = zip(marks.checks, column.checks, strict=True)
    return Status.NOT_RUN if any(s is Status.NOT_RUN and c.max_score > 0 for s, c in pairs) else None


def open_exercises(cls: ClassResult, entry: Entry) -> list[tuple[ExerciseColumn, Status]]:
    """Return the exercises of a student whose score is open, each with what keeps it so."""
    pairs = zip(cls.exercises, entry.exercises, strict=False)
    return [(column, status) for column, marks in pairs if (status := undecided(column, marks))]


def final_score(cls: ClassResult, entry: Entry) -> float | None:
    """Return the score that may be counted: 0 for who handed in nothing, None where it is not decided."""
    if entry.outcome is Outcome.NO_SUBMISSION:
        return 0.0
    if entry.outcome in _FOR_A_PERSON or not entry.complete or open_exercises(cls, entry):
        return None
    return entry.score


def why_open(cls: ClassResult, entry: Entry) -> tuple[Text, ...]:
    """Return why a student has no final score, in short remarks; nothing where there is one."""
    if final_score(cls, entry) is not None:
        return ()
    if entry.outcome is Outcome.CRASHED:
        return (both("crashed"),)
    if entry.outcome is Outcome.REFUSED:
        return () if entry.reason else (both("refused"),)
    found = open_exercises(cls, entry)
    so_far = both("so_far", score=Text(points(entry.score, cls.max_score)), best=Text(points(cls.max_score)))
    if not found:
        return both("some_open"), so_far
    named = series(_with_status(column.id, STATUS[status]) for column, status in found)
    return both("not_decided", exercises=named), so_far


def _with_status(number: str, status: Text) -> Text:
    return say("{exercise} ({status})", exercise=number, status=Text(status.en.lower(), status.zh))


def mistake(column: ExerciseColumn, name: str, language: str) -> str:
    """Return what is said to have happened where the known mistake called `name` fits; its name if nothing is."""
    return in_language(dict(column.mistakes).get(name, Text()), language) or name
