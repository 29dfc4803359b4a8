"""A zip with strange names."""

from __future__ import annotations

import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"

NAMES = [
    "tiny/tiny_1_double.py",
    "=cmd|' !A0'\r\n::error::owned\x1b[2J\u202e<script>window.owned=1<!script>[red].py",
    "con.py",
    "tiny/aux.h.py",
    "tiny/nul",
    "tiny/trailing. .py ",
]


def make(folder: Path) -> None:
    """Write the hand-in."""
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        for name in NAMES:
            archive.writestr(name, CODE)
