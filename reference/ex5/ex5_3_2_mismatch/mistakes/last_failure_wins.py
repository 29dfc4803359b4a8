"""The search goes on behind a failing layer with made-up data and returns the last failure that it saw."""

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
    """Try all layers and keep what failed."""
    found = None
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            found = index
            X = torch.zeros(*X.shape[:-1], getattr(layer, "out_features", X.shape[-1]))
    return found
