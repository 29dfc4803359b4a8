"""What a change of the code has changed in the score: for a student who marks again and again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.reports import outline
from grader.reports.screen import Screen
from grader.reports.terminal import Printer
from grader.reports.words import phrase
from grader.results import CheckResult, ExerciseResult, Result, Status, Text
from grader.translation import say, say_many

_MOST_TITLES = 3


@dataclass(frozen=True)
class Change:
    """How an exercise differs from what it was.

    Args:
        exercise: as it is now.
        gained: points, negative where some were lost.
        fixed: checks that pass now and did not before.
        broken: checks that passed before and do not now.
    """

    exercise: ExerciseResult
    gained: float
    fixed: tuple[CheckResult, ...]
    broken: tuple[CheckResult, ...]


def change(before: ExerciseResult | None, after: ExerciseResult) -> Change:
    """Return what has changed in an exercise; where nothing is known of before, nothing has."""
    if before is None:
        return Change(after, 0.0, (), ())
    passed = {check.name for check in before.checks if check.status is Status.PASSED}
    fixed = tuple(c for c in after.checks if c.status is Status.PASSED and c.name not in passed)
    broken = tuple(c for c in after.checks if c.status is not Status.PASSED and c.name in passed)
    return Change(after, after.score - before.score, fixed, broken)


def print_changes(before: Result, after: Result, names: Iterable[str], printer: Printer, seconds: float) -> None:
    """Print how the exercises called `names` are now, what has changed in each and in total, and what to do next.

    Args:
        before: the last result.
        after: the new one.
        names: of the exercises that were marked again.
        printer: where to print.
        seconds: from the change to the verdict.
    """
    marked = set(names)
    known = {exercise.name: exercise for exercise in before.exercises}
    changes = [change(known.get(exercise.name), exercise) for exercise in after.exercises if exercise.name in marked]
    for each in changes:
        printer.exercise(each.exercise)
    printer.blank()
    for each in changes:
        _line(each, printer)
    gained = after.score - before.score
    took = f"  {printer.get(phrase('seconds', n=f'{seconds:.2f}'))}"
    printer.block(*printer.total(after), *([f"  {_signed(gained)}"] if _signed(gained) != "0" else []), (took, "dim"))
    printer.reservations(after)
    printer.next_step(after)


def _line(change: Change, screen: Screen) -> None:
    told = [screen.get(_gain(change.gained))]
    fixed, broken = len(change.fixed), len(change.broken)
    if fixed:
        told.append(screen.get(say_many("1 check newly passes", "{n} checks newly pass", fixed, n=fixed)))
    if broken:
        told.append(screen.get(say_many("1 check newly fails", "{n} checks newly fail", broken, n=broken)))
    style = "red" if change.broken or change.gained < 0 else "green" if change.fixed else ""
    screen.block((f"{change.exercise.id}{screen.colon}", "bold"), (screen.semicolon.join(told), style), hang=2)
    for symbol, plain, checks in (("✓", "+", change.fixed), ("✗", "x", change.broken)):
        # More of them have one cause most often, which was told already.
        for check in checks if len(checks) <= _MOST_TITLES else ():
            title = screen.get(check.title) or check.name
            screen.block(f"{symbol if screen.unicode else plain} {title}", indent=2, hang=2)


def _gain(points: float) -> Text:
    shown = _signed(points)
    if shown == "0":
        return say("the same score")
    return say_many("{points} point", "{points} points", 1 if shown in ("+1", "-1") else 2, points=shown)


def _signed(points: float) -> str:
    """Return points with their sign: +2, -0.63; 0 for what rounds to nothing."""
    shown = outline.points(abs(points))
    return "0" if shown == "0" else f"{'+' if points > 0 else '-'}{shown}"
