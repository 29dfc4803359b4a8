"""One exercise of one submission in the sandbox: loads the module once, runs probes, accounts for time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.results import Status
from grader.sandbox.cells import CellRun, Stops
from grader.sandbox.faults import Fault, Frame, StudentFault, ask, fault_of, texts
from grader.sandbox.probes import Pack, SpecError, pack
from grader.sandbox.process import Limits, Process, Sandbox, TooSlowError
from grader.sandbox.values import dumps
from grader.seeding import seed_for
from grader.submission import Source

# Arguments longer than this are pickled anew each time rather than kept.
MAX_KEPT = 2**20
# What the file with the cells of a notebook is called in the sandbox.
NOTEBOOK = "__notebook__"

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
        self.cells = CellRun(source, limits, packed.stops) if source.cells else None

    def run(self, body: Callable[..., Any], values: dict[str, Any], fresh: bool = False) -> Any:
        """Return what a probe's body gives beside the student's code, as plain data.

        Raises:
            StudentFault: if it gives nothing.
            SandboxError: if the sandbox fails.
        """
        if self._source.data is None:
            raise StudentFault(Fault(Status.MISSING, "MissingFile", self._source.problem))
        if body.__module__ not in self._packed.probes:
            self._packed.probes[body.__module__] = pack(body, self._packed.beside)
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
        self.names_used[body.__name__] = texts(reply.get("names"))
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
        """Return a process that has imported the student's module, or run the student's cells."""
        if self._process is not None:
            return self._process
        try:
            process = self._begin(packed)
            while self.cells is not None and not self.cells.run(process):
                self._stop()
                process = self._begin(packed)
        except StudentFault as error:
            # Importing again would end the same way: what it cost is paid once.
            self._load_fault = replace(error.fault, names=(), at_import=True)
            raise StudentFault(self._load_fault) from None
        return process

    def _begin(self, packed: Pack) -> Process:
        """Return a new process that has the student's files."""
        self._process = process = self._sandbox.start(self._limits)
        # The cells of a notebook do the same whatever they are marked for, and may import any exercise's own file.
        module = NOTEBOOK if self._source.cells else self._source.module
        request = {
            "do": "load",
            "module": module,
            "probes": packed.probes,
            "modules": packed.modules,
            "files": {**self._source.helpers, f"{module}.py": self._source.data},
            "seed": seed_for(self._seed, module, "import"),
            "max_blob": self._limits.reply,
            "watch": self._sandbox.kind == "none",
            "cells": bool(self._source.cells),
        }
        # A cell's request has its place as its number; those of probes go on from there.
        self._number = len(self._source.cells)
        reply = self._ask(process, request, self._limits.probe_seconds)
        if reply.get("status") != "ok":
            raise StudentFault(self._fault(reply))
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
            return ask(process, request, allowed, self._limits.reply)
        except TooSlowError:
            what = "Importing the file" if request["do"] == "load" else "The code"
            self._stop()
            if allowed < seconds:
                message = f"The exercise as a whole took longer than {self._limits.exercise_seconds:g} s."
            else:
                message = f"{what} was still running after {seconds:g} s."
            raise StudentFault(Fault(Status.TIMEOUT, "TimeLimit", message)) from None
        except StudentFault:
            self._stop()
            raise
        finally:
            self._spent += max(0.0, time.monotonic() - started - extra)

    def _fault(self, reply: dict[str, Any]) -> Fault:
        fault = fault_of(reply)
        if fault is None:
            self._stop()
            return Fault(Status.CRASHED, "BadReply", "The process answered with something that is no answer.")
        return fault if self.cells is None else self.cells.explained(fault)

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
