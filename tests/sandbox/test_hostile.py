"""Hostile hand-ins earn nothing, end in time, and change nothing for their neighbours."""

from __future__ import annotations

import ctypes
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_corpus import REFUSED, Attack, attacks, owned_by, read_attack
from support import ROOT, TESTS, need_bubblewrap

from grader.catalogue import load_assignment
from grader.sandbox.inside.users import users_of

ATTACKS = attacks()
# More than there are cores, because the attacks that take time are those that wait for their limit.
PROCESSES = 4
# An attack may have this long to clean up after, beyond the limit of its exercise.
CLEANING_UP = 2.0
# What the first words of fresh processes may add to that.
STARTING = 1.5
# Longer than any attack can take by right: then the judge itself hangs.
SILENT = 60.0
PR_SET_CHILD_SUBREAPER = 36
MEMORY = 512 * 2**20


class Helper:
    """A process that marks attacks, one after the other.

    Args:
        folder: of its own.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None
        self.pids: list[int] = []
        self.memory: list[int] = []

    def ask(self, name: str) -> dict[str, Any]:
        """Return what marking an attack gave; ``{"fault": ...}`` if it ended the process, or made it silent."""
        if self.process is None:
            self.start()
        process = self.process
        assert process is not None and process.stdin is not None and process.stdout is not None
        timer = threading.Timer(SILENT, process.kill)
        timer.start()
        try:
            process.stdin.write(name + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = ""
        finally:
            timer.cancel()
        told = json.loads(line) if line else {"fault": f"the judge ended, or said nothing for {SILENT:g} s"}
        if "fault" in told:
            self.end()
        return told

    def start(self) -> None:
        """Start the process and wait until it can mark."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "said.txt", "a") as said:
            self.process = subprocess.Popen(
                [sys.executable, TESTS / "hostile_marking.py", self.folder / "work", ROOT, self.folder],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True,
                env={**os.environ, "PYTHONPATH": f"{ROOT}:{TESTS}", "XDG_CACHE_HOME": str(self.folder / "cache")},
            )  # fmt: skip
        assert self.process.stdout is not None
        first = json.loads(self.process.stdout.readline() or "{}")
        if "pid" not in first:
            raise RuntimeError(f"a judge does not start: {first} {(self.folder / 'said.txt').read_text()[-500:]}")
        self.pids.append(first["pid"])

    def end(self) -> None:
        """End the process."""
        if self.process is not None:
            assert self.process.stdin is not None and self.process.stdout is not None
            self.process.stdin.close()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process.stdout.close()
            self.process = None


def children() -> set[int]:
    """Return the processes whose parent this one is."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(path.parent.name))
    return found


@pytest.fixture(scope="module")
def orphans() -> Iterator[set[int]]:
    """The children of this process before any attack; from then on, orphans among their descendants become its own."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield children()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


