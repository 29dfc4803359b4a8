"""One exercise's code as handed in: a file, or the cells of notebooks and Markdown files."""

from __future__ import annotations

import codecs
import re
import tokenize
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

from grader.results import Text

# The encodings in which people write programs. Others, such as punycode, can take minutes for a file made to be slow.
SHOWN_ENCODINGS = frozenset(
    "utf-8 utf-8-sig ascii iso8859-1 iso8859-15 cp1252 cp1250 cp1251 koi8-r gbk gb2312 gb18030 big5 big5hkscs "
    "shift_jis cp932 euc_jp euc_kr cp949 mac-roman".split()
)
CONTEXT_LINES = 3
# How far a cell's definitions count for an exercise: those of a higher rank win, whatever comes last.
OTHERS, COMMON, OWN = range(3)


@dataclass(frozen=True)
class SourceCell:
    """A cell of a notebook or Markdown file, as a part of its source.

    Args:
        number: counted from 1 among the cells with code of its file.
        file: that file's path to show.
        first: line of the source's text at which it begins, counted from 1.
        count: how many lines it has.
        line: line of its file at which it begins; None in a notebook, whose cells count their own lines.
        rank: OWN if a marker ties it to the exercise, OTHERS if markers tie it to others, else COMMON.
    """

    number: int
    file: str
    first: int
    count: int
    line: int | None = None
    rank: int = COMMON

    def holds(self, line: int) -> bool:
        """Whether a line of the source's text is in this cell."""
        return self.first <= line < self.first + self.count

    def place(self, line: int) -> tuple[str, int]:
        """Return how to show a line of the source's text: the name of where it stands, and its number there."""
        if self.line is None:
            return f"{self.file}, cell {self.number}", line - self.first + 1
        return self.file, line - self.first + self.line


@dataclass(frozen=True)
class Source:
    """One exercise's code as handed in.

    Args:
        module: name of the module that it becomes.
        file: path to show, relative to the submission; several, with commas, if cells come from several files.
        data: its bytes, or None where there is no readable file; then `problem` says why. Of notebooks and Markdown
            files, the text of all cells in UTF-8.
        helpers: other modules beside it that are no exercise's.
        cells: where in `data` each cell is, in the order in which they run; none for a Python file.
        notes: what the student should know of how the code was found.
    """

    module: str
    file: str
    data: bytes | None
    problem: Text = Text()
    helpers: dict[str, bytes] = field(default_factory=dict)
    cells: tuple[SourceCell, ...] = ()
    notes: tuple[Text, ...] = ()

    def lines(self) -> list[str]:
        """Return the source's lines for showing, decoded as Python would, or as UTF-8 with replacements."""
        return list(_lines(self.data or b""))

    def line_of(self, name: str) -> int | None:
        """Return the line on which a name is defined last, or None. Cells tied to the exercise go before others."""
        pattern = definition(name)
        found = [number for number, line in enumerate(self.lines(), 1) if pattern.match(line)]
        if self.cells:
            return max(found, key=lambda line: (self._rank(line), line), default=None)
        return found[-1] if found else None

    def cell_at(self, line: int) -> SourceCell | None:
        """Return the cell in which a line is."""
        return next((cell for cell in self.cells if cell.holds(line)), None)

    def text_of(self, cell: SourceCell) -> str:
        """Return a cell's text."""
        return "\n".join(_lines(self.data or b"")[cell.first - 1 : cell.first - 1 + cell.count])

    def _rank(self, line: int) -> int:
        cell = self.cell_at(line)
        return COMMON if cell is None else cell.rank


@dataclass(frozen=True)
class Submission:
    """A student's work: a name and a source for each exercise that was asked for."""

    name: str
    sources: dict[str, Source]


def definition(name: str) -> re.Pattern[str]:
    """Return a pattern that matches a line on which a name is defined."""
    return re.compile(rf"\s*(?:async\s+)?(?:class|def)\s+{re.escape(name)}\b|{re.escape(name)}\s*(?::|=(?!=))")


@lru_cache(maxsize=32)
def _lines(data: bytes) -> tuple[str, ...]:
    try:
        encoding = tokenize.detect_encoding(BytesIO(data).readline)[0]
        text = data.decode(encoding if codecs.lookup(encoding).name in SHOWN_ENCODINGS else "utf-8")
    except (SyntaxError, ValueError, LookupError):
        text = data.decode("utf-8-sig", errors="replace")
    return tuple(re.split(r"\r\n|\r|\n", text))
