"""Code cells of a Jupyter notebook, whatever its format.

A notebook is a stranger's JSON. Its size, its parts and its shape are checked before nbformat sees it, and nbformat
sees the cells' sources alone: outputs, metadata and attachments, often far larger, say nothing about answers.
"""

from __future__ import annotations

import json
from typing import Any

from grader.notebooks.cell import MAX_CELLS, MIB, Cell, NotebookError, numbered
from grader.results import Text
from grader.translation import say

MAX_BYTES = 10 * MIB
# Of lists, objects and their items: each costs up to a hundred times the bytes that it has in the file.
MAX_PARTS = 1_000_000
FORMATS = (2, 3, 4)
PYTHON = frozenset("python python2 python3 ipython ipython2 ipython3".split())


def read_notebook(data: bytes) -> tuple[Cell, ...]:
    """Return the code cells of a notebook in their order.

    Raises:
        NotebookError: if it is none, is damaged, or is over a limit.
    """
    notebook = _load(data)
    version = notebook.get("nbformat")
    if type(version) is not int:
        raise _wrong(say("it does not say its format (nbformat)"))
    if version not in FORMATS:
        shown = str(version)[:9]
        raise NotebookError(
            say(
                "is in notebook format {shown}, which this version of grade does not know. Save it in format 4.",
                shown=shown,
            )
        )
    if version == 4 and "cells" not in notebook and "worksheets" in notebook:
        # Tools have written the cells of one format under the number of another.
        version = 3
    _check_language(notebook.get("metadata"))
    cells = _list(notebook, "cells") if version == 4 else _old_cells(notebook)
    slim = [_slim(cell, place, version) for place, cell in enumerate(cells, 1)]
    # Converting takes a tenth of a millisecond a cell: of too many, one too many is enough to refuse them.
    code = [cell for cell in slim if cell is not None][: MAX_CELLS + 1]
    texts = _converted(code, version)
    return numbered([(text, None) for text in texts])


def _wrong(why: Text) -> NotebookError:
    return NotebookError(say("is not a notebook: {why}. Open it in Jupyter and save it again.", why=why))


def _load(data: bytes) -> dict[str, Any]:
    """Return the object that the file holds."""
    if not data.strip():
        raise _wrong(say("it is empty"))
    if len(data) > MAX_BYTES:
        raise NotebookError(
            say("is larger than {limit} MiB. Clear its outputs and save it again.", limit=MAX_BYTES // MIB)
        )
    if sum(data.count(sign) for sign in (b"[", b"{", b",")) > MAX_PARTS:
        raise NotebookError(say("has too many parts. Clear its outputs and save it again."))
    try:
        found = json.loads(data)
    except RecursionError:
        raise _wrong(say("it is nested too deep")) from None
    except json.JSONDecodeError as error:
        raise _wrong(say("it is not JSON (line {line})", line=error.lineno)) from None
    except ValueError:
        # Bytes that are no text, or a number of thousands of digits.
        raise _wrong(say("it is not JSON")) from None
    if type(found) is not dict:
        raise _wrong(say("it is some other JSON"))
    return found


def _list(holder: dict[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    if type(value) is not list:
        raise _wrong(say("it has no list of {key}", key=key))
    return value


def _old_cells(notebook: dict[str, Any]) -> list[Any]:
    """Return the cells of a format that keeps them on worksheets."""
    found: list[Any] = []
    for sheet in _list(notebook, "worksheets"):
        if type(sheet) is not dict:
            raise _wrong(say("a worksheet of it is no object"))
        found += _list(sheet, "cells")
    return found


def _slim(cell: Any, place: int, version: int) -> dict[str, Any] | None:
    """Return what matters of a cell in Python; nothing if it is blank, or of another kind or language."""
    if type(cell) is not dict or type(cell.get("cell_type")) is not str:
        raise _wrong(say("cell {place} of it is damaged", place=place))
    if cell["cell_type"] != "code":
        return None
    key = "source" if version == 4 else "input"
    text = cell.get(key, "")
    if type(text) is not str and not (type(text) is list and all(type(line) is str for line in text)):
        raise _wrong(say("what stands in cell {place} of it is no text", place=place))
    if not _is_python(_language(cell)) or not "".join(text).strip():
        return None
    if version == 4:
        return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": text}
    return {"cell_type": "code", "language": "python", "metadata": {}, "outputs": [], "input": text, "collapsed": False}


def _language(cell: dict[str, Any]) -> object:
    """Return the language of a code cell where it says one: old formats do, and so does VS Code."""
    metadata = cell.get("metadata")
    vscode = metadata.get("vscode") if type(metadata) is dict else None
    return (vscode.get("languageId") if type(vscode) is dict else None) or cell.get("language")


def _is_python(language: object) -> bool:
    return type(language) is not str or not language.strip() or language.strip().lower() in PYTHON


def _check_language(metadata: object) -> None:
    """Raise NotebookError if a notebook's kernel is of another language."""
    for key, name in (("kernelspec", "language"), ("language_info", "name")):
        about = metadata.get(key) if type(metadata) is dict else None
        language = about.get(name) if type(about) is dict else None
        if not _is_python(language):
            shown = "".join(c if c.isprintable() else "?" for c in str(language)[:30])
            said = say("is a notebook in {shown}; answers are written in Python.", shown=shown)
            raise NotebookError(said)


def _converted(cells: list[dict[str, Any]], version: int) -> list[str]:
    """Return the sources of cells, brought into today's format and joined by nbformat."""
    # Imported here because it takes a quarter of a second, which no other hand-in should pay.
    import nbformat

    slim: dict[str, Any] = {"nbformat": version, "nbformat_minor": 0, "metadata": {}}
    if version == 2:
        # In that format they had no metadata.
        cells = [{key: value for key, value in cell.items() if key != "metadata"} for cell in cells]
    slim |= {"cells": cells} if version == 4 else {"worksheets": [{"cells": cells}]}
    notebook = nbformat.reads(json.dumps(slim), as_version=4)  # type: ignore[no-untyped-call]  # it has no types
    return [str(cell["source"]) for cell in notebook["cells"]]
