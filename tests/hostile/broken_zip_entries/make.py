"""A zip of very many files."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"

MEMBERS = 60_000


def make(folder: Path) -> None:
    """Write the hand-in."""
    files, entries = bytearray(), bytearray()
    facts = struct.pack("<HHHHHIII", 20, 0, 0, 0, 0x21, zlib.crc32(CODE), len(CODE), len(CODE))
    for number in range(MEMBERS):
        name = b"tiny/tiny_1_double.py" if not number else b"tiny/%05d.py" % number
        entries += b"PK\x01\x02" + struct.pack("<H", 20) + facts
        entries += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, len(files)) + name
        files += b"PK\x03\x04" + facts + struct.pack("<HH", len(name), 0) + name + CODE
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, MEMBERS, MEMBERS, len(entries), len(files), 0)
    (folder / "work.zip").write_bytes(bytes(files + entries) + end)
