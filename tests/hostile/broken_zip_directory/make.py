"""A zip whose last record lies."""

from __future__ import annotations

import struct
from pathlib import Path

END64 = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 2**40, 2**40, 2**45, 2**63 - 1)
PLACE64 = b"PK\x06\x07" + struct.pack("<IQI", 0, 0, 1)
END = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def make(folder: Path) -> None:
    """Write the hand-in."""
    (folder / "work.zip").write_bytes(END64 + PLACE64 + END)
