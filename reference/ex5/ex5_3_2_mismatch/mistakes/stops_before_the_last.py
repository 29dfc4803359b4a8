"""Neighbouring layers are tried in pairs up to the one before last, so the output layer is never tried."""

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
    """Try each layer that has another one behind it."""
    for index in range(len(net) - 1):
        try:
            X = net[index](X)
        except (RuntimeError, ValueError):
            return index
    return None
