"""One exercise of one submission in the sandbox: loads the module once, runs probes, accounts for time."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.results import Status
from grader.sandbox.inside import wire
from grader.sandbox.inside.frame import MalformedError
from grader.sandbox.probes import Pack, SpecError, pack
from grader.sandbox.process import Ended, GoneError, Limits, Process, Sandbox, TooSlowError
from grader.sandbox.values import dumps
from grader.seeding import seed_for
from grader.submission import Source

MAX_SHOWN = 2000
# Arguments longer than this are pickled anew each time rather than kept.
MAX_KEPT = 2**20


@dataclass(frozen=True)
class Frame:
    """A frame of a traceback in the student's file."""

    line: int
    function: str


@dataclass(frozen=True)
class Fault:
    """Why a probe has no value. Texts in it were made beside student code."""

    status: Status
    kind: str = ""
    message: str = ""
    frames: tuple[Frame, ...] = ()
    names: tuple[str, ...] = ()
    defined: tuple[str, ...] = ()
    at_import: bool = False


@dataclass(frozen=True)
class Packed:
    """What is pickled once and sent for every submission: specs by module name, arguments by `Session.values_key`."""

    probes: dict[str, Pack] = field(default_factory=dict)
    values: dict[tuple[object, ...], bytes] = field(default_factory=dict)


