"""A tar with a sparse file."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with tarfile.open(folder / "work.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("tiny/GNUSparseFile.0/tiny_1_double.py")
        member.size = len(CODE)
        holes = ",".join(f"{place * 2**40},1" for place in range(1000))
        member.pax_headers = {
            "GNU.sparse.major": "0",
            "GNU.sparse.minor": "1",
            "GNU.sparse.map": holes,
            "GNU.sparse.size": str(2**62),
            "GNU.sparse.numblocks": "1000",
            "GNU.sparse.name": "tiny/tiny_1_double.py",
        }
        archive.addfile(member, io.BytesIO(CODE))
