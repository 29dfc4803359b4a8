"""Changes of files are noticed however they are made, and what is no work is not looked at."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.commands import watched
from grader.commands.watched import Watched


@pytest.fixture
def work(tmp_path) -> Path:
    """A folder of work with one exercise."""
    (tmp_path / "ex5").mkdir()
    (tmp_path / "ex5" / "a.py").write_text("1")
    return tmp_path


def noticed(changes: Iterator[frozenset[str]], *names: str, seconds: float = 30) -> bool:
    """Return whether changes of files called `names` are noticed."""
    deadline = time.monotonic() + seconds
    missing = set(names)
    for found in changes:
        missing -= found
        if not missing:
            return True
        if time.monotonic() > deadline:
            break
    return False


def beats(changes: Iterator[frozenset[str]], count: int) -> list[frozenset[str]]:
    """Return what the next beats bring."""
    return [next(changes) for _ in range(count)]


def test_a_save_in_place_and_one_by_renaming(work):
    """Writing into a file and putting another one in its place are both changes of that file."""
    changes = Watched(work, "ex5").changes()
    beats(changes, 2)
    (work / "ex5" / "a.py").write_text("22")
    assert noticed(changes, "a.py")
    (work / "ex5" / "new").write_text("333")
    os.replace(work / "ex5" / "new", work / "ex5" / "a.py")
    assert noticed(changes, "a.py")


def test_files_that_come_and_go(work):
    """A new file and one that was removed are changes, in the folder and in the one around it."""
    changes = Watched(work, "ex5").changes()
    beats(changes, 2)
    (work / "homework.ipynb").write_text("{}")
    assert noticed(changes, "homework.ipynb")
    (work / "ex5" / "a.py").unlink()
    assert noticed(changes, "a.py")


def test_a_burst_is_one_change(work):
    """Files that are saved together come together, and then there is quiet."""
    changes = Watched(work, "ex5").changes()
    beats(changes, 2)
    for name in "bcdef":
        (work / "ex5" / f"{name}.py").write_text(name)
    assert next(names for names in changes if names) == {"b.py", "c.py", "d.py", "e.py", "f.py"}


def test_what_happened_before_is_not_missed(work):
    """A change between the first look and the first wait counts."""
    found = Watched(work, "ex5")
    (work / "ex5" / "a.py").write_text("22")
    assert noticed(found.changes(), "a.py")


def test_what_is_no_work_is_no_change(work):
    """Caches, hidden files, what editors leave beside a file, and other kinds of files bring no change."""
    changes = Watched(work, "ex5").changes()
    beats(changes, 2)
    (work / "ex5" / "__pycache__").mkdir()
    for name in ("__pycache__/a.pyc", ".a.py.swp", ".#a.py", "a.py~", "4913", "notes.txt", "model.pt", ".hidden.py"):
        (work / "ex5" / name).write_text("x")
    (work / "scorecard.html").write_text("x")
    (work / "other").mkdir()
    (work / "other" / "b.py").write_text("x")
    assert beats(changes, 4) == [frozenset()] * 4


def test_a_folder_that_is_replaced(work):
    """A folder that goes away and comes back, as when another branch is checked out, is watched on."""
    changes = Watched(work, "ex5").changes()
    beats(changes, 2)
    os.rename(work / "ex5", work / "away")
    assert noticed(changes, "a.py")
    (work / "ex5").mkdir()
    (work / "ex5" / "a.py").write_text("22")
    assert noticed(changes, "a.py")
    beats(changes, 3)
    (work / "ex5" / "a.py").write_text("333")
    assert noticed(changes, "a.py")


def test_no_folder_at_all(work):
    """If all is gone, waiting goes on."""
    changes = Watched(work / "ex5", "ex5").changes()
    beats(changes, 2)
    os.rename(work / "ex5", work / "away")
    assert noticed(changes, "a.py")
    assert beats(changes, 3) == [frozenset()] * 3
    os.rename(work / "away", work / "ex5")
    assert noticed(changes, "a.py")


@pytest.mark.parametrize("error", [OSError("no more watches"), RuntimeError("inotify")])
def test_where_the_system_tells_nothing(work, monkeypatch, error):
    """Where the system refuses to tell of changes, they are found by looking."""

    def refuse(*folders: Path, **options: object) -> None:
        raise error

    monkeypatch.setattr(watched, "watch", refuse)
    changes = Watched(work, "ex5").changes()
    beats(changes, 2)
    (work / "ex5" / "a.py").write_text("22")
    assert noticed(changes, "a.py")


def test_where_the_system_forgets_to_tell(work, monkeypatch):
    """On a drive that tells of no change, each beat finds it by looking."""

    def silent(*folders: Path, **options: object) -> Iterator[set[tuple[object, str]]]:
        while True:
            time.sleep(0.01)
            yield set()

    monkeypatch.setattr(watched, "watch", silent)
    changes = Watched(work, "ex5").changes()
    beats(changes, 2)
    (work / "ex5" / "a.py").write_text("22")
    assert noticed(changes, "a.py")


def test_one_file_alone(work):
    """For a submission that is one file, its folder is watched."""
    changes = Watched(work / "ex5" / "a.py", "ex5").changes()
    beats(changes, 2)
    (work / "ex5" / "a.py").write_text("22")
    assert noticed(changes, "a.py")
