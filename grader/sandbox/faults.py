"""Why student code did not give what it was asked for, as the judge understands a process's replies and its end."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Any

from grader.results import Status, Text
from grader.sandbox.inside import wire
from grader.sandbox.inside.frame import MalformedError
from grader.sandbox.process import Ended, GoneError, Process
from grader.submission import SourceCell
from grader.translation import say

MAX_SHOWN = 2000
STATUSES = frozenset({"error", "missing", "not_attempted", "memory", "crashed"})


@dataclass(frozen=True)
class Frame:
    """A frame of a traceback in the student's file."""

    line: int
    function: str


@dataclass(frozen=True)
class Fault:
    """Why a probe has no value. Texts in it were made beside student code, but for `text`: that is our own word for it.

    `cause` is the cell that would have defined what is missing, had it not failed.
    """

    status: Status
    kind: str = ""
    message: str = ""
    frames: tuple[Frame, ...] = ()
    names: tuple[str, ...] = ()
    defined: tuple[str, ...] = ()
    at_import: bool = False
    cause: CellFault | None = None
    text: Text = Text()


@dataclass(frozen=True)
class CellFault:
    """A cell that failed, and how."""

    cell: SourceCell
    fault: Fault


def told(status: Status, kind: str, text: Text) -> Fault:
    """Return a fault that is told in words of ours."""
    return Fault(status, kind, text.en, text=text)


class StudentFault(Exception):
    """The student's code did not give a probe its value; `fault` says how it ended."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.status}: {fault.kind} {fault.message}".strip())
        self.fault = fault


def ask(process: Process, request: dict[str, Any], seconds: float, max_blob: int) -> dict[str, Any]:
    """Exchange one request for its reply; believe nothing of it but that it is a reply.

    Raises:
        StudentFault: if the process ends, or answers with something else.
        TooSlowError: after `seconds`.
    """
    frame = wire.encode(request, 2**40)
    try:
        reply = wire.decode(*process.exchange(frame, seconds, max_blob))
        # The number's type first: a comparison with a tensor is a tensor, which is neither true nor false.
        if type(reply) is not dict or type(reply.get("number")) is not int:
            raise MalformedError("a reply without a number")
        if reply["number"] != request.get("number", 0):
            raise MalformedError("a reply to another request")
        return reply
    except GoneError:
        fault = ended_fault(process.ended())
    except MalformedError as error:
        text = say("The process answered with something that is no answer ({error}).", error=error)
        fault = told(Status.CRASHED, "BadReply", text)
    # Raised here, it has no context: that would keep what was decoded of a hostile reply until garbage is collected.
    raise StudentFault(fault)


def fault_of(reply: dict[str, Any]) -> Fault | None:
    """Return the fault that a reply tells of, or None if it is no such reply."""
    status = reply.get("status")
    if type(status) is not str or status not in STATUSES:
        return None
    kind, message = reply.get("type"), reply.get("message")
    return Fault(
        Status(status),
        kind[:200] if type(kind) is str else "",
        message[:MAX_SHOWN] if type(message) is str else "",
        _frames(reply.get("frames")),
        texts(reply.get("names")),
        texts(reply.get("defined")),
    )


def texts(value: Any, limit: int = 200) -> tuple[str, ...]:
    """Return the texts of a list in a reply, cut to size."""
    if type(value) is not list:
        return ()
    return tuple(item[:200] for item in value[:limit] if type(item) is str)


def _frames(value: Any) -> tuple[Frame, ...]:
    frames = []
    for item in (value if type(value) is list else [])[:20]:
        if type(item) is list and len(item) == 2 and type(item[0]) is int and type(item[1]) is str:
            frames.append(Frame(min(max(item[0], 0), 10**6), item[1][:200]))
    return tuple(frames)


def ended_fault(ended: Ended) -> Fault:
    """Return the fault of a process that ended."""
    if ended.memory:
        text = say("All processes of the exercise together used more memory than it may.")
        return told(Status.MEMORY, "MemoryLimit", text)
    if ended.signal is not None:
        if ended.signal == getattr(signal, "SIGXCPU", -1):
            return told(Status.TIMEOUT, "TimeLimit", say("The code used more CPU time than the exercise has."))
        try:
            name = signal.Signals(ended.signal).name
        except ValueError:
            name = str(ended.signal)
        return told(Status.CRASHED, name, say("The process was killed by signal {name}.", name=name))
    if ended.code is not None:
        text = say("The code ended the whole process (exit status {code}).", code=ended.code)
        return told(Status.CRASHED, "Exit", text)
    return told(Status.CRASHED, "Silence", say("The code closed the connection to the grader."))
