"""One exercise of one submission in the sandbox: loads the module once, runs probes, accounts for time."""

from __future__ import annotations

import builtins
import dis
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import cloudpickle

from grader import spec
from grader.results import Status
from grader.sandbox.inside import wire
from grader.sandbox.inside.frame import MalformedError
from grader.sandbox.process import Ended, GoneError, Limits, Process, Sandbox, TooSlowError
from grader.seeding import seed_for
from grader.submission import Source

MAX_SHOWN = 2000


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


class SpecError(Exception):
    """A spec is wrong: our fault, never the student's."""


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


def pack_body(body: Callable[..., Any]) -> bytes:
    """Return a probe's function as bytes, with the helpers of its spec that it uses."""
    module = sys.modules[body.__module__]
    if module.__name__ not in cloudpickle.list_registry_pickle_by_value():
        for ours in (spec, module, *_beside(module)):
            cloudpickle.register_pickle_by_value(ours)
    packed: bytes = cloudpickle.dumps(body)
    return packed


def _beside(module: ModuleType) -> list[ModuleType]:
    """Return the modules from the folder of a spec's assignment, such as stand-ins: the sandbox has none of them."""
    folder = str(Path(str(module.__file__)).parent.parent) + os.sep
    loaded = [other for other in list(sys.modules.values()) if isinstance(other, ModuleType)]
    return [other for other in loaded if str(other.__dict__.get("__file__")).startswith(folder)]


class Session:
    """Runs the probes of one exercise.

    Args:
        sandbox: where processes come from.
        source: the student's file.
        limits: time, memory and sizes.
        seed: the number from which every random number of a marking comes.
        bodies: packed probes, kept between submissions.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        source: Source,
        limits: Limits,
        seed: int,
        bodies: dict[Callable[..., Any], bytes],
    ) -> None:
        self._sandbox = sandbox
        self._source = source
        self._limits = limits
        self._seed = seed
        self._bodies = bodies
        self._process: Process | None = None
        self._load_fault: Fault | None = None
        self._spent = 0.0
        self._number = 0
        self._fresh = False
        self._output = ""
        self.probe_seconds = limits.probe_seconds
        self.names_used: dict[str, tuple[str, ...]] = {}

    def run(self, body: Callable[..., Any], values: dict[str, Any], fresh: bool = False) -> Any:
        """Return what a probe's body gives beside the student's code, as plain data.

        Raises:
            StudentFault: if it gives nothing.
            SandboxError: if the sandbox fails.
        """
        if self._source.data is None:
            raise StudentFault(Fault(Status.MISSING, "MissingFile", self._source.problem))
        packed = self._bodies.get(body)
        if packed is None:
            if missing := undefined_globals(body):
                raise SpecError(f"probe {body.__name__} uses names that its spec does not define: {', '.join(missing)}")
            packed = self._bodies[body] = pack_body(body)
        packed_values = cloudpickle.dumps(values)
        if self._load_fault is not None:
            raise StudentFault(self._load_fault)
        if fresh or self._fresh:
            self._stop()
        self._fresh = fresh
        process = self._loaded()
        self._number += 1
        seed = seed_for(self._seed, self._source.module, body.__name__)
        request = {
            "do": "probe",
            "number": self._number,
            "body": packed,
            "values": packed_values,
            "seed": seed,
        }
        reply = self._ask(process, request, self.probe_seconds)
        self.names_used[body.__name__] = _texts(reply.get("names"))
        if reply.get("status") == "ok":
            return reply.get("value")
        raise StudentFault(self._fault(reply))

    def _loaded(self) -> Process:
        """Return a process that has imported the student's module."""
        if self._process is not None:
            return self._process
        self._process = process = self._sandbox.start(self._limits)
        module = self._source.module
        request = {
            "do": "load",
            "module": module,
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

    def _ask(self, process: Process, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Exchange one request for its reply, within the time left; a process that misbehaves is ended."""
        # A check that is allowed more than the others is allowed it on top of the exercise's time.
        extra = max(0.0, seconds - self._limits.probe_seconds)
        left = self._limits.exercise_seconds + extra - self._spent
        if left <= 0:
            message = f"The exercise as a whole took longer than {self._limits.exercise_seconds:g} s."
            raise StudentFault(Fault(Status.TIMEOUT, "TimeLimit", message))
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
            self._spent += time.monotonic() - started
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

    def close(self) -> str:
        """Give the process back; return the end of what the exercise's code printed."""
        if self._process is not None:
            process, self._process = self._process, None
            printed = process.output()
            self._sandbox.release(process)
            self._output += printed
        return self._output[-(2**16) :]


def undefined_globals(body: Callable[..., Any]) -> list[str]:
    """Return the global names that a probe's body uses and its spec does not define: a fault of the spec."""
    missing = set()
    waiting = [body.__code__]
    while waiting:
        code = waiting.pop()
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        for step in dis.get_instructions(code):
            if (
                step.opname == "LOAD_GLOBAL"
                and step.argval not in body.__globals__
                and not hasattr(builtins, step.argval)
            ):
                missing.add(str(step.argval))
    return sorted(missing)
