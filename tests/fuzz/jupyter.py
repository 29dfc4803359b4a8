"""The reader of notebooks: cells of text come out, or one clear line."""

from __future__ import annotations

import json
from typing import Any

from fuzz.lines import clear
from grader.notebooks.cell import MAX_CELLS, MAX_CODE, Cell, NotebookError
from grader.notebooks.jupyter import read_notebook

_CODE = {"cell_type": "code", "source": ["x = 1\n", "# grade: 5.1.2"], "metadata": {}, "outputs": []}
_TEXT = {"cell_type": "markdown", "source": "words", "metadata": {}}
_OLD = {"cell_type": "code", "input": ["x = 1"], "language": "python", "outputs": [], "prompt_number": 1}
_KERNEL = {"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "python"}}
BOOKS: tuple[dict[str, Any], ...] = (
    {"nbformat": 4, "nbformat_minor": 5, "metadata": _KERNEL, "cells": [_CODE, _TEXT]},
    {"nbformat": 4, "nbformat_minor": 0, "cells": [_CODE | {"metadata": {"vscode": {"languageId": "python"}}}]},
    {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [_OLD]}]},
    {"nbformat": 2, "worksheets": [{"cells": [_OLD, {"cell_type": "html", "source": "x"}]}]},
)
SEEDS = tuple(json.dumps(book).encode() for book in BOOKS)
WORDS = tuple(
    b'"nbformat": "cells": "cell_type": "source": "input": "worksheets": "metadata": "code" "language": '
    b'"kernelspec": "language_info": "name": "vscode": "languageId": "nbformat_minor": NaN 1e999 \\ud800'.split()
)


def check(data: bytes) -> None:
    """Read bytes as a notebook."""
    try:
        cells = read_notebook(data)
    except NotebookError as error:
        clear(error.text)
        return
    look(cells)


def look(cells: tuple[Cell, ...]) -> None:
    """See that cells are what is promised of them, and can be asked what is asked of them."""
    assert [cell.number for cell in cells] == list(range(1, len(cells) + 1))
    assert len(cells) <= MAX_CELLS
    assert sum(len(cell.text) for cell in cells) <= MAX_CODE
    for cell in cells:
        assert type(cell.text) is str
        assert cell.text.strip()
        assert "\r" not in cell.text
        cell.text.encode()
        assert cell.line is None or cell.line > 0
        assert all(mark and not mark.isspace() for mark in cell.marks())
        assert len(cell.unmarked()) <= len(cell.text)
        assert "" not in cell.defines()
