"""The sandbox proper: a warm process inside bubblewrap, and a confined child of it for every exercise."""

from __future__ import annotations

import importlib.util
import json
import os
import select
import shutil
import site
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import grader
from grader.sandbox.inside import frame as frames
from grader.sandbox.process import OUTPUT_KEPT, Ended, GoneError, Limits, SandboxError, TooSlowError

START_SECONDS = 120.0
END_SECONDS = 5.0
INSIDE = "/run/grade"
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SYSTEM_FILES = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/localtime",
)
LAUNCH = (
    "import sys; sys.path[:0] = [sys.argv.pop(1)]; sys.path += sys.argv.pop(1).split(':'); "
    "from grader.sandbox.inside.warm import main; main()"
)


def find_bubblewrap() -> str | None:
    """Return the path of the ``bwrap`` program, or None."""
    return shutil.which("bwrap") if sys.platform == "linux" else None


def why_unavailable() -> str | None:
    """Return None if a sandbox can be made here, otherwise one line that says why not."""
    if sys.platform != "linux":
        return "bubblewrap exists for Linux only"
    program = find_bubblewrap()
    if program is None:
        return "bubblewrap is not installed (Debian and Ubuntu: apt install bubblewrap)"
    command = [program, *_namespaces(), "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not run here: {error}"
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        return f"bubblewrap is not allowed here: {said[-1]}"
    return None


def _namespaces() -> list[str]:
    """Return the options that every bubblewrap of ours has."""
    shared = "--unshare-net --unshare-pid --unshare-ipc --unshare-uts --unshare-cgroup-try"
    # As user 0 of its own namespace, because bubblewrap would otherwise add a second one, from which the warm process
    # could not make PID namespaces. A child can map user 0 to a name of its own only if that may set file capabilities.
    user = "" if os.getuid() == 0 else "--unshare-user --uid 0 --gid 0 --cap-add CAP_SYS_ADMIN --cap-add CAP_SETFCAP"
    return [*shared.split(), "--die-with-parent", "--new-session", *user.split()]


@dataclass(frozen=True)
class _Mount:
    """One step of the view that the sandbox has of the file system; `source` None hides what is there."""

    target: Path
    source: Path | None


def _covers(outer: Path, inner: Path) -> bool:
    return outer == inner or outer in inner.parents


def plan_mounts(libraries: Iterable[Path], hidden: Iterable[Path]) -> list[list[str]]:
    """Return bubblewrap's options for a read-only view of `libraries` without what is `hidden`.

    What is hidden stays hidden if it lies within a library folder, and a library within a hidden folder is still
    in view: the deeper of two paths wins.
    """
    mounts = [_Mount(path, path) for path in libraries] + [_Mount(path, None) for path in hidden]
    mounts.sort(key=lambda mount: (len(mount.target.parts), str(mount.target), mount.source is not None))
    options: list[list[str]] = []
    for mount in mounts:
        if mount.source is not None:
            if mounts_over(mount.target, options) == "--ro-bind":
                continue
            options += _way_to(mount.target)
            options.append(["--ro-bind", str(mount.source), str(mount.target)])
        elif mounts_over(mount.target, options) == "--ro-bind":
            options.append(["--tmpfs", str(mount.target)])
    return options


def mounts_over(path: Path, options: list[list[str]]) -> str | None:
    """Return the kind of the deepest mount so far on which a path lies, or None if it lies on none."""
    for option in reversed(options):
        if option[0] != "--perms" and _covers(Path(option[-1]), path):
            return option[0]
    return None


def _way_to(target: Path) -> list[list[str]]:
    """Return options that make the folders above a mount passable: run by root, bubblewrap makes them private."""
    above = [path for path in reversed(target.parents) if path != Path("/")]
    return [["--perms", "0755", "--dir", str(path)] for path in above]


def _package_folders() -> list[str]:
    """Return the folders on the module path that hold what the sandbox imports, wherever they come from."""
    specs = [importlib.util.find_spec(module) for module in ("torch", "msgpack", "cloudpickle", "numpy")]
    return sorted({str(Path(spec.origin).parent.parent) for spec in specs if spec is not None and spec.origin})


def _library_folders() -> list[Path]:
    """Return the folders from which this interpreter and its packages load."""
    names = [
        sys.prefix,
        sys.base_prefix,
        sys.exec_prefix,
        sysconfig.get_path("purelib"),
        sysconfig.get_path("platlib"),
    ]
    if site.ENABLE_USER_SITE:
        names.append(site.getusersitepackages())
    names += _package_folders()
    folders: list[Path] = []
    for path in sorted({Path(name).resolve() for name in names} | {Path(name) for name in names}):
        inside_system = any(_covers(Path(system), path) for system in SYSTEM)
        if path.is_dir() and not inside_system and path != Path("/"):
            folders.append(path)
    return folders


def _hidden_folders(private: Iterable[Path]) -> list[Path]:
    """Return what must not be seen even if it lies within a library folder: our own package, homes, the project."""
    package = Path(grader.__file__).resolve().parent
    installed = [folder / "grader" for folder in _library_folders()] + [
        Path(sysconfig.get_path(kind)) / "grader" for kind in ("purelib", "platlib")
    ]
    places = [
        *installed,
        package,
        package.parent / "exercises",
        package.parent / "reference",
        Path.home(),
        Path("/home"),
        Path("/root"),
    ]
    return [
        place for place in {*places, *(path.resolve() for path in private)} if place.is_dir() and place != Path("/")
    ]


def command_line(program: str, control: int, user: int | None, depth: str, private: Iterable[Path]) -> list[str]:
    """Return the command that starts the warm process.

    Args:
        program: path of ``bwrap``.
        control: descriptor of the control socket.
        user: id that children change to, or None.
        depth: ``full`` or ``light`` warming.
        private: folders that must not be seen inside.
    """
    package = Path(grader.__file__).resolve().parent
    view: list[str] = ["--perms", "0755", "--dir", "/etc"]
    for path in map(Path, SYSTEM):
        if path.is_symlink():
            view += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            view += ["--ro-bind", str(path), str(path)]
    for name in SYSTEM_FILES:
        view += ["--ro-bind-try", name, name]
    for options in plan_mounts(_library_folders(), _hidden_folders(private)):
        view += options
    for name in ("__init__.py", "sandbox/__init__.py", "sandbox/inside"):
        target = Path(INSIDE, "grader", name)
        view += [word for options in _way_to(target) for word in options]
        view += ["--ro-bind", str(package / name), str(target)]
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    }  # fmt: skip
    return [
        program, *_namespaces(), "--clearenv",
        *[word for name, value in environment.items() for word in ("--setenv", name, value)],
        *view,
        "--proc", "/proc", "--dev", "/dev", "--dir", "/dev/shm", "--tmpfs", "/tmp",
        "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp",
        sys.executable, "-B", "-s", "-P", "-c", LAUNCH, INSIDE, ":".join(_package_folders()),
        str(control), "-" if user is None else str(user), depth,
    ]  # fmt: skip


