"""Moving thaws the parameters."""

import torch


def device_of(thing):
    if isinstance(thing, torch.Tensor):
        return thing.device
    devices = {tensor.device for tensor in [*thing.parameters(), *thing.buffers()]}
    if len(devices) > 1:
        raise ValueError("this module is on several devices")
    return devices.pop() if devices else None


def to_device(thing, device):
    return thing.to(device) if isinstance(thing, torch.Tensor) else thing.to(device).requires_grad_()


def add_on_device_of(X, Y):
    return X + Y.to(X.device)
