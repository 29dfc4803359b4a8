"""Waiting for changes in a folder of work, however an editor writes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from watchfiles import watch

from grader.file_names import is_junk, is_work

# An editor writes a file in several steps (empty, write, rename): they are one change if nothing happens for STEP.
STEP_MS, LONGEST_MS = 30, 400
# The rhythm in which files are looked at even if nobody told of a change, as on some network drives.
BEAT_MS = 250

# When a file was changed, its size and its number; two looks that agree in all are taken for the same content.
Look = tuple[int, int, int]


class Watched:
    """The files that may hold answers: in a folder, and in the one of the same submission that has the exercises.

    Args:
        path: the submission: a folder or one file.
        assignment: name of the folder in it that may hold the exercises.
    """

    def __init__(self, path: Path, assignment: str) -> None:
        base = path if path.is_dir() else path.parent
        self._places = (base, base / assignment) if path.is_dir() else (base,)
        self._seen = self._look()

    def changes(self) -> Iterator[frozenset[str]]:
        """Yield the names of files that were changed, made or removed; an empty set at every beat without any.

        What has changed since this object was made counts too. Ends with KeyboardInterrupt at Ctrl-C.
        """
        while True:
            folders = self._folders()
            yield self._changed()
            try:
                if not folders:
                    raise FileNotFoundError
                yield from self._told(folders)
            except (OSError, RuntimeError):
                # A folder has gone that moment, or the system watches no more files: then looking has to do.
                time.sleep(BEAT_MS / 1000)

    def _told(self, folders: dict[Path, int]) -> Iterator[frozenset[str]]:
        """Yield what the system tells of some folders, until one of them is another one."""
        events = watch(
            *folders,
            watch_filter=self._matters,
            step=STEP_MS,
            debounce=LONGEST_MS,
            rust_timeout=BEAT_MS,
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        )
        with closing(events):
            for told in events:
                yield self._changed() | {Path(path).name for _, path in told}
                if self._folders() != folders:
                    return

    def _matters(self, _change: object, path: str) -> bool:
        return is_work(path) and not is_junk(Path(path).name)

    def _folders(self) -> dict[Path, int]:
        """Return the folders that there are, with their numbers: one that was made anew has another one."""
        found = {}
        for folder in self._places:
            try:
                found[folder] = folder.stat().st_ino if folder.is_dir() else -1
            except OSError:
                continue
        return {folder: number for folder, number in found.items() if number != -1}

    def _changed(self) -> frozenset[str]:
        now = self._look()
        changed = {path.name for path in now.keys() | self._seen.keys() if now.get(path) != self._seen.get(path)}
        self._seen = now
        return frozenset(changed)

    def _look(self) -> dict[Path, Look]:
        found = {}
        for folder in self._places:
            try:
                paths = [path for path in folder.iterdir() if self._matters(None, str(path))]
            except OSError:
                continue
            for path in paths:
                try:
                    status = path.stat()
                except OSError:
                    continue
                found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
        return found
