"""`grade batch`: a class's hand-ins in, a gradebook out."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from grader.batch.gradebook import Gradebook
from grader.batch.run import Run, Work
from grader.batch.similarity import SameCode
from grader.batch.worker import Setting
from grader.catalogue import Assignment, Exercise, exercises_root, find, with_hidden
from grader.class_result import ClassResult, Entry, ExerciseColumn, Outcome, columns_of
from grader.commands.batch_progress import batch_progress
from grader.errors import UserError
from grader.handins.handin import HandIn
from grader.handins.intake import read_handins
from grader.handins.roster import Roster, read_roster
from grader.reports.canvas import canvas_csv
from grader.reports.class_page import render_class
from grader.reports.class_summary import class_summary
from grader.reports.gradebook_csv import gradebook_csv
from grader.reports.junit import junit_xml
from grader.reports.moodle import moodle_csv
from grader.sandbox.bubblewrap import why_unavailable
from grader.translation import say
from grader.writing import write_text

# A spreadsheet takes a CSV file for UTF-8 only if it begins so.
WITH_BOM = "utf-8-sig"
EXIT_STOPPED = 130
_GRADEBOOK = "gradebook.sqlite"
UNTRUSTED = say(
    "Marked without isolation: these results are untrusted. Code that was handed in could have changed them."
)

STOPPED = say("Stopped. Every hand-in that was finished is in the gradebook; the same command goes on from there.")


def run_batch(
    path: Path,
    out: Path,
    assignment: str,
    jobs: int | None,
    roster: Path | None,
    seed: int,
    fresh: bool,
    sandbox: bool,
    hidden: Path | None,
    lang: str,
) -> int:
    """Mark a class and return the exit status.

    Raises:
        UserError: for what is given and cannot be used, or where there is no sandbox.
        BrokenError: if the exercises are broken or workers cannot be started.
    """
    started = time.monotonic()
    if sandbox:
        _need_sandbox()
    course, exercises = find(assignment, exercises_root())
    known = [exercise.name for exercise in course.exercises]
    hidden = hidden or course.folder.parent.parent / "reference" / course.name
    exercises = with_hidden(exercises, hidden)
    made = _check_out(path, out)
    setting = Setting(
        assignment=course,
        exercises=tuple(exercises),
        seed=seed,
        sandbox=sandbox,
        private=_private(path, out, roster, hidden),
        students=out / "students",
        language=lang,
        notes=() if sandbox else (UNTRUSTED,),
    )
    same_code = SameCode(_stubs(course))
    with ExitStack() as undo, closing(Gradebook(out / _GRADEBOOK)) as gradebook:
        # Only now: what could not be opened may be another run's.
        for place in reversed(made):
            undo.callback(_remove, place)
        try:
            with _workspace(out) as workspace:
                listed = read_roster(roster) if roster is not None else None
                asked = [exercise.name for exercise in exercises]
                ignore = [roster] if roster is not None else []
                handins = read_handins(path, course.name, known, workspace, listed, asked, ignore, target=assignment)
                # From here on there is something to keep.
                undo.pop_all()
                works = [_work(handin) for handin in handins] + _missing(listed, handins)
                with batch_progress(lang) as (show, console):
                    Run(setting, gradebook, jobs or os.cpu_count() or 1, fresh, same_code, show).mark(works)
        except KeyboardInterrupt:
            print(STOPPED.get(lang), flush=True)
            return EXIT_STOPPED
        cls = _class_result(setting, gradebook, same_code, listed is not None, time.monotonic() - started)
        _write_class(out, cls, gradebook, lang)
    console.print(class_summary(cls, str(out), lang), markup=False, soft_wrap=True)
    failed = any(entry.has_grader_error or entry.outcome is Outcome.CRASHED for entry in cls.entries)
    return 3 if failed else 0


def _need_sandbox() -> None:
    reason = why_unavailable()
    if reason is not None:
        raise UserError(
            say(
                "batch runs strangers' code and needs the sandbox, but {reason}. Use Linux (WSL 2 will "
                "do) with bubblewrap, or say --no-sandbox: then code that was handed in can read your "
                "files and forge its score.",
                reason=reason,
            )
        )


@contextmanager
def _workspace(out: Path) -> Iterator[Path]:
    """A folder in which archives are opened and notebooks taken apart, for the time of a run."""
    folder = out / ".handins"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove(path: Path) -> None:
    """Remove a file, or a folder if nothing is in it."""
    with suppress(OSError):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


def _check_out(path: Path, out: Path) -> tuple[Path, ...]:
    """Make the folder for the results; return the gradebook and the folders that were not there, innermost first."""
    inside, outer = out.resolve(), path.resolve()
    if path.is_dir() and (inside == outer or inside.is_relative_to(outer)):
        raise UserError(
            say("--out {out} lies within the hand-ins of {path}; give a folder outside of them.", out=out, path=path)
        )
    try:
        new = tuple(place for place in (out / _GRADEBOOK, out, *out.parents) if not place.exists())
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            say(
                "{out} cannot be used for the results: {strerror}. Give another one with --out.",
                out=out,
                strerror=error.strerror,
            )
        ) from error
    return new


def _private(path: Path, out: Path, roster: Path | None, hidden: Path) -> tuple[Path, ...]:
    """Return the folders that hold others' work or results, or checks that nobody may see."""
    folders = [path if path.is_dir() else path.parent, out, Path.cwd(), hidden]
    folders += [] if roster is None else [roster.parent]
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


