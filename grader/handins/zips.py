"""Reading zip archives: stored and deflated members, one at a time."""

from __future__ import annotations

import os
import stat
import struct
import time
import zipfile
from collections.abc import Iterator
from typing import IO

from grader.handins.reading import decoded
from grader.handins.unpacking import DAMAGED, BadArchiveError, BadMemberError, Unpacking, slashed
from grader.results import Text
from grader.translation import say

CHUNK = 2**16
UTF8_FLAG, ENCRYPTED_FLAGS = 0x800, 0x41
# Others are rare, and the library unpacks them with as much memory as the archive asks for.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
END, END64 = b"PK\x05\x06", b"PK\x06\x06"
# A member takes 46 bytes in the directory, and its name with some more about twice that.
ENTRY_BYTES = 150


def unpack_zip(file: IO[bytes], unpacking: Unpacking) -> None:
    """Unpack a zip archive.

    Raises:
        BadArchiveError: if it is bad.
    """
    size = file.seek(0, os.SEEK_END)
    if _directory_size(file, size) > unpacking.limits.entries * ENTRY_BYTES:
        raise BadArchiveError(say("it holds too many files"))
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except Exception as error:
        # Bytes of a stranger: whatever the library raises for them means the same.
        raise BadArchiveError(DAMAGED) from error
    if sum(member.compress_size for member in members) > size:
        # Members that share their bytes: the way to pack more than there is.
        raise BadArchiveError(DAMAGED)
    admitted = []
    for member in members:
        unpacking.entry()
        name = _name(member)
        if name.endswith("/"):
            continue
        try:
            path = unpacking.admit(name, member.file_size, _wrong(member))
            if path is not None:
                admitted.append((member, name, path))
        except BadMemberError as error:
            unpacking.refuse(name, error)
    # Nothing is unpacked before all of it has been judged.
    for member, name, path in admitted:
        try:
            unpacking.write(path, _chunks(archive, member), _modified(member))
        except BadMemberError as error:
            unpacking.refuse(name, error)


def _directory_size(file: IO[bytes], size: int) -> int:
    """Return the bytes of the directory, of which the library would make objects at once; the most there could be."""
    start = max(size - 2**16 - 98, 0)
    file.seek(start)
    tail = file.read()
    found, sizes = tail.find(END), [0]
    while found >= 0:
        if len(tail) >= found + 16:
            sizes.append(*struct.unpack_from("<I", tail, found + 12))
        # The same in 64 bits stands 76 bytes before; where it does, 32 bits hold no size.
        if found >= 76 and tail[found - 76 : found - 72] == END64:
            sizes[-1] = struct.unpack_from("<Q", tail, found - 36)[0]
        found = tail.find(END, found + 1)
    return max(sizes)


def _name(member: zipfile.ZipInfo) -> str:
    name = member.orig_filename
    return slashed(name if member.flag_bits & UTF8_FLAG else decoded(name.encode("cp437")))


def _wrong(member: zipfile.ZipInfo) -> Text | None:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return say("is a link")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return say("is no ordinary file")
    if member.flag_bits & ENCRYPTED_FLAGS:
        return say("is protected with a password")
    return None


def _modified(member: zipfile.ZipInfo) -> float | None:
    try:
        return time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return None


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member's bytes, as many as its header says.

    Raises:
        BadMemberError: if they are not what the header says, or packed in a way that is not read here.
    """
    if member.compress_type not in METHODS:
        raise BadMemberError(say("it is packed in a way that is not read here"))
    left = member.file_size
    try:
        with archive.open(member) as file:
            while chunk := file.read(CHUNK):
                left -= len(chunk)
                yield chunk
    except BadArchiveError:
        raise
    except Exception as error:
        raise BadMemberError(DAMAGED) from error
    if left:
        raise BadMemberError(DAMAGED)
