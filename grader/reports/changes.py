"""What a change of the code has changed in the score: for a student who marks again and again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from grader.reports import outline
from grader.reports.screen import Screen
from grader.reports.terminal import Printer
from grader.results import CheckResult, ExerciseResult, Result, Status, Text

_MOST_TITLES = 3
_WORDS = {
    "gained": Text("{points} points", "{points} 分"),
    "gained_one": Text("{points} point", "{points} 分"),
    "same": Text("the same score", "得分不变"),
    "now_pass": Text("{n} checks newly pass", "{n} 项检查变为通过"),
    "now_passes": Text("1 check newly passes", "1 项检查变为通过"),
    "now_fail": Text("{n} checks newly fail", "{n} 项检查变为未通过"),
    "now_fails": Text("1 check newly fails", "1 项检查变为未通过"),
    "seconds": Text("{n} s", "{n} 秒"),
}


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
    took = f"  {printer.get(_words('seconds', n=f'{seconds:.2f}'))}"
    printer.block(*printer.total(after), *([f"  {_signed(gained)}"] if _signed(gained) != "0" else []), (took, "dim"))
    printer.reservations(after)
    printer.next_step(after)


def _line(change: Change, screen: Screen) -> None:
    told = [screen.get(_gain(change.gained))]
    for checks, one, many in ((change.fixed, "now_passes", "now_pass"), (change.broken, "now_fails", "now_fail")):
        if checks:
            told.append(screen.get(_words(one if len(checks) == 1 else many, n=len(checks))))
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
        return _WORDS["same"]
    return _words("gained_one" if shown in ("+1", "-1") else "gained", points=shown)


def _signed(points: float) -> str:
    """Return points with their sign: +2, -0.63; 0 for what rounds to nothing."""
    shown = outline.points(abs(points))
    return "0" if shown == "0" else f"{'+' if points > 0 else '-'}{shown}"


def _words(key: str, **values: object) -> Text:
    words = _WORDS[key]
    return Text(words.en.format(**values), words.zh.format(**values))
