"""A zip with a link and a file behind it."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

CODE = b"def double(x):\n    return x\n\n\ndef greet(name):\n    return 1\n"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        for name, target in [("tiny/out.py", "/tmp"), ("tiny/tiny_1_double.py", "/etc/passwd")]:
            link = zipfile.ZipInfo(name)
            link.create_system = 3
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, target)
        archive.writestr("tiny/out.py/owned-through-a-link.py", CODE)
