"""Cells of a CSV file that is opened in a spreadsheet: text that no program takes for a formula, and plain numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from grader.reports import text

_MAX_CHARS = 2000
# What makes a cell a formula, as typed on any keyboard: ASCII, full-width and small forms, and the minus sign.
_FORMULA = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
# A semicolon begins a new cell in LibreOffice, and in Excel wherever the comma is the decimal sign.
_BEGINS = re.compile(rf"(^|;)(?=[\s\"]*[{_FORMULA}])")

Cell = str | int | float


def harmless(words: str, chars: int = _MAX_CHARS) -> str:
    r"""Return `words` as a cell that no spreadsheet takes for a formula: one line, at most `chars` characters.

    An apostrophe stands before everything that would begin a formula. A spreadsheet shows it, since it means "text"
    only where a person types it; but quotes do not help, for they are gone before the cell is looked at, and a space
    or a tab is skipped. Control and bidirectional characters, NUL and lone surrogates become escapes such as ``\x00``.
    """
    line = text.brief(text.one_line(text.visible(text.without_ansi(words))), chars)
    return _BEGINS.sub(r"\1'", line)


def number(value: float) -> int | float:
    """Return a score as a plain number of at most four decimals, whole ones without a point."""
    short = round(float(value), 4)
    return int(short) if short.is_integer() else short


def csv_text(rows: Iterable[Sequence[Cell]], plain: int = 0) -> str:
    r"""Return rows as CSV, lines ending in ``\r\n``.

    To be written as ``utf-8-sig`` with ``newline=""``: without a byte order mark, Excel reads UTF-8 as the code page of
    the machine. Strings have to be harmless already. They are quoted and numbers are not, so that a program with
    another idea of separators still finds the same cells. The first `plain` rows have quotes only where needed: right
    behind a byte order mark some programs refuse them.
    """
    out = io.StringIO(newline="")
    writers = [csv.writer(out, lineterminator="\r\n", quoting=q) for q in (csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC)]
    for number_of_row, row in enumerate(rows):
        writers[number_of_row >= plain].writerow(row)
    return out.getvalue()
