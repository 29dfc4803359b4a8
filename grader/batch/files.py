"""What a batch writes for each student."""

from __future__ import annotations

from pathlib import Path

from grader.reports.gradescope import gradescope_json
from grader.reports.scorecard import render_scorecard
from grader.results import Result, to_json
from grader.writing import write_text

SCORECARD, RESULT, GRADESCOPE = "scorecard.html", "result.json", "gradescope.json"


def write_student(folder: Path, result: Result, language: str) -> None:
    """Write one student's scorecard and results into a folder of the student's own.

    Raises:
        UserError: if a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / SCORECARD, [render_scorecard(result, language, {})])
    write_text(folder / GRADESCOPE, [gradescope_json(result, language)])
    # Last: by this file a later run sees that the others are written.
    write_text(folder / RESULT, [to_json(result, language)])


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
