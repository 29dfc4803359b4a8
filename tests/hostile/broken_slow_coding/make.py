"""A program in Punycode, which takes quadratic time."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    code = b"# coding: punycode\n" + b"a" * 300_000 + b"-" + b"b" * 1_500_000
    (folder / "tiny" / "tiny_1_double.py").write_bytes(code)
