"""A `grade --watch` process that tests drive, and whose output they wait for."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from support import ROOT

SECONDS = 150
LAUNCH = """
import signal
# A process that a shell started in the background would ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
from grader.cli import main
main()
"""
RIGHT = "def double(x):\n    return 2 * x\n"
WRONG = "def double(x):\n    return 7\n"
STAMPS = count()


class Watching:
    """A `grade` process whose output is read as it comes; `work` is where the command is typed."""

    def __init__(self, course: Path, work: Path, *arguments: str, **environment: str) -> None:
        env = {
            **os.environ, "PYTHONPATH": str(ROOT), "GRADE_LANG": "en", "GITHUB_ACTIONS": "", "GRADE_DEBUG": "1",
            "GRADE_EXERCISES": str(course), "XDG_CACHE_HOME": str(work.parent / "cache"), **environment,
        }  # fmt: skip
        self.work = work
        self.encoding = environment.get("PYTHONIOENCODING", "utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, *arguments],
            cwd=work,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.decode(self.encoding).rstrip("\r\n"))
        self.lines.put(None)

    def until(self, pattern: str) -> str:
        """Return what is printed up to the first line that matches a pattern, which is among it."""
        seen = []
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                line = None
            assert line is not None, f"no line like {pattern!r} came, but:\n" + "\n".join(seen)
            seen.append(line)
            if re.search(pattern, line):
                return "\n".join(seen)

    def verdict(self) -> str:
        """Return what is printed for the next save, up to the next step."""
        told = self.until(r"^(Next|下一步)[:：]").split("\n")
        return "\n".join(line for line in told if not line.startswith(("Stuck?", "没有思路？")))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let the process sleep until the block ends: it finds all that is written there at once, on any machine."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def begin(self, **files: str) -> str:
        """Put other modules in place of all files: one is right, two is wrong, or as given; return the verdict."""
        stamp = f"stamp {next(STAMPS)}."
        folder = self.work / "ex9"
        with self.held():
            for path in folder.iterdir():
                path.unlink()
            for name, text in {"one": RIGHT, "two": WRONG, **files}.items():
                # It is code that was never there, and says so when it is marked.
                (folder / f"{name}.py").write_text(f"{text}print({stamp!r})\n")
        while stamp not in (told := self.verdict()):
            pass
        return told

    def stop(self) -> str:
        """Press Ctrl-C; return the rest of what is printed."""
        self.process.send_signal(signal.SIGINT)
        seen = []
        while (line := self.lines.get(timeout=SECONDS)) is not None:
            seen.append(line)
        self.process.wait(SECONDS)
        return "\n".join(seen)
