"""What is remembered between commands comes back, and whatever is wrong with it, nothing breaks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader import state
from grader.results import CheckResult, Diagnosis, ExerciseResult, Status, Text
from grader.state import Marked, State


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch) -> Path:
    """A cache of this test's own."""
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "d2l-grader" / "state"


def exercise() -> ExerciseResult:
    """Return the result of an exercise with one check that passed and one that failed."""
    checks = (
        CheckResult("test_one", Text("One"), Status.PASSED, 1, 1),
        CheckResult("test_two[3]", Text("Two"), Status.FAILED, 0, 1),
    )
    mistake = Diagnosis("forgotten", Text("a"), Text("b"), Text("c"))
    return ExerciseResult("5.1.2", "ex5_1_2", Text("T"), 1, 2, Status.FAILED, checks, (mistake,))


def test_what_is_saved_comes_back(tmp_path):
    """Statuses, recognised mistakes, the file's digest and the hints shown are those that were saved."""
    kept = State().with_marked(exercise(), b"code").with_hints("ex5_1_2", ("idea", "check:test_two"))
    assert state.save(tmp_path, kept)
    assert state.load(tmp_path) == kept
    marked = kept.marked["ex5_1_2"]
    assert marked.checks == {"test_one": Status.PASSED, "test_two[3]": Status.FAILED}
    assert marked.mistakes == ("forgotten",)
    assert marked.digest == state.digest(b"code") != state.digest(b"other")


def test_each_folder_has_its_own(tmp_path):
    """The state of one folder is not that of another, and a folder has the same one by every path to it."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    state.save(one, State(hints={"a": ("idea",)}))
    assert state.load(two) == State()
    assert state.load(two / ".." / "one") == State(hints={"a": ("idea",)})


def test_nothing_is_written_beside_the_work(tmp_path):
    """The folder of work stays as it was."""
    work = tmp_path / "work"
    work.mkdir()
    assert state.save(work, State(hints={"a": ("idea",)}))
    assert list(work.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": 2}',
        b'{"format": 1}',
        b'{"format": 1, "marked": {"a": 3}, "hints": {}}',
        b'{"format": 1, "marked": {"a": {"digest": "", "checks": {"b": "no status"}, "mistakes": []}}, "hints": {}}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_no_state(content, cache, tmp_path):
    """A file that is empty, cut, of another format or no text is as good as none, and is replaced."""
    state.save(tmp_path, State(hints={"a": ("idea",)}))
    [file] = cache.iterdir()
    file.write_bytes(content)
    assert state.load(tmp_path) == State()
    assert state.save(tmp_path, State(hints={"a": ("idea",)}))
    assert state.load(tmp_path) == State(hints={"a": ("idea",)})


def test_where_nothing_can_be_kept_nothing_is_raised(tmp_path, monkeypatch):
    """With a file in the place of the cache, and with no cache at all, saving says no and loading gives nothing."""
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "taken"))
    assert not state.save(tmp_path, State())
    assert state.load(tmp_path) == State()
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert state.cache_folder() is None
    assert not state.save(tmp_path, State())
    assert state.load(tmp_path) == State()


def test_the_oldest_are_forgotten(cache, tmp_path, monkeypatch):
    """As many folders are remembered as there is room for, the last ones."""
    monkeypatch.setattr(state, "MOST", 3)
    for number in range(5):
        state.save(tmp_path / str(number), State(hints={"a": (str(number),)}))
        [new] = [path for path in cache.iterdir() if path.stat().st_mtime > 10_000]
        os.utime(new, (number, number))
    assert len(list(cache.iterdir())) == 3
    assert [state.load(tmp_path / str(number)) == State() for number in range(5)] == [True, True, False, False, False]


def test_windows_keeps_it_where_windows_does(tmp_path, monkeypatch):
    """LOCALAPPDATA goes first, where there is one."""
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData"))
    assert state.cache_folder() == tmp_path / "AppData" / "d2l-grader"


def test_passed_is_what_passed_as_far_as_it_could_be_tried():
    """An exercise has passed if no check failed; what this machine could not run does not count."""
    assert Marked("", {"a": Status.PASSED, "b": Status.NOT_RUN}).passed
    assert not Marked("", {"a": Status.PASSED, "b": Status.FAILED}).passed
    assert not Marked("", {}).passed
