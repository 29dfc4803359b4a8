"""Where there is no bubblewrap: a plain child process over pipes, for a student's own code on their own machine.

Nothing here needs fork, the resource module, Unix sockets or `select` on pipes: Windows has none of them.
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

import grader
from grader.limits import Limits
from grader.sandbox.inside import frame as frames
from grader.sandbox.process import OUTPUT_KEPT, Ended, GoneError, SandboxError, TooSlowError

START_SECONDS = 180.0
END_SECONDS = 5.0
# A process for the exercise at hand, and one for those of its probes that want one of their own.
KEPT = 2
PIECE = 2**16
LAUNCH = "import sys; sys.path.insert(0, sys.argv.pop(1)); from grader.sandbox.inside.plain import main; main()"


class PlainProcess:
    """A child process over pipes, read and written by threads so that every wait can time out on every system."""

    def __init__(self, limits: Limits, full: bool) -> None:
        self.limits = limits
        self.home = Path(tempfile.mkdtemp(prefix="grade-"))
        package = str(Path(grader.__file__).resolve().parent.parent)
        sizes = [str(limits.memory), str(limits.file_size), str(limits.open_files)]
        command = [sys.executable, "-B", "-s", "-P", "-X", "utf8", "-c", LAUNCH, package, str(self.home)]
        command += ["full" if full else "light", *sizes]
        environment = os.environ | {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=self.home, env=environment,
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise SandboxError(f"a Python process does not start: {error}") from error
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self.greeted = False
        self._killed = False
        self._kept = bytearray()
        # Bounded, so that a flood waits in the child and not in our memory.
        self._replies: queue.Queue[bytes] = queue.Queue(maxsize=64)
        self._requests: queue.Queue[bytes | None] = queue.Queue()
        for work, stream in (
            (self._read_replies, process.stdout),
            (self._read_output, process.stderr),
            (self._write_requests, process.stdin),
        ):
            threading.Thread(target=work, args=(stream,), daemon=True).start()

    def _read_replies(self, stream: IO[bytes]) -> None:
        while piece := os.read(stream.fileno(), PIECE):
            self._replies.put(piece)
        self._replies.put(b"")

    def _read_output(self, stream: IO[bytes]) -> None:
        while piece := os.read(stream.fileno(), PIECE):
            self._kept += piece
            del self._kept[:-OUTPUT_KEPT]

    def _write_requests(self, stream: IO[bytes]) -> None:
        while (frame := self._requests.get()) is not None:
            try:
                stream.write(frame)
                stream.flush()
            except (OSError, ValueError):
                # The reader sees the end of the process too, and tells the judge.
                return

    def send(self, frame: bytes) -> None:
        """Send one frame; an `exchange` of nothing returns the reply."""
        self._requests.put(frame)

    def exchange(self, frame: bytes, seconds: float, max_blob: int) -> tuple[bytes, memoryview]:
        """See `Process.exchange`."""
        deadline = time.monotonic() + seconds
        if frame:
            self.send(frame)
        received = bytearray()
        start = frames.HEADER.size
        while True:
            if len(received) >= start:
                tree, blob = frames.check_header(bytes(received[:start]), max_blob)
                if len(received) > start + tree + blob:
                    raise frames.MalformedError("more bytes than one reply")
                if len(received) == start + tree + blob:
                    return bytes(received[start : start + tree]), memoryview(received)[start + tree :]
            received += self._next_piece(deadline)

    def _next_piece(self, deadline: float) -> bytes:
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TooSlowError
            try:
                piece = self._replies.get(timeout=min(left, 0.2))
            except queue.Empty:
                # A grandchild may hold the pipe open after the process itself has ended.
                if self._process.poll() is not None and self._replies.empty():
                    raise GoneError from None
                continue
            if not piece:
                raise GoneError
            return piece

    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def ended(self) -> Ended:
        """See `Process.ended`."""
        try:
            code = self._process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            self.kill()
            return Ended()
        return Ended(signal=-code) if code < 0 else Ended(code=code)

    def kill(self) -> None:
        """See `Process.kill`."""
        if self._killed:
            return
        self._killed = True
        if hasattr(os, "killpg"):
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                # Nobody is left in the group.
                pass
        else:
            command = ["taskkill", "/F", "/T", "/PID", str(self._process.pid)]
            try:
                subprocess.run(command, capture_output=True, check=False)
            except OSError:
                # Without taskkill, the process itself still ends.
                pass
        self._process.kill()
        self._requests.put(None)
        try:
            self._process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise SandboxError(f"process {self._process.pid} does not end") from error
        finally:
            shutil.rmtree(self.home, ignore_errors=True)

    def output(self) -> str:
        """See `Process.output`."""
        # The thread that reads it may be a little behind the one that read the reply.
        time.sleep(0.05)
        return bytes(self._kept).decode("utf-8", errors="replace")

    def forget_output(self) -> None:
        """Start the next exercise with nothing printed."""
        self._kept.clear()


class Plain:
    """Starts plain processes, and uses those again that show no trace of what they ran.

    Args:
        full: warm up everything that submissions use, or torch alone (quicker for a single exercise).
    """

    kind = "none"

    def __init__(self, full: bool = True) -> None:
        self._full = full
        self._clean: list[PlainProcess] = []
        # Asked whether they show a trace of what they ran; the answer takes a while, and may never be needed.
        self._leaving: list[PlainProcess] = []
        self._all: list[PlainProcess] = []

    @property
    def waiting(self) -> tuple[PlainProcess, ...]:
        """The processes that can run an exercise: what the last one left in them, if anything, is known."""
        while self._leaving:
            self._hear()
        return tuple(self._clean)

    def _hear(self) -> None:
        """Wait for what one of the processes says that were asked; end it if it shows a trace."""
        # Imported here because it needs torch, and starting a process must not wait for that.
        from grader.sandbox.inside import wire

        process = self._leaving.pop(0)
        try:
            clean = wire.decode(*process.exchange(b"", END_SECONDS, 0)) == {"spoilt": False}
        except (GoneError, TooSlowError, frames.MalformedError):
            clean = False
        if clean:
            process.forget_output()
            self._clean.append(process)
        else:
            process.kill()

    def prepare(self, limits: Limits) -> None:
        """Start a process ahead of its first use, so that it imports torch while the caller does."""
        self._clean.append(self._launch(limits))

    def keep_ready(self, limits: Limits) -> None:
        """Start a process ahead of its next use, unless one is waiting; the last may have been spoilt or have ended."""
        for process in self.waiting:
            if process.limits != limits or not process.is_alive():
                self._clean.remove(process)
                process.kill()
        if not self._clean:
            self.prepare(limits)

    def _launch(self, limits: Limits) -> PlainProcess:
        process = PlainProcess(limits, self._full)
        self._all.append(process)
        return process

    def _take(self, limits: Limits) -> PlainProcess:
        """Return a process that waits, or else a new one; those with other limits are of no more use."""
        while self._clean or self._leaving:
            if not self._clean:
                self._hear()
                continue
            process = self._clean.pop()
            if process.limits == limits:
                return process
            process.kill()
        return self._launch(limits)

    def start(self, limits: Limits) -> PlainProcess:
        """See `Sandbox.start`."""
        process = self._take(limits)
        if not process.greeted:
            try:
                process.exchange(b"", START_SECONDS, 0)
            except (GoneError, TooSlowError) as error:
                process.kill()
                raise SandboxError(f"a Python process does not start: {process.output().strip()[-500:]}") from error
            process.greeted = True
        return process

    def is_alive(self) -> bool:
        """See `Sandbox.is_alive`: each process is started anew, so that there is nothing to lose."""
        return True

    def release(self, process: PlainProcess) -> None:
        """See `Sandbox.release`."""
        from grader.sandbox.inside import wire

        if len(self._clean) + len(self._leaving) >= KEPT:
            process.kill()
            return
        process.send(wire.encode({"do": "finish"}))
        self._leaving.append(process)

    def close(self) -> None:
        """See `Sandbox.close`."""
        for process in self._all:
            process.kill()
