"""From what happened to words: whose fault an outcome is, and what the student is told."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Any

import pytest
from torch.testing import assert_close

from grader.judge.cell_notes import cell_name, cell_outcome, cell_place
from grader.judge.close_names import close_names
from grader.judge.describe import describe, difference
from grader.judge.unsendable import unsendable
from grader.results import Location, SourceLine, Status, Text
from grader.sandbox.faults import CellFault, Fault
from grader.submission import CONTEXT_LINES, Source
from grader.translation import fill, say, say_as, series

OURS = (NameError, ImportError, SyntaxError, MemoryError, OSError)
_WANTED = {
    "is": Text("{value}"),
    "!=": say("anything but {value}"),
    "is not": say("anything but {value}"),
    "in": say("one of {value}"),
    "not in": say("none of {value}"),
    "<": say("less than {value}"),
    "<=": say("at most {value}"),
    ">": say("more than {value}"),
    ">=": say("at least {value}"),
}


@dataclass(frozen=True)
class Comparison:
    """A comparison that did not hold in a check: the operator, both sides, and whether dtypes mattered."""

    operator: str
    left: Any
    right: Any
    dtypes: bool = True


@dataclass(frozen=True)
class Verdict:
    """How a check ended and what to say of it."""

    status: Status
    message: Text = Text()
    seen: Text = Text()
    expected: Text = Text()
    location: Location | None = None
    frames: tuple[Location, ...] = ()
    at_import: bool = False


def at(source: Source, line: int, function: str = "") -> Location:
    """Return a place in a student's file, or in a cell of it, with the lines around it."""
    lines = source.lines()
    first = max(1, line - CONTEXT_LINES)
    last = min(len(lines), line + CONTEXT_LINES)
    file, number = source.file, line
    if source.cells:
        cell = source.cell_at(line)
        if cell is None:
            return Location(file, line, function)
        first, last = max(first, cell.first), min(last, cell.first + cell.count - 1)
        file, number = cell.place(line)
    shown = tuple(SourceLine(n - line + number, lines[n - 1][:300], n == line) for n in range(first, last + 1))
    return Location(file, number, function, shown)


def from_fault(fault: Fault, source: Source) -> Verdict:
    """Return the verdict on a check whose probe the student's code left without a value."""
    frames = tuple(at(source, frame.line, frame.function) for frame in fault.frames)
    location = frames[-1] if frames else None
    close = close_names(fault.message, fault.defined) if fault.kind == "MissingName" else []
    if fault.cause is not None and fault.kind == "MissingName":
        inner = fault.cause.fault.frames
        line = inner[-1].line if inner else source.line_of(fault.message)
        location = at(source, line, inner[-1].function if inner else "") if line is not None else None
    elif location is None:
        # The name that was used, or what stands there in its place.
        names = (*fault.names[-1:], *close[:1])
        line = next((line for name in names if (line := source.line_of(name)) is not None), None)
        location = at(source, line) if line is not None else None
    text = _fault_text(fault, source, close)
    return Verdict(fault.status, text, location=location, frames=frames, at_import=fault.at_import)


def _fault_text(fault: Fault, source: Source, close: list[str]) -> Text:
    said = f"{fault.kind}: {fault.message}" if fault.message else fault.kind
    if fault.kind == "MissingFile":
        return fault.text or Text(fault.message)
    if fault.kind == "CellsTooSlow":
        return say(
            "The cells run anew for each check that wants a fresh process, and that took too long. Make them quicker."
        )
    if fault.status is Status.MISSING:
        return _missing_name(fault, source, close)
    if fault.status is Status.NOT_ATTEMPTED:
        return say("Nothing written here yet.")
    if fault.status is Status.MEMORY:
        return say("The code asked for more memory than it may use. {said}", said=fault.text or said)
    if fault.status is Status.TIMEOUT:
        return fault.text or say_as("out of time", "{said}", said=fault.message)
    if fault.kind == "SystemExit":
        return say("The code called sys.exit({message}); it must return instead.", message=fault.message)
    if fault.status is Status.CRASHED:
        return fault.text or say_as("crashed", "{said}", said=fault.message or said)
    if fault.kind == "UnsendableError":
        return say("The result cannot be checked: {message}.", message=unsendable(fault.message))
    if fault.at_import:
        return say("Importing {file} raised {said}", file=source.file, said=said)
    if not fault.frames:
        return say("Using what the code gave raised {said}", said=said)
    if fault.cause is not None:
        name, outcome = _cell(fault.cause, source)
        return say("{said}. {name}, which defines it, {outcome}.", said=said, name=name, outcome=outcome)
    return Text(said, said)


