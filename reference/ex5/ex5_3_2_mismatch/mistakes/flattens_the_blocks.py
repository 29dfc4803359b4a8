"""The layers are taken from `modules()`, so that a block within the net counts as several layers."""

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
    """The index of the first layer that refuses, blocks taken apart."""
    layers = [module for module in net.modules() if not isinstance(module, nn.Sequential)]
    for index, layer in enumerate(layers):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            return index
    return None
