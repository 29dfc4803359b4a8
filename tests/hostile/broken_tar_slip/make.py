"""A tar that unpacks elsewhere."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with tarfile.open(folder / "work.tar.xz", "w:xz", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("tiny/tiny_1_double.py")
        member.size = len(CODE)
        member.pax_headers = {"path": "tiny/../../" * 40 + "../../../../../../tmp/owned-by-a-tar.py"}
        archive.addfile(member, io.BytesIO(CODE))
