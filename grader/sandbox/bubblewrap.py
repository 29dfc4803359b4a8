"""The sandbox proper: a warm process inside bubblewrap, and a confined child of it for every exercise."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from grader.limits import Limits
from grader.results import Text
from grader.sandbox.confined import END_SECONDS, ConfinedProcess
from grader.sandbox.filter import compile_filter, why_no_filter
from grader.sandbox.inside.users import users_of
from grader.sandbox.mounts import INSIDE, package_folders, view, within
from grader.sandbox.process import Ended, GoneError, SandboxError, TooSlowError
from grader.translation import say

START_SECONDS = 120.0
# There glibc looks whether it may ask for huge pages, and how large they are.
HUGE_PAGES = [f"/sys/kernel/mm/transparent_hugepage/{name}" for name in ("enabled", "hpage_pmd_size")]
# Without the garbage collector, which would look through half of torch again and again while it is imported.
LAUNCH = (
    "import gc, sys; gc.disable(); sys.path[:0] = [sys.argv.pop(1)]; sys.path += sys.argv.pop(1).split(':'); "
    "from grader.sandbox.inside.warm import main; main()"
)


def find_bubblewrap() -> str | None:
    """Return the path of the ``bwrap`` program, or None."""
    return shutil.which("bwrap") if sys.platform == "linux" else None


def why_unavailable() -> Text | None:
    """Return None if a sandbox can be made here, otherwise why not, as a part of a sentence."""
    if sys.platform != "linux":
        return say("bubblewrap exists for Linux only")
    program = find_bubblewrap()
    if program is None:
        return say("bubblewrap is not installed (Debian and Ubuntu: apt install bubblewrap)")
    command = [program, *_namespaces(), "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return say("bubblewrap does not run here: {error}", error=error)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        return say("bubblewrap is not allowed here: {said}", said=said[-1])
    return None


def _namespaces() -> list[str]:
    """Return the options that every bubblewrap of ours has."""
    shared = "--unshare-net --unshare-pid --unshare-ipc --unshare-uts --unshare-cgroup-try"
    # As user 0 of its own namespace, because bubblewrap would otherwise add a second one, from which the warm process
    # could not make PID namespaces. A child can map user 0 to a name of its own only if that may set file capabilities.
    user = "" if os.getuid() == 0 else "--unshare-user --uid 0 --gid 0 --cap-add CAP_SYS_ADMIN --cap-add CAP_SETFCAP"
    return [*shared.split(), "--die-with-parent", "--new-session", *user.split()]


def command_line(program: str, control: int, user: int | None, depth: str, private: Iterable[Path]) -> list[str]:
    """Return the command that starts the warm process.

    Args:
        program: path of ``bwrap``.
        control: descriptor of the control socket.
        user: first of the ids that children change to, or None.
        depth: of the warming: ``light``, ``full`` or ``thorough``.
        private: folders that must not be seen inside.
    """
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
        # A fork copies the page tables of the whole heap, and its end tears them down: with huge pages, which glibc
        # asks for and Python's own allocator does not, both take a fifth of the time.
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "PYTHONMALLOC": "malloc",
    }  # fmt: skip
    return [
        program, *_namespaces(), "--clearenv",
        *[word for name, value in environment.items() for word in ("--setenv", name, value)],
        "--tmpfs", "/tmp", *view(private), "--proc", "/proc", "--dev", "/dev", "--dir", "/dev/shm",
        *[word for path in HUGE_PAGES for word in ("--ro-bind-try", path, path)],
        "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp",
        sys.executable, "-B", "-s", "-P", "-c", LAUNCH, INSIDE, ":".join(package_folders()),
        str(control), "-" if user is None else str(user), _filter(), depth, *map(str, within("/tmp")),
    ]  # fmt: skip


def _how(status: int, memory: bool) -> Ended:
    """Return how a child ended, of what the warm process says."""
    if os.WIFSIGNALED(status):
        return Ended(signal=os.WTERMSIG(status), memory=memory)
    return Ended(code=os.WEXITSTATUS(status))


def _filter() -> str:
    """Return the filter for children in base64, or nothing where there can be none."""
    return "" if why_no_filter() else base64.b64encode(compile_filter()).decode()


class Bubblewrap:
    """A warm process inside bubblewrap.

    Args:
        private: folders that student code must not see, wherever they are.
        full: warm up everything that submissions use, or torch alone (quicker for a single exercise).
        seldom: warm up what few submissions use, too, which pays for a class.

    Raises:
        SandboxError: if bubblewrap cannot be started.
    """

    kind = "bubblewrap"

    def __init__(self, private: Iterable[Path] = (), full: bool = True, seldom: bool = False) -> None:
        program = find_bubblewrap()
        if program is None:
            raise SandboxError("bubblewrap is not installed")
        # Root's children become users that nothing else on the machine is, so that limits count theirs alone.
        user = users_of(os.getpid())[0] if os.getuid() == 0 else None
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed in close()
        depth = "thorough" if seldom else "full" if full else "light"
        command = command_line(program, theirs.fileno(), user, depth, private)
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=self._errors,
                stderr=self._errors,
                pass_fds=[theirs.fileno()],
            )
        except OSError as error:
            raise SandboxError(f"bubblewrap does not start: {error}") from error
        finally:
            theirs.close()
        self._ready = False
        self._next = 0
        self._ends: dict[int, Ended] = {}
        self._refused: dict[int, str] = {}
        # At most one, by the limits that it has.
        self._spare: dict[Limits, ConfinedProcess] = {}

    def _hear(self, seconds: float) -> bool:
        """Take in one packet of the warm process; return False if none came in time."""
        if not select.select([self._control], [], [], max(0.0, seconds))[0]:
            return False
        try:
            packet = self._control.recv(4096)
        except OSError:
            packet = b""
        if not packet:
            self._errors.seek(0)
            text = self._errors.read()[-2000:].decode(errors="replace").strip()
            raise SandboxError(f"the sandbox ended unexpectedly: {text or self._process.poll()}")
        message = json.loads(packet)
        if message["is"] == "ready":
            self._ready = True
        elif message["is"] == "gone":
            self._ends[message["id"]] = _how(message["status"], message["memory"])
        else:
            self._refused[message["id"]] = message["why"]
        return True

    def send(self, message: dict[str, Any], descriptors: Iterable[int] = ()) -> None:
        """Send one packet to the warm process."""
        # What it said in the meantime is taken in, or it could not say more and would stop.
        while self._hear(0):
            pass
        try:
            socket.send_fds(self._control, [json.dumps(message).encode()], list(descriptors))
        except OSError as error:
            raise SandboxError(f"the sandbox does not answer: {error}") from error

    def wait_until_ready(self) -> None:
        """Wait until torch is imported.

        Raises:
            SandboxError: if that fails or takes longer than two minutes.
        """
        deadline = time.monotonic() + START_SECONDS
        while not self._ready:
            if not self._hear(deadline - time.monotonic()):
                raise SandboxError("the sandbox did not start within two minutes")

    def wait_for(self, identity: int, seconds: float) -> Ended | None:
        """Return how a child ended, or None if it has not after `seconds`."""
        deadline = time.monotonic() + seconds
        while identity not in self._ends:
            if identity in self._refused:
                raise SandboxError(f"the sandbox cannot start a process: {self._refused[identity]}")
            if not self._hear(deadline - time.monotonic()):
                return None
        return self._ends[identity]

    def start(self, limits: Limits) -> ConfinedProcess:
        """See `Sandbox.start`."""
        self.wait_until_ready()
        process = self._spare.pop(limits, None) or self._begin(limits)
        # The next one is made while this one works.
        self._discard_spare()
        self._spare[limits] = self._begin(limits)
        try:
            # Before any student code: what fails until this first word is our fault.
            process.exchange(b"", END_SECONDS, 0)
        except (GoneError, TooSlowError) as error:
            process.kill()
            raise SandboxError(f"a sandboxed process does not start: {process.output().strip()}") from error
        return process

    def _begin(self, limits: Limits) -> ConfinedProcess:
        """Ask for a child, without waiting for it."""
        self._next += 1
        ours, theirs = socket.socketpair()
        reader, writer = os.pipe()
        request = {
            "memory": limits.memory,
            # A second wall behind the judge's clock, which ends an exercise long before.
            "cpu_seconds": 5 * int(limits.exercise_seconds) + 20,
            "file_size": limits.file_size,
            "scratch": limits.scratch,
            "processes": limits.processes,
            "open_files": limits.open_files,
        }
        try:
            self.send({"do": "start", "id": self._next, "limits": request}, [theirs.fileno(), writer])
        finally:
            theirs.close()
            os.close(writer)
        return ConfinedProcess(self, self._next, ours, reader)

    def _discard_spare(self) -> None:
        for process in self._spare.values():
            process.kill()
        self._spare.clear()

    def is_alive(self) -> bool:
        """Whether the warm process still runs."""
        return self._process.poll() is None

    def release(self, process: ConfinedProcess) -> None:
        """See `Sandbox.release`: the child ends, whatever it did."""
        process.kill()

    def close(self) -> None:
        """See `Sandbox.close`."""
        for process in self._spare.values():
            process.close()
        self._spare.clear()
        self._control.close()
        # All that is inside dies with it; to wait for torch to tidy up would take half a second.
        self._process.kill()
        self._process.wait()
        self._errors.close()
