"""What to say of the cells of a notebook: how to name one, how it ended, and notes on those that did not simply run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from grader.results import Status, Text
from grader.sandbox.cells import CellRun
from grader.sandbox.faults import CellFault, Fault
from grader.submission import Source, SourceCell
from grader.submission.source import OTHERS
from grader.translation import say, series

# Of one kind; a notebook that is not for this exercise may have many.
MOST = 5
MAX_LINE = 60
MAX_SAID = 200


def cell_name(cell: SourceCell, source: Source) -> Text:
    """Return how to name a cell: by its number, by its file too if there are several, by its line if it has one."""
    name = _numbered(cell, source)
    if cell.line is None:
        return name
    return say("{name} (line {line})", name=name, line=cell.line)


def cell_place(cell: SourceCell, source: Source) -> Text:
    """Return the same as it stands in brackets."""
    name = _numbered(cell, source)
    name = Text(name.en[0].lower() + name.en[1:], name.zh)
    if cell.line is None:
        return name
    return say("{cell}, line {line}", cell=name, line=cell.line)


def _numbered(cell: SourceCell, source: Source) -> Text:
    name = say("Cell {number}", number=cell.number)
    if len({other.file for other in source.cells}) > 1:
        return say("{cell} of {file}", cell=name, file=cell.file)
    return name


def cell_outcome(found: CellFault) -> Text:
    """Return the rest of a sentence that begins with the name of a cell that did not run to its end."""
    fault = found.fault
    if fault.kind == "NotRun" and fault.status is Status.TIMEOUT:
        return say("was not run, because the cells above took too long")
    if fault.kind == "NotRun":
        return say("was not run, because too many cells above ended the process")
    if fault.kind == "TimeLimit":
        return say("was still running when its time was up, and was stopped")
    if fault.kind == "SystemExit":
        return say("asked Python to exit, and ended there")
    if fault.kind == "Exit":
        return say("ended the whole process")
    if fault.kind in ("Silence", "BadReply"):
        return say("broke the connection to the grader")
    if fault.status is Status.CRASHED and fault.kind.startswith("SIG"):
        return say("was killed by signal {kind}", kind=fault.kind)
    said = _said(fault)
    if fault.frames and found.cell.holds(fault.frames[-1].line):
        line = found.cell.place(fault.frames[-1].line)[1]
        return say("failed: {said} (line {line})", said=said, line=line)
    return say("failed: {said}", said=said)


def _said(fault: Fault) -> str:
    """Return what a fault says, on one line."""
    message = next((line.strip() for line in fault.message.splitlines() if line.strip()), "")
    if len(message) > MAX_SAID:
        message = message[:MAX_SAID] + " …"
    return f"{fault.kind}: {message.rstrip('.')}" if message else fault.kind


def cell_notes(run: CellRun) -> tuple[Text, ...]:
    """Return notes on what was skipped, on imports of what is not installed, and on cells that failed.

    Cells that are tied to other exercises say nothing here.
    """
    source = run.source
    ours = [(place, cell) for place, cell in enumerate(source.cells) if cell.rank != OTHERS]
    lines = source.lines()
    skipped = [
        (lines[line - 1].strip()[:MAX_LINE], cell_place(cell, source))
        for place, cell in ours
        for line in run.skipped.get(place, ())
    ]
    lacking = [
        (_numbered(cell, source), cell.place(line)[1], message)
        for place, cell in ours
        for line, message in run.lacking.get(place, ())
    ]
    faults = [found for found in run.faults() if found.cell.rank != OTHERS]
    return (*_skipped(skipped), *_lacking(lacking), *_failed(faults, source))


def _skipped(found: list[tuple[str, Text]]) -> Iterator[Text]:
    if not found:
        return
    lines = series(say("{text} ({place})", text=text, place=place) for text, place in found[:MOST])
    more = len(found) - MOST
    if more > 0:
        lines = say("{lines} and {more} more", lines=lines, more=more)
    yield say("Skipped, since only Jupyter can run it: {lines}.", lines=lines)


def _lacking(found: list[tuple[Text, int, str]]) -> Iterator[Text]:
    for name, line, message in found[:MOST]:
        yield say(
            "{name}, line {line}: {message}. The rest of the cell ran without it.",
            name=name,
            line=line,
            message=message,
        )
    more = len(found) - MOST
    if more > 0:
        yield say("{more} more imports of modules that are not installed here.", more=more)


def _failed(faults: list[CellFault], source: Source) -> Iterator[Text]:
    for found in faults[:MOST]:
        name, outcome = cell_name(found.cell, source), cell_outcome(found)
        yield say("{name} {outcome}.", name=name, outcome=outcome)
    rest = faults[MOST:]
    if rest:
        yield say("Further cells that failed or were not run: {numbers}.", numbers=series(_numbers(rest)))


def _numbers(faults: list[CellFault]) -> list[str]:
    """Return the numbers of cells, those in a row as from and to."""
    found = []
    for _, group in groupby(enumerate(faults), key=lambda entry: entry[1].cell.number - entry[0]):
        numbers = [fault.cell.number for _, fault in group]
        found.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}")
    return found
