"""A tar with a name that is too long to be read."""

from __future__ import annotations

import tarfile
from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    member = tarfile.TarInfo("././@LongLink")
    member.type, member.size = tarfile.GNUTYPE_LONGNAME, 8 * 2**30 - 1
    (folder / "work.tar").write_bytes(member.tobuf(tarfile.GNU_FORMAT) + b"tiny/tiny_1_double.py" + bytes(2**20))
