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


def exercises_digest(assignment: Assignment) -> str:
    """Return the hash of every file of an assignment: its specs, texts and the modules beside them."""
    parts: list[bytes | str] = []
    for path in sorted(assignment.folder.rglob("*")):
        inner = path.relative_to(assignment.folder)
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
    marked: list[bytes | str] = []
    for exercise in exercises:
        hidden = exercise.hidden_spec
        marked += [exercise.name, b"" if hidden is None else b"+" + hidden.read_bytes()]
    return _digest([*versions, assignment.name, exercises_digest(assignment), *marked, str(seed), sandbox])


def _source_digest() -> str:
    """Return the hash of the grader's own code, so that one under development never reuses what an older one found."""
    package = Path(grader.__file__).parent
    modules = sorted(p for p in package.rglob("*.py") if "exercises" not in p.relative_to(package).parts)
    return _digest(data for path in modules for data in (path.relative_to(package).as_posix(), path.read_bytes()))


def source_digest(source: Source) -> str:
    """Return the hash of one exercise as handed in: its path, its bytes, the modules beside it."""
    helpers = [part for name in sorted(source.helpers) for part in (name, source.helpers[name])]
    data = b"" if source.data is None else b"+" + source.data
    return _digest([source.module, source.file, data, source.problem, *helpers])


def submission_digest(submission: Submission) -> str:
    """Return the hash of a submission's content; whose it is does not matter."""
    return _digest([part for name, source in submission.sources.items() for part in (name, source_digest(source))])
