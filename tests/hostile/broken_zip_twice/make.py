"""A zip with a name twice."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("tiny/tiny_1_double.py", CODE)
        archive.writestr("tiny/tiny_1_doublx.py", CODE + b"\n")
    (folder / "work.zip").write_bytes(out.getvalue().replace(b"doublx", b"double"))
