"""Runs the cells of a notebook one after the other in one namespace, as Jupyter would, with nobody in front of it.

What differs from Jupyter: an import of a module that is not installed is noted, and the rest of its cell still runs;
``input()`` gets empty answers; ``display`` prints; ``get_ipython()`` gives something that does nothing.
"""

from __future__ import annotations

import ast
import builtins
import codeop
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from grader.sandbox.inside.magics import python_of
from grader.sandbox.inside.standins import Finder, Nothing

# After so many, whoever still asks would ask for ever.
MAX_ANSWERS = 100
MAX_TOLD = 200


class Cells:
    """The namespace of a notebook, and what its cells have put there.

    Args:
        file: in which the text of all cells stands, each at its lines. It need not be Python as a whole.
    """

    def __init__(self, file: Path) -> None:
        self.module = ModuleType("__main__")
        self.module.__file__ = str(file)
        self.before = sys.modules.get("__main__")
        # Classes of a notebook are those of __main__, where pickle looks for them.
        sys.modules["__main__"] = self.module
        self.finder = Finder()
        sys.meta_path.append(self.finder)
        # It remembers what is imported from __future__: that holds for all cells below, as in Jupyter.
        self.compile = codeop.Compile()
        self.compile.flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        self.answers = 0
        # By rank of the cell: what it has set.
        self.by_rank: dict[int, dict[str, Any]] = {}
        # A copy, because what Jupyter adds is for cells alone. In real builtins it would stay for the next exercise.
        self.builtins = dict(vars(builtins))
        self.builtins |= {
            "In": [""], "Out": {}, "_": "", "input": self.answer, "display": display, "get_ipython": Nothing,
            "tab": Tab(),
        }  # fmt: skip
        self.module.__dict__["__builtins__"] = self.builtins

    def run(self, request: dict[str, Any], told: dict[str, Any]) -> None:
        """Run one cell.

        Args:
            request: with its ``text``, the number of its ``first`` line, and its ``rank``.
            told: takes in ``skipped``, the lines that are Jupyter's, and ``lacking``, the imports that failed, as soon
                as they are known.

        Raises:
            BaseException: whatever the cell raises.
        """
        space = self.module.__dict__
        before = dict(space)
        try:
            self.builtins["In"].append(request["text"])
            self.execute(request["text"], request["first"], told)
        finally:
            self.note_names(before, request["rank"])

    def execute(self, text: str, first: int, told: dict[str, Any]) -> None:
        """Compile a cell, then run it piece by piece."""

        def parse(changed: str) -> ast.Module:
            # Blank lines in front, so that every line has the number that it has in the file.
            flags = self.compile.flags | ast.PyCF_ONLY_AST
            tree = compile("\n" * (first - 1) + changed, str(self.module.__file__), "exec", flags, dont_inherit=True)
            assert isinstance(tree, ast.Module)
            return tree

        found = python_of(text, first, parse)
        told["skipped"] = list(found.skipped[:MAX_TOLD])
        if found.tree is None:
            return
        # All of it is compiled before any of it runs: a cell that is wrong does nothing.
        file = str(self.module.__file__)
        pieces = [
            (node, self.compile(piece, file, "exec" if isinstance(piece, ast.Module) else "eval"))  # type: ignore[arg-type]  # typed for texts alone
            for node, piece in split(found.tree)
        ]
        value = None
        for node, code in pieces:
            try:
                value = self.evaluate(code)
            except ModuleNotFoundError as error:
                if not isinstance(node, (ast.Import, ast.ImportFrom)):
                    raise
                told["lacking"] = [*told.get("lacking", [])[: MAX_TOLD - 1], [node.lineno, str(error)[:300]]]
        if value is not None:
            self.builtins["_"] = self.builtins["Out"][len(self.builtins["In"]) - 1] = value

    def evaluate(self, code: CodeType) -> Any:
        """Run a piece; wait for it if it awaits something."""
        value = eval(code, self.module.__dict__)  # noqa: S307  # this is the side that runs strangers' code
        if code.co_flags & inspect.CO_COROUTINE:
            # Imported here because few cells need it.
            import asyncio

            return asyncio.run(value)
        return value

    def note_names(self, before: dict[str, Any], rank: int) -> None:
        """Note which names a cell has set."""
        space = self.module.__dict__
        ours = self.by_rank.setdefault(rank, {})
        for name, value in space.items():
            if name not in before or before[name] is not value:
                ours[name] = value
        for name in before.keys() - space.keys():
            for other, names in self.by_rank.items():
                if other <= rank:
                    names.pop(name, None)

    def settle(self) -> None:
        """Give every name the value that counts: of the cells with the highest rank, the last one's."""
        if len(self.by_rank) > 1:
            for rank in sorted(self.by_rank):
                self.module.__dict__.update(self.by_rank[rank])
        self.by_rank.clear()

    def answer(self, prompt: object = "") -> str:
        """Answer ``input()`` with an empty line."""
        print(prompt)
        self.answers += 1
        if self.answers > MAX_ANSWERS:
            raise EOFError("nobody answers")
        return ""

    def close(self) -> None:
        """Leave the process as it was."""
        sys.meta_path.remove(self.finder)
        self.finder.forget()
        if self.before is not None:
            sys.modules["__main__"] = self.before


def split(tree: ast.Module) -> Iterator[tuple[ast.stmt | None, ast.Module | ast.Expression]]:
    """Return a cell in pieces: imports one by one with their node, a last expression, and what is between."""
    together: list[ast.stmt] = []
    for place, node in enumerate(tree.body):
        is_import = isinstance(node, (ast.Import, ast.ImportFrom))
        is_value = isinstance(node, ast.Expr) and place == len(tree.body) - 1
        if (is_import or is_value) and together:
            yield None, ast.Module(together, [])
            together = []
        if is_import:
            yield node, ast.Module([node], [])
        elif isinstance(node, ast.Expr) and is_value:
            yield None, ast.Expression(node.value)
        else:
            together.append(node)
    if together:
        yield None, ast.Module(together, [])


class Tab:
    """Which library the reader of the book's own sources has chosen."""

    def selected(self, *libraries: str) -> bool:
        """Whether PyTorch is among some libraries."""
        return "pytorch" in libraries

    def interact_select(self, *_: object) -> None:
        """Leave the choice as it is."""


def display(*objects: object, **_: object) -> None:
    """Print, where Jupyter shows."""
    print(*objects)
