"""`grade ex5`: mark one submission, print the outcome, write the scorecard."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from urllib.parse import quote

from grader.catalogue import Exercise, exercises_root, find
from grader.commands.progress import progress
from grader.commands.sandboxes import open_sandbox
from grader.errors import UserError
from grader.results import Result
from grader.submission import find_submission


def run_mark(
    target: str,
    submission: Path,
    html: Path | None,
    json_path: Path | None,
    seed: int,
    sandbox: bool,
    lang: str,
    verbose: bool,
) -> int:
    """Mark one submission and return the exit status.

    Raises:
        UserError: for a target or a submission that does not exist, or a file that cannot be written.
    """
    assignment, exercises = find(target, exercises_root())
    if submission.suffix == ".py":
        named = [exercise for exercise in exercises if exercise.name == submission.stem]
        exercises = named or exercises
    names = [exercise.name for exercise in exercises]
    work = find_submission(submission, assignment.name, names, [exercise.name for exercise in assignment.exercises])
    for path in filter(None, (html, json_path)):
        check_writable(path)
    private = [submission if submission.is_dir() else submission.parent, Path.cwd()]
    box, notes = open_sandbox(sandbox, private, len(exercises) > 1, exercises[0].limits)
    try:
        with progress(len(exercises), lang) as (update, console):
            # What is imported stays: the garbage collector need not look through it, now or later.
            gc.disable()
            from grader.judge.marking import mark

            gc.freeze()
            gc.enable()
            results: list[Result] = []
            mark(assignment, exercises, box, [work], results.append, update, seed, notes)
        result = results[0]
    finally:
        box.close()
    if html is not None:
        from grader.reports.scorecard import render_scorecard

        write(html, render_scorecard(result, lang, statement_links(exercises, lang, html)))
    if json_path is not None:
        from grader.results import to_json

        write(json_path, to_json(result, lang))
    from grader.reports.terminal import print_result

    print_result(result, console, lang, verbose)
    if result.has_grader_error:
        return 3
    return 0 if result.passed else 1


def statement_links(exercises: list[Exercise], language: str, page: Path) -> dict[str, str]:
    """Return the address of each exercise's statement as seen from a page, by exercise id."""
    links = {}
    for exercise in exercises:
        try:
            path = os.path.relpath(exercise.folder / f"statement.{language}.md", page.resolve().parent)
        except ValueError:
            # On Windows there is no way from one drive to another.
            continue
        links[exercise.id] = quote(Path(path).as_posix())
    return links


def check_writable(path: Path) -> None:
    """Find out before the work, not after it, that a result could not be written.

    Raises:
        UserError: if it could not.
    """
    if path.is_dir():
        raise UserError(f"{path} is a folder; give the name of a file to write.")
    if not path.resolve().parent.is_dir():
        raise UserError(f"The folder {path.resolve().parent} does not exist; make it first, or write elsewhere.")


def write(path: Path, text: str) -> None:
    """Write a result file.

    Raises:
        UserError: if that fails.
    """
    try:
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from error
