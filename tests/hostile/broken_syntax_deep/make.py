"""A program of a hundred thousand signs and attributes."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    deep = "-" * 200_000 + "1" + ".a" * 200_000 + "\n"
    code = f"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n\n\nz = {deep}"
    (folder / "tiny" / "tiny_1_double.py").write_text(code, encoding="utf-8")
