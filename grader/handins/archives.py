"""Opening archives that strangers made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO

from grader.file_names import is_work
from grader.handins.reading import open_file
from grader.handins.tars import MAGICS, unpack_tar
from grader.handins.unpacking import BadArchiveError, Limits, Take, Unpacked, Unpacking
from grader.handins.zips import unpack_zip
from grader.translation import say

# Archives that are not read here, by their first bytes.
OTHERS = {
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x28\xb5\x2f\xfd": "Zstandard",
    b"MSCF": "CAB",
    b"%PDF": "PDF",
}


def unpack(
    archive: Path,
    target: Path,
    limits: Limits | None = None,
    take: Callable[[tuple[str, ...]], Take] | None = None,
    strict: bool = True,
) -> Unpacked:
    """Unpack an archive, of whatever kind it really is, into a new folder.

    Args:
        archive: a zip, or a tar with or without compression.
        target: the folder, which must not exist yet.
        limits: see there.
        take: what becomes of a member, by the parts of its path; else files that can hold answers are written.
        strict: whether one bad member spoils the archive; otherwise it is left out and named.

    Raises:
        BadArchiveError: if it is bad; what is in `target` then is to be thrown away.
        UnreadableError: if the file cannot be read.
        OSError: if `target` cannot be written.
    """
    with open_file(archive) as file:
        start = file.read(512)
        size = file.seek(0, 2)
        file.seek(0)
        unpacking = Unpacking(target, take or work_only, limits or Limits(), size, strict)
        _opener(archive.name, start)(file, unpacking)
        return unpacking.outcome()


def work_only(parts: tuple[str, ...]) -> Take:
    """Take what can hold answers."""
    return Take.WHOLE if is_work(parts[-1]) else Take.NOTHING


def _opener(name: str, start: bytes) -> Callable[[IO[bytes], Unpacking], None]:
    """Return what opens an archive. Its content counts: many a .zip is another kind with its ending changed."""
    if not start:
        raise BadArchiveError(say("it is empty"))
    for magic, kind in OTHERS.items():
        if start.startswith(magic):
            raise BadArchiveError(say("it is a {kind} file", kind=kind))
    if start.startswith(b"PK"):
        return unpack_zip
    if start.startswith(tuple(MAGICS)) or start[257:262] == b"ustar":
        return unpack_tar
    return unpack_zip if name.lower().endswith(".zip") else unpack_tar
