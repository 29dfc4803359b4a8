"""The net is shortened from the back until it accepts X, and the layers are not put back."""

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
    """Shorten the net until the input gets through."""
    if dimension_error(net, X) is None:
        return None
    while len(net) and dimension_error(net, X) is not None:
        del net[-1]
    return len(net)
