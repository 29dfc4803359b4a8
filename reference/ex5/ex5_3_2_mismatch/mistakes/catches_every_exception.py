"""The message is right, but `except Exception` also takes a layer's own bug for a mismatch."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """The message of whatever goes wrong."""
    try:
        net(X)
    except Exception as error:
        return str(error)
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """Stop at the first layer that fails."""
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except Exception:
            return index
    return None
