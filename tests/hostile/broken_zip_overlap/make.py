"""A zip whose members overlap."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

DATA = bytes(2 * 2**20)
MEMBERS = 200


def make(folder: Path) -> None:
    """Write the hand-in."""
    squeezed = zlib.compressobj(9, wbits=-15)
    packed = squeezed.compress(DATA) + squeezed.flush()
    facts = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0x21, zlib.crc32(DATA), len(packed), len(DATA))
    start, entries = b"", b""
    name = b"tiny/tiny_1_double.py"
    start = b"PK\x03\x04" + facts + struct.pack("<HH", len(name), 0) + name + packed
    for number in range(MEMBERS):
        name = b"tiny/tiny_1_double.py" if not number else b"tiny/part_%08d_00.py" % number
        entries += b"PK\x01\x02" + struct.pack("<H", 20) + facts
        entries += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, MEMBERS, MEMBERS, len(entries), len(start), 0)
    (folder / "work.zip").write_bytes(start + entries + end)
