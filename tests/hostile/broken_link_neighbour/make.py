"""Links to a hand-in that has every point."""

from __future__ import annotations

from pathlib import Path

HONEST = Path(__file__).resolve().parents[2] / "samples" / "honest" / "tiny" / "tiny_1_double.py"


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    step = folder / "tiny" / "step.py"
    step.symlink_to(HONEST)
    # The first link stays within the hand-in; only the second leads out.
    (folder / "tiny" / "tiny_1_double.py").symlink_to("step.py")
