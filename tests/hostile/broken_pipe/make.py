"""A pipe for a file."""

from __future__ import annotations

import os
from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    os.mkfifo(folder / "tiny" / "tiny_1_double.py")
    os.mkfifo(folder / "tiny" / "helper.py")
    os.mkfifo(folder / "tiny" / "work.ipynb")