class Marked:
    """What became of all attacks.

    Args:
        folder: for what helpers write.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: dict[str, dict[str, Any]] = {}
        self.helpers = [Helper(folder / str(number)) for number in range(PROCESSES)]

    def mark(self, wanted: list[Attack]) -> None:
        """Mark attacks, several at the same time."""
        waiting: queue.SimpleQueue[Attack] = queue.SimpleQueue()
        # Those of an assignment together, and what waits for its limit first.
        for attack in sorted(wanted, key=lambda attack: (attack.assignment, "timeout" not in attack.allowed)):
            waiting.put(attack)

        def serve(helper: Helper) -> None:
            try:
                while True:
                    attack = waiting.get_nowait()
                    self.found[attack.name] = told = helper.ask(attack.name)
                    helper.memory.append(told.get("memory", 0))
            except queue.Empty:
                helper.end()

        threads = [threading.Thread(target=serve, args=(helper,)) for helper in self.helpers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


@pytest.fixture(scope="module")
def marked(request, tmp_path_factory, orphans) -> Marked:
    """The results of all attacks that this run of the tests asks for, each with that of the honest hand-in after it."""
    need_bubblewrap()
    marked = Marked(tmp_path_factory.mktemp("hostile"))
    here = [item for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    names = {item.callspec.params["attack"].name for item in here if "attack" in item.callspec.params}
    marked.mark([attack for attack in ATTACKS if attack.name in names])
    return marked


@pytest.fixture
def told(attack, marked) -> dict[str, Any]:
    """What the marking of one attack gave."""
    found = marked.found.get(attack.name, {"fault": "it was not marked"})
    assert "fault" not in found, found["fault"]
    return found


each = pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])


@each
def test_attack_earns_nothing(attack, told):
    """A hostile hand-in gets no point, and each check ends as its description allows."""
    if told["refused"]:
        assert REFUSED in attack.allowed, told["refused"]
        assert "\n" not in told["refused"].strip()
        return
    result = told["attack"]
    assert result["score"] == 0
    assert result["complete"]
    for name, exercise in result["exercises"].items():
        # An exercise that the attack leaves out is missing, and no more is to be learnt from it.
        left_out = (attack.folder / attack.assignment).is_dir() and not list(attack.folder.glob(f"*/{name}*"))
        allowed = {"missing"} if left_out else set(attack.allowed)
        assert set(exercise["statuses"]) <= allowed, exercise["messages"]


@each
def test_honest_neighbour_keeps_everything(attack, told):
    """The hand-in marked after an attack gets its full marks."""
    neighbour = told["neighbour"]
    assert neighbour["score"] == neighbour["max_score"] > 0, neighbour["exercises"]


@each
def test_attack_ends_in_time(attack, told):
    """No attack outlasts the time of its exercise by more than the time to clean up after it."""
    assignment = load_assignment(TESTS / "samples" / "assignments" / attack.assignment)
    limits = {exercise.name: exercise.limits.exercise_seconds for exercise in assignment.exercises}
    if told["refused"]:
        return
    for name, exercise in told["attack"]["exercises"].items():
        # What the judge waited for a core, which others had, is no time of the attack's.
        assert exercise["seconds"] - told["attack"]["delayed"] < limits[name] + CLEANING_UP + STARTING


def test_memory_of_the_judge_stays_bounded(marked):
    """What attacks make the judge hold is given back: after all of them it has little more than after the first."""
    for helper in marked.helpers:
        known = [memory for memory in helper.memory if memory]
        assert len(known) < 2 or known[-1] < known[0] + MEMORY


def test_no_process_is_left_on_this_machine(marked, orphans):
    """No process of an attack, and none of the sandbox, is there once all of them have been marked."""
    deadline = time.monotonic() + 5
    # What has just been killed may take a moment to go.
    while children() - orphans and time.monotonic() < deadline:
        for pid in children() - orphans:
            try:
                os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                pass
        time.sleep(0.1)
    assert not children() - orphans
    if os.getuid() == 0:
        users = {user for helper in marked.helpers for pid in helper.pids for user in users_of(pid)}
        assert users
        owners = set()
        for path in Path("/proc").glob("[0-9]*"):
            try:
                owners.add(path.stat().st_uid)
            except OSError:
                continue
        assert not users & owners


def test_no_file_is_left_on_this_machine(marked):
    """No file that an attack names, and none of a sandbox's user, is there once all of them have been marked."""
    assert not [path for attack in ATTACKS for path in attack.absent if os.path.lexists(path)]
    pids = [pid for helper in marked.helpers for pid in helper.pids] if os.getuid() == 0 else []
    users = {user for pid in pids for user in users_of(pid)}
    places = [Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), ROOT, TESTS, marked.folder]
    assert not owned_by(users, *places)


def test_who_looks_for_traces_comes_after_who_leaves_them():
    """What an attack comes after is in the corpus, and is handed in for the same assignment."""
    pairs = [(attack, read_attack(attack.after)) for attack in ATTACKS if attack.after]
    assert pairs
    assert all(attack.assignment == before.assignment for attack, before in pairs)
