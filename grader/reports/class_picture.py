"""The picture of students and checks: one strip a student, in as few strokes as neighbouring checks end alike.

A cell for each check of each student would be 250,000 elements for a large class. A strip has one path for each kind
of ending at most, and each stroke of a path stands for a run of checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from grader.class_result import ClassResult, Entry, ExerciseColumn, ExerciseMarks, Outcome
from grader.reports.class_figures import known_score
from grader.results import Status

HEIGHT = 12
# Fewer checks than this are drawn at a fixed width; more fill the page, and then scroll.
_FEW = 60


@dataclass(frozen=True)
class Kind:
    """A way of ending that the picture tells apart, by colour and by height too.

    Args:
        name: of its style and of its words.
        middle: distance of the stroke's middle from the top of the strip, of `HEIGHT` units.
        width: of the stroke, in the same units.
        statuses: that are drawn so.
    """

    name: str
    middle: int
    width: int
    statuses: frozenset[Status]

    @property
    def top(self) -> float:
        """Distance of the stroke's upper edge from the top of the strip."""
        return self.middle - self.width / 2


KINDS = (
    Kind("passed", 6, 12, frozenset({Status.PASSED})),
    Kind("failed", 6, 12, frozenset({Status.FAILED})),
    Kind("stopped", 4, 8, frozenset({Status.ERROR, Status.TIMEOUT, Status.MEMORY, Status.CRASHED})),
    Kind("absent", 10, 4, frozenset({Status.MISSING, Status.NOT_ATTEMPTED})),
    Kind("not_run", 6, 2, frozenset({Status.NOT_RUN})),
    Kind("grader_error", 6, 4, frozenset({Status.GRADER_ERROR})),
)
_KIND_OF = {status: kind for kind in KINDS for status in kind.statuses}


@dataclass(frozen=True)
class Strip:
    """One student's row.

    Args:
        entry: the student.
        score: points; None where nobody knows them.
        paths: for each kind that occurs, the strokes in SVG's terms, a unit a check.
        says: how many checks of each exercise passed, in figures that need no language.
    """

    entry: Entry
    score: float | None
    paths: tuple[tuple[Kind, str], ...]
    says: str


@dataclass(frozen=True)
class Label:
    """The id of an exercise above its checks, `at` percent of the way from left to right."""

    id: str
    at: float


@dataclass(frozen=True)
class Picture:
    """All strips, the best first.

    Args:
        units: width of a strip: a unit for each check and for each gap between exercises.
        labels: of the exercises.
        counts: how many checks each exercise has, in the order of the course.
        strips: one for each student that was marked.
    """

    units: int
    labels: tuple[Label, ...]
    counts: tuple[int, ...]
    strips: tuple[Strip, ...]

    @property
    def is_small(self) -> bool:
        """Whether strips are short enough to be drawn at a fixed width."""
        return self.units < _FEW


def picture(cls: ClassResult) -> Picture:
    """Return the picture of a class: every student that was marked, the best first."""
    columns = [(place, column) for place, column in enumerate(cls.exercises) if column.checks]
    starts, units = [], 0
    for _, column in columns:
        starts.append(units)
        units += len(column.checks) + 1
    units = max(units - 1, 0)
    marked = [entry for entry in cls.entries if entry.outcome is Outcome.MARKED]
    return Picture(
        units=units,
        labels=tuple(
            Label(column.id, round(100 * (start + len(column.checks) / 2) / units, 2))
            for start, (_, column) in zip(starts, columns, strict=True)
        ),
        counts=tuple(len(column.checks) for _, column in columns),
        strips=tuple(
            sorted((_strip(entry, known_score(entry, cls.exercises), columns, starts) for entry in marked), key=_rank)
        ),
    )


def segments(counts: Iterable[tuple[Status, int]]) -> list[tuple[Kind, float, float]]:
    """Return a bar that shows how often each kind occurs: kind, start and width in percent, passed first."""
    found = dict(counts)
    total = sum(found.values())
    bars, start = [], 0.0
    for kind in KINDS:
        width = 100 * sum(found.get(status, 0) for status in kind.statuses) / total if total else 0.0
        if width:
            bars.append((kind, round(start, 2), round(width, 2)))
        start += width
    return bars


def _rank(strip: Strip) -> tuple[bool, float]:
    return strip.score is None, -(strip.score or 0.0)


def _strip(
    entry: Entry, score: float | None, columns: Sequence[tuple[int, ExerciseColumn]], starts: Sequence[int]
) -> Strip:
    runs: dict[Kind, list[tuple[int, int]]] = {}
    says = []
    for start, (place, column) in zip(starts, columns, strict=True):
        if place >= len(entry.exercises):
            continue
        statuses = _aligned(entry.exercises[place], column)
        at = start
        for kind, run in groupby(_KIND_OF[status] for status in statuses):
            length = sum(1 for _ in run)
            runs.setdefault(kind, []).append((at, length))
            at += length
        says.append(f"{column.id}: {statuses.count(Status.PASSED)}/{len(statuses)}")
    paths = tuple((kind, _strokes(kind, runs[kind])) for kind in KINDS if kind in runs)
    return Strip(entry, score, paths, ", ".join(says))


def _aligned(marks: ExerciseMarks, column: ExerciseColumn) -> tuple[Status, ...]:
    """Return a status for each check of the column: that of the exercise where its checks are other ones."""
    same = len(marks.checks) == len(column.checks)
    return marks.checks if same else (marks.status,) * len(column.checks)


def _strokes(kind: Kind, runs: Iterable[tuple[int, int]]) -> str:
    pieces: list[str] = []
    pen = 0
    for start, length in runs:
        pieces.append(f"m{start - pen} 0h{length}" if pieces else f"M{start} {kind.middle}h{length}")
        pen = start + length
    return "".join(pieces)
