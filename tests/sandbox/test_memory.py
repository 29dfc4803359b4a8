"""What a child and the processes that it starts may hold together, and who goes first where memory runs out."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sandbox import calling
from sandbox.test_isolation import LIMITS, Asking
from support import ROOT, need_bubblewrap

from grader.results import Status
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.inside.memory import Memory, proportional
from grader.sandbox.session import Session, StudentFault
from grader.submission import Source


@pytest.fixture(scope="module")
def box() -> Iterator[Bubblewrap]:
    """A sandbox."""
    need_bubblewrap()
    sandbox = Bubblewrap([ROOT], full=False)
    yield sandbox
    sandbox.close()


def small(box: Bubblewrap) -> Asking:
    """Return what runs probes in a child of its own that may hold 256 MB, and twice that with all that it starts."""
    asking = Asking(box)
    limits = replace(LIMITS, memory=2**28)
    asking.session = Session(box, Source("work", "work.py", b""), limits, 0, asking.packed)
    return asking


@pytest.fixture
def ask(box) -> Iterator[Asking]:
    """Runs probes in a small child of the test's own."""
    asking = small(box)
    yield asking
    asking.session.close()


@pytest.fixture
def idle() -> Iterator[int]:
    """A process with a child of its own that holds 100 MB, half of it shared with it."""
    code = (
        "import os, time\n"
        "shared = bytearray(os.urandom(2**20) * 50)\n"
        "if os.fork() == 0:\n"
        "    own = bytearray(os.urandom(2**20) * 50)\n"
        "    print('there', flush=True)\n"
        "time.sleep(600)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True, bufsize=1
    )
    assert process.stdout.readline() == "there\n"
    yield process.pid
    # The family may have been ended in part.
    os.killpg(process.pid, 9)
    process.wait()
    process.stdout.close()


def test_a_crowd_that_holds_too_much_is_ended(ask):
    """Processes that each keep to the limit, but together hold several times as much, are ended for that."""
    # Otherwise it would end at the exercise's time, as one that is too slow.
    with pytest.raises(StudentFault) as caught:
        ask(calling.crowd, number=12, private=120 * 2**20, shared=0)
    assert (caught.value.fault.status, caught.value.fault.kind) == (Status.MEMORY, "MemoryLimit")


def test_a_crowd_that_shares_is_left_alone(ask):
    """What processes share counts once, however many there are."""
    assert ask(calling.crowd, number=12, private=5 * 2**20, shared=100 * 2**20) == (12, 100 * 2**20)


def test_where_memory_runs_out_children_go_first(ask):
    """If the machine's memory runs out, the kernel ends a child before the judge, and the child cannot change that."""
    assert ask(calling.first_to_go) == (1000, 1000)


def test_empty_files_are_limited(ask):
    """Files that hold nothing, and take memory all the same, are limited in number."""
    assert 1900 <= ask(calling.empty_files, number=20000) <= 2100


def test_shared_memory_counts_once(idle):
    """A process and its child are over a limit below what they hold together, and not over one above that."""
    for limit, over in ((40, [idle]), (75, [])):
        memory = Memory()
        memory.watch(idle, limit * 2**20)
        # Beyond twice the limit, a child may hold what the process that watches over it does.
        memory._families[idle].limit = 2 * limit * 2**20
        assert memory.exceeded() == over
        assert memory.forget(idle) is False


def test_one_process_alone_is_for_its_own_limit():
    """A process without others is left to the kernel's limit, which it is told of as an error."""
    with subprocess.Popen(["sleep", "600"]) as alone:
        memory = Memory()
        memory.watch(alone.pid, 0)
        memory._families[alone.pid].limit = 0
        assert memory.exceeded() == []
        alone.kill()


def test_who_holds_too_much_is_ended(idle):
    """A family over its limit is ended at the next look, and known to have been; looks keep a pause."""
    memory = Memory()
    memory.watch(idle, 0)
    memory.enforce()
    memory._families[idle].limit = 2**20
    memory.enforce()
    assert Path(f"/proc/{idle}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    memory._next_look = 0.0
    memory.enforce()
    assert os.waitpid(idle, 0) == (idle, 9)
    assert memory.forget(idle) is True


def test_growth_is_counted_at_once_and_rest_seldom(idle, monkeypatch):
    """After an exact count that found nothing, the next comes when there is growth, or after a while."""
    memory = Memory()
    memory.watch(idle, 2**20)
    memory._families[idle].limit = 120 * 2**20
    counted = []
    monkeypatch.setattr("grader.sandbox.inside.memory.proportional", lambda pid, size: counted.append(pid) or 2**20)
    assert memory.exceeded() == []
    assert len(counted) == 2
    memory._families[idle].next_count = time.monotonic() + 600
    assert memory.exceeded() == []
    assert len(counted) == 2
    memory._families[idle].next_size = 2**20
    assert memory.exceeded() == []
    assert len(counted) == 4


def test_what_cannot_be_counted(monkeypatch):
    """A process that has ended holds nothing, and one that keeps it to itself all that it has in memory."""
    assert proportional(2**22 + 1, 5) == 0
    assert 2**20 < proportional(os.getpid(), 0) < 2**36

    def closed(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("builtins.open", closed)
    assert proportional(1, 5) == 5
