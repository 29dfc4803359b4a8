"""`or None` at the end is meant for "nothing found", but 0 is false as well."""

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
    """The index of the first layer that refuses."""
    found = 0
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            found = index
            break
    return found or None
