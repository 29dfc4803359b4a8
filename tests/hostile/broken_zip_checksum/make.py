"""A zip whose data was changed."""

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
    (folder / "work.zip").write_bytes(out.getvalue().replace(b"return x", b"return y"))
