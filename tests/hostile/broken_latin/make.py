"""A program in two encodings at once, neither of them named."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    code = b"def double(x):\n    return '" + "é".encode("latin-1") + "两倍".encode("gbk") + b"'\n"
    (folder / "tiny" / "tiny_1_double.py").write_bytes(code)
