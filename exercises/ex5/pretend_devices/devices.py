"""The devices that a machine has, and on which of them a tensor is."""

from __future__ import annotations

from typing import Any

import torch
from torch.utils import _device as device_contexts

from pretend_devices.tensors import storage_of

CPU = torch.device("cpu")
NO_CUDA = "Torch not compiled with CUDA enabled"
NO_ACCELERATOR = "Cannot access accelerator device when none is available."


class Devices:
    """A CPU and `count` GPUs, one of which is the current one.

    A tensor lives in ordinary memory, and its storage carries the name of the device.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.current = 0

    def need_cuda(self, error: type[Exception] = AssertionError, message: str = NO_CUDA) -> None:
        """Raise an error where there is no GPU."""
        if self.count == 0:
            raise error(message)

    def resolve(self, device: Any) -> torch.device:
        """The device meant by a string, a number or a `torch.device`; raises if the machine lacks it."""
        if isinstance(device, int) and not isinstance(device, bool):
            self.need_cuda(RuntimeError, NO_ACCELERATOR)
            device = torch.device("cuda", device)
        device = torch.device(device)
        if device.type == "cpu":
            return CPU
        if device.type != "cuda":
            return device
        self.need_cuda()
        index = self.current if device.index is None else device.index
        if not 0 <= index < self.count:
            raise getattr(torch, "AcceleratorError", RuntimeError)("CUDA error: invalid device ordinal")
        return torch.device("cuda", index)

    def gpu(self, device: Any = None) -> torch.device:
        """Like `resolve`, for what takes GPUs only; None is the current one."""
        if device is None:
            self.need_cuda()
            return torch.device("cuda", self.current)
        where = self.resolve(device)
        if where.type != "cuda":
            raise ValueError(f"Expected a cuda device, but got: {device}")
        return where

    def default(self) -> torch.device:
        """Where tensors are made unless something else is said."""
        chosen = device_contexts.CURRENT_DEVICE
        return CPU if chosen is None else self.resolve(chosen)

    def of(self, tensor: torch.Tensor) -> torch.device:
        """The device of a tensor."""
        where = self.of_storage(storage_of(tensor))
        return tensor.device if where == CPU else where

    def of_storage(self, storage: Any) -> torch.device:
        """The device of a storage; the CPU for one from before the block."""
        owner, device = getattr(storage, "_pretend", (None, CPU))
        return device if owner is self else CPU

    def put(self, tensor: torch.Tensor, device: torch.device) -> torch.Tensor:
        """Say that a tensor is on a device; returns it."""
        self.put_storage(storage_of(tensor), device)
        return tensor

    def put_storage(self, storage: Any, device: torch.device) -> None:
        """Say that a storage is on a device."""
        storage._pretend = (self, device)
