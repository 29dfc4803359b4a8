"""A code cell as it was handed in, the markers in it, and the error for a file without readable cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.errors import UserError
from grader.translation import say

MIB = 2**20
MAX_CODE = 2 * MIB
MAX_CELLS = 1000
# In one cell; each may be an exercise's or not, which takes a moment to find out.
MAX_MARKS = 20

_MARKER = re.compile(r"^[ \t]*#+[ \t]*grade[ \t]*[:\uff1a](.*)$", re.IGNORECASE | re.MULTILINE)
_DEFINED = re.compile(r"^(?:async[ \t]+)?(?:class|def)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)


class NotebookError(UserError):
    """A file cannot be read as a notebook or as notes; `text` says why, as the rest of a sentence that names it."""


@dataclass(frozen=True)
class Cell:
    """A cell with code.

    Args:
        number: counted from 1 among the file's cells with code. Run from top to bottom, a notebook shows it as In [1].
        text: its lines, each but the last ended by a line feed.
        line: the line of the file at which the text begins, counted from 1; None where a file shows no lines.
    """

    number: int
    text: str
    line: int | None = None

    def marks(self) -> tuple[str, ...]:
        """Return what stands in the cell's markers, such as ``5.1.2`` of ``# grade: 5.1.2``."""
        words = [mark for found in _MARKER.findall(self.text) for mark in re.split(r"[\s,;，；、]+", found[:500])]
        return tuple(mark for mark in words if mark)[:MAX_MARKS]

    def unmarked(self) -> str:
        """Return the text without its markers."""
        return _MARKER.sub("", self.text).strip()

    def defines(self) -> set[str]:
        """Return the names of the classes, functions and variables that the cell defines, as far as text tells."""
        return {function or variable for function, variable in _DEFINED.findall(self.text)}


def numbered(texts: list[tuple[str, int | None]]) -> tuple[Cell, ...]:
    """Return cells of texts and their lines. As in Jupyter, a blank one is not run and has no number.

    Raises:
        NotebookError: if they are more, or longer, than anyone writes.
    """
    # What is half a character cannot be sent, nor compiled.
    clean = [(re.sub(r"\r\n?", "\n", text).encode("utf-8", "replace").decode(), line) for text, line in texts]
    found = [(text.rstrip("\n"), line) for text, line in clean if text.strip()]
    if len(found) > MAX_CELLS:
        raise NotebookError(say("has more than {limit} cells of code.", limit=MAX_CELLS))
    if sum(len(text) for text, _ in found) > MAX_CODE:
        most = f"{MAX_CODE // MIB} MiB"
        raise NotebookError(say("holds more than {most} of code.", most=most))
    return tuple(Cell(number, text, line) for number, (text, line) in enumerate(found, 1))
