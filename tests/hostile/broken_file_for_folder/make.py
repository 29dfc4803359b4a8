"""A file for a folder."""

from __future__ import annotations

from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").write_bytes(CODE)
