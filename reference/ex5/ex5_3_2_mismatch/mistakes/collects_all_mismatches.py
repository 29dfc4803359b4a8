"""All mismatches are collected by going on with zeros, so data reaches the lazy layers behind."""

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
    """Find all layers that refuse, and return the first."""
    found = []
    for index, layer in enumerate(net):
        try:
            X = layer(X)
        except (RuntimeError, ValueError):
            found.append(index)
            X = torch.zeros(*X.shape[:-1], getattr(layer, "out_features", X.shape[-1]))
    return found[0] if found else None
