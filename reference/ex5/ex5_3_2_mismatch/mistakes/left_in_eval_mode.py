"""The net is switched to evaluation mode for the test and never switched back."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """The message of the error that a forward pass in evaluation mode raises, or None."""
    net.eval()
    try:
        with torch.no_grad():
            net(X)
    except (RuntimeError, ValueError) as error:
        return str(error)
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """The index of the first layer that refuses in evaluation mode, or None."""
    net.eval()
    for index, layer in enumerate(net):
        try:
            with torch.no_grad():
                X = layer(X)
        except (RuntimeError, ValueError):
            return index
    return None
