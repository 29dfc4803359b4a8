"""Laying out a student's files for marking: copied or unpacked into a folder of their own, nothing but what counts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from grader.file_names import is_archive, is_junk, is_work, shown
from grader.handins.archives import unpack
from grader.handins.drafts import Piece
from grader.handins.homes import Homes, Wanted
from grader.handins.reading import LINK, UnreadableError, is_folder, list_folder, open_file, unreadable
from grader.handins.unpacking import MIB, OF_THE_DISK, BadArchiveError, Limits
from grader.results import Text
from grader.translation import say

LIMITS = Limits()
MAX_DEPTH = 8
# In a folder, which costs less to look through than an archive: there may be a data set in it.
MAX_ENTRIES = 100_000
MAX_NOTES = 8
MAX_OTHERS = 50
CHUNK = 2**18


@dataclass(frozen=True)
class Laid:
    """Files ready to be marked, or the problem that there are none; and remarks."""

    folder: Path | None
    problem: Text = Text()
    notes: tuple[Text, ...] = ()


@dataclass
class _Found:
    """What has been found so far: trees of files, names of others, what could not be opened, links, remarks."""

    trees: list[Path] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    problems: list[Text] = field(default_factory=list)
    links: list[Text] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


def lay_out(pieces: Sequence[Piece], target: Path, scratch: Path, wanted: Wanted, nested: bool) -> Laid:
    """Lay out what a student handed in.

    Args:
        pieces: what was handed in.
        target: the folder for it, which must not exist yet.
        scratch: a folder on the same disk to work in; it is removed again.
        wanted: what is looked for.
        nested: whether archives in a folder that was handed in are opened too.

    Raises:
        OSError: if files cannot be written.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    found = _Found()
    try:
        for number, piece in enumerate(pieces):
            _take(piece, scratch, number, found, wanted, nested)
        homes = Homes(wanted)
        for tree in found.trees:
            homes.add(tree)
        homes.take_only(found.trees)
        if not homes.settle(target):
            problems = [*found.problems, *found.links, _nothing(found.others, wanted)]
            return Laid(None, problems[0])
        notes = [*found.problems, *homes.notes, *found.links, *found.notes]
        return Laid(target, notes=tuple(dict.fromkeys(notes[:MAX_NOTES])))
    except OSError as error:
        if error.errno in OF_THE_DISK:
            raise
        # A name, or a tree, that this system cannot write is one student's problem.
        shutil.rmtree(target, ignore_errors=True)
        return Laid(
            None,
            say(
                "This hand-in cannot be written here: {strerror}. Hand in files with short and plain names.",
                strerror=error.strerror,
            ),
        )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _take(piece: Piece, scratch: Path, number: int, found: _Found, wanted: Wanted, nested: bool) -> None:
    """Copy or unpack one piece."""
    if piece.problem:
        found.problems.append(_cannot_be_opened(piece.name, piece.problem))
        return
    tree = scratch / str(number)
    try:
        if is_folder(piece.path):
            archives = _copy_tree(piece.path, tree, found, wanted)
            found.trees.append(tree)
            for count, archive in enumerate(archives):
                if nested:
                    _unpack(archive, archive.name, scratch / f"{number}-{count}", found)
                else:
                    found.others.append(archive.name)
        elif is_archive(piece.name):
            _unpack(piece.path, piece.name, tree, found)
        elif is_work(piece.name):
            # Loose files belong together: one may import another.
            loose = scratch / "loose"
            if (loose / piece.name).exists():
                name = shown(piece.name)
                found.notes.append(say("{name} was handed in more than once; one was left out.", name=name))
            _copy(piece.path, loose / piece.name)
            if loose not in found.trees:
                found.trees.append(loose)
        else:
            with open_file(piece.path):
                found.others.append(piece.name)
    except UnreadableError as error:
        found.problems.append(_unreadable(piece.name, error))


def _unpack(archive: Path, name: str, tree: Path, found: _Found) -> None:
    try:
        found.others += unpack(archive, tree, LIMITS).others
        found.trees.append(tree)
    except BadArchiveError as error:
        shutil.rmtree(tree, ignore_errors=True)
        found.problems.append(_cannot_be_opened(name, error.text))
    except UnreadableError as error:
        found.problems.append(_unreadable(name, error))


