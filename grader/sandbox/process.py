"""What the judge sees of a process that runs student code, whichever kind of sandbox it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from grader.limits import Limits

OUTPUT_KEPT = 64 * 2**10


class SandboxError(Exception):
    """The sandbox itself failed: our fault or the machine's, never the student's."""


class GoneError(Exception):
    """The child closed its channel: it ended, or gave up its descriptor."""


class TooSlowError(Exception):
    """No reply came within the time allowed."""


@dataclass(frozen=True)
class Ended:
    """How a child ended: by a `signal`, or with an exit `code`; both None where that cannot be told.

    With `memory` the sandbox ended it, because its processes together held more than they may.
    """

    signal: int | None = None
    code: int | None = None
    memory: bool = False


class Process(Protocol):
    """A process that serves the protocol of `grader.sandbox.inside.child`."""

    def exchange(self, frame: bytes, seconds: float, max_blob: int) -> tuple[bytes, memoryview]:
        """Send one frame and return tree and blob of the next.

        Raises:
            TooSlowError: after `seconds` without a whole reply.
            GoneError: if the channel closes first.
            MalformedError: if the header is over a limit.
        """

    def ended(self) -> Ended:
        """Return how the process ended, within a moment after its channel closed; end it if it has not."""

    def kill(self) -> None:
        """End the process and all that it started."""

    def output(self) -> str:
        """Return the end of what it wrote to standard output and error, at most 64 KiB."""


class Sandbox(Protocol):
    """Starts processes for student code."""

    @property
    def kind(self) -> str:
        """``"bubblewrap"`` or ``"none"``."""

    def start(self, limits: Limits) -> Process:
        """Return a process that has run nothing yet.

        Raises:
            SandboxError: if none can be had.
        """

    def release(self, process: Any) -> None:
        """Take back a process that `start` gave; it runs no other exercise if it shows a trace of this one."""

    def is_alive(self) -> bool:
        """Whether `start` can still give processes."""

    def close(self) -> None:
        """End everything."""
