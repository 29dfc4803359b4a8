"""Warm-up 4.3: on which device something is, and how it gets to another one."""

import torch
from torch import Tensor, nn


def device_of(thing: Tensor | nn.Module) -> torch.device | None:
    if isinstance(thing, Tensor):
        return thing.device
    devices = {tensor.device for tensor in [*thing.parameters(), *thing.buffers()]}
    if len(devices) > 1:
        raise ValueError(f"this module is on several devices: {devices}")
    return devices.pop() if devices else None


def to_device(thing: Tensor | nn.Module, device: torch.device | str) -> Tensor | nn.Module:
    return thing.to(device)


def add_on_device_of(X: Tensor, Y: Tensor) -> Tensor:
    return X + Y.to(X.device)
