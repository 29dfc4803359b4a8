"""Packing the probes of a spec for the sandbox: its functions by value, the modules beside it as code."""

from __future__ import annotations

import builtins
import dis
import marshal
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.abc import InspectLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import cloudpickle

from grader import spec


class SpecError(Exception):
    """A spec is wrong: our fault, never the student's."""


@dataclass(frozen=True)
class Pack:
    """What the sandbox needs of a spec, as bytes.

    Args:
        probes: a cloudpickle of a dict from names to functions. One pickle for all of them, because they share
            helpers, and each function costs cloudpickle a walk over every loaded module.
        faults: what is wrong with a probe that cannot be sent, by its name.
        modules: marshalled code of the modules beside the exercises that the spec imports, such as stand-ins for
            hardware, which the sandbox cannot import.
    """

    probes: bytes
    faults: dict[str, str]
    modules: dict[str, bytes]


def pack(body: Callable[..., Any], beside: Path | None = None) -> Pack:
    """Return the pack of the spec in which a probe's function is defined.

    Args:
        body: the function.
        beside: folder of the modules that specs share; None for the one above the spec's own.
    """
    module = sys.modules[body.__module__]
    found = [getattr(value, "probe_body", None) for value in vars(module).values()]
    probes = {function.__name__: function for function in [*found, body] if function is not None}
    faults = {
        name: f"probe {name} uses names that its spec does not define: {', '.join(missing)}"
        for name, function in probes.items()
        if (missing := undefined_globals(function))
    }
    for ours in (spec, module):
        if ours.__name__ not in cloudpickle.list_registry_pickle_by_value():
            cloudpickle.register_pickle_by_value(ours)
    return Pack(cloudpickle.dumps(probes), faults, _beside(module, beside or Path(str(module.__file__)).parent.parent))


def _beside(spec: ModuleType, folder: Path) -> dict[str, bytes]:
    """Return marshalled code of the modules from the folder of a spec's assignment that the spec needs, by name.

    Those are what it imports from there, what these import from there in turn, and all that has been imported of the
    same packages.
    """
    values = list(vars(spec).values())
    used = {str(getattr(value, "__module__", None) or getattr(value, "__name__", None)) for value in values}
    found: dict[str, CodeType] = {}
    while used:
        packages = {name.partition(".")[0] for name in used}
        packages = {name for name in packages if _is_in(folder, sys.modules.get(name))}
        near = {name: module for name, module in list(sys.modules.items()) if name.partition(".")[0] in packages}
        new = [name for name, module in near.items() if name not in found and _is_in(folder, module)]
        found |= {name: _code(near[name], folder) for name in new}
        used = {other for name in new for other in _names(found[name])}
    return {name: marshal.dumps(code) for name, code in found.items()}


def _is_in(folder: Path, module: ModuleType | None) -> bool:
    """Whether a module lies in an assignment's folder and is not a spec, which the sandbox must not have."""
    file = str(getattr(module, "__file__", None))
    return file.startswith(str(folder) + os.sep) and Path(file).name not in ("spec.py", "hidden.py")


def _code(module: ModuleType, folder: Path) -> CodeType:
    """Return a module's code, in which its file is known by the path within the folder."""
    path = Path(str(module.__file__))
    loader = module.__spec__.loader if module.__spec__ is not None else None
    # Python keeps what it compiles, and this has just been imported.
    code = loader.get_code(module.__name__) if isinstance(loader, InspectLoader) else None
    if code is None:
        code = compile(path.read_bytes(), path.name, "exec")
    return _renamed(code, path.relative_to(folder).as_posix())


def _renamed(code: CodeType, file: str) -> CodeType:
    inner = tuple(_renamed(value, file) if isinstance(value, CodeType) else value for value in code.co_consts)
    return code.replace(co_filename=file, co_consts=inner)


def _names(code: CodeType) -> set[str]:
    """Return all names that occur in a module's code, among them those of the modules that it imports."""
    inner = [value for value in code.co_consts if isinstance(value, CodeType)]
    return set(code.co_names).union(*map(_names, inner))


def undefined_globals(body: Callable[..., Any]) -> list[str]:
    """Return the global names that a probe's body uses and its spec does not define: a fault of the spec."""
    missing = set()
    waiting = [body.__code__]
    while waiting:
        code = waiting.pop()
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        for step in dis.get_instructions(code):
            if step.opname == "LOAD_GLOBAL" and not _is_defined(step.argval, body):
                missing.add(str(step.argval))
    return sorted(missing)


def _is_defined(name: str, body: Callable[..., Any]) -> bool:
    return name in body.__globals__ or hasattr(builtins, name)
