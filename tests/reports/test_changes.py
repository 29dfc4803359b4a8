"""What a save has changed: the exercises marked again, what newly passes or fails, the total and its change."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.reports.changes import change, print_changes
from grader.reports.terminal import Printer
from grader.results import ExerciseResult, Result, Status, Text

from . import samples

P, F, E = Status.PASSED, Status.FAILED, Status.ERROR


def exercise(id: str, *statuses: Status) -> ExerciseResult:
    """Return an exercise whose checks, called c0, c1 ..., ended in `statuses`."""
    checks = [samples.check(f"c{number}", status) for number, status in enumerate(statuses)]
    return samples.exercise(id, Text(f"Title {id}", f"标题 {id}"), *checks)


def shown(before: Result, after: Result, *names: str, language: str = "en", encoding: str = "utf-8") -> str:
    """Return what is printed on a console of 80 columns."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="")
    printer = Printer(Console(file=file, width=80, _environ={}), language)
    print_changes(before, after, names, printer, 0.123)
    file.flush()
    return raw.getvalue().decode(encoding)


BEFORE = samples.result(exercise("5.1.1", P, F, F), exercise("5.1.2", P, P, P), exercise("5.1.3", F, F))
BETTER = samples.result(exercise("5.1.1", P, P, F), exercise("5.1.2", P, P, P), exercise("5.1.3", F, F))
WORSE = samples.result(exercise("5.1.1", P, F, F), exercise("5.1.2", E, F, E), exercise("5.1.3", F, F))


def test_what_is_better():
    """A check that newly passes, the point that it gives, the total and its change are told."""
    text = shown(BEFORE, BETTER, "ex5_1_1")
    assert "5.1.1 Title 5.1.1  ✗ failed  2 / 3" in text
    assert "5.1.1: +1 point; 1 check newly passes\n  ✓ c1\n" in text
    assert "Total: 5 / 8  (5 of 8 checks passed)  +1  0.12 s\n" in text
    assert "Next: open ex5/ex5_1_1.py, then run: grade ex5.1.1\n" in text


def test_what_is_worse():
    """Checks that newly fail are told with the points that they cost, a few of them by name."""
    text = shown(BEFORE, WORSE, "ex5_1_2")
    assert "5.1.2: -3 points; 3 checks newly fail\n  ✗ c0\n  ✗ c1\n  ✗ c2\n" in text
    assert "  -3  0.12 s" in text


def test_one_better_and_one_worse():
    """What newly passes and what newly fails are both told, also where the score is the same."""
    after = samples.result(exercise("5.1.1", F, P, F), *BEFORE.exercises[1:])
    text = shown(BEFORE, after, "ex5_1_1")
    assert "5.1.1: the same score; 1 check newly passes; 1 check newly fails\n  ✓ c1\n  ✗ c0\n" in text
    assert "checks passed)  0.12 s" in text


def test_many_are_counted_and_not_listed():
    """Of many checks only the number is told: most often they have one cause, which stands above."""
    before, after = (samples.result(exercise("5.1.1", *[status] * 5)) for status in (P, E))
    assert "5.1.1: -5 points; 5 checks newly fail\nTotal" in shown(before, after, "ex5_1_1")


def test_only_what_was_marked_is_shown():
    """Exercises that were not marked again are in the total and nowhere else."""
    text = shown(BEFORE, BETTER, "ex5_1_1")
    assert "5.1.2" not in text
    assert "5.1.3" not in text
    both = shown(BEFORE, BETTER, "ex5_1_1", "ex5_1_3")
    assert "5.1.3: the same score\n" in both


def test_all_is_well():
    """When nothing is left to do, that is the next step."""
    full = samples.result(exercise("5.1.1", P, P, P))
    text = shown(samples.result(BEFORE.exercises[0]), full, "ex5_1_1")
    assert "5.1.1 Title 5.1.1  ✓ passed  3 / 3" in text
    assert "Next: nothing left to do, everything passed\n" in text
    assert "Stuck" not in text


def test_what_was_not_known_before_has_not_changed():
    """An exercise without an earlier result, and a check that is new, count as they are."""
    assert change(None, exercise("5.1.1", P, F)).gained == 0
    found = change(exercise("5.1.1", P), exercise("5.1.1", P, P))
    assert (found.gained, [check.name for check in found.fixed], found.broken) == (1, ["c1"], ())


def test_an_incomplete_score_is_said_to_be_one():
    """After a grader error the reservations are those of every report."""
    after = samples.result(exercise("5.1.1", P, Status.GRADER_ERROR, F), *BEFORE.exercises[1:])
    assert "This score is not complete. Grader error: 1\n" in shown(BEFORE, after, "ex5_1_1")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "cp1252", "ascii"])
def test_every_console_can_show_it(encoding):
    """No encoding raises and no line is too long; Chinese where the console has it."""
    text = shown(BEFORE, WORSE, "ex5_1_2", language="zh", encoding=encoding)
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    expected = "5.1.2：-3 分；3 项检查变为未通过\n" if encoding in ("utf-8", "gbk") else "5.1.2: -3 points; 3 checks"
    assert expected in text


def test_a_change_too_small_to_see_is_none():
    """Points that round to nothing are the same score."""
    before = samples.result(samples.exercise("5.1.1", Text("A"), samples.check("c", F), score=0.001))
    after = samples.result(samples.exercise("5.1.1", Text("A"), samples.check("c", F), score=0.0))
    assert "5.1.1: the same score\n" in shown(before, after, "ex5_1_1")
