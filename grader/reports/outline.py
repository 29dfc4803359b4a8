"""What every report shows in which order: failures first, checks with one cause together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from grader.reports.words import BEGUN, STATUS, WORDS, phrase
from grader.results import CheckResult, Diagnosis, ExerciseResult, Location, Result, SourceLine, Status, Text, address

# Nothing that the student did: shown without a zero.
UNDECIDED = frozenset({Status.GRADER_ERROR, Status.NOT_RUN})
# A failed assertion says what differs, so only these are told as one when their message is the same.
_CAUSES = frozenset(Status) - {Status.PASSED, Status.FAILED}
# A hint helps with a wrong answer; of what keeps the code from running it knows nothing.
_NO_HINTS = frozenset({Status.NOT_ATTEMPTED, Status.MISSING, Status.CRASHED, Status.GRADER_ERROR, Status.NOT_RUN})
_FEW = 3


@dataclass(frozen=True)
class Group:
    """Checks that ended the same way for the same reason, told once."""

    checks: tuple[CheckResult, ...]

    @property
    def first(self) -> CheckResult:
        """The check whose details stand for all."""
        return self.checks[0]

    @property
    def status(self) -> Status:
        """How all these checks ended."""
        return self.first.status

    @property
    def score(self) -> float:
        """The points that these checks gave."""
        return sum(check.score for check in self.checks)

    @property
    def max_score(self) -> float:
        """The points that these checks could have given."""
        return sum(check.max_score for check in self.checks)

    @property
    def hints(self) -> tuple[Text, ...]:
        """The hints of these checks, each once; none where the hints are about something that was not yet tried."""
        if len(self.checks) > _FEW or self.status in _NO_HINTS:
            return ()
        return tuple(dict.fromkeys(check.hint for check in self.checks if check.hint))


@dataclass(frozen=True)
class Sections:
    """The exercises of a result by what they ask of the reader, in course order within each."""

    work: tuple[ExerciseResult, ...]
    not_started: tuple[ExerciseResult, ...]
    open: tuple[ExerciseResult, ...]
    passed: tuple[ExerciseResult, ...]


@dataclass(frozen=True)
class FileNotes:
    """What is to be known of a file that holds several exercises, as a notebook does."""

    file: str
    notes: tuple[Text, ...]


def told_once(result: Result) -> tuple[Result, tuple[FileNotes, ...]]:
    """Return a result whose exercises have no notes that another one of the same file has too, and these notes."""
    having: dict[tuple[str, Text], int] = {}
    for exercise in result.exercises:
        for note in dict.fromkeys(exercise.notes):
            having[exercise.file, note] = having.get((exercise.file, note), 0) + 1
    shared: dict[str, list[Text]] = {}
    for (file, note), count in having.items():
        if file and count > 1:
            shared.setdefault(file, []).append(note)
    exercises = tuple(
        replace(exercise, notes=tuple(note for note in exercise.notes if note not in shared.get(exercise.file, ())))
        for exercise in result.exercises
    )
    return replace(result, exercises=exercises), tuple(FileNotes(file, tuple(notes)) for file, notes in shared.items())


def groups(checks: Iterable[CheckResult]) -> list[Group]:
    """Return the checks that did not pass, those with the same cause together, in order of appearance."""
    found: dict[object, list[CheckResult]] = {}
    for check in checks:
        if check.status is not Status.PASSED:
            found.setdefault(_cause(check), []).append(check)
    return [Group(tuple(members)) for members in found.values()]


def passed_checks(exercise: ExerciseResult) -> list[CheckResult]:
    """Return the checks of `exercise` that passed."""
    return [check for check in exercise.checks if check.status is Status.PASSED]


def sections(result: Result) -> Sections:
    """Sort the exercises of `result` by what they ask of the reader."""
    sorted_by: dict[str, list[ExerciseResult]] = {"work": [], "not_started": [], "open": [], "passed": []}
    for exercise in result.exercises:
        sorted_by[_section(exercise)].append(exercise)
    return Sections(**{name: tuple(exercises) for name, exercises in sorted_by.items()})


def next_exercise(result: Result) -> ExerciseResult | None:
    """Return the exercise that a student should open next: begun ones first, none when all is done."""
    found = sections(result)
    return next(iter([*found.work, *found.not_started]), None)


def is_untouched(exercise: ExerciseResult) -> bool:
    """Return whether the student has not begun `exercise`."""
    # What this machine cannot run says nothing of the student.
    return {check.status for check in exercise.checks} - {Status.NOT_RUN} == {Status.NOT_ATTEMPTED}


def status_word(exercise: ExerciseResult) -> Text:
    """Return how an exercise ended in a word: what is half done is not called not started."""
    begun = exercise.status is Status.NOT_ATTEMPTED and any(check.status is Status.PASSED for check in exercise.checks)
    return BEGUN if begun else STATUS[exercise.status]


def is_undecided(exercise: ExerciseResult) -> bool:
    """Return whether no check of `exercise` could be decided, so that a score would be a made-up zero."""
    return bool(exercise.checks) and all(check.status in UNDECIDED for check in exercise.checks)


def target(result: Result, exercise: ExerciseResult) -> str:
    """Return what to type after ``grade`` to mark this exercise alone: ``ex5.1.2`` for 5.1.2 of ex5."""
    return address(result.assignment, exercise.id)


def points(value: float, best: float | None = None) -> str:
    """Return a score as people write it: 4, 3.5, 3.33; never rounded up to `best`."""
    text = f"{value:.2f}"
    if best is not None and value < best <= float(text):
        text = f"{int(value * 100) / 100:.2f}"
    return text.rstrip("0").rstrip(".")


def count(exercises: Iterable[ExerciseResult], *statuses: Status) -> int:
    """Return how many checks of `exercises` ended in one of `statuses`; all of them when none is named."""
    return sum(not statuses or c.status in statuses for exercise in exercises for c in exercise.checks)


def has_hidden(result: Result) -> bool:
    """Return whether there are checks that only the instructor runs and that were not run here."""
    return any(exercise.hidden_left for exercise in result.exercises)


def tally(result: Result) -> Text:
    """Return how many checks passed, and where that is not all, that others are the instructor's to run."""
    key = "public_checks" if has_hidden(result) else "checks_passed"
    return phrase(key, n=count(result.exercises, Status.PASSED), total=count(result.exercises))


