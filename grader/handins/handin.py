"""One student's hand-in, ready to be marked, or why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.results import Text


@dataclass(frozen=True)
class HandIn:
    """One student's hand-in.

    Args:
        key: unique in the class and safe as the name of a folder on every system, from the roster's id, else from the
            name that the platform gave.
        name: as the roster has it, else the platform.
        folder: the student's files, in a folder of their own; None where nothing can be marked.
        platform: ``canvas``, ``moodle``, ``gradescope``, ``github``, or ``folder`` for any other.
        student: the roster's id, else the platform's.
        email: from the roster, else from the platform.
        login: name of the account at the university, from the roster.
        canvas_id: Canvas's number of the student, from the roster. One in the name of a file only helps to find the
            student: such names can be made up.
        matched: whether the roster has this student; true without a roster.
        late: whether the platform marked the hand-in as late.
        attempt: number of the hand-in, from 1, where the platform counts.
        problem: why nothing can be marked, and what to do, in one line; empty otherwise.
        notes: other remarks, such as files that were left out.
    """

    key: str
    name: str
    folder: Path | None
    platform: str
    student: str = ""
    email: str = ""
    login: str = ""
    canvas_id: str = ""
    matched: bool = True
    late: bool = False
    attempt: int = 1
    problem: Text = Text()
    notes: tuple[Text, ...] = ()