def _work(handin: HandIn) -> Work:
    entry = Entry(
        key=handin.key,
        name=handin.name,
        outcome=Outcome.REFUSED,
        student=handin.student,
        email=handin.email,
        login=handin.login,
        canvas_id=handin.canvas_id,
        matched=handin.matched,
        late=handin.late,
        attempt=handin.attempt,
        reason=handin.problem,
        notes=handin.notes,
    )
    return Work(entry, handin.folder)


def _missing(roster: Roster | None, handins: Sequence[HandIn]) -> list[Work]:
    if roster is None:
        return []
    return [
        Work(replace(_work(handin).entry, outcome=Outcome.NO_SUBMISSION), None) for handin in roster.missing(handins)
    ]


def _stubs(course: Assignment) -> dict[str, bytes]:
    """Return what students were given, by the exercise's name."""
    files = {exercise.name: course.stubs / f"{exercise.name}.py" for exercise in course.exercises}
    return {name: file.read_bytes() for name, file in files.items() if file.is_file()}


def _class_result(
    setting: Setting, gradebook: Gradebook, same_code: SameCode, has_roster: bool, seconds: float
) -> ClassResult:
    """Return what the gradebook holds after a run, as the pages and tables need it."""
    ids = {exercise.name: exercise.id for exercise in setting.exercises}
    return ClassResult(
        assignment=setting.assignment.name,
        title=setting.assignment.title,
        max_score=sum(exercise.points for exercise in setting.exercises),
        exercises=_columns(gradebook, setting.exercises),
        entries=tuple(gradebook.entries()),
        sandbox=setting.kind,
        seed=setting.seed,
        has_roster=has_roster,
        same_code=tuple((ids[name], keys) for name, keys in same_code.groups()),
        versions=gradebook.versions(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(seconds, 1),
    )


def _columns(gradebook: Gradebook, exercises: Sequence[Exercise]) -> tuple[ExerciseColumn, ...]:
    by_name = {exercise.name: exercise for exercise in exercises}
    return tuple(
        replace(
            column, mistakes=tuple((m.diagnosis.name, m.diagnosis.happened) for m in by_name[column.name].mistakes())
        )
        for column in columns_of(gradebook.results())
    )


def _write_class(out: Path, cls: ClassResult, gradebook: Gradebook, language: str) -> None:
    write_text(out / "gradebook.csv", [gradebook_csv(cls, language)], WITH_BOM)
    write_text(out / "canvas.csv", [canvas_csv(cls, language)], WITH_BOM)
    write_text(out / "moodle.csv", [moodle_csv(cls, language)], WITH_BOM)
    write_text(out / "junit.xml", junit_xml(gradebook.results(), language))
    write_text(out / "class.html", [render_class(cls, language)])
