"""The students of a class one by one: the rows of the table, and lists of those whom somebody should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from grader.class_result import ClassResult, Entry, ExerciseColumn, ExerciseMarks, Outcome
from grader.reports.class_figures import has_full_marks, is_decided, known_score
from grader.reports.outline import points
from grader.results import Status

# What a filter can show, in the order in which it is offered.
TAGS = (
    *(f"outcome_{outcome}" for outcome in Outcome),
    "tag_grader_error",
    "tag_incomplete",
    "tag_timeout",
    "tag_unmatched",
    "tag_late",
    "tag_again",
    "tag_full",
    "tag_nothing",
    "tag_same_code",
)
# Those that a row says in words; of the others its score and its place on the page speak.
FLAGS = ("tag_grader_error", "tag_incomplete", "tag_timeout", "tag_unmatched", "tag_late")
_NOT_KNOWN = "–"
_ENDINGS = (
    ("grader_error", Status.GRADER_ERROR),
    ("timeout", Status.TIMEOUT),
    ("ended", Status.CRASHED),
    ("memory", Status.MEMORY),
)
# The grader's own faults first, then what was handed in, then what the code did.
_CONCERNS = (
    "grader_error",
    "crashed",
    "signs",
    "refused",
    "unmatched",
    "timeout",
    "ended",
    "memory",
    "incomplete",
    "remarks",
    "no_submission",
)


@dataclass(frozen=True)
class Cell:
    """The score of one exercise, and how it looks: ``full``, ``part``, ``zero``, ``idle`` or ``open``."""

    text: str
    look: str


@dataclass(frozen=True)
class Row:
    """A line of the table: `score` is None where nobody knows it; `tags` are those of `TAGS` that fit."""

    entry: Entry
    score: float | None
    cells: tuple[Cell, ...]
    tags: tuple[str, ...]

    @property
    def flags(self) -> tuple[str, ...]:
        """The tags that the row says in words."""
        return tuple(tag for tag in self.tags if tag in FLAGS)


@dataclass(frozen=True)
class Concern:
    """A reason to look at some students; its words are those of ``attention_NAME``.

    Args:
        name: of the reason.
        cases: the students, each with the ids of the exercises that it is about.
    """

    name: str
    cases: tuple[tuple[Entry, tuple[str, ...]], ...]


def rows(cls: ClassResult) -> list[Row]:
    """Return a row for every student, in the order of the gradebook."""
    same = {key for _, keys in cls.same_code for key in keys}
    return [
        Row(
            entry=entry,
            score=known_score(entry, cls.exercises),
            cells=tuple(_cell(entry, place, column) for place, column in enumerate(cls.exercises)),
            tags=tuple(tag for tag in TAGS if tag in _tags(entry, cls.max_score, same)),
        )
        for entry in cls.entries
    ]


def tag_counts(found: Iterable[Row]) -> list[tuple[str, int]]:
    """Return how many rows have each tag that occurs, in the order of `TAGS`."""
    counts = Counter(tag for row in found for tag in row.tags)
    return [(tag, counts[tag]) for tag in TAGS if counts[tag]]


def concerns(cls: ClassResult) -> list[Concern]:
    """Return whom somebody should look at and why, those first for whom the grader itself is to blame."""
    found = {name: _picked(cls, partial(has_ended, status=status)) for name, status in _ENDINGS}
    found["incomplete"] = [
        (entry, _open(entry, cls.exercises))
        for entry in cls.entries
        if not entry.complete and not entry.has_grader_error
    ]
    for name, outcome in (
        ("crashed", Outcome.CRASHED),
        ("refused", Outcome.REFUSED),
        ("no_submission", Outcome.NO_SUBMISSION),
    ):
        found[name] = [(entry, ()) for entry in cls.entries if entry.outcome is outcome]
    found["signs"] = _picked(cls, lambda marks: bool(marks.signs))
    found["unmatched"] = [(entry, ()) for entry in cls.entries if not entry.matched]
    found["remarks"] = [(entry, ()) for entry in cls.entries if entry.notes]
    return [Concern(name, tuple(found[name])) for name in _CONCERNS if found[name]]


def labels(entries: Collection[Entry]) -> dict[str, str]:
    """Return what to call each student, by key: the name, with an id where others have the same name."""
    names = {entry.key: entry.name.strip() or entry.student or entry.key for entry in entries}
    often = Counter(names.values())
    return {
        entry.key: f"{name} ({entry.student or entry.key})" if often[name := names[entry.key]] > 1 else name
        for entry in entries
    }


def identity(entry: Entry) -> str:
    """Return the id of a student, else the key where it says more than the name."""
    return entry.student or (entry.key if entry.key != entry.name else "")


def scorecard_link(entry: Entry) -> str:
    """Return the address of a student's scorecard beside the page of the class; empty where there is none."""
    if entry.outcome is not Outcome.MARKED:
        return ""
    return f"students/{quote(entry.key, safe='', errors='replace')}/scorecard.html"


def has_ended(marks: ExerciseMarks, status: Status) -> bool:
    """Return whether a check of the exercise ended in `status`."""
    return status is marks.status or status in marks.checks


def _picked(cls: ClassResult, fits: Callable[[ExerciseMarks], bool]) -> list[tuple[Entry, tuple[str, ...]]]:
    """Return the students who have exercises that fit, with the ids of these."""
    found = []
    for entry in cls.entries:
        pairs = zip(entry.exercises, cls.exercises, strict=False)
        ids = tuple(column.id for marks, column in pairs if fits(marks))
        if ids:
            found.append((entry, ids))
    return found


def _open(entry: Entry, columns: Sequence[ExerciseColumn]) -> tuple[str, ...]:
    pairs = zip(entry.exercises, columns, strict=False)
    return tuple(column.id for marks, column in pairs if not is_decided(marks, column))


def _cell(entry: Entry, place: int, column: ExerciseColumn) -> Cell:
    if place >= len(entry.exercises):
        return Cell(_NOT_KNOWN, "open")
    marks = entry.exercises[place]
    if not is_decided(marks, column):
        return Cell(_NOT_KNOWN, "open")
    text = points(marks.score, column.max_score)
    if has_full_marks(marks, column):
        return Cell(text, "full")
    if marks.score > 0:
        return Cell(text, "part")
    return Cell(text, "idle" if marks.status in (Status.NOT_ATTEMPTED, Status.MISSING) else "zero")


def _tags(entry: Entry, best: float, same: Collection[str]) -> set[str]:
    counted = entry.outcome is Outcome.MARKED and entry.complete
    found = {
        f"outcome_{entry.outcome}": True,
        "tag_grader_error": entry.has_grader_error,
        "tag_incomplete": not entry.complete and not entry.has_grader_error,
        "tag_timeout": any(has_ended(marks, Status.TIMEOUT) for marks in entry.exercises),
        "tag_unmatched": not entry.matched,
        "tag_late": entry.late,
        "tag_again": entry.attempt > 1,
        "tag_full": counted and 0 < best <= entry.score,
        "tag_nothing": counted and entry.score <= 0,
        "tag_same_code": entry.key in same,
    }
    return {tag for tag, fits in found.items() if fits}
