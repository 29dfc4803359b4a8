"""Reading tar archives, plain or compressed, from front to back."""

from __future__ import annotations

import bz2
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO, Protocol

from grader.handins.reading import decoded
from grader.handins.unpacking import DAMAGED, BadArchiveError, BadMemberError, Unpacking
from grader.results import Text
from grader.translation import say

CHUNK = 2**16
# What one member may take besides its data: long names and attributes.
HEADER_BYTES = 2**18
XZ_MEMORY = 2**27
# Ignored members have to be read past too.
IGNORED_RATIO = 5
MAGICS = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz"}


class _Decompressor(Protocol):
    """What bz2 and lzma offer, and `_Gzip` for gzip."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """One gzip stream, unpacked as much at a time as is asked for."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._more = False

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        return not self._more

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._stream.decompress(self._stream.unconsumed_tail + data, max_length)
        # There may be more to come without more going in, if as much came out as was asked for.
        self._more = not self._stream.eof and (len(out) == max_length or bool(self._stream.unconsumed_tail))
        return out


def _decompressor(kind: str) -> _Decompressor:
    if kind == "gz":
        return _Gzip()
    return bz2.BZ2Decompressor() if kind == "bz2" else lzma.LZMADecompressor(memlimit=XZ_MEMORY)


class _Tape:
    """The unpacked stream, as a file that goes forward only and gives no more than it is allowed to.

    Args:
        file: the archive.
        unpacking: its limits count.
    """

    def __init__(self, file: IO[bytes], unpacking: Unpacking) -> None:
        self._file = file
        self._unpacking = unpacking
        magic = file.read(6)
        self._kind = next((kind for start, kind in MAGICS.items() if magic.startswith(start)), "")
        file.seek(0)
        self._stream = _decompressor(self._kind) if self._kind else None
        self._position = 0
        self._allowed = HEADER_BYTES

    def allow(self, size: int) -> None:
        """Let at most so many bytes be read from now on. Without that, a header could ask for all memory there is."""
        self._allowed = size

    def tell(self) -> int:
        """Return the position."""
        return self._position

    def seek(self, position: int) -> int:
        """Go forward to a position, or to the end if that comes first."""
        if position < self._position:
            raise BadArchiveError(DAMAGED)
        while self._position < position and self._next(min(CHUNK, position - self._position)):
            pass
        return self._position

    def read(self, size: int) -> bytes:
        """Return the next bytes, fewer only at the end."""
        self._allowed -= size
        if size < 0 or self._allowed < 0:
            raise BadArchiveError(DAMAGED)
        pieces = []
        while size > 0 and (piece := self._next(min(CHUNK, size))):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def rest_is_empty(self) -> bool:
        """Read to the end, where checksums are, and return whether there are but zeros left."""
        empty = True
        while piece := self._next(CHUNK):
            empty = empty and not piece.strip(b"\0")
        return empty

    def _next(self, size: int) -> bytes:
        """Return between 1 and `size` bytes, or none at the end."""
        self._unpacking.look_at_the_clock()
        piece = self._file.read(size) if self._stream is None else self._unpack(size)
        self._position += len(piece)
        limits = self._unpacking.limits
        if self._position > IGNORED_RATIO * limits.total:
            raise BadArchiveError(say("it unpacks to far too much"))
        if self._stream is not None:
            self._unpacking.grown(self._position)
        return piece

    def _unpack(self, size: int) -> bytes:
        assert self._stream is not None
        while True:
            if self._stream.eof:
                # Some tools write several streams one after the other, and zeros behind them.
                data = (self._stream.unused_data or self._file.read(CHUNK)).lstrip(b"\0")
                if not data:
                    data = self._file.read(CHUNK).lstrip(b"\0")
                if not data:
                    return b""
                self._stream = _decompressor(self._kind)
            else:
                data = self._file.read(CHUNK) if self._stream.needs_input else b""
                if not data and self._stream.needs_input:
                    raise EOFError
            piece = self._stream.decompress(data, size)
            if piece:
                return piece
            self._unpacking.look_at_the_clock()


def unpack_tar(file: IO[bytes], unpacking: Unpacking) -> None:
    """Unpack a tar archive, also one compressed with gzip, bzip2 or xz.

    Raises:
        BadArchiveError: if it is bad.
    """
    tape = _Tape(file, unpacking)
    try:
        archive = tarfile.TarFile(fileobj=tape, mode="r")  # type: ignore[arg-type]
    except BadArchiveError:
        raise
    except Exception as error:
        raise BadArchiveError(DAMAGED) from error
    while True:
        member = _next_member(archive, tape)
        if member is None:
            break
        unpacking.entry()
        if member.isdir():
            continue
        try:
            name = decoded(member.name.encode("utf-8", "surrogateescape"))
            path = unpacking.admit(name, member.size, _wrong(member))
            if path is not None:
                unpacking.write(path, _chunks(tape, member.size), float(member.mtime))
        except BadMemberError as error:
            unpacking.refuse(member.name, error)
    if not _is_whole(tape):
        raise BadArchiveError(DAMAGED)


def _next_member(archive: tarfile.TarFile, tape: _Tape) -> tarfile.TarInfo | None:
    tape.allow(HEADER_BYTES)
    try:
        # Of the library's own list of members nothing is needed, and it would grow.
        archive.members = []  # type: ignore[attr-defined]
        return archive.next()
    except BadArchiveError:
        raise
    except Exception as error:
        # Bytes of a stranger: whatever the library raises for them means the same.
        raise BadArchiveError(DAMAGED) from error


def _wrong(member: tarfile.TarInfo) -> Text | None:
    if member.issym() or member.islnk():
        return say("is a link")
    if not member.isreg() or member.issparse():
        return say("is no ordinary file")
    return None


def _chunks(tape: _Tape, size: int) -> Iterator[bytes]:
    """Yield the data of the member whose header has just been read."""
    tape.allow(size)
    while size:
        try:
            chunk = tape.read(min(CHUNK, size))
        except BadArchiveError:
            raise
        except Exception as error:
            raise BadArchiveError(DAMAGED) from error
        if not chunk:
            raise BadArchiveError(DAMAGED)
        size -= len(chunk)
        yield chunk


def _is_whole(tape: _Tape) -> bool:
    """Whether the archive ends where its last member does: a bad header ends the library's list without a word."""
    try:
        return tape.rest_is_empty()
    except BadArchiveError:
        raise
    except Exception:
        return False
