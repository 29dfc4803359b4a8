"""A program with NUL bytes."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    (folder / "tiny" / "tiny_1_double.py").write_bytes(b"def double(x):\n    return x\x00\n\x00\x00\ny = '\x00'\n")
