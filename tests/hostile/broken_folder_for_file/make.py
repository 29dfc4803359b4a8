"""A folder for a file."""

from __future__ import annotations

from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    inner = folder / "tiny" / "tiny_1_double.py"
    inner.mkdir(parents=True)
    (inner / "__init__.py").write_bytes(CODE)
    (folder / "tiny" / "work.ipynb").mkdir()
    (folder / "tiny" / "helper.py").mkdir()
