"""Workers for tests: those that do as the key of their job says, without a sandbox, and one that is soon ready."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from grader.batch import run, worker
from grader.batch.pool import Pool
from grader.batch.worker import At, Done, Lost, Ready, Setting
from grader.results import Result, Text
from grader.sandbox.bubblewrap import Bubblewrap


def result(key: str) -> Result:
    """Return an empty result for a student."""
    return Result("tiny", Text("Tiny"), key, 0, 0.0, 0.0, True, "none", ())


def obedient(setting: Setting, pipe: Connection) -> None:
    """Do what each job's key says: die, die_once, lost, slow or anything else for a result at once."""
    pipe.send(Ready())
    while (job := pipe.recv()) is not None:
        pipe.send(At("1"))
        if job.key.startswith("die_once"):
            mark = setting.students / job.key
            if not mark.exists():
                mark.touch()
                os._exit(9)
        elif job.key.startswith("die"):
            os._exit(9)
        elif job.key.startswith("lost"):
            pipe.send(Lost("the sandbox ended"))
            return
        elif job.key.startswith("slow"):
            time.sleep(3)
        pipe.send(Done(result(job.key)))


def stillborn(_setting: Setting, _pipe: Connection) -> None:
    """End before being ready."""
    os._exit(7)


def refused(_setting: Setting, pipe: Connection) -> None:
    """Say why it cannot start."""
    pipe.send(Lost("SandboxError: no sandbox here"))


class Light(Bubblewrap):
    """The sandbox of a batch that imports torch and warms up nothing more, which the hand-ins of tests do not need."""

    def __init__(self, private: Iterable[Path] = (), full: bool = True, seldom: bool = False) -> None:
        super().__init__(private, full=False)


def light(setting: Setting, pipe: Connection) -> None:
    """Do all that the real worker does, in a sandbox that is ready sooner."""
    # A worker is a process of its own, so that nobody else meets this name.
    worker.Bubblewrap = Light  # type: ignore[misc]
    worker.work(setting, pipe)


@contextmanager
def light_workers() -> Iterator[None]:
    """Let batches that this process runs within the block have light workers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "Pool", partial(Pool, target=light))
        yield