class BubblewrapProcess:
    """A child of the warm process, as the judge sees it."""

    def __init__(self, owner: Bubblewrap, identity: int, channel: socket.socket, output: int) -> None:
        self._owner = owner
        self.identity = identity
        self._channel = channel
        self._output = output
        self._kept = bytearray()
        channel.setblocking(False)
        os.set_blocking(output, False)
        self._poll = select.poll()
        self._poll.register(channel, select.POLLIN)
        self._poll.register(output, select.POLLIN)

    def exchange(self, frame: bytes, seconds: float, max_blob: int) -> tuple[bytes, memoryview]:
        """See `Process.exchange`."""
        deadline = time.monotonic() + seconds
        pending = memoryview(frame)
        received = bytearray()
        lengths: tuple[int, int] | None = None
        while True:
            self._poll.modify(self._channel, select.POLLIN | (select.POLLOUT if pending else 0))
            left = deadline - time.monotonic()
            if left <= 0:
                raise TooSlowError
            for descriptor, events in self._poll.poll(left * 1000):
                if descriptor == self._output:
                    self._drain()
                    continue
                if pending and events & select.POLLOUT:
                    pending = pending[self._send(pending) :]
                if events & (select.POLLIN | select.POLLHUP | select.POLLERR):
                    self._receive(received)
            if lengths is None and len(received) >= frames.HEADER.size:
                lengths = frames.check_header(bytes(received[: frames.HEADER.size]), max_blob)
            if lengths is not None:
                tree, blob = lengths
                start = frames.HEADER.size
                if len(received) > start + tree + blob:
                    raise frames.MalformedError("more bytes than one reply")
                if len(received) == start + tree + blob:
                    return bytes(received[start : start + tree]), memoryview(received)[start + tree :]

    def _send(self, data: memoryview) -> int:
        try:
            return self._channel.send(data[: 2**20])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise GoneError from error

    def _receive(self, into: bytearray) -> None:
        try:
            piece = self._channel.recv(2**20)
        except BlockingIOError:
            return
        except OSError as error:
            raise GoneError from error
        if not piece:
            raise GoneError
        into += piece

    def _drain(self) -> None:
        try:
            piece = os.read(self._output, 2**16)
        except BlockingIOError:
            return
        if not piece:
            self._poll.unregister(self._output)
        self._kept += piece
        del self._kept[:-OUTPUT_KEPT]

    def ended(self) -> Ended:
        """See `Process.ended`."""
        status = self._owner.wait_for(self.identity, seconds=0.5)
        if status is None:
            self._owner.send({"do": "kill", "id": self.identity})
            status = self._owner.wait_for(self.identity, seconds=END_SECONDS)
            return Ended()
        if os.WIFSIGNALED(status):
            return Ended(signal=os.WTERMSIG(status))
        return Ended(code=os.WEXITSTATUS(status))

    def kill(self) -> None:
        """See `Process.kill`."""
        if self._channel.fileno() >= 0:
            self._owner.send({"do": "kill", "id": self.identity})
            self._owner.wait_for(self.identity, seconds=END_SECONDS)
            self.output()
            self._channel.close()
            os.close(self._output)
            self._output = -1

    def output(self) -> str:
        """See `Process.output`."""
        # What a child can write without anyone reading fits into the pipe: a few turns empty it.
        for _ in range(32 if self._output >= 0 else 0):
            try:
                piece = os.read(self._output, 2**16)
            except BlockingIOError:
                break
            if not piece:
                break
            self._kept += piece
            del self._kept[:-OUTPUT_KEPT]
        return bytes(self._kept).decode("utf-8", errors="replace")


