"""One worker of a batch: a process with a judge and a warm sandbox of its own, which marks one hand-in after another.

Worker and pool exchange these over a pipe; neither end is ever in reach of student code::

    pool -> worker   Job, or None for the end
    worker -> pool   Ready once, At as an exercise begins to end, Done for each job, Lost when the sandbox is gone
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from grader.batch.files import write_student
from grader.catalogue import Assignment, Exercise
from grader.results import ExerciseResult, Result, Status, Text
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.plain import Plain
from grader.submission import Source, Submission


@dataclass(frozen=True)
class Setting:
    """What all workers of a batch have in common.

    Args:
        assignment: what was to be handed in.
        exercises: those of it to mark, with their hidden checks.
        seed: of the marking.
        sandbox: whether to isolate.
        private: folders that student code must not see.
        students: folder in which each student's results are written.
        language: of the pages.
        notes: for every result.
    """

    assignment: Assignment
    exercises: tuple[Exercise, ...]
    seed: int
    sandbox: bool
    private: tuple[Path, ...]
    students: Path
    language: str = "en"
    notes: tuple[Text, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the sandbox, as results have it."""
        return Bubblewrap.kind if self.sandbox else Plain.kind


@dataclass(frozen=True)
class Job:
    """One hand-in to mark.

    Args:
        key: the student's.
        submission: what was handed in.
        known: results of exercises that need not be marked, because the same file was marked before.
    """

    key: str
    submission: Submission
    known: dict[str, ExerciseResult] = field(default_factory=dict)


@dataclass(frozen=True)
class Ready:
    """The worker can begin."""


@dataclass(frozen=True)
class At:
    """The worker is at an exercise of its job."""

    exercise: str


@dataclass(frozen=True)
class Done:
    """The job's result; its files are written."""

    result: Result


@dataclass(frozen=True)
class Lost:
    """The worker cannot go on; the pool starts another one."""

    why: str


class _SandboxGone(Exception):
    """The warm process ended under a job."""


class _Known:
    """What is known of the job at hand, as the judge asks for it."""

    def __init__(self) -> None:
        self.job: Job | None = None

    def known(self, _submission: Submission) -> dict[str, ExerciseResult]:
        """Return what came with the job."""
        return {} if self.job is None else self.job.known

    def keep(self, source: Source, result: ExerciseResult) -> None:
        """Do nothing: whoever gave the job remembers."""


def work(setting: Setting, pipe: Connection) -> None:
    """Mark what comes through the pipe until its end."""
    # Ctrl-C reaches every process of the terminal; the pool decides what happens then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What was imported before this process was forked stays: the garbage collector need not touch it.
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    try:
        _mark_all(setting, pipe)
    except (BrokenPipeError, ConnectionResetError, EOFError):
        # The pool is gone, and nobody waits for what this worker does.
        return
    except Exception as error:
        pipe.send(Lost(f"{type(error).__name__}: {error}"))


def _mark_all(setting: Setting, pipe: Connection) -> None:
    from grader.judge.marking import mark

    box: Bubblewrap | Plain = Bubblewrap(setting.private, seldom=True) if setting.sandbox else Plain()
    memory = _Known()
    at = ""

    def jobs() -> Iterator[Submission]:
        nonlocal at
        if isinstance(box, Bubblewrap):
            box.wait_until_ready()
        pipe.send(Ready())
        while (job := pipe.recv()) is not None:
            memory.job, at = job, ""
            yield job.submission

    def on_check(exercise: Exercise, _status: Status) -> None:
        nonlocal at
        if exercise.id != at:
            at = exercise.id
            pipe.send(At(at))

    def on_result(result: Result) -> None:
        if result.has_grader_error and not box.is_alive():
            raise _SandboxGone("the sandbox ended under this hand-in")
        if memory.job is not None:
            write_student(setting.students / memory.job.key, result, setting.language)
        pipe.send(Done(result))

    try:
        mark(
            setting.assignment,
            list(setting.exercises),
            box,
            jobs(),
            on_result,
            on_check,
            setting.seed,
            setting.notes,
            memory,
        )
    finally:
        box.close()
