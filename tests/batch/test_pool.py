"""The pool gives every job one outcome, whatever becomes of its workers."""

from __future__ import annotations

import time
from pathlib import Path

import fake_worker
import pytest
from support import tiny

from grader.batch.pool import Pool, PoolError, Standing
from grader.batch.worker import Job, Setting
from grader.results import Result
from grader.submission import Submission


def run(tmp_path: Path, keys: list[str], size: int = 2, target=fake_worker.obedient):
    """Return what became of each job in the order in which it was known, and who was seen at work."""
    setting = Setting(tiny(), (), 0, False, (), tmp_path)
    pool = Pool(setting, size, target)
    found: list[tuple[str, Result | None, str]] = []
    seen: list[list[Standing]] = []
    jobs = (Job(key, Submission(key, {})) for key in keys)
    try:
        pool.run(jobs, len(keys), lambda job, result, why: found.append((job.key, result, why)), seen.append)
    finally:
        pool.close()
    return found, seen


@pytest.mark.parametrize("size", [1, 3])
def test_every_job_has_its_result(tmp_path, size):
    """Each job gives its own result once, with any number of workers."""
    keys = [f"s{number}" for number in range(7)]
    found, _ = run(tmp_path, keys, size)
    assert sorted(key for key, _, _ in found) == keys
    assert all(result is not None and result.submission == key for key, result, _ in found)


def test_no_jobs_need_no_worker(tmp_path):
    """Without a job, no worker is started."""
    found, _ = run(tmp_path, [], target=fake_worker.stillborn)
    assert found == []


def test_a_dead_worker_is_replaced(tmp_path):
    """A job whose worker died once is marked by another; the others are as they were."""
    found, _ = run(tmp_path, ["a", "die_once", "b", "c"])
    assert sorted(key for key, result, _ in found if result is not None) == ["a", "b", "c", "die_once"]


@pytest.mark.parametrize(("key", "why"), [("die", "status 9"), ("lost", "the sandbox ended")])
def test_a_job_that_ends_workers_is_given_up(tmp_path, key, why):
    """A job that ends its worker twice has no result but a reason; the others have theirs."""
    found, _ = run(tmp_path, ["a", key, "b", "c"])
    assert sorted(done for done, result, _ in found if result is not None) == ["a", "b", "c"]
    assert [why in reason for done, _, reason in found if done == key] == [True]


@pytest.mark.parametrize("target", [fake_worker.stillborn, fake_worker.refused])
def test_workers_that_cannot_start_end_the_run(tmp_path, target):
    """Where no worker starts, that is said instead of being tried for ever."""
    with pytest.raises(PoolError, match="does not start"):
        run(tmp_path, ["a", "b"], target=target)


def test_a_stalled_worker_holds_up_nobody(tmp_path):
    """While one hand-in only waits, the others are marked by another worker."""
    found, _ = run(tmp_path, ["slow", "a", "b"], size=1)
    assert [key for key, _, _ in found] == ["a", "b", "slow"]


def test_who_is_being_marked_is_told(tmp_path):
    """Ticks name the student, the exercise and for how long."""
    _, seen = run(tmp_path, ["slow"], size=1)
    assert any(s.key == "slow" and s.exercise == "1" and 0 < s.seconds < 60 for standing in seen for s in standing)


def test_closing_ends_workers_at_once(tmp_path):
    """Closing does not wait for what workers are at."""
    setting = Setting(tiny(), (), 0, False, (), tmp_path)
    pool = Pool(setting, 1, fake_worker.obedient)

    def stop(standing: list[Standing]) -> None:
        if standing:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pool.run(iter([Job("slow", Submission("slow", {}))]), 1, lambda *_: None, stop)
    started = time.monotonic()
    pool.close()
    assert time.monotonic() - started < 2.5
