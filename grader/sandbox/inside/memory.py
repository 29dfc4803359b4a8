"""How much memory a child and all that it started hold together, as the warm process sees it. Linux only.

The kernel's limit on memory is each process's own: a child that forks could take it dozens of times over. A control
group would limit the sum, but to make one takes root or a login session's help, and containers give neither. So the
warm process adds up, ten times a second, and ends a child whose processes hold too much. What it comes too late for,
and what no process shows, is the kernel's to end: it takes a child's processes before any other (`isolation.confine`).
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass

PAUSE_MS = 100
# No exact count costs more than this part of the time, unless there has been growth; and none waits for longer than so.
SHARE, LONGEST_WAIT = 0.05, 1.0


@dataclass
class _Family:
    """A child with its descendants: how many bytes they may hold, and when they are to be counted exactly again."""

    limit: int
    next_count: float = 0.0
    next_size: int = 0


class Memory:
    """Watches over what children hold.

    A child may hold twice its own limit in all, beyond what the warm process does: a data loader's workers have room.
    """

    def __init__(self) -> None:
        self._page = os.sysconf("SC_PAGE_SIZE")
        self._own = self._of("self")[1]
        self._families: dict[int, _Family] = {}
        self._ended: set[int] = set()
        self._next_look = 0.0

    def watch(self, pid: int, memory: int) -> None:
        """Begin to watch a child whose limit is `memory` bytes."""
        self._families[pid] = _Family(2 * memory + self._own)

    def forget(self, pid: int) -> bool:
        """Stop watching a child; return whether it was ended for what its processes held."""
        del self._families[pid]
        ended = pid in self._ended
        self._ended.discard(pid)
        return ended

    def enforce(self) -> None:
        """End the children whose processes together hold more than they may, unless it is too early to look again."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + PAUSE_MS / 1000
        for pid in self.exceeded():
            self._ended.add(pid)
            os.kill(pid, signal.SIGKILL)

    def exceeded(self) -> list[int]:
        """Return the children whose processes together hold more than they may."""
        parents, resident = {}, {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    parents[int(name)], resident[int(name)] = self._of(name)
                except OSError:
                    # It has ended.
                    continue
        members: dict[int, list[int]] = {pid: [] for pid in self._families}
        for pid in parents:
            head = pid
            while head not in members and head in parents:
                head = parents[head]
            if head in members:
                members[head].append(pid)
        return [pid for pid, family in self._families.items() if self._is_over(family, members[pid], resident)]

    def _is_over(self, family: _Family, pids: list[int], resident: dict[int, int]) -> bool:
        # What processes share is counted for each of them here, so that the sum is never too small.
        size = sum(resident[pid] for pid in pids)
        now = time.monotonic()
        if size <= family.limit or len(pids) < 2 or (now < family.next_count and size < family.next_size):
            return False
        held = sum(proportional(pid, resident[pid]) for pid in pids)
        cost = time.monotonic() - now
        family.next_count, family.next_size = now + min(cost / SHARE, LONGEST_WAIT), size + family.limit // 4
        return held > family.limit

    def _of(self, name: str) -> tuple[int, int]:
        """Return a process's parent and the bytes that it has in memory, shared ones too."""
        with open(f"/proc/{name}/stat", "rb") as file:
            # The name of the program stands in brackets, and may hold anything.
            fields = file.read().rpartition(b")")[2].split()
        return int(fields[1]), int(fields[21]) * self._page


def proportional(pid: int, resident: int) -> int:
    """Return the bytes that a process holds, shared ones divided by the number of those who share them.

    Where a process keeps that to itself, everything that it has in memory, `resident`, counts.
    """
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            lines = file.read().splitlines()
    except PermissionError:
        return resident
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith((b"Pss:", b"SwapPss:")))
