"""Plots where nobody looks: modules that draw or show, for notebooks, where these are not installed.

What they are asked for they return nothing of, in a form that most code goes on with. A real module goes before.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

DRAWING = frozenset({"matplotlib", "matplotlib_inline", "mpl_toolkits", "seaborn", "IPython"})
# How many things these return; others return one.
SEVERAL = {"subplots": 2, "plot": 1, "hist": 3, "get_legend_handles_labels": 2}


class Nothing:
    """Can be called, indexed, iterated over, entered and asked for attributes, and gives nothing."""

    def __init__(self, items: int = 0) -> None:
        self._items = items

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Maker(SEVERAL.get(name, 0))

    def __call__(self, *_: Any, **__: Any) -> Any:
        return Nothing()

    def __getitem__(self, key: Any) -> Any:
        return Nothing()

    def __setitem__(self, key: Any, value: Any) -> None:
        return

    def __iter__(self) -> Iterator[Any]:
        return iter([Nothing() for _ in range(self._items)])

    def __len__(self) -> int:
        return self._items

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        return


class Maker(Nothing):
    """The same, whose calls give some number of things."""

    def __call__(self, *_: Any, **__: Any) -> Any:
        """Return as many."""
        return Nothing(self._items)


class Drawing(ModuleType):
    """A module in which everything is there, and is nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Maker(SEVERAL.get(name, 0))


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules that draw, after everything else has been asked for them."""

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """See `importlib.abc.MetaPathFinder`."""
        if fullname.partition(".")[0] not in DRAWING:
            return None
        # Of a real package, a module that is not there is not there.
        top = sys.modules.get(fullname.partition(".")[0])
        if top is not None and not isinstance(top, Drawing):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        """See `importlib.abc.Loader`."""
        return Drawing(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """See `importlib.abc.Loader`: there is nothing to run."""

    def forget(self) -> None:
        """Remove what it has given."""
        for name, module in list(sys.modules.items()):
            if isinstance(module, Drawing):
                del sys.modules[name]
