"""Finding what a student handed in, whatever its shape. Files are read as bytes and never imported here.

An exercise is in its own Python file, ``ex5/ex5_1_2_parallel.py``, or else in the notebooks and Markdown files of the
same folder; if that has none, of the folder around it. Which of several, `grader.submission.choosing` says. A Python
file that is still the stub yields to a notebook that has the exercise. READMEs, hidden files, files without Python code
and files that the course gave out count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.catalogue import Assignment
from grader.errors import UserError
from grader.file_names import is_about, is_junk, shown
from grader.notebooks import jupyter, markdown
from grader.notebooks.cell import MAX_CODE, NotebookError
from grader.results import Text
from grader.submission import choosing
from grader.submission.choosing import CellFile
from grader.submission.contract import Contract, contract
from grader.submission.source import Source, Submission
from grader.translation import say, series

MIB = 2**20
MAX_FILE = 2 * MIB
MAX_HELPERS = 50
MAX_NOTEBOOKS = 50
# Of all notebooks and Markdown files of a submission together.
MAX_NOTEBOOK_BYTES = 50 * MIB
NOTEBOOKS = (".ipynb", ".md")


class SubmissionError(UserError):
    """What was given as a submission cannot be read as one; the message says why and what to do."""


@dataclass(frozen=True)
class _Course:
    """The exercises that were asked for, all that the assignment has, and the folder of stubs."""

    assignment: str
    names: list[str]
    known: list[str]
    contracts: dict[str, Contract]
    template: Path | None

    def source(self, name: str, files: list[CellFile], helpers: dict[str, bytes]) -> Source:
        return choosing.source(self.contracts[name], files, self.contracts.values(), helpers)

    def gave_out(self, path: Path) -> bool:
        """Whether a file is one that students got, as they got it."""
        for folder in (self.template, self.template.parent) if self.template is not None else ():
            if (folder / path.name).is_file() and (folder / path.name).read_bytes() == path.read_bytes():
                return True
        return False


@dataclass(frozen=True)
class _Notebooks:
    """The notebooks and Markdown files of a submission: those with code, and what is wrong with others."""

    files: list[CellFile]
    problems: list[Text]


def find_submission(
    path: Path,
    assignment: str,
    names: list[str],
    known: Iterable[str],
    ids: Mapping[str, str] | None = None,
    template: Path | None = None,
) -> Submission:
    """Read a submission: a folder that holds ``ex5/*.py``, that ``ex5`` folder itself, a folder of notebooks, one file.

    Args:
        path: where it is.
        assignment: name of the assignment, such as ``ex5``.
        names: the exercises to mark.
        known: all exercises of the assignment, which are never helpers.
        ids: numbers of the exercises by name, for markers and names of files; else those in the exercises' names.
        template: the folder of stubs that students got, if there is one: by its names, an exercise is found among
            several notebooks.

    Raises:
        SubmissionError: if nothing there can be a submission.
    """
    if not path.exists():
        raise SubmissionError(say("There is no {path}. Give the folder of your work with --submission.", path=path))
    known = list(known)
    contracts = {name: contract(name, (ids or {}).get(name), template) for name in (*known, *names)}
    course = _Course(assignment, names, known, contracts, template)
    if path.is_dir():
        return _in_folder(path, course)
    if path.suffix == ".py":
        return _python_file(path, course)
    if path.suffix.lower() in NOTEBOOKS:
        return _notebook_file(path, course)
    raise SubmissionError(
        say("{path} is neither a folder nor a .py file, a notebook (.ipynb) or a Markdown file (.md).", path=path)
    )


def find_work(path: Path, assignment: Assignment, names: list[str]) -> Submission:
    """Read a submission of an assignment, with all that the course says of its exercises.

    Args:
        path: where it is.
        assignment: to which it belongs. Its stubs are looked for where the exercises are, in ``student_template``.
        names: the exercises to mark.

    Raises:
        SubmissionError: if nothing there can be a submission.
    """
    ids = {exercise.name: exercise.id for exercise in assignment.exercises}
    template = assignment.stubs
    return find_submission(path, assignment.name, names, list(ids), ids, template if template.is_dir() else None)


# One file


def _python_file(path: Path, course: _Course) -> Submission:
    folder = path.parent
    if path.stem not in course.known:
        raise SubmissionError(
            say(
                "{file} is no exercise of {assignment}: its name must be one of {names} (with .py).",
                file=path.name,
                assignment=course.assignment,
                names=series(course.known),
            )
        )
    if path.stem not in course.names:
        raise SubmissionError(
            say("{file} is not among the exercises asked for ({names}).", file=path.name, names=series(course.names))
        )
    data, problem = _read(path, folder)
    problem = problem and _of_file(path.name, problem)
    source = Source(path.stem, path.name, data, problem, _helpers(folder, course.known, folder))
    return Submission(path.resolve().stem, {path.stem: source})


def _notebook_file(path: Path, course: _Course) -> Submission:
    name = shown(path.name)
    try:
        file = _cells(path, path.parent, name)
    except NotebookError as error:
        raise SubmissionError(_of_file(name, error.text)) from error
    if not file.cells:
        raise SubmissionError(_of_file(name, _nothing(path)))
    helpers = _helpers(path.parent, [], path.parent)
    return Submission(path.resolve().stem, {name: course.source(name, [file], helpers) for name in course.names})


def _of_file(name: str, problem: Text) -> Text:
    return say("{name} {text}", name=name, text=problem)


def _nothing(path: Path) -> Text:
    """Return what to say of a file without code."""
    if path.suffix.lower() == ".ipynb":
        return say("has no code cells.")
    if markdown.has_bare_fences(path.read_bytes()):
        return say("has no Python code: its blocks do not say that they are Python. Begin them with ```python.")
    return say("has no Python code. Put it between a line ```python and a line ```.")


# A folder


def _in_folder(path: Path, course: _Course) -> Submission:
    folder = _folder_of(path, course)
    where = folder.absolute()
    named = where if folder == path and where.name != course.assignment else where.parent
    prefix = "" if folder == path else f"{course.assignment}/"
    helpers = _helpers(folder, course.known, path)
    place, notebooks = folder, _notebooks(folder, path, prefix, course)
    if folder != path and not notebooks.files and not notebooks.problems:
        place, notebooks = path, _notebooks(path, path, "", course)
    is_empty = folder == path and not any((path / f"{name}.py").exists() for name in course.known)
    if is_empty and not notebooks.files:
        if notebooks.problems:
            raise SubmissionError(notebooks.problems[0])
        raise _no_submission(path, course)
    # A notebook may import whatever is beside it, the exercises' own files too.
    beside = _helpers(place, [], path) if notebooks.files else {}
    sources = {}
    for name in course.names:
        file = folder / f"{name}.py"
        if file.exists() or file.is_symlink():
            data, problem = _read(file, path)
            problem = problem and _of_file(file.name, problem)
            own = Source(name, f"{prefix}{name}.py", data, problem, helpers)
            sources[name] = _own_or_notebook(own, notebooks, beside, course)
        elif notebooks.files:
            found = course.source(name, notebooks.files, beside)
            sources[name] = replace(found, notes=(*found.notes, *notebooks.problems))
        else:
            absent = say("{file} is not in the submission", file=f"{prefix}{name}.py")
            problem = notebooks.problems[0] if notebooks.problems else absent
            sources[name] = Source(name, f"{prefix}{name}.py", None, problem, helpers)
    return Submission(named.resolve().name or "submission", sources)


def _own_or_notebook(own: Source, notebooks: _Notebooks, beside: dict[str, bytes], course: _Course) -> Source:
    """Return an exercise's own Python file, unless that is still the stub and a notebook has the exercise."""
    exercise = course.contracts[own.module]
    if not any(file.claims(exercise) for file in notebooks.files):
        return own
    found = course.source(own.module, notebooks.files, beside)
    if own.data is not None and exercise.is_untouched(own.data):
        note = say("{file} is as it was given out, so {other} was marked.", file=own.file, other=found.file)
        return replace(found, notes=(*found.notes, note))
    note = say(
        "{file} was marked; {other}, which has this exercise too, was not looked at.", file=own.file, other=found.file
    )
    return replace(own, notes=(note,))


def _folder_of(path: Path, course: _Course) -> Path:
    """Return the folder that holds the exercise files of a submission."""
    inner = path / course.assignment
    if inner.is_dir():
        if not inner.resolve().is_relative_to(path.resolve()):
            raise SubmissionError(
                say("{path} is a link to something outside the submission. Hand in the folder itself.", path=inner)
            )
        return inner
    if any((path / f"{name}.py").exists() for name in course.known) or _candidates(path):
        return path
    raise _no_submission(path, course)


def _no_submission(path: Path, course: _Course) -> SubmissionError:
    return SubmissionError(
        say(
            "No submission in {path}: it holds no {assignment}/ or files such as {example}.py, and no notebook with "
            "code. Give another folder with --submission.",
            path=path,
            assignment=course.assignment,
            example=next(iter(course.known), "exercise"),
        )
    )


def _notebooks(folder: Path, root: Path, prefix: str, course: _Course) -> _Notebooks:
    """Read the notebooks and Markdown files of a folder."""
    files: list[CellFile] = []
    problems: list[Text] = []
    left, code_left = MAX_NOTEBOOK_BYTES, MAX_CODE
    for path in _candidates(folder):
        name = prefix + shown(path.name)
        try:
            left -= _size(path)
            if left < 0:
                raise NotebookError(_TOO_MUCH)
            file = _cells(path, root, name)
            code_left -= sum(len(cell.text) for cell in file.cells)
            if code_left < 0:
                raise NotebookError(_TOO_MUCH)
        except NotebookError as error:
            problems.append(_of_file(name, error.text))
            continue
        if file.cells and not course.gave_out(path):
            files.append(file)
    return _Notebooks(files, problems)


_TOO_MUCH = say("was left out: there is too much before it.")


def _candidates(folder: Path) -> list[Path]:
    """Return the files of a folder that may be notebooks of the student's, in the order in which they are read."""
    try:
        entries = list(folder.iterdir())
    except OSError:
        # What cannot be listed can still hold exercises whose names are known.
        return []
    found = [
        path
        for path in entries
        if path.suffix.lower() in NOTEBOOKS
        and not is_junk(path.name)
        and not (path.suffix.lower() == ".md" and (is_about(path.name) or path.name.lower().startswith("readme")))
    ]
    return sorted(found, key=lambda path: choosing.in_order(path.name))[:MAX_NOTEBOOKS]


# Files


def _cells(path: Path, root: Path, name: str) -> CellFile:
    """Read the cells of a notebook or Markdown file.

    Raises:
        NotebookError: if that cannot be done.
    """
    is_notebook = path.suffix.lower() == ".ipynb"
    data, problem = _read(path, root, jupyter.MAX_BYTES if is_notebook else markdown.MAX_BYTES)
    if data is None:
        raise NotebookError(say("{problem}.", problem=problem))
    return CellFile(name, jupyter.read_notebook(data) if is_notebook else markdown.read_markdown(data))


def _read(path: Path, root: Path, limit: int = MAX_FILE) -> tuple[bytes | None, Text]:
    """Return the bytes of an ordinary file, or None and what is wrong, as the rest of a sentence that names it.

    A link that leads out of `root`, the submission, is not followed: it could show another's work, or ours.
    """
    try:
        if path.is_symlink() and not path.exists():
            return None, say("is a link to nothing")
        if not path.resolve().is_relative_to(root.resolve()):
            return None, say("is a link to something outside the submission")
        if not path.is_file():
            return None, say("is not a file")
        if path.stat().st_size > limit:
            return None, say("is larger than {limit} MiB", limit=limit // MIB)
        return path.read_bytes(), Text()
    except OSError as error:
        return None, say("cannot be read: {strerror}", strerror=error.strerror)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        # Reading it will say what is wrong.
        return 0


def _helpers(folder: Path, known: list[str], root: Path) -> dict[str, bytes]:
    """Return the modules beside the exercises, which these may import."""
    helpers: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.py"))[: MAX_HELPERS + len(known)]:
        data, _ = _read(path, root)
        if path.stem not in known and data is not None and path.stem.isidentifier():
            helpers[path.name] = data
    return helpers
