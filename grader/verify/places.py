"""Places in a solution where a mutant may differ from it: all of its code but docstrings, annotations and imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_ANNOTATIONS = frozenset({"annotation", "returns", "type_comment", "type_params"})


@dataclass(frozen=True, eq=False)
class Place:
    """A node of a tree, and where it hangs.

    Args:
        node: what is here.
        field: the parent's field that holds it.
        index: its number if that field is a list, otherwise -1.
        above: the parent's place; None under the module itself.
        parent: the parent.
    """

    node: ast.AST
    field: str
    index: int
    above: Place | None
    parent: ast.AST

    @property
    def line(self) -> int:
        """The line on which the node starts, or the first node around it that has a line."""
        found = getattr(self.node, "lineno", None)
        if isinstance(found, int):
            return found
        return self.above.line if self.above is not None else 1

    @property
    def function(self) -> ast.FunctionDef | None:
        """The innermost function around the node."""
        place = self.above
        while place is not None:
            if isinstance(place.node, ast.FunctionDef):
                return place.node
            place = place.above
        return None

    @contextmanager
    def replaced(self, new: ast.AST | list[ast.stmt]) -> Iterator[None]:
        """Put another node here, or several statements for one, until the block ends."""
        old = getattr(self.parent, self.field)
        if self.index < 0:
            value: object = new
        else:
            value = [*old[: self.index], *(new if isinstance(new, list) else [new]), *old[self.index + 1 :]]
        setattr(self.parent, self.field, value)
        try:
            yield
        finally:
            setattr(self.parent, self.field, old)


def places(tree: ast.Module, without: frozenset[str] = frozenset()) -> list[Place]:
    """Return the places of a module in the order of its source, but for those in some functions."""
    return list(_below(tree, None, "", without))


def functions(tree: ast.Module) -> dict[str, str]:
    """Return the code of each function and method by its name, such as ``Net.forward``; docstrings do not count."""
    found: dict[str, str] = {}

    def visit(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef):
                visit(node.body, f"{prefix}{node.name}.")
            elif isinstance(node, ast.FunctionDef):
                code = [ast.dump(statement) for statement in node.body if not _is_text(statement)]
                found[prefix + node.name] = "\n".join([ast.dump(node.args), *code])

    visit(tree.body, "")
    return found


def _below(parent: ast.AST, above: Place | None, prefix: str, without: frozenset[str]) -> Iterator[Place]:
    for field, value in ast.iter_fields(parent):
        if field in _ANNOTATIONS:
            continue
        for index, node in enumerate(value) if isinstance(value, list) else [(-1, value)]:
            if not isinstance(node, ast.AST) or _is_text(node) or isinstance(node, ast.Import | ast.ImportFrom):
                continue
            name = prefix + node.name if isinstance(node, ast.ClassDef | ast.FunctionDef) else ""
            if name in without:
                continue
            place = Place(node, field, index, above, parent)
            yield place
            # What an error says is for people: no check reads it.
            if not isinstance(node, ast.Raise | ast.JoinedStr):
                yield from _below(node, place, f"{name}." if name else prefix, without)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def called(node: ast.AST) -> str:
    """Return the last name of what a call calls, such as ``clone`` for ``x.grad.clone()``; else nothing."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def is_method_of_self(node: ast.AST, names: frozenset[str]) -> bool:
    """Whether a node calls one of some methods of ``self``."""
    return called(node) in names and _is_self(getattr(getattr(node, "func", None), "value", None))


def _is_self(node: object) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def attribute_of_self(node: ast.AST) -> str:
    """Return the name of the attribute of ``self`` that a node is; else nothing."""
    return node.attr if isinstance(node, ast.Attribute) and _is_self(node.value) else ""


def first_name(node: ast.AST) -> str:
    """Return the first name of a chain of attributes, such as ``torch`` for ``torch.nn.init``; else nothing."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
