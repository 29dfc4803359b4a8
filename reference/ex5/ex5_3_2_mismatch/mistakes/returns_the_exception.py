"""The exception object is returned in place of its message; printed, both look alike."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """Return what was raised."""
    try:
        net(X)
    except (RuntimeError, ValueError) as error:
        return error
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """The index of the first layer that refuses what it is given, or None."""
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            return index
    return None
