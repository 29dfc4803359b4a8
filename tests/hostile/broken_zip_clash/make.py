"""A zip with a name that is both."""

from __future__ import annotations

import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.writestr("tiny/tiny_1_double.py", CODE)
        archive.writestr("tiny/tiny_1_double.py/inner.py", CODE)
