"""A run marks what must be marked, once, and what is known stays as it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import fake_worker
import pytest
from support import TINY, need_bubblewrap, tiny

from grader.batch import run
from grader.batch.gradebook import Gradebook
from grader.batch.pool import Pool
from grader.batch.run import Progress, Run, Work
from grader.batch.similarity import SameCode
from grader.batch.worker import Setting
from grader.class_result import Entry, Outcome
from grader.results import Text

RIGHT = "def double(x):\n    return x * 2\n"
WRONG = "def double(x):\n    return x\n"
# It waits instead of counting to infinity, which would only take a core from the others.
ENDLESS = "import time\nwhile True:\n    time.sleep(0.1)\n"


class Class:
    """A class of the tiny assignment below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.progress: list[Progress] = []

    def hand_in(self, **files: str) -> list[Work]:
        """Write one file a student; return what there is to mark."""
        name = tiny().exercises[0].name
        works = []
        for student, code in files.items():
            folder = self.root / "in" / student
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.py").write_text(code, encoding="utf-8")
            works.append(Work(Entry(student, student.title(), Outcome.REFUSED), folder))
        return works

    def mark(self, works: list[Work], size: int = 1, fresh: bool = False, seed: int = 0):
        """Mark; return entries by key and how many hand-ins had to be marked."""
        assignment = tiny()
        students = self.root / "students"
        setting = Setting(assignment, assignment.exercises, seed, True, (self.root, TINY.parent), students)
        with closing(Gradebook(self.root / "gradebook.sqlite")) as gradebook:
            self.progress.clear()
            Run(setting, gradebook, size, fresh, SameCode({}), self.progress.append).mark(works)
            return {entry.key: entry for entry in gradebook.entries()}, self.progress[0].total


@pytest.fixture(scope="module", autouse=True)
def _workers() -> Iterator[None]:
    """Workers that are soon ready; beside that they do as those of a real batch."""
    with fake_worker.light_workers():
        yield


@pytest.fixture
def course(tmp_path) -> Class:
    """An empty class."""
    need_bubblewrap()
    return Class(tmp_path)


@pytest.fixture(scope="module")
def first_run(tmp_path_factory) -> tuple[Class, dict[str, Entry], int]:
    """A class of two that was marked, its entries, and how many were marked. No test may change it."""
    need_bubblewrap()
    course = Class(tmp_path_factory.mktemp("first_run") / "class")
    return course, *course.mark(course.hand_in(ann=RIGHT, bob=WRONG))


@pytest.fixture
def known(tmp_path, first_run) -> Class:
    """A copy of that class, to go on with."""
    shutil.copytree(first_run[0].root, tmp_path / "class")
    return Class(tmp_path / "class")


def test_only_what_is_new_is_marked(first_run, known):
    """The second run of the same class marks nothing, a changed hand-in and a new one are marked, --fresh marks all."""
    _, first, marked = first_run
    assert marked == 2
    assert first["ann"].score > first["bob"].score
    works = known.hand_in(ann=RIGHT, bob=WRONG)
    again, marked = known.mark(works)
    assert (again, marked) == (first, 0)
    changed, marked = known.mark(known.hand_in(ann=RIGHT, bob=RIGHT + "\n", cyd=WRONG + "\n"))
    assert marked == 2
    assert changed["bob"].score == changed["ann"].score == first["ann"].score
    fresh, marked = known.mark(works, fresh=True)
    assert marked == 2
    assert fresh["ann"].exercises == first["ann"].exercises


def test_the_same_content_is_marked_once(course):
    """Students who handed in the same files share one marking, and each has pages under the own name."""
    entries, marked = course.mark(course.hand_in(ann=RIGHT, bob=RIGHT, cyd=RIGHT))
    assert {entry.score for entry in entries.values()} == {entries["ann"].score}
    assert marked == 3
    assert course.progress[-1].marked <= 3
    for student in ("ann", "bob", "cyd"):
        found = json.loads((course.root / "students" / student / "result.json").read_text(encoding="utf-8"))
        assert found["submission"] == student.title()


def test_lost_pages_are_written_again(known):
    """A known result whose page was lost or changed is written again without marking."""
    works = known.hand_in(ann=RIGHT)
    page = known.root / "students" / "ann" / "scorecard.html"
    before = page.read_bytes()
    page.unlink()
    _, marked = known.mark(works)
    assert (page.read_bytes(), marked) == (before, 0)


def test_what_cannot_be_marked_is_recorded_with_its_reason(known):
    """A refused hand-in keeps its reason and loses the pages of an earlier one."""
    assert (known.root / "students" / "ann").is_dir()
    refused = Work(Entry("ann", "Ann", Outcome.REFUSED, reason=Text("bad archive")), None)
    entries, marked = known.mark([refused])
    assert (entries["ann"].outcome, entries["ann"].reason.en, marked) == (Outcome.REFUSED, "bad archive", 0)
    assert not (known.root / "students" / "ann").exists()


def test_another_seed_marks_anew(known):
    """Results of another seed are not reused."""
    assert known.mark(known.hand_in(ann=RIGHT), seed=1)[1] == 1


def test_workers_and_order_change_nothing(course, tmp_path):
    """One worker or three, this order or the other: the same figures for everyone."""
    files = {f"s{number}": (RIGHT if number % 2 else WRONG) + "\n" * number for number in range(4)}
    files["loop"] = ENDLESS
    one, _ = course.mark(course.hand_in(**files), size=1)
    other = Class(tmp_path / "other")
    three, _ = other.mark(list(reversed(other.hand_in(**files))), size=3)

    def figures(entries):
        return {key: (entry.outcome, entry.score, entry.exercises) for key, entry in entries.items()}

    assert figures(one) == figures(three)


def test_what_ends_its_worker_twice_is_left_to_the_instructor(tmp_path, monkeypatch):
    """A hand-in under which a worker ended twice, and its like, are incomplete and say why; others are marked."""
    monkeypatch.setattr(run, "Pool", partial(Pool, target=fake_worker.obedient))
    course = Class(tmp_path)
    found, marked = course.mark(course.hand_in(die=WRONG, like=WRONG, ann=RIGHT))
    assert marked == 3
    for key in ("die", "like"):
        assert (found[key].outcome, found[key].complete) == (Outcome.CRASHED, False)
        assert "twice" in found[key].reason.en
        assert found[key].reason.zh
    assert found["ann"].outcome is Outcome.MARKED
