"""Names that a program has given to what is replaced: ``from time import time`` made one, and has to follow."""

from __future__ import annotations

import builtins
import itertools
import os
import sys
import types
from typing import Any

from pretend_devices.patches import Patches

DEPTH = 5
OURS = ("torch", "numpy", "grader", __name__.partition(".")[0])
INSTALLED = ("site-packages", "dist-packages", os.path.dirname(os.__file__) + os.sep)
# Most of what a module holds, and nothing in it that could follow.
PLAIN = frozenset([type(None), bool, int, float, complex, str, bytes, types.BuiltinFunctionType])


def is_library(module: Any) -> bool:
    """Whether a module is torch, the standard library or installed: names in those are left as they are."""
    name = str(getattr(module, "__name__", "")).partition(".")[0]
    if name in sys.stdlib_module_names and name != "__main__" or name in OURS:
        return True
    path = str(getattr(module, "__file__", None) or "")
    return not isinstance(module, types.ModuleType) or any(folder in path for folder in INSTALLED)


def others() -> list[types.ModuleType]:
    """The modules imported until now that belong to no library; there are thousands that do."""
    loaded = list(sys.modules.items())
    libraries = {name for name, module in loaded if "." not in name and is_library(module)}
    return [module for name, module in loaded if name.partition(".")[0] not in libraries and not is_library(module)]


def later() -> list[types.ModuleType]:
    """The modules imported after this one, the last one first."""
    names = itertools.takewhile(__name__.__ne__, reversed(sys.modules))
    return [sys.modules[name] for name in list(names)]


# This module is loaded before any student's code.
EARLIER = others()


def dict_of(thing: Any) -> Any:
    """The attributes of an instance, whatever its class says; None where there are none."""
    try:
        return object.__getattribute__(thing, "__dict__")
    except AttributeError:
        return None


class Names:
    """Lets the names in modules follow what is replaced: globals, default arguments, closures, class attributes and
    containers, in each other up to a depth.

    Args:
        patches: where replacements are made.
        new: the new values by the `id` of the old ones.
    """

    def __init__(self, patches: Patches, new: dict[int, Any]) -> None:
        self.patches = patches
        self.new = new
        # The dict of builtins is in every module.
        self.seen = {id(vars(builtins))}

    def follow(self) -> None:
        """Go through all modules but those of libraries."""
        for module in (*EARLIER, *later()):
            self.visit(module, DEPTH)

    def visit(self, owner: Any, depth: int) -> None:
        """Replace what `owner` holds, and what that holds, `depth` levels deep."""
        if depth == 0 or id(owner) in self.seen:
            return
        self.seen.add(id(owner))
        if isinstance(owner, types.ModuleType):
            if not is_library(owner):
                self.visit(vars(owner), depth)
        elif isinstance(owner, types.FunctionType):
            module = sys.modules.get(owner.__module__)
            if module is None or not is_library(module):
                self.visit_function(owner, depth)
        elif isinstance(owner, (dict, list)):
            for key, value in list(owner.items() if isinstance(owner, dict) else enumerate(owner)):
                if id(value) in self.new:
                    self.patches.item(owner, key, self.new[id(value)])
                if type(value) not in PLAIN:
                    self.visit(value, depth - 1)
        elif isinstance(owner, tuple):
            for value in owner:
                self.visit(value, depth - 1)
        elif isinstance(owner, (staticmethod, classmethod)):
            self.visit(owner.__func__, depth)
        elif isinstance(owner, type):
            if not is_library(sys.modules.get(owner.__module__)):
                self.visit_class(owner, depth)
        elif type(dict_of(owner)) is dict and not is_library(sys.modules.get(type(owner).__module__)):
            self.visit(dict_of(owner), depth - 1)

    def visit_function(self, owner: types.FunctionType, depth: int) -> None:
        """Its default arguments, attributes and closure."""
        self.visit_defaults(owner)
        self.visit(owner.__kwdefaults__, depth)
        self.visit(vars(owner), depth - 1)
        for cell in owner.__closure__ or ():
            if cell != types.CellType():
                value = cell.cell_contents
                if id(value) in self.new:
                    self.patches.slot(cell, "cell_contents", self.new[id(value)])
                self.visit(value, depth - 1)

    def visit_defaults(self, owner: types.FunctionType) -> None:
        """The default arguments that go by position."""
        defaults = owner.__defaults__ or ()
        if any(id(value) in self.new for value in defaults):
            self.patches.slot(owner, "__defaults__", tuple(self.new.get(id(value), value) for value in defaults))

    def visit_class(self, owner: type, depth: int) -> None:
        """Its attributes and methods."""
        for name, value in list(vars(owner).items()):
            inner = value.__func__ if isinstance(value, staticmethod) else value
            if id(inner) in self.new:
                self.patches.attribute(owner, name, staticmethod(self.new[id(inner)]))
            self.visit(value, depth - 1)
