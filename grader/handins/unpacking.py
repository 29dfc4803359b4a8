"""What is unpacked of an archive, where to, and within which limits. An archive is a stranger's: nothing is believed.

Names are checked before anything is written, files are made anew and never written over, and links are neither made
nor followed.
"""

from __future__ import annotations

import errno
import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from grader.file_names import is_junk, shown
from grader.results import Text
from grader.translation import say

MIB = 2**20
MAX_NAME = 250
MAX_PATH = 1000
MAX_DEPTH = 40
MAX_OTHERS = 50


class BadArchiveError(Exception):
    """An archive cannot be opened safely. `text` says why, as the rest of a sentence that begins with its name."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class BadMemberError(BadArchiveError):
    """One member of an archive is bad, whatever the others are."""


# What a system says when it cannot write, whatever is to be written. All else is about the name.
OF_THE_DISK = frozenset(
    number
    for name in ("ENOSPC", "EDQUOT", "EROFS", "EIO", "EMFILE", "ENFILE", "ENOMEM", "EACCES", "EPERM")
    if (number := getattr(errno, name, None)) is not None
)
DAMAGED = say("it is damaged")


class Take(Enum):
    """What becomes of a member."""

    WHOLE = "whole"  # it is written
    NAME = "name"  # an empty file of its name is written
    NOTHING = "nothing"  # it is listed


@dataclass(frozen=True)
class Limits:
    """Limits on one archive.

    Args:
        total: bytes of all members that are not ignored.
        file: bytes of one member that is written.
        files: members that are not ignored.
        entries: all members.
        ratio: bytes out for each byte in; counts from `free` bytes on.
        free: see there.
        seconds: of wall-clock time.
    """

    total: int = 200 * MIB
    file: int = 20 * MIB
    files: int = 2000
    entries: int = 100_000
    ratio: int = 100
    free: int = 10 * MIB
    seconds: float = 30.0


# An export of a class comes from the platform; what is in it is still many strangers'.
CLASS_LIMITS = Limits(
    total=100 * 1024 * MIB, file=300 * MIB, files=500_000, entries=2_000_000, ratio=10_000, seconds=3600.0
)


@dataclass(frozen=True)
class Unpacked:
    """What came out of an archive.

    Args:
        others: names of some members that were not written.
        refused: names of bad members and what is wrong with each, where these do not spoil the rest.
    """

    others: tuple[str, ...] = ()
    refused: tuple[tuple[str, Text], ...] = ()


class Unpacking:
    """An archive on its way into a folder.

    Args:
        target: the folder, which must not exist yet.
        take: says by its path what becomes of a member.
        limits: see there.
        packed: size of the archive in bytes.
        strict: whether a bad member spoils the archive.
    """

    def __init__(
        self, target: Path, take: Callable[[tuple[str, ...]], Take], limits: Limits, packed: int, strict: bool
    ) -> None:
        self.limits = limits
        self._target = target
        self._take = take
        self._packed = packed
        self._strict = strict
        self._until = time.monotonic() + limits.seconds
        self._entries = self._files = self._total = 0
        self._claimed: dict[str, tuple[str, bool]] = {}
        self._made = {target}
        self._others: list[str] = []
        self._refused: list[tuple[str, Text]] = []
        target.mkdir(parents=True)

    def entry(self) -> None:
        """Count a member.

        Raises:
            BadArchiveError: if there are too many, or too much time has passed.
        """
        self._entries += 1
        if self._entries > self.limits.entries:
            raise _too_many(self.limits.entries)
        self.look_at_the_clock()

    def look_at_the_clock(self) -> None:
        """Raise BadArchiveError if unpacking takes too long."""
        if time.monotonic() > self._until:
            raise BadArchiveError(say("it takes too long to unpack"))

    def admit(self, name: str, size: int, wrong: Text | None = None) -> Path | None:
        """Judge a file in the archive by what its header says; return where to write it, or None.

        Args:
            name: as in the archive.
            size: unpacked, in bytes, as the header has it.
            wrong: what it is, if it is no ordinary file.

        Raises:
            BadMemberError: if it is bad.
            BadArchiveError: if the whole becomes too large.
        """
        parts = parts_of(name)
        if not parts or any(is_junk(part) for part in parts):
            return None
        if wrong:
            raise BadMemberError(say("“{name}” {wrong}", name=shown(name), wrong=wrong))
        self._files += 1
        if self._files > self.limits.files:
            raise _too_many(self.limits.files)
        take = self._take(parts)
        if take is Take.WHOLE and size > self.limits.file:
            limit = self.limits.file // MIB
            raise BadMemberError(say("“{name}” is larger than {limit} MiB", name=shown(name), limit=limit))
        if take is not Take.NAME:
            self._count(size)
        if take is Take.NOTHING:
            if len(self._others) < MAX_OTHERS:
                self._others.append("/".join(parts))
            return None
        parts = tuple(_portable(part) for part in parts)
        self._claim(parts)
        path = self._target.joinpath(*parts)
        if take is Take.WHOLE:
            return path
        self.write(path, (), None)
        return None

    def write(self, path: Path, chunks: Iterable[bytes], modified: float | None) -> None:
        """Write an admitted file, with its time of modification in seconds since 1970 if that is known.

        Raises:
            BadArchiveError: as reading the chunks does, nothing is left of the file then; or for a name that cannot be
                written here.
            OSError: if nothing can be written.
        """
        try:
            if path.parent not in self._made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(path.parent)
            with path.open("xb") as file:
                for chunk in chunks:
                    self.look_at_the_clock()
                    file.write(chunk)
        except BadArchiveError:
            path.unlink(missing_ok=True)
            raise
        except OSError as error:
            if error.errno in OF_THE_DISK:
                raise
            name = shown(path.name)
            raise BadMemberError(
                say("“{name}” cannot be written here: {strerror}", name=name, strerror=error.strerror)
            ) from error
        if modified is not None and 0 < modified < 2**33:
            os.utime(path, (modified, modified))

    def refuse(self, name: str, error: BadMemberError) -> None:
        """Note a bad member, or raise its error if bad ones spoil the archive."""
        if self._strict:
            raise error
        self._refused.append((name, error.text))

    def outcome(self) -> Unpacked:
        """Return what came out."""
        return Unpacked(tuple(self._others), tuple(self._refused))

    def grown(self, size: int) -> None:
        """Raise BadArchiveError if `size` bytes are more than can honestly come out of the archive."""
        if size > max(self.limits.free, self.limits.ratio * self._packed):
            ratio = self.limits.ratio
            raise BadArchiveError(say("it grows to more than {ratio} times its size when unpacked", ratio=ratio))

    def _count(self, size: int) -> None:
        self._total += size
        if self._total > self.limits.total:
            limit = self.limits.total // MIB
            raise BadArchiveError(say("it unpacks to more than {limit} MiB", limit=limit))
        self.grown(self._total)

    def _claim(self, parts: tuple[str, ...]) -> None:
        """Note that a path is in use: by one file, and its folders by no file, also where case does not matter."""
        for end in range(1, len(parts) + 1):
            path, is_file = "/".join(parts[:end]), end == len(parts)
            folded = unicodedata.normalize("NFC", path.casefold())
            if folded not in self._claimed:
                self._claimed[folded] = (path, is_file)
                continue
            known, known_file = self._claimed[folded]
            first, second = shown(known), shown(path)
            if known != path:
                reason = say(
                    "the names “{first}” and “{second}” are the same on many systems", first=first, second=second
                )
            elif known_file is not is_file:
                reason = say("“{second}” is a file as well as a folder", second=second)
            elif is_file:
                reason = say("“{second}” is there twice", second=second)
            else:
                continue
            raise BadMemberError(reason)


def slashed(name: str) -> str:
    """Return a member's name with slashes: what comes with Windows packs with backslashes, against the format."""
    return name.replace("\\", "/")


def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts of a member's path.

    Raises:
        BadMemberError: if it leads, or on some system might lead, out of the folder that is unpacked into.
    """
    path = slashed(name)
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if path.startswith("/") or ".." in parts or re.match(r"\s*[A-Za-z]:", path):
        raise BadMemberError(say("the path “{name}” can lead outside", name=shown(name)))
    sizes = [len(part.encode(errors="replace")) for part in parts]
    if sum(sizes) > MAX_PATH or len(parts) > MAX_DEPTH or max(sizes, default=0) > MAX_NAME:
        raise BadMemberError(say("the path “{name}” is too long", name=shown(name)))
    return parts


def _portable(part: str) -> str:
    """Return a name as every system can write it."""
    part = re.sub(r'[<>:"|?*\x00-\x1f\x7f]', "_", part)
    if os.name == "nt" and re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", part, re.IGNORECASE):
        return "_" + part
    return part


def _too_many(limit: int) -> BadArchiveError:
    return BadArchiveError(say("it holds more than {limit} files", limit=limit))