def _copy_tree(source: Path, target: Path, found: _Found, wanted: Wanted) -> list[Path]:
    """Copy what can hold answers, from the top down, and return the archives at the top.

    Raises:
        UnreadableError: if the folder itself cannot be read.
    """
    target.mkdir()
    real = source.resolve()
    waiting, archives = [source], list[Path]()
    entries = files = total = 0
    while waiting:
        folder = waiting.pop(0)
        place = folder.relative_to(source)
        try:
            inside = list_folder(folder)
        except UnreadableError as error:
            if folder == source:
                raise
            found.notes.append(_left_out(place.as_posix(), error.text))
            continue
        for entry in inside:
            path, name = entry.path, (place / entry.name).as_posix()
            entries += 1
            if entries > MAX_ENTRIES or files > LIMITS.files or total > LIMITS.total:
                found.notes.append(say("There are too many files; those deep down were not looked at."))
                return archives
            if is_junk(entry.name):
                continue
            if entry.is_folder:
                if len(place.parts) < MAX_DEPTH:
                    first = entry.name.casefold() == wanted.name.casefold()
                    waiting.insert(0 if first else len(waiting), path)
            elif is_work(entry.name):
                try:
                    total += _copy(_followed(path, real), target / place / path.name)
                    files += 1
                except UnreadableError as error:
                    (found.links if path.is_symlink() else found.notes).append(_left_out(name, error.text))
            elif path.is_symlink():
                found.links.append(_left_out(name, LINK))
            elif folder == source and is_archive(entry.name):
                archives.append(path)
            elif len(found.others) < MAX_OTHERS:
                found.others.append(name)
    return archives


def _followed(path: Path, root: Path) -> Path:
    """Return what a link within `root` means; other links, and all else, as it is."""
    if path.is_symlink():
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):
            return path
        if real.is_relative_to(root) and not any(is_junk(part) for part in real.relative_to(root).parts):
            return real
    return path


def _copy(source: Path, target: Path) -> int:
    """Copy an ordinary file with its time of modification, and return its size.

    Raises:
        UnreadableError: if it is none, too large, or cannot be read.
        OSError: if the copy cannot be written.
    """
    with open_file(source) as file:
        status = os.fstat(file.fileno())
        if status.st_size > LIMITS.file:
            limit = LIMITS.file // MIB
            raise UnreadableError(say("is larger than {limit} MiB", limit=limit))
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as copy:
            size = 0
            # One that grows meanwhile is not followed for ever.
            while size <= LIMITS.file and (chunk := _read(file)):
                size += copy.write(chunk)
        os.utime(target, (status.st_mtime, status.st_mtime))
        return size


def _read(file: IO[bytes]) -> bytes:
    try:
        return file.read(CHUNK)
    except OSError as error:
        raise unreadable(error) from error


def _cannot_be_opened(name: str, why: Text) -> Text:
    name = shown(name)
    return say(
        "{name} cannot be opened: {why}. Pack the files anew as .zip, without anything else, and hand that in.",
        name=name,
        why=why,
    )


def _unreadable(name: str, error: UnreadableError) -> Text:
    name = shown(name)
    return say("{name} {text}. Put a readable copy of the file itself there.", name=name, text=error.text)


def _left_out(name: str, why: Text) -> Text:
    return say("Left out: {name} {why}.", name=shown(name), why=why)


def _nothing(others: Sequence[str], wanted: Wanted) -> Text:
    """Return the problem of a hand-in without answers, with what it has instead."""
    name, example = wanted.name, f"{wanted.known[0]}.py"
    if any(is_archive(other) for other in others):
        seen = say("Archives deeper inside are not opened")
    elif not others:
        seen = say("It has no files that could be marked")
    else:
        names = ", ".join(shown(other, 40) for other in others[:4]) + (" …" if len(others) > 4 else "")
        seen = say("It has only: {names}", names=names)
    return say(
        "Nothing of {name} is in this hand-in. {seen}. Hand in the folder {name}, or its files, such as "
        "{example}, or a notebook.",
        name=name,
        seen=seen,
        example=example,
    )
