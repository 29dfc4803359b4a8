"""A tar with hard links."""

from __future__ import annotations

import tarfile
from pathlib import Path

HONEST = Path(__file__).resolve().parents[2] / "samples" / "honest" / "tiny" / "tiny_1_double.py"


def make(folder: Path) -> None:
    """Write the hand-in."""
    with tarfile.open(folder / "work.tar", "w") as archive:
        for name, target in [("tiny/tiny_1_double.py", str(HONEST)), ("tiny/users.py", "../../../../../../etc/passwd")]:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.LNKTYPE, target
            archive.addfile(member)
