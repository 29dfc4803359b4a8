"""The scores of a class as Canvas imports them."""

from __future__ import annotations

from grader.class_result import ClassResult, Entry
from grader.reports.cells import Cell, csv_text, harmless, number
from grader.reports.export_words import in_language
from grader.reports.listing import IdColumn, LeftOut, Listing, list_with_any

_CANVAS, _UNIVERSITY, _LOGIN = "ID", "SIS User ID", "SIS Login ID"


def canvas_csv(cls: ClassResult, language: str = "en", assignment: str = "", id_column: str = "") -> str:
    r"""Return the CSV file for Grades, Import, to be written as ``utf-8-sig`` with ``newline=""``.

    Canvas looks a student up by its own number, else by the university's id, else by the login, for which the e-mail
    address stands where the roster has none. A name is not enough: it may be that of two people, or chosen by a third.
    Who handed in nothing has 0 points; not as long as a hand-in that nobody in the roster fits may be theirs. Those,
    and who has no final score, is not in the roster or cannot be found, are not in the file, so that Canvas keeps the
    grade it has; `canvas_left_out` names them.

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
        ["Student", _CANVAS, _UNIVERSITY, _LOGIN, "Section", harmless(title)],
        ["    Points Possible", "", "", "", "", number(cls.max_score)],
    ]
    for line in found.lines:
        ids = dict(zip(found.columns, line.ids, strict=True))
        named = [ids.get(column, "") for column in (_CANVAS, _UNIVERSITY, _LOGIN)]
        rows.append([_name(line.entry), *named, "", number(line.score)])
    return csv_text(rows, plain=1)


def canvas_left_out(cls: ClassResult, id_column: str = "") -> tuple[LeftOut, ...]:
    """Return who is not in the file of `canvas_csv`, and why."""
    return _listing(cls, id_column).left_out


def _listing(cls: ClassResult, id_column: str) -> Listing:
    login = IdColumn(_LOGIN, lambda entry: entry.login or entry.email)
    if (id_column or (_UNIVERSITY if cls.has_roster else _CANVAS)) == _CANVAS:
        return list_with_any(cls, [IdColumn(_CANVAS, lambda entry: entry.canvas_id or entry.student), login])
    return list_with_any(cls, [IdColumn(_CANVAS, lambda entry: entry.canvas_id), IdColumn(_UNIVERSITY, _sis), login])


def _sis(entry: Entry) -> str:
    """Return the id of the university; a list of Canvas's own has Canvas's number in its place."""
    return entry.student if entry.student != entry.canvas_id else ""


def _name(entry: Entry) -> str:
    # Canvas takes a line whose name holds these words for the points of the assignment.
    return harmless(entry.name).replace("Points Possible", "Points possible")
