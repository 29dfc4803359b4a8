"""X is given a batch axis with `unsqueeze_`, whose underscore means that the caller's own tensor changes."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """The message of the error that a forward pass raises, or None."""
    if X.dim() == 1:
        X.unsqueeze_(0)
    try:
        net(X)
    except (RuntimeError, ValueError) as error:
        return str(error)
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """The index of the first layer that refuses what it is given, or None."""
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            return index
    return None
