"""Links that lead nowhere."""

from __future__ import annotations

from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    inner = folder / "tiny"
    inner.mkdir()
    (inner / "tiny_1_double.py").symlink_to("tiny_1_double.py")
    (inner / "one.py").symlink_to("two.py")
    (inner / "two.py").symlink_to("one.py")
    (inner / "nothing.ipynb").symlink_to("nothing.at.all")
    (inner / "again").symlink_to("..")
    (inner / "long.py").symlink_to("again/tiny/" * 60 + "long.py")
