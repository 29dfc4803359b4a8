"""A tar with devices."""

from __future__ import annotations

import tarfile
from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    with tarfile.open(folder / "work.tar.gz", "w:gz") as archive:
        kinds = [("tiny_1_double", tarfile.CHRTYPE), ("disk", tarfile.BLKTYPE), ("pipe", tarfile.FIFOTYPE)]
        for name, kind in kinds:
            member = tarfile.TarInfo(f"tiny/{name}.py")
            member.type, member.devmajor, member.devminor = kind, 1, 5
            archive.addfile(member)
