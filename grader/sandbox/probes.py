"""Packing the probes of a spec for the sandbox: its functions by value, the modules beside it as code."""

from __future__ import annotations

import builtins
import dis
import marshal
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
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


def pack(body: Callable[..., Any]) -> Pack:
    """Return the pack of the spec in which a probe's function is defined."""
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
    return Pack(cloudpickle.dumps(probes), faults, {name: _code(other) for name, other in _beside(module).items()})


def _beside(module: ModuleType) -> dict[str, ModuleType]:
    """Return the modules from the folder of a spec's assignment that the spec imports from."""
    folder = str(Path(str(module.__file__)).parent.parent) + os.sep
    used = {getattr(value, "__module__", None) or getattr(value, "__name__", None) for value in vars(module).values()}
    names = {str(name).partition(".")[0] for name in used}
    return {
        name: other
        for name, other in list(sys.modules.items())
        if name.partition(".")[0] in names
        and other is not module
        and str(getattr(other, "__file__", None)).startswith(folder)
        and Path(str(other.__file__)).name not in ("spec.py", "hidden.py")
    }


def _code(module: ModuleType) -> bytes:
    path = Path(str(module.__file__))
    return marshal.dumps(compile(path.read_bytes(), path.name, "exec"))


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
