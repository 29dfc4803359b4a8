"""Where in a student's files the answers are, and under which names."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from grader.file_names import is_about, shown
from grader.handins.platforms import exercise_in
from grader.results import Text
from grader.translation import say

MAX_DEPTH = 10


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    Args:
        name: such as ``ex5``, also of the folder that holds the answers.
        known: its exercises.
        asked: those to mark, if not all.
        target: what is to be marked as a command has it, such as ``ex5.1.2``.
    """

    name: str
    known: tuple[str, ...]
    asked: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True)
class _Home:
    """A folder with answers in it.

    Args:
        folder: the folder.
        top: the folder to hand on: the one around it, where it has the assignment's name.
        answers: the file of each exercise.
        papers: notebooks and texts that may hold answers.
        depth: how deep `top` lies.
        changed: when one of the files was last changed, in seconds since 1970.
    """

    folder: Path
    top: Path
    answers: dict[str, Path]
    papers: tuple[Path, ...]
    depth: int
    changed: float

    @property
    def order(self) -> tuple[bool, int, float, str]:
        """Less for a better one: with answers, high up, changed last."""
        return (not self.answers, self.depth, -self.changed, str(self.folder))


class Homes:
    """The folders with answers among a student's files, which lie in one tree or several.

    Args:
        wanted: what is looked for.
    """

    def __init__(self, wanted: Wanted) -> None:
        self.notes: list[Text] = []
        self._wanted = wanted
        self._homes: list[_Home] = []

    def add(self, tree: Path) -> None:
        """Look through a tree that holds nothing but plain files and folders."""
        for path, folders, names in os.walk(tree):
            folder = Path(path)
            folders.sort()
            if len(folder.relative_to(tree).parts) >= MAX_DEPTH:
                folders.clear()
            answers = self._answers(folder, sorted(names))
            papers = [folder / name for name in sorted(names) if _is_paper(name)]
            if answers or papers:
                self._add(tree, folder, answers, papers)

    def take_only(self, trees: Sequence[Path]) -> None:
        """Where one exercise is to be marked and there is one program, take that for the answer, whatever its name."""
        asked = self._wanted.asked or self._wanted.known
        if self._homes or len(asked) != 1:
            return
        files = [
            (tree, path)
            for tree in trees
            for path in tree.rglob("*")
            if path.suffix.lower() == ".py" and path.is_file()
        ]
        if len(files) == 1:
            tree, path = files[0]
            self._add(tree, path.parent, {asked[0]: path}, [])

    def settle(self, target: Path) -> bool:
        """Move the answers into a new folder, as a submission; return whether there are any.

        Of several folders the best is taken, and what only others have is added to it.
        """
        if not self._homes:
            return False
        home, *others = sorted(self._homes, key=lambda home: home.order)
        for exercise, path in home.answers.items():
            if path.name != f"{exercise}.py":
                self.notes.append(say("{file} was taken for {exercise}.py.", file=shown(path.name), exercise=exercise))
                _move(path, home.folder / f"{exercise}.py")
        for other in others:
            self._gather(home, other)
        inner = home.folder / self._wanted.name
        if home.top == home.folder and inner.is_dir():
            # There the answers would be looked for.
            for path in _programs(home.folder):
                _move(path, inner / path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        home.top.rename(target)
        if home.top != home.folder and home.folder.name != self._wanted.name:
            _move(target / home.folder.name, target / self._wanted.name)
        return True

    def _add(self, tree: Path, folder: Path, answers: dict[str, Path], papers: Sequence[Path]) -> None:
        own = folder != tree and folder.name.casefold() == self._wanted.name.casefold()
        top = folder.parent if own else folder
        changed = max(file.stat().st_mtime for file in (answers.values() or papers))
        self._homes.append(_Home(folder, top, answers, tuple(papers), len(top.relative_to(tree).parts), changed))

    def _answers(self, folder: Path, names: Sequence[str]) -> dict[str, Path]:
        """Return the file of each exercise in a folder: the one of its name, else the only one named after it."""
        after: dict[str, list[str]] = defaultdict(list)
        for name in names:
            found = exercise_in(name, self._wanted.known) if name.lower().endswith(".py") else None
            if found:
                after[found[0]].append(name)
        answers = {}
        for exercise, candidates in after.items():
            exact = [name for name in candidates if name == f"{exercise}.py"]
            close = exact or [name for name in candidates if name.lower() == f"{exercise}.py".lower()] or candidates
            if len(close) == 1:
                answers[exercise] = folder / close[0]
            else:
                several = ", ".join(shown(name) for name in candidates[:4])
                self.notes.append(
                    say("Which one is {exercise}.py is not guessed: {several}.", exercise=exercise, several=several)
                )
        return answers

    def _gather(self, home: _Home, other: _Home) -> None:
        """Add to a folder what only another one has."""
        added = False
        # A folder called like a file may have been moved out of the way, with what is in it.
        answers = {exercise: path for exercise, path in other.answers.items() if path.is_file()}
        for exercise, path in answers.items():
            where = shown(f"{other.folder.name}/{path.name}")
            if exercise not in home.answers:
                added = True
                _move(path, home.folder / f"{exercise}.py")
                home.answers[exercise] = home.folder / f"{exercise}.py"
                self.notes.append(
                    say("{exercise}.py was found in another folder: {where}.", exercise=exercise, where=where)
                )
            elif path.read_bytes() != (home.folder / f"{exercise}.py").read_bytes():
                self.notes.append(
                    say("{exercise}.py is there more than once; {where} was left out.", exercise=exercise, where=where)
                )
        for path in _programs(other.folder) if added else ():
            if not (home.folder / path.name).exists():
                path.rename(home.folder / path.name)
        # Notebooks are read in one folder: where those of this home are.
        above = not home.papers and any(paper.parent == home.top for one in self._homes for paper in one.papers)
        place = home.top if above else home.folder
        for path in other.papers:
            if path.exists() and not path.is_relative_to(home.top) and not (place / path.name).exists():
                path.rename(place / path.name)


def _is_paper(name: str) -> bool:
    """Whether a file may hold answers between other things: a notebook, or a text that is not about the files."""
    about = is_about(name) or name.lower().startswith("readme")
    return name.lower().endswith(".ipynb") or (name.lower().endswith(".md") and not about)


def _programs(folder: Path) -> list[Path]:
    """Return the Python files of a folder, none if it is there no more."""
    return [path for path in sorted(folder.glob("*")) if path.suffix.lower() == ".py" and path.is_file()]


def _move(path: Path, target: Path) -> None:
    """Rename a file or folder. What has that name already, such as a folder called like a file, gets another one."""
    if target.exists() and not target.samefile(path):
        if path.is_relative_to(target):
            path = path.rename(_free(target))
        target.rename(_free(target))
    path.rename(target)


def _free(path: Path) -> Path:
    """Return a path beside another one that nothing has yet."""
    numbered = (path.with_name(f"{path.name}.{number}") for number in count(1))
    return next(free for free in numbered if not free.exists())