class StudentFault(Exception):
    """The student's code did not give a probe its value; `fault` says how it ended."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.status}: {fault.kind} {fault.message}".strip())
        self.fault = fault


def _texts(value: Any, limit: int = 200) -> tuple[str, ...]:
    if type(value) is not list:
        return ()
    return tuple(item[:200] for item in value[:limit] if type(item) is str)


def _frames(value: Any) -> tuple[Frame, ...]:
    frames = []
    for item in (value if type(value) is list else [])[:20]:
        if type(item) is list and len(item) == 2 and type(item[0]) is int and type(item[1]) is str:
            frames.append(Frame(min(max(item[0], 0), 10**6), item[1][:200]))
    return tuple(frames)


def _ended_fault(ended: Ended) -> Fault:
    if ended.signal is not None:
        if ended.signal == getattr(signal, "SIGXCPU", -1):
            return Fault(Status.TIMEOUT, "TimeLimit", "The code used more CPU time than the exercise has.")
        try:
            name = signal.Signals(ended.signal).name
        except ValueError:
            name = str(ended.signal)
        return Fault(Status.CRASHED, name, f"The process was killed by signal {name}.")
    if ended.code is not None:
        return Fault(Status.CRASHED, "Exit", f"The code ended the whole process (exit status {ended.code}).")
    return Fault(Status.CRASHED, "Silence", "The code closed the connection to the grader.")


class Session:
    """Runs the probes of one exercise.

    Args:
        sandbox: where processes come from.
        source: the student's file.
        limits: time, memory and sizes.
        seed: the number from which every random number of a marking comes.
        packed: kept between submissions.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        source: Source,
        limits: Limits,
        seed: int,
        packed: Packed,
    ) -> None:
        self._sandbox = sandbox
        self._source = source
        self._limits = limits
        self._seed = seed
        self._packed = packed
        self._process: Process | None = None
        self._load_fault: Fault | None = None
        self._spent = 0.0
        self._number = 0
        self._fresh = False
        self._output = ""
        self.probe_seconds = limits.probe_seconds
        # What identifies the arguments of the next probe, where they are the same for every submission.
        self.values_key: tuple[object, ...] | None = None
        self.names_used: dict[str, tuple[str, ...]] = {}

    def run(self, body: Callable[..., Any], values: dict[str, Any], fresh: bool = False) -> Any:
        """Return what a probe's body gives beside the student's code, as plain data.

        Raises:
            StudentFault: if it gives nothing.
            SandboxError: if the sandbox fails.
        """
        if self._source.data is None:
            raise StudentFault(Fault(Status.MISSING, "MissingFile", self._source.problem))
        if body.__module__ not in self._packed.probes:
            self._packed.probes[body.__module__] = pack(body)
        packed = self._packed.probes[body.__module__]
        if body.__name__ in packed.faults:
            raise SpecError(packed.faults[body.__name__])
        packed_values = self._pack_values(values)
        if self._load_fault is not None:
            raise StudentFault(self._load_fault)
        if fresh or self._fresh:
            self._give_back()
        self._fresh = fresh
        self._time_left(self.probe_seconds)
        process = self._loaded(packed)
        self._number += 1
        seed = seed_for(self._seed, self._source.module, body.__name__)
        request = {
            "do": "probe",
            "number": self._number,
            "name": body.__name__,
            "values": packed_values,
            "seed": seed,
        }
        reply = self._ask(process, request, self.probe_seconds)
        self.names_used[body.__name__] = _texts(reply.get("names"))
        if reply.get("status") == "ok":
            return reply.get("value")
        raise StudentFault(self._fault(reply))

    def _pack_values(self, values: dict[str, Any]) -> bytes:
        key = self.values_key
        known = None if key is None else self._packed.values.get(key)
        if known is None:
            known = dumps(values)
            if key is not None and len(known) <= MAX_KEPT:
                self._packed.values[key] = known
        return known

    def _loaded(self, packed: Pack) -> Process:
        """Return a process that has imported the student's module."""
        if self._process is not None:
            return self._process
        self._process = process = self._sandbox.start(self._limits)
        module = self._source.module
        request = {
            "do": "load",
            "module": module,
            "probes": packed.probes,
            "modules": packed.modules,
            "files": {**self._source.helpers, f"{module}.py": self._source.data},
            "seed": seed_for(self._seed, module, "import"),
            "max_blob": self._limits.reply,
            "watch": self._sandbox.kind == "none",
        }
        self._number = 0
        try:
            reply = self._ask(process, request, self._limits.probe_seconds)
            if reply.get("status") != "ok":
                raise StudentFault(self._fault(reply))
        except StudentFault as error:
            fault = error.fault
            # Importing again would end the same way: what it cost is paid once.
            self._load_fault = Fault(
                fault.status, fault.kind, fault.message, fault.frames, (), fault.defined, at_import=True
            )
            raise StudentFault(self._load_fault) from None
        return process

    def _time_left(self, seconds: float) -> tuple[float, float]:
        """Return the seconds left for the exercise, and those of them that are this request's alone."""
        # A check that is allowed more than the others is allowed it on top of the exercise's time.
        extra = max(0.0, seconds - self._limits.probe_seconds)
        left = self._limits.exercise_seconds + extra - self._spent
        if left <= 0:
            message = f"The exercise as a whole took longer than {self._limits.exercise_seconds:g} s."
            raise StudentFault(Fault(Status.TIMEOUT, "TimeLimit", message))
        return left, extra

    def _ask(self, process: Process, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Exchange one request for its reply, within the time left; a process that misbehaves is ended."""
        left, extra = self._time_left(seconds)
        allowed = min(seconds, left)
        started = time.monotonic()
        try:
            frame = wire.encode(request, 2**40)
            reply = wire.decode(*process.exchange(frame, allowed, self._limits.reply))
            if type(reply) is not dict or reply.get("number") != request.get("number", 0):
                raise MalformedError("a reply to another request")
        except TooSlowError:
            what = "Importing the file" if request["do"] == "load" else "The code"
            self._stop()
            if allowed < seconds:
                message = f"The exercise as a whole took longer than {self._limits.exercise_seconds:g} s."
            else:
                message = f"{what} was still running after {seconds:g} s."
            raise StudentFault(Fault(Status.TIMEOUT, "TimeLimit", message)) from None
        except GoneError:
            fault = _ended_fault(process.ended())
            self._stop()
            raise StudentFault(fault) from None
        except MalformedError as error:
            self._stop()
            message = f"The process answered with something that is no answer ({error})."
            raise StudentFault(Fault(Status.CRASHED, "BadReply", message)) from None
        finally:
            self._spent += max(0.0, time.monotonic() - started - extra)
        return reply

    def _fault(self, reply: dict[str, Any]) -> Fault:
        status = reply.get("status")
        allowed = {"error", "missing", "not_attempted", "memory", "crashed"}
        if type(status) is not str or status not in allowed:
            self._stop()
            return Fault(Status.CRASHED, "BadReply", "The process answered with something that is no answer.")
        kind, message = reply.get("type"), reply.get("message")
        return Fault(
            Status(status),
            kind[:200] if type(kind) is str else "",
            message[:MAX_SHOWN] if type(message) is str else "",
            _frames(reply.get("frames")),
            _texts(reply.get("names")),
            _texts(reply.get("defined")),
        )

    def _stop(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            self._output += process.output()

    def _give_back(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            self._output += process.output()
            self._sandbox.release(process)

    def close(self) -> str:
        """Give the process back; return the end of what the exercise's code printed."""
        self._give_back()
        return self._output[-(2**16) :]
