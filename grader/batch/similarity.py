"""Which hand-ins hold the same code but for names and layout: a list to look at, not a verdict.

Each name that a file gives becomes a number in the function or class that it is in. What is whose name is found as well
as tokens allow; where a rule goes wrong, it goes wrong in the same way for a copy.
"""

from __future__ import annotations

import builtins
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from grader.batch.statements import CLOSING, OPENING, Statement, UnreadableError, Word, is_operand, read_statements

# Right answers of few tokens are the same by chance: in the class of our tests three of twelve are at 35 tokens. Of
# ex5's nineteen solutions sixteen have 14 to 104, among them those that mostly repeat the book. From 120 on an answer
# is a page of choices, such as a training loop, or longer than it had to be. A missed copy harms less than a false one.
LEAST_TOKENS = 120

_BUILTINS = frozenset(dir(builtins))
_BEFORE_PARAMETER = frozenset(("(", ",", "*", "**", "lambda"))
_NO_WORD = Word("sign", "")


# Whose name is it?


@dataclass(eq=False)
class _Scope:
    """A function or a class with its head, a decorator, or all other statements at the top of a file.

    Args:
        is_class: whether it is a class, whose names are attributes.
        receiver: the first parameter of the method that this is, or is in: ``self``.
        bound: names to which it gives values. They hide builtins and imports.
        numbers: of its names, in the order in which they appear.
    """

    is_class: bool = False
    receiver: str = ""
    bound: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(eq=False)
class _Names:
    """What a file's names stand for.

    Args:
        imports: where imported names come from.
        defined: functions and classes. They hide builtins and imports everywhere.
        attributes: what its classes call methods and attributes.
        scopes: of the statements, in their order.
    """

    imports: dict[str, str] = field(default_factory=dict)
    defined: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    scopes: list[_Scope] = field(default_factory=list)

    def bind(self, scope: _Scope, words: list[Word]) -> None:
        """Note the names and attributes to which a statement in a scope gives values."""
        for place in _targets(words):
            name = words[place].text
            if place < 2 or words[place - 1].text != ".":
                (self.attributes if scope.is_class else scope.bound).add(name)
            elif words[place - 2].text == scope.receiver:
                self.attributes.add(name)


def _names_of(statements: list[Statement]) -> _Names:
    """Find out what the names of a file stand for."""
    names = _Names()
    around = [(-1, _Scope())]  # what is open: the depth of its head, and the scope
    for statement in statements:
        while around[-1][0] >= statement.depth:
            around.pop()
        scope = around[-1][1]
        if statement.opener in ("def", "class"):
            (names.attributes if scope.is_class else names.defined).add(statement.defined)
        if statement.opener == "class":
            scope = _Scope(is_class=True)
            around.append((statement.depth, scope))
        elif statement.opener == "def":
            parameters = _parameters(statement.words)
            receiver = next(iter(parameters), "") if scope.is_class else scope.receiver
            scope = _Scope(receiver=receiver, bound=set(parameters))
            around.append((statement.depth, scope))
        elif statement.opener == "@":
            scope = _Scope()
        elif statement.opener in ("import", "from"):
            names.imports.update(_imported([word.text for word in statement.words]))
        else:
            names.bind(scope, statement.words)
        names.scopes.append(scope)
    return names


def _parameters(words: list[Word]) -> list[str]:
    """Return the parameters in the head of a function."""
    found = []
    depth = 0
    for before, word in zip(words, words[1:], strict=False):
        depth += (word.text in OPENING) - (word.text in CLOSING)
        if depth == 1 and word.kind == "name" and before.text in _BEFORE_PARAMETER:
            found.append(word.text)
    return found


