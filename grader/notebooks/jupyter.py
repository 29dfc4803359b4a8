"""Code cells of a Jupyter notebook, whatever its format.

A notebook is a stranger's JSON. Its size, its parts and its shape are checked before nbformat sees it, and nbformat
sees the cells' sources alone: outputs, metadata and attachments, often far larger, say nothing about answers.
"""

from __future__ import annotations

import json
from typing import Any

from grader.notebooks.cell import MIB, Cell, NotebookError, numbered
from grader.results import Text

MAX_BYTES = 10 * MIB
# Of lists, objects and their items: each costs up to a hundred times the bytes that it has in the file.
MAX_PARTS = 1_000_000
FORMATS = (2, 3, 4)
PYTHON = frozenset("python python2 python3 ipython ipython2 ipython3".split())

_NOT_ONE = Text("is not a notebook", "不是 Jupyter 笔记本")
_AGAIN = Text("Open it in Jupyter and save it again.", "请在 Jupyter 中打开并重新保存。")


def read_notebook(data: bytes) -> tuple[Cell, ...]:
    """Return the code cells of a notebook in their order.

    Raises:
        NotebookError: if it is none, is damaged, or is over a limit.
    """
    notebook = _load(data)
    version = notebook.get("nbformat")
    if type(version) is not int:
        raise _wrong("it does not say its format (nbformat)", "缺少 nbformat 字段")
    if version not in FORMATS:
        shown = str(version)[:9]
        raise NotebookError(
            Text(
                f"is in notebook format {shown}, which this version of grade does not know. Save it in format 4.",
                f"的格式是 nbformat {shown}，本评分程序不支持。请另存为格式 4。",
            )
        )
    if version == 4 and "cells" not in notebook and "worksheets" in notebook:
        # Tools have written the cells of one format under the number of another.
        version = 3
    _check_language(notebook.get("metadata"))
    cells = _list(notebook, "cells") if version == 4 else _old_cells(notebook)
    slim = [_slim(cell, place, version) for place, cell in enumerate(cells, 1)]
    texts = _converted([cell for cell in slim if cell is not None], version)
    return numbered([(text, None) for text in texts])


def _wrong(en: str, zh: str) -> NotebookError:
    return NotebookError(Text(f"{_NOT_ONE.en}: {en}. {_AGAIN.en}", f"{_NOT_ONE.zh}：{zh}。{_AGAIN.zh}"))


def _load(data: bytes) -> dict[str, Any]:
    """Return the object that the file holds."""
    if not data.strip():
        raise _wrong("it is empty", "文件是空的")
    if len(data) > MAX_BYTES:
        raise NotebookError(
            Text(
                f"is larger than {MAX_BYTES // MIB} MiB. Clear its outputs and save it again.",
                f"超过 {MAX_BYTES // MIB} MiB。请清除输出后重新保存。",
            )
        )
    if sum(data.count(sign) for sign in (b"[", b"{", b",")) > MAX_PARTS:
        raise NotebookError(
            Text("has too many parts. Clear its outputs and save it again.", "内容过多。请清除输出后重新保存。")
        )
    try:
        found = json.loads(data)
    except RecursionError:
        raise _wrong("it is nested too deep", "嵌套过深") from None
    except json.JSONDecodeError as error:
        raise _wrong(f"it is not JSON (line {error.lineno})", f"不是有效的 JSON（第 {error.lineno} 行）") from None
    except ValueError:
        # Bytes that are no text, or a number of thousands of digits.
        raise _wrong("it is not JSON", "不是有效的 JSON") from None
    if type(found) is not dict:
        raise _wrong("it is some other JSON", "是其他内容的 JSON")
    return found


def _list(holder: dict[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    if type(value) is not list:
        raise _wrong(f"it has no list of {key}", f"缺少 {key} 列表")
    return value


def _old_cells(notebook: dict[str, Any]) -> list[Any]:
    """Return the cells of a format that keeps them on worksheets."""
    found: list[Any] = []
    for sheet in _list(notebook, "worksheets"):
        if type(sheet) is not dict:
            raise _wrong("a worksheet of it is no object", "其中的 worksheet 已损坏")
        found += _list(sheet, "cells")
    return found


def _slim(cell: Any, place: int, version: int) -> dict[str, Any] | None:
    """Return what matters of a cell in Python; nothing if it is of another kind or language."""
    if type(cell) is not dict or type(cell.get("cell_type")) is not str:
        raise _wrong(f"cell {place} of it is damaged", f"其中第 {place} 个单元格已损坏")
    if cell["cell_type"] != "code":
        return None
    key = "source" if version == 4 else "input"
    text = cell.get(key, "")
    if type(text) is not str and not (type(text) is list and all(type(line) is str for line in text)):
        raise _wrong(f"what stands in cell {place} of it is no text", f"其中第 {place} 个单元格的内容不是文本")
    if not _is_python(_language(cell)):
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
            said = Text(
                f"is a notebook in {shown}; answers are written in Python.", f"是 {shown} 笔记本；请用 Python 作答。"
            )
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
