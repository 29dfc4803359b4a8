"""Classes to list: entries of every outcome, and names that attack."""

from __future__ import annotations

from dataclasses import replace

from grader.class_result import (
    CheckColumn,
    ClassResult,
    Entry,
    ExerciseColumn,
    ExerciseMarks,
    Outcome,
)
from grader.results import Status, Text

HOSTILE_NAMES = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "   =1+1",
    "\u00a0\u3000=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "\u3000\uff1d1",
    "\ufe661",
    "\u22121",
    '"=1+1"',
    "Li;=1+1",
    'Li; "=1+1',
    "Li;\t\uff1d1",
    "\x1b[31m=1+1",
    "\x00=1",
    "\u202eevil\u2066",
    "\ufeff=1",
    "\ud800",
    "<script>alert(1)</script>",
    'two\r\nlines, "quotes"',
    "    Points Possible",
]

BLOCKS = ExerciseColumn(
    "5.1.2",
    "ex5_1_2",
    Text("A parallel block", "并行块"),
    6.0,
    (CheckColumn("test_a", Text("First"), 4.0), CheckColumn("test_b", Text("Second"), 2.0)),
    (("swapped", Text("The halves are swapped.", "前后两半颠倒了。")),),
)
DEVICES = ExerciseColumn(
    "5.6.2",
    "ex5_6_2",
    Text("Parameters, on a GPU", "GPU 上的参数"),
    4.0,
    (CheckColumn("test_c", Text("Third"), 4.0), CheckColumn("test_gpu", Text("On a real GPU"), 0.0)),
)


def marks(*statuses: Status, score: float = 0.0, diagnoses: tuple[str, ...] = ()) -> ExerciseMarks:
    """Return the marks of an exercise whose checks ended in `statuses`, the first of them being the worst."""
    return ExerciseMarks(statuses[0], score, statuses, diagnoses)


FULL = (
    marks(Status.PASSED, Status.PASSED, score=6.0),
    # A check without points that was not run leaves nothing open.
    ExerciseMarks(Status.PASSED, 4.0, (Status.PASSED, Status.NOT_RUN)),
)
HALF = (
    marks(Status.FAILED, Status.PASSED, score=2.0, diagnoses=("swapped",)),
    marks(Status.CRASHED, Status.NOT_RUN, score=0.0),
)
BROKEN = (
    marks(Status.GRADER_ERROR, Status.PASSED, score=2.0),
    marks(Status.PASSED, Status.PASSED, score=4.0),
)


def entry(key: str, exercises: tuple[ExerciseMarks, ...] = FULL, **more: object) -> Entry:
    """Return a student who was marked, with an id and an address made of the key."""
    broken = any(Status.GRADER_ERROR in found.checks for found in exercises)
    found = Entry(
        key,
        key.title(),
        Outcome.MARKED,
        student=f"s-{key}",
        email=f"{key}@uni.example",
        score=sum(found.score for found in exercises),
        complete=not broken,
        exercises=exercises,
    )
    return replace(found, **more)  # type: ignore[arg-type]


def unmarked(key: str, outcome: Outcome, **more: object) -> Entry:
    """Return a student of whom nothing was marked."""
    return entry(key, (), outcome=outcome, complete=outcome is not Outcome.CRASHED, **more)


def a_class(*entries: Entry, **more: object) -> ClassResult:
    """Return a class with a roster and two exercises of together 10 points."""
    found = ClassResult(
        "ex5",
        Text("Chapter 5: Builders' guide", "第5章 深度学习计算"),
        10.0,
        (BLOCKS, DEVICES),
        entries,
        "bubblewrap",
        0,
        has_roster=True,
        created="2025-03-01T10:30:00+00:00",
    )
    return replace(found, **more)  # type: ignore[arg-type]


def usual() -> ClassResult:
    """Return a class that has every outcome, a late hand-in, a grader error and somebody whom the roster lacks."""
    return a_class(
        entry("ann"),
        entry("bob", HALF, late=True, attempt=3),
        entry("cat", BROKEN),
        unmarked("dan", Outcome.NO_SUBMISSION),
        unmarked("eve", Outcome.REFUSED, reason=Text("The archive is damaged.", "压缩包已损坏。")),
        unmarked("fay", Outcome.CRASHED, reason=Text("The worker ended.", "评分进程退出。")),
        entry("gus", HALF, matched=False, email="", student="", notes=(Text("a.zip was ignored", "忽略了 a.zip"),)),
    )
