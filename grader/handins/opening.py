"""Finding a class's hand-ins: in a folder, in the archive that a platform gave, below the folders around them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from grader.errors import UserError
from grader.file_names import is_archive, is_beside, is_work, stem
from grader.handins.archives import unpack
from grader.handins.drafts import Found, list_items
from grader.handins.gradescope import METADATA
from grader.handins.homes import Wanted
from grader.handins.platforms import canvas, is_gradescope, moodle
from grader.handins.reading import UnreadableError, list_folder
from grader.handins.unpacking import CLASS_LIMITS, BadArchiveError, Take
from grader.results import Text
from grader.translation import say

MAX_WRAPPERS = 5
MAX_LOOK = 3
Refused = tuple[tuple[str, Text], ...]


def open_class(path: Path, exported: Path, wanted: Wanted, skip: Iterable[Path]) -> tuple[list[Found], str]:
    """Return the entries of a class that are hand-ins, and the name of the folder that they are in.

    Args:
        path: a folder or an archive.
        exported: where to unpack an archive; must not exist.
        wanted: what is looked for.
        skip: paths among the hand-ins that are none.

    Raises:
        UserError: if there are no hand-ins, or they are one student's.
        OSError: if `exported` cannot be written.
    """
    _check(path, wanted)
    try:
        root, name, refused = _root(path, exported, wanted, skip)
        loose = _loose_exercise(root, wanted)
        if loose is not None:
            raise UserError(_one_submission(path, wanted, loose.relative_to(root), in_archive=root == exported))
        inner = _descend(root, wanted, by_number=root == exported)
        items = list_items(inner, skip)
    except BadArchiveError as error:
        raise UserError(
            say("{path} cannot be opened: {text}. Download it again.", path=path, text=error.text)
        ) from error
    except UnreadableError as error:
        raise UserError(
            say("{path} {text}. Give a folder of hand-ins, or the archive as downloaded.", path=path, text=error.text)
        ) from error
    items += _not_unpacked(refused, inner, inner.relative_to(root).parts)
    if not items:
        raise UserError(say("{path} is empty. Give the folder of hand-ins, or the archive as downloaded.", path=path))
    return items, name if inner == root else inner.name


def _one_submission(path: Path, wanted: Wanted, loose: Path, in_archive: bool) -> Text:
    """Return what to say of one student's folder or archive, with the exercise in it that is in no other folder."""
    if in_archive:
        return say(
            "{path} is one student's submission, not a class's hand-ins, because {file} in it is in no student's "
            "folder. Unpack it; then move that file away, or mark the submission with: "
            "grade {target} --submission FOLDER",
            path=path,
            file=loose,
            target=wanted.target,
        )
    return say(
        "{path} is one student's submission, not a class's hand-ins, because {file} is in no student's folder. "
        "Move that file away, or mark the submission with: grade {target} --submission {path}",
        path=path,
        file=path / loose,
        target=wanted.target,
    )


def _check(path: Path, wanted: Wanted) -> None:
    """See that a path can be a class's hand-ins.

    Raises:
        UserError: if not.
    """
    if not os.path.exists(path):
        raise UserError(
            say("There is no {path}. Give the folder of hand-ins, or the archive as downloaded.", path=path)
        )
    if path.is_dir() or is_archive(path.name):
        return
    if is_work(path.name):
        raise UserError(
            say(
                "{path} is one student's file, not a class's hand-ins. Mark it with: "
                "grade {target} --submission {path}",
                path=path,
                target=wanted.target,
            )
        )
    raise UserError(
        say(
            "{path} is neither a folder of hand-ins nor an archive of a kind that is read here (.zip, "
            ".tar.gz, .tar.bz2, .tar.xz). Unpack it, and give the folder.",
            path=path,
        )
    )


def _root(path: Path, exported: Path, wanted: Wanted, skip: Iterable[Path]) -> tuple[Path, str, Refused]:
    """Return the folder with everything in it, its name, and what stayed in the archive."""
    real = path.resolve()
    if not path.is_dir():
        return exported, stem(real.name), _unpack(real, exported)
    loose = [item for item in list_items(real, skip) if item.is_folder or not is_beside(item.name)]
    if len(loose) == 1 and is_archive(loose[0].name):
        # The archive of a whole class may lie alone in the folder where it was downloaded.
        try:
            refused = _unpack(loose[0].path, exported)
            if any(_is_named(item.name) for item in list_items(_descend(exported, wanted, by_number=False))):
                return exported, stem(loose[0].name), refused
        except (BadArchiveError, UnreadableError):
            pass  # It is a student's; what is wrong with it will be said there.
    return real, real.name, ()


def _unpack(archive: Path, exported: Path) -> Refused:
    return unpack(archive, exported, CLASS_LIMITS, _of_class, strict=False).refused


def _of_class(parts: tuple[str, ...]) -> Take:
    """Take files to mark and archives; of others the name says that they were handed in."""
    whole = is_work(parts[-1]) or is_archive(parts[-1]) or parts[-1] == METADATA
    return Take.WHOLE if whole else Take.NAME


def _not_unpacked(refused: Refused, folder: Path, place: tuple[str, ...]) -> list[Found]:
    """Return the entries that stayed in the archive: each is a hand-in's problem, not the class's."""
    found: dict[str, Found] = {}
    for name, why in refused:
        parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
        if parts[: len(place)] == place:
            parts = parts[len(place) :]
        top = parts[0] if parts else name
        found.setdefault(top, Found(folder / "refused", top, False, why))
    return list(found.values())


def _loose_exercise(folder: Path, wanted: Wanted) -> Path | None:
    """Return the first exercise in a folder, or in one of the assignment's name in it; a class has none there."""
    names = {f"{exercise}.py".casefold() for exercise in wanted.known}
    items = list_folder(folder)
    try:
        for item in items:
            if item.is_folder and item.name.casefold() == wanted.name.casefold():
                items += list_folder(item.path)
    except UnreadableError:
        pass
    return next((item.path for item in items if item.name.casefold() in names and not item.is_folder), None)


def _descend(root: Path, wanted: Wanted, by_number: bool) -> Path:
    """Return the folder that holds the hand-ins: many an archive has folders around it.

    Args:
        root: where to begin.
        wanted: what is looked for.
        by_number: whether several hand-ins in a folder make it a class's, also where no platform named them.
    """
    folder = root
    for _ in range(MAX_WRAPPERS):
        items = list_items(folder)
        folders = [item for item in items if item.is_folder]
        loose = [item for item in items if not item.is_folder and (item.name == METADATA or not is_beside(item.name))]
        if len(folders) != 1 or loose or _is_named(folders[0].name):
            break
        if _loose_exercise(folders[0].path, wanted) is not None:
            break
        folder = folders[0].path
        inside = list_items(folder)
        if any(_is_named(item.name) for item in inside):
            return folder
        if by_number and sum(_holds_work(item, wanted, MAX_LOOK) for item in inside) > 1:
            return folder
    return root


def _is_named(name: str) -> bool:
    """Whether a platform named it."""
    return name == METADATA or is_gradescope(name) or bool(canvas(name) or moodle(name))


def _holds_work(item: Found, wanted: Wanted, levels: int) -> bool:
    """Whether an entry can be a hand-in: an archive, a notebook, or a folder with exercises or one of these in it."""
    if not item.is_folder:
        programs = [f"{exercise}.py" for exercise in wanted.known]
        return is_archive(item.name) or item.name.lower().endswith(".ipynb") or item.name in programs
    try:
        return levels > 0 and any(_holds_work(inner, wanted, levels - 1) for inner in list_items(item.path))
    except UnreadableError:
        return False
