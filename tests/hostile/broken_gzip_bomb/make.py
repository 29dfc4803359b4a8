"""A compressed tar with hundreds of megabytes of nothing behind it."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        member = tarfile.TarInfo("tiny/tiny_1_double.py")
        member.size = len(CODE)
        archive.addfile(member, io.BytesIO(CODE))
    zeros = gzip.compress(bytes(32 * 2**20), 9, mtime=0)
    (folder / "work.tar.gz").write_bytes(gzip.compress(out.getvalue(), mtime=0) + zeros * 12)
