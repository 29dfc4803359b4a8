"""What is said of cells names them by number, is short, and is there in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.judge.cell_notes import MOST, cell_name, cell_notes, cell_outcome, cell_place
from grader.limits import Limits
from grader.results import Status, Text
from grader.sandbox.cells import CellRun, Stops
from grader.sandbox.faults import CellFault, Fault, Frame
from grader.submission import Source, SourceCell


def source_of(*texts: str, file: str = "hw.ipynb", line: int | None = None) -> Source:
    """Return a source with a cell of one line for each text."""
    cells = tuple(SourceCell(number, file, number, 1, line) for number, _ in enumerate(texts, 1))
    return Source("ex", file, "\n".join(texts).encode(), cells=cells)


def run_of(source: Source) -> CellRun:
    """Return a run that has run nothing."""
    return CellRun(source, Limits(), Stops())


def error(line: int = 1, message: str = "no") -> Fault:
    """Return the fault of a cell that raised."""
    return Fault(Status.ERROR, "ValueError", message, (Frame(line, "<module>"),))


def notes(run: CellRun, language: str = "en") -> list[str]:
    """Return the notes on a run in a language."""
    return [note.get(language) for note in cell_notes(run)]


# One cell


def test_a_cell_is_named_by_its_number():
    """A notebook's cell has its number, a Markdown file's its line besides."""
    assert cell_name(source_of("a").cells[0], source_of("a")) == Text("Cell 1", "第 1 个单元格")
    notes_file = source_of("a", file="a.md", line=57)
    assert cell_name(notes_file.cells[0], notes_file) == Text("Cell 1 (line 57)", "第 1 个单元格（第 57 行）")
    assert cell_place(notes_file.cells[0], notes_file) == Text("cell 1, line 57", "第 1 个单元格，第 57 行")


def test_a_cell_of_several_files_is_named_by_its_file():
    """Where cells come from several files, each is named with its file."""
    first, second = source_of("a", file="a.ipynb").cells[0], source_of("b", file="b.ipynb").cells[0]
    source = Source("ex", "a.ipynb, b.ipynb", b"a\nb", cells=(first, replace(second, first=2)))
    assert cell_name(source.cells[1], source) == Text("Cell 1 of b.ipynb", "b.ipynb 的第 1 个单元格")
    assert cell_place(source.cells[1], source).en == "cell 1 of b.ipynb"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (error(), "failed: ValueError: no (line 1)"),
        (replace(error(), frames=()), "failed: ValueError: no"),
        (error(99), "failed: ValueError: no"),
        (error(message=""), "failed: ValueError (line 1)"),
        (error(message="\n  first.\nsecond"), "failed: ValueError: first (line 1)"),
        (error(message="x" * 999), "failed: ValueError: " + "x" * 200 + " … (line 1)"),
        (Fault(Status.MEMORY, "MemoryError", ""), "failed: MemoryError"),
        (Fault(Status.NOT_ATTEMPTED, "NotImplementedError", "do it"), "failed: NotImplementedError: do it"),
        (Fault(Status.TIMEOUT, "TimeLimit", "x"), "was still running when its time was up, and was stopped"),
        (Fault(Status.TIMEOUT, "NotRun", "x"), "was not run, because the cells above took too long"),
        (Fault(Status.CRASHED, "NotRun", "x"), "was not run, because too many cells above ended the process"),
        (Fault(Status.CRASHED, "Exit", "x"), "ended the whole process"),
        (Fault(Status.CRASHED, "SIGSEGV", "x"), "was killed by signal SIGSEGV"),
        (Fault(Status.CRASHED, "Silence", "x"), "broke the connection to the grader"),
        (Fault(Status.CRASHED, "BadReply", "x"), "broke the connection to the grader"),
        (Fault(Status.CRASHED, "SystemExit", "2"), "asked Python to exit, and ended there"),
        (Fault(Status.CRASHED, "KeyboardInterrupt", ""), "failed: KeyboardInterrupt"),
    ],
)  # fmt: skip
def test_how_a_cell_ended(fault, words):
    """Each way in which a cell can end has words in both languages, on one line."""
    text = cell_outcome(CellFault(source_of("a").cells[0], fault))
    assert text.en == words
    assert any("\u4e00" <= character <= "\u9fff" for character in text.zh)
    assert "\n" not in text.en + text.zh


# Notes on all


def test_nothing_to_say():
    """Of a notebook that simply ran there is no note."""
    assert notes(run_of(source_of("a", "b"))) == []


def test_what_was_skipped():
    """Lines that only Jupyter can run are told once, as they stand there, with their cells."""
    run = run_of(source_of("  %matplotlib inline", "x", "!ls " + "x" * 99))
    run.skipped = {0: (1,), 1: (), 2: (3,)}
    (en,), (zh,) = notes(run), notes(run, "zh")
    assert en == f"Skipped, since only Jupyter can run it: %matplotlib inline (cell 1), !ls {'x' * 56} (cell 3)."
    assert zh.startswith("以下内容只有 Jupyter 能运行，已跳过：%matplotlib inline（第 1 个单元格）、!ls")


def test_much_that_was_skipped():
    """Of many such lines a few are told, and how many more there are."""
    run = run_of(source_of(*["!ls"] * 40))
    run.skipped = {place: (place + 1,) for place in range(40)}
    (en,), (zh,) = notes(run), notes(run, "zh")
    assert en.endswith("!ls (cell 5) and 35 more.")
    assert zh.endswith("等，另有 35 处。")


def test_what_is_not_installed():
    """A module that is not installed is told with cell and line; of many, a few."""
    run = run_of(source_of(*["import d2l"] * 9))
    run.lacking = {0: ((1, "No module named 'd2l'"),)}
    assert notes(run) == ["Cell 1, line 1: No module named 'd2l'. The rest of the cell ran without it."]
    assert "照常运行" in notes(run, "zh")[0]
    run.lacking = {place: ((place + 1, "no"),) for place in range(9)}
    assert len(notes(run)) == MOST + 1
    assert notes(run)[-1].startswith("4 more imports")


def test_cells_that_failed():
    """Each failed cell is told by its number; of many, the first few, and the numbers of the others."""
    run = run_of(source_of(*["x"] * 30))
    run.failed = {3: error(4)}
    run.stopped = {1: Fault(Status.TIMEOUT, "TimeLimit", "")}
    assert notes(run) == [
        "Cell 2 was still running when its time was up, and was stopped.",
        "Cell 4 failed: ValueError: no (line 1).",
    ]
    assert notes(run, "zh") == [
        "第 2 个单元格到时间仍未结束，已被终止。",
        "第 4 个单元格出错：ValueError: no（第 1 行）。",
    ]
    run.failed = {place: error() for place in (0, 2, 4, 6, 7, 9, 10, 11, 20)}
    assert len(notes(run)) == MOST + 1
    assert notes(run)[-1] == "Further cells that failed or were not run: 8, 10–12, 21."


def test_cells_of_other_exercises_say_nothing():
    """What happens in cells that are tied to other exercises is not told here."""
    source = source_of("!a", "!b")
    source = replace(
        source, cells=tuple(replace(cell, rank=rank) for cell, rank in zip(source.cells, (0, 1), strict=True))
    )
    run = run_of(source)
    run.failed = {0: error(1), 1: error(2)}
    run.skipped = {0: (1,), 1: (2,)}
    run.lacking = {0: ((1, "no"),)}
    assert notes(run) == [
        "Skipped, since only Jupyter can run it: !b (cell 2).", "Cell 2 failed: ValueError: no (line 1).",
    ]  # fmt: skip
