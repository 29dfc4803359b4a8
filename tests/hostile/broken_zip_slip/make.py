"""A zip that unpacks elsewhere."""

from __future__ import annotations

import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"

NAMES = [
    "tiny/tiny_1_double.py",
    "../" * 30 + "tmp/owned-by-a-zip.py",
    "/tmp/owned-by-a-zip.py",
    "..\\" * 30 + "tmp\\owned-by-a-zip.py",
    "C:\\Windows\\owned.py",
    "tiny/./.././" + "../" * 30 + "tmp/tiny_1_double.py",
    "//server/share/owned.py",
]


def make(folder: Path) -> None:
    """Write the hand-in."""
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        for name in NAMES:
            archive.writestr(name, CODE)
