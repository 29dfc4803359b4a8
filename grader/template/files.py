"""The files of a copy of the student template."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.catalogue import Assignment, CatalogueError, Exercise, assignment_names, load_assignment, template_folder
from grader.results import address

# What programs leave behind in a folder in which somebody worked.
LEFT_BEHIND = frozenset("__pycache__ .venv venv .ipynb_checkpoints .DS_Store Thumbs.db".split())
CACHES = "_cache"


@dataclass(frozen=True)
class File:
    """A file of a copy: its path below the copy's folder, and its bytes."""

    path: PurePosixPath
    data: bytes


@dataclass(frozen=True)
class Template:
    """All that one kind of copy consists of.

    Args:
        assignments: those whose exercises are in it.
        files: every file, those to work in among them.
        work: paths of the files that a student works in, in the order of the exercises.
        others: paths of such files in the other kind of copy, which must not lie beside these.
    """

    assignments: tuple[Assignment, ...]
    files: tuple[File, ...]
    work: tuple[PurePosixPath, ...]
    others: tuple[PurePosixPath, ...]


def plain_template(exercises: Path) -> Template:
    """Return the template as it stands, with a `.py` file for each exercise.

    Args:
        exercises: the folder of all assignments; the template lies beside it.

    Raises:
        CatalogueError: if there is no template, or it lacks an exercise.
    """
    found = template_assignments(exercises)
    stubs = tuple(path for assignment in found for path in stub_paths(assignment))
    files = template_files(exercises)
    missing = sorted(str(path) for path in set(stubs) - {file.path for file in files})
    if missing:
        raise CatalogueError(f"{template_folder(exercises)} lacks {', '.join(missing)}.")
    notebooks = tuple(path for assignment in found for path in sections(assignment))
    return Template(found, tuple(files), stubs, notebooks)


def template_assignments(exercises: Path) -> tuple[Assignment, ...]:
    """Return the assignments of which the template has a folder.

    Raises:
        CatalogueError: if there are none, or one is wrong.
    """
    folder = template_folder(exercises)
    names = [name for name in assignment_names(exercises) if (folder / name).is_dir()]
    if not names:
        raise CatalogueError(f"There is no template of an assignment of {exercises} in {folder}.")
    return tuple(load_assignment(exercises / name) for name in names)


def template_files(exercises: Path) -> list[File]:
    """Return the files of the template by their paths, hidden ones too, without what other programs left there."""
    folder = template_folder(exercises)
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [
        File(PurePosixPath(path.relative_to(folder).as_posix()), path.read_bytes())
        for path in paths
        if not any(part in LEFT_BEHIND or part.endswith(CACHES) for part in path.relative_to(folder).parts)
    ]


def stub_paths(assignment: Assignment) -> dict[PurePosixPath, Exercise]:
    """Return each exercise by the path of its `.py` file in a copy."""
    return {PurePosixPath(assignment.name, f"{exercise.name}.py"): exercise for exercise in assignment.exercises}


def sections(assignment: Assignment) -> dict[PurePosixPath, str]:
    """Return each section, such as ``5.1``, by the path of its notebook in a copy, such as ``ex5/ex5_1.ipynb``."""
    found: dict[PurePosixPath, str] = {}
    for exercise in assignment.exercises:
        section = section_of(exercise)
        stem = address(assignment.name, section).replace(".", "_")
        found[PurePosixPath(assignment.name, f"{stem}.ipynb")] = section
    return found


def section_of(exercise: Exercise) -> str:
    """Return the section of an exercise: its number without the last part."""
    return exercise.id.rpartition(".")[0] or exercise.id
