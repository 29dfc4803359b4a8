"""A link to zeros without end."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    (folder / "tiny" / "tiny_1_double.py").symlink_to("/dev/zero")
    (folder / "tiny" / "helper.py").symlink_to("/dev/stdin")
