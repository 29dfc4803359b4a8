"""A zip with names that differ in case and form alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        for name in ("tiny/tiny_1_double.py", "tiny/TINY_1_DOUBLE.py", "tiny/\u00e9.py", "tiny/e\u0301.py"):
            archive.writestr(name, CODE)
