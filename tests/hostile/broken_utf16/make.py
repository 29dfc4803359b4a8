"""A program in UTF-16."""

from __future__ import annotations

from pathlib import Path

CODE = "# 作业\ndef double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    (folder / "tiny" / "tiny_1_double.py").write_bytes(CODE.encode("utf-16"))
