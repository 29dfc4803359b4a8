"""A random float tensor of the same shape is sent in place of X, so float64 or integer inputs go wrong."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """Try a random input of the same shape."""
    try:
        net(torch.rand(X.shape))
    except (RuntimeError, ValueError) as error:
        return str(error)
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """Try a random input of the same shape."""
    return _search(net, torch.rand(X.shape))


def _search(net, X):
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            return index
    return None
