"""Finding what a student handed in. Files are read as bytes and never imported here."""

from __future__ import annotations

import codecs
import re
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from grader.errors import UserError

MAX_FILE = 2 * 2**20
# The encodings in which people write programs. Others, such as punycode, can take minutes for a file made to be slow.
SHOWN_ENCODINGS = frozenset(
    "utf-8 utf-8-sig ascii iso8859-1 iso8859-15 cp1252 cp1250 cp1251 koi8-r gbk gb2312 gb18030 big5 big5hkscs "
    "shift_jis cp932 euc_jp euc_kr cp949 mac-roman".split()
)
MAX_HELPERS = 50
CONTEXT_LINES = 3


class SubmissionError(UserError):
    """What was given as a submission cannot be read as one; the message says why and what to do."""


@dataclass(frozen=True)
class Source:
    """One exercise's file as handed in.

    Args:
        module: name of the module that it becomes.
        file: path to show, relative to the submission.
        data: its bytes, or None where there is no readable file; then `problem` says why.
        helpers: other modules beside it that are no exercise's.
    """

    module: str
    file: str
    data: bytes | None
    problem: str = ""
    helpers: dict[str, bytes] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Return the source's lines for showing, decoded as Python would, or as UTF-8 with replacements."""
        return list(_lines(self.data or b""))

    def line_of(self, name: str) -> int | None:
        """Return the line on which a name is defined last, or None."""
        pattern = re.compile(rf"\s*(?:async\s+)?(?:class|def)\s+{re.escape(name)}\b|{re.escape(name)}\s*(?::|=(?!=))")
        found = [number for number, line in enumerate(self.lines(), 1) if pattern.match(line)]
        return found[-1] if found else None


@lru_cache(maxsize=32)
def _lines(data: bytes) -> tuple[str, ...]:
    try:
        encoding = tokenize.detect_encoding(BytesIO(data).readline)[0]
        text = data.decode(encoding if codecs.lookup(encoding).name in SHOWN_ENCODINGS else "utf-8")
    except (SyntaxError, ValueError, LookupError):
        text = data.decode("utf-8-sig", errors="replace")
    return tuple(re.split(r"\r\n|\r|\n", text))


@dataclass(frozen=True)
class Submission:
    """A student's work: a name and a source for each exercise that was asked for."""

    name: str
    sources: dict[str, Source]


def _read(path: Path, root: Path) -> tuple[bytes | None, str]:
    """Return the bytes of an ordinary file, or None and one line that says what is wrong.

    A link that leads out of `root`, the submission, is not followed: it could show another's work, or ours.
    """
    try:
        if path.is_symlink() and not path.exists():
            return None, f"{path.name} is a link to nothing"
        if not path.resolve().is_relative_to(root.resolve()):
            return None, f"{path.name} is a link to something outside the submission"
        if not path.is_file():
            return None, f"{path.name} is not a file"
        if path.stat().st_size > MAX_FILE:
            return None, f"{path.name} is larger than {MAX_FILE // 2**20} MiB"
        return path.read_bytes(), ""
    except OSError as error:
        return None, f"{path.name} cannot be read: {error.strerror}"


def _folder_of(path: Path, assignment: str, names: Iterable[str]) -> Path:
    """Return the folder that holds the exercise files of a submission."""
    inner = path / assignment
    if inner.is_dir():
        if not inner.resolve().is_relative_to(path.resolve()):
            raise SubmissionError(f"{inner} is a link to something outside the submission. Hand in the folder itself.")
        return inner
    if any((path / f"{name}.py").exists() for name in names):
        return path
    expected = f"{assignment}/ or files such as {next(iter(names), 'exercise')}.py"
    raise SubmissionError(f"No submission in {path}: it holds no {expected}. Give another folder with --submission.")


def _helpers(folder: Path, known: list[str], root: Path) -> dict[str, bytes]:
    """Return the modules beside the exercises, which these may import."""
    helpers: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.py"))[: MAX_HELPERS + len(known)]:
        data, _ = _read(path, root)
        if path.stem not in known and data is not None and path.stem.isidentifier():
            helpers[path.name] = data
    return helpers


def find_submission(path: Path, assignment: str, names: list[str], known: Iterable[str]) -> Submission:
    """Read a submission: a folder that holds ``ex5/*.py``, that ``ex5`` folder itself, or one ``.py`` file.

    Args:
        path: where it is.
        assignment: name of the assignment, such as ``ex5``.
        names: the exercises to mark.
        known: all exercises of the assignment, which are never helpers.

    Raises:
        SubmissionError: if nothing there can be a submission.
    """
    known = list(known)
    if not path.exists():
        raise SubmissionError(f"There is no {path}. Give the folder of your work with --submission.")
    if path.is_dir():
        folder = _folder_of(path, assignment, known)
        where = folder.absolute()
        named = where if folder == path and where.name != assignment else where.parent
        shown = "" if folder == path else f"{assignment}/"
    elif path.suffix == ".py":
        folder, shown = path.parent, ""
        if path.stem not in known:
            raise SubmissionError(
                f"{path.name} is no exercise of {assignment}: its name must be one of {', '.join(known)} (with .py)."
            )
        if path.stem not in names:
            raise SubmissionError(f"{path.name} is not among the exercises asked for ({', '.join(names)}).")
        data, problem = _read(path, folder)
        source = Source(path.stem, path.name, data, problem, _helpers(folder, known, folder))
        return Submission(path.resolve().stem, {path.stem: source})
    else:
        raise SubmissionError(f"{path} is neither a folder nor a .py file.")
    helpers = _helpers(folder, known, path)
    sources = {}
    for name in names:
        file = folder / f"{name}.py"
        if file.exists() or file.is_symlink():
            data, problem = _read(file, path)
        else:
            data, problem = None, f"{shown}{name}.py is not in the submission"
        sources[name] = Source(name, f"{shown}{name}.py", data, problem, helpers)
    return Submission(named.resolve().name or "submission", sources)
