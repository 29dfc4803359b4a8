"""What is remembered of somebody's work from one command to the next: how its checks ended, which hints were shown.

It is kept in the user's cache, one small file for each folder of work, and never beside the work itself: what is marked
may be somebody else's. All of it is for comfort: where it cannot be read or written, nothing is remembered.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.results import ExerciseResult, Status

FORMAT = 1
# As many folders of work are remembered.
MOST = 100


@dataclass(frozen=True)
class Marked:
    """How an exercise was marked last.

    Args:
        digest: of the file that was marked, see `digest`.
        checks: the status of each check, by the check's name.
        mistakes: names of the known mistakes that were recognised.
    """

    digest: str
    checks: dict[str, Status]
    mistakes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything passed that could be tried."""
        return bool(self.checks) and set(self.checks.values()) <= {Status.PASSED, Status.NOT_RUN}


@dataclass(frozen=True)
class State:
    """What is remembered of a folder of work, by the name of the exercise: its marking, and the hints shown."""

    marked: dict[str, Marked] = field(default_factory=dict)
    hints: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def with_marked(self, result: ExerciseResult, data: bytes | None) -> State:
        """Return the state after an exercise was marked; `data` is the file's."""
        checks = {check.name: check.status for check in result.checks}
        marked = Marked(digest(data), checks, tuple(diagnosis.name for diagnosis in result.diagnoses))
        return replace(self, marked={**self.marked, result.name: marked})

    def with_hints(self, exercise: str, keys: tuple[str, ...]) -> State:
        """Return the state after the hints called `keys`, and no other, have been shown."""
        return replace(self, hints={**self.hints, exercise: keys})


def digest(data: bytes | None) -> str:
    """Return a short hash of a file's bytes; nothing for a file that is not there."""
    return "" if data is None else hashlib.sha256(data).hexdigest()[:16]


def cache_folder() -> Path | None:
    """Return the folder of this user's for what can be made anew, or None where there is none."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "d2l-grader" if os.path.isabs(base) else None


def load(folder: Path) -> State:
    """Return what is remembered of a folder of work; nothing where there is nothing that can be read."""
    path = _file(folder)
    if path is None:
        return State()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _state(data) if data["format"] == FORMAT else State()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return State()


def save(folder: Path, state: State) -> bool:
    """Remember the state of a folder of work; return whether that was possible."""
    path = _file(folder)
    if path is None:
        return False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _forget_oldest(path.parent)
        # In one step, as others see it: two commands may write at the same time.
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".new", delete=False) as file:
            json.dump(_plain(state), file)
        os.replace(file.name, path)
    except (OSError, ValueError):
        return False
    return True


def _file(folder: Path) -> Path | None:
    cache = cache_folder()
    if cache is None:
        return None
    name = hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:24]
    return cache / "state" / f"{name}.json"


def _forget_oldest(folder: Path) -> None:
    files = sorted((path for path in folder.iterdir() if path.is_file()), key=lambda path: path.stat().st_mtime)
    for path in files[: max(0, len(files) - MOST + 1)]:
        path.unlink(missing_ok=True)


def _plain(state: State) -> dict[str, Any]:
    marked = {
        name: {
            "digest": marked.digest,
            "checks": {check: status.value for check, status in marked.checks.items()},
            "mistakes": list(marked.mistakes),
        }
        for name, marked in state.marked.items()
    }
    return {"format": FORMAT, "marked": marked, "hints": {name: list(keys) for name, keys in state.hints.items()}}


def _state(data: dict[str, Any]) -> State:
    return State(
        marked={
            str(name): Marked(
                str(entry["digest"]),
                {str(check): Status(status) for check, status in entry["checks"].items()},
                tuple(map(str, entry["mistakes"])),
            )
            for name, entry in data["marked"].items()
        },
        hints={str(name): tuple(map(str, keys)) for name, keys in data["hints"].items()},
    )
