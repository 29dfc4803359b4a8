"""Notebooks for tests, written by nbformat as Jupyter writes them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode, v4


def notebook(*cells: str | NotebookNode, version: int = 4) -> bytes:
    """Return a notebook with code cells of some texts; other cells come as they are."""
    made = [v4.new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    node = v4.new_notebook(cells=made)
    if version != 4:
        node = nbformat.convert(node, version)
    return nbformat.writes(node, version=version).encode()


def markdown(*cells: str) -> bytes:
    """Return notes with a Python block for each text."""
    return "\n".join(f"Some words.\n\n```python\n{cell}\n```\n" for cell in cells).encode()


def write_notebook(path: Path, cells: Iterable[str | NotebookNode]) -> Path:
    """Write a notebook, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(notebook(*cells))
    return path
