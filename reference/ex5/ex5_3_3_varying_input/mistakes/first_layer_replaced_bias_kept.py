"""The new layer takes the place of net[0] and gets its bias, but there is one layer and not two."""

from torch import nn


def adapt_input(net: nn.Sequential, in_features: int) -> nn.Linear:
    """Put a new layer with the old bias into the net."""
    new = nn.Linear(in_features, net[0].out_features)
    new.bias = net[0].bias
    net[0] = new
    return new
