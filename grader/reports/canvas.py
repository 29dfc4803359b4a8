"""The scores of a class as Canvas imports them."""

from __future__ import annotations

from grader.class_result import ClassResult, Entry
from grader.reports.cells import Cell, csv_text, harmless, number
from grader.reports.export_words import in_language
from grader.reports.listing import IdColumn, LeftOut, Listing, list_with_any

_LOGIN = "SIS Login ID"


def canvas_csv(cls: ClassResult, language: str = "en", assignment: str = "", id_column: str = "") -> str:
    r"""Return the CSV file for Grades, Import, to be written as ``utf-8-sig`` with ``newline=""``.

    A student is found by id, or else by e-mail address where that is the login. A name is not enough: it may be that
    of two people, or chosen by a third. Who handed in nothing has 0 points. Who has no final score, is not in the
    roster or cannot be found is not in the file, so that Canvas keeps the grade it has; `canvas_left_out` names them.

    Args:
        cls: the class.
        language: of the assignment's title.
        assignment: the name of the column. Canvas adds an assignment of that name if there is none; that of an
            existing one is best copied from an export, with its number: ``Exercise 5 (1234)``.
        id_column: where the students' ids belong: ``"SIS User ID"`` for those of the university, as in a roster, or
            ``"ID"`` for those of Canvas, as in the names of downloaded hand-ins. Without it, the former where there
            is a roster and the latter otherwise.
    """
    found = _listing(cls, id_column)
    title = assignment or in_language(cls.title, language) or cls.assignment
    rows: list[list[Cell]] = [
        ["Student", "ID", "SIS User ID", _LOGIN, "Section", harmless(title)],
        ["    Points Possible", "", "", "", "", number(cls.max_score)],
    ]
    for line in found.lines:
        ids = dict(zip(found.columns, line.ids, strict=True))
        named = [ids.get(column, "") for column in ("ID", "SIS User ID", _LOGIN)]
        rows.append([_name(line.entry), *named, "", number(line.score)])
    return csv_text(rows, plain=1)


def canvas_left_out(cls: ClassResult, id_column: str = "") -> tuple[LeftOut, ...]:
    """Return who is not in the file of `canvas_csv`, and why."""
    return _listing(cls, id_column).left_out


def _listing(cls: ClassResult, id_column: str) -> Listing:
    ids = IdColumn(id_column or ("SIS User ID" if cls.has_roster else "ID"), lambda entry: entry.student)
    return list_with_any(cls, [ids, IdColumn(_LOGIN, lambda entry: entry.email)])


def _name(entry: Entry) -> str:
    # Canvas takes a line whose name holds these words for the points of the assignment.
    return harmless(entry.name).replace("Points Possible", "Points possible")
