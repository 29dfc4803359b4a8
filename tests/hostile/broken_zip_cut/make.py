"""Archives cut in the middle."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("tiny/tiny_1_double.py", CODE * 100)
    data = out.getvalue()
    (folder / "work.zip").write_bytes(data[: len(data) // 2])
