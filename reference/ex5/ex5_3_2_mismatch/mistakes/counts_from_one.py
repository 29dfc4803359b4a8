"""The layers are counted from 1, as people do, and not as `net[index]` does."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """The message of the error that a forward pass raises, or None."""
    try:
        net(X)
    except (RuntimeError, ValueError) as error:
        return str(error)
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """The number of the first layer that refuses."""
    for number, layer in enumerate(net, start=1):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            return number
    return None
