"""The cells of a notebook in the processes of one exercise: run one by one, each within its share of the time.

A cell that raises does not stop those below it. One that takes too long or ends its process is left out: the cells
above it run again in a fresh process, and then those below it.

Cells have time of their own, beside that of the probes: together as long as an exercise may take, so that a notebook in
which a whole chapter is worked out need not be quick; and as long again for running them anew, for probes that want a
fresh process. A cell gets at most what a probe gets, and at most half of what is left, so that some hang and the rest
still runs.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace
from typing import Any

from grader.limits import Limits
from grader.results import Status
from grader.sandbox.faults import CellFault, Fault, Frame, StudentFault, ask, fault_of, told
from grader.sandbox.process import Process, TooSlowError
from grader.submission import Source, SourceCell
from grader.submission.source import definition
from grader.translation import say

# So many cells may end their process; those after the last of them are not run.
MAX_STOPS = 8
# What a cell gets at least, as a part of what a probe gets.
LEAST = 0.05

_NO_NAME = re.compile(r"name '(\w{1,200})' is not defined")


@dataclass
class Stops:
    """Cells that end their process, by what runs: the same for every exercise that a notebook holds."""

    known: dict[object, dict[int, Fault]] = field(default_factory=dict)

    def of(self, source: Source) -> dict[int, Fault]:
        """Return what is known of a source's cells, by their place."""
        return self.known.get(self._key(source), {})

    def keep(self, source: Source, stopped: dict[int, Fault]) -> None:
        """Note what a run has found. Only the last few sources are remembered."""
        if len(self.known) > MAX_STOPS:
            self.known.clear()
        self.known[self._key(source)] = dict(stopped)

    @staticmethod
    def _key(source: Source) -> object:
        return source.data, tuple((cell.first, cell.count) for cell in source.cells)


class CellRun:
    """Runs a source's cells.

    Args:
        source: with cells.
        limits: of the exercise.
        stops: known from other exercises, and for them.
    """

    def __init__(self, source: Source, limits: Limits, stops: Stops) -> None:
        self.source = source
        self.failed: dict[int, Fault] = {}
        self.skipped: dict[int, tuple[int, ...]] = {}
        self.lacking: dict[int, tuple[tuple[int, str], ...]] = {}
        self.stopped = dict(stops.of(source))
        # The place from which on no cell is run, and why.
        self.end = len(source.cells)
        self.why_ended: Fault | None = None
        self._limits = limits
        self._stops = stops
        self._soft = limits.exercise_seconds
        self._hard = 2 * limits.exercise_seconds
        self._is_first = True
        self._end_after_stops()

    def run(self, process: Process) -> bool:
        """Run all cells in a process that has run none yet; return False if one of them was its end.

        Raises:
            StudentFault: if there is no time left to run them again.
        """
        self.failed.clear()
        for place, cell in enumerate(self.source.cells):
            if place >= self.end:
                break
            if place in self.stopped:
                continue
            if self._hard <= 0:
                self._out_of_time(place)
                break
            try:
                self._take_in(place, self._ask(process, place, cell))
            except StudentFault as error:
                self._note_stop(place, error.fault)
                return False
        self._is_first = False
        return True

    def _ask(self, process: Process, place: int, cell: SourceCell) -> dict[str, Any]:
        most = self._limits.probe_seconds
        share = max(self._soft / 2, most * LEAST) if self._is_first else most
        request = {
            "do": "cell",
            "number": place + 1,
            "text": self.source.text_of(cell),
            "first": cell.first,
            "rank": cell.rank,
        }
        started = time.monotonic()
        try:
            return ask(process, request, min(most, share), self._limits.reply)
        except TooSlowError:
            raise StudentFault(
                told(Status.TIMEOUT, "TimeLimit", say("It was still running when its time was up."))
            ) from None
        finally:
            spent = max(0.0, time.monotonic() - started)
            self._soft -= spent
            self._hard -= spent

    def _take_in(self, place: int, reply: dict[str, Any]) -> None:
        """Take note of a reply.

        Raises:
            StudentFault: if it is none.
        """
        cell = self.source.cells[place]
        if reply.get("status") != "ok":
            fault = fault_of(reply)
            if fault is None:
                text = say("The process answered with something that is no answer.")
                raise StudentFault(told(Status.CRASHED, "BadReply", text))
            self.failed[place] = replace(fault, names=(), defined=())
        skipped, lacking = reply.get("skipped"), reply.get("lacking")
        self.skipped[place] = tuple(
            line for line in (skipped if type(skipped) is list else []) if type(line) is int and cell.holds(line)
        )
        self.lacking[place] = tuple(
            (item[0], item[1][:300])
            for item in (lacking if type(lacking) is list else [])
            if type(item) is list and [type(part) for part in item] == [int, str] and cell.holds(item[0])
        )

    def _note_stop(self, place: int, fault: Fault) -> None:
        self.stopped[place] = fault
        if self._is_first:
            self._stops.keep(self.source, self.stopped)
        self._end_after_stops()

    def _end_after_stops(self) -> None:
        if len(self.stopped) >= MAX_STOPS:
            self.end = min(self.end, max(place for place in self.stopped if place < self.end))
            text = say("It was not run: too many cells above ended the process.")
            self.why_ended = told(Status.CRASHED, "NotRun", text)

    def _out_of_time(self, place: int) -> None:
        fault = told(Status.TIMEOUT, "NotRun", say("It was not run: the cells above took too long."))
        if not self._is_first:
            raise StudentFault(replace(fault, kind="CellsTooSlow", at_import=True))
        self.end, self.why_ended = place, fault

    # What came of it

    def faults(self) -> list[CellFault]:
        """Return the cells that failed, ended their process or were not run, in their order."""
        found = self.failed | self.stopped
        if self.why_ended is not None:
            found |= {place: self.why_ended for place in range(self.end, len(self.source.cells)) if place not in found}
        return [CellFault(self.source.cells[place], found[place]) for place in sorted(found)]

    def explained(self, fault: Fault) -> Fault:
        """Return a probe's fault, with the cell to which it goes back if it is about a name that is not there."""
        name = fault.message if fault.kind == "MissingName" else ""
        if fault.kind == "NameError" and (found := _NO_NAME.search(fault.message)):
            name = found[1]
        cause = self._cause(name) if name else None
        if cause is None:
            return fault
        return replace(fault, cause=cause, at_import=fault.status is Status.MISSING)

    def _cause(self, name: str) -> CellFault | None:
        """Return the last cell that would have defined a name, had it not failed."""
        pattern = definition(name)
        for found in reversed(self.faults()):
            if any(pattern.match(line) for line in self.source.text_of(found.cell).split("\n")):
                return found
        word = re.compile(rf"\b{re.escape(name)}\b")
        lines = self.source.lines()
        for place in sorted(self.lacking, reverse=True):
            for line, message in self.lacking[place]:
                if word.search(lines[line - 1]):
                    fault = Fault(Status.ERROR, "ModuleNotFoundError", message, (Frame(line, ""),))
                    return CellFault(self.source.cells[place], fault)
        return None
