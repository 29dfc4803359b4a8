"""The workers of a batch: gives them jobs, replaces those that die, lets none wait for another's endless loop."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any

from grader.batch.worker import At, Done, Job, Lost, Ready, Setting, work
from grader.errors import BrokenError
from grader.results import Result

# Without a word for so long, a worker waits for code that hangs, and another one uses the core meanwhile.
STALLED_SECONDS = 1.0
# Longer than any exercise may take: then the worker itself hangs.
SILENT_SECONDS = 240.0
TRIES = 2


class PoolError(BrokenError):
    """Workers cannot be started."""


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: connection.Connection
    ready: bool = False
    job: Job | None = None
    at: str = ""
    since: float = 0.0
    heard: float = field(default_factory=time.monotonic)


@dataclass(frozen=True)
class Standing:
    """Who is being marked: the student's key, the exercise, seconds since the start of this hand-in."""

    key: str
    exercise: str
    seconds: float


class Pool:
    """Marks jobs on several workers.

    Args:
        setting: for every worker.
        size: how many hand-ins are marked at the same time, not counting those that only wait.
        target: what a worker runs, given the setting and its end of a pipe.
    """

    def __init__(
        self, setting: Setting, size: int, target: Callable[[Setting, connection.Connection], None] = work
    ) -> None:
        self._setting = setting
        self._size = size
        self._target = target
        self._workers: list[_Worker] = []
        self._tries: dict[str, int] = {}
        # Workers are forked from a process that has imported torch and pytest once and has no threads.
        self._context: ForkServerContext = get_context("forkserver")
        self._context.set_forkserver_preload(["grader.judge.marking", "grader.reports.scorecard"])

    def run(
        self,
        jobs: Iterator[Job],
        count: int,
        on_done: Callable[[Job, Result | None, str], None],
        on_tick: Callable[[list[Standing]], None],
    ) -> None:
        """Mark every job.

        Args:
            jobs: taken one by one, as workers become free.
            count: how many there are.
            on_done: called with each job and its result, or None and why there is none.
            on_tick: called several times a second with who is being marked.

        Raises:
            PoolError: if workers cannot be started.
        """
        again: deque[Job] = deque()
        while True:
            while count or again:
                worker = self._free_worker(count + len(again))
                if worker is None:
                    break
                if not again:
                    count -= 1
                self._give(worker, again.popleft() if again else next(jobs))
            if not count and not again and not any(worker.job for worker in self._workers):
                return
            for worker in self._heard(0.2):
                self._listen(worker, again, on_done)
            now = time.monotonic()
            for worker in list(self._workers):
                if now - worker.heard > SILENT_SECONDS and (worker.job is not None or not worker.ready):
                    self._bury(worker, f"nothing was heard of it for {SILENT_SECONDS:g} s", again, on_done)
            on_tick([Standing(w.job.key, w.at, now - w.since) for w in self._workers if w.job is not None])

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def _free_worker(self, waiting: int) -> _Worker | None:
        """Return a worker for one of the waiting jobs; None while enough of them are at work or about to be."""
        now = time.monotonic()
        busy = [worker for worker in self._workers if worker.job is not None]
        stalled = [worker for worker in busy if now - worker.heard > STALLED_SECONDS]
        free = [worker for worker in self._workers if worker.job is None and worker.ready]
        starting = len(self._workers) - len(busy) - len(free)
        room = min(self._size - len(busy) + len(stalled), 3 * self._size - len(busy))
        if room > 0 and free:
            return free[0]
        if min(room, waiting) > starting:
            self._start()
        return None

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=self._target, args=(self._setting, theirs), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _give(self, worker: _Worker, job: Job) -> None:
        worker.job, worker.at = job, ""
        worker.since = worker.heard = time.monotonic()
        try:
            worker.pipe.send(job)
        except OSError:
            # It died; what it said last, and its end, are heard next.
            return

    def _heard(self, seconds: float) -> list[_Worker]:
        """Return the workers that said something, or ended."""
        by_pipe: dict[Any, _Worker] = {worker.pipe: worker for worker in self._workers}
        return [by_pipe[pipe] for pipe in connection.wait(list(by_pipe), seconds)]

    def _listen(self, worker: _Worker, again: deque[Job], on_done: Callable[[Job, Result | None, str], None]) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            self._bury(worker, f"its process ended with status {worker.process.exitcode}", again, on_done)
            return
        worker.heard = time.monotonic()
        if isinstance(message, Ready):
            worker.ready = True
        elif isinstance(message, At):
            worker.at = message.exercise
        elif isinstance(message, Done) and worker.job is not None:
            job, worker.job = worker.job, None
            on_done(job, message.result, "")
        elif isinstance(message, Lost):
            self._bury(worker, message.why, again, on_done)

    def _bury(
        self, worker: _Worker, why: str, again: deque[Job], on_done: Callable[[Job, Result | None, str], None]
    ) -> None:
        """Remove a worker; its job is tried once more by another."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        if not worker.ready:
            raise PoolError(f"a worker does not start: {why}")
        job = worker.job
        if job is None:
            return
        self._tries[job.key] = self._tries.get(job.key, 0) + 1
        if self._tries[job.key] < TRIES:
            again.append(job)
        else:
            on_done(job, None, why)
