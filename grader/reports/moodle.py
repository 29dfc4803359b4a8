"""The scores of a class, with feedback, as Moodle imports them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from grader.class_result import ClassResult, Entry, Outcome
from grader.reports.cells import Cell, csv_text, harmless, number
from grader.reports.export_words import OUTCOMES, joined, worded
from grader.reports.listing import IdColumn, LeftOut, Listing, list_with_all
from grader.reports.outline import points
from grader.reports.standing import mistake

# What begins a tag or a reference. Escaping each sign would put semicolons before other signs, as in "<=".
_HTML = re.compile(r"[<&](?=[\w/!?#])")
# How a grading worksheet names students, in the language of the site.
_PARTICIPANT = re.compile(r"[^\W\d]+ [0-9]+")


def moodle_csv(cls: ClassResult, language: str = "en") -> str:
    r"""Return the CSV file for Moodle, to be written as ``utf-8-sig`` with ``newline=""``; feedback in `language`.

    With a roster it has the columns ``ID number`` and ``Email address``, of which one is chosen in Grades, Import, CSV
    file. A column that has a gap is not there; if both have one, that with fewer gaps is. Without a roster, or where
    a grading worksheet of Moodle is the roster, it has ``Identifier``, the number of the participant as in the names
    of downloaded hand-ins: that is for Assignment, Upload grading worksheet, where Moodle keeps grades that were
    changed after the marking. All names of columns are those of an English Moodle.

    Who handed in nothing has 0 points, and the feedback says so; not as long as a hand-in that nobody in the roster
    fits may be theirs. Those, and who has no final score, is not in the roster or cannot be found, are not in the file:
    one line of a stranger, and Moodle refuses it as a whole. `moodle_left_out` names them.
    """
    found = _listing(cls)
    after = ["Grade", "Maximum Grade", "Last modified (grade)", "Feedback comments"]
    rows: list[list[Cell]] = [[*found.columns, "Full name", *after]]
    for line in found.lines:
        # Moodle shows feedback as a page.
        feedback = _HTML.sub(
            lambda found: html.escape(found.group()), joined(_feedback(cls, line.entry, language), language)
        )
        figures = [number(line.score), number(cls.max_score), harmless(cls.created)]
        rows.append([*line.ids, harmless(line.entry.name), *figures, harmless(feedback)])
    return csv_text(rows, plain=1)


def moodle_left_out(cls: ClassResult) -> tuple[LeftOut, ...]:
    """Return who is not in the file of `moodle_csv`, and why."""
    return _listing(cls).left_out


def _listing(cls: ClassResult) -> Listing:
    if not cls.has_roster:
        return list_with_all(cls, [IdColumn("Identifier", _participant)])
    ids = [entry.student for entry in cls.entries if entry.matched]
    of_worksheet = bool(ids) and all(_PARTICIPANT.fullmatch(student) for student in ids)
    columns = [
        IdColumn("Identifier" if of_worksheet else "ID number", lambda entry: entry.student),
        IdColumn("Email address", lambda entry: entry.email),
    ]
    return list_with_all(cls, columns)


def _participant(entry: Entry) -> str:
    """Return a student as a grading worksheet names one; nothing for an id that is not a number."""
    return f"Participant {entry.student}" if entry.student.isascii() and entry.student.isdigit() else ""


def _feedback(cls: ClassResult, entry: Entry, language: str) -> Iterator[str]:
    if entry.outcome is not Outcome.MARKED:
        yield OUTCOMES[entry.outcome].get(language)
    if entry.late:
        yield worded("late", language)
    for column, marks in zip(cls.exercises, entry.exercises, strict=False):
        if marks.score < column.max_score:
            told = (mistake(column, name, language) for name in marks.diagnoses)
            score = f"{points(marks.score, column.max_score)} / {points(column.max_score)}"
            yield worded("problem_of", language, exercise=column.id, check=" ".join([score, *told]))
