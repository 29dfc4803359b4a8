"""What a process looks like, to tell whether student code left a trace in it.

Only where there is no fork: a process that shows no trace may run the next exercise, any other is thrown away.
It finds what an exercise does to the libraries and the interpreter by accident; it is no guard against malice,
and nothing relies on it inside bubblewrap, where every exercise has a process of its own.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import warnings
from types import ModuleType
from typing import Any

import torch


def _names(module: ModuleType) -> dict[str, int]:
    """Return the identity of everything in a module and in the classes that it defines."""
    seen: dict[str, int] = {}
    for name, value in list(vars(module).items()):
        seen[name] = id(value)
        if isinstance(value, type) and value.__module__ == module.__name__:
            for member, inner in list(vars(value).items()):
                # A counter of handles is no trace.
                if member != "next_id":
                    seen[f"{name}.{member}"] = id(inner)
    return seen


def _settings() -> dict[str, Any]:
    """Return the switches of torch and of the interpreter that code can leave turned."""
    hooks = vars(torch.nn.modules.module)
    return {
        "dtype": torch.get_default_dtype(),
        "device": str(torch.get_default_device()),
        "grad": torch.is_grad_enabled(),
        "inference": torch.is_inference_mode_enabled(),
        "anomaly": torch.is_anomaly_enabled(),
        "deterministic": torch.are_deterministic_algorithms_enabled(),
        "threads": torch.get_num_threads(),
        "safe": sorted(map(repr, torch.serialization.get_safe_globals())),
        "modes": torch._C._len_torch_dispatch_stack() + torch._C._len_torch_function_stack(),
        "hooks": [
            len(hooks[name])
            for name in sorted(hooks)
            if name.startswith("_global_") and hasattr(hooks[name], "__len__")
        ],
        "folder": sys.path[:],
        "environment": dict(os.environ),
        "recursion": sys.getrecursionlimit(),
        "collector": gc.isenabled(),
        "running": threading.active_count(),
        "tracing": (sys.gettrace(), sys.getprofile(), threading.gettrace(), threading.getprofile()),
        "streams": (id(sys.stdin), id(sys.stdout), id(sys.stderr), id(sys.excepthook), id(sys.displayhook)),
        "importing": (list(map(id, sys.meta_path)), list(map(id, sys.path_hooks))),
        "signals": [id(signal.getsignal(number)) for number in sorted(signal.valid_signals())],
        "warnings": warnings.filters[:],
    }


class Footprint:
    """The state of this process now."""

    def __init__(self) -> None:
        self.modules = dict(sys.modules)
        # Looked at by value, among the settings: silencing a warning here changes one for that moment, and emptying the
        # other and filling it again gives an equal set.
        by_value = {"warnings", "torch._weights_only_unpickler"}
        self.settings = _settings()
        with warnings.catch_warnings():
            # To look at a deprecated name is to be warned about it.
            warnings.simplefilter("ignore")
            self.names = {
                name: _names(module)
                for name, module in self.modules.items()
                if type(module) is ModuleType and name not in by_value
            }

    def same(self) -> bool:
        """Whether the process still looks the same; modules and names that were only added do not count."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                same_names = self._same_names()
            return same_names and _settings() == self.settings
        except Exception:
            return False

    def _same_names(self) -> bool:
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                return False
            if name in self.names:
                now = _names(module)
                if any(now.get(key) != identity for key, identity in self.names[name].items()):
                    return False
        return True
