"""Without bubblewrap a student's own code is still marked, with nothing that Windows lacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import HOSTILE, SAMPLES, TINY, grade, results, tiny

from grader.limits import Limits
from grader.results import Status
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
    before = plain._idle
    assert before is not None
    results(tiny(), plain, [SAMPLES / "honest"])
    assert plain._idle is before
    results(tiny(), plain, [HOSTILE / "forge_comparison"])
    assert plain._idle is not before


def test_scratch_folders_are_removed():
    """A process's folder is gone once it has been closed."""
    sandbox = Plain(full=False)
    process = sandbox.start(Limits())
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
