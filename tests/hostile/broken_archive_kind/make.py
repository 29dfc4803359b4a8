"""Archives in name only."""

from __future__ import annotations

from pathlib import Path

KINDS = {
    "a.zip": b"",
    "b.zip": b"Rar!\x1a\x07\x00",
    "c.tar.gz": b"7z\xbc\xaf\x27\x1c",
    "d.tar": b"def double(x):\n    return x\n",
    "e.zip": b"PK\x05\x06" + bytes(18),
    "f.tgz": b"\x1f\x8b\x08\x00",
    "g.tar.xz": b"\xfd7zXZ\x00\x00",
    "h.tar.bz2": b"BZh9",
    "i.tar": bytes(10240),
}


def make(folder: Path) -> None:
    """Write the hand-in."""
    for name, data in KINDS.items():
        (folder / name).write_bytes(data)
