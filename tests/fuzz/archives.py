"""The readers of archives: files within the folder come out, or one clear line, whatever the archive says.

The first byte of the data says how the rest is given to them: as what file, with the checksums of a tar mended, and
compressed. Otherwise a changed byte would never get further than the checksum.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from fuzz.lines import clear
from grader.handins.archives import unpack
from grader.handins.reading import UnreadableError
from grader.handins.unpacking import BadArchiveError, Limits, Take

LIMITS = Limits(total=2**20, file=2**18, files=50, entries=200, ratio=100, free=2**16, seconds=5.0)
MEND, PACK, STRICT, AS_ZIP, ALL = 1, 2, 4, 8, 16
CODE = b"def double(x):\n    return x\n"
NAMES = ("tiny/tiny_1_double.py", "tiny/notes.txt", "tiny/", "work.ipynb", "deep/er/x.md", "__MACOSX/._x.py", "两倍.py")
_WRITES = 3  # of the mode bits of open: O_WRONLY and O_RDWR


def _zip(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in NAMES:
            archive.writestr(name, b"" if name.endswith("/") else CODE)
    return out.getvalue()


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        member = zipfile.ZipInfo("link.py")
        member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
        archive.writestr("../outside.py", CODE)
    return out.getvalue()


def _tar(kind: int, mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=kind) as archive:  # type: ignore[call-overload]
        for name in (*NAMES, "x" * 90 + ".py", "d" * 60 + "/" + "x" * 60 + ".py"):
            member = tarfile.TarInfo(name)
            member.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            member.size = 0 if name.endswith("/") else len(CODE)
            archive.addfile(member, io.BytesIO(CODE))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


SEEDS = (
    bytes([STRICT | AS_ZIP]) + _zip(zipfile.ZIP_STORED),
    bytes([AS_ZIP]) + _zip(zipfile.ZIP_DEFLATED),
    bytes([AS_ZIP]) + _link(),
    bytes([MEND]) + _tar(tarfile.PAX_FORMAT),
    bytes([MEND | PACK | ALL]) + _tar(tarfile.GNU_FORMAT),
    bytes([MEND | STRICT]) + _tar(tarfile.USTAR_FORMAT),
    b"\0" + _tar(tarfile.GNU_FORMAT, "w:gz"),
    b"\0" + _tar(tarfile.GNU_FORMAT, "w:bz2"),
    b"\0" + _tar(tarfile.PAX_FORMAT, "w:xz"),
)
WORDS = (
    b"PK\x01\x02",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"ustar",
    b"../",
    b"\x1f\x8b\x08",
    b"GNU.sparse.size=",
    b"path=",
)


class _Watch:
    """Sees to it that nothing is written outside of a folder: Python tells of what it opens, makes and links."""

    def __init__(self) -> None:
        self.inside: str | None = None
        self.outside: list[str] = []
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.inside is None:
            return
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, int) or not flags & _WRITES:
                return
        elif event in ("os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.utime", "os.chmod"):
            path = arguments[0]
        elif event in ("os.symlink", "os.link", "os.rename", "os.mkfifo", "os.mknod"):
            path = arguments[1] if len(arguments) > 1 else arguments[0]
            self.outside.append(f"{event} {path!r}")
        else:
            return
        if isinstance(path, int) or not Path(os.fsdecode(path)).absolute().is_relative_to(self.inside):
            self.outside.append(f"{event} {path!r}")


_WATCH = _Watch()


def check(data: bytes) -> None:
    """Unpack bytes as an archive, and look at what is there then."""
    how, archive = data[0] if data else 0, data[1:]
    if how & MEND:
        archive = mended(archive)
    if how & PACK:
        archive = gzip.compress(archive, 1, mtime=0)
    with tempfile.TemporaryDirectory() as folder:
        file, target = Path(folder) / ("work.zip" if how & AS_ZIP else "work.tar.gz"), Path(folder) / "in" / "target"
        file.write_bytes(archive)
        _WATCH.inside, _WATCH.outside = str(target), []
        # The folder around it is made too.
        target.parent.mkdir()
        _WATCH.outside.clear()
        try:
            found = unpack(file, target, LIMITS, (lambda _: Take.WHOLE) if how & ALL else None, bool(how & STRICT))
            assert len(found.others) <= LIMITS.files
            for _, why in found.refused:
                clear(why)
        except (BadArchiveError, UnreadableError) as error:
            clear(error.text)
        finally:
            _WATCH.inside = None
        assert _WATCH.outside == []
        look(Path(folder), file, target)


def look(folder: Path, file: Path, target: Path) -> None:
    """See that there are but the archive and, in the folder, ordinary files within the limits."""
    assert sorted(folder.iterdir()) == sorted([file, target.parent])
    assert set(target.parent.iterdir()) <= {target}
    total = 0
    for path in target.rglob("*"):
        status = path.lstat()
        assert stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode), path
        total += status.st_size if stat.S_ISREG(status.st_mode) else 0
    assert total <= LIMITS.total + LIMITS.file


def mended(archive: bytes) -> bytes:
    """Return a tar whose headers have the checksums that they should have."""
    blocks = bytearray(archive)
    for start in range(0, len(blocks) - 511, 512):
        if blocks[start + 257 : start + 262] == b"ustar":
            blocks[start + 148 : start + 156] = b" " * 8
            blocks[start + 148 : start + 156] = b"%06o\0 " % sum(blocks[start : start + 512])
    return bytes(blocks)
