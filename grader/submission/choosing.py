"""Which notebooks and Markdown files hold an exercise, and the source that their cells become.

Files go by name, numbers in it by value. Of several, an exercise is in

1. those with a cell that a marker ties to it;
2. else the one that defines most of the names which its stub leaves to write; of equals the one that is named for its
   section, then the one that defines more of what the stub gives, then the last. Names that it lacks and another file
   has are taken from there: that file runs before it;
3. else those named for the exercise or its section (``ex5_1.ipynb``, ``5.1 blocks.ipynb``);
4. else all of them.

Where several files serve one exercise, their cells run one file after the other, as if they were one notebook.

All cells run for every exercise, also those tied to others: their imports may be needed. But what these define yields.
For an exercise, what its own cells define counts, else what cells without a marker define, else the rest; among cells
of one kind the last definition does. A marker that means no exercise ties its cell to none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from grader.notebooks.cell import Cell
from grader.results import Text
from grader.submission.contract import Contract
from grader.submission.source import COMMON, OTHERS, OWN, Source, SourceCell

MAX_SHOWN = 5
MAX_FILES_SHOWN = 3


@dataclass(frozen=True)
class CellFile:
    """A notebook or Markdown file with code in it; `name` is its path to show."""

    name: str
    cells: tuple[Cell, ...]

    @cached_property
    def defines(self) -> frozenset[str]:
        """The names that its cells define, as far as text tells."""
        return frozenset().union(*(cell.defines() for cell in self.cells))

    @cached_property
    def marks(self) -> frozenset[str]:
        """What stands in the markers of its cells."""
        return frozenset(mark for cell in self.cells for mark in cell.marks())

    def is_marked(self, exercise: Contract) -> bool:
        """Whether a cell is tied to an exercise."""
        return any(exercise.is_meant(mark) for mark in self.marks)

    def is_named(self, exercise: Contract) -> int:
        """See `Contract.is_named`."""
        return exercise.is_named(PurePath(self.name).stem)

    def claims(self, exercise: Contract) -> bool:
        """Whether it surely has something to say on an exercise."""
        named = len(exercise.number) > 1 and self.is_named(exercise) == len(exercise.number)
        return named or self.is_marked(exercise) or bool(exercise.wanted & self.defines)


def in_order(name: str) -> tuple[object, ...]:
    """Return what a file goes by among others: its name, in which 10 comes after 9."""
    parts = re.split(r"(\d{1,9})", name.casefold())
    return tuple((int(part), "") if part.isdecimal() and part.isascii() else (-1, part) for part in parts)


def choose(exercise: Contract, files: list[CellFile]) -> list[CellFile]:
    """Return the files that hold an exercise, in the order in which their cells are to run."""
    marked = [file for file in files if file.is_marked(exercise)]
    if marked:
        return _with_missing(exercise, marked, files)
    best = max(
        enumerate(files),
        key=lambda entry: (
            len(exercise.wanted & entry[1].defines),
            entry[1].is_named(exercise),
            len(exercise.given & entry[1].defines),
            entry[0],
        ),
    )[1]
    if exercise.wanted & best.defines:
        return _with_missing(exercise, [best], files)
    level = max(file.is_named(exercise) for file in files)
    return [file for file in files if file.is_named(exercise) == level]


def _with_missing(exercise: Contract, chosen: list[CellFile], files: list[CellFile]) -> list[CellFile]:
    """Return the chosen files, and before them those that have names which these lack."""
    missing = (exercise.wanted | exercise.given).difference(*(file.defines for file in chosen))
    others = [file for file in files if file not in chosen and missing & file.defines]
    return others + chosen


def source(
    exercise: Contract, files: list[CellFile], everyone: Iterable[Contract], helpers: dict[str, bytes]
) -> Source:
    """Return the source of an exercise that files hold.

    Args:
        exercise: to find.
        files: in which to look, in their order; at least one.
        everyone: all exercises of the assignment, which markers can mean.
        helpers: modules that the cells may import.
    """
    everyone = list(everyone)
    chosen = choose(exercise, files)
    # So that it is read as UTF-8, whatever the first cell says.
    lines = ["# coding: utf-8"]
    cells: list[SourceCell] = []
    strange: list[tuple[CellFile, Cell]] = []
    for file in chosen:
        for cell in file.cells:
            text = cell.text.split("\n")
            known = [mark for mark in cell.marks() if any(other.is_meant(mark) for other in everyone)]
            if cell.marks() and not known:
                strange.append((file, cell))
            rank = OWN if any(exercise.is_meant(mark) for mark in known) else OTHERS if known else COMMON
            lines.append(f"# {file.name}, cell {cell.number}")
            cells.append(SourceCell(cell.number, file.name, len(lines) + 1, len(text), cell.line, rank))
            lines += [*text, ""]
    return Source(
        exercise.name,
        ", ".join([file.name for file in chosen[:MAX_FILES_SHOWN]] + ["…"] * (len(chosen) > MAX_FILES_SHOWN)),
        "\n".join(lines).encode(),
        helpers=helpers,
        cells=tuple(cells),
        notes=_strange(strange),
    )


def _strange(cells: list[tuple[CellFile, Cell]]) -> tuple[Text, ...]:
    """Return a note on markers that mean no exercise."""
    if not cells:
        return ()
    shown = [
        (file.name, cell.number, "".join(c for c in " ".join(cell.marks())[:40] if c.isprintable()))
        for file, cell in cells[:MAX_SHOWN]
    ]
    en = ", ".join(f"“{marks}” (cell {number} of {file})" for file, number, marks in shown)
    zh = "、".join(f"“{marks}”（{file} 的第 {number} 个单元格）" for file, number, marks in shown)
    return (Text(f"Markers that mean no exercise here: {en}.", f"有的标记不对应任何练习：{zh}。"),)
