"""A zip of zeros."""

from __future__ import annotations

import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with zipfile.ZipFile(folder / "work.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tiny/tiny_1_double.py", CODE)
        for number in range(3):
            archive.writestr(f"tiny/data_{number}.py", bytes(16 * 2**20))
