"""The figures of a class: pure functions from its result to what the instructor's page says in numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

from grader.class_result import CheckColumn, ClassResult, Entry, ExerciseColumn, ExerciseMarks, Outcome
from grader.reports.outline import UNDECIDED
from grader.reports.standing import undecided
from grader.results import Status, Text

# More steps than this make a histogram of single students.
_MOST_STEPS = 12


@dataclass(frozen=True)
class Spread:
    """How scores lie, in points."""

    low: float
    lower_quartile: float
    median: float
    mean: float
    upper_quartile: float
    high: float


@dataclass(frozen=True)
class Step:
    """One bar of the distribution: the scores from `low` on and below `high`, in points; the last has `high` too."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Summary:
    """The class in a few numbers.

    Args:
        students: everyone in the class.
        hand_ins: those of them who handed something in.
        marked: those whose hand-in was marked.
        scores: points of those marked completely, in the order of the gradebook.
        spread: of these scores; None where there are none.
        full: how many of these scores are the most that can be had.
        nothing: how many of these scores are zero.
    """

    students: int
    hand_ins: int
    marked: int
    scores: tuple[float, ...]
    spread: Spread | None
    full: int
    nothing: int


@dataclass(frozen=True)
class CheckFigures:
    """How one check ended for the class.

    Args:
        exercise: the exercise that it belongs to.
        column: the check.
        number: its place among all checks of the assignment, from 0.
        counts: how often it ended in each status that occurs.
    """

    exercise: ExerciseColumn
    column: CheckColumn
    number: int
    counts: tuple[tuple[Status, int], ...]

    @property
    def passed(self) -> int:
        """How many passed it."""
        return dict(self.counts).get(Status.PASSED, 0)

    @property
    def decided(self) -> int:
        """For how many it is known whether they passed."""
        return sum(n for status, n in self.counts if status not in UNDECIDED)

    @property
    def share(self) -> float | None:
        """The part of them who passed, from 0 to 1; None where it was decided for nobody."""
        return self.passed / self.decided if self.decided else None


@dataclass(frozen=True)
class ExerciseFigures:
    """How one exercise ended for the class.

    Args:
        column: the exercise.
        counts: how often it ended in each status that occurs.
        decided: for how many its score is known.
        mean: their mean score in points; None where there is none.
        full: how many of them have full marks.
        checks: its checks, the hardest first.
    """

    column: ExerciseColumn
    counts: tuple[tuple[Status, int], ...]
    decided: int
    mean: float | None
    full: int
    checks: tuple[CheckFigures, ...]

    @property
    def share(self) -> float | None:
        """The part of the points that was earned, from 0 to 1; None where nothing is known or can be earned."""
        return self.mean / self.column.max_score if self.mean is not None and self.column.max_score > 0 else None


@dataclass(frozen=True)
class MistakeFigures:
    """A known mistake and those whom it fits."""

    exercise: ExerciseColumn
    name: str
    happened: Text
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class SameCode:
    """Students whose code is the same in each of `exercises`, which are ids."""

    entries: tuple[Entry, ...]
    exercises: tuple[str, ...]


def summary(cls: ClassResult) -> Summary:
    """Return the class in a few numbers."""
    marked = [entry for entry in cls.entries if entry.outcome is Outcome.MARKED]
    scores = tuple(entry.score for entry in marked if entry.complete)
    return Summary(
        students=len(cls.entries),
        hand_ins=sum(entry.outcome is not Outcome.NO_SUBMISSION for entry in cls.entries),
        marked=len(marked),
        scores=scores,
        spread=_spread(scores),
        full=sum(cls.max_score > 0 and score >= cls.max_score for score in scores),
        nothing=sum(score <= 0 for score in scores),
    )


def distribution(scores: Sequence[float], best: float) -> tuple[Step, ...]:
    """Return the bars from 0 to `best` points, in round steps but for the last; none without scores or points."""
    if not scores or best <= 0:
        return ()
    width = _round_step(best)
    bars = math.ceil(best / width - 1e-9)
    counts = Counter(min(int(score / width + 1e-9), bars - 1) for score in scores)
    edges = [*(round(i * width, 6) for i in range(bars)), best]
    return tuple(Step(low, high, counts[i]) for i, (low, high) in enumerate(zip(edges, edges[1:], strict=False)))


def exercises_by_difficulty(cls: ClassResult) -> list[ExerciseFigures]:
    """Return every exercise, the one with the smallest share of points first, undecided ones last."""
    found = []
    first = 0
    for place, column in enumerate(cls.exercises):
        marks = [entry.exercises[place] for entry in cls.entries if place < len(entry.exercises)]
        found.append(_exercise(column, marks, first))
        first += len(column.checks)
    return sorted(found, key=lambda figures: _hardness(figures.share))


