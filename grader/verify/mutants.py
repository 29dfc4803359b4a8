"""Mutants: a solution with one small change. A spec that is worth its name notices nearly every one of them."""

from __future__ import annotations

import ast
import difflib
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.catalogue import CatalogueError, Exercise
from grader.verify.cases import Case, Kind
from grader.verify.code_changes import CODE_CHANGES
from grader.verify.places import Place, functions, places
from grader.verify.torch_changes import TORCH_CHANGES, Change

CHANGES: tuple[Callable[[Place], Iterator[Change]], ...] = (*TORCH_CHANGES, *CODE_CHANGES)
# Some mutants never end: they need not be waited for as long as a student's slow code.
PROBE_SECONDS, EXERCISE_SECONDS = 4.0, 6.0


@dataclass(frozen=True)
class Key:
    """What names a mutant even when lines around it move: the change, and the text that it changes.

    Args:
        operator: name of the kind of change.
        before: the changed lines as they were, without indentation.
        after: as they are in the mutant.
        nth: which one, if several have the same three, counted from 1.
    """

    operator: str
    before: str
    after: str
    nth: int = 1


@dataclass(frozen=True)
class Mutant:
    """A solution with one change."""

    name: str
    key: Key
    code: str
    diff: str


@dataclass(frozen=True)
class Equivalent:
    """A mutant that an author has found to be right in every way that the statement asks for."""

    key: Key
    reason: str


def make_mutants(source: bytes | str, stub: bytes | str = "") -> list[Mutant]:
    """Return the mutants of a source in the order of its lines; the same source gives the same mutants.

    Functions that the stub has already are given, not asked for: they stay as they are.
    """
    tree = ast.parse(source)
    given = set(functions(ast.parse(stub)).items())
    original = ast.unparse(tree)
    seen = {ast.dump(ast.parse(original))}
    found: list[tuple[int, str, str]] = []
    spots = places(tree, frozenset(name for name, code in functions(tree).items() if (name, code) in given))
    for operator in CHANGES:
        for place in spots:
            for change in operator(place):
                code = _changed(tree, place, change)
                form = _form(code)
                if form and form not in seen:
                    seen.add(form)
                    found.append((place.line, operator.__name__, code))
    # Sorting is stable: within a line the order stays that of the operators and places.
    found.sort(key=lambda entry: entry[0])
    return _named(found, original)


def _changed(tree: ast.Module, place: Place, change: Change) -> str:
    with place.replaced(change):
        return ast.unparse(ast.fix_missing_locations(tree))


def _form(code: str) -> str:
    """Return what tells two sources apart, or nothing for one that does not compile."""
    try:
        tree = ast.parse(code)
        with warnings.catch_warnings():
            # Nonsense such as calling a number is what mutants are for.
            warnings.simplefilter("ignore", SyntaxWarning)
            compile(tree, "mutant", "exec")
    except (SyntaxError, ValueError):
        return ""
    return ast.dump(tree)


def _named(found: Iterable[tuple[int, str, str]], original: str) -> list[Mutant]:
    names: Counter[str] = Counter()
    keys: Counter[Key] = Counter()
    mutants = []
    for line, operator, code in found:
        name = f"{operator}:line {line}"
        names[name] += 1
        key = _key(operator, original, code)
        keys[key] += 1
        mutants.append(
            Mutant(
                f"{name} #{names[name]}" if names[name] > 1 else name,
                replace(key, nth=keys[key]),
                code + "\n",
                _diff(original, code),
            )
        )
    return mutants


def _key(operator: str, original: str, code: str) -> Key:
    lines = [line for line in difflib.ndiff(original.splitlines(), code.splitlines()) if line[:2] in ("- ", "+ ")]
    before, after = (_normal("\n".join(line[2:] for line in lines if line[0] == sign)) for sign in "-+")
    return Key(operator, before, after)


def _diff(original: str, code: str) -> str:
    lines = difflib.unified_diff(original.splitlines(), code.splitlines(), "solution.py", "mutant", n=2, lineterm="")
    return "\n".join(lines)


def mutant_cases(exercise: Exercise, mutants: Iterable[Mutant]) -> list[Case]:
    """Return mutants as cases of an exercise."""
    return [Case(exercise, Kind.MUTANT, mutant.name, mutant.code.encode()) for mutant in mutants]


def in_a_hurry(exercise: Exercise) -> Exercise:
    """Return an exercise with the time limits of mutants."""
    limits = replace(
        exercise.limits,
        probe_seconds=min(PROBE_SECONDS, exercise.limits.probe_seconds),
        exercise_seconds=min(EXERCISE_SECONDS, exercise.limits.exercise_seconds),
    )
    return replace(exercise, limits=limits)


def equivalents(path: Path) -> list[Equivalent]:
    """Read a file of mutants that no check can tell from the solution.

    Each ``[[mutant]]`` has ``operator``, ``before``, ``after``, a ``reason``, and ``nth`` where several are alike.

    Raises:
        CatalogueError: if the file is wrong.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return [_equivalent(entry) for entry in table.get("mutant", [])]
    except FileNotFoundError:
        return []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise CatalogueError(f"{path}: missing or wrong entry: {error}") from error


def _equivalent(entry: dict[str, object]) -> Equivalent:
    operator, before, after = (_normal(str(entry[name])) for name in ("operator", "before", "after"))
    key = Key(operator, before, after, int(str(entry.get("nth", 1))))
    reason = str(entry["reason"]).strip()
    if not reason:
        raise ValueError("an entry without a reason")
    return Equivalent(key, reason)


def _normal(text: str) -> str:
    """Return lines without indentation, and with one kind of quotes: versions of Python differ in them."""
    return "\n".join(line.strip() for line in text.strip().splitlines()).replace('"', "'")
