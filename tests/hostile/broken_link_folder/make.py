"""A link to the folder of a hand-in that has every point."""

from __future__ import annotations

from pathlib import Path

HONEST = Path(__file__).resolve().parents[2] / "samples" / "honest" / "tiny"


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").symlink_to(HONEST)
