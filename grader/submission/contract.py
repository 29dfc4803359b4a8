"""What an exercise asks for, as its stub says: the names to write, and those that are given."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Contract:
    """An exercise, as far as finding its code needs to know it.

    Args:
        name: of its module.
        number: such as (5, 1, 2).
        wanted: names that a submission has to define, if the stub is known.
        given: further names that the stub defines already.
        stub: bytes of the stub, or nothing.
    """

    name: str
    number: tuple[int, ...]
    wanted: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    stub: bytes = b""

    def is_meant(self, mark: str) -> bool:
        """Whether a word of a marker means this exercise: its number, that of its section, or its name."""
        number = _number_of(mark)
        if number:
            return self.number[: len(number)] == number
        return self.name.lower() == mark.lower().removesuffix(".py")

    def is_named(self, stem: str) -> int:
        """Return how much of this exercise's number is in a file's name: 2 for ``ex5_1`` if it is 5.1.2."""
        # Of `hw1-5.1`, the end is the section.
        ends = [found[start:] for found in numbers_in(stem) for start in range(len(found))]
        return max((len(end) for end in ends if self.number[: len(end)] == end), default=0)

    def is_untouched(self, data: bytes) -> bool:
        """Whether a file, or a cell without its marker, is the stub as it was given out."""
        return bool(self.stub) and _unified(data) == _unified(self.stub)


@lru_cache(maxsize=4096)
def _number_of(mark: str) -> tuple[int, ...]:
    """Return the number that a marker's word is, such as (5, 1) for ``5.1`` and ``ex5.1``; nothing if it is none."""
    found = numbers_in(mark)
    # Before the number there may be a word, such as ex, or the name of an assignment that does not end in one.
    return found[-1] if found and re.fullmatch(r"(?:\w*[^\W\d_][._-]?)?\d+(?:[._-]\d+)*\.?", mark) else ()


def numbers_in(text: str) -> list[tuple[int, ...]]:
    """Return the numbers in a name, such as (5, 1, 2) for ``ex5_1_2_parallel`` and ``5.1.2``."""
    return [tuple(map(int, re.split(r"[._-]", found))) for found in re.findall(r"\d{1,4}(?:[._-]\d{1,4})*", text)]


def contract(name: str, number: str | None, template: Path | None) -> Contract:
    """Return what is known of an exercise.

    Args:
        name: of its module.
        number: its id, if that is known; else what is in its name.
        template: the folder of stubs, if there is one.
    """
    numbers = numbers_in(number or name)
    try:
        stub = (template / f"{name}.py").read_bytes() if template is not None else b""
    except OSError:
        stub = b""
    wanted, given = _names(stub)
    return Contract(name, numbers[0] if numbers else (), wanted, given, stub)


@lru_cache(maxsize=256)
def _names(stub: bytes) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that a stub leaves to write, and those that it defines.

    The stub is the course's own, not handed in, so that it may be parsed.
    """
    wanted: set[str] = set()
    given: set[str] = set()
    for node in ast.parse(stub).body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            (wanted if _is_open(node) else given).add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {target.id for target in targets if isinstance(target, ast.Name)}
            is_open = isinstance(node.value, ast.Constant) and node.value.value is ...
            (wanted if is_open else given).update(names)
    return frozenset(wanted), frozenset(given)


def _is_open(node: ast.AST) -> bool:
    """Whether a definition is yet to be written."""
    raised = [ast.unparse(inner.exc) for inner in ast.walk(node) if isinstance(inner, ast.Raise) and inner.exc]
    return any(text.startswith("NotImplementedError") for text in raised)


def _unified(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").strip()