def next_words(result: Result) -> Text:
    """Return what the student should do next."""
    exercise = next_exercise(result)
    if exercise is not None:
        command = f"grade {target(result, exercise)}"
        if exercise.file:
            return phrase("open_then_run", file=exercise.file, command=command)
        return phrase("run", command=command)
    if result.has_grader_error:
        return WORDS["tell"]
    if not result.exercises:
        return WORDS["no_exercises"]
    if has_hidden(result):
        return WORDS["public_done"]
    return WORDS["not_here" if count(result.exercises, Status.NOT_RUN) else "done"]


def frames(check: CheckResult) -> tuple[Location, ...]:
    """Return the student's frames of `check` other than its `location`, outermost first."""
    place = check.location
    if place is None:
        return check.frames
    return tuple(f for f in check.frames if (f.file, f.line) != (place.file, place.line))


def source_lines(place: Location) -> tuple[SourceLine, ...]:
    """Return the lines around `place` without the blank ones at either end."""
    lines = list(place.source)
    while lines and not lines[-1].text.strip() and not lines[-1].marked:
        lines.pop()
    while lines and not lines[0].text.strip() and not lines[0].marked:
        lines.pop(0)
    return tuple(lines)


def diagnosis_parts(diagnosis: Diagnosis) -> list[tuple[str, Text]]:
    """Return the parts of `diagnosis` that say something, each with the key of its label."""
    named = [("happened", diagnosis.happened), ("matters", diagnosis.matters), ("advice", diagnosis.advice)]
    return [(key, text) for key, text in named if text]


def _section(exercise: ExerciseResult) -> str:
    if exercise.status is Status.PASSED:
        return "passed"
    if all(check.status in UNDECIDED or check.status is Status.PASSED for check in exercise.checks):
        return "open"
    return "not_started" if is_untouched(exercise) else "work"


def _cause(check: CheckResult) -> object:
    if check.status not in _CAUSES:
        return id(check)
    place = (check.location.file, check.location.line) if check.location else None
    return check.status, check.message, place, check.seen, check.expected
