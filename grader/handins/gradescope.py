"""Gradescope's list of an export: who handed in which folder, and when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import yaml  # type: ignore[import-untyped]

from grader.errors import UserError
from grader.handins.reading import UnreadableError, open_file
from grader.results import Text
from grader.translation import say

METADATA = "submission_metadata.yml"
MAX_DEPTH = 100


@dataclass(frozen=True)
class Submitter:
    """One of those who handed in a folder together; empty where Gradescope has nothing."""

    name: str = ""
    sid: str = ""
    email: str = ""


@dataclass(frozen=True)
class Listed:
    """What the list says about a folder.

    Args:
        submitters: the students, usually one.
        created: when it was handed in, in seconds since 1970; 0 if that is not known.
        attempt: number of the hand-in, from 1.
    """

    submitters: tuple[Submitter, ...] = ()
    created: float = 0.0
    attempt: int = 1


@dataclass
class _Found:
    """What has been read about a folder so far."""

    people: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    created: float = 0.0
    earlier: dict[int, float] = field(default_factory=dict)


def read_metadata(path: Path) -> dict[str, Listed]:
    """Read ``submission_metadata.yml``: what it says, by the name of the folder.

    Raises:
        UserError: if it cannot be read.
    """
    found: dict[str, _Found] = {}
    try:
        with open_file(path) as file:
            for place, value in _values(file):
                _take(found, place, value)
    except UnreadableError as error:
        raise UserError(
            say("{path} {text}. Download the export from Gradescope again.", path=path, text=error.text)
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = say(", by its line {line}", line=mark.line + 1) if mark else Text()
        raise UserError(
            say("{path} is damaged{where}. Download the export from Gradescope again.", path=path, where=where)
        ) from error
    return {
        name: Listed(
            submitters=tuple(Submitter(**person) for _, person in sorted(entry.people.items())),
            created=entry.created,
            attempt=1 + sum(0 < time < entry.created for time in entry.earlier.values()),
        )
        for name, entry in found.items()
    }


class _Joined:
    """A file whose documents are divided by ``---``. Gradescope's are by ``...``, which libyaml takes for the end.

    Args:
        file: the file.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = 2**16) -> bytes:
        """Return some whole lines, about as many as fill `size` bytes, or nothing at the end."""
        lines = self._file.readlines(size)
        return b"".join(b"---\n" if line.rstrip() == b"..." else line for line in lines)


def _values(file: IO[bytes]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the plain values of a file with their places, one at a time.

    The file may be large, as it holds all that students' programs printed; it has tags of Ruby's, and several documents
    where one was cut. So no objects are made of it, and what refers to another place is left alone.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # For each open collection: the key or number at hand, and for a mapping whether its next value is a key.
    keys: list[str | int] = []
    expects_key: list[bool | None] = []

    def next_value() -> None:
        if not keys:
            return
        if expects_key[-1] is None:
            keys[-1] = int(keys[-1]) + 1
        else:
            expects_key[-1] = not expects_key[-1]

    for event in yaml.parse(_Joined(file), Loader=loader):
        if isinstance(event, yaml.ScalarEvent) and expects_key and expects_key[-1]:
            keys[-1], expects_key[-1] = event.value, False
        elif isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
            if isinstance(event, yaml.ScalarEvent):
                yield tuple(keys), event.value
            next_value()
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(keys) > MAX_DEPTH:
                raise yaml.YAMLError("too deep")
            keys.append(0 if isinstance(event, yaml.SequenceStartEvent) else "")
            expects_key.append(None if isinstance(event, yaml.SequenceStartEvent) else True)
        elif isinstance(event, yaml.CollectionEndEvent):
            keys.pop()
            expects_key.pop()
            next_value()


def _take(found: dict[str, _Found], place: tuple[str | int, ...], value: str) -> None:
    # Ruby's symbols have a colon in front.
    match tuple(key.removeprefix(":") if isinstance(key, str) else key for key in place):
        case (str(name), "submitters", int(number), str(what)) if what in ("name", "sid", "email"):
            found.setdefault(name, _Found()).people[number][what] = value.strip()
        case (str(name), "created_at"):
            found.setdefault(name, _Found()).created = _time(value)
        case (str(name), "history", int(number), "created_at"):
            found.setdefault(name, _Found()).earlier[number] = _time(value)
        case (str(name), "submitters" | "score" | "status", *_):
            found.setdefault(name, _Found())


def _time(text: str) -> float:
    """Return a time such as ``2026-10-04 15:34:00.861687000 Z`` in seconds since 1970; 0 if it is none."""
    found = re.match(
        r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d{1,6})?\d* ?(?:Z|UTC|([+-])(\d\d):?(\d\d))?", text
    )
    if not found:
        return 0.0
    try:
        whole = datetime(*(int(found[group]) for group in range(1, 7)), tzinfo=UTC)  # type: ignore[misc, arg-type]
        offset = timedelta(hours=int(found[9] or 0), minutes=int(found[10] or 0))
        return (whole - offset if found[8] == "+" else whole + offset).timestamp() + float(found[7] or 0)
    except (ValueError, OverflowError):
        return 0.0
