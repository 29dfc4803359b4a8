"""What makes two markings the same: the hash of everything that a result depends on."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import grader
from grader.catalogue import Assignment, Exercise
from grader.submission import Source, Submission

# What an exercise's folder holds that never changes a result.
_NO_MATTER = ("__pycache__", ".DS_Store", ".pytest_cache", ".ruff_cache", ".mypy_cache")


def _digest(parts: Iterable[bytes | str]) -> str:
    """Return the hash of a sequence of texts, which no other sequence has."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


def _digest_of(folder: Path) -> str:
    """Return the hash of every file below a folder, such as an assignment's specs and texts."""
    parts: list[bytes | str] = []
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if path.is_file() and not set(inner.parts) & set(_NO_MATTER):
            parts += [inner.as_posix(), path.read_bytes()]
    return _digest(parts)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def marking_digest(assignment: Assignment, exercises: Iterable[Exercise], seed: int, sandbox: str) -> str:
    """Return the hash of all that a marking depends on beside the submission.

    Args:
        assignment: whose files count.
        exercises: that are marked, with their hidden checks.
        seed: of the marking.
        sandbox: its kind.
    """
    versions = [grader.__version__, _source_digest(), _version("torch"), platform.python_version()]
    # From the stubs it is known which names are an exercise's, where a notebook has the answers.
    stubs = _digest_of(assignment.stubs)
    marked: list[bytes | str] = []
    for exercise in exercises:
        hidden = exercise.hidden_spec
        marked += [exercise.name, b"" if hidden is None else b"+" + hidden.read_bytes()]
    return _digest([*versions, assignment.name, _digest_of(assignment.folder), *marked, str(seed), sandbox, stubs])


def _source_digest() -> str:
    """Return the hash of the grader's own code and texts, so that one under development reuses nothing older."""
    package = Path(grader.__file__).parent
    files = sorted(
        path
        for path in package.rglob("*")
        if path.suffix in (".py", ".mo") and "exercises" not in path.relative_to(package).parts
    )
    return _digest(data for path in files for data in (path.relative_to(package).as_posix(), path.read_bytes()))


def source_digest(source: Source) -> str:
    """Return the hash of one exercise as handed in: its path, its bytes, the modules beside it, its cells."""
    helpers: list[bytes | str] = [part for name in sorted(source.helpers) for part in (name, source.helpers[name])]
    data = b"" if source.data is None else b"+" + source.data
    told = [part for note in source.notes for part in (note.en, note.zh)]
    cells = [repr(cell) for cell in source.cells]
    counts = f"{len(helpers)} {len(told)} {len(cells)}"
    parts: list[bytes | str] = [source.module, source.file, data, source.problem.en, source.problem.zh]
    return _digest([*parts, counts, *helpers, *told, *cells])


def submission_digest(submission: Submission) -> str:
    """Return the hash of a submission's content; whose it is does not matter."""
    return _digest([part for name, source in submission.sources.items() for part in (name, source_digest(source))])