def _imported(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Return the names that an import binds, and where each comes from."""
    split = texts.index("import") if "import" in texts else 0
    origin = "".join(texts[1:split])
    for item in " ".join(text for text in texts[split + 1 :] if text not in ("(", ")")).split(","):
        path, _, alias = item.strip().replace(" . ", ".").partition(" as ")
        name = alias or path.partition(".")[0]
        # Cut, for a long name that is used often must not grow into something huge.
        yield name, (f"{origin}.{path}" if origin else path if alias else name)[:100]


def _targets(words: list[Word]) -> Iterator[int]:
    """Return the places of the names and attributes to which a statement gives values."""
    texts = [word.text for word in words]
    end = depth = hidden = 0  # end of the targets; brackets; calls and subscripts
    if texts[0] == "for":
        end = texts.index("in") if "in" in texts else 0
    elif words[0].kind != "keyword":
        for place, text in enumerate(texts):
            depth += (text in OPENING) - (text in CLOSING)
            if depth == 0 and text == "=":
                end = place
            elif depth == 0 and text == ":":
                end = end or place
                break
    before, in_lambda = _NO_WORD, False
    for place, (word, after) in enumerate(zip(words, [*texts[1:], ""], strict=True)):
        if word.text in OPENING:
            hidden += hidden > 0 or is_operand(before)
        elif word.text in CLOSING:
            hidden -= hidden > 0
        elif word.text in ("lambda", ":"):
            in_lambda = word.text == "lambda"
        elif word.kind == "name":
            assigned = place < end and not hidden and after not in (".", "(", "[")
            parameter = in_lambda and before.text in _BEFORE_PARAMETER
            if assigned or parameter or after == ":=" or before.text == "as":
                yield place
        before = word


def _comprehended(words: list[Word]) -> dict[int, dict[str, int]]:
    """Return the names that comprehensions bind, by the place of the bracket around each comprehension."""
    found: dict[int, dict[str, int]] = {}
    opened: list[int] = []
    level = 0  # number of brackets around the `for` whose names are being read
    for place, word in enumerate(words):
        if word.text in OPENING:
            opened.append(place)
        elif word.text in CLOSING and opened:
            opened.pop()
            level = min(level, len(opened))
        elif word.text == "for":
            level = len(opened)
        elif word.text == "in" and level == len(opened):
            level = 0
        elif word.kind == "name" and level:
            bound = found.setdefault(opened[level - 1], {})
            bound.setdefault(word.text, len(bound))
    return found


# From names to numbers


class _Bracket(NamedTuple):
    """An open bracket.

    Args:
        own_call: whether it holds the arguments of something that the file itself named.
        bound: what comprehensions in it bind, numbered.
    """

    own_call: bool
    bound: dict[str, int]


class _Unit:
    """A definition, or all else at the top of a file, spelled with numbers for the file's own names.

    Args:
        names: what the file's names stand for.
    """

    def __init__(self, names: _Names) -> None:
        self._names = names
        self._spelled: list[str] = []
        self._attributes: dict[str, int] = {}

    def digest(self) -> str:
        """Return a hash of what was added."""
        return hashlib.sha256("\0".join(self._spelled).encode()).hexdigest()

    def add(self, statement: Statement, scope: _Scope) -> None:
        """Spell one more statement."""
        words = statement.words
        comprehended = _comprehended(words) if any(word.text == "for" for word in words[1:]) else {}
        brackets: list[_Bracket] = []
        in_head = statement.opener == "def"
        before, spelled = _NO_WORD, ""
        self._spelled.append(f"\n{statement.depth}")
        for place, word in enumerate(words):
            if word.kind == "name":
                is_keyword = (
                    brackets and before.text in ("(", ",") and place + 1 < len(words) and words[place + 1].text == "="
                )
                if is_keyword and not (in_head and len(brackets) == 1):
                    # Keyed by the parameter, whose name is free where the function is the file's own.
                    spelled = "#=" if brackets[-1].own_call else word.text
                else:
                    spelled = self._spell(word.text, before.text, scope, brackets)
            else:
                if word.text in OPENING:
                    own = before.kind == "name" and (spelled[:1] in "#@~" or before.text == "__init__")
                    brackets.append(_Bracket(own, comprehended.get(place, {})))
                elif word.text in CLOSING:
                    del brackets[-1:]
                spelled = word.text
            self._spelled.append(spelled)
            before = word

    def _spell(self, name: str, before: str, scope: _Scope, brackets: list[_Bracket]) -> str:
        """Return what stands for a name behind a word."""
        if (name.startswith("__") and name.endswith("__")) or before == "!":  # the ! of f"{x!r}"
            return name
        if before in ("def", "class"):
            return "#"
        if before == ".":
            return self._attribute(name)
        for level, bracket in enumerate(reversed(brackets)):
            if name in bracket.bound:
                return f"~{level}.{bracket.bound[name]}"
        if scope.is_class and name in self._names.attributes:
            return self._attribute(name)
        if name not in scope.bound and name not in self._names.defined:
            if name in self._names.imports:
                return self._names.imports[name].replace(".", "\0.\0")
            if name in _BUILTINS:
                return name
        return f"#{scope.numbers.setdefault(name, len(scope.numbers))}"

    def _attribute(self, name: str) -> str:
        if name not in self._names.attributes:
            return name
        return f"@{self._attributes.setdefault(name, len(self._attributes))}"


# From files to groups


class _Given(NamedTuple):
    """What a stub says: its hash, and its statements as written."""

    digest: str
    statements: frozenset[tuple[str, ...]]


def _given(stub: bytes) -> _Given:
    try:
        statements = read_statements(stub)
    except UnreadableError:
        return _Given("", frozenset())
    return _Given(_digest(statements), frozenset(map(_written, statements)))


def _written(statement: Statement) -> tuple[str, ...]:
    return tuple(word.text for word in statement.words)


def _digest(statements: list[Statement]) -> str:
    """Return a hash of a file's statements."""
    names = _names_of(statements)
    others = unit = _Unit(names)
    definitions: list[_Unit] = []
    decorated = False
    for statement, scope in zip(statements, names.scopes, strict=True):
        if statement.is_import:
            continue  # what is imported is spelled where it is used
        if statement.depth == 0:
            if not statement.is_head:
                unit = others
            elif not decorated:
                unit = _Unit(names)
                definitions.append(unit)
            decorated = statement.opener == "@"
        unit.add(statement, scope)
    digests = [others.digest(), *sorted(unit.digest() for unit in definitions)]
    return hashlib.sha256(" ".join(digests).encode()).hexdigest()


def _fingerprint(source: bytes, given: _Given) -> str | None:
    try:
        statements = read_statements(source)
    except UnreadableError:
        return None
    own = (statement for statement in statements if not statement.is_import and not statement.is_head)
    if sum(len(statement.words) for statement in own if _written(statement) not in given.statements) < LEAST_TOKENS:
        return None
    digest = _digest(statements)
    return None if digest == given.digest else digest


def fingerprint(source: bytes, stub: bytes = b"") -> str | None:
    """Return a hash of a file that stays the same when its own names and its layout change.

    Numbers stand for what the file itself names: variables, parameters, functions, classes, methods, attributes of
    ``self``. Builtins, what is imported, other attributes and what others call their parameters are kept, or ``max``
    would be ``min``. Comments, docstrings, imports, the choice of quotes and the order of functions and classes do not
    count.

    Args:
        source: the file.
        stub: what students were given to fill in: its statements, and all heads of functions and classes, say nothing.

    Returns:
        The hash; None where the file cannot be read, is the stub, or has fewer than `LEAST_TOKENS` tokens of its own.
    """
    return _fingerprint(source, _given(stub))


class SameCode:
    """Finds the hand-ins whose code for an exercise is the same but for names and layout; keeps hashes only.

    Args:
        stubs: what students were given for each exercise. Who handed in just that is left out.
    """

    def __init__(self, stubs: Mapping[str, bytes]) -> None:
        self._given = {exercise: _given(stub) for exercise, stub in stubs.items()}
        self._nothing = _given(b"")
        self._known: dict[tuple[str, bytes], str | None] = {}  # most files of a class repeat
        self._groups: dict[tuple[str, str], set[str]] = {}

    def add(self, exercise: str, key: str, source: bytes) -> None:
        """Take in what a student handed in for an exercise."""
        copy = (exercise, hashlib.sha256(source).digest())
        if copy not in self._known:
            self._known[copy] = _fingerprint(source, self._given.get(exercise, self._nothing))
        found = self._known[copy]
        if found is not None:
            self._groups.setdefault((exercise, found), set()).add(key)

    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return, for every group of two or more students, the name of the exercise and their sorted keys; sorted."""
        found = ((exercise, tuple(sorted(keys))) for (exercise, _), keys in self._groups.items() if len(keys) > 1)
        return tuple(sorted(found))
