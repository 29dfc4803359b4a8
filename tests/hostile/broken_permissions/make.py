"""Files and folders without permissions."""

from __future__ import annotations

from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "tiny").mkdir()
    (folder / "closed").mkdir(mode=0)
    (folder / "tiny" / "tiny_1_double.py").write_bytes(CODE)
    (folder / "tiny" / "tiny_1_double.py").chmod(0)
