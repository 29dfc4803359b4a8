"""One exercise of one submission in the sandbox: loads the module once, runs probes, accounts for time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.limits import Limits
from grader.results import Status, Text
from grader.sandbox.cells import CellRun, Stops
from grader.sandbox.faults import Fault, Frame, StudentFault, ask, fault_of, texts, told
from grader.sandbox.probes import Pack, SpecError, pack
from grader.sandbox.process import Process, Sandbox, SandboxError, TooSlowError
from grader.sandbox.values import dumps
from grader.seeding import seed_for
from grader.submission import Source
from grader.translation import say

# Arguments longer than this are pickled anew each time rather than kept.
MAX_KEPT = 2**20
# What the file with the cells of a notebook is called in the sandbox.
NOTEBOOK = "__notebook__"
PREPARE_SECONDS = 60.0

__all__ = ["Fault", "Frame", "Packed", "Session", "StudentFault"]


@dataclass(frozen=True)
class Packed:
    """What is kept from session to session.

    Args:
        probes: specs, pickled once and sent for every submission, by module name.
        values: arguments, likewise, by `Session.values_key`.
        stops: which cells of a notebook need not be tried again.
        beside: folder of the modules that specs share; None for the one above a spec's own.
    """

    probes: dict[str, Pack] = field(default_factory=dict)
    values: dict[tuple[object, ...], bytes] = field(default_factory=dict)
    stops: Stops = field(default_factory=Stops)
    beside: Path | None = None


@dataclass(eq=False)
class _Held:
    """A process that has the student's files, and the number of the last request that it was sent."""

    process: Process
    number: int


