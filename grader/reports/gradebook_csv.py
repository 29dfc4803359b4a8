"""The gradebook as a table for a spreadsheet: one line a student, one column an exercise."""

from __future__ import annotations

from collections.abc import Iterator

from grader.class_result import ClassResult, Entry, Outcome
from grader.reports.cells import Cell, csv_text, harmless, number
from grader.reports.export_words import COLUMNS, NO, OUTCOMES, YES, in_language, joined, worded
from grader.reports.outline import points
from grader.reports.standing import final_score, mistake, undecided, why_open

_BEFORE = ["id", "name", "email", "outcome", "score", "max_score", "percent", "complete", "late", "attempt", "matched"]
_AFTER = ["diagnoses", "remarks", "folder"]


def gradebook_csv(cls: ClassResult, language: str = "en") -> str:
    r"""Return the gradebook as CSV, to be written as ``utf-8-sig`` with ``newline=""``.

    Columns: id, name, email, outcome, score, max score, percent, complete, late, attempt, in roster (empty without a
    roster), the points of every exercise, diagnoses, remarks, and the folder of the results. A score that is not
    decided is an empty cell, and the remarks say why: a fault of the grader never looks like a zero. The same holds
    for a hand-in that could not be read. Who handed in nothing has 0 points. Names and all other texts are harmless
    in a spreadsheet; see `grader.reports.cells`. Ids are left as the roster has them.
    """
    return csv_text([_header(cls, language), *(list(_row(cls, entry, language)) for entry in cls.entries)])


def _header(cls: ClassResult, language: str) -> list[str]:
    exercises = [harmless(f"{column.id} {in_language(column.title, language)}") for column in cls.exercises]
    before, after = ([COLUMNS[key].get(language) for key in keys] for keys in (_BEFORE, _AFTER))
    return [*before, *exercises, *after]


def _row(cls: ClassResult, entry: Entry, language: str) -> Iterator[Cell]:
    score = final_score(cls, entry)
    handed_in = entry.outcome is not Outcome.NO_SUBMISSION
    yield harmless(entry.student)
    yield harmless(entry.name)
    yield harmless(entry.email)
    yield OUTCOMES[entry.outcome].get(language)
    yield "" if score is None else number(score)
    yield number(cls.max_score)
    yield "" if score is None or not cls.max_score else number(float(points(100 * score / cls.max_score, 100)))
    yield _yes(score is not None, language)
    yield _yes(entry.late, language)
    yield entry.attempt if handed_in else ""
    yield _yes(entry.matched, language) if cls.has_roster else ""
    yield from _exercises(cls, entry)
    yield harmless(joined(_diagnoses(cls, entry, language), language))
    yield harmless(joined(_remarks(cls, entry, language), language))
    yield harmless(entry.key)


def _exercises(cls: ClassResult, entry: Entry) -> Iterator[Cell]:
    for place, column in enumerate(cls.exercises):
        marks = entry.exercises[place] if place < len(entry.exercises) else None
        yield "" if marks is None or undecided(column, marks) else number(marks.score)


def _diagnoses(cls: ClassResult, entry: Entry, language: str) -> Iterator[str]:
    for column, marks in zip(cls.exercises, entry.exercises, strict=False):
        for name in marks.diagnoses:
            yield worded("problem_of", language, exercise=column.id, check=mistake(column, name, language))


def _remarks(cls: ClassResult, entry: Entry, language: str) -> Iterator[str]:
    for remark in (*why_open(cls, entry), entry.reason, *entry.notes):
        if remark:
            yield in_language(remark, language)
    for column, marks in zip(cls.exercises, entry.exercises, strict=False):
        for sign in marks.signs:
            yield f"{column.id}: {in_language(sign, language)}"
    if entry.outcome is Outcome.MARKED and not cls.trusted:
        yield worded("untrusted", language)


def _yes(value: bool, language: str) -> str:
    return (YES if value else NO).get(language)
