"""A plug-in of coverage.py: measures grader/ in processes too that are out of sight, or killed rather than ended.

Coverage.py loads it in every process that it measures (see ``[tool.coverage.run]``); nothing else does. As modules of
the sandbox are imported, it puts something around a few of their functions: processes are asked to end before they are
killed, and the warm process and its children, who can write no file, say over their sockets which lines ran.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from coverage import Coverage, CoverageData

ROOT = Path(__file__).resolve().parent.parent
INSIDE = "/run/grade/"
# How long a process may take to end by itself that has answered everything so far.
END_SECONDS = 2.0
# The place of the control socket's number among the arguments of the warm process.
CONTROL = 3


class Told:
    """The lines that processes inside the sandbox said they ran, kept in a file that coverage.py combines."""

    def __init__(self) -> None:
        self.new: dict[str, set[int]] = {}
        self.kept: dict[str, set[int]] = {}

    def add(self, said: bytes) -> None:
        """Take in what a process said; student code may have said something else in its stead."""
        try:
            lines = {file: set(map(int, numbers)) for file, numbers in json.loads(said)["lines"].items()}
        except (ValueError, TypeError, KeyError, AttributeError):
            return
        for file, numbers in lines.items():
            path = str(ROOT / file.removeprefix(INSIDE))
            self.new.setdefault(path, set()).update(numbers - self.kept.get(path, set()))

    def write(self) -> None:
        """Write what is new."""
        new = {path: numbers for path, numbers in self.new.items() if numbers}
        if new:
            data = CoverageData(os.environ["COVERAGE_FILE"], suffix=True)
            data.add_lines(new)
            data.close()
        for path, numbers in new.items():
            self.kept.setdefault(path, set()).update(numbers)
        self.new.clear()


TOLD = Told()


def last_words(channel: socket.socket, seconds: float) -> bytes:
    """Tell a process that nothing more will come, and return what it says to that; nothing if it is too slow."""
    deadline = time.monotonic() + seconds
    said = b""
    try:
        channel.shutdown(socket.SHUT_WR)
        while not said.endswith(b"\n"):
            channel.settimeout(max(0.001, deadline - time.monotonic()))
            piece = channel.recv(2**18)
            if not piece:
                return b""
            # A packet of the control socket is whole, and may be about something else.
            said = piece if channel.type == socket.SOCK_SEQPACKET else said + piece
    except OSError:
        return b""
    return said


def noting_answers(exchange: Callable[..., Any]) -> Callable[..., Any]:
    """Return an `exchange` that takes note of whether the process has answered: only then will it end by itself."""

    def noted(self: Any, *arguments: Any) -> Any:
        self.answered = False
        reply = exchange(self, *arguments)
        self.answered = True
        return reply

    return noted


def change_bubblewrap(module: ModuleType) -> None:
    """Measure inside bubblewrap."""
    command_line, close = module.command_line, module.Bubblewrap.close

    def measured_command_line(*arguments: Any) -> list[str]:
        command: list[str] = command_line(*arguments)
        first = (ROOT / "tests" / "measured_inside.py").read_text(encoding="utf-8")
        here = command.index(module.LAUNCH)
        command[here] = f"{first}\nmeasured = Measured(int(sys.argv[{CONTROL}]))\n{module.LAUNCH}\nmeasured.tell()"
        return command

    def measured_close(self: Any) -> None:
        if self._ready and self._control.fileno() >= 0:
            TOLD.add(last_words(self._control, END_SECONDS))
        close(self)
        TOLD.write()

    module.command_line, module.Bubblewrap.close = measured_command_line, measured_close


def change_confined(module: ModuleType) -> None:
    """Let children of the warm process end by themselves."""
    process = module.ConfinedProcess
    kill = process.kill

    def measured_kill(self: Any) -> None:
        if getattr(self, "answered", False) and self._channel.fileno() >= 0:
            TOLD.add(last_words(self._channel, END_SECONDS))
        kill(self)

    process.exchange, process.kill = noting_answers(process.exchange), measured_kill


def change_plain(module: ModuleType) -> None:
    """Let plain processes end by themselves."""
    process = module.PlainProcess
    kill = process.kill

    def measured_kill(self: Any) -> None:
        if getattr(self, "answered", False) and not self._killed:
            self._requests.put(None)
            try:
                self._process.stdin.close()
                self._process.wait(END_SECONDS)
            except (OSError, ValueError, subprocess.TimeoutExpired):
                # It is killed, then.
                pass
        kill(self)

    process.exchange, process.kill = noting_answers(process.exchange), measured_kill


def change_plain_inside(module: ModuleType) -> None:
    """Write down what a plain process ran, and spare it the tidying up of torch."""
    main = module.main

    def measured_main() -> None:
        main()
        coverage = Coverage.current()
        if coverage is not None:
            coverage.save()
        os._exit(0)

    module.main = measured_main


def change_pool(module: ModuleType) -> None:
    """Let the workers of a batch end by themselves."""
    close = module.Pool.close

    def measured_close(self: Any) -> None:
        idle = [worker for worker in self._workers if worker.ready and worker.job is None]
        for worker in idle:
            try:
                worker.pipe.send(None)
            except OSError:
                # It has ended.
                continue
        for worker in idle:
            worker.process.join(2 * END_SECONDS)
        close(self)

    module.Pool.close = measured_close


CHANGES: dict[str, Callable[[ModuleType], None]] = {
    "grader.batch.pool": change_pool,
    "grader.sandbox.bubblewrap": change_bubblewrap,
    "grader.sandbox.confined": change_confined,
    "grader.sandbox.inside.plain": change_plain_inside,
    "grader.sandbox.plain": change_plain,
}


class Changed(SourceFileLoader):
    """Loads a module and changes it."""

    def exec_module(self, module: ModuleType) -> None:
        """See `importlib.abc.Loader`."""
        super().exec_module(module)
        CHANGES[module.__name__](module)


class Finder(MetaPathFinder):
    """Finds the modules that are to be changed."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """See `importlib.abc.MetaPathFinder`."""
        spec = PathFinder.find_spec(name, path) if name in CHANGES else None
        if spec is not None and spec.origin is not None:
            spec.loader = Changed(name, spec.origin)
        return spec


def coverage_init(_registry: Any, _options: dict[str, str]) -> None:
    """Begin; coverage.py calls this in each process, and twice in a worker of a batch."""
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, Finder())
