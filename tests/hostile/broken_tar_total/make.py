"""A tar of many large files, with holes in the places of their data."""

from __future__ import annotations

import tarfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"
LARGE = 19 * 2**20


def make(folder: Path) -> None:
    """Write the hand-in."""
    with (folder / "work.tar").open("wb") as file:
        for name, size in [("tiny_1_double.py", len(CODE)), *((f"part_{number}.bin", LARGE) for number in range(12))]:
            member = tarfile.TarInfo(f"tiny/{name}")
            member.size = size
            file.write(member.tobuf())
            file.write(CODE[:size] if size < LARGE else b"")
            file.seek(size if size == LARGE else 512 - size, 1)
        file.write(bytes(1024))
