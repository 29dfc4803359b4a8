"""What a command costs: wall-clock and CPU seconds, and the memory of its largest process that is ours.

The sandbox is killed, not ended, when marking is done, and what a killed PID namespace used is lost to ``wait``: the
kernel reaps its processes without adding their times to anyone's. So where we may make one, a command runs in a
control group of its own, which counts every process whoever reaps it. Elsewhere its CPU time is what ``wait`` tells,
without the sandbox's, and `Meter.note` says so.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

MOUNT = Path("/sys/fs/cgroup")
SAMPLE_SECONDS = 0.05


@dataclass(frozen=True)
class Usage:
    """What one run of a command cost: seconds, seconds, MiB; and its exit status."""

    wall: float
    cpu: float
    memory: float
    status: int


class Meter:
    """Runs commands and says what they cost."""

    def __init__(self) -> None:
        self.group = _make_group()

    @property
    def note(self) -> str:
        """What a reader of the figures has to know."""
        if self.group is not None:
            return (
                "CPU time is that of all processes, the sandbox's too (control group); memory is the largest VmHWM"
                f" of judge, warm process and command, looked up every {1000 * SAMPLE_SECONDS:.0f} ms. A hand-in's own"
                " process, which hostile ones fill up to their limit, is not among them."
            )
        return (
            "No control group could be made here: CPU time and memory of grade are WITHOUT those of the sandbox"
            " (bubblewrap is killed at the end, and nobody waits for what was in it). Run as root for all of it."
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.group is not None:
            for _ in range(50):
                try:
                    self.group.rmdir()
                    return
                except OSError:
                    time.sleep(0.1)

    def run(self, command: list[str], cwd: Path, environment: Mapping[str, str]) -> Usage:
        """Run a command without showing what it prints, and return what it cost."""
        before = self._group_cpu()
        peak = _Peak(self.group)
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=self._join,  # the sampling thread has not been started yet
        )
        peak.start()
        _, waited, rusage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(waited)
        peak.stop()
        self._wait_until_empty()
        cpu = rusage.ru_utime + rusage.ru_stime if self.group is None else self._group_cpu() - before
        return Usage(wall, cpu, max(peak.kib, rusage.ru_maxrss) / 1024, process.returncode)

    def _join(self) -> None:
        if self.group is not None:
            (self.group / "cgroup.procs").write_text("0")

    def _group_cpu(self) -> float:
        if self.group is None:
            return 0.0
        usage = self.group / "cpuacct.usage"
        if usage.exists():
            return int(usage.read_text()) / 1e9
        lines = (self.group / "cpu.stat").read_text().splitlines()
        return int(dict(line.split() for line in lines)["usage_usec"]) / 1e6

    def _wait_until_empty(self) -> None:
        """Wait until what was killed has ended: it is counted, and must not slow down the next command."""
        deadline = time.monotonic() + 5
        while self.group is not None and _processes(self.group) and time.monotonic() < deadline:
            time.sleep(0.01)


class _Peak(threading.Thread):
    """Looks again and again for the largest process of a control group."""

    def __init__(self, group: Path | None) -> None:
        super().__init__(daemon=True)
        self.group = group
        self.kib = 0
        self._ended = threading.Event()

    def run(self) -> None:
        while self.group is not None and not self._ended.wait(SAMPLE_SECONDS):
            for pid in _processes(self.group):
                self.kib = max(self.kib, _high_water(pid))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _processes(group: Path) -> list[str]:
    return (group / "cgroup.procs").read_text().split()


def _high_water(pid: str) -> int:
    """Return the most KiB of memory that a process has had; 0 if it has ended, or is another user, as hand-ins are."""
    try:
        status = Path("/proc", pid, "status").read_text()
    except OSError:
        return 0
    found = {name: value.split() for name, _, value in (line.partition(":") for line in status.splitlines())}
    return int(found["VmHWM"][0]) if "VmHWM" in found and int(found["Uid"][0]) == os.getuid() else 0


def _make_group() -> Path | None:
    """Return a new control group that counts CPU time (version 1 or 2), or None where we may not make one."""
    parents = [MOUNT / "cpuacct", MOUNT / "cpu,cpuacct", MOUNT]
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        number, _, path = line.split(":", 2)
        if number == "0" and path != "/":
            parents.insert(0, MOUNT / path.lstrip("/"))
    for parent in parents:
        group = parent / f"grade-bench-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        counts = (group / "cpuacct.usage").exists() or (group / "cpu.stat").exists()
        if counts and (group / "cgroup.procs").exists():
            return group
        group.rmdir()
    return None
