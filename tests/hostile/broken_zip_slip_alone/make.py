"""A zip with a folder elsewhere."""

from __future__ import annotations

import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.writestr("../" * 30 + "tmp/owned-by-a-folder/", b"")
        archive.writestr("/tmp/owned-by-a-folder/", b"")
        archive.writestr("tiny/tiny_1_double.py", CODE)
