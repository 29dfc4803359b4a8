"""Looks whether it is there before moving anything."""

import torch


def device_of(thing):
    if isinstance(thing, torch.Tensor):
        return thing.device
    devices = {tensor.device for tensor in [*thing.parameters(), *thing.buffers()]}
    if len(devices) > 1:
        raise ValueError("this module is on several devices")
    return devices.pop() if devices else None


def to_device(thing, device):
    device = torch.device(device)
    if isinstance(thing, torch.Tensor):
        return thing if thing.device == device else thing.to(device)
    if any(tensor.device != device for tensor in [*thing.parameters(), *thing.buffers()]):
        thing.to(device=device)
    return thing


def add_on_device_of(X, Y):
    if X.device != Y.device:
        Y = Y.to(X.device)
    return torch.add(X, Y)
