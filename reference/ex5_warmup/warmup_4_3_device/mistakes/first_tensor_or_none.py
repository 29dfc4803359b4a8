"""The first tensor of any kind speaks for all."""

import torch


def device_of(thing):
    if isinstance(thing, torch.Tensor):
        return thing.device
    for tensor in [*thing.parameters(), *thing.buffers()]:
        return tensor.device
    return None


def to_device(thing, device):
    return thing.to(device)


def add_on_device_of(X, Y):
    return X + Y.to(X.device)
