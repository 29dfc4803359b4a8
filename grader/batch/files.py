"""What a batch writes for each student, and how: a file is either the old one or the new one, never half of one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from grader.errors import UserError
from grader.reports.gradescope import gradescope_json
from grader.reports.scorecard import render_scorecard
from grader.results import Result, to_json

SCORECARD, RESULT, GRADESCOPE = "scorecard.html", "result.json", "gradescope.json"


def write(path: Path, pieces: Iterable[str], encoding: str = "utf-8") -> None:
    """Write a text file in one step, as others see it.

    Raises:
        UserError: if that fails.
    """
    waiting = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with waiting.open("w", encoding=encoding, errors="replace", newline="") as file:
            file.writelines(pieces)
        os.replace(waiting, path)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}. Free some space, or see whose it is.") from error


def write_student(folder: Path, result: Result, language: str) -> None:
    """Write one student's scorecard and results into a folder of the student's own.

    Raises:
        UserError: if a file cannot be written.
    """
    write(folder / SCORECARD, [render_scorecard(result, language, {})])
    write(folder / GRADESCOPE, [gradescope_json(result, language)])
    # Last: by this file a later run sees that the others are written.
    write(folder / RESULT, [to_json(result, language)])


def is_written(folder: Path, result: Result, language: str) -> bool:
    """Whether a student's files are those of a result."""
    try:
        return (
            (folder / SCORECARD).is_file()
            and (folder / GRADESCOPE).is_file()
            and (folder / RESULT).read_text(encoding="utf-8") == to_json(result, language)
        )
    except (OSError, ValueError):
        return False
