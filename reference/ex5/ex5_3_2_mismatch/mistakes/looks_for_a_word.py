"""The message is searched for "mat1 and mat2", seen in one example; a convolution words it differently."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """The message, if it is the one about matrices."""
    try:
        net(X)
    except (RuntimeError, ValueError) as error:
        if "mat1 and mat2" in str(error):
            return str(error)
        raise
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """The first layer with the message about matrices."""
    for index, layer in enumerate(net):
        if dimension_error(layer, X) is not None:
            return index
        X = layer(X)
    return None
