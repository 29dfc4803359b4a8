"""A tar with a link and files behind it."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with tarfile.open(folder / "work.tgz", "w:gz") as archive:
        link = tarfile.TarInfo("tiny/out")
        link.type, link.linkname = tarfile.SYMTYPE, "/tmp"
        archive.addfile(link)
        for name in ("tiny/out/owned-through-a-tar.py", "tiny/tiny_1_double.py"):
            member = tarfile.TarInfo(name)
            member.size = len(CODE)
            archive.addfile(member, io.BytesIO(CODE))
