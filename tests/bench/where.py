"""Where the CPU time of one hand-in goes: `python tests/bench/where.py FOLDER` prints JSON, milliseconds by part.

The hand-in is marked several times in one session, so that nothing is paid that is paid once. ``judge`` is pytest,
inputs, checks and messages; ``probes`` the student's code and the probes around it, as in `floor`; ``sandbox`` what
forking, confining and ending the processes takes, with the pages that they copy; ``pages`` making and writing the
scorecard and the results. Root only: the sandbox's time is read off its warm process's children.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from floor import Recording, replay

from grader.batch.files import write_student
from grader.catalogue import exercises_root, find
from grader.judge.marking import mark
from grader.results import Result
from grader.sandbox.bubblewrap import Bubblewrap
from grader.sandbox.inside.warmup import warm_up
from grader.submission import Submission, find_work

ROUNDS = 4


def warm_process(outer: int) -> int:
    """Return the warm process: the innermost child of bubblewrap's first process."""
    while children := Path(f"/proc/{outer}/task/{outer}/children").read_text().split():
        inner = int(children[0])
        if "inside.warm" not in Path(f"/proc/{inner}/cmdline").read_bytes().decode(errors="replace"):
            break
        outer = inner
        if not Path(f"/proc/{outer}/exe").resolve().name.startswith("bwrap"):
            break
    return outer


def spent(process: int) -> float:
    """Return the CPU seconds of a process and of its children that ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Measure and print; return 0."""
    folder = Path(sys.argv[1]).resolve()
    assignment, exercises = find("ex5", exercises_root())
    submission = find_work(folder, assignment, [exercise.name for exercise in exercises])
    warm_up()
    gc.freeze()
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    parts: dict[str, list[float]] = {"judge": [], "inside": [], "pages": []}
    box = Bubblewrap([folder], True)
    try:
        box.wait_until_ready()
        warm = warm_process(box._process.pid)
        before = [0.0, 0.0]

        def rounds() -> Iterator[Submission]:
            for _ in range(ROUNDS):
                before[:] = [time.process_time(), spent(warm)]
                yield submission

        def on_result(result: Result) -> None:
            parts["judge"].append(time.process_time() - before[0])
            time.sleep(0.2)  # until the last child is gone and counted
            parts["inside"].append(spent(warm) - before[1])
            started = time.process_time()
            with tempfile.TemporaryDirectory() as name:
                write_student(Path(name), result, "en")
            parts["pages"].append(time.process_time() - started)

        mark(assignment, exercises, box, rounds(), on_result)
        recording = Recording(box)
        mark(assignment, exercises, recording, [submission], lambda _: None)
        replay(recording.asked)
        probes = replay(recording.asked)
    finally:
        box.close()
    # The first round pays for what is made once.
    judge, inside, pages = (statistics.mean(parts[name][1:]) for name in ("judge", "inside", "pages"))
    found = {"judge": judge, "probes": probes, "sandbox": max(0.0, inside - probes), "pages": pages}
    os.write(out, (json.dumps({name: round(1000 * value) for name, value in found.items()}) + "\n").encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
