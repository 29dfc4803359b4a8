"""A zip whose member says that it is encrypted."""

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
    data = bytearray(out.getvalue())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + place] |= 1
    (folder / "work.zip").write_bytes(data)
