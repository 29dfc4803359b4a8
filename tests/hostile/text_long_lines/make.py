"""A hand-in whose failing line is half a megabyte long."""

from __future__ import annotations

from pathlib import Path

CODE = """print("y" * 10**6)


def double(x):
    raise ValueError("z" * 10**6)  # {comment}


def greet(name):
    return "w" * 10**6
"""


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    (folder / "tiny" / "tiny_1_double.py").write_text(CODE.format(comment="x" * 500_000), encoding="utf-8")
