"""Without bubblewrap a student's own code is still marked, with nothing that Windows lacks."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from support import HOSTILE, SAMPLES, TINY, grade, results, tiny

from grader.limits import Limits
from grader.results import Status
from grader.sandbox.inside import wire
from grader.sandbox.plain import Plain


@pytest.fixture(scope="module")
def plain():
    """Plain processes, shared by the tests of this file."""
    sandbox = Plain(full=False)
    sandbox.prepare(Limits(probe_seconds=2, exercise_seconds=4))
    yield sandbox
    sandbox.close()


def test_right_and_wrong_are_told_apart(plain):
    """A right answer gets everything, a wrong one nothing, and the result says that nothing isolated them."""
    right, wrong = results(tiny(), plain, [SAMPLES / "honest", SAMPLES / "wrong"])
    assert (right.score, wrong.score) == (10, 0)
    assert right.sandbox == "none"


def test_time_outs_and_exits_end_as_in_the_sandbox(plain):
    """An endless loop, an exit and a crash have the same statuses as in the sandbox, and the next hand-in its marks."""
    names = ["resource_loop_import", "leave_os_exit", "leave_segfault", "leave_exit"]
    found = results(tiny(), plain, [*(HOSTILE / name for name in names), SAMPLES / "honest"])
    ends = [result.exercises[0].status for result in found]
    assert ends == [Status.TIMEOUT, Status.CRASHED, Status.CRASHED, Status.CRASHED, Status.PASSED]


def test_a_spoilt_process_is_not_used_again(plain):
    """What a hand-in does to torch and to builtins does not reach the next one, a clean process is used again."""
    first, second, third = results(
        tiny(), plain, [SAMPLES / "honest", HOSTILE / "forge_comparison", SAMPLES / "honest"]
    )
    assert first.score == third.score == 10
    assert second.score == 0
    before = plain.waiting
    assert len(before) == 1
    results(tiny(), plain, [SAMPLES / "honest"])
    assert plain.waiting == before
    results(tiny(), plain, [HOSTILE / "forge_comparison"])
    assert plain.waiting == ()


def test_what_is_safe_to_load_is_put_back(plain, tmp_path):
    """A hand-in that empties the list of classes that are safe to load, and adds its own, costs no new process."""
    right = (SAMPLES / "honest" / "tiny" / "tiny_1_double.py").read_text(encoding="utf-8")
    changed = "import torch\ntorch.serialization.clear_safe_globals()\ntorch.serialization.add_safe_globals([set])\n"
    (tmp_path / "tiny_1_double.py").write_text(right + changed, encoding="utf-8")
    results(tiny(), plain, [SAMPLES / "honest"])
    before = plain.waiting
    (result,) = results(tiny(), plain, [tmp_path])
    assert result.score == 10
    assert plain.waiting == before


def test_two_processes_are_kept():
    """Of the processes that ran at the same time, two wait for the next exercise, and none that has other limits."""
    sandbox = Plain(full=False)
    limits = Limits()
    try:
        first, second, third = (sandbox.start(limits) for _ in range(3))
        prepare = wire.encode({"do": "prepare", "probes": pickle.dumps({}), "modules": {}, "watch": True})
        for process in (first, second, third):
            process.exchange(prepare, 60, 0)
            sandbox.release(process)
        assert sandbox.waiting == (first, second)
        assert not third.is_alive()
        assert {sandbox.start(limits), sandbox.start(limits)} == {first, second}
        for process in (first, second):
            sandbox.release(process)
        sandbox.keep_ready(replace(limits, memory=2**30))
        assert not first.is_alive()
        assert not second.is_alive()
    finally:
        sandbox.close()


def test_scratch_folders_are_removed():
    """A process's folder is gone once it has been closed."""
    sandbox = Plain(full=False)
    sandbox.prepare(Limits())
    (process,) = sandbox.waiting
    assert process.home.is_dir()
    sandbox.close()
    assert not process.home.exists()


def test_works_with_everything_that_windows_lacks_taken_away(tmp_path):
    """The grade command runs with no fork, resource, fcntl, Unix sockets, poll or killpg, on a GBK console."""
    target = tmp_path / "作业" / "tiny"
    target.mkdir(parents=True)
    (target / "tiny_1_double.py").write_bytes((SAMPLES / "honest/tiny/tiny_1_double.py").read_bytes())
    page, data = tmp_path / "成绩.html", tmp_path / "r.json"
    done = grade(
        "tiny", "--submission", target.parent, "--html", page, "--json", data, "--lang", "zh",
        env={
            "PYTHONPATH": f"{SAMPLES / 'no_posix'}:{Path(__file__).resolve().parents[2]}",
            "GRADE_EXERCISES": str(TINY.parent), "PATH": "/nowhere", "PYTHONIOENCODING": "gbk",
            "GRADE_DEBUG": "1",
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    result = json.loads(data.read_text(encoding="utf-8"))
    assert (result["score"], result["sandbox"]) == (10, "none")
    assert "bubblewrap" in result["notes"][0]
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
