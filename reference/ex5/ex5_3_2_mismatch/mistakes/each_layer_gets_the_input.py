"""`X` is not replaced by the output of the layer, so every layer is tried with the net's own input."""

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
    """Try the layers one by one."""
    for index, layer in enumerate(net):
        try:
            layer(X)
        except (RuntimeError, ValueError):
            return index
    return None
