"""Workers for tests of the pool: they do as the key of their job says, without a sandbox."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

from grader.batch.worker import At, Done, Lost, Ready, Setting
from grader.results import Result, Text


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
