"""Only the width of the first layer is compared: it is the one that the input meets."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """Compare the input with the first layer."""
    if X.shape[-1] != net[0].in_features:
        return f"the input has {X.shape[-1]} features, the first layer takes {net[0].in_features}"
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """Compare the input with the first layer."""
    return 0 if dimension_error(net, X) is not None else None
