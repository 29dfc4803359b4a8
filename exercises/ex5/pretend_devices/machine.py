"""A machine with GPUs that are not there: a block in which torch answers as if they were."""

from __future__ import annotations

import threading
import timeit
import types
from typing import Any

import torch
from torch.utils import _device as device_contexts

from pretend_devices.account import Account
from pretend_devices.clock import Clock
from pretend_devices.cuda import Cuda
from pretend_devices.devices import CPU, Devices
from pretend_devices.functions import Functions, Mode, watched
from pretend_devices.names import Names
from pretend_devices.patches import MISSING, Patches
from pretend_devices.storages import Storages


class Machine:
    """What `pretend` gives: within its block the machine is there, `log` and `now` are there afterwards as well."""

    def __init__(self, count: int, lengths: list[float] | None, making: float) -> None:
        self.count = count
        self._clock = Clock(lengths, making)
        self._account = Account(self._clock)
        self._devices = Devices(count)
        self._functions = Functions(self._devices, self._account)
        self._storages = Storages(self._devices, self._account)
        self._patches = Patches()
        self.log = self._account.log

    @property
    def now(self) -> float:
        """The virtual time since the beginning in seconds."""
        return self._clock.now

    def clear(self) -> None:
        """Forget what was done until now."""
        del self.log[:]

    def note(self, text: str) -> None:
        """Write a mark into the log."""
        self._account.note(text)

    def place(self, tensor: torch.Tensor, device: Any) -> torch.Tensor:
        """A copy of a tensor on `device`, which has been there all along: not logged, takes no time."""
        where = self._devices.resolve(device)
        with torch._C.DisableTorchFunction():
            out = tensor.detach().clone().requires_grad_(tensor.requires_grad)
            return self._devices.put(out, where) if where.type == "cuda" else out

    def values(self, tensor: torch.Tensor) -> torch.Tensor:
        """A copy on the CPU, not logged either."""
        return self.place(tensor, CPU)

    def __enter__(self) -> Machine:
        self._default = torch.get_default_device() if device_contexts.CURRENT_DEVICE is not None else None
        cuda = Cuda(self._devices, self._account)
        run = watched(self._functions, threading.Thread._bootstrap_inner)
        new: dict[int, Any] = {}
        for owner, name, value in [
            *cuda.replaced(),
            *self._storages.replaced(),
            *self._clock.replaced(),
            (threading.Thread, "_bootstrap_inner", run),
        ]:
            old = self._patches.attribute(owner, name, value)
            if old is not MISSING and isinstance(owner, types.ModuleType) and callable(old):
                new[id(old)] = value
        names = Names(self._patches, new)
        for function in (timeit.Timer.__init__, timeit.timeit, timeit.repeat):
            names.visit_defaults(function)
        names.follow()
        self._storages.register()
        self._mode = Mode(self._functions)
        self._mode.__enter__()
        return self

    def __exit__(self, *_: Any) -> None:
        if self._default != device_contexts.CURRENT_DEVICE:
            torch.set_default_device(self._default)
        self._mode.__exit__(None, None, None)
        self._storages.unregister()
        self._patches.undo()
