"""A program in UTF-7, whose lines are in a comment for who reads them."""

from __future__ import annotations

from pathlib import Path

CODE = "# coding: utf-7\n# +AAo-def double(x): raise ValueError('+ADw-b+AD4-')+AAo-def greet(name): return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    (folder / "tiny" / "tiny_1_double.py").write_bytes(CODE.encode())
