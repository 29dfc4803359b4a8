"""Only RuntimeError is caught, which Linear raises; some layers report a wrong shape by a ValueError."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """The message of a RuntimeError, or None."""
    try:
        net(X)
    except RuntimeError as error:
        return str(error)
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """The index of the first layer that raises a RuntimeError."""
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except RuntimeError:
            return index
    return None