def _cell(found: CellFault, source: Source) -> tuple[Text, Text]:
    return cell_name(found.cell, source), cell_outcome(found)


def _missing_name(fault: Fault, source: Source, close: list[str]) -> Text:
    name = fault.message
    if fault.cause is not None:
        cell, outcome = _cell(fault.cause, source)
        return say("{cell} {outcome}; so {name} was not defined.", cell=cell, outcome=outcome, name=name)
    lacking = say("{file} does not define {name}.", file=source.file, name=name)
    if len({cell.file for cell in source.cells}) > 1:
        lacking = say("None of {file} defines {name}.", file=source.file, name=name)
    if not close:
        return lacking
    places = [_where(other, source) for other in close]
    if len(close) == 1:
        return say(
            "{lacking} It has {place}: if that is the answer, rename it to {name}, "
            "or add the line {name} = {close} below it.",
            lacking=lacking,
            place=places[0],
            name=name,
            close=close[0],
        )
    return say(
        "{lacking} It has {places}: if one of them is the answer, rename it to {name}.",
        lacking=lacking,
        places=series(places),
        name=name,
    )


def _where(name: str, source: Source) -> Text:
    """Return a name with the place where it is defined, as far as text tells."""
    line = source.line_of(name)
    if line is None:
        return Text(name, name)
    cell = source.cell_at(line)
    if cell is not None:
        where = cell_place(cell, source)
        return say("{name} ({where})", name=name, where=where)
    return say("{name} (line {line})", name=name, line=line)


def from_exception(
    error: BaseException, comparison: Comparison | None, source: Source, names: tuple[str, ...]
) -> Verdict:
    """Return the verdict on a check that got its values and raised on them.

    Args:
        error: what the check raised.
        comparison: the last comparison of an ``assert`` that did not hold.
        source: the student's file.
        names: the names of the submission that the check's probes used.
    """
    line = next((line for name in names if (line := source.line_of(name)) is not None), None)
    location = at(source, line) if line is not None else None
    if isinstance(error, (AssertionError, pytest.fail.Exception)):
        compared = _compared(error.__traceback__)
        if compared is not None:
            seen, expected = difference(compared.left, compared.right, compared.dtypes)
            # What assert_close says by itself is about tolerances; only a spec's own words help a student.
            text = _assertion_text(error) if compared.operator else Text()
            return Verdict(Status.FAILED, text, seen, expected, location)
        if comparison is not None:
            seen, expected = _sides(comparison)
            return Verdict(Status.FAILED, _assertion_text(error), seen, expected, location)
        text = _assertion_text(error) or say("What the title says does not hold.")
        return Verdict(Status.FAILED, text, location=location)
    if isinstance(error, OURS):
        return grader_error(error)
    said = f"{type(error).__name__}: {str(error)[:300]}"
    text = say("The result is of another kind than the check expects ({said}).", said=said)
    return Verdict(Status.FAILED, text, location=location)


def grader_error(error: BaseException) -> Verdict:
    """Return the verdict for a fault of ours."""
    said = f"{type(error).__name__}: {str(error)[:500]}"
    return Verdict(
        Status.GRADER_ERROR,
        say("The grader failed, not the submission: {said}. Nothing is lost; please report it.", said=said),
    )


def _assertion_text(error: BaseException) -> Text:
    """Return the message that a spec gave its assert, or what assert_close says; nothing for a bare assert."""
    text = str(error)
    if text.startswith("assert "):
        return Text()
    text = text.split("\nassert ")[0].strip()
    return Text(text[:600], text[:600])


def _compared(trace: TracebackType | None) -> Comparison | None:
    """Return what a failed `assert_close` compared; the operator is empty if it was given no message."""
    while trace is not None:
        if trace.tb_frame.f_code is assert_close.__code__:
            values = trace.tb_frame.f_locals
            operator = "close" if values["msg"] is not None else ""
            return Comparison(operator, values["actual"], values["expected"], values["check_dtype"])
        trace = trace.tb_next
    return None


def _sides(comparison: Comparison) -> tuple[Text, Text]:
    if comparison.operator == "==":
        return difference(comparison.left, comparison.right)
    left, right = describe(comparison.left), describe(comparison.right)
    wanted = _WANTED.get(comparison.operator, Text(comparison.operator + " {value}"))
    return left, fill(wanted, value=right)
