"""Writing a copy of the template: everything or nothing, and never over what is there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.errors import UserError
from grader.template.files import File, Template
from grader.translation import say, series

# What a folder may hold before there is any work in it: repositories, virtual environments, editors' settings, and
# the grader's own file.
HARMLESS = frozenset(".git .idea .vscode .DS_Store Thumbs.db desktop.ini".split())
MOST_NAMED = 3


@dataclass(frozen=True)
class Copy:
    """What was done: the files written, and those that were there before and stayed as they were."""

    folder: Path
    written: tuple[PurePosixPath, ...]
    kept: tuple[PurePosixPath, ...]


def write_copy(template: Template, folder: Path) -> Copy:
    """Write a template to a new or empty folder, or what is missing to a folder that holds an earlier copy.

    Raises:
        UserError: if something else is in the folder, or it cannot be written. Nothing is left behind then.
    """
    try:
        _check(template, folder)
        missing = [file for file in template.files if not _exists(folder / file.path)]
        _check_way(missing, folder)
        _write(missing, folder)
    except OSError as error:
        raise UserError(
            say(
                "{folder} cannot be written: {reason}. Give another folder.",
                folder=folder,
                reason=error.strerror or error,
            )
        ) from error
    written = {file.path for file in missing}
    kept = tuple(file.path for file in template.files if file.path not in written)
    return Copy(folder, tuple(file.path for file in missing), kept)


def _check(template: Template, folder: Path) -> None:
    """Refuse a folder with work of another kind, or with anything that is no earlier copy."""
    nearest = next(path for path in (folder, *folder.absolute().parents) if _exists(path))
    if not nearest.is_dir():
        raise UserError(say("{nearest} is a file. Give the name of a new folder.", nearest=nearest))
    if nearest != folder or any(_exists(folder / path) for path in template.work):
        return
    if any(_exists(folder / path.name) for path in template.work):
        raise UserError(
            say(
                "{folder} holds the exercises themselves; run the command for the folder above it.",
                folder=_shown(folder),
            )
        )
    for path in sorted(template.others):
        if _exists(folder / path):
            raise UserError(
                say(
                    "{folder} holds the exercises in another form ({path}), and both forms in one "
                    "folder would contradict each other. Give a new folder.",
                    folder=_shown(folder),
                    path=path,
                )
            )
    found = sorted(entry.name for entry in os.scandir(folder) if not _is_harmless(entry))
    if found:
        names, more = series(found[:MOST_NAMED]), len(found) - MOST_NAMED
        if more > 0:
            names = say("{names} and {n} more", names=names, n=more)
        raise UserError(
            say(
                "{folder} is not empty: it holds {names}. Nothing was written; give a new "
                "folder, or move what is there elsewhere.",
                folder=_shown(folder),
                names=names,
            )
        )


def _is_harmless(entry: os.DirEntry[str]) -> bool:
    if entry.name in HARMLESS or entry.name.endswith(".whl"):
        return True
    if not entry.is_dir(follow_symlinks=False):
        return False
    # A virtual environment, or a folder without anything in it.
    return Path(entry.path, "pyvenv.cfg").is_file() or not os.listdir(entry.path)


def _check_way(files: Iterable[File], folder: Path) -> None:
    """Refuse where something that is no folder stands where the copy has one."""
    for path in sorted({parent for file in files for parent in file.path.parents}):
        if _exists(folder / path) and not (folder / path).is_dir():
            raise UserError(
                say(
                    "{folder} is in the way: the copy has a folder of that name. Move it elsewhere.",
                    folder=folder / path,
                )
            )


def _write(files: Iterable[File], folder: Path) -> None:
    """Write all files, or none of them: after a failure, what was made is removed."""
    made: list[Path] = []
    try:
        for file in files:
            path = folder / file.path
            _make_folder(path.parent, made)
            # Fails if something has appeared there meanwhile.
            with path.open("xb") as out:
                made.append(path)
                out.write(file.data)
    except BaseException:
        for path in reversed(made):
            _remove(path)
        raise


def _make_folder(path: Path, made: list[Path]) -> None:
    if not path.is_dir():
        _make_folder(path.parent, made)
        path.mkdir()
        made.append(path)


def _remove(path: Path) -> None:
    try:
        path.rmdir() if path.is_dir() else path.unlink()
    except OSError:
        # The failure that led here is the one to tell about.
        pass


def _exists(path: Path) -> bool:
    return os.path.lexists(path)


def _shown(folder: Path) -> str:
    return "This folder" if folder == Path(".") else str(folder)
