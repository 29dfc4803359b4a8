"""All attacks in one class: they earn nothing, those between them lose nothing, and the gradebook is whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hostile_corpus import ASSIGNMENTS, REFUSED, Attack, attacks, owned_by
from support import ROOT, SAMPLES, grade, need_bubblewrap

from grader.batch.gradebook import Gradebook
from grader.catalogue import load_assignment
from grader.class_result import Entry, Outcome
from grader.results import Result

ATTACKS = attacks()
# An honest student after every so many attacks.
EVERY = 6
# How much longer than its limit an exercise may take here, where it is not known how long its judge waited for a core.
# tests/sandbox/test_hostile.py is exact.
BUSY = 5


@dataclass
class Class:
    """A class that was marked.

    Args:
        folder: of the hand-ins.
        out: of the results.
        status: with which the command ended.
        said: what it printed.
        before: what was in the folders of others before it began.
        entries: by the name of the student, which for an attack is the attack's.
        results: likewise, of those that were marked.
        students: the names of all.
    """

    folder: Path
    out: Path
    status: int
    said: str
    before: dict[Path, set[str]]
    students: list[str]
    entries: dict[str, Entry] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    integrity: str = ""


def inventory(*places: Path) -> dict[Path, set[str]]:
    """Return the names in some folders."""
    return {place: set(os.listdir(place)) for place in places}


def hand_in(folder: Path, assignment: str) -> list[str]:
    """Write the attacks on an assignment with honest students between them; return the names of all."""
    students = []

    def honest() -> None:
        name = f"honest {len(students):03}"
        students.append(name)
        shutil.copytree(SAMPLES / "honest" / assignment, folder / name / assignment)
        for file in (folder / name).rglob("*.py"):
            # Another content for each, or the result of the first would be taken for all.
            file.write_text(f"{file.read_text(encoding='utf-8')}\n\n# {name}\n", encoding="utf-8")

    honest()
    for place, attack in enumerate((attack for attack in ATTACKS if attack.assignment == assignment), 1):
        attack.write(folder / attack.name)
        students.append(attack.name)
        if place % EVERY == 0:
            honest()
    honest()
    return students


@pytest.fixture(scope="module")
def classes(tmp_path_factory) -> dict[str, Class]:
    """The classes of all assignments, each marked by one run of the command with two workers."""
    need_bubblewrap()
    found = {}
    for assignment in ASSIGNMENTS:
        root = tmp_path_factory.mktemp(f"class_{assignment}")
        students = hand_in(root / "in", assignment)
        before = inventory(root, root / "in")
        env = {"GRADE_EXERCISES": str(SAMPLES / "assignments"), "XDG_CACHE_HOME": str(root / "cache")}
        done = grade("batch", root / "in", "--out", root / "out", "--assignment", assignment, "--jobs", "2", env=env)
        found[assignment] = one = Class(
            root / "in", root / "out", done.returncode, done.stdout + done.stderr, before, students
        )
        with closing(sqlite3.connect(one.out / "gradebook.sqlite")) as base:
            one.integrity = base.execute("PRAGMA integrity_check").fetchone()[0]
        with closing(Gradebook(one.out / "gradebook.sqlite")) as gradebook:
            one.entries = {entry.name: entry for entry in gradebook.entries()}
            one.results = {result.submission: result for result in gradebook.results()}
            assert len(gradebook.entries()) == len(one.entries)
    return found


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_attack_earns_nothing_in_a_class(attack: Attack, classes):
    """An attack among others gets no point, ends as its description allows, and in time."""
    one = classes[attack.assignment]
    entry = one.entries[attack.name]
    if entry.outcome is Outcome.REFUSED:
        assert REFUSED in attack.allowed, entry.reason.en
        assert entry.reason.en and entry.reason.zh
        return
    assert entry.outcome is Outcome.MARKED, entry.reason.en
    result = one.results[attack.name]
    limits = {e.name: e.limits.exercise_seconds for e in load_assignment_of(attack).exercises}
    assert result.score == entry.score == 0
    for exercise in result.exercises:
        left_out = (attack.folder / attack.assignment).is_dir() and not list(attack.folder.glob(f"*/{exercise.name}*"))
        allowed = {"missing"} if left_out else set(attack.allowed)
        told = [(check.name, check.status.value, check.message.en[:300]) for check in exercise.checks]
        assert {status for _, status, _ in told} <= allowed, told
        assert exercise.seconds < BUSY * limits[exercise.name]
    assert result.complete


def load_assignment_of(attack: Attack):
    """Return the assignment that an attack pretends to answer."""
    return load_assignment(SAMPLES / "assignments" / attack.assignment)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_honest_students_keep_everything(assignment, classes):
    """Who hands in a right answer has full marks, whoever is marked before, after and beside."""
    one = classes[assignment]
    honest = [name for name in one.students if name.startswith("honest")]
    lost = {name: one.results[name] for name in honest if one.results[name].score < one.results[name].max_score}
    told = {name: [(c.name, c.status, c.message.en) for e in r.exercises for c in e.checks] for name, r in lost.items()}
    assert not told
    assert len(honest) >= 2


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_gradebook_is_whole(assignment, classes):
    """The gradebook is sound, has every student once, and the command found no fault of its own."""
    one = classes[assignment]
    assert one.integrity == "ok"
    assert sorted(one.entries) == sorted(one.students)
    assert one.status == 0, one.said[-2000:]
    assert "Traceback" not in one.said


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_nothing_is_left_beside_the_results(assignment, classes):
    """Beside the hand-ins there are the results and nothing else; every student's folder holds the three files."""
    one = classes[assignment]
    root = one.folder.parent
    assert inventory(root, one.folder) == {
        root: one.before[root] | {"out", "cache"} & set(os.listdir(root)),
        one.folder: one.before[one.folder],
    }
    assert {path.name for path in one.out.iterdir() if path.name[0] == "."} == set()
    for folder in (one.out / "students").iterdir():
        assert {path.name for path in folder.iterdir()} == {"result.json", "scorecard.html", "gradescope.json"}
    assert not [path for attack in ATTACKS for path in attack.absent if os.path.lexists(path)]
    # What student code writes outside belongs to nobody that this machine knows.
    if os.getuid() == 0:
        places = [Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), ROOT, root, one.folder, one.out]
        assert not owned_by(range(61000, 65000), *places)
