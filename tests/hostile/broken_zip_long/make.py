"""A zip with names that cannot be written."""

from __future__ import annotations

import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.writestr("tiny/tiny_1_double.py", CODE)
        archive.writestr("tiny/" + "x" * 60_000 + ".py", CODE)
        archive.writestr("d/" * 30_000 + "deep.py", CODE)
