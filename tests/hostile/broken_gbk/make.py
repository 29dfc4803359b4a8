"""A program that says GBK and ends within a character."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    code = "# -*- coding: gbk -*-\ndef double(x):\n    return '两倍'\n# ".encode("gbk") + b"\xff\x81"
    (folder / "tiny" / "tiny_1_double.py").write_bytes(code)
