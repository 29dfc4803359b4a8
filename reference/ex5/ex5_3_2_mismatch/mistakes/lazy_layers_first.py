"""Lazy layers are given the width that they would get in a net without the mistake, to compare all."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """Give the lazy layers a width, then try the input."""
    width = X.shape[-1]
    for layer in net.children():
        if isinstance(layer, nn.LazyLinear):
            layer(torch.zeros(2, width))
        width = getattr(layer, "out_features", width)
    try:
        net(X)
    except (RuntimeError, ValueError) as error:
        return str(error)
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """The index of the first layer that refuses what it is given, or None."""
    if dimension_error(net, X) is None:
        return None
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            return index
    return None
