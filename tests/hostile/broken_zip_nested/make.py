"""A zip in a zip in a zip."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    inner, name = CODE, "tiny/tiny_1_double.py"
    for _ in range(200):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, inner)
        inner, name = out.getvalue(), "work.zip"
    (folder / "work.zip").write_bytes(inner)
