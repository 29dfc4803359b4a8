"""Folders of which the innermost has no name that a system takes."""

from __future__ import annotations

import os
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    (folder / "tiny" / "tiny_1_double.py").write_bytes(CODE)
    place = os.open(folder, os.O_RDONLY)
    for _ in range(120):
        os.mkdir("d" * 200, dir_fd=place)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(place)
