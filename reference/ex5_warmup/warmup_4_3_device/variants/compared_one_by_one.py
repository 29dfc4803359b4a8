"""Compares each tensor with the first one."""

from itertools import chain

import torch


def device_of(thing):
    if not isinstance(thing, torch.nn.Module):
        return thing.device
    found = None
    for tensor in chain(thing.parameters(), thing.buffers()):
        if found is not None and tensor.device != found:
            raise ValueError(f"on {found} and on {tensor.device}")
        found = tensor.device
    return found


def to_device(thing, device):
    return thing.to(device)


def add_on_device_of(X, Y):
    return to_device(Y, device_of(X)).add(X)