def hardest_checks(exercises: Iterable[ExerciseFigures], most: int) -> list[CheckFigures]:
    """Return at most `most` checks that somebody did not pass, the hardest first."""
    checks = sorted((check for figures in exercises for check in figures.checks), key=lambda check: check.number)
    missed = [check for check in checks if check.share is not None and check.share < 1]
    return sorted(missed, key=lambda check: _hardness(check.share))[:most]


def frequent_mistakes(cls: ClassResult) -> list[MistakeFigures]:
    """Return the known mistakes that fit somebody, the most frequent first, then in the order of the course."""
    found: dict[tuple[int, str], list[Entry]] = {}
    for entry in cls.entries:
        for place, marks in enumerate(entry.exercises[: len(cls.exercises)]):
            for name in dict.fromkeys(marks.diagnoses):
                found.setdefault((place, name), []).append(entry)
    texts = [dict(column.mistakes) for column in cls.exercises]
    return [
        MistakeFigures(cls.exercises[place], name, texts[place].get(name) or Text(name), tuple(entries))
        for (place, name), entries in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def same_code(cls: ClassResult) -> list[SameCode]:
    """Return the groups with the same code, those that share the most exercises first.

    A group that is the same in several exercises is told once.
    """
    by_key = {entry.key: entry for entry in cls.entries}
    places = {column.id: place for place, column in enumerate(cls.exercises)}
    groups: dict[tuple[str, ...], list[str]] = {}
    for exercise, keys in cls.same_code:
        members = tuple(sorted(key for key in keys if key in by_key))
        if len(members) > 1:
            groups.setdefault(members, []).append(exercise)
    found = [
        SameCode(
            tuple(by_key[key] for key in members),
            tuple(sorted(exercises, key=lambda id: (places.get(id, len(places)), id))),
        )
        for members, exercises in groups.items()
    ]
    return sorted(found, key=lambda group: (-len(group.exercises), len(group.entries), group.entries[0].key))


def is_decided(marks: ExerciseMarks, column: ExerciseColumn) -> bool:
    """Return whether the score of `marks` is the student's: no check that gives points was left open."""
    return bool(marks.checks) and undecided(column, marks) is None


def known_score(entry: Entry, columns: Sequence[ExerciseColumn]) -> float | None:
    """Return the points of a student; None where not even one exercise has a score, since that is not a zero."""
    if entry.outcome is not Outcome.MARKED:
        return None
    pairs = zip(entry.exercises, columns, strict=False)
    known = entry.complete or any(is_decided(marks, column) for marks, column in pairs)
    return entry.score if known else None


def has_full_marks(marks: ExerciseMarks, column: ExerciseColumn) -> bool:
    """Return whether everything was earned that the exercise has to give."""
    return marks.score >= column.max_score if column.max_score > 0 else marks.status is Status.PASSED


def _exercise(column: ExerciseColumn, marks: list[ExerciseMarks], first: int) -> ExerciseFigures:
    decided = [mark for mark in marks if is_decided(mark, column)]
    # Where the grader could not read a spec there are other checks than usual: they belong to no column.
    usual = [mark.checks for mark in marks if len(mark.checks) == len(column.checks)]
    checks = [
        CheckFigures(column, check, first + i, _counts(statuses[i] for statuses in usual))
        for i, check in enumerate(column.checks)
    ]
    return ExerciseFigures(
        column=column,
        counts=_counts(mark.status for mark in marks),
        decided=len(decided),
        mean=fmean(mark.score for mark in decided) if decided else None,
        full=sum(has_full_marks(mark, column) for mark in decided),
        checks=tuple(sorted(checks, key=lambda check: _hardness(check.share))),
    )


def _counts(statuses: Iterable[Status]) -> tuple[tuple[Status, int], ...]:
    found = Counter(statuses)
    return tuple((status, found[status]) for status in reversed(Status) if found[status])


def _hardness(share: float | None) -> tuple[bool, float]:
    return share is None, share or 0.0


def _spread(scores: Sequence[float]) -> Spread | None:
    if not scores:
        return None
    if len(scores) == 1:
        lower = median = upper = scores[0]
    else:
        lower, median, upper = quantiles(scores, n=4, method="inclusive")
    return Spread(min(scores), lower, median, fmean(scores), upper, max(scores))


def _round_step(best: float) -> float:
    rough = best / _MOST_STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
