"""What of a cell is Python: magics, shell lines and questions are Jupyter's, and are taken out line by line.

Whether a line is one of these, Python decides: it is taken out if it looks like one and Python refuses it right there.
So ``% n`` in the middle of an expression stays, and a line of a text that begins with ``!`` does too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

# Cell magics that only watch what is below them. All others do something else with it.
WATCHING = ("time", "capture")
# The book's own sources have the same cell for several libraries.
LIBRARIES = frozenset({"pytorch", "all"})

_LOOKS = re.compile(
    r"""
    \s* (?: [%!?]                                        # %matplotlib inline   !pip install x   ?torch.nn
          | .* \? \s* ;? \s* $                           # torch.nn?
          | [\w.,\[\]()* ]+ = \s* [%!]                   # files = !ls
          | (?:pip|conda|mamba|uv|cd|ls|cat|mkdir) \s+ [\w./~-] )   # pip install x
    """,
    re.VERBOSE,
)
_TIMED = re.compile(r"(\s*)%time\s+(?!-)(.+)")
_CELL_MAGIC = re.compile(r"\s*%%(\w+)[ \t]*(.*)")
_TAB = re.compile(r"\s*(?:%%|%|#\s*@)tab\s+(.*)")


@dataclass(frozen=True)
class Python:
    """The Python of a cell.

    Args:
        tree: its statements, or None if all of it is Jupyter's.
        skipped: numbers of the lines that were taken out, counted as the cell's are.
    """

    tree: ast.Module | None
    skipped: tuple[int, ...]


def python_of(text: str, first: int, parse: Callable[[str], ast.Module]) -> Python:
    """Return the Python of a cell.

    Args:
        text: of the cell.
        first: the number of its first line.
        parse: parses such a text, and counts its lines from `first` too.

    Raises:
        SyntaxError: if a line is wrong that is none of Jupyter's.
    """
    lines = text.split("\n")
    skipped: list[int] = []
    if not _take_out_head(lines, first, skipped):
        return Python(None, tuple(skipped))
    _unindent(lines)
    taken: set[int] = set()
    while True:
        try:
            return Python(parse("\n".join(lines)), tuple(sorted(skipped)))
        except SyntaxError as error:
            at = (error.lineno or 0) - first
            if not 0 <= at < len(lines) or at in taken or not _LOOKS.match(lines[at]):
                raise
            taken.add(at)
            timed = _TIMED.match(lines[at])
            if timed:
                lines[at] = timed[1] + timed[2]
            else:
                skipped.append(first + at)
                _take_out(lines, at)


def _take_out_head(lines: list[str], first: int, skipped: list[int]) -> bool:
    """Take out the cell magics at the beginning; return False if one of them takes the whole cell with it."""
    for at, line in enumerate(lines):
        tab, magic = _TAB.match(line), _CELL_MAGIC.match(line)
        if tab or magic:
            if magic and not tab and magic[1] in WATCHING:
                lines[at] = ""
            elif tab and set(re.split(r"[\s,'\"]+", tab[1])) & LIBRARIES:
                lines[at] = "" if line.lstrip().startswith("%") else line
            else:
                skipped.append(first + at)
                return False
        elif line.strip() and not line.lstrip().startswith("#"):
            break
    return True


def _take_out(lines: list[str], at: int) -> None:
    """Put nothing in the place of a line and of those that it goes on in."""
    goes_on = lines[at].rstrip().endswith("\\")
    lines[at] = lines[at][: len(lines[at]) - len(lines[at].lstrip())] + "pass"
    while goes_on and at + 1 < len(lines):
        at += 1
        goes_on = lines[at].rstrip().endswith("\\")
        lines[at] = ""


def _unindent(lines: list[str]) -> None:
    """Take the first line's indentation from all lines that have it: cells are pasted from within functions."""
    start = next((line for line in lines if line.strip()), "")
    indent = start[: len(start) - len(start.lstrip())]
    if indent:
        lines[:] = [line.removeprefix(indent) for line in lines]
