"""Modules beside the exercises, imported as Python would: in whatever order they need each other, packages too."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import marshal
import sys
from types import ModuleType


class Codes(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules whose code is at hand.

    Args:
        codes: marshalled code by the whole name of its module.
    """

    def __init__(self, codes: dict[str, bytes]) -> None:
        self.codes = codes

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """See `importlib.abc.MetaPathFinder`."""
        if fullname not in self.codes:
            return None
        is_package = any(other.startswith(f"{fullname}.") for other in self.codes)
        return importlib.machinery.ModuleSpec(fullname, self, is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        """See `importlib.abc.Loader`."""
        exec(marshal.loads(self.codes[module.__name__]), vars(module))


def import_all(codes: dict[str, bytes]) -> None:
    """Import modules from their marshalled code by whole name, in place of others that have these names already."""
    for name in codes:
        sys.modules.pop(name, None)
    finder = Codes(codes)
    sys.meta_path.insert(0, finder)
    try:
        for name in codes:
            importlib.import_module(name)
    finally:
        sys.meta_path.remove(finder)
