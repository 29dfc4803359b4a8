"""`grade hint 5.1.2`: the next hint on an exercise, without marking or running anything."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from grader import state
from grader.catalogue import Assignment, Exercise
from grader.commands.task import choose_exercises, work_folder
from grader.errors import UserError
from grader.hints import Hint, ladder
from grader.reports.screen import Screen
from grader.results import Status, Text, address
from grader.state import Marked, State
from grader.submission import Source, SubmissionError, find_work
from grader.translation import say

_NUMBER = say("hint {n} of {total}")
_PASSED = say("Everything passed when this exercise was marked last, so there is nothing to hint at.")
_NONE = say("There are no hints on this exercise.")
_NO_MORE = say("You have seen all hints. See them again: {hint} --all")
_NOT_YET = say("No hint was shown yet. The first one: {hint}")
_CHANGED = say("Next: {mark} shows what is left to do; {file} has changed since it was marked.")
_NEXT = say("Next: open {file}, then run: {mark}")
_NEXT_WITHOUT_FILE = say("Next: {mark}")
_STUCK = say("Another hint: {hint}")


def run_hint(target: str, submission: Path, again: bool, everything: bool, reset: bool, lang: str) -> int:
    """Show the next hint, or those that were seen, or all; return the exit status 0.

    Raises:
        UserError: for a target or a submission that does not exist, or options that contradict each other.
        CatalogueError: if the exercise's texts cannot be read.
    """
    if again + everything + reset > 1:
        raise UserError(say("Give only one of --again, --all and --reset."))
    if not submission.exists():
        raise UserError(
            say("There is no {submission}. Give the folder of your work with --submission.", submission=submission)
        )
    assignment, exercises = choose_exercises(target, submission)
    folder = work_folder(submission, assignment.name)
    kept = state.load(folder)
    exercise = _to_go_on_with(exercises, kept)
    marked = kept.marked.get(exercise.name)
    steps = ladder(exercise, marked)
    screen = Screen(Console(highlight=False), lang)
    if not steps:
        screen.block((f"{exercise.id} {screen.get(exercise.title)}", "bold"))
        screen.block(screen.get(_PASSED if marked is not None and marked.passed else _NONE))
        return 0
    seen = () if reset else kept.hints.get(exercise.name, ())
    unseen = [step for step in steps if step.key not in seen]
    shown = list(steps) if everything else [step for step in steps if step.key in seen] if again else unseen[:1]
    seen = tuple(dict.fromkeys([*seen, *(step.key for step in shown)]))
    if not again:
        state.save(folder, kept.with_hints(exercise.name, seen))
    for step in shown:
        _print(exercise, step, steps.index(step) + 1, len(steps), screen)
    called = address(assignment.name, exercise.id)
    told = [] if shown else [_NOT_YET if again else _NO_MORE]
    source = _source(submission, assignment, exercise)
    told.append(_next_step(source, marked))
    if shown and not set(seen) >= {step.key for step in steps}:
        told.append(_STUCK)
    for words in told:
        file = source.file if source is not None else ""
        screen.block(screen.get(words).format(hint=f"grade hint {called}", mark=f"grade {called}", file=file))
    return 0


def _to_go_on_with(exercises: tuple[Exercise, ...], kept: State) -> Exercise:
    """Return the exercise that is to be worked on next, as far as that is known: one begun, else one not passed."""
    open_ones = [exercise for exercise in exercises if not _marked(exercise, kept).passed]
    unbegun = {Status.NOT_ATTEMPTED, Status.MISSING, Status.NOT_RUN}
    begun = [e for e in open_ones if set(_marked(e, kept).checks.values()) - unbegun]
    return next(iter([*begun, *open_ones, *exercises]))


def _marked(exercise: Exercise, kept: State) -> Marked:
    return kept.marked.get(exercise.name, Marked("", {}))


def _source(submission: Path, assignment: Assignment, exercise: Exercise) -> Source | None:
    """Return the exercise's file as it is now; None where there is none."""
    try:
        source = find_work(submission, assignment, [exercise.name]).sources.get(exercise.name)
    except SubmissionError:
        return None
    return source if source is not None and source.data is not None else None


def _next_step(source: Source | None, marked: Marked | None) -> Text:
    if source is None:
        return _NEXT_WITHOUT_FILE
    return _CHANGED if marked is not None and marked.digest != state.digest(source.data) else _NEXT


def _print(exercise: Exercise, hint: Hint, number: int, total: int, screen: Screen) -> None:
    counted = screen.get(_NUMBER).format(n=number, total=total)
    screen.block((f"{exercise.id} {screen.get(exercise.title)}", "bold"), (f"  {counted}", "dim"))
    screen.blank()
    screen.block((screen.get(hint.about), "bold cyan"), indent=2, hang=2)
    for paragraph in screen.get(hint.text).split("\n"):
        screen.block(paragraph, indent=2, hang=2 if paragraph.startswith("- ") else 0)
    screen.blank()
