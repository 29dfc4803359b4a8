"""What is replaced while a block lasts."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

MISSING = "(missing)"


class Patches:
    """New values of attributes and items, and how to put the old ones back."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], Any]] = []

    def attribute(self, owner: Any, name: str, value: Any) -> Any:
        """Replace an attribute of a module or class; returns what it was, or `MISSING` if it had none of its own."""
        old = vars(owner).get(name, MISSING)
        if old is MISSING:
            self._undo.append(functools.partial(delattr, owner, name))
        else:
            self._undo.append(functools.partial(setattr, owner, name, old))
        setattr(owner, name, value)
        return old

    def slot(self, owner: Any, name: str, value: Any) -> None:
        """Replace an attribute that is in no ``__dict__``, such as the defaults of a function."""
        self._undo.append(functools.partial(setattr, owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    def item(self, owner: Any, key: Any, value: Any) -> None:
        """Replace an item of a dict or list."""
        self._undo.append(functools.partial(owner.__setitem__, key, owner[key]))
        owner[key] = value

    def undo(self) -> None:
        """Put everything back, the latest first."""
        while self._undo:
            self._undo.pop()()
