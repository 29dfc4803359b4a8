"""The widths are followed through the Linear layers by hand, and no data is sent: right for an MLP only."""

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
    """Follow the width through the net."""
    width = X.shape[-1]
    for index, layer in enumerate(net):
        if isinstance(layer, nn.Linear):
            if layer.in_features != width:
                return index
            width = layer.out_features
    return None
