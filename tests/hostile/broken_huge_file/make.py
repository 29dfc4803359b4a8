"""A program that is one large hole."""

from __future__ import annotations

import os
from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    file = folder / "tiny" / "tiny_1_double.py"
    file.write_text("def double(x):\n    return x\n", encoding="utf-8")
    os.truncate(file, 16 * 2**30)
