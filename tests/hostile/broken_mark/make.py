"""A program whose mark and whose line of encoding disagree."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    code = b"\xef\xbb\xbf# coding: latin-1\ndef double(x):\n    return x\n"
    (folder / "tiny" / "tiny_1_double.py").write_bytes(code)
