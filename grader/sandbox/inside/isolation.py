"""What separates a child from the warm process that forked it. Linux only, inside bubblewrap only.

Before the fork, the warm process asks for its next child to be the first process of a new PID namespace; after it,
the child takes mounts, System V IPC and (where it is not root) a user namespace of its own, and then gives up every
capability and binds itself to a system-call filter. It can neither see nor signal the warm process, whatever it
starts dies with it, and its ``/tmp``, ``/dev/shm`` and ``/proc`` are new. One fork is enough: the PID namespace is
made without a process in between.
"""

from __future__ import annotations

import ctypes
import os
import resource
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.inside.filter import Filter

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC = 1, 2, 4, 8, 4096, 16384
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 24, 38
# A system call with the same number on every architecture; not every Python that runs here has a function for it.
CLOSE_RANGE = 436
CAPABILITY_VERSION_3 = 0x20080522
# How a child's user is called inside its own namespace; outside it is whoever runs the sandbox.
NOBODY = 1000
# A file costs memory even if it is empty: so many bytes of scratch allow one, and so many files there are at least.
BYTES_PER_FILE, LEAST_FILES = 4096, 1024

_libc = ctypes.CDLL(None, use_errno=True)
# Looked up before the forks, or every child would do that anew.
_syscall = _libc.syscall


@dataclass(frozen=True)
class Limits:
    """What a child may use: sizes in bytes, time in CPU seconds."""

    memory: int
    cpu_seconds: int
    file_size: int
    scratch: int
    processes: int
    open_files: int


def _must(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _mount(kind: bytes, target: bytes, flags: int, options: bytes | None = None) -> None:
    _must(_libc.mount(kind, target, kind, ctypes.c_ulong(flags), options), f"mount {target.decode()}")


class Forker:
    """Forks children into a PID namespace of their own."""

    def __init__(self) -> None:
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self) -> int:
        """Fork as `os.fork` does; the child is process 1 of a new PID namespace.

        Raises:
            OSError: if the kernel refuses.
        """
        # A process may ask for only one namespace for its children; going back to its own first lets it ask again.
        _must(_libc.setns(self._own, CLONE_NEWPID), "setns")
        _must(_libc.unshare(CLONE_NEWPID), "unshare PID")
        try:
            return os.fork()
        finally:
            # Without this, the warm process could start nothing more once that child is gone.
            _libc.setns(self._own, CLONE_NEWPID)


def close_above(last: int) -> None:
    """Close every descriptor with a number above one, however high the numbers go."""
    if _syscall(ctypes.c_long(CLOSE_RANGE), ctypes.c_uint(last + 1), ctypes.c_uint(2**32 - 1), 0) == 0:
        return
    # Kernels before 5.9 do not have the call, and a loop over all numbers that there may be takes long.
    for name in os.listdir("/proc/self/fd"):
        if int(name) > last:
            try:
                os.close(int(name))
            except OSError:
                # The one with which the folder was listed.
                continue


def address_space() -> int:
    """Return the bytes of address space that this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def confine(limits: Limits, user: int | None, kept: list[str], calls: Filter) -> None:
    """Shut the calling process, a fresh child, in: mounts, user, limits, capabilities, system calls.

    Args:
        limits: what it may use.
        user: the user and group id to change to, where the sandbox runs as root; None to stay who it is, in a
            user namespace of its own.
        kept: folders below ``/tmp`` that must stay in view, because libraries are in them.
        calls: the filter for system calls.

    Raises:
        OSError: if the kernel refuses any of it.
    """
    base = address_space()
    # A process group reaches across PID namespaces: without one of its own, kill(0) would end the warm process.
    os.setsid()
    # What the kernel shows of this process in the old /proc: the new one is read-only.
    own = os.open("/proc/self", os.O_PATH | os.O_DIRECTORY)
    _go_first(own)
    _must(_libc.unshare(CLONE_NEWNS | CLONE_NEWIPC), "unshare")
    files = max(LEAST_FILES, limits.scratch // BYTES_PER_FILE)
    size = b"size=%d,nr_inodes=%d,mode=1777" % (limits.scratch, files)
    held = {path: os.open(path, os.O_PATH | os.O_DIRECTORY) for path in kept}
    _mount(b"tmpfs", b"/tmp", MS_NOSUID | MS_NODEV, size)
    for path, descriptor in held.items():
        os.makedirs(path, mode=0o755)
        source = f"/proc/self/fd/{descriptor}".encode()
        _must(_libc.mount(source, path.encode(), None, ctypes.c_ulong(MS_BIND | MS_REC), None), f"bind {path}")
        os.close(descriptor)
    _mount(b"tmpfs", b"/dev/shm", MS_NOSUID | MS_NODEV, size)
    _mount_proc()
    if user is None:
        own_user, own_group = os.getuid(), os.getgid()
        _must(_libc.unshare(CLONE_NEWUSER), "unshare user")
        _write(own, "setgroups", b"deny")
        _write(own, "uid_map", b"%d %d 1" % (NOBODY, own_user))
        _write(own, "gid_map", b"%d %d 1" % (NOBODY, own_group))
    else:
        os.setgroups([])
        os.setresgid(user, user, user)
    os.close(own)
    for limit, value in (
        (resource.RLIMIT_AS, base + limits.memory),
        (resource.RLIMIT_FSIZE, limits.file_size),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, limits.processes),
    ):
        resource.setrlimit(limit, (value, value))
    # At the first of the two, the kernel says what it was; at the second it only kills.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    for capability in range(64):
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if user is not None:
        os.setresuid(user, user, user)
    _drop_capabilities()
    _must(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")
    _libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
    calls.install()


def _go_first(own: int) -> None:
    """Where memory runs out, let the kernel end this process and its descendants before any other."""
    try:
        _write(own, "oom_score_adj", b"1000")
    except OSError:
        # Some containers keep /proc read-only; this is no more than a second wall.
        return


def _write(folder: int, name: str, data: bytes) -> None:
    """Write a file in an open folder at one go."""
    descriptor = os.open(name, os.O_WRONLY, dir_fd=folder)
    try:
        os.write(descriptor, data)
    finally:
        os.close(descriptor)


def _mount_proc() -> None:
    flags = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC
    try:
        _mount(b"proc", b"/proc", flags)
    except OSError:
        # Some containers forbid a new /proc; the old one must not stay in view.
        _mount(b"tmpfs", b"/proc", flags, b"size=4096,nr_inodes=1")


def _drop_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)()
    _must(_libc.capset(header, data), "capset")
