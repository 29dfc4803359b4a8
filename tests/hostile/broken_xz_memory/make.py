"""A compressed tar with a dictionary of a gigabyte and a half."""

from __future__ import annotations

import lzma
import struct
import zlib
from pathlib import Path


def make(folder: Path) -> None:
    """Write the hand-in."""
    data = bytearray(lzma.compress(bytes(4096), format=lzma.FORMAT_XZ, check=lzma.CHECK_NONE))
    # Of the block's header: its size, flags, the filter, the size of its properties, and the dictionary's size.
    assert data[14] == 0x21
    data[16] = 39
    data[20:24] = struct.pack("<I", zlib.crc32(data[12:20]))
    (folder / "work.tar.xz").write_bytes(data)