class Session:
    """Runs the probes of one exercise.

    All but fresh ones share a process, whatever ran in others between them.

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
        self._shared: _Held | None = None
        self._out: list[_Held] = []
        self._load_fault: Fault | None = None
        self._spent = 0.0
        self._output = ""
        self.probe_seconds = limits.probe_seconds
        # What identifies the arguments of the next probe, where they are the same for every submission.
        self.values_key: tuple[object, ...] | None = None
        # Attempts on the grader: nothing that ordinary code, however wrong, could do.
        self.signs: list[Text] = []
        self.names_used: dict[str, tuple[str, ...]] = {}
        self.cells = CellRun(source, limits, packed.stops) if source.cells else None

    def run(self, body: Callable[..., Any], values: dict[str, Any], fresh: bool = False) -> Any:
        """Return what a probe's body gives beside the student's code, as plain data.

        Raises:
            StudentFault: if it gives nothing.
            SandboxError: if the sandbox fails.
        """
        if self._source.data is None:
            raise StudentFault(told(Status.MISSING, "MissingFile", self._source.problem))
        if body.__module__ not in self._packed.probes:
            self._packed.probes[body.__module__] = pack(body, self._packed.beside)
        packed = self._packed.probes[body.__module__]
        if body.__name__ in packed.faults:
            raise SpecError(packed.faults[body.__name__])
        packed_values = self._pack_values(values)
        if self._load_fault is not None:
            raise StudentFault(self._load_fault)
        self._time_left(self.probe_seconds)
        held = (None if fresh else self._shared) or self._loaded(packed)
        if not fresh:
            self._shared = held
        try:
            return self._probe(held, body.__name__, packed_values)
        finally:
            if fresh:
                self._give_back(held)

    def _probe(self, held: _Held, name: str, values: bytes) -> Any:
        held.number += 1
        seed = seed_for(self._seed, self._source.module, name)
        request = {"do": "probe", "number": held.number, "name": name, "values": values, "seed": seed}
        reply = self._ask(held, request, self.probe_seconds)
        self.names_used[name] = texts(reply.get("names"))
        if reply.get("status") == "ok":
            return reply.get("value")
        raise StudentFault(self._fault(held, reply))

    def _pack_values(self, values: dict[str, Any]) -> bytes:
        key = self.values_key
        known = None if key is None else self._packed.values.get(key)
        if known is None:
            known = dumps(values)
            if key is not None and len(known) <= MAX_KEPT:
                self._packed.values[key] = known
        return known

    def _loaded(self, packed: Pack) -> _Held:
        """Return a new process that has imported the student's module, or run the student's cells."""
        try:
            held = self._begin(packed)
            while self.cells is not None and not self.cells.run(held.process):
                self._stop(held)
                held = self._begin(packed)
        except StudentFault as error:
            # Importing again would end the same way: what it cost is paid once.
            self._load_fault = replace(error.fault, names=(), at_import=True)
            raise StudentFault(self._load_fault) from None
        finally:
            for fault in self.cells.stopped.values() if self.cells is not None else ():
                self._note_sign(fault)
        return held

    def _begin(self, packed: Pack) -> _Held:
        """Return a new process that has the student's files."""
        held = _Held(self._sandbox.start(self._limits), 0)
        self._out.append(held)
        self._prepare(held, packed)
        # The cells of a notebook do the same whatever they are marked for, and may import any exercise's own file.
        module = NOTEBOOK if self._source.cells else self._source.module
        request = {
            "do": "load",
            "module": module,
            "files": {**self._source.helpers, f"{module}.py": self._source.data},
            "seed": seed_for(self._seed, module, "import"),
            "max_blob": self._limits.reply,
            "cells": bool(self._source.cells),
        }
        reply = self._ask(held, request, self._limits.probe_seconds)
        if reply.get("status") != "ok":
            raise StudentFault(self._fault(held, reply))
        # A cell's request has its place as its number; those of probes go on from there.
        held.number = len(self._source.cells)
        return held

    def _prepare(self, held: _Held, packed: Pack) -> None:
        """Give a process the spec's probes, before it has anything of the student's: what fails here is our fault."""
        watch = self._sandbox.kind == "none"
        request = {"do": "prepare", "probes": packed.probes, "modules": packed.modules, "watch": watch}
        try:
            reply = ask(held.process, request, PREPARE_SECONDS, 0)
        except TooSlowError:
            raise SandboxError(f"a process was not prepared within {PREPARE_SECONDS:g} s") from None
        except StudentFault as error:
            raise SandboxError(f"a process ended before it ran anything: {error.fault.message}") from None
        if reply.get("status") != "ok":
            raise SpecError(f"the sandbox cannot load the spec's probes: {reply.get('type')}: {reply.get('message')}")

    def _time_left(self, seconds: float) -> tuple[float, float]:
        """Return the seconds left for the exercise, and those of them that are this request's alone."""
        # A check that is allowed more than the others is allowed it on top of the exercise's time.
        extra = max(0.0, seconds - self._limits.probe_seconds)
        left = self._limits.exercise_seconds + extra - self._spent
        if left <= 0:
            raise StudentFault(self._too_long())
        return left, extra

    def _ask(self, held: _Held, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Exchange one request for its reply, within the time left; a process that misbehaves is ended."""
        left, extra = self._time_left(seconds)
        allowed = min(seconds, left)
        started = time.monotonic()
        try:
            return ask(held.process, request, allowed, self._limits.reply)
        except TooSlowError:
            late = say("The code was still running after {seconds} s.", seconds=f"{seconds:g}")
            if request["do"] == "load":
                late = say("Importing the file was still running after {seconds} s.", seconds=f"{seconds:g}")
            self._stop(held)
            fault = self._too_long() if allowed < seconds else told(Status.TIMEOUT, "TimeLimit", late)
            raise StudentFault(fault) from None
        except StudentFault as error:
            self._stop(held)
            self._note_sign(error.fault)
            raise
        finally:
            self._spent += max(0.0, time.monotonic() - started - extra)

    def _too_long(self) -> Fault:
        most = f"{self._limits.exercise_seconds:g}"
        return told(
            Status.TIMEOUT, "TimeLimit", say("The exercise as a whole took longer than {seconds} s.", seconds=most)
        )

    def _fault(self, held: _Held, reply: dict[str, Any]) -> Fault:
        fault = fault_of(reply)
        if fault is None:
            self._stop(held)
            bad = told(Status.CRASHED, "BadReply", say("The process answered with something that is no answer."))
            self._note_sign(bad)
            return bad
        return fault if self.cells is None else self.cells.explained(fault)

    def _note_sign(self, fault: Fault) -> None:
        if fault.kind == "BadReply":
            self.signs.append(say("The process wrote to the grader's own channel what is no reply."))

    def _stop(self, held: _Held) -> None:
        """End a process, unless that has been done."""
        if self._put_away(held):
            held.process.kill()
            self._output += held.process.output()

    def _give_back(self, held: _Held) -> None:
        """Give a process back, unless it has ended."""
        if self._put_away(held):
            self._output += held.process.output()
            self._sandbox.release(held.process)

    def _put_away(self, held: _Held) -> bool:
        if held is self._shared:
            self._shared = None
        if held not in self._out:
            return False
        self._out.remove(held)
        return True

    def close(self) -> str:
        """Give all processes back; return the end of what the exercise's code printed."""
        for held in self._out[:]:
            self._give_back(held)
        return self._output[-(2**16) :]
