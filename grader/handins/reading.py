"""Reading strangers' files: ordinary ones only, without waiting for anything."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from grader.file_names import is_junk
from grader.results import Text
from grader.translation import say

LINK = say("is a link, and links are not followed")
SPECIAL = say("is not an ordinary file")


class UnreadableError(Exception):
    """A file cannot be read. `text` says why, as the rest of a sentence that begins with its name."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def open_file(path: Path) -> IO[bytes]:
    """Open an ordinary file for reading. A link is not followed, and nothing waits for the other end of a pipe.

    Raises:
        UnreadableError: if it is none, or cannot be read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise UnreadableError(LINK)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(SPECIAL)
        descriptor = os.open(path, flags)
        # It may have become another since.
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise UnreadableError(SPECIAL)
        return os.fdopen(descriptor, "rb")
    except OSError as error:
        raise unreadable(error) from error


@dataclass(frozen=True)
class Item:
    """An entry of a folder.

    Args:
        path: where it is.
        name: to read and to show; also where its bytes are those of a Chinese system.
        is_folder: and no link to one.
    """

    path: Path
    name: str
    is_folder: bool


def list_folder(path: Path) -> list[Item]:
    """Return what is in a folder, by name.

    Raises:
        UnreadableError: if it cannot be read.
    """
    try:
        with os.scandir(path) as entries:
            items = [Item(Path(e.path), readable(e.name), e.is_dir(follow_symlinks=False)) for e in entries]
    except OSError as error:
        raise unreadable(error) from error
    return sorted(items, key=lambda item: item.name)


def is_folder(path: Path) -> bool:
    """Whether something is a folder, and no link to one.

    Raises:
        UnreadableError: if it is not there or cannot be reached.
    """
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError as error:
        raise unreadable(error) from error


def readable(name: str) -> str:
    """Return a file's name as text, also where it is not in the encoding of this system."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return decoded(os.fsencode(name))
    return name


def decoded(name: bytes) -> str:
    """Return a name that comes without its encoding: UTF-8, else what Chinese Windows writes, else DOS's."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("cp437")


def unreadable(error: OSError) -> UnreadableError:
    """Return the error for what a system says about a file."""
    return UnreadableError(say("cannot be read: {strerror}", strerror=error.strerror))


def newest(path: Path, most: int = 2000) -> float:
    """Return when a file, or a file in a folder, was last changed, in seconds since 1970; looks at `most` at most."""
    try:
        changed = path.lstat().st_mtime if not is_folder(path) else 0.0
        waiting = [path] if not changed else []
        while waiting and most > 0:
            for item in list_folder(waiting.pop(0)):
                most -= 1
                if is_junk(item.name):
                    continue
                if item.is_folder:
                    waiting.append(item.path)
                else:
                    changed = max(changed, item.path.lstat().st_mtime)
    except (OSError, UnreadableError):
        return 0.0
    return changed
