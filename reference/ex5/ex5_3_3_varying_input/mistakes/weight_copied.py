"""The new layer's weight is copied into net[0]: equal at first, but two Parameters from the start."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Give net[0] a copy of the new layer's weight."""
    new = nn.Linear(in_features, net[0].out_features)
    net[0].weight = nn.Parameter(new.weight.detach().clone())
    return new
