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
of one kind the last definition does. A marker that means no exercise ties its cell to none. A cell with the stub of an
exercise, as it was given out, counts for it only where there is nothing else.
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
from grader.translation import say, series

MAX_SHOWN = 5
MAX_FILES_SHOWN = 3


@dataclass(frozen=True)
class Part:
    """What a cell says of exercises: its text without markers, what stands in these, and the names that it defines."""

    text: bytes
    marks: tuple[str, ...]
    defines: frozenset[str]

    def is_meant(self, exercise: Contract) -> bool:
        """Whether a marker ties the cell to an exercise."""
        return any(exercise.is_meant(mark) for mark in self.marks)


@dataclass(frozen=True)
class CellFile:
    """A notebook or Markdown file with code in it; `name` is its path to show."""

    name: str
    cells: tuple[Cell, ...]

    @cached_property
    def parts(self) -> list[Part]:
        """What its cells say of exercises."""
        return [Part(cell.unmarked().encode(), cell.marks(), frozenset(cell.defines())) for cell in self.cells]

    def defines(self, exercise: Contract) -> frozenset[str]:
        """Return the names that its cells define, as far as text tells. An exercise's stub defines nothing."""
        return frozenset().union(*(part.defines for part in self.parts if not exercise.is_untouched(part.text)))

    def is_marked(self, exercise: Contract) -> bool:
        """Whether a cell that is no longer the stub is tied to an exercise."""
        return any(part.is_meant(exercise) and not exercise.is_untouched(part.text) for part in self.parts)

    def is_named(self, exercise: Contract) -> int:
        """See `Contract.is_named`."""
        return exercise.is_named(PurePath(self.name).stem)

    def claims(self, exercise: Contract) -> bool:
        """Whether it surely has something to say on an exercise."""
        return self.is_marked(exercise) or bool(exercise.wanted & self.defines(exercise))


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
            len(exercise.wanted & entry[1].defines(exercise)),
            entry[1].is_named(exercise),
            len(exercise.given & entry[1].defines(exercise)),
            entry[0],
        ),
    )[1]
    if exercise.wanted & best.defines(exercise):
        return _with_missing(exercise, [best], files)
    level = max(file.is_named(exercise) for file in files)
    return [file for file in files if file.is_named(exercise) == level]


def _with_missing(exercise: Contract, chosen: list[CellFile], files: list[CellFile]) -> list[CellFile]:
    """Return the chosen files, and before them those that have names which these lack."""
    missing = (exercise.wanted | exercise.given).difference(*(file.defines(exercise) for file in chosen))
    others = [file for file in files if file not in chosen and missing & file.defines(exercise)]
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
        for cell, part in zip(file.cells, file.parts, strict=True):
            text = cell.text.split("\n")
            if part.is_meant(exercise):
                rank = OTHERS if exercise.is_untouched(part.text) else OWN
            elif any(part.is_meant(other) for other in everyone):
                rank = OTHERS
            else:
                rank = COMMON
                if part.marks:
                    strange.append((file, cell))
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
    markers = series(
        say("“{marks}” (cell {number} of {file})", marks=marks, number=number, file=file)
        for file, number, marks in shown
    )
    return (say("Markers that mean no exercise here: {markers}.", markers=markers),)
