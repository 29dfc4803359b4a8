"""What is shown while a class is marked."""

from __future__ import annotations

import pytest

from grader.batch.pool import Standing
from grader.batch.run import Progress
from grader.commands import batch_progress as shown
from grader.commands.batch_progress import SHOWN, batch_progress


@pytest.fixture
def watched(monkeypatch):
    """Somebody watches: errors go to a wide terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.delenv("NO_COLOR", raising=False)


def standing(*keys: str) -> tuple[Standing, ...]:
    """Return students who are being marked, all at one exercise."""
    return tuple(Standing(key, "5.1", 1.0) for key in keys)


def test_a_bar_for_who_watches(watched, capsys):
    """On a terminal a bar says how many are marked, how many are known and who is being marked at what."""
    with batch_progress("en") as (update, _):
        update(Progress(3, 12, 2, standing("ann", "bo")))
    told = capsys.readouterr()
    assert "3/12" in told.err
    assert "ann 5.1, bo 5.1 (2 known from before)" in told.err
    assert told.out == ""


def test_a_bar_in_chinese(watched, capsys):
    """The bar is in the language asked for, and says that PyTorch starts until somebody is being marked."""
    with batch_progress("zh") as (update, _):
        update(Progress(0, 12, 0))
    told = capsys.readouterr().err
    assert "PyTorch" in told
    assert "Starting" not in told


def test_a_name_is_no_markup(watched, capsys):
    """A student's name that looks like rich's markup is shown as it is, and ends nothing."""
    with batch_progress("en") as (update, _):
        update(Progress(0, 2, 0, standing("[/bold]eve", "[red]fay")))
    told = capsys.readouterr().err
    assert "[/bold]eve" in told
    assert "[red]fay" in told


def test_a_crowd_is_cut_short(watched, capsys):
    """Of many who are being marked, a few are named."""
    keys = [f"student{number}" for number in range(SHOWN + 1)]
    with batch_progress("en") as (update, _):
        update(Progress(0, 9, 0, standing(*keys)))
    told = capsys.readouterr().err
    assert f"{keys[SHOWN - 1]} 5.1 ..." in told
    assert keys[SHOWN] not in told


def test_a_line_now_and_then_for_a_log(monkeypatch, capsys):
    """Where nobody watches there is a line twice a minute at most, with no control characters."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("TTY_COMPATIBLE", raising=False)
    now = [100.0]
    monkeypatch.setattr(shown.time, "monotonic", lambda: now[0])
    with batch_progress("en") as (update, _):
        for marked in range(1, 8):
            now[0] += 10
            update(Progress(marked, 12, 2, standing("ann")))
    lines = capsys.readouterr().err.splitlines()
    assert lines == [
        "marked 3 of 12, 0.1 a second, 2 known from before",
        "marked 6 of 12, 0.1 a second, 2 known from before",
    ]