class Bubblewrap:
    """A warm process inside bubblewrap.

    Args:
        private: folders that student code must not see, wherever they are.
        full: warm up everything that submissions use, or torch alone (quicker for a single exercise).

    Raises:
        SandboxError: if bubblewrap cannot be started.
    """

    kind = "bubblewrap"

    def __init__(self, private: Iterable[Path] = (), full: bool = True) -> None:
        program = find_bubblewrap()
        if program is None:
            raise SandboxError("bubblewrap is not installed")
        # Root's children become a user that nothing else on the machine is, so that limits count theirs alone.
        user = 61000 + os.getpid() % 4000 if os.getuid() == 0 else None
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed in close()
        command = command_line(program, theirs.fileno(), user, "full" if full else "light", private)
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
        self._ends: dict[int, int] = {}
        self._refused: dict[int, str] = {}

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
            self._ends[message["id"]] = message["status"]
        else:
            self._refused[message["id"]] = message["why"]
        return True

    def send(self, message: dict[str, Any], descriptors: Iterable[int] = ()) -> None:
        """Send one packet to the warm process."""
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

    def wait_for(self, identity: int, seconds: float) -> int | None:
        """Return the wait status of a child, or None if it has not ended after `seconds`."""
        deadline = time.monotonic() + seconds
        while identity not in self._ends:
            if identity in self._refused:
                raise SandboxError(f"the sandbox cannot start a process: {self._refused[identity]}")
            if not self._hear(deadline - time.monotonic()):
                return None
        return self._ends[identity]

    def start(self, limits: Limits) -> BubblewrapProcess:
        """See `Sandbox.start`."""
        self.wait_until_ready()
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
        process = BubblewrapProcess(self, self._next, ours, reader)
        try:
            # Before any student code: what fails until this first word is our fault.
            process.exchange(b"", END_SECONDS, 0)
        except (GoneError, TooSlowError) as error:
            process.kill()
            raise SandboxError(f"a sandboxed process does not start: {process.output().strip()}") from error
        return process

    def release(self, process: BubblewrapProcess) -> None:
        """See `Sandbox.release`: the child ends, whatever it did."""
        process.kill()

    def close(self) -> None:
        """See `Sandbox.close`."""
        self._control.close()
        # All that is inside dies with it; to wait for torch to tidy up would take half a second.
        self._process.kill()
        self._process.wait()
        self._errors.close()
