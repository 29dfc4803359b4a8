"""The layers are compared with each other, the input is left out: as if the definition were what fails."""

import torch
from torch import nn


def dimension_error(net: nn.Module, X: torch.Tensor) -> str | None:
    """Look for neighbours in the net that do not go together."""
    linears = [layer for layer in net if isinstance(layer, nn.Linear)]
    for before, after in zip(linears, linears[1:], strict=False):
        if before.out_features != after.in_features:
            return f"{before.out_features} outputs meet {after.in_features} inputs"
    return None


def first_mismatch(net: nn.Sequential, X: torch.Tensor) -> int | None:
    """Look for neighbours in the net that do not go together."""
    width = None
    for index, layer in enumerate(net):
        if isinstance(layer, nn.Linear):
            if width is not None and layer.in_features != width:
                return index
            width = layer.out_features
    return None
