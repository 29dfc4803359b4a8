"""The floor: the CPU time of the probes' own work in one warm process, and of nothing else.

`python tests/bench/floor.py FOLDER...` marks each hand-in once in the sandbox, keeps what the judge asked, and asks it
again in this one process: no fork, no isolation, no judge, no checks. Prints JSON: CPU seconds by folder. Hand-ins
must not be hostile: here their code runs unconfined.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from grader.catalogue import exercises_root, find
from grader.judge.marking import mark
from grader.limits import Limits
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.confined import ConfinedProcess
from grader.sandbox.inside import wire
from grader.sandbox.inside.child import Child
from grader.sandbox.inside.frame import HEADER
from grader.sandbox.inside.warmup import warm_up
from grader.submission import find_submission


class Recording:
    """A sandbox that keeps what its processes are asked."""

    def __init__(self, inner: Bubblewrap) -> None:
        self.inner = inner
        self.kind = inner.kind
        self.asked: list[list[bytes]] = []

    def start(self, limits: Limits) -> ConfinedProcess:
        """See `Sandbox.start`."""
        process = self.inner.start(limits)
        frames: list[bytes] = []
        self.asked.append(frames)
        exchange = process.exchange

        def kept(frame: bytes, seconds: float, max_blob: int) -> tuple[bytes, memoryview]:
            frames.append(frame)
            return exchange(frame, seconds, max_blob)

        process.exchange = kept  # type: ignore[method-assign]
        return process

    def release(self, process: Any) -> None:
        """See `Sandbox.release`."""
        self.inner.release(process)

    def is_alive(self) -> bool:
        """See `Sandbox.is_alive`."""
        return self.inner.is_alive()

    def close(self) -> None:
        """See `Sandbox.close`."""
        self.inner.close()


def replay(asked: list[list[bytes]]) -> float:
    """Return the CPU seconds that answering takes."""
    spent = 0.0
    for frames in asked:
        with tempfile.TemporaryDirectory() as home:
            child = Child(Path(home))
            for frame in frames:
                tree, _ = HEADER.unpack(frame[: HEADER.size])
                request = wire.decode(frame[HEADER.size : HEADER.size + tree], frame[HEADER.size + tree :])
                started = time.process_time()
                child.answer(request)
                spent += time.process_time() - started
            child.forget()
            os.chdir("/")
    return spent


def main() -> int:
    """Measure each folder; return 0."""
    folders = [Path(argument).resolve() for argument in sys.argv[1:]]
    assignment, exercises = find("ex5", exercises_root())
    names = [exercise.name for exercise in exercises]
    warm_up()
    gc.freeze()
    found = {}
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    box = Bubblewrap(folders, True)
    try:
        for folder in folders:
            recording = Recording(box)
            submission = find_submission(folder, assignment.name, names, names)
            mark(assignment, exercises, recording, [submission], lambda _: None)
            # The first time, things are imported that a warm process has.
            replay(recording.asked)
            found[str(folder)] = replay(recording.asked)
    finally:
        box.close()
    os.write(out, (json.dumps(found) + "\n").encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
